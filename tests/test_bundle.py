"""The bundle for an office without Internet, with a handful of tiny wheels in place of the real.

What the real one does (700 MB, the package index, minutes) is proved by
`benchmarks/offline_bundle.py`.
"""

import base64
import ensurepip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import ROOT, program

from laikhe_analysis.office.commands.refusal import RefusalError
from laikhe_analysis.office.stick import bundle, installer, wheels
from laikhe_analysis.office.stick.bundle import build_wheel, make_bundle
from laikhe_analysis.office.stick.installer import InstallError, damaged, install, target_here
from laikhe_analysis.office.stick.wheels import (
    PYTHONS,
    SYSTEMS,
    Shelf,
    Target,
    longest_path,
    read_pins,
)

DAY = date(2026, 11, 22)
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
needs_known_python = pytest.mark.skipif(HERE not in PYTHONS, reason=f"no bundles for {HERE}")


def tiny_wheel(folder, name, version, needs=(), tag="py3-none-any", content=None):
    """Write a wheel that pip installs, and return its file name."""
    module = name.replace("-", "_")
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    inside = (content or {f"{module}.py": f"VERSION = {version!r}\n"}) | {
        f"{module}-{version}.dist-info/METADATA":
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{said}",
        f"{module}-{version}.dist-info/WHEEL":
            f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }  # fmt: skip
    record = f"{module}-{version}.dist-info/RECORD"
    lines = [
        f"{place},sha256={_digest(text)},{len(text.encode())}" for place, text in inside.items()
    ]
    path = folder / f"{module}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as file:
        for place, text in inside.items():
            file.writestr(place, text)
        file.writestr(record, "\n".join([*lines, f"{record},,"]) + "\n")
    return path.name


def _digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def real_pip():
    """Return the wheel of pip that Python carries."""
    places = Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")
    found = [path for place in places for path in sorted(place.glob("pip-*.whl"))]
    if not found and not os.environ.get("LAIKHE_REQUIRE_ALL"):
        pytest.skip("this Python carries no wheel of pip")
    return found[0]


# An index of tiny packages: name, version, what it needs, tag
INDEX = {
    "maths": ("1.0", ("words>=2",), "py3-none-any"),
    "words": ("2.1", ("colours; sys_platform == 'win32'", "maths[more]"), "py3-none-any"),
    "colours": ("0.4", (), "py3-none-any"),
    "fast": ("3.0", ("maths", "extra; extra == 'more'"), "{abi}-{abi}-{system}"),
    "extra": ("1.1", (), "py3-none-any"),
    "old": ("1.0", (), "py3-none-any"),
}
PINS = "".join(f"{name}=={version}\n" for name, (version, _, _) in INDEX.items())


@pytest.fixture
def index():
    """Return what stands in for pip: it makes the wheels it is asked for, and notes the asking."""
    asked = []

    def fetch(target, wanted, folder):
        asked.append((target.name, tuple(wanted)))
        for one in wanted:
            name = one.partition("==")[0]
            if name == "pip":
                shutil.copy(real_pip(), folder)
                continue
            version, needs, tag = INDEX[name]
            system = "win_amd64" if target.system == "win_amd64" else "manylinux_2_17_x86_64"
            tag = tag.format(abi=f"cp{target.python.replace('.', '')}", system=system)
            tiny_wheel(folder, name, version, needs, tag)

    fetch.asked = asked
    return fetch


def own(project, into):
    """Make the project's own wheel: a command that says it is there."""
    cli = "import sys\n\n\ndef main():\n    print('here', *sys.argv[1:])\n"
    return tiny_wheel(
        into, "laikhe-analysis", "0.1", ("fast[more]>=2", "old; python_version < '3.12'"),
        content={"laikhe_analysis/__init__.py": "", "laikhe_analysis/cli.py": cli},
    )  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """Return a small project folder."""
    place = tmp_path / "dự án"
    (place / "laikhe_analysis").mkdir(parents=True)
    (place / "laikhe_analysis" / "growth.py").write_text("", encoding="utf-8")
    (place / "laikhe_analysis" / "__pycache__").mkdir()
    (place / "laikhe_analysis" / "__pycache__" / "growth.pyc").write_bytes(b"x")
    (place / "notebooks").mkdir()
    (place / "notebooks" / "00_start.ipynb").write_text('{"mới": 1}', encoding="utf-8")
    (place / "benchmarks" / "results").mkdir(parents=True)
    scores = place / "benchmarks" / "results" / "scores.csv"
    scores.write_bytes(b"method,score\n")
    (place / "pyproject.toml").write_text("", encoding="utf-8")
    (place / "constraints.txt").write_text(PINS, encoding="utf-8")
    return place


