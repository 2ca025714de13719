"""Where the program finds the folders it needs: given, here, beside the data, or brought along."""

from __future__ import annotations

from pathlib import Path

from laikhe_analysis.messages import _, joined
from laikhe_analysis.office.refusal import refuse

__all__ = ["data_places", "find_folder", "notebook_places", "project_folder", "shipped"]

_PACKAGE = Path(__file__).resolve().parents[1]


def project_folder() -> Path | None:
    """Return the copy of the project that the program runs from, None where it is installed."""
    return _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else None


def shipped(name: str) -> Path:
    """Return a folder that comes with the program: the project's own, or the wheel's copy of it.

    Parameters
    ----------
    name : str
        "notebooks" or "benchmarks/results".
    """
    return (project_folder() or _PACKAGE / "shipped") / name


def data_places() -> list[Path]:
    """Return where a commune's data are looked for: here, `data` here, the project's own."""
    here, project = Path.cwd(), project_folder()
    inside = [here] if (here / "commune.toml").is_file() else []
    return [*inside, here / "data", *([project / "data"] if project else [])]


def notebook_places(data: Path | None, *, to_write: bool = False) -> list[Path]:
    """Return where notebooks are looked for: in the data folder, here, the program's own.

    What is installed is not written to, so the installed copy is left out where that is meant.
    """
    own = [data / "notebooks"] if data is not None else []
    last = [] if to_write and project_folder() is None else [shipped("notebooks")]
    return [*own, Path.cwd() / "notebooks", *last]


def find_folder(name: str, places: list[Path]) -> Path:
    """Return the first of the places that is a folder.

    Raises
    ------
    RefusalError
        If none is, with all that were tried and the option that names another.
    """
    for place in places:
        if place.is_dir():
            return place
    raise refuse(
        _(
            "không có thư mục {places}; chỉ thư mục khác bằng --{name}",
            places=joined(map(str, places), _(" hoặc ")),
            name=name,
        ),
        usage=True,
    )
