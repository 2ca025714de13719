"""Keep a commune's data in one dated file, and bring them back without losing what is there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import tomllib
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from laikhe_analysis.outputs.commands.refusal import RefusalError, refuse

__all__ = ["back_up", "free_name", "read_manifest", "restore"]

KIND = "laikhe-backup"
MANIFEST = "manifest.json"
LARGEST = 500_000_000
"""What a commune's folder may weigh, unpacked. [bytes]"""


def back_up(folder: str | Path, out: str | Path, *, on: date) -> Path:
    """Write all files of a commune's folder into one zip and return it.

    The files need not be sound: what is there is kept as it is.

    Parameters
    ----------
    folder : Path
        The data folder.
    out : Path
        Folder for the zip; an earlier zip of the same day stays, the new one is numbered.
    on : date
        Day to name it by.

    Raises
    ------
    RefusalError
        If there is nothing to keep, or it is larger than a data folder can be.
    """
    folder, out = Path(folder), Path(out)
    paths = sorted(_files(folder))
    if not paths:
        raise refuse("{folder} không có tệp nào", "{folder} holds no files", folder=folder)
    size = sum(path.stat().st_size for path in paths)
    if size > LARGEST:
        raise refuse(
            "{folder} nặng {size:0} MB, thư mục số liệu không quá {most:0} MB",
            "{folder} holds {size:0} MB; a data folder has at most {most:0} MB",
            folder=folder, size=size / 1e6, most=LARGEST / 1e6,
        )  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    manifest = {
        "kind": KIND,
        "commune": _commune_name(folder),
        "made_on": on.isoformat(),
        "version": version("laikhe-analysis"),
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in contents.items()
        },
    }
    handle, beside = tempfile.mkstemp(prefix=".backup-", suffix=".zip", dir=out)
    os.close(handle)
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            for name, content in contents.items():
                file.writestr(f"data/{name}", content)
        _checked(Path(beside))
        Path(beside).chmod(0o644)
        return Path(beside).rename(free_name(out / f"data-{on.isoformat()}.zip"))
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def restore(archive: str | Path, folder: str | Path, *, on: date) -> Path | None:
    """Put the data of a backup in the place of `folder` and return where the earlier ones are.

    Parameters
    ----------
    archive : Path
        A zip that `back_up` wrote.
    folder : Path
        The data folder; what it holds is renamed beside it, never deleted.
    on : date
        Day to name the earlier folder by.

    Returns
    -------
    Path or None
        The earlier folder; None when there was none.

    Raises
    ------
    RefusalError
        If the zip is damaged, is no backup, or is another commune's; nothing has changed then.
    """
    archive, folder = Path(archive), Path(folder)
    manifest, contents = _checked(archive)
    here = _commune_name(folder)
    if here and manifest["commune"] and here != manifest["commune"]:
        raise refuse(
            "{file} là của {theirs}, thư mục {folder} là của {here}: chỉ thư mục khác bằng --data; "
            "chưa thay đổi gì",
            "{file} is of {theirs}, the folder {folder} of {here}: name another folder with "
            "--data; nothing was changed",
            file=archive.name, theirs=manifest["commune"], folder=folder.name, here=here,
        )  # fmt: skip
    parent = folder.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=parent))
    try:
        for name, content in contents.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(content)
        beside.chmod(0o755)
        return _swap(beside, folder, on)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def read_manifest(archive: Path) -> dict[str, Any]:
    """Return what a backup says of itself, once all of it has been checked.

    Raises
    ------
    RefusalError
        As `restore`.
    """
    return _checked(archive)[0]


def free_name(wanted: Path) -> Path:
    """Return `wanted`, numbered if something of that name is there."""
    found, number = wanted, 2
    while found.exists():
        found, number = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"), number + 1
    return found


def _swap(beside: Path, folder: Path, on: date) -> Path | None:
    """Give `beside` the name of `folder`, the earlier folder a name of its own."""
    if not folder.exists():
        beside.rename(folder)
        return None
    kept = free_name(folder.with_name(f"{folder.name}-truoc-{on.isoformat()}"))
    folder.rename(kept)
    try:
        beside.rename(folder)
    except BaseException:
        kept.rename(folder)
        raise
    return kept


def _files(folder: Path) -> Iterator[Path]:
    """Return the plain files of a folder, without links and without what begins with a dot."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _commune_name(folder: Path) -> str:
    """Return the name in `commune.toml`, "" where it cannot be read."""
    try:
        content = tomllib.loads((folder / "commune.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return ""
    return str(content.get("name", ""))


def _checked(archive: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the manifest and the content of a backup, every file held against its hash."""
    try:
        with zipfile.ZipFile(archive) as file:
            return _read(archive.name, file)
    except (OSError, zipfile.BadZipFile) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise _damaged(archive.name, archive.name) from None


def _read(archive: str, file: zipfile.ZipFile) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return manifest and contents of an open backup."""
    manifest = _manifest(archive, file)
    wanted: dict[str, dict[str, Any]] = manifest["files"]
    inside = [info for info in file.infolist() if info.filename != MANIFEST]
    if sum(info.file_size for info in inside) > LARGEST:
        raise _foreign(archive)
    if sorted(info.filename for info in inside) != sorted(f"data/{name}" for name in wanted):
        odd = {i.filename for i in inside} ^ {f"data/{name}" for name in wanted}
        raise _damaged(archive, ", ".join(sorted(odd)) or archive)
    contents = {}
    for name, facts in wanted.items():
        if not is_plain(name):
            raise _foreign(archive)
        try:
            content = file.read(f"data/{name}")
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
            raise _damaged(archive, name) from None
        if hashlib.sha256(content).hexdigest() != facts["sha256"]:
            raise _damaged(archive, name)
        contents[name] = content
    return manifest, contents


def _manifest(archive: str, file: zipfile.ZipFile) -> dict[str, Any]:
    """Return the manifest, or raise that the zip is none of ours."""
    try:
        found = json.loads(file.read(MANIFEST))
        is_ours = found["kind"] == KIND and isinstance(found["commune"], str) and found["files"]
        ok = is_ours and all(isinstance(f["sha256"], str) for f in found["files"].values())
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _foreign(archive) from None
    if not ok:
        raise _foreign(archive)
    return dict(found)


def is_plain(name: str) -> bool:
    """Return whether a name stays inside the folder that it is unpacked to, on any system.

    Examples
    --------
    >>> is_plain("kich_ban/a.csv"), is_plain("../a.csv"), is_plain("C:/a"), is_plain("/a")
    (True, False, False, False)
    """
    parts = PurePosixPath(name).parts
    odd = any(sign in name for sign in '\\:*?"<>|') or any(ord(sign) < 32 for sign in name)
    return bool(parts) and not odd and not name.startswith("/") and ".." not in parts


def _damaged(archive: str, part: str) -> RefusalError:
    """Return the error of a backup that is not as it was written."""
    return refuse(
        "bản sao lưu {archive} bị hỏng ở {part}: dùng bản khác; chưa thay đổi gì",
        "the backup {archive} is damaged in {part}: use another; nothing was changed",
        archive=archive, part=part,
    )  # fmt: skip


def _foreign(archive: str) -> RefusalError:
    """Return the error of a file that is no backup."""
    return refuse(
        "{archive} không phải bản sao lưu do `laikhe backup` tạo; chưa thay đổi gì",
        "{archive} is no backup written by `laikhe backup`; nothing was changed",
        archive=archive,
    )
