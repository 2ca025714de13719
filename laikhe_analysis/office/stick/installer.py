"""Install from the folder that `laikhe bundle` made, with no network.

The bundle carries this file as `install.py`. It uses nothing but Python itself, so that it runs
before anything is installed; `python install.py --verify` only holds every file against its hash.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["InstallError", "damaged", "install", "main", "target_here"]

KIND = "laikhe-bundle"
MANIFEST = "manifest.json"
LONGEST_ON_WINDOWS = 259
"""Letters that a path may have where Windows has not been told otherwise."""

Say = Callable[[str], None]


class InstallError(RuntimeError):
    """The installation cannot go on; the message says why and what to do."""


def target_here() -> str:
    """Return what this computer and this Python are called in a bundle, "win_amd64-3.13"."""
    machine = platform.machine().lower()
    is_known = machine in ("amd64", "x86_64") and sys.maxsize > 2**32
    system = {"win32": "win_amd64", "linux": "linux_x86_64"}.get(sys.platform, sys.platform)
    name = system if is_known else f"{system}-{machine}"
    return f"{name}-{sys.version_info[0]}.{sys.version_info[1]}"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the bundle says of itself."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if found.get("kind") != KIND:
        raise InstallError(
            f"{folder / MANIFEST}: không phải bộ cài do `laikhe bundle` tạo, hoặc đã hỏng. Chép lại "
            f"cả thư mục từ USB. / not written by `laikhe bundle`, or damaged: copy it again."
        )
    return dict(found)


def damaged(folder: Path, names: Iterable[str], files: dict[str, Any]) -> list[str]:
    """Return the files that are missing or not as they were written, by name."""
    wrong = []
    for name in names:
        digest = hashlib.sha256()
        try:
            with (folder / name).open("rb") as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    digest.update(block)
        except OSError:
            wrong.append(name)
            continue
        if digest.hexdigest() != files[name]["sha256"]:
            wrong.append(name)
    return wrong


def install(folder: Path, say: Say = print) -> None:
    """Make a virtual environment in the bundle's folder and install into it, with no network.

    What the commune has in `data` stays; earlier notebooks that differ are kept beside the new.

    Raises
    ------
    InstallError
        If a file is damaged (by name), this Python has no wheels, or a step fails; an earlier
        installation is then still there.
    """
    manifest = read_manifest(folder)
    target = target_here()
    if target not in manifest["targets"]:
        known = ", ".join(manifest["targets"])
        raise InstallError(
            f"Bộ cài không có cho {target}. Có cho: {known}. Cài một Python trong số đó, bản 64-bit "
            f"(xem huong-dan.html). / There are no wheels for {target}; install one of {known}."
        )
    _check_python(manifest)
    _check_length(folder, manifest)
    say("1/5 Kiểm tra bộ cài / verifying")
    mine = {f"wheels/{name}" for name in manifest["targets"][target]}
    wanted = [name for name in manifest["files"] if name in mine or not name.startswith("wheels/")]
    _refuse_damaged(folder, wanted, manifest)
    say("2/5 Số liệu và sổ tính / data and notebooks")
    _place_data(folder, manifest, say)
    _place_notebooks(folder, manifest, say)
    _place_measurements(folder, manifest)
    say("3/5 Môi trường Python / virtual environment")
    with _Environment(folder) as python:
        say("4/5 Cài đặt, mất vài phút / installing, a few minutes")
        _run(_pip(folder, python, manifest, f"requirements/{target}.txt"), folder)
        say("5/5 Thử / trying")
        start = (
            "import sys; from laikhe_analysis.cli import main; sys.argv[1:] = ['--help']; main()"
        )
        _run([str(python), "-X", "utf8", "-c", start], folder)
    run = "laikhe.bat" if sys.platform == "win32" else "sh laikhe.sh"
    say(f"Đã cài xong. Làm báo cáo: {run} report / Done. Make the report: {run} report")


def _check_python(manifest: dict[str, Any]) -> None:
    """Raise if this Python is an early patch of its version."""
    least = manifest["pythons"][f"{sys.version_info[0]}.{sys.version_info[1]}"]
    if sys.version_info[:3] < tuple(map(int, least.split("."))):
        raise InstallError(
            f"Cần Python {least} trở lên, máy này có {platform.python_version()}. / Python {least} "
            f"or later is needed, this is {platform.python_version()}."
        )


def _check_length(folder: Path, manifest: dict[str, Any]) -> None:
    """Raise if files would get paths that Windows cannot open."""
    room = LONGEST_ON_WINDOWS - manifest["longest_path"]
    if sys.platform == "win32" and len(str(folder.resolve())) > room:
        raise InstallError(
            f"Đường dẫn {folder} quá dài: Windows chỉ cho {room} ký tự ở đây. Chép thư mục đến chỗ "
            f"ngắn hơn, ví dụ C:\\laikhe. / The path is too long: {room} letters at most."
        )


def _refuse_damaged(folder: Path, names: Iterable[str], manifest: dict[str, Any]) -> None:
    """Raise with the names of damaged files, if there are any."""
    wrong = damaged(folder, names, manifest["files"])
    if wrong:
        listed = ", ".join(wrong[:5]) + (f" (+{len(wrong) - 5})" if len(wrong) > 5 else "")
        raise InstallError(
            f"Tệp bị hỏng hoặc thiếu: {listed}. Chép lại từ bản gốc; chưa cài gì. / Damaged or "
            f"missing: {listed}. Copy it again; nothing was installed."
        )


def _place_data(folder: Path, manifest: dict[str, Any], say: Say) -> None:
    """Put the data in place, unless the commune has data there."""
    if (folder / "data").exists():
        say("    Giữ nguyên thư mục data đang có / your data stay as they are")
    else:
        _copy(folder, _shipped(manifest, "project/data/"), folder / "data")


def _place_notebooks(folder: Path, manifest: dict[str, Any], say: Say) -> None:
    """Put the new notebooks in place; earlier ones that differ are kept under another name."""
    here, shipped = folder / "notebooks", _shipped(manifest, "project/notebooks/")
    if here.exists():
        same = {path.name for path in here.glob("*.ipynb")} <= set(shipped.values())
        names = {f"notebooks/{name}": source for source, name in shipped.items()}
        known = {name: manifest["files"][source] for name, source in names.items()}
        if same and not damaged(folder, known, known):
            return
        kept, number = folder / f"notebooks-truoc-{date.today().isoformat()}", 2
        while kept.exists():
            kept, number = kept.with_name(f"notebooks-truoc-{date.today()}-{number}"), number + 1
        _rename(here, kept)
        say(f"    Sổ tính cũ giữ ở {kept.name} / earlier notebooks: {kept.name}")
    _copy(folder, shipped, here)


def _place_measurements(folder: Path, manifest: dict[str, Any]) -> None:
    """Put the tables that notebooks read from `../benchmarks/results` where they look for them."""
    place, shipped = folder / "benchmarks" / "results", _shipped(manifest, _MEASURED)
    if shipped:
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(exist_ok=True)
        _copy(folder, shipped, place)


_MEASURED = "project/benchmarks/results/"


def _shipped(manifest: dict[str, Any], prefix: str) -> dict[str, str]:
    """Return the files of the bundle under a prefix, and what they are called there."""
    return {name: name[len(prefix) :] for name in manifest["files"] if name.startswith(prefix)}


def _copy(folder: Path, names: dict[str, str], place: Path) -> None:
    """Copy files of the bundle beside their place, then give the folder its name."""
    beside = place.with_name(f".{place.name}-moi")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for source, name in names.items():
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / source, beside / name)
    _rename(beside, place)


def _rename(old: Path, new: Path) -> None:
    """Rename, or say what keeps it from being done."""
    try:
        old.rename(new)
    except OSError as error:
        raise InstallError(
            f"Không đổi tên được {old.name} ({error}). Đóng Jupyter, Excel và các cửa sổ laikhe rồi "
            f"chạy lại. / {old.name} cannot be renamed: close Jupyter, Excel and laikhe, try again."
        ) from None


class _Environment:
    """A new virtual environment in the place of an earlier one, which comes back on failure."""

    def __init__(self, folder: Path) -> None:
        self.place, self.earlier = folder / ".venv", folder / ".venv-cu"

    def __enter__(self) -> Path:
        import venv

        if self.place.exists():
            shutil.rmtree(self.earlier, ignore_errors=True)
            _rename(self.place, self.earlier)
        try:
            venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(self.place)
        except OSError as error:
            self._back()
            raise InstallError(
                f"Không tạo được môi trường Python ({error}). Chép thư mục vào ổ cứng rồi cài ở đó. "
                f"/ No virtual environment: copy the folder to the disk and install there."
            ) from None
        where = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        return self.place.joinpath(*where)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._back()
        shutil.rmtree(self.earlier, ignore_errors=True)

    def _back(self) -> None:
        """Put the earlier environment back."""
        shutil.rmtree(self.place, ignore_errors=True)
        if self.earlier.exists():
            self.earlier.rename(self.place)


def _pip(folder: Path, python: Path, manifest: dict[str, Any], wanted: str) -> list[str]:
    """Return the command that installs what is wanted with the bundle's own pip."""
    start = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); sys.argv[0] = 'pip'; " \
            "runpy.run_module('pip', run_name='__main__', alter_sys=True)"  # fmt: skip
    return [
        str(python), "-X", "utf8", "-c", start, str(folder / manifest["pip"]),
        "--isolated", "--no-cache-dir", "--disable-pip-version-check", "install", "--quiet",
        "--no-index", "--find-links", str(folder / "wheels"), "--no-deps", "--require-hashes",
        "--no-warn-script-location", "--requirement", str(folder / wanted),
    ]  # fmt: skip


def _run(command: list[str], folder: Path) -> None:
    """Run a command; raise with what it said if it fails."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    found = subprocess.run(
        command, cwd=folder, env=clean | {"PYTHONUTF8": "1"}, capture_output=True,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if found.returncode != 0:
        told = (found.stderr or found.stdout).strip()[-2000:]
        raise InstallError(f"Không cài được / cannot install:\n{told}")


def main(arguments: list[str]) -> int:
    """Run from the folder in which the file stands; return the exit code."""
    folder = Path(__file__).resolve().parent
    try:
        if arguments == ["--verify"]:
            manifest = read_manifest(folder)
            _refuse_damaged(folder, manifest["files"], manifest)
            print(f"{len(manifest['files'])} tệp nguyên vẹn / files are sound")  # noqa: T201
        else:
            install(folder)
    except InstallError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":  # pragma: no cover - run as install.py
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