@pytest.fixture
def make(project, folder, index):
    """Return a function that makes a bundle in a folder."""

    def build(out, **given):
        given = {"systems": ["linux_x86_64"], "pythons": [HERE], "on": DAY} | given
        return make_bundle(project, folder, out, shelf=lambda place: Shelf(place, index),
                           build=own, **given)  # fmt: skip

    return build


def read(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*") if p.is_file()}  # fmt: skip


# ---- which wheels


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_conditions_are_read_for_the_target(tmp_path, index, system, python):
    (tmp_path / "w").mkdir()
    shelf = Shelf(tmp_path / "w", index)
    first = own(None, shelf.folder)
    found = shelf.collect(first, Target(system, python), read_pins(PINS, Target(system, python)))
    names = {name.partition("-")[0] for name in found}
    wanted = {"laikhe_analysis", "fast", "maths", "words", "extra"}
    wanted |= {"colours"} if system == "win_amd64" else set()
    wanted |= {"old"} if python == "3.11" else set()
    assert names == wanted
    fast = next(name for name in found if name.startswith("fast"))
    assert (system if system == "win_amd64" else "manylinux") in fast
    assert f"cp{python.replace('.', '')}" in fast


def test_what_fits_all_is_asked_for_once(tmp_path, index):
    (tmp_path / "w").mkdir()
    shelf = Shelf(tmp_path / "w", index)
    first = own(None, shelf.folder)
    for target in (Target("linux_x86_64", "3.12"), Target("win_amd64", "3.13")):
        shelf.collect(first, target, read_pins(PINS, target))
    assert [wanted for _, wanted in index.asked] == [
        ("fast==3.0",), ("maths==1.0", "extra==1.1"), ("words==2.1",),
        ("fast==3.0",), ("colours==0.4",),
    ]  # fmt: skip


def test_what_has_no_pin_or_no_wheel_is_told(tmp_path, index):
    shelf = Shelf(tmp_path, index)
    first = own(None, tmp_path)
    target = Target("linux_x86_64", "3.13")
    with pytest.raises(RefusalError, match=r"constraints\.txt has no version of: fast"):
        shelf.collect(first, target, {})
    shelf.fetch = lambda target, wanted, folder: None
    with pytest.raises(RefusalError, match=r"no wheel for linux_x86_64-3\.13 of: fast"):
        shelf.collect(first, target, read_pins(PINS, target))


def test_another_version_on_the_shelf_is_not_taken(tmp_path, index):
    tiny_wheel(tmp_path, "fast", "2.9")
    shelf = Shelf(tmp_path, index)
    assert shelf.find("fast", Target("win_amd64", "3.11"), "3.0") is None
    assert shelf.find("fast", Target("win_amd64", "3.11")) == "fast-2.9-py3-none-any.whl"


@pytest.mark.parametrize(
    ("tag", "system", "python", "fits"),
    [
        ("cp313-cp313-win_amd64", "win_amd64", "3.13", True),
        ("cp313-cp313-win_amd64", "win_amd64", "3.12", False),
        ("cp313-cp313-win_amd64", "linux_x86_64", "3.13", False),
        ("cp313-cp313-win32", "win_amd64", "3.13", False),
        ("cp311-abi3-win_amd64", "win_amd64", "3.13", True),
        ("cp312-abi3-win_amd64", "win_amd64", "3.11", False),
        ("cp313-cp313-manylinux_2_28_x86_64", "linux_x86_64", "3.13", True),
        ("cp313-cp313-manylinux_2_39_x86_64", "linux_x86_64", "3.13", False),
        ("cp313-cp313-musllinux_1_2_x86_64", "linux_x86_64", "3.13", False),
        ("cp311-cp311-manylinux2014_aarch64", "linux_x86_64", "3.11", False),
        ("py2.py3-none-any", "win_amd64", "3.11", True),
    ],
)
def test_which_wheels_fit(tmp_path, tag, system, python, fits):
    name = tiny_wheel(tmp_path, "fast", "1.0", tag=tag)
    found = Shelf(tmp_path).find("fast", Target(system, python))
    assert found == (name if fits else None)


def test_pip_is_asked_for_the_target_without_a_host(tmp_path, monkeypatch):
    ran = []

    def run(command, **_):
        ran.append(command)
        return subprocess.CompletedProcess(command, len(ran) > 1, "", "x\nERROR: none of a==1\n")

    monkeypatch.setattr(wheels.subprocess, "run", run)
    wheels.ask_pip(Target("win_amd64", "3.12"), ["a==1"], tmp_path)
    words = " ".join(ran[0])
    for part in ("--only-binary=:all:", "--no-deps", "--platform win_amd64",
                 "--python-version 3.12.0", "--implementation cp"):  # fmt: skip
        assert part in words
    assert "index" not in words
    assert "://" not in words
    with pytest.raises(RefusalError, match=r"wheels for win_amd64-3\.12 not found: ERROR: none"):
        wheels.ask_pip(Target("win_amd64", "3.12"), ["a==1"], tmp_path)


def test_the_projects_own_constraints_hold_for_every_target():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for system in SYSTEMS:
        for python in PYTHONS:
            pins = read_pins(text, Target(system, python))
            assert ("colorama" in pins) == (system == "win_amd64")
            assert ("pexpect" in pins) == (system == "linux_x86_64")
            assert {"numpy", "pandas", "jupyterlab", "soupsieve"} <= set(pins)


def test_the_longest_path_counts_compiled_copies(tmp_path):
    name = tiny_wheel(tmp_path, "a", "1", content={"a/b.py": "", "a-1.data/data/share/c.js": ""})
    where = "/.venv/Lib/site-packages/a/__pycache__/b.cpython-313.pyc"
    assert longest_path([tmp_path / name]) == len(where)
    assert longest_path([]) == 0


# ---- the bundle


def test_everything_is_in_the_manifest_with_its_hash(make, tmp_path):
    made = make(tmp_path / "bộ cài", systems=list(SYSTEMS), pythons=list(PYTHONS))
    assert len(made.targets) == 6
    manifest, inside = read(made.folder), contents(made.folder)
    assert set(manifest["files"]) == set(inside) - {"manifest.json"}
    for name, facts in manifest["files"].items():
        assert facts["sha256"] == hashlib.sha256(inside[name]).hexdigest()
    assert made.size == sum(map(len, inside.values()))
    assert not [name for name in inside if "__pycache__" in name]
    assert "project/data/commune.toml" in inside
    assert "data/commune.toml" not in inside  # a newer bundle copied over keeps the commune's
    for target in made.targets:
        lines = inside[f"requirements/{target}.txt"].decode().splitlines()
        assert all(re.fullmatch(r"\S+==\S+ --hash=sha256:[0-9a-f]{64}", line) for line in lines)
        assert len(lines) == len(manifest["targets"][target]) - 1  # all but pip
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_scripts_suit_their_systems(make, tmp_path):
    out = make(tmp_path / "b").folder
    for name in ("install.bat", "laikhe.bat"):
        raw = (out / name).read_bytes()
        assert raw.isascii()  # before `chcp` the console may read anything else wrongly
        assert raw.count(b"\r\n") == raw.count(b"\n") > 5
        text = raw.decode()
        assert 'pushd "%~dp0"' in text  # spaces, Vietnamese letters and \\server\share
        assert "chcp 65001" in text
        assert 'set "PYTHONUTF8=1"' in text
        assert re.findall(r"%~dp0", text.replace('"%~dp0"', "")) == []
    for name in ("install.sh", "laikhe.sh", "install.py", "huong-dan.html"):
        assert b"\r" not in (out / name).read_bytes()
    for name in ("install.sh", "laikhe.sh"):
        subprocess.run(["sh", "-n", str(out / name)], check=True)
    assert (out / "install.py").read_bytes() == Path(installer.__file__).read_bytes()
    assert all(name.isascii() for name in contents(out) if not name.startswith("project/"))


def test_no_host_stands_in_the_bundles_own_files(make, tmp_path):
    out = make(tmp_path / "b").folder
    for path in (*out.glob("*.*"), *(out / "requirements").iterdir()):
        assert "://" not in path.read_text(encoding="utf-8"), path.name


def test_the_guide_says_size_versions_and_what_was_not_run(make, tmp_path):
    made = make(tmp_path / "b")
    guide = (made.folder / "huong-dan.html").read_text(encoding="utf-8")
    assert f"<b>{made.size / 1e6:.0f} MB</b>" in guide
    assert f"Python {HERE}." in guide
    assert "chưa chạy thử trên máy Windows thật" in guide
    assert "$" not in guide
    assert guide.count("<svg") >= 4
    assert guide.count("<svg") == guide.count("aria-label=")


def test_the_guide_has_two_pages(tmp_path):
    chromium, info = program("chromium", "google-chrome"), program("pdfinfo")
    guide = files("laikhe_analysis.office").joinpath("assets/guide.html").read_text("utf-8")
    (tmp_path / "g.html").write_text(
        guide.replace("$pythons", "3.11, 3.12, 3.13").replace("$size", "1.234"), encoding="utf-8"
    )
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'g.pdf'}",
         str(tmp_path / "g.html")], check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    told = subprocess.run([info, str(tmp_path / "g.pdf")], capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+2\b", told)


def test_a_file_of_the_bundle_that_was_edited_is_kept_with_its_date(make, tmp_path):
    out = make(tmp_path / "b").folder
    (out / "project" / "constraints.txt").write_text("của xã", encoding="utf-8")
    (out / "laikhe.sh").write_text("của xã", encoding="utf-8")
    told = []
    make(out, on_progress=lambda what: told.append(what.en))
    kept = {name for name, text in contents(out).items() if text == "của xã".encode()}
    assert {re.sub(r"\d{4}-\d\d-\d\d", "DAY", name) for name in kept} == {
        "project-sua-DAY/constraints.txt", "laikhe-sua-DAY.sh"
    }  # fmt: skip
    assert len([line for line in told if "edited by hand" in line]) == 2


@pytest.mark.parametrize("case", ["other files", "inside the data", "no project", "no data"])
def test_wrong_folders_are_refused(make, tmp_path, project, folder, case):
    out = tmp_path / "b"
    if case == "other files":
        out.mkdir()
        (out / "thư.txt").write_text("của tôi", encoding="utf-8")
    elif case == "inside the data":
        out = folder / "b"
    elif case == "no project":
        (project / "constraints.txt").unlink()
    else:
        (folder / "commune.toml").unlink()
    before = contents(tmp_path)
    with pytest.raises(RefusalError) as caught:
        make(out)
    assert caught.value.code == 2
    assert contents(tmp_path) == before


def test_a_failed_bundle_leaves_the_earlier_one(make, tmp_path, monkeypatch):
    out = make(tmp_path / "b").folder
    before = contents(tmp_path)
    monkeypatch.setitem(INDEX, "fast", ("3.0", ("unheard-of",), "py3-none-any"))
    with pytest.raises(RefusalError, match="unheard-of"):
        make(out)
    assert contents(tmp_path) == before


def test_a_newer_bundle_keeps_what_is_the_communes(make, project, tmp_path, monkeypatch):
    out = make(tmp_path / "b").folder
    for name in ("data/observations.csv", "backups/a.zip", "build/report/index.html", ".venv/x"):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("của xã", encoding="utf-8")
    monkeypatch.setitem(INDEX, "words", ("2.2", *INDEX["words"][1:]))
    monkeypatch.setattr(sys.modules[__name__], "PINS", PINS.replace("words==2.1", "words==2.2"))
    (project / "constraints.txt").write_text(PINS, encoding="utf-8")
    make(out)
    kept = contents(out)
    assert {name for name in kept if kept[name] == "của xã".encode()} == {
        "data/observations.csv", "backups/a.zip", "build/report/index.html", ".venv/x"
    }  # fmt: skip
    assert "wheels/words-2.2-py3-none-any.whl" in kept
    assert "wheels/words-2.1-py3-none-any.whl" not in kept, "what was the bundle's own has gone"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_the_report_goes_along_when_there_is_one(make, tmp_path):
    report = tmp_path / "report"
    assert not (make(tmp_path / "a", report=report).folder / "report").exists()
    report.mkdir()
    (report / "index.html").write_text("xong", encoding="utf-8")
    assert (make(tmp_path / "b", report=report).folder / "report" / "index.html").exists()


def test_the_own_wheel_is_built_from_a_copy_and_whole(tmp_path, monkeypatch):
    ran, left_out = [], set()

    def run(command, **_):
        copy, made = Path(command[-1]), Path(command[command.index("--wheel-dir") + 1])
        ran.append(sorted(path.name for path in copy.iterdir()))
        made.mkdir()
        content = {path.relative_to(copy).as_posix(): "" for path in copy.rglob("*")
                   if path.is_file() and path.parent != copy}  # fmt: skip
        tiny_wheel(made, "laikhe-analysis", "0.1",
                   content={n: c for n, c in content.items() if n not in left_out})  # fmt: skip
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(bundle.subprocess, "run", run)
    assert build_wheel(ROOT, tmp_path) == "laikhe_analysis-0.1-py3-none-any.whl"
    assert ran == [["LICENSE", "README.md", "laikhe_analysis", "pyproject.toml"]]
    left_out.add("laikhe_analysis/office/assets/install.bat")
    with pytest.raises(RefusalError, match=r"wheel lacks: laikhe_analysis/office/assets/inst"):
        build_wheel(ROOT, tmp_path)
    monkeypatch.setattr(bundle.subprocess, "run",
                        lambda c, **_: subprocess.CompletedProcess(c, 1, "", "no setuptools"))  # fmt: skip
    with pytest.raises(RefusalError, match="cannot be packed: no setuptools"):
        build_wheel(ROOT, tmp_path)


# ---- installing


def offline():
    """Return the words that run a command with no network, none where that is not allowed."""
    words = [program("unshare"), "--map-root-user", "--net"]
    tried = subprocess.run([*words, "true"], capture_output=True)
    return words if tried.returncode == 0 else []


@needs_known_python
@pytest.mark.skipif(sys.platform != "linux", reason="the scripts for Linux")
def test_it_installs_and_runs_with_no_network(make, tmp_path):
    out = make(tmp_path / "máy cơ quan; 1").folder
    words = offline()
    clean = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin",
             "PIP_INDEX_URL": "file:///nowhere", "PYTHONPATH": "/nowhere"}  # fmt: skip
    done = subprocess.run([*words, sys.executable, str(out / "install.py")], env=clean,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Đã cài xong" in done.stdout
    ran = subprocess.run([*words, "sh", str(out / "laikhe.sh"), "check", "a b", "đ"], env=clean,
                         capture_output=True, text=True, cwd=tmp_path)  # fmt: skip
    assert ran.stdout == "here check a b đ\n", ran.stderr
    assert (out / "data" / "commune.toml").exists()
    if not words:
        pytest.skip("installed, but this system does not let tests switch the network off")


@needs_known_python
@pytest.mark.parametrize("spoil", ["flip", "remove"])
def test_a_damaged_wheel_is_refused_by_name(make, tmp_path, spoil):
    out = make(tmp_path / "b").folder
    wheel = next((out / "wheels").glob("maths*"))
    if spoil == "remove":
        wheel.unlink()
    else:
        raw = bytearray(wheel.read_bytes())
        raw[len(raw) // 2] ^= 1
        wheel.write_bytes(raw)
    before = contents(out)
    with pytest.raises(InstallError, match=r"missing: wheels/maths-1\.0-py3-none-any\.whl\. Copy"):
        install(out, lambda what: None)
    assert contents(out) == before
    checked = subprocess.run([sys.executable, str(out / "install.py"), "--verify"],
                             capture_output=True, text=True, encoding="utf-8")  # fmt: skip
    assert checked.returncode == 1
    assert "maths-1.0" in checked.stderr


@needs_known_python
def test_wheels_of_other_systems_need_not_be_there(make, tmp_path, monkeypatch):
    out = make(tmp_path / "b", systems=list(SYSTEMS), pythons=list(PYTHONS)).folder
    manifest = read(out)
    mine = set(manifest["targets"][f"linux_x86_64-{HERE}"])
    for path in (out / "wheels").iterdir():
        if path.name not in mine:
            path.unlink()
    monkeypatch.setattr(installer, "target_here", lambda: f"linux_x86_64-{HERE}")
    monkeypatch.setattr(installer, "_place_data", stop)
    with pytest.raises(KeyboardInterrupt):
        install(out, lambda what: None)


def stop(*_):
    raise KeyboardInterrupt


@needs_known_python
def test_a_wheel_changed_with_its_manifest_still_fails_its_requirement(make, tmp_path):
    out = make(tmp_path / "b").folder
    tiny_wheel(out / "wheels", "maths", "1.0", content={"maths.py": "evil = 1\n"})
    manifest = read(out)
    name = "wheels/maths-1.0-py3-none-any.whl"
    manifest["files"][name]["sha256"] = hashlib.sha256((out / name).read_bytes()).hexdigest()
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (out / ".venv").mkdir()
    (out / ".venv" / "earlier").write_text("x", encoding="utf-8")
    with pytest.raises(InstallError, match=r"(?i)hashes"):
        install(out, lambda what: None)
    assert [path.name for path in (out / ".venv").iterdir()] == ["earlier"]  # it came back


@needs_known_python
def test_data_and_edited_notebooks_are_kept(make, tmp_path, monkeypatch):
    out = make(tmp_path / "b").folder
    monkeypatch.setattr(installer, "_Environment", stop)

    def run():
        with pytest.raises(KeyboardInterrupt):
            install(out, lambda what: None)

    run()
    assert (out / "notebooks" / "00_start.ipynb").read_text("utf-8") == '{"mới": 1}'
    measured = out / "benchmarks" / "results" / "scores.csv"
    assert measured.read_text("utf-8") == "method,score\n"
    measured.write_text("cũ", encoding="utf-8")
    (out / "data" / "observations.csv").write_text("của xã", encoding="utf-8")
    run()
    assert measured.read_text("utf-8") == "method,score\n"  # what is no one's own is renewed
    assert (out / "data" / "observations.csv").read_text("utf-8") == "của xã"
    assert not list(out.glob("notebooks-truoc-*"))
    (out / "notebooks" / "00_start.ipynb").write_text("đã sửa", encoding="utf-8")
    run()
    (kept,) = out.glob("notebooks-truoc-*")
    assert (kept / "00_start.ipynb").read_text("utf-8") == "đã sửa"
    assert (out / "notebooks" / "00_start.ipynb").read_text("utf-8") == '{"mới": 1}'
    (out / "notebooks" / "my.ipynb").write_text("{}", encoding="utf-8")
    run()
    assert len(list(out.glob("notebooks-truoc-*"))) == 2


def test_another_python_or_system_is_told_what_there_is(make, tmp_path, monkeypatch):
    out = make(tmp_path / "b", pythons=["3.11", "3.12"]).folder
    monkeypatch.setattr(installer, "target_here", lambda: "win_amd64-3.14")
    with pytest.raises(InstallError, match=r"for win_amd64-3\.14; install one of linux_x86_64-3"):
        install(out)
    monkeypatch.setattr(installer.platform, "machine", lambda: "AMD64")
    monkeypatch.setattr(installer.sys, "platform", "win32")
    assert target_here() == f"win_amd64-{HERE}"
    monkeypatch.setattr(installer.platform, "machine", lambda: "ARM64")
    assert target_here() == f"win_amd64-arm64-{HERE}"


@needs_known_python
def test_an_early_patch_and_a_long_path_are_told(make, tmp_path, monkeypatch):
    out = make(tmp_path / "b").folder
    manifest = read(out)
    room = installer.LONGEST_ON_WINDOWS - manifest["longest_path"]
    monkeypatch.setattr(installer.sys, "platform", "win32")
    installer._check_length(Path("/" + "d" * (room - 1)), manifest)
    with pytest.raises(InstallError, match=f"path is too long: {room} letters"):
        installer._check_length(Path("/" + "d" * room), manifest)
    monkeypatch.setitem(manifest["pythons"], HERE, f"{HERE}.99")
    with pytest.raises(InstallError, match=rf"Python {HERE}\.99 or later is needed"):
        installer._check_python(manifest)


def test_a_folder_that_is_no_bundle(tmp_path):
    with pytest.raises(InstallError, match="not written by `laikhe bundle`"):
        install(tmp_path)
    (tmp_path / "manifest.json").write_text('{"kind": "laikhe-backup"}', encoding="utf-8")
    with pytest.raises(InstallError, match="not written by `laikhe bundle`"):
        install(tmp_path)


def test_damaged_names_missing_and_changed(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    facts = {name: {"sha256": hashlib.sha256(b"x").hexdigest()} for name in "ab"}
    assert damaged(tmp_path, "ab", facts) == ["b"]
    (tmp_path / "a").write_text("y", encoding="utf-8")
    assert damaged(tmp_path, "ab", facts) == ["a", "b"]


def test_a_locked_folder_is_told_what_to_close(tmp_path, monkeypatch):
    def locked(self, target):
        raise PermissionError("in use")

    monkeypatch.setattr(Path, "rename", locked)
    with pytest.raises(InstallError, match="close Jupyter, Excel"):
        installer._rename(tmp_path / "a", tmp_path / "b")
