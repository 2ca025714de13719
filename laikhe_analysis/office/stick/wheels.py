"""Which wheels another computer needs: resolved for its system and Python, then fetched by pip.

``pip download --platform`` chooses files for another system but reads the conditions of
requirements ("only on Windows") as if for this one [1]_. So the conditions are read here, against
the system meant, and pip is only asked for one exact version after the other.

References
----------
.. [1] pip, issue 4304, "`pip download --platform ...` does not handle environment markers".
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.parser import HeaderParser
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from laikhe_analysis.office.commands.refusal import refuse

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.tags import Tag

__all__ = ["PYTHONS", "SYSTEMS", "Shelf", "Target", "longest_path", "read_pins"]

PYTHONS = {"3.11": "3.11.0", "3.12": "3.12.0", "3.13": "3.13.0"}
"""Versions of Python to install for, and the least patch of each."""

_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")
_ALIASES = ("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64")
SYSTEMS = {
    "win_amd64": ("win_amd64",),
    "linux_x86_64": (*(f"manylinux_{glibc}_x86_64" for glibc in _GLIBC), *_ALIASES),
}
"""Systems to install for, with the platform tags that they take."""


@dataclass(frozen=True)
class Target:
    """A system and a version of Python, such as win_amd64 and 3.13."""

    system: str
    python: str

    @property
    def name(self) -> str:
        """The name in the manifest, as `installer.target_here` finds it."""
        return f"{self.system}-{self.python}"

    @property
    def environment(self) -> dict[str, str]:
        """What the conditions of requirements are read against."""
        windows = self.system.startswith("win")
        return {
            "implementation_name": "cpython", "implementation_version": PYTHONS[self.python],
            "os_name": "nt" if windows else "posix",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_python_implementation": "CPython", "platform_release": "",
            "platform_system": "Windows" if windows else "Linux", "platform_version": "",
            "python_full_version": PYTHONS[self.python], "python_version": self.python,
            "sys_platform": "win32" if windows else "linux", "extra": "",
        }  # fmt: skip

    def tags(self) -> frozenset[Tag]:
        """Return the tags of the wheels that can be installed there."""
        return _tags(self.system, self.python)

    def pip_options(self) -> list[str]:
        """Return what tells pip to look for this system and Python."""
        systems = [word for tag in SYSTEMS[self.system] for word in ("--platform", tag)]
        return [*systems, "--implementation", "cp", "--python-version", PYTHONS[self.python]]


@cache
def _tags(system: str, python: str) -> frozenset[Tag]:
    """Return the tags that a system and a Python take."""
    from packaging.tags import compatible_tags, cpython_tags

    major, minor = map(int, python.split("."))
    version, platforms, interpreter = (major, minor), SYSTEMS[system], f"cp{major}{minor}"
    own = cpython_tags(version, abis=[interpreter], platforms=platforms)
    return frozenset([*own, *compatible_tags(version, interpreter, platforms)])


def read_pins(constraints: str, target: Target) -> dict[str, str]:
    """Return the versions that a constraints file fixes for a target, by name.

    Examples
    --------
    >>> text = "numpy==2.4.6 ; python_full_version < '3.12'\\nnumpy==2.5.5 ; python_full_version >= '3.12'"
    >>> [read_pins(text, Target("win_amd64", python))["numpy"] for python in ("3.11", "3.13")]
    ['2.4.6', '2.5.5']
    """
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    pins: dict[str, str] = {}
    for line in constraints.splitlines():
        text = line.partition("#")[0].strip()
        if text:
            one = Requirement(text)
            if one.marker is None or one.marker.evaluate(target.environment):
                pins[canonicalize_name(one.name)] = next(iter(one.specifier)).version
    return pins


def ask_pip(target: Target, wanted: Sequence[str], folder: Path) -> None:
    """Let pip put wheels for a target into a folder, from the index that it is set up with."""
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary=:all:", *target.pip_options(), "--dest", str(folder), *wanted,
    ]  # fmt: skip
    found = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if found.returncode != 0:
        errors = [line for line in found.stderr.splitlines() if line.startswith("ERROR")]
        raise refuse("không tải được gói cho {target}: {told}", "wheels for {target} not found: "
                     "{told}", target=target.name, told=" ".join(errors[-2:]))  # fmt: skip


@dataclass
class Shelf:
    """A folder of wheels, and how to get more of them.

    Parameters
    ----------
    folder : Path
    fetch : callable
        Puts wheels ("name==version") for a target into the folder.
    """

    folder: Path
    fetch: Callable[[Target, Sequence[str], Path], None] = ask_pip
    _needs: dict[str, list[Requirement]] = field(default_factory=dict)

    def find(self, name: str, target: Target, version: str | None = None) -> str | None:
        """Return the file of a wheel that fits a target, None if it is not there."""
        from packaging.utils import parse_wheel_filename
        from packaging.version import Version

        for path in sorted(self.folder.glob("*.whl")):
            known, its_version, _, tags = parse_wheel_filename(path.name)
            right = version is None or its_version == Version(version)
            if known == name and right and tags & target.tags():
                return path.name
        return None

    def needs(self, wheel: str) -> list[Requirement]:
        """Return what a wheel says it requires."""
        from packaging.requirements import Requirement

        if wheel not in self._needs:
            with zipfile.ZipFile(self.folder / wheel) as file:
                named = (n for n in file.namelist() if n.endswith(".dist-info/METADATA"))
                path = min(named, key=lambda name: name.count("/"))
                said = HeaderParser().parsestr(file.read(path).decode("utf-8"))
            self._needs[wheel] = [Requirement(n) for n in said.get_all("Requires-Dist") or []]
        return self._needs[wheel]

    def collect(self, first: str, target: Target, pins: dict[str, str]) -> list[str]:
        """Return the wheels that a target needs for `first`, fetched where they were not there.

        Parameters
        ----------
        first : str
            A wheel of the folder; its requirements and theirs are followed.
        target : Target
        pins : dict of str to str
            The version of everything, by name.

        Raises
        ------
        RefusalError
            If something required has no pin, or there is no wheel of it for the target.
        """
        wheels: dict[str, str] = {}
        asked: set[tuple[str, str]] = set()
        todo = [(first, ("",))]
        while todo:
            wanted = [
                (name, extra)
                for wheel, extras in todo
                for name, extra in self._wanted(wheel, extras, target)
                if (name, extra) not in asked
            ]
            asked |= set(wanted)
            names = list(dict.fromkeys(name for name, _ in wanted))
            wheels |= self._get([name for name in names if name not in wheels], target, pins)
            todo = [(wheels[name], (extra,)) for name, extra in dict.fromkeys(wanted)]
        return [first, *sorted(wheels.values())]

    def _wanted(self, wheel: str, extras: Iterable[str], target: Target) -> list[tuple[str, str]]:
        """Return the names, with each extra, that a wheel requires on a target."""
        from packaging.utils import canonicalize_name

        found = []
        for one in self.needs(wheel):
            holds = any(
                one.marker is None or one.marker.evaluate(target.environment | {"extra": extra})
                for extra in extras
            )
            if holds:
                found += [(str(canonicalize_name(one.name)), x) for x in ("", *sorted(one.extras))]
        return found

    def _get(self, names: Sequence[str], target: Target, pins: dict[str, str]) -> dict[str, str]:
        """Return the wheels of names, fetched where they are not there."""
        unknown = [name for name in names if name not in pins]
        if unknown:
            raise refuse("constraints.txt không ghi phiên bản của: {names}",
                         "constraints.txt has no version of: {names}",
                         names=", ".join(unknown))  # fmt: skip
        absent = [name for name in names if self.find(name, target, pins[name]) is None]
        if absent:
            self.fetch(target, [f"{name}=={pins[name]}" for name in absent], self.folder)
        found = {name: self.find(name, target, pins[name]) for name in names}
        missing = [name for name, wheel in found.items() if wheel is None]
        if missing:
            raise refuse("không có gói cho {target}: {names}", "no wheel for {target} of: {names}",
                         target=target.name, names=", ".join(missing))  # fmt: skip
        return {name: wheel for name, wheel in found.items() if wheel is not None}


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
    head, _, rest = name.partition("/")
    if head.endswith(".data"):
        kind, _, inside = rest.partition("/")
        places = {"data": "", "scripts": "Scripts/", "headers": "include/site/python3.13/"}
        return f"/.venv/{places.get(kind, 'Lib/site-packages/')}{inside}"
    if name.endswith(".py"):
        folder, slash, module = name.rpartition("/")
        name = f"{folder}{slash}__pycache__/{module[:-3]}.cpython-313.pyc"
    return f"/.venv/Lib/site-packages/{name}"
