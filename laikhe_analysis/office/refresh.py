"""Run the notebooks in place and keep what they show, all of them or none."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.safe_files import put_together
from laikhe_analysis.office.forms.safe_folders import locked
from laikhe_analysis.office.notebooks import find_notebooks, run_notebooks
from laikhe_analysis.office.owned import HISTORY
from laikhe_analysis.office.refusal import refuse

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["data_hash", "refresh", "stale_notebooks"]

_KEY = "laikhe"


def data_hash(folder: Path) -> str:
    """Return the SHA-256 of a data folder: names and content of its CSV and TOML files.

    Line ends count as one sign: a copy that Windows made is the same data. Past projections
    (`owned.HISTORY`) are none.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix in (".csv", ".toml") and not path.name.startswith((".", "~$", HISTORY)):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def stale_notebooks(folder: Path) -> list[str]:
    """Return the notebooks whose outputs were not made of the data that are there now, by name."""
    return [
        path.name
        for path in find_notebooks(folder)
        if (content := json.loads(path.read_text(encoding="utf-8")))
        and content["metadata"].get(_KEY, {}).get("data_sha256") != _hash_for(path, content)
    ]


def _hash_for(path: Path, notebook: Mapping[str, Any]) -> str:
    """Return the hash of the data that a notebook reads: the `DATA` of its parameters."""
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            for line in ast.parse("".join(cell["source"])).body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "DATA":
                    return data_hash(path.parent / str(ast.literal_eval(line.value)))
    return ""


def refresh(folder: Path, on_done: Callable[[Path], None] = lambda path: None) -> list[Path]:
    """Run all notebooks of a folder as they stand, keep their outputs, and return them.

    Each notes the hash of the data that it was run on. Nothing is written before all have run.

    Parameters
    ----------
    folder : Path
        The notebooks.
    on_done : callable
        Told of each notebook when it has run.

    Raises
    ------
    NotebookError
        Of the first notebook that fails.
    RefusalError
        If a notebook or the data change meanwhile, a file cannot be written, or another command is
        writing there.
    """
    with locked(folder):
        paths = find_notebooks(folder)
        before = {path: (path.read_bytes(), _hash_for(path, _read(path))) for path in paths}
        content = {}
        for path, notebook in run_notebooks(paths, {}, on_done).items():
            content[path] = _kept(notebook, before[path][1])
        for path, (raw, digest) in before.items():
            if path.read_bytes() != raw or _hash_for(path, _read(path)) != digest:
                raise refuse(
                    _(
                        "{name} hoặc số liệu của nó vừa được sửa trong lúc chạy: chạy lại; chưa ghi gì",
                        name=path.name,
                    )
                )
        put_together(content)
    return paths


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _kept(notebook: NotebookNode, digest: str) -> bytes:
    """Return the file of a notebook that was run, without what differs from machine to machine."""
    import nbformat

    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata.kernelspec = kernel
    notebook.metadata.language_info = {"name": "python"}
    notebook.metadata[_KEY] = {"data_sha256": digest}
    for key in ("widgets", "lang"):
        notebook.metadata.pop(key, None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n".encode()
