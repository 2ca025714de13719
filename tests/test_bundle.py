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

from laikhe_analysis.messages import speaking
from laikhe_analysis.office.refusal import RefusalError
from laikhe_analysis.office.stick import bundle, installer, wheels
from laikhe_analysis.office.stick.bundle import build_wheel, make_bundle
from laikhe_analysis.office.stick.installer import InstallError, damaged, install, target_here
from laikhe_analysis.office.stick.wheels import (
    PYTHONS,
    SYSTEMS,
    Target,
    fetch,
    longest_path,
    resolve,
)

DAY = date(2026, 11, 22)
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
needs_known_python = pytest.mark.skipif(HERE not in PYTHONS, reason=f"no bundles for {HERE}")


def tiny_wheel(
    folder, name, version, needs=(), tag="py3-none-any", content=None, extras=()
):  # fmt: skip
    """Write a wheel that pip installs, and return its file name."""
    module = name.replace("-", "_")
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    said += "".join(f"Provides-Extra: {extra}\n" for extra in extras)
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
NEEDS = ("fast[more]>=2", "old; python_version < '3.12'")


def add(place, name, version, needs, tag):
    """Put a package into an index: a wheel of each system and Python where it is compiled."""
    extras = ("more",) if any("extra ==" in need for need in needs) else ()
    for system in ("win_amd64", "manylinux_2_17_x86_64") if "{" in tag else ("",):
        for python in PYTHONS if system else ("",):
            one = tag.format(abi=f"cp{python.replace('.', '')}", system=system)
            tiny_wheel(place, name, version, needs, one, extras=extras)


@pytest.fixture(scope="session")
def tiny_index(tmp_path_factory):
    """Return a folder of tiny packages and the pip that Python carries."""
    place = tmp_path_factory.mktemp("index")
    for name, facts in INDEX.items():
        add(place, name, *facts)
    add(place, "words", "2.2", *INDEX["words"][1:])  # newer than the constraints want
    shutil.copy(real_pip(), place)
    return place


