"""Keep a commune's data in one dated file, and bring them back without losing what is there."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.messages import _
from laikhe_analysis.office.folder.archive import pack, read_manifest, to_pack, unpack
from laikhe_analysis.office.forms.safe_files import why
from laikhe_analysis.office.forms.safe_folders import (
    for_purpose,
    is_inside,
    left_over,
    locked,
    new_beside,
)
from laikhe_analysis.office.refusal import refuse

__all__ = ["back_up", "finish_restore", "free_name", "restore"]

_PATIENCE = 60.0
"""How long to wait for other commands that write the data or to the same place. [seconds]"""

_OPENED, _READY = "giai-nen", "phuc-hoi"
_UNFINISHED = re.compile(r"\.laikhe-backup-[a-z0-9_]{8}\.zip")


def back_up(folder: str | Path, out: str | Path, *, on: date) -> Path:
    """Write all files of a commune's folder into one zip and return it.

    The files need not be sound: what is there is kept as it is. A linked file is kept as a file.

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
        If `out` lies in the data or cannot be written, a file cannot be read, or as
        `archive.to_pack`.
    """
    folder, out = Path(folder), Path(out)
    if is_inside(out, folder):
        raise refuse(
            _(
                "{out} nằm trong thư mục số liệu {folder}: chọn nơi khác bằng --out; chưa ghi gì",
                out=out,
                folder=folder,
            ),
            usage=True,
        )
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
    with locked(folder, wait=_PATIENCE), locked(out, wait=_PATIENCE), _told(out):
        for left in out.iterdir():
            if _UNFINISHED.fullmatch(left.name):
                left.unlink()
        files = to_pack(folder)
        handle, beside = tempfile.mkstemp(prefix=".laikhe-backup-", suffix=".zip", dir=out)
        os.close(handle)
        try:
            pack(files, _commune_name(folder), Path(beside), on=on)
            Path(beside).chmod(0o644)
            return Path(beside).rename(free_name(out / f"data-{on.isoformat()}.zip"))
        finally:
            Path(beside).unlink(missing_ok=True)


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
        If the zip is damaged, is no backup, or is another commune's, `folder` is no data folder or
        lies in one, cannot be exchanged, or another command writes it; nothing has changed then.
    """
    archive, folder = Path(archive), Path(folder)
    _refuse_place(folder.resolve())
    theirs = read_manifest(archive)["commune"]
    folder = folder.resolve()  # a link stays, and what it leads to is replaced
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder, wait=_PATIENCE), _told(folder):
        _finish_restore(folder)
        here = _commune_name(folder)
        if here and theirs and here != theirs:
            raise refuse(
                _(
                    "{file} là của {theirs}, thư mục {folder} là của {here}: chỉ thư mục khác bằng "
                    "--data; chưa thay đổi gì",
                    file=archive.name,
                    theirs=theirs,
                    folder=folder.name,
                    here=here,
                )
            )
        return _swap(_unpacked(archive, folder), folder, on)


def _refuse_place(folder: Path) -> None:
    """Raise if data would take the place of what is none, or lie within other data."""
    is_data = any((folder / name).exists() for name in ("commune.toml", *COLUMNS))
    wrong = {
        _("là một tệp"): os.path.lexists(folder) and not folder.is_dir(),
        _("đang chứa thứ khác, không phải số liệu của xã"):
            folder.is_dir() and not is_data and any(folder.iterdir()),
        _("nằm trong thư mục số liệu khác"):
            any((above / "commune.toml").is_file() for above in folder.parents),
    }  # fmt: skip
    for reason, holds in wrong.items():
        if holds:
            raise refuse(
                _(
                    "{folder} {reason}: chỉ thư mục số liệu, hoặc một thư mục mới, bằng --data; chưa thay "
                    "đổi gì",
                    folder=folder,
                    reason=reason,
                ),
                usage=True,
            )


def finish_restore(folder: Path) -> None:
    """Finish a restore that was killed when the earlier folder had gone and the new not yet come."""
    folder = folder.resolve()
    if not folder.exists() and left_over(folder, _READY):
        with locked(folder, wait=_PATIENCE), _told(folder):
            _finish_restore(folder)


def _finish_restore(folder: Path) -> None:
    """Put the folder that stands ready in its place if there is none; clear what was not finished."""
    ready = left_over(folder, _READY)
    if ready and not folder.exists():
        ready.pop().rename(folder)
    for left in (*ready, *left_over(folder, _OPENED)):
        shutil.rmtree(left, ignore_errors=True)


def _unpacked(archive: Path, folder: Path) -> Path:
    """Return a folder beside `folder` that holds all of a backup and bears the name of a ready one.

    Whoever finds such a folder and no data knows that only the last step is missing.
    """
    beside = new_beside(folder, _OPENED)
    try:
        unpack(archive, beside)
        beside.chmod(0o755)
        return beside.rename(for_purpose(beside, _READY))
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _swap(ready: Path, folder: Path, on: date) -> Path | None:
    """Give `ready` the name of `folder`, the earlier folder a name of its own."""
    kept = None
    try:
        if folder.exists():
            kept = free_name(folder.with_name(f"{folder.name}-truoc-{on.isoformat()}"))
            folder.rename(kept)
        ready.rename(folder)
    except BaseException:
        if kept is not None and not folder.exists():
            kept.rename(folder)
        shutil.rmtree(ready, ignore_errors=True)
        raise
    return kept


def free_name(wanted: Path) -> Path:
    """Return `wanted`, numbered if something of that name is there."""
    found, number = wanted, 2
    while os.path.lexists(found):
        found, number = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"), number + 1
    return found


def _commune_name(folder: Path) -> str:
    """Return the name in `commune.toml`, "" where it cannot be read."""
    try:
        content = tomllib.loads((folder / "commune.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return ""
    return str(content.get("name", ""))


@contextlib.contextmanager
def _told(place: Path) -> Iterator[None]:
    """Say in one sentence that a file cannot be read or written."""
    try:
        yield
    except OSError as error:
        raise refuse(
            _(
                "không đọc hoặc ghi được {place}: {why}; số liệu còn nguyên",
                place=error.filename or place,
                why=why(error),
            )
        ) from None
