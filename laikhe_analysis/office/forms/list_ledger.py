"""Put lists of a form in the place of files, and bring back what they replaced."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from laikhe_analysis.checks import DataError, Problem
from laikhe_analysis.data import load
from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.lists import LISTS
from laikhe_analysis.office.forms.safe_files import put_all
from laikhe_analysis.office.forms.safe_folders import locked

__all__ = ["last_list_import", "list_import_id", "put_kept", "put_lists", "undo_lists"]

_KEPT = "replaced"
"""The folder in the data that keeps what lists replaced, a folder for each import."""


def list_import_id(files: Mapping[str, bytes]) -> str:
    """Return the id of an import of lists alone, from its content."""
    return f"import-{_mark(b''.join(files.values()))}"


def put_lists(folder: Path, import_id: str, files: Mapping[str, bytes]) -> None:
    """Put the files of lists in their place, and keep what they replace.

    Raises
    ------
    DataError
        If the data could not be read with them.
    """
    with locked(folder):
        put_kept(folder, import_id, files)


def put_kept(folder: Path, import_id: str, files: Mapping[str, bytes]) -> None:
    """Put the files of lists in their place in a locked folder, and keep what they replace.

    Raises
    ------
    DataError
        If the data could not be read with them.
    """
    for place in _places(folder):  # of a run that was stopped
        if _import_of(place) == import_id:
            shutil.rmtree(place)
    serial = 1 + max((int(p.name.split("-")[1]) for p in _places(folder)), default=0)
    place = folder / _KEPT / f"{len(load(folder).observed):07}-{serial:04}-{import_id}"
    place.mkdir(parents=True)
    for name in (name for name in files if name in LISTS):
        old = (folder / name).read_bytes() if (folder / name).exists() else b""
        (place / f"{name}.{_mark(files[name])}").write_bytes(old)
    put_all(folder, files)


def last_list_import(folder: Path) -> tuple[str, int]:
    """Return the last import of lists that stands, and how many observations there were then."""
    places = _places(folder)
    if not places:
        return "", -1
    return _import_of(places[-1]), int(places[-1].name.split("-")[0])


def undo_lists(folder: Path, import_id: str) -> tuple[str, ...]:
    """Bring back what the lists of an import replaced, and return the names of the files.

    Raises
    ------
    DataError
        If one of them was changed since.
    """
    found = [place for place in _places(folder) if _import_of(place) == import_id]
    if not found:
        return ()
    with locked(folder):
        kept = {path.name.rpartition(".")[0]: path for path in sorted(found[-1].iterdir())}
        for name, path in kept.items():
            if _mark((folder / name).read_bytes()) != path.suffix[1:]:
                wanted = _(
                    "tệp như lần nhập đã ghi; tệp đã được sửa sau đó: hoàn tác lần sau trước, "
                    "hoặc sửa tay"
                )
                raise DataError([Problem(name, None, None, import_id, wanted)])
        old = {name: path.read_bytes() for name, path in kept.items()}
        put_all(folder, {name: content for name, content in old.items() if content})
        for name in (name for name, content in old.items() if not content):
            (folder / name).unlink()  # there was no such file
        shutil.rmtree(found[-1])
        if not any((folder / _KEPT).iterdir()):
            (folder / _KEPT).rmdir()
    return tuple(kept)


def _places(folder: Path) -> list[Path]:
    """Return the folders of what was replaced, oldest first."""
    kept = folder / _KEPT
    return sorted(kept.iterdir()) if kept.is_dir() else []


def _import_of(place: Path) -> str:
    """Return the import whose folder it is.

    Examples
    --------
    >>> _import_of(Path("0000014-0002-import-ab"))
    'import-ab'
    """
    return place.name.split("-", 2)[2]


def _mark(content: bytes) -> str:
    """Return what tells a content."""
    return hashlib.sha256(content).hexdigest()[:10]
