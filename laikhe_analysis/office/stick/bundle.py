"""One folder for a USB stick: what an office without Internet needs to install and report."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.safe_folders import is_inside
from laikhe_analysis.office.owned import file_hash, in_place_of, refuse_place
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.office.stick import installer
from laikhe_analysis.office.stick.wheels import (
    PYTHONS,
    SYSTEMS,
    Target,
    fetch,
    longest_path,
    resolve,
)
from laikhe_analysis.vietnamese import format_number

__all__ = ["Bundle", "build_wheel", "make_bundle"]

Progress = Callable[[Text], None]

PROJECT = (
    "laikhe_analysis", "notebooks", "tests", "benchmarks", "docs", ".ci", "conftest.py", "pyproject.toml",
    "constraints.txt", "environment.yml", "README.md", "README.vi.md", "CHANGELOG.md",
    "CONTRIBUTING.md", "LICENSE",
)  # fmt: skip
"""What of the project's folder goes along; the data come from where they are kept."""

SCRIPTS = ("install.bat", "install.sh", "laikhe.bat", "laikhe.sh")
GUIDE = "huong-dan.html"
_UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", ".ipynb_checkpoints", ".*_cache", "~$*")


@dataclass(frozen=True)
class Bundle:
    """A finished bundle: where it is, how large, for what."""

    folder: Path
    size: int
    targets: tuple[str, ...]


def make_bundle(
    project: Path,
    data: Path,
    out: Path,
    *,
    on: date,
    report: Path | None = None,
    systems: Sequence[str] = tuple(SYSTEMS),
    pythons: Sequence[str] = tuple(PYTHONS),
    index: Sequence[str] = (),
    build: Callable[[Path, Path], str] | None = None,
    on_progress: Progress = lambda what: None,
) -> Bundle:
    """Write the bundle beside `out`, check it, and put it there.

    Parameters
    ----------
    project : Path
        The project's folder, with `pyproject.toml` and `constraints.txt`.
    data : Path
        The commune's data.
    out : Path
        Where to; a new or empty folder, or an earlier bundle, in which everything that is not the
        bundle's own (data, notebooks, reports, the installation) stays.
    on : date
        Day that the bundle bears.
    report : Path, optional
        A finished report to take along.
    systems, pythons : sequence of str
        What to install for; of `wheels.SYSTEMS` and `wheels.PYTHONS`.
    index : sequence of str
        Options of uv and pip that name another index than the one they are set up with.
    build : callable, optional
        How the project's own wheel is built; `build_wheel` otherwise.
    on_progress : callable
        Told what is done.

    Raises
    ------
    RefusalError
        If a folder is not what it should be, or a wheel cannot be had. `out` is unchanged then.
    """
    for option, asked, known in (("--system", systems, SYSTEMS), ("--python", pythons, PYTHONS)):
        for one in set(asked) - set(known):
            raise refuse(
                _(
                    "{option}: gặp “{one}”; cần một trong: {known}",
                    option=option,
                    one=one,
                    known=", ".join(known),
                ),
                usage=True,
            )
    _check_folders(project, data, out)
    targets = [Target(system, python) for system in systems for python in pythons]
    facts: dict[str, Any] = {"version": version("laikhe-analysis"), "made_on": on.isoformat()}
    with in_place_of(out, installer.KIND, facts, on_kept=on_progress) as beside:
        _copy_project(project, data, report, beside)
        own = _pack(project, beside, build or build_wheel)
        on_progress(_("đã đóng gói chương trình"))
        chosen = {}
        for target in targets:
            chosen[target.name] = [own, *_gather(project, beside, target, own, index)]
            on_progress(_("{target}: {n} gói", target=target.name, n=len(chosen[target.name])))
        facts |= _write_rest(beside, chosen, on)
    size = sum(facts["bytes"] for facts in installer.read_manifest(out)["files"].values())
    size += (out / installer.MANIFEST).stat().st_size
    return Bundle(out, size, tuple(target.name for target in targets))


def _check_folders(project: Path, data: Path, out: Path) -> None:
    """Raise if a folder is not what it should be."""
    for name in ("pyproject.toml", "constraints.txt", "notebooks"):
        if not (project / name).exists():
            raise refuse(
                _(
                    "{folder} không có {name}: chạy `laikhe bundle` trong thư mục dự án",
                    folder=project,
                    name=name,
                ),
                usage=True,
            )
    if not (data / "commune.toml").exists():
        raise refuse(_("{folder} không phải thư mục số liệu", folder=data), usage=True)
    refuse_place(out, installer.KIND, data=data)
    for inner in (project / "laikhe_analysis", project / "notebooks"):
        if is_inside(out, inner):
            raise refuse(
                _("{out} nằm trong {inner}: chọn nơi khác bằng --out", out=out, inner=inner),
                usage=True,
            )


