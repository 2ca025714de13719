"""Put longer files in the place of others: rehearsed first, each at one stroke."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.data import load
from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.safe_folders import locked

__all__ = [
    "BESIDE",
    "longer",
    "plain_cell",
    "put_all",
    "put_new",
    "put_together",
    "rehearse",
    "why",
]

BESIDE = ".importing"
"""What the name of a file ends in while it is written."""


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
    """Return the content of a file with rows at its end, in its own columns and line ends.

    A column that the file has not, and that one of the rows needs, is added at the right.
    """
    raw = path.read_bytes()
    end = "\r\n" if b"\r\n" in raw else "\n"
    header = [
        name.strip() for name in next(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    ]
    more = [name for name in rows[0] if name not in header and any(row[name] for row in rows)]
    for name in more:  # a record never goes over more than one line
        first, *lines = raw.decode().rstrip("\r\n").split("\n")
        lines = [f"{first.rstrip()},{name}", *(f"{line.rstrip()}," for line in lines)]
        raw = "".join(line + end for line in lines).encode()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    for row in rows:
        writer.writerow([row[name] for name in [*header, *more]])
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


def put_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in the place of others, in the order given, once a rehearsal has shown that they fit.

    Raises
    ------
    DataError
        With everything that is wrong in the folder as it would be.
    RefusalError
        If a file cannot be written, or another program holds it open.
    """
    rehearse(folder, files)
    for name, content in files.items():
        _put(folder / name, content)


def _put(path: Path, content: bytes) -> None:
    """Put a file in the place of another at one stroke; a link stays, what it leads to is replaced."""
    path = path.resolve()
    try:
        _beside(path, content)
        _replace(path)
    finally:
        _named(path).unlink(missing_ok=True)


def _named(path: Path) -> Path:
    """Return what a file is called while it is written."""
    return path.with_name(f"{path.name}{BESIDE}")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one sentence that a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise RefusalError(
            _(
                "{name}: {why}; đóng tệp nếu đang mở trong Excel rồi chạy lại",
                name=path.name,
                why=why(error),
            )
        ) from None


def _beside(path: Path, content: bytes) -> None:
    """Write a file beside another, and see it on the disk before going on."""
    with _told(path), _named(path).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():  # a new file has the mode of all new files
        shutil.copymode(path, _named(path))


def _replace(path: Path) -> None:
    """Let the file beside another take its place."""
    with _told(path):
        _named(path).replace(path)


def put_together(files: Mapping[Path, bytes]) -> None:
    """Put files in the place of others, all of them or none.

    All are written beside first. A kill between two of the renames that follow leaves some new and
    some old files, each of them whole.

    Raises
    ------
    RefusalError
        If a file cannot be written, or another program holds it open; all are as they were then.
    """
    earlier = {path: path.read_bytes() for path in files}
    try:
        for path, content in files.items():
            _beside(path.resolve(), content)
        for path in files:
            _replace(path.resolve())
    except BaseException:
        for path, content in earlier.items():
            if path.read_bytes() != content:
                _beside(path.resolve(), content)
                _replace(path.resolve())
        raise
    finally:
        for path in files:
            _named(path.resolve()).unlink(missing_ok=True)


def put_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, whole or not at all.

    Raises
    ------
    RefusalError
        If something of that name is there, or it cannot be written.
    """
    with locked(path):
        beside = path.with_name(f".{path.name}{BESIDE}")
        try:
            beside.write_bytes(content)
            if not os.path.lexists(path):
                beside.rename(path)
                return
        except OSError as error:
            raise RefusalError(
                _("{path}: {why}; chọn nơi khác bằng --out", path=path, why=why(error)), 2
            ) from None
        finally:
            beside.unlink(missing_ok=True)
    raise RefusalError(_("{path}: đã có tệp này, hãy chọn tên khác", path=path), 2)


_WHY = {
    FileNotFoundError: _("không có tệp hoặc thư mục này"),
    PermissionError: _("không có quyền, hoặc chương trình khác đang giữ tệp"),
    IsADirectoryError: _("là một thư mục"),
    NotADirectoryError: _("không phải thư mục"),
    FileExistsError: _("đã có tệp này"),
}
_WHY_NUMBER = {
    errno.ENOSPC: _("hết chỗ trên đĩa"),
    errno.EROFS: _("ổ đĩa chỉ cho đọc"),
    errno.ENAMETOOLONG: _("tên quá dài"),
    errno.ELOOP: _("liên kết quay vòng"),
}


def why(error: OSError) -> Text:
    """Return in words what the system says of a file.

    Examples
    --------
    >>> why(PermissionError(13, "Permission denied")).en
    'not allowed, or another program holds the file'
    """
    kinds = (words for kind, words in _WHY.items() if isinstance(error, kind))
    other = _("không đọc hoặc ghi được")
    return _WHY_NUMBER.get(error.errno or 0) or next(kinds, other)
