"""Put a finished folder in the place of an earlier one, and never touch what is not ours in it.

What is ours is written in the folder's manifest: names and hashes of all files, and the kind of
folder. A file that is listed and still has its hash is replaced; every other one stays, under a name
with its date where it stands in the way.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

import laikhe_analysis
from laikhe_analysis.messages import Message, Text, _
from laikhe_analysis.office.forms.safe_folders import (
    exchange,
    for_purpose,
    is_inside,
    is_link,
    left_over,
    locked,
    new_beside,
)
from laikhe_analysis.office.refusal import refuse

__all__ = [
    "HISTORY",
    "MANIFEST",
    "data_hashes",
    "file_hash",
    "in_place_of",
    "is_current",
    "program_hash",
    "put_page",
    "read_manifest",
    "refuse_page",
    "refuse_place",
]

HISTORY = "history.csv"
"""The file of a commune's folder that keeps the headline projections of its reports."""

MANIFEST, _BEGUN = "manifest.json", "manifest.json.moi"
_NEW, _EARLIER = "moi", "cu"
Tell = Callable[[Text], None]


@contextlib.contextmanager
def in_place_of(
    out: Path, kind: str, facts: dict[str, Any], *, on_kept: Tell = lambda what: None
) -> Iterator[Path]:
    """Give a folder to fill, and put it in the place of `out` when that is done.

    A failure or a kill on the way leaves the earlier folder whole. What an earlier killed run left
    is brought back or cleared first.

    Parameters
    ----------
    out : Path
        Where the folder goes, as `refuse_place` allows.
    kind : str
        What the manifest calls such folders.
    facts : dict
        What else the manifest holds; may be filled until the end.
    on_kept : callable
        Told of each file that stood in the way and was kept under another name.

    Raises
    ------
    RefusalError
        If another command writes there, the place cannot be written or holds what is not ours, or
        a file of the earlier folder is held open by another program.
    """
    out = out.resolve()  # a link stays, and what it points to is replaced
    with _told(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    with locked(out):
        _put_in_order(out, kind)
        _refuse_foreign(out, kind)
        with _told(out):
            work = _begin(out, kind)
        try:
            yield work
            _write_manifest(work, facts | {"kind": kind, "files": _listed(work)})
            _take_place(work, out, kind, on_kept)
        except BaseException:
            if work.exists():
                _settle(work, out, kind)
            raise


def refuse_place(out: Path, kind: str, *, data: Path) -> None:
    """Raise if `out` is no place for a folder of ours.

    Raises
    ------
    RefusalError
        If it is a file, the root of a drive, the home folder, holds the data or lies in them, or
        holds what is not ours.
    """
    out = out.resolve()
    wrong = {
        _("là một tệp"): os.path.lexists(out) and not out.is_dir(),
        _("là gốc của một ổ đĩa"): os.path.ismount(out),
        _("là thư mục riêng của người dùng"): _is_home(out),
        _("nằm trong thư mục số liệu {data}", data=data): is_inside(out, data),
        _("chứa thư mục số liệu {data}", data=data): is_inside(data, out),
    }
    if why := _first(wrong):
        told = _(
            "{out} {why}: chọn một thư mục mới, trống bằng --out; chưa ghi gì", out=out, why=why
        )
        raise refuse(told, usage=True)
    _refuse_foreign(out, kind)


def _first(wrong: Mapping[Message, bool]) -> Message | None:
    """Return the first that is wrong; None where nothing is."""
    return next((why for why, holds in wrong.items() if holds), None)


_PAGE = b"<!DOCTYPE html>"


def refuse_page(page: Path, *, data: Iterable[Path]) -> None:
    """Raise if a page cannot be written there, or stands in the place of what is none.

    Raises
    ------
    RefusalError
        If it lies in one of the data folders, holds another kind of file, or the place cannot be
        written.
    """
    page = page.resolve()
    wrong = {
        _("nằm trong thư mục số liệu"): any(is_inside(page, folder) for folder in data),
        _("không phải trang HTML"): os.path.lexists(page) and not _is_page(page),
    }
    if why := _first(wrong):
        told = _("{page} {why}: chọn tên khác bằng --page; chưa ghi gì", page=page, why=why)
        raise refuse(told, usage=True)
    with _told(page, "--page"), tempfile.TemporaryFile(dir=page.parent):
        pass


def _is_page(path: Path) -> bool:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(len(_PAGE)) == _PAGE
    return False


def put_page(page: Path, content: bytes) -> None:
    """Put a page in the place of an earlier one at one stroke, where `refuse_page` allows it.

    Raises
    ------
    RefusalError
        If it cannot be written; what was there is whole.
    """
    page = page.resolve()
    beside = page.with_name(f".{page.name}.moi")
    with locked(page), _told(page, "--page"):
        try:
            beside.write_bytes(content)
            beside.replace(page)
        finally:
            beside.unlink(missing_ok=True)


def _is_home(out: Path) -> bool:
    with contextlib.suppress(OSError, RuntimeError):
        return out.samefile(Path.home())
    return False


def _refuse_foreign(out: Path, kind: str) -> None:
    """Raise if a folder holds something and is none of ours."""
    is_ours = "files" in (read_manifest(out, kind) or {})  # without a list nobody knows what is
    if is_ours or not out.is_dir() or not any(out.iterdir()):
        return
    if os.path.lexists(out / MANIFEST):
        why = _("có {manifest} của chương trình khác", manifest=MANIFEST)
    else:
        why = _("đang chứa tệp khác")
    raise refuse(
        _("{out} {why}: chọn thư mục trống hoặc mới bằng --out; chưa ghi gì", out=out, why=why),
        usage=True,
    )


@contextlib.contextmanager
def _told(out: Path, option: str = "--out") -> Iterator[None]:
    """Say in one sentence that a place cannot be written."""
    try:
        yield
    except OSError:
        raise refuse(
            _(
                "không ghi được ở {out}: chọn nơi khác bằng {option}, hoặc đóng các tệp trong đó đang mở ở "
                "Word, Excel, trình duyệt rồi chạy lại; bản cũ còn nguyên",
                out=out,
                option=option,
            ),
            usage=True,
        ) from None


def _begin(out: Path, kind: str) -> Path:
    """Return the folder to fill, marked as ours and unfinished, once `out` is known to be writable."""
    if out.is_dir():
        with tempfile.TemporaryFile(dir=out):
            pass
    work = new_beside(out, _NEW)
    _write_manifest(work, {"kind": kind})
    return work


def _write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    beside = folder / _BEGUN
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(folder / MANIFEST)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def data_hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a commune's data that is computed with, by name.

    Past projections (`HISTORY`) are none: keeping them changes no result.
    """
    return {
        path.name: file_hash(path)
        for path in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if path.suffix in (".csv", ".toml") and path.name != HISTORY and path.is_file()
    }


@cache
def program_hash() -> str:
    """Return one hash of the library's own files."""
    root = Path(laikhe_analysis.__file__).parent
    own = sorted(path for path in root.rglob("*") if path.suffix in _OWN)
    return hashlib.sha256("".join(map(file_hash, own)).encode()).hexdigest()


_OWN = (".py", ".css", ".js", ".jinja", ".po", ".csv", ".toml", ".docx")


def _listed(folder: Path) -> dict[str, dict[str, Any]]:
    """Return hash and size of all files of a folder but its manifest, by name."""
    return {
        path.relative_to(folder).as_posix(): {
            "sha256": file_hash(path), "bytes": path.stat().st_size
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST
    }  # fmt: skip


def read_manifest(folder: Path, kind: str) -> dict[str, Any] | None:
    """Return what a folder of ours says of itself, None where it is not ours."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = {str(name): str(facts["sha256"]) for name, facts in found.get("files", {}).items()}
        return {**found, "hashes": listed} if found["kind"] == kind else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def is_current(folder: Path, kind: str, facts: Mapping[str, Any]) -> bool:
    """Return whether a folder was made of these facts and holds every file as it was written.

    What an earlier killed run left is brought back or cleared first.
    """
    folder = folder.resolve()
    if not folder.parent.is_dir():
        return False
    with locked(folder):
        _put_in_order(folder, kind)
    found = read_manifest(folder, kind) or {}
    return (
        "files" in found
        and all(found.get(name) == fact for name, fact in facts.items())
        and all(
            (folder / name).is_file() and file_hash(folder / name) == wanted
            for name, wanted in found["hashes"].items()
        )
    )


def _entries(folder: Path) -> Iterator[tuple[Path, str, bool]]:
    """Yield what a folder holds: path, name in it, whether a folder, which comes behind its content.

    Links are not followed.
    """
    for path in sorted(folder.iterdir()):
        is_folder = path.is_dir() and not is_link(path)
        if is_folder:
            for inner, name, is_inner_folder in _entries(path):
                yield inner, f"{path.name}/{name}", is_inner_folder
        yield path, path.name, is_folder


def _is_ours(path: Path, name: str, manifest: Mapping[str, Any]) -> bool:
    """Return whether a file is one that we wrote, and as we wrote it."""
    if "files" not in manifest or name == MANIFEST:
        return True  # nothing else is put into a folder before it is finished
    wanted = manifest["hashes"].get(name)
    return wanted is not None and not is_link(path) and file_hash(path) == wanted


def _is_free(folder: Path, name: str) -> bool:
    """Return whether nothing in a folder stands in the way of a file of that name."""
    *above, _unused = Path(name).parents
    blocked = any(os.path.lexists(folder / one) and not (folder / one).is_dir() for one in above)
    return not blocked and not os.path.lexists(folder / name)


def _dated(name: str, path: Path, *folders: Path) -> str:
    """Return a free name with the day of a file in it; the outermost folder takes the day."""
    top, slash, rest = name.partition("/")
    stem, suffix = (top, "") if slash else (Path(top).stem, Path(top).suffix)
    day = date.fromtimestamp(path.lstat().st_mtime).isoformat()
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        found = f"{stem}-sua-{day}{again}{suffix}{slash}{rest}"
        if all(_is_free(folder, found) for folder in folders):
            return found
    raise AssertionError("unreachable")


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two plain files have the same content."""
    return one.is_file() and other.is_file() and file_hash(one) == file_hash(other)


def _carry(out: Path, work: Path, kind: str) -> dict[str, str]:
    """Give what is not ours a second name in the new folder; return the names that had to change."""
    manifest, renamed = read_manifest(out, kind) or {"files": {}, "hashes": {}}, {}
    parents = {str(one) for name in manifest["hashes"] for one in PurePosixPath(name).parents}
    for path, name, is_folder in _entries(out):
        with contextlib.suppress(OSError):  # what cannot be linked is moved afterwards
            if is_folder and name not in parents:
                (work / name).mkdir(parents=True, exist_ok=True)
                shutil.copystat(path, work / name)
            if is_folder or is_link(path) or _is_ours(path, name, manifest):
                continue
            if not _is_same(work / name, path):
                found = name if _is_free(work, name) else _dated(name, path, work, out)
                (work / found).parent.mkdir(parents=True, exist_ok=True)
                (work / found).hardlink_to(path)
                renamed[name] = found
    return renamed


def _settle(left: Path, out: Path, kind: str) -> dict[str, str]:
    """Clear a folder that was replaced or never finished, and return the names that had to change.

    What is ours goes; what is not and has no second name in `out` goes back there. The manifest is
    the last to go: a kill on the way leaves what the next command can settle.
    """
    manifest, renamed = read_manifest(left, kind), {}
    if manifest is None:
        return {}
    linked = {
        (facts.st_dev, facts.st_ino)
        for path, _unused, is_folder in (_entries(out) if out.is_dir() else ())
        if not is_folder and (facts := path.lstat()).st_nlink > 1
    }
    for path, name, is_folder in _entries(left):
        with contextlib.suppress(OSError):  # what is held open stays for the next time
            facts = path.lstat()
            if is_folder:
                path.rmdir()
            elif name == MANIFEST:
                continue
            elif (
                (facts.st_dev, facts.st_ino) in linked
                or _is_ours(path, name, manifest)
                or _is_same(out / name, path)
            ):
                path.unlink()
            else:
                found = name if _is_free(out, name) else _dated(name, path, out)
                (out / found).parent.mkdir(parents=True, exist_ok=True)
                path.rename(out / found)
                renamed[name] = found
    if [path.name for path in left.iterdir()] == [MANIFEST]:
        (left / MANIFEST).unlink()
        left.rmdir()
    return renamed


def _take_place(work: Path, out: Path, kind: str, on_kept: Tell) -> None:
    """Put the finished folder in the place of the earlier one, at one stroke where that can be."""
    work.chmod(stat.S_IMODE(out.stat().st_mode) if out.exists() else 0o755)
    if out.exists() and read_manifest(out, kind) is None:
        with _told(out):
            out.rmdir()  # it was empty when the work began
    if not out.exists():
        work.rename(out)
        return
    renamed, left = _carry(out, work, kind), work
    if not exchange(work, out):
        left = for_purpose(work, _EARLIER)
        with _told(out):
            out.rename(left)
            try:
                work.rename(out)
            except BaseException:
                left.rename(out)
                raise
    renamed |= _settle(left, out, kind)
    for name, found in renamed.items():
        if found != name:
            on_kept(_("{name} đã được sửa tay: giữ lại thành {found}", name=name, found=found))


def _put_in_order(out: Path, kind: str) -> None:
    """Bring back a folder that a killed run had set aside, and clear what killed runs left."""
    left = [*left_over(out, _NEW), *left_over(out, _EARLIER)]
    whole = [one for one in left if "files" in (read_manifest(one, kind) or {})]
    if whole and not os.path.lexists(out):
        left.remove(whole[-1])
        whole[-1].rename(out)
    for one in left:
        _settle(one, out, kind)
        if one.exists() and {path.name for path in one.iterdir()} <= {_BEGUN}:
            shutil.rmtree(one, ignore_errors=True)  # made, and killed before it was marked