def _copy_project(project: Path, data: Path, report: Path | None, beside: Path) -> None:
    """Copy what goes along as it is."""
    place = beside / "project"
    place.mkdir()
    for name in PROJECT:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=_UNWANTED)
        elif source.exists():
            shutil.copyfile(source, place / name)
    shutil.copytree(data, place / "data", ignore=shutil.ignore_patterns(".*", "~$*"))
    if report is not None and (report / "index.html").exists():
        shutil.copytree(report, beside / "report")


def _pack(project: Path, beside: Path, build: Callable[[Path, Path], str]) -> str:
    """Return the name of the project's own wheel, in the bundle's folder."""
    for name in ("wheels", "requirements"):
        (beside / name).mkdir()
    return build(project, beside / "wheels")


def _gather(
    project: Path, beside: Path, target: Target, own: str, index: Sequence[str]
) -> list[str]:
    """Return the other wheels of a target by name, in the bundle's folder; write its requirements."""
    from packaging.utils import parse_wheel_filename

    wanted = beside / "requirements" / f"{target.name}.txt"
    _write(wanted, resolve(project, target, index))
    with tempfile.TemporaryDirectory(dir=beside) as place:
        fetch(wanted, target, Path(place), index)
        found = sorted(Path(place).glob("*.whl"))
        for wheel in found:
            wheel.replace(beside / "wheels" / wheel.name)
    name, its_version, _build, _tags = parse_wheel_filename(own)
    digest = file_hash(beside / "wheels" / own)
    with wanted.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{name}=={its_version} --hash=sha256:{digest}\n")
    return [wheel.name for wheel in found]


def build_wheel(project: Path, into: Path) -> str:
    """Return the name of the project's own wheel, built from a copy so that nothing stays behind.

    Raises
    ------
    RefusalError
        If pip cannot build it.
    """
    with tempfile.TemporaryDirectory() as place:
        copy, made = Path(place) / "project", Path(place) / "made"
        copy.mkdir()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copyfile(project / name, copy / name)
        for name in ("laikhe_analysis", "notebooks", "benchmarks/results"):
            shutil.copytree(project / name, copy / name, ignore=_UNWANTED)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir",
                   str(made), "--disable-pip-version-check", str(copy)]  # fmt: skip
        found = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        wheels = sorted(made.glob("*.whl"))
        if found.returncode != 0 or len(wheels) != 1:
            raise refuse(
                _("không đóng gói được chương trình: {told}", told=found.stderr.strip()[-500:])
            )
        _refuse_gaps(copy, wheels[0])
        shutil.copyfile(wheels[0], into / wheels[0].name)
        return wheels[0].name


def _refuse_gaps(project: Path, wheel: Path) -> None:
    """Raise if a wheel lacks a module or an asset of the project."""
    with zipfile.ZipFile(wheel) as file:
        packed = set(file.namelist())
    places = (path.relative_to(project).as_posix() for path in _all(project / "laikhe_analysis"))
    gaps = sorted(set(places) - packed)
    if gaps:
        raise refuse(
            _("gói chương trình thiếu: {gaps}; xem pyproject.toml", gaps=", ".join(gaps[:5]))
        )


def _write_rest(beside: Path, chosen: dict[str, list[str]], on: date) -> dict[str, Any]:
    """Write scripts and guide, and return what the manifest says of the bundle."""
    assets = files("laikhe_analysis.office").joinpath("assets")
    for name in SCRIPTS:
        ends = "\r\n" if name.endswith(".bat") else "\n"
        _write(beside / name, assets.joinpath(name).read_text("utf-8"), ends)
    _write(beside / "install.py", Path(installer.__file__).read_text(encoding="utf-8"))
    windows = {w for target, names in chosen.items() if target.startswith("win") for w in names}
    longest = longest_path(beside / "wheels" / name for name in windows)
    size = sum(path.stat().st_size for path in _all(beside))
    guide = Template(assets.joinpath("guide.html").read_text("utf-8")).substitute(
        size=format_number(size / 1e6, 0), day=f"{on:%d/%m/%Y}", version=version("laikhe-analysis"),
        pythons=", ".join(sorted({target.rpartition("-")[2] for target in chosen})),
        room=installer.LONGEST_ON_WINDOWS - longest,
    )  # fmt: skip
    _write(beside / GUIDE, guide)
    pip = next(path.name for path in sorted((beside / "wheels").glob("pip-*")))
    return {
        "pythons": PYTHONS, "targets": chosen, "longest_path": longest, "pip": f"wheels/{pip}",
        "bytes": sum(path.stat().st_size for path in _all(beside)),
    }  # fmt: skip


def _all(folder: Path) -> Iterable[Path]:
    """Return all files of a folder."""
    return (path for path in folder.rglob("*") if path.is_file())


def _write(path: Path, text: str, ends: str = "\n") -> None:
    path.write_text(text, encoding="utf-8", newline=ends)
