"""A finished folder takes the place of an earlier one; what is not ours in it is never touched."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from kills import at_every_step, needs_fork

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.messages import speaking
from laikhe_analysis.office import owned
from laikhe_analysis.office.forms import safe_folders
from laikhe_analysis.office.owned import (
    in_place_of,
    put_page,
    read_manifest,
    refuse_page,
    refuse_place,
)

KIND = "laikhe-example"
FIRST = {"a.html": "một", "b.docx": "hai", "trong/c.html": "ba"}
SECOND = {"a.html": "mới", "b.docx": "mới hai", "trong/d.html": "bốn"}


def fill(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def make(out, files, kind=KIND):
    """Put a folder of these files in the place of `out`; return what was told."""
    told = []
    with in_place_of(out, kind, {"note": "x"}, on_kept=lambda what: told.append(what.en)) as work:
        fill(work, files)
    return told


def content(folder):
    """Return the files of a folder by name, the manifest left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path):
    """Return a folder of ours, beside data."""
    (tmp_path / "data").mkdir()
    make(tmp_path / "out", FIRST)
    return tmp_path / "out"


@pytest.fixture(params=["exchanged", "renamed twice", "no second names"])
def way(request, monkeypatch):
    """Let the folder change places as Linux does, as Windows does, or on a stick without links."""

    def refuse(*_):
        raise OSError(95, "not supported")

    if request.param != "exchanged":
        monkeypatch.setattr(owned, "exchange", lambda one, other: False)
    if request.param == "no second names":
        monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_the_new_folder_has_its_files_and_a_manifest_of_them(out):
    assert content(out) == FIRST
    found = read_manifest(out, KIND)
    assert set(found["files"]) == set(FIRST)
    assert found["note"] == "x"
    assert found["files"]["a.html"] == {
        "sha256": hashlib.sha256("một".encode()).hexdigest(), "bytes": 5
    }  # fmt: skip
    assert read_manifest(out, "another") is None
    assert names(out.parent) == ["data", "out"]


def test_what_is_ours_is_replaced_and_all_else_stays(out, way):
    fill(out, {"của tôi.txt": "tôi", "trong/tôi.txt": "tôi", "mới/sâu/x": "tôi"})
    (out / "rỗng").mkdir()
    (out / "đường dẫn").symlink_to("nowhere")
    (out / "thư mục ngoài").symlink_to(out.parent / "data")
    mine = (out / "của tôi.txt").stat().st_ino
    assert make(out, SECOND) == []
    assert content(out) == SECOND | {
        "của tôi.txt": "tôi", "trong/tôi.txt": "tôi", "mới/sâu/x": "tôi"
    }  # fmt: skip
    assert (out / "của tôi.txt").stat().st_ino == mine, "the file itself, no copy"
    assert (out / "rỗng").is_dir()
    assert (out / "đường dẫn").readlink() == Path("nowhere")
    assert (out / "thư mục ngoài").is_symlink()
    assert names(out.parent) == ["data", "out"]


def test_a_file_edited_by_hand_is_kept_with_its_date_and_told(out, way):
    fill(out, {"b.docx": "sửa", "trong/c.html": "sửa trong"})
    os.utime(out / "b.docx", (1_795_000_000, 1_795_000_000))  # 2026-11-18
    day = re.search(r"2026-\d\d-\d\d", told := make(out, SECOND)[0])[0]
    assert told == f"b.docx was edited by hand: kept as b-sua-{day}.docx"
    kept = content(out)
    assert kept["b.docx"] == "mới hai"
    assert kept[f"b-sua-{day}.docx"] == "sửa"
    assert kept["trong/c.html"] == "sửa trong", "no longer made: it stays as it is"
    fill(out, {"b.docx": "sửa nữa"})
    os.utime(out / "b.docx", (1_795_000_000, 1_795_000_000))
    assert make(out, FIRST | {"trong/c.html": "của máy"}) == [
        f"b.docx was edited by hand: kept as b-sua-{day}-2.docx",
        next(f"trong/c.html was edited by hand: kept as {name}"
             for name in content(out) if name.endswith("c.html") and "sua" in name),
    ]  # fmt: skip
    kept = content(out)
    assert [kept[f"b-sua-{day}{n}.docx"] for n in ("", "-2")] == ["sửa", "sửa nữa"]
    assert "sửa trong" in kept.values()
    assert make(out, FIRST) == []


def test_an_edit_that_says_what_the_new_file_says_is_no_edit(out, way):
    fill(out, {"a.html": "mới"})
    assert make(out, SECOND) == []
    assert content(out) == SECOND


def test_a_file_or_folder_of_others_that_stands_in_the_way_is_kept(out, way):
    fill(out, {"e.html": "của tôi", "f/x": "của tôi"})
    told = make(out, {"e.html": "máy", "f": "máy"})
    assert len(told) == 2
    kept = content(out)
    assert (kept["e.html"], kept["f"]) == ("máy", "máy")
    assert sorted(kept.values()) == ["của tôi", "của tôi", "máy", "máy"]


