"""Put longer files in the place of others: rehearsed first, one writer at a time, at one stroke."""

from __future__ import annotations

import contextlib
import csv
import ctypes
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from laikhe_analysis.checks import DataError, Problem, Text
from laikhe_analysis.data import load

__all__ = ["exchange", "locked", "longer", "plain_cell", "put", "rehearse"]

_LOCK = ".import.lock"


def plain_cell(value: object) -> str:
    """Return the cell of a value, a number in the shortest form that reads back alike.

    Examples
    --------
    >>> plain_cell(2.0), plain_cell(0.1), plain_cell(None)
    ('2', '0.1', '')
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def longer(path: Path, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the content of a file with rows at its end, in its own columns and line ends."""
    raw = path.read_bytes()
    end = "\r\n" if b"\r\n" in raw else "\n"
    header = next(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    for row in rows:
        writer.writerow([row[name.strip()] for name in header])
    joint = b"" if raw.endswith(b"\n") else end.encode()
    return raw + joint + text.getvalue().encode()


def rehearse(folder: Path, files: Mapping[str, bytes]) -> None:
    """Read a copy of the folder with the new files in it.

    Raises
    ------
    DataError
        With everything that is wrong in it.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for path in folder.iterdir():
            if path.suffix in (".csv", ".toml") and path.name not in files:
                shutil.copyfile(path, copy / path.name)
        for name, content in files.items():
            (copy / name).write_bytes(content)
        load(copy)


def put(path: Path, content: bytes) -> None:
    """Put a file in its place, of another if there is one, at one stroke.

    Raises
    ------
    DataError
        If another program holds the file open.
    """
    path = path.resolve()
    beside = path.with_name(f"{path.name}.importing")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, beside)
    try:
        beside.replace(path)
    except PermissionError:
        wanted = Text(
            "tệp không bị chương trình khác giữ: đóng tệp trong Excel rồi chạy lại",
            "a file that no other program holds: close it in Excel and run the command again",
        )
        raise DataError([Problem(path.name, None, None, "", wanted)]) from None


_EXCHANGES = {
    "linux": ("renameat2", (-100, -100), 2),  # AT_FDCWD, RENAME_EXCHANGE
    "darwin": ("renamex_np", (), 2),  # RENAME_SWAP
}


def exchange(one: Path, other: Path) -> bool:
    """Let two files or folders change places at one stroke; return whether the system could.

    Notes
    -----
    A folder that is not empty cannot be replaced in one step by renaming: between the two steps
    there would be none. Linux (since 3.15, most file systems) and macOS can exchange two names;
    Windows cannot. Where it fails nothing has moved.
    """
    name, places, flag = _EXCHANGES.get(sys.platform, ("", (), 0))
    function = getattr(ctypes.CDLL(None), name, None) if name else None
    if function is None:
        return False
    paths = [ctypes.c_char_p(os.fsencode(path)) for path in (one, other)]
    given = [places[0], paths[0], places[1], paths[1]] if places else paths
    return bool(function(*given, ctypes.c_uint(flag)) == 0)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system lets go when the program ends, however it ends.

    Raises
    ------
    DataError
        If another program holds it.
    """
    with (folder / _LOCK).open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError:
            wanted = Text(
                "một lần nhập một lúc: chờ lần nhập kia xong rồi chạy lại",
                "one import at a time: wait for the other to end and run the command again",
            )
            raise DataError([Problem(_LOCK, None, None, "", wanted)]) from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
