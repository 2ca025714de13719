"""Take a file that came from outside into memory, if it is a file and no larger than such files are."""

from __future__ import annotations

from pathlib import Path

from laikhe_analysis.messages import Text, _

__all__ = ["NotTakenError", "bytes_of"]

_CANNOT = _("không mở được tệp")


class NotTakenError(Exception):
    """A file is not there, is no plain file, or is too large; `got` says which."""

    def __init__(self, got: Text) -> None:
        self.got, self.is_too_large = got, got != _CANNOT
        super().__init__(got)


def bytes_of(path: Path, most: int) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    path : Path
        A file, or a link to one. Pipes and devices are never opened: they may have no end.
    most : int
        The largest size that is read. [bytes]

    Raises
    ------
    NotTakenError
        If there is no such file, it cannot be read, or it is larger.
    """
    try:
        if not path.is_file():
            raise NotTakenError(_CANNOT)
        size = path.stat().st_size
        if size > most:
            raise NotTakenError(_("tệp quá lớn: {size} MB", size=f"{size / 1e6:.0f}"))
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError:
        raise NotTakenError(_CANNOT) from None
