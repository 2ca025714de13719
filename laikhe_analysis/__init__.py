"""Forecast, watch and question a commune's five-year plan.

Every module can be read on its own, from the ground floor up: `growth` first. Importing the
package loads none of them: ``import laikhe_analysis as la; la.growth.annual_rate(100, 121, 2)``
loads `growth` when it is asked for.
"""

from importlib import import_module
from typing import Any

__all__ = ["__version__"]

__version__: str


def __getattr__(name: str) -> Any:
    """Return the submodule `name`, or the version, loaded on first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("laikhe-analysis")
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
