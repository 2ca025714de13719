"""The zip of a backup: written from a data folder, checked file by file, unpacked only if it is ours."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.safe_files import BESIDE
from laikhe_analysis.office.forms.safe_folders import is_link
from laikhe_analysis.office.refusal import RefusalError, refuse

__all__ = ["LARGEST", "is_plain", "pack", "read_manifest", "to_pack", "unpack"]

KIND = "laikhe-backup"
MANIFEST = "manifest.json"
LARGEST, LARGEST_MANIFEST = 500_000_000, 20_000_000
"""What a commune's folder and a backup's own list may weigh, unpacked. [bytes]"""

_BLOCK = 1 << 20


def to_pack(folder: Path) -> dict[str, Path]:
    """Return the files of a data folder by name, without what begins with a dot or is half written.

    Raises
    ------
    RefusalError
        If there is none, they are larger than a data folder can be, a folder is a link, or a name
        cannot be unpacked everywhere.
    """
    found = {path.relative_to(folder).as_posix(): path for path in sorted(_files(folder))}
    if not found:
        raise refuse(_("{folder} không có tệp nào", folder=folder))
    size = sum(path.stat().st_size for path in found.values())
    if size > LARGEST:
        raise refuse(
            _(
                "{folder} nặng {size:0} MB, thư mục số liệu không quá {most:0} MB",
                folder=folder,
                size=size / 1e6,
                most=LARGEST / 1e6,
            )
        )
    seen: set[str] = set()
    for name, path in found.items():
        if not is_plain(name) or name.casefold() in seen:
            raise refuse(
                _(
                    "{path}: tên này không mở được trên máy khác (Windows): đổi tên rồi chạy lại; chưa "
                    "ghi gì",
                    path=path,
                )
            )
        seen.add(name.casefold())
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder; a linked file is one of them."""
    for path in folder.rglob("*") if folder.is_dir() else ():
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if hidden or path.name.endswith(BESIDE):
            continue
        if path.is_file():
            yield path
        elif is_link(path) or not path.is_dir():
            raise refuse(
                _(
                    "{path} là liên kết đến thư mục, hoặc không phải tệp: chép thứ cần giữ vào đây rồi "
                    "chạy lại; chưa ghi gì",
                    path=path,
                )
            )


def pack(files: Mapping[str, Path], commune: str, into: Path, *, on: date) -> None:
    """Write the files and a manifest with their hashes into a zip, and read it back.

    Raises
    ------
    RefusalError
        If a file changed meanwhile.
    OSError
        If a file cannot be read or the zip cannot be written.
    """
    manifest = {
        "kind": KIND,
        "commune": commune,
        "made_on": on.isoformat(),
        "version": version("laikhe-analysis"),
        "files": {name: {"sha256": _hash(path), "bytes": path.stat().st_size}
                  for name, path in files.items()},
    }  # fmt: skip
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as zip_:
        zip_.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, path in files.items():
            zip_.write(path, f"data/{name}")
    read_manifest(into)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(archive: Path) -> dict[str, Any]:
    """Return what a backup says of itself, once all of it has been checked.

    Raises
    ------
    RefusalError
        As `unpack`.
    """
    return unpack(archive, None)


def unpack(archive: Path, folder: Path | None) -> dict[str, Any]:
    """Unpack a backup into an empty folder, every file held against its hash; return its manifest.

    Parameters
    ----------
    archive : Path
    folder : Path, optional
        Where to; only checked unless given.

    Raises
    ------
    RefusalError
        If it is missing, damaged, or none of ours. What was unpacked by then is the caller's to
        remove.
    OSError
        If a file cannot be written.
    """
    if not archive.is_file():
        raise refuse(
            _("không có tệp sao lưu {archive}; chưa thay đổi gì", archive=archive), usage=True
        )
    try:
        file = zipfile.ZipFile(archive)
    except Exception:  # whatever a damaged zip makes its reader raise
        raise _damaged(archive.name, archive.name) from None
    with file:
        manifest = _manifest(archive.name, file)
        for name, info in _listed(archive.name, file, manifest["files"]).items():
            place = _begun(folder / name) if folder else contextlib.nullcontext()
            digest = hashlib.sha256()
            with place as into:
                for block in _blocks(archive.name, file, info):
                    digest.update(block)
                    if into is not None:
                        into.write(block)
            if digest.hexdigest() != manifest["files"][name]["sha256"]:
                raise _damaged(archive.name, name)
    return manifest


