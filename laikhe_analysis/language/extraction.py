"""Find every message in code, notebooks and templates, and keep the catalogues in step.

`python -m laikhe_analysis.language.extraction` adds what is new to the catalogues (to be translated
by hand) and takes out what nothing says any more.
"""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from laikhe_analysis.messages import LANGUAGES
from laikhe_analysis.messages.catalogue import CATALOGUES

__all__ = ["Found", "find_messages", "problems", "update"]

PACKAGE = Path(__file__).parent.parent
_CALLS = {"_", "N_", "say", "draw", "show", "NotComputable"}
_OURS = re.compile(r"laikhe_analysis\.(language|messages)")
_PLACE = re.compile(r"^[a-z_][a-z0-9_]*$")


class Found(NamedTuple):
    """One message and where it stands."""

    context: str
    template: str
    file: str


def find_messages(*folders: Path) -> list[Found]:
    """Return every message of the Python files, notebooks and templates below the folders."""
    found: list[Found] = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _READERS and "locale" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found += [Found(*one, path.name) for one in _READERS[path.suffix](text)]
    return found


def _in_code(text: str) -> Iterator[tuple[str, str]]:
    """Yield context and template of the marked calls in code that speaks the package's language."""
    tree = ast.parse(text)
    for node in ast.walk(tree) if _OURS.search(text) else ():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(
            node.func, "id", "")  # fmt: skip
        first = node.args[1 if name == "draw" and len(node.args) > 1 else 0]
        if name in _CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            given = {word.arg: word.value for word in node.keywords}
            context = given.get("context")
            yield (str(context.value) if isinstance(context, ast.Constant) else "", first.value)


def _in_notebook(text: str) -> Iterator[tuple[str, str]]:
    """Yield the messages of an open notebook: its marked calls, each Markdown cell as a whole.

    A notebook that does not speak through `language` holds two languages and has no messages.
    """
    cells = [(c["cell_type"], "".join(c["source"])) for c in json.loads(text)["cells"]]
    code = "\n".join(source for kind, source in cells if kind == "code")
    if _OURS.search(code):
        yield from (("", x.strip()) for kind, x in cells if kind == "markdown" and x.strip())
    yield from _in_code(code)


def _in_template(text: str) -> Iterator[tuple[str, str]]:
    """Yield the messages of a Jinja template."""
    from jinja2 import Environment
    from jinja2.nodes import Call, Const, Name

    for node in Environment().parse(text).find_all(Call):
        if (
            isinstance(node.node, Name)
            and node.node.name == "_"
            and isinstance(node.args[0], Const)
        ):
            given = {word.key: word.value for word in node.kwargs}
            context = given.get("context")
            yield (context.value if isinstance(context, Const) else "", node.args[0].value)


_READERS = {".py": _in_code, ".ipynb": _in_notebook, ".jinja": _in_template}


def _places(template: str) -> set[str]:
    """Return the names that a template has places for."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}


def problems(lang: str, *folders: Path) -> list[str]:
    """Return what is wrong with a catalogue: missing, stale or fuzzy entries, other places.

    Parameters
    ----------
    lang : str
    *folders : Path
        Where messages are looked for.
    """
    from babel.messages.pofile import read_po

    with (CATALOGUES / lang / "messages.po").open("rb") as file:
        catalogue = {(one.context or "", one.id): one for one in read_po(file) if one.id}
    wanted = {(one.context, one.template): one for one in find_messages(*folders)}
    told = [f"missing: {one.template!r} ({one.file})" for key, one in wanted.items()
            if key not in catalogue or not catalogue[key].string]  # fmt: skip
    told += [f"stale: {key[1]!r}" for key in catalogue if key not in wanted]
    told += [f"fuzzy: {key[1]!r}" for key, one in catalogue.items() if one.fuzzy]
    for (_context, template), one in catalogue.items():
        if one.string and _literal(template) and _places(template) != _places(one.string):
            told.append(f"other places: {template!r} / {one.string!r}")
    return told


def _literal(template: str) -> bool:
    """Return whether a template's braces are places for values (Markdown may hold others)."""
    try:
        return all(_PLACE.match(name) for name in _places(template))
    except ValueError:
        return False


def update(lang: str, *folders: Path) -> int:
    """Bring a catalogue in step with the messages; return how many wait for a translation."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    path = CATALOGUES / lang / "messages.po"
    known: dict[tuple[str, str], str] = {}
    if path.exists():
        with path.open("rb") as file:
            known = {(one.context or "", one.id): one.string for one in read_po(file) if one.id}
    new = Catalog(locale=lang, fuzzy=False, header_comment="# English of laikhe_analysis")
    waiting = 0
    for one in find_messages(*folders):
        told = known.get((one.context, one.template), "")
        if new.get(one.template, one.context or None) is None:
            waiting += not told
            new.add(one.template, told, context=one.context or None, locations=[(one.file, 0)])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=0, include_lineno=False, omit_header=True, sort_output=True)
    return waiting


if __name__ == "__main__":
    for _lang in LANGUAGES[1:]:
        update(_lang, PACKAGE, PACKAGE.parent / "notebooks")
