"""Forecast, watch and question a commune's five-year plan.

Every module can be read on its own, from the ground floor up: `growth` first. Importing the
package loads none of them: ``import laikhe_analysis as la; la.growth.annual_rate(100, 121, 2)``
loads `growth` when it is asked for.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

__all__ = ["__version__"]

try:
    __version__ = version("laikhe-analysis")
except PackageNotFoundError:  # pragma: no cover - a source tree that was never installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> ModuleType:
    """Return the submodule `name`, loaded on first use."""
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