@contextlib.contextmanager
def _begun(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file, and see it on the disk before going on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _blocks(archive: str, file: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a file in the zip, or raise that it is damaged, whatever the reader says."""
    try:
        with file.open(info) as content:
            while block := content.read(_BLOCK):
                yield block
    except Exception:
        raise _damaged(archive, info.filename.removeprefix("data/")) from None


def _manifest(archive: str, file: zipfile.ZipFile) -> dict[str, Any]:
    """Return the manifest, or raise that the zip is none of ours."""
    infos = file.infolist()
    own = [info for info in infos if info.filename == MANIFEST]
    if len(own) != 1 or own[0].file_size > LARGEST_MANIFEST:
        raise _foreign(archive)
    content = b"".join(_blocks(archive, file, own[0]))
    try:
        found = json.loads(content)
        is_ours = found["kind"] == KIND and isinstance(found["commune"], str) and found["files"]
        ok = is_ours and all(isinstance(f["sha256"], str) for f in found["files"].values())
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        ok = False
    if not ok or not all(map(is_plain, found["files"])):
        raise _foreign(archive)
    return dict(found)


def _listed(
    archive: str, file: zipfile.ZipFile, wanted: Mapping[str, Any]
) -> dict[str, zipfile.ZipInfo]:
    """Return the files of the zip by name, if they are those of its manifest and no others."""
    inside = [info for info in file.infolist() if info.filename != MANIFEST]
    names = sorted(info.filename for info in inside)
    listed = sorted(f"data/{name}" for name in wanted)
    if names != listed:
        odd = sorted(set(names) ^ set(listed))
        raise _damaged(archive, ", ".join(odd[:5]) or archive)
    is_odd = any(stat.S_ISLNK(info.external_attr >> 16) or info.flag_bits & 1 for info in inside)
    is_twice = len({name.casefold() for name in names}) < len(names)  # one file on Windows
    if is_odd or is_twice or sum(info.file_size for info in inside) > LARGEST:
        raise _foreign(archive)
    return {info.filename.removeprefix("data/"): info for info in inside}


def is_plain(name: str) -> bool:
    """Return whether a name stays inside the folder that it is unpacked to, on any system.

    Examples
    --------
    >>> is_plain("kich_ban/a.csv"), is_plain("../a.csv"), is_plain("C:/a"), is_plain("/a")
    (True, False, False, False)
    >>> is_plain("nul.csv"), is_plain("a./b")
    (False, False)
    """
    odd = any(sign in name for sign in '\\:*?"<>|') or any(ord(sign) < 32 for sign in name)
    return not odd and all(
        part and part == part.rstrip(" .") and not _DEVICE.fullmatch(part)
        for part in name.split("/")
    )


_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that are no files on Windows."""


def _damaged(archive: str, part: str) -> RefusalError:
    """Return the error of a backup that is not as it was written."""
    return refuse(
        _(
            "bản sao lưu {archive} bị hỏng ở {part}: dùng bản khác; chưa thay đổi gì",
            archive=archive,
            part=part,
        )
    )


def _foreign(archive: str) -> RefusalError:
    """Return the error of a file that is no backup."""
    return refuse(
        _(
            "{archive} không phải bản sao lưu do `laikhe backup` tạo; chưa thay đổi gì",
            archive=archive,
        )
    )
