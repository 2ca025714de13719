"""Which wheels another computer needs: resolved for its system and Python by uv, fetched by pip."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from laikhe_analysis.messages import _
from laikhe_analysis.office.refusal import refuse

__all__ = ["PYTHONS", "SYSTEMS", "Target", "fetch", "longest_path", "resolve"]

PYTHONS = {"3.11": "3.11.0", "3.12": "3.12.0", "3.13": "3.13.0"}
"""Versions of Python to install for, and the least patch of each."""

SYSTEMS = {"win_amd64": "x86_64-pc-windows-msvc", "linux_x86_64": "x86_64-manylinux_2_28"}
"""Systems to install for, as `installer.target_here` and as uv call them."""

_GLIBC = (28, 27, 26, 24, 17, 12, 5)
_TAGS = {
    "win_amd64": ["win_amd64"],
    "linux_x86_64": [
        *(f"manylinux_2_{glibc}_x86_64" for glibc in _GLIBC),
        *(f"manylinux{year}_x86_64" for year in ("2014", "2010", "1")),
    ],
}
"""The platform tags that a system takes, as pip wants them named."""


@dataclass(frozen=True)
class Target:
    """A system and a version of Python, such as win_amd64 and 3.13."""

    system: str
    python: str

    @property
    def name(self) -> str:
        """The name in the manifest, as `installer.target_here` finds it."""
        return f"{self.system}-{self.python}"


def resolve(project: Path, target: Target, index: Sequence[str] = ()) -> str:
    """Return what a target installs beside the project itself: exact versions with their hashes.

    Parameters
    ----------
    project : Path
        With `pyproject.toml` and `constraints.txt`, whose versions hold.
    target : Target
    index : sequence of str
        Options of uv and pip that name another index than the one they are set up with.

    Raises
    ------
    RefusalError
        If uv is not there, or finds no versions that go together.
    """
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "-", "--quiet",
        "--constraint", "constraints.txt", "--python-platform", SYSTEMS[target.system],
        "--python-version", PYTHONS[target.python], "--only-binary", ":all:", "--generate-hashes",
        "--no-header", "--no-annotate", "--no-python-downloads", "--python", sys.executable, *index,
    ]  # fmt: skip
    return _run(command, target, project, given="pip\n")


def fetch(requirements: Path, target: Target, into: Path, index: Sequence[str] = ()) -> None:
    """Let pip put the wheels of a target into a folder, each held against its hash.

    Raises
    ------
    RefusalError
        If there is no wheel of something for the target, or it is not the one that was resolved.
    """
    systems = [word for tag in _TAGS[target.system] for word in ("--platform", tag)]
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary=:all:", "--require-hashes", "--implementation", "cp",
        "--python-version", PYTHONS[target.python], *systems, "--dest", str(into),
        "--requirement", str(requirements), *index,
    ]  # fmt: skip
    _run(command, target)


def _run(command: list[str], target: Target, folder: Path | None = None, given: str = "") -> str:
    """Return what a command prints; raise with the end of what it said if it fails."""
    found = subprocess.run(
        command, cwd=folder, input=given, capture_output=True, encoding="utf-8", errors="replace",
        check=False,
    )  # fmt: skip
    if "No module named uv" in found.stderr:
        raise refuse(_('bộ cài cần uv: python -m pip install "laikhe-analysis[bundle]"'))
    if found.returncode != 0:
        told = " ".join(found.stderr.split())[-500:]
        raise refuse(_("không có đủ gói cho {target}: {told}", target=target.name, told=told))
    return found.stdout


def longest_path(wheels: Iterable[Path]) -> int:
    """Return the letters of the longest path that wheels get under a Windows installation.

    Parameters
    ----------
    wheels : iterable of Path

    Returns
    -------
    int
        Counted from the folder that holds `.venv`, its separator included; the compiled copy of a
        module counts too.
    """
    longest = 0
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as file:
            longest = max([longest, *(len(_installed(name)) for name in file.namelist())])
    return longest


def _installed(name: str) -> str:
    """Return where a file of a wheel goes, its compiled copy where it is a module.

    Examples
    --------
    >>> _installed("a/b.py"), _installed("a-1.data/data/share/x.js")
    ('/.venv/Lib/site-packages/a/__pycache__/b.cpython-313.pyc', '/.venv/share/x.js')
    """
    head, _unused, rest = name.partition("/")
    if head.endswith(".data"):
        kind, _unused, inside = rest.partition("/")
        places = {"data": "", "scripts": "Scripts/", "headers": "include/site/python3.13/"}
        return f"/.venv/{places.get(kind, 'Lib/site-packages/')}{inside}"
    if name.endswith(".py"):
        folder, slash, module = name.rpartition("/")
        name = f"{folder}{slash}__pycache__/{module[:-3]}.cpython-313.pyc"
    return f"/.venv/Lib/site-packages/{name}"