@pytest.fixture
def index(tiny_index, monkeypatch):
    """Return what names the index of tiny packages to uv and pip, and nothing else."""
    for name in [n for n in os.environ if n.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    return ["--no-index", "--find-links", str(tiny_index)]


def own(project, into):
    """Make the project's own wheel: a command that says it is there."""
    cli = "import sys\n\n\ndef main():\n    print('here', *sys.argv[1:])\n"
    return tiny_wheel(
        into, "laikhe-analysis", "0.1", NEEDS,
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
    needs = ", ".join(f'"{need}"' for need in NEEDS)
    (place / "pyproject.toml").write_text(
        f'[project]\nname = "laikhe-analysis"\nversion = "0.1"\ndependencies = [{needs}]\n',
        encoding="utf-8",
    )
    (place / "constraints.txt").write_text(PINS, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def asked(tmp_path_factory):
    """Return what uv and pip have answered in this run: the same question is asked once."""
    return {}, tmp_path_factory.mktemp("fetched")


@pytest.fixture
def make(project, folder, index, asked, monkeypatch):
    """Return a function that makes a bundle in a folder."""
    known, place = asked

    def resolve_once(project, target, index):
        files = ("pyproject.toml", "constraints.txt")
        key = target, *((project / name).read_text("utf-8") for name in files)
        if key not in known:
            known[key] = resolve(project, target, index)
        return known[key]

    def fetch_once(wanted, target, into, index):
        key = target, wanted.read_text("utf-8")
        if key not in known:
            known[key] = place / str(len(known))
            fetch(wanted, target, known[key], index)
        shutil.copytree(known[key], into, dirs_exist_ok=True)

    monkeypatch.setattr(bundle, "resolve", resolve_once)
    monkeypatch.setattr(bundle, "fetch", fetch_once)

    def build(out, **given):
        given = {"systems": ["linux_x86_64"], "pythons": [HERE], "on": DAY} | given
        return make_bundle(project, folder, out, index=index, build=own, **given)

    return build


def read(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*") if p.is_file()}  # fmt: skip


# ---- which wheels


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_conditions_and_constraints_are_read_for_the_target(project, index, system, python):
    lines = resolve(project, Target(system, python), index).splitlines()
    names = {line.partition("==")[0] for line in lines if "==" in line}
    wanted = {"pip", "fast", "maths", "words", "extra"}
    wanted |= {"colours"} if system == "win_amd64" else set()
    wanted |= {"old"} if python == "3.11" else set()
    assert names == wanted
    assert [line.rstrip(" \\") for line in lines if line.startswith("words")] == ["words==2.1"]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_wheels_of_the_target_are_fetched(project, index, tmp_path, system, python):
    target, wanted = Target(system, python), tmp_path / "requirements.txt"
    wanted.write_text(resolve(project, target, index), encoding="utf-8")
    fetch(wanted, target, tmp_path / "w", index)
    (fast,) = (path.name for path in (tmp_path / "w").glob("fast*"))
    abi = f"cp{python.replace('.', '')}"
    assert fast == f"fast-3.0-{abi}-{abi}-" + (
        "win_amd64.whl" if system == "win_amd64" else "manylinux_2_17_x86_64.whl"
    )


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ("cp313-cp313-manylinux_2_39_x86_64", False), ("cp313-cp313-musllinux_1_2_x86_64", False),
        ("cp311-cp311-manylinux2014_aarch64", False), ("cp311-abi3-manylinux2014_x86_64", True),
        ("py2.py3-none-any", True),
    ],
)  # fmt: skip
def test_what_suits_no_target_is_told(project, index, tiny_index, tmp_path, tag, fits):
    shutil.copytree(tiny_index, tmp_path / "i")
    for path in (tmp_path / "i").glob("maths*"):
        path.unlink()
    tiny_wheel(tmp_path / "i", "maths", "1.0", tag=tag)
    where = [*index[:-1], str(tmp_path / "i")]
    if fits:
        assert "maths==1.0" in resolve(project, Target("linux_x86_64", "3.13"), where)
        return
    with (
        speaking("en"),
        pytest.raises(RefusalError, match=r"(?s)wheels for linux_x86_64-3\.13 not found: .*maths"),
    ):
        resolve(project, Target("linux_x86_64", "3.13"), where)


def test_a_wheel_that_is_not_the_one_resolved_is_refused(project, index, tiny_index, tmp_path):
    target, wanted = Target("linux_x86_64", "3.13"), tmp_path / "requirements.txt"
    wanted.write_text(resolve(project, target, index), encoding="utf-8")
    shutil.copytree(tiny_index, tmp_path / "i")
    tiny_wheel(tmp_path / "i", "maths", "1.0", content={"maths.py": "evil = 1\n"})
    with (
        speaking("en"),
        pytest.raises(RefusalError, match=r"(?is)linux_x86_64-3\.13 not found: .*hashes"),
    ):
        fetch(wanted, target, tmp_path / "w", [*index[:-1], str(tmp_path / "i")])


def test_without_uv_it_says_how_to_get_it(project, monkeypatch):
    said = subprocess.CompletedProcess([], 1, "", "/usr/bin/python: No module named uv\n")
    monkeypatch.setattr(wheels.subprocess, "run", lambda *_, **__: said)
    with (
        speaking("en"),
        pytest.raises(RefusalError, match=r"needs uv: python -m pip install \"laikhe-analysis\[b"),
    ):
        resolve(project, Target("win_amd64", "3.12"))


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
        assert all(re.search(r"(==\S+ \\|--hash=sha256:[0-9a-f]{64}( \\)?)$", x) for x in lines)
        named = {line.partition("==")[0].replace("-", "_") for line in lines if "==" in line}
        assert named == {w.partition("-")[0] for w in manifest["targets"][target]}
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


def test_a_failed_bundle_leaves_the_earlier_one(make, project, tmp_path):
    out = make(tmp_path / "b").folder
    before = contents(out)
    toml = project / "pyproject.toml"
    toml.write_text(
        toml.read_text("utf-8").replace("fast[more]>=2", "unheard-of"), encoding="utf-8"
    )
    with pytest.raises(RefusalError, match="unheard-of"):
        make(out)
    assert contents(out) == before


def test_a_newer_bundle_keeps_what_is_the_communes(make, project, tmp_path):
    out = make(tmp_path / "b").folder
    for name in ("data/observations.csv", "backups/a.zip", "build/report/index.html", ".venv/x"):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("của xã", encoding="utf-8")
    newer = PINS.replace("words==2.1", "words==2.2")
    (project / "constraints.txt").write_text(newer, encoding="utf-8")
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
    assert ran == [
        ["LICENSE", "README.md", "benchmarks", "laikhe_analysis", "notebooks", "pyproject.toml"]
    ]
    left_out.add("laikhe_analysis/office/assets/install.bat")
    with (
        speaking("en"),
        pytest.raises(RefusalError, match=r"wheel lacks: laikhe_analysis/office/assets/inst"),
    ):
        build_wheel(ROOT, tmp_path)
    monkeypatch.setattr(bundle.subprocess, "run",
                        lambda c, **_: subprocess.CompletedProcess(c, 1, "", "no hatchling"))  # fmt: skip
    with speaking("en"), pytest.raises(RefusalError, match="cannot be packed: no hatchling"):
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


@pytest.mark.parametrize(("given", "words"), [
    ({"pythons": ["3.9"]}, "--python: got “3.9”; wanted one of: 3.11, 3.12, 3.13"),
    ({"systems": ["macos"]}, "--system: got “macos”; wanted one of: win_amd64, linux_x86_64"),
], ids=["python", "system"])  # fmt: skip
def test_what_no_bundle_is_for_is_refused_before_anything_is_packed(make, tmp_path, given, words):
    with pytest.raises(RefusalError) as caught:
        make(tmp_path / "b", **given)
    assert (caught.value.text.en, caught.value.code) == (words, 2)
    assert not (tmp_path / "b").exists()


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
