"""What is laid out beforehand: style sheets, scripts and the templates of pages, from `assets`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["asset", "page_template"]


def asset(name: str) -> str:
    """Return the text of a file in `assets`."""
    return files("laikhe_analysis.office").joinpath("assets", name).read_text("utf-8")


@cache
def page_template(name: str) -> Template:
    """Return the template of a page; a name that it is not given stops it."""
    from jinja2 import Environment, StrictUndefined

    surroundings = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return surroundings.from_string(asset(f"{name}.html.jinja"))