def test_an_empty_folder_is_filled_and_keeps_its_rights(tmp_path):
    (tmp_path / "out").mkdir(mode=0o750)
    (tmp_path / "out").chmod(0o750)
    make(tmp_path / "out", FIRST)
    assert content(tmp_path / "out") == FIRST
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750
    make(tmp_path / "out", SECOND)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750
    assert names(tmp_path) == ["out"]


def test_a_failure_on_the_way_leaves_everything(out):
    fill(out, {"b.docx": "sửa", "tôi.txt": "tôi"})
    before = content(out)

    def stop(what):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), in_place_of(out, KIND, {}) as work:
        stop(fill(work, SECOND))
    assert content(out) == before
    assert names(out.parent) == ["data", "out"]


def test_a_file_held_open_by_another_program_is_told(out, monkeypatch):
    """Windows moves no folder in which a file is open."""
    rename = Path.rename

    def held(path, target):
        if path == out:
            raise PermissionError(13, "held")
        return rename(path, target)

    monkeypatch.setattr(owned, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", held)
    fill(out, {"tôi.txt": "tôi"})
    with speaking("en"), pytest.raises(RefusalError, match="open in Word, Excel or a browser"):
        make(out, SECOND)
    assert content(out) == FIRST | {"tôi.txt": "tôi"}
    assert names(out.parent) == ["data", "out"]


def test_two_renames_of_which_the_second_fails_are_taken_back(out, monkeypatch):
    rename = Path.rename

    def fail(path, target):
        if "-moi-" in path.name and target == out:
            raise PermissionError(13, "held")
        return rename(path, target)

    monkeypatch.setattr(owned, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(RefusalError):
        make(out, SECOND)
    assert content(out) == FIRST


# ---- where no folder of ours may go


def linked(out):
    (out.parent / "link").symlink_to(out.parent / "data", target_is_directory=True)
    return out.parent / "link"


def holding(name, text):
    def place(out):
        fill(out.parent / "other", {name: text})
        return out.parent / "other"

    return place


def file_there(out):
    fill(out.parent, {"note.txt": "x"})
    return out.parent / "note.txt"


PLACES = {
    "a file": (file_there, "is a file"),
    "the root": (lambda out: Path(out.anchor), "is the root of a drive"),
    "the data": (lambda out: out.parent / "data", "lies in the data folder"),
    "inside the data": (lambda out: out.parent / "data" / "report", "lies in the data folder"),
    "the data by a link": (lambda out: linked(out) / "a" / "b", "lies in the data folder"),
    "around the data": (lambda out: out.parent, "holds the data folder"),
    "another manifest": (holding("manifest.json", '{"kind": "other"}'), "manifest.json that is not"),
    "an old manifest": (holding("manifest.json", '{"seed": 2030}'), "manifest.json that is not"),
    "no manifest at all": (holding("manifest.json", "["), "manifest.json that is not"),
    "a deep manifest": (holding("manifest.json", "[" * 100_000), "manifest.json that is not"),
    "files that are no list": (
        holding("manifest.json", json.dumps({"kind": KIND, "files": ["a"]})), "that is not ours"),
    "a manifest without a list": (
        holding("manifest.json", json.dumps({"kind": KIND})), "that is not ours"),
    "other files": (holding("letter.docx", "x"), "holds other files"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "said"), PLACES.values(), ids=PLACES)
def test_places_that_are_refused(out, place, said):
    where = place(out)
    before = {path: path.read_bytes() for path in out.parent.rglob("*") if path.is_file()}
    with speaking("en"), pytest.raises(RefusalError, match=said) as caught:
        refuse_place(where, KIND, data=out.parent / "data")
    assert caught.value.code == 2
    assert {p: p.read_bytes() for p in out.parent.rglob("*") if p.is_file()} == before


def test_the_home_folder_is_refused_even_when_it_is_empty_or_linked_to(out, monkeypatch, tmp_path):
    home = tmp_path / "nhà"
    home.mkdir()
    (tmp_path / "link").symlink_to(home)
    monkeypatch.setattr(Path, "home", lambda: home)
    for where in (home, tmp_path / "link"):
        with speaking("en"), pytest.raises(RefusalError, match="is your home folder"):
            refuse_place(where, KIND, data=tmp_path / "data")
    refuse_place(home / "report", KIND, data=tmp_path / "data")


def test_the_data_under_another_spelling_are_the_data(out, monkeypatch):
    """A system that takes capital letters for small ones says that both are one folder."""
    same = Path.samefile
    monkeypatch.setattr(
        Path, "samefile",
        lambda one, other: str(one).lower() == str(other).lower() or same(one, other),
    )  # fmt: skip
    with speaking("en"), pytest.raises(RefusalError, match="lies in the data folder"):
        refuse_place(out.parent / "DATA" / "report", KIND, data=out.parent / "data")
    with speaking("en"), pytest.raises(RefusalError, match="holds the data folder"):
        refuse_place(Path(str(out.parent).upper()), KIND, data=out.parent / "data")


def test_a_place_that_cannot_be_written_is_told_before_the_work(out, monkeypatch):
    fill(out.parent, {"note.txt": "x"})
    for where in (out.parent / "note.txt" / "report", Path("/proc/report")):
        with speaking("en"), pytest.raises(RefusalError, match="cannot be written"):
            make(where, pytest.fail)

    def refuse(**_):
        raise PermissionError(13, "no")

    monkeypatch.setattr(owned.tempfile, "TemporaryFile", refuse)
    with speaking("en"), pytest.raises(RefusalError, match="cannot be written"):
        make(out, pytest.fail)
    assert content(out) == FIRST


def test_a_forged_manifest_gives_no_power_over_files_elsewhere(out):
    fill(out.parent / "data", {"x.csv": "số liệu"})
    digest = owned.file_hash(out.parent / "data" / "x.csv")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["../data/x.csv"] = manifest["files"]["a.html"] | {"sha256": digest}
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (out / "link").symlink_to(out.parent / "data")
    make(out, SECOND)
    assert content(out.parent / "data") == {"x.csv": "số liệu"}


def test_two_at_once_are_one_after_the_other(out, monkeypatch):
    monkeypatch.setattr(safe_folders, "WAIT", 0.0)
    with in_place_of(out, KIND, {}) as work:
        with speaking("en"), pytest.raises(RefusalError, match="another laikhe command is writing"):
            make(out, SECOND)
        fill(work, SECOND)
    assert content(out) == SECOND


# ---- kills


MINE = {"tôi.txt": "tôi", "sâu/tôi.txt": "tôi"}


@needs_fork
@pytest.mark.parametrize(
    ("is_exchanged", "is_linked"), [(True, True), (False, False)], ids=["Linux", "Windows, stick"]
)
def test_a_kill_at_any_step_loses_nothing_and_the_next_run_mends_it(
    tmp_path, monkeypatch, is_exchanged, is_linked
):
    if not is_exchanged:
        monkeypatch.setattr(owned, "exchange", lambda one, other: False)
    if not is_linked:
        monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(OSError(95, "")))
    (tmp_path / "ban đầu").mkdir()
    make(tmp_path / "ban đầu" / "out", FIRST)
    fill(tmp_path / "ban đầu" / "out", MINE | {"b.docx": "sửa"})
    os.utime(tmp_path / "ban đầu" / "out" / "b.docx", (1_795_000_000, 1_795_000_000))

    def prepare(moment):
        place = tmp_path / str(moment)
        shutil.copytree(tmp_path / "ban đầu", place)
        return place / "out"

    def check(out):
        everything = list(content(out.parent).values())
        assert everything.count("tôi") >= 2, "what is not ours is somewhere"
        assert "sửa" in everything
        if out.exists() and is_exchanged:
            found = content(out)
            ours = {found.get("a.html"), found.get("trong/c.html"), found.get("trong/d.html")}
            assert ours in ({"một", "ba", None}, {"mới", "bốn", None}), "one or the other, whole"
            if is_linked:
                assert found.items() >= MINE.items(), "nothing of others is out of sight"
        make(out, SECOND)
        found = content(out)
        kept = {name: text for name, text in found.items() if "-sua-" in name}
        assert {name: text for name, text in found.items() if name not in kept} == SECOND | MINE
        assert list(kept.values()) == ["sửa"]
        assert names(out.parent) == ["out"]

    steps = at_every_step(prepare, lambda out: make(out, SECOND), check, tmp_path)
    assert steps > 15


def test_an_unfinished_folder_is_cleared_and_others_beside_are_not(out):
    foreign = [".out-laikhe-moi-mine", ".out-laikhe-khac-abcdefgh", ".out-2-laikhe-moi-abcdefgh"]
    for name in foreign:
        fill(out.parent / name, {"x": "x"})
    left = safe_folders.new_beside(out, "moi")
    fill(left, {"manifest.json": json.dumps({"kind": KIND}), "a": "x", "b/c": "x"})
    empty = safe_folders.new_beside(out, "moi")
    unknown = safe_folders.new_beside(out, "moi")
    fill(unknown, {"x": "x"})
    make(out, SECOND)
    assert not left.exists()
    assert not empty.exists()
    assert (unknown / "x").exists(), "without a manifest of ours nobody knows whose it is"
    assert all((out.parent / name / "x").exists() for name in foreign)


# ---- one page


@pytest.mark.parametrize(
    ("place", "words"),
    [("mau_son/targets.csv", "data folder"), ("mau_son/new.html", "data folder"),
     ("letter.txt", "no HTML page"), ("mine", "no HTML page"), ("nowhere/x.html", "cannot be written")],
)  # fmt: skip
def test_a_page_takes_the_place_of_no_other_file(folder, tmp_path, place, words):
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    with speaking("en"), pytest.raises(RefusalError, match=words) as caught:
        refuse_page(tmp_path / place, data=[folder])
    assert "--page" in caught.value.text.vi
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "x"


def test_a_page_is_put_in_the_place_of_an_earlier_one(folder, tmp_path):
    page = tmp_path / "x.html"
    for content in (b"<!DOCTYPE html>1", b"<!DOCTYPE html>2"):
        refuse_page(page, data=[folder])
        put_page(page, content)
        assert page.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mau_son", "x.html"]
