"""One writer at a time, and folders that change places whole: what every command that writes uses."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.messages import _

__all__ = [
    "exchange", "for_purpose", "is_inside", "is_link", "left_over", "locked", "new_beside",
]  # fmt: skip

WAIT = 3.0
"""How long a command waits for another before it gives up. [seconds]"""

_WORK = "-laikhe-"
_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


@contextlib.contextmanager
def locked(path: Path, *, wait: float | None = None) -> Iterator[None]:
    """Hold the lock of a folder or file, which the system lets go when the program ends.

    Parameters
    ----------
    path : Path
        What is written; it need not exist.
    wait : float, optional
        How long to wait for another command that holds it; `WAIT` unless given. [seconds]

    Raises
    ------
    RefusalError
        If another command holds it, or no lock can be put there.

    Notes
    -----
    The lock is the system's, on a file beside the path (within it where one may not write beside
    it): `restore` exchanges the whole folder, and Windows moves no folder with an open file in it.
    A file that a killed command left is no lock, so nothing has to be told stale. It is removed
    before it is let go; who waited for a removed one asks again.
    """
    path = path.resolve()
    until = time.monotonic() + (WAIT if wait is None else wait)
    while (file := _take(path)) is None:
        if time.monotonic() >= until:
            raise RefusalError(
                _(
                    "một lệnh laikhe khác đang ghi {path}: chờ lệnh đó xong rồi chạy lại; chưa ghi gì",
                    path=path,
                )
            )
        time.sleep(0.05)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows removes no open file
            Path(file.name).unlink()
        file.close()
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                Path(file.name).unlink()


def _take(path: Path) -> IO[bytes] | None:
    """Return the open file of the lock, None while another command holds it."""
    file = _open_lock(path)
    try:
        _lock(file.fileno())
        if os.path.samestat(os.fstat(file.fileno()), Path(file.name).stat()):
            return file
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in _BUSY:
            return file  # a file system without locks: one writer is all there can be
    file.close()
    return None


def _open_lock(path: Path) -> IO[bytes]:
    """Open the file of the lock: beside the path, within it where that may not be."""
    for place in (path.parent / f".{path.name}.lock", path / ".laikhe.lock"):
        with contextlib.suppress(OSError):
            return place.open("a+b")
    raise RefusalError(
        _("không ghi được ở {path}: chọn nơi khác hoặc xin quyền ghi; chưa ghi gì", path=path), 2
    )


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def new_beside(path: Path, purpose: str) -> Path:
    """Make an empty folder beside a path, of a name that `left_over` finds."""
    return Path(tempfile.mkdtemp(prefix=f".{path.name}{_WORK}{purpose}-", dir=path.parent))


def for_purpose(folder: Path, purpose: str) -> Path:
    """Return what a folder that `new_beside` made is called for another purpose.

    Examples
    --------
    >>> for_purpose(Path(".data-laikhe-moi-a1b2c3d4"), "cu").name
    '.data-laikhe-cu-a1b2c3d4'
    """
    begin, work, end = folder.name.rpartition(_WORK)
    return folder.with_name(f"{begin}{work}{purpose}-{end.rpartition('-')[2]}")


def left_over(path: Path, *purposes: str) -> list[Path]:
    """Return the folders beside a path that commands made and did not clear, the oldest first.

    Whoever holds the lock of the path knows that no command is at work in them.
    """
    kinds = "|".join(map(re.escape, purposes))
    mine = re.compile(rf"\.{re.escape(path.name)}{_WORK}(?:{kinds})-[a-z0-9_]{{8}}")
    found = [
        one for one in (path.parent.iterdir() if path.parent.is_dir() else ())
        if mine.fullmatch(one.name) and one.is_dir() and not is_link(one)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.stat().st_mtime, one.name))


def is_link(path: Path) -> bool:
    """Return whether a path leads elsewhere: a link, or a junction of Windows."""
    return path.is_symlink() or bool(getattr(path.lstat(), "st_reparse_tag", 0))


def is_inside(inner: Path, outer: Path) -> bool:
    """Return whether a path is a folder or lies in it, links and capital letters resolved.

    Examples
    --------
    >>> is_inside(Path("data/a"), Path("data")), is_inside(Path("data"), Path("data/../data"))
    (True, True)
    >>> is_inside(Path("data2"), Path("data"))
    False
    """
    inner, outer = inner.resolve(), outer.resolve()
    for place in (inner, *inner.parents):
        if place == outer:
            return True
        with contextlib.suppress(OSError):
            if place.samefile(outer):
                return True
    return False


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
