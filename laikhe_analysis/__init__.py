"""Forecast, watch and question a commune's five-year plan.

Every module can be read on its own, from the ground floor up: `growth` first. Importing the
package loads none of them: ``import laikhe_analysis as la; la.growth.annual_rate(100, 121, 2)``
loads `growth` when it is asked for, and ``la.load("data")`` reads a commune's folder.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

__all__ = ["__version__"]

__version__: str
_NAMES = {"load": "data", "DataError": "checks", "NotComputable": "checks"}
"""What is at hand without naming its module."""


def __getattr__(name: str) -> Any:
    """Return the submodule `name`, one of the names at hand, or the version, on first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("laikhe-analysis")
    if name in _NAMES:
        return getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None


def __dir__() -> list[str]:
    """Return the modules and the names at hand."""
    modules = [module.name for module in iter_modules(__path__) if module.name[:1] != "_"]
    return sorted([*modules, *_NAMES, "__version__"])
