"""Backups: whole, checked, and never at the cost of what is there."""

import hashlib
import json
import random
import shutil
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from kills import at_every_step, needs_fork
from typer.testing import CliRunner

from laikhe_analysis.checks import DataError
from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.messages import speaking
from laikhe_analysis.office.folder import archive as packing
from laikhe_analysis.office.folder import backup
from laikhe_analysis.office.folder.archive import is_plain, read_manifest
from laikhe_analysis.office.folder.backup import back_up, finish_restore, free_name, restore
from laikhe_analysis.office.forms import ledger, safe_folders
from laikhe_analysis.office.refusal import RefusalError

DAY = date(2026, 11, 22)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*") if p.is_file()}  # fmt: skip


def rewritten(archive: Path, change) -> Path:
    """Return a copy of a zip whose entries `change` has seen: name, content -> content or None."""
    place = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(place, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
    return place


@pytest.fixture
def archive(folder, tmp_path):
    return back_up(folder, tmp_path / "kept", on=DAY)


def test_round_trip(folder, archive, tmp_path):
    (folder / "kich_ban").mkdir()
    (folder / "kich_ban" / "của tôi.csv").write_bytes(b"\xef\xbb\xbfx\r\n")
    second = back_up(folder, tmp_path / "kept", on=DAY)
    assert (archive.name, second.name) == ("data-2026-11-22.zip", "data-2026-11-22-2.zip")
    new = tmp_path / "may khac" / "data"
    assert restore(second, new, on=DAY) is None
    assert contents(new) == contents(folder)
    assert load(new).commune == load(folder).commune
    assert [path.name for path in new.parent.iterdir()] == ["data"]


def test_the_manifest_tells_whose_it_is(archive):
    found = read_manifest(archive)
    assert (found["commune"], found["made_on"]) == ("xã Mẫu Sơn", "2026-11-22")
    assert set(found["files"]) == {"commune.toml", "sources.csv", "targets.csv", "tasks.csv",
                                   "observations.csv", "reference.csv", "scenarios.csv",
                                   "sharing.csv", "plots.csv", "breaks.csv"}  # fmt: skip


def test_what_is_there_is_kept_aside(folder, archive):
    (folder / "observations.csv").write_text("mới hơn", encoding="utf-8")
    before = contents(folder)
    kept = restore(archive, folder, on=DAY)
    assert kept == folder.with_name("mau_son-truoc-2026-11-22")
    assert contents(kept) == before
    assert len(load(folder).observed) == 5
    assert restore(archive, folder, on=DAY).name == "mau_son-truoc-2026-11-22-2"


def test_broken_data_are_kept_all_the_same(folder, tmp_path):
    (folder / "commune.toml").write_text("name = ", encoding="utf-8")
    (folder / "rác.bin").write_bytes(bytes(range(256)))
    made = back_up(folder, tmp_path / "kept", on=DAY)
    assert read_manifest(made)["commune"] == ""
    restore(made, tmp_path / "again", on=DAY)
    assert contents(tmp_path / "again") == contents(folder)


def test_locks_and_hidden_and_half_written_files_stay_out(folder, tmp_path):
    for name in ("~$observations.xlsx", ".~lock.observations.csv#", "sources.csv.importing"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a.csv").write_text("x", encoding="utf-8")
    made = back_up(folder, tmp_path / "kept", on=DAY)
    assert not [n for n in read_manifest(made)["files"] if n[0] in ".~" or "importing" in n]


def test_a_linked_file_is_kept_and_a_linked_folder_is_refused(folder, archive, tmp_path):
    (folder / "observations.csv").rename(tmp_path / "chung.csv")
    (folder / "observations.csv").symlink_to(tmp_path / "chung.csv")
    made = back_up(folder, tmp_path / "kept", on=DAY)
    assert set(read_manifest(made)["files"]) == set(read_manifest(archive)["files"])
    restore(made, tmp_path / "again", on=DAY)
    assert contents(tmp_path / "again") == contents(folder)
    (tmp_path / "xa").mkdir()
    for target in (tmp_path / "xa", tmp_path / "nowhere"):
        (folder / "link").symlink_to(target)
        with (
            speaking("en"),
            pytest.raises(
                RefusalError, match=r"link is a link to a folder or leads nowhere|link is"
            ),
        ):
            back_up(folder, tmp_path / "kept", on=DAY)
        (folder / "link").unlink()
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.parametrize("name", ["nul.csv", "a:b.csv", "chấm.", "OBSERVATIONS.CSV"])
def test_a_name_that_windows_does_not_know_is_told(folder, tmp_path, name):
    (folder / name).write_text("x", encoding="utf-8")
    with speaking("en"), pytest.raises(RefusalError, match="cannot be used on other machines"):
        back_up(folder, tmp_path / "kept", on=DAY)
    assert not list((tmp_path / "kept").iterdir())


@pytest.mark.parametrize("place", ["", "kept", "a/b"])
def test_no_backup_goes_into_the_data(folder, tmp_path, place):
    (tmp_path / "link").symlink_to(folder)
    before = contents(folder)
    for out in (folder / place, tmp_path / "link" / place):
        with speaking("en"), pytest.raises(RefusalError, match="lies in the data folder") as caught:
            back_up(folder, out, on=DAY)
        assert caught.value.code == 2
    assert contents(folder) == before


def test_a_place_that_cannot_be_written_is_told(folder, tmp_path):
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    for out in (tmp_path / "note.txt", tmp_path / "note.txt" / "kept"):
        with (
            speaking("en"),
            pytest.raises(RefusalError, match="cannot be read or written: ") as caught,
        ):
            back_up(folder, out, on=DAY)
        assert "Errno" not in str(caught.value)


@pytest.mark.parametrize("part", ["observations.csv", "commune.toml"])
def test_a_damaged_file_is_refused_by_name(folder, archive, part):
    before = contents(folder.parent)
    spoiled = rewritten(archive, lambda name, content: content + b"," if name == f"data/{part}"
                        else content)  # fmt: skip
    with speaking("en"), pytest.raises(RefusalError, match=f"damaged in {part}"):
        restore(spoiled, folder, on=DAY)
    spoiled.unlink()
    assert contents(folder.parent) == before


def told(archive):
    """Return the manifest, or the sentence that there is none."""
    try:
        return read_manifest(archive)
    except RefusalError as error:
        return error.text.en


@pytest.mark.parametrize("bit", [0x01, 0x10, 0x80])
def test_any_flipped_bit_is_refused_in_a_sentence(folder, archive, bit):
    """Headers, names, sizes, methods, checksums and content, one byte in seven and both ends."""
    raw, sound, before = archive.read_bytes(), read_manifest(archive), contents(folder)
    whole = {*range(60), *range(len(raw) - 60, len(raw)), *range(0, len(raw), 7)}
    refused = 0
    for place in sorted(whole):
        spoiled = bytearray(raw)
        spoiled[place] ^= bit
        copy = archive.with_name("bit.zip")
        copy.write_bytes(spoiled)
        found = told(copy)
        refused += found != sound
        assert found == sound or found.endswith("nothing was changed")  # or a bit of no meaning
    assert refused > 0.7 * len(whole)
    assert contents(folder) == before


def test_random_bytes_cuts_and_joints_are_refused(archive):
    raw, sound = archive.read_bytes(), read_manifest(archive)
    rng, copy = random.Random(13), archive.with_name("spoilt.zip")
    for _ in range(200):
        spoiled = bytearray(raw)
        for _ in range(rng.randint(2, 40)):
            spoiled[rng.randrange(len(raw))] = rng.randrange(256)
        begin, end = sorted(rng.sample(range(len(raw)), 2))
        del spoiled[begin : rng.choice([begin, end])]
        copy.write_bytes(spoiled)
        found = told(copy)
        assert found == sound or found.endswith("nothing was changed")


def test_a_cut_file_is_refused(folder, archive):
    archive.write_bytes(archive.read_bytes()[:-200])
    with speaking("en"), pytest.raises(RefusalError, match="is damaged"):
        restore(archive, folder, on=DAY)


def with_manifest(archive, **changes):
    def change(name, content):
        if name != "manifest.json":
            return content
        return json.dumps(json.loads(content) | changes)

    return rewritten(archive, change)


def test_a_foreign_file_is_refused(folder, archive, tmp_path):
    plain = tmp_path / "other.zip"
    with zipfile.ZipFile(plain, "w") as file:
        file.writestr("data/observations.csv", "x")
    changed = [{"kind": "other"}, {"files": {}}, {"files": []}, {"commune": 3}, {"files": {"a": 1}}]
    for foreign in (plain, *(with_manifest(archive, **c) for c in changed)):
        with speaking("en"), pytest.raises(RefusalError, match="is no backup"):
            restore(foreign, folder, on=DAY)
    text = tmp_path / "note.zip"
    text.write_text("không phải zip", encoding="utf-8")
    with speaking("en"), pytest.raises(RefusalError, match="is damaged"):
        restore(text, folder, on=DAY)
    for missing in (tmp_path / "nowhere.zip", tmp_path):
        with speaking("en"), pytest.raises(RefusalError, match="there is no backup") as caught:
            restore(missing, folder, on=DAY)
        assert caught.value.code == 2


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("mine", "holds other things"),
        ("mine/letter.txt", "is a file"),
        ("mau_son/observations.csv", "is a file"),
        ("mau_son/sub", "lies in another data folder"),
        (".", "holds other things"),
    ],
)
def test_what_is_no_data_folder_is_never_set_aside(folder, archive, tmp_path, place, words):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x", encoding="utf-8")
    before = contents(tmp_path)
    with speaking("en"), pytest.raises(RefusalError, match=words) as caught:
        restore(archive, tmp_path / place, on=DAY)
    assert caught.value.code == 2
    assert contents(tmp_path) == before


def test_a_data_folder_that_lost_its_toml_can_be_restored(folder, archive):
    (folder / "commune.toml").unlink()
    assert restore(archive, folder, on=DAY) is not None
    assert load(folder).commune.name == "xã Mẫu Sơn"


def test_another_communes_backup_is_refused(folder, archive, tmp_path):
    toml = folder / "commune.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Mẫu Sơn", "Bên Kia"), "utf-8")
    before = contents(folder)
    with (
        speaking("en"),
        pytest.raises(RefusalError, match="is of xã Mẫu Sơn, the folder mau_son of xã Bên Kia"),
    ):
        restore(archive, folder, on=DAY)
    assert contents(folder) == before
    assert restore(archive, tmp_path / "new", on=DAY) is None


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:/evil.txt", "a\\..\\evil", "a\nb"],
)
def test_nothing_is_unpacked_outside(folder, archive, tmp_path, name):
    with zipfile.ZipFile(archive) as old:
        manifest = json.loads(old.read("manifest.json"))
        facts = manifest["files"].pop("tasks.csv")
        manifest["files"][name] = facts
        evil = tmp_path / "evil.zip"
        with zipfile.ZipFile(evil, "w") as new:
            new.writestr("manifest.json", json.dumps(manifest))
            for info in old.infolist():
                if info.filename != "manifest.json":
                    place = f"data/{name}" if info.filename == "data/tasks.csv" else info.filename
                    new.writestr(zipfile.ZipInfo(place), old.read(info))
    before = contents(tmp_path)
    with pytest.raises(RefusalError):
        restore(evil, folder, on=DAY)
    assert contents(tmp_path) == before
    assert not is_plain(name)


@pytest.mark.parametrize(
    "change",
    [lambda n, c: None if n == "data/tasks.csv" else c,
     lambda n, c: c],
    ids=["missing", "added"],
)  # fmt: skip
def test_missing_and_added_files_are_refused_by_name(folder, archive, change):
    changed = rewritten(archive, change)
    if change("data/tasks.csv", b"") is not None:
        with zipfile.ZipFile(changed, "a") as file:
            file.writestr("data/tasks2.csv", "x")
    with speaking("en"), pytest.raises(RefusalError, match=r"damaged in data/tasks2?\.csv"):
        restore(changed, folder, on=DAY)


def bomb(archive, name, size=600_000_000):
    """Write a small zip that unpacks to far too much."""
    place, block = archive.with_name("bomb.zip"), bytes(1 << 20)
    manifest = json.dumps(read_manifest(archive) | {"files": {"a.csv": {"sha256": "0" * 64}}})
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(f"{name}.x" if name == "manifest.json" else "manifest.json", manifest)
        with new.open(name, "w", force_zip64=True) as file:
            for _ in range(size >> 20):
                file.write(block)
    return place


@pytest.mark.parametrize("name", ["data/a.csv", "manifest.json"])
def test_a_bomb_is_refused_before_it_is_unpacked(folder, archive, name, monkeypatch):
    monkeypatch.setattr(packing, "LARGEST", 20_000_000)
    big = bomb(archive, name, size=40_000_000)
    assert big.stat().st_size < 100_000
    before = contents(folder)
    with speaking("en"), pytest.raises(RefusalError, match="is no backup"):
        restore(big, folder, on=DAY)
    assert contents(folder) == before


def test_a_list_that_is_far_too_long_is_not_read(folder, archive, monkeypatch):
    long = with_manifest(archive, note=" " * 10_000)
    assert read_manifest(long)
    monkeypatch.setattr(packing, "LARGEST_MANIFEST", 5_000)
    with speaking("en"), pytest.raises(RefusalError, match="is no backup"):
        restore(long, folder, on=DAY)


def entry(name, content="x", *, mode=0, flags=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.flag_bits = flags
    return info, content


ENTRIES = {
    "a link": [entry("data/a.csv", "../../secret", mode=stat.S_IFLNK | 0o777)],
    "encrypted": [entry("data/a.csv", flags=1)],
    "one name twice on Windows": [entry("data/a.csv"), entry("data/A.csv")],
    "a device": [entry("data/NUL")],
    "a drive": [entry("data/C:a.csv")],
    "an empty part": [entry("data/a//b.csv")],
}


@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES)
def test_entries_that_no_backup_has_are_refused(folder, tmp_path, entries):
    evil = tmp_path / "evil.zip"
    files = {
        info.filename.removeprefix("data/"): {"sha256": hashlib.sha256(text.encode()).hexdigest()}
        for info, text in entries
    }
    manifest = {"kind": "laikhe-backup", "commune": "", "files": files}
    with zipfile.ZipFile(evil, "w") as new:
        new.writestr("manifest.json", json.dumps(manifest))
        for info, text in entries:
            flags = info.flag_bits
            new.writestr(info, text)
            info.flag_bits |= flags
    before = contents(folder)
    with speaking("en"), pytest.raises(RefusalError, match="is no backup"):
        restore(evil, folder, on=DAY)
    assert contents(folder) == before
    assert sorted(p.name for p in folder.parent.iterdir()) == ["evil.zip", "mau_son"]


def test_a_manifest_nested_without_end_is_refused(folder, tmp_path):
    deep = tmp_path / "deep.zip"
    with zipfile.ZipFile(deep, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("manifest.json", "[" * 1_000_000)
    with speaking("en"), pytest.raises(RefusalError, match="is no backup"):
        restore(deep, folder, on=DAY)


def test_a_name_that_is_file_and_folder_is_refused(folder, tmp_path):
    odd, digest = tmp_path / "odd.zip", {"sha256": hashlib.sha256(b"x").hexdigest()}
    manifest = {"kind": "laikhe-backup", "commune": "", "files": {"a": digest, "a/b": digest}}
    with zipfile.ZipFile(odd, "w") as new:
        new.writestr("manifest.json", json.dumps(manifest))
        new.writestr("data/a", "x")
        new.writestr("data/a/b", "x")
    before = contents(folder)
    with speaking("en"), pytest.raises(RefusalError, match="cannot be read or written"):
        restore(odd, folder, on=DAY)
    assert contents(folder) == before
    assert sorted(p.name for p in folder.parent.iterdir()) == ["mau_son", "odd.zip"]


def test_too_much_is_refused(folder, archive, tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "LARGEST", 1000)
    with speaking("en"), pytest.raises(RefusalError, match="at most 0 MB"):
        back_up(folder, tmp_path / "kept", on=DAY)
    with speaking("en"), pytest.raises(RefusalError, match="is no backup"):
        restore(archive, folder, on=DAY)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [archive.name]


def test_nothing_to_keep(tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "nowhere", tmp_path / "empty"):
        with speaking("en"), pytest.raises(RefusalError, match="holds no files"):
            back_up(place, tmp_path / "kept", on=DAY)


@pytest.mark.parametrize("number", [2, 3])
def test_a_failed_swap_puts_everything_back(folder, archive, monkeypatch, number):
    """The first rename makes the folder ready, the second sets the data aside."""
    before, renamed = contents(folder.parent), []
    rename = Path.rename

    def fail(self, target):
        renamed.append(target)
        if len(renamed) == number:
            raise PermissionError(13, "locked")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with (
        speaking("en"),
        pytest.raises(RefusalError, match="another program holds the file; the data are whole"),
    ):
        restore(archive, folder, on=DAY)
    assert contents(folder.parent) == before
    assert sorted(p.name for p in folder.parent.iterdir()) == ["kept", "mau_son"]


# ---- at once, and killed


def test_a_link_to_the_data_stays_and_what_it_leads_to_is_replaced(folder, archive, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    (folder / "mới.csv").write_text("x", encoding="utf-8")
    kept = restore(archive, tmp_path / "link", on=DAY)
    assert (tmp_path / "link").is_symlink()
    assert kept.name == "mau_son-truoc-2026-11-22"
    assert not (folder / "mới.csv").exists()


def test_backups_at_once_are_all_kept(folder, tmp_path):
    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(back_up, folder, tmp_path / "kept", on=DAY) for _ in range(6)]
        made = {job.result() for job in jobs}
    assert len(made) == 6
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {path.name for path in made}
    for one in made:
        assert read_manifest(one)["commune"] == "xã Mẫu Sơn"


@pytest.mark.parametrize("work", ["backup", "restore", "import"])
def test_a_writer_waits_for_another_and_then_gives_up(folder, archive, tmp_path, monkeypatch, work):
    monkeypatch.setattr(backup, "_PATIENCE", 0.0)
    monkeypatch.setattr(safe_folders, "WAIT", 0.0)
    data, before = load(folder), contents(folder)
    do = {
        "backup": lambda: back_up(folder, tmp_path / "kept", on=DAY),
        "restore": lambda: restore(archive, folder, on=DAY),
        "import": lambda: ledger.append(folder, [later(data)], known=data.observed),
    }[work]
    with (
        safe_folders.locked(folder),
        speaking("en"),
        pytest.raises(RefusalError, match="another laikhe command is writing"),
    ):
        do()
    assert contents(folder) == before
    do()


def later(data):
    """Return a figure that can be appended."""
    return replace(data.observed[0], year=2023, recorded_on="2024-02-01")


def test_an_import_beside_a_restore_does_not_write_into_what_was_set_aside(folder, archive):
    path = folder / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",đính chính", ",x"), encoding="utf-8")
    data = load(folder)
    with ThreadPoolExecutor(1) as pool:
        with safe_folders.locked(folder):
            job = pool.submit(ledger.append, folder, [later(data)], known=data.observed)
            kept = backup._swap(backup._unpacked(archive, folder), folder, DAY)
        with pytest.raises(DataError, match="có người vừa sửa"):
            job.result()
    assert load(kept).observed == data.observed
    ledger.append(folder, [later(data)], known=load(folder).observed)
    assert len(load(folder).observed) == 6


@needs_fork
def test_a_killed_restore_loses_nothing_and_the_next_command_mends_it(folder, archive, tmp_path):
    (folder / "của tôi.csv").write_text("tôi", encoding="utf-8")
    old, new = (
        contents(folder),
        {name.removeprefix("data/"): content for name, content in _inside(archive).items()},
    )

    def prepare(moment):
        place = tmp_path / f"kill {moment}"
        shutil.copytree(folder, place / "data")
        return place / "data"

    def check(data):
        finish_restore(data)
        assert contents(data) in (old, new), "the data are there, the earlier or the new"
        if contents(data) == new:
            assert contents(data.with_name("data-truoc-2026-11-22")) == old
        restore(archive, data, on=DAY)
        assert contents(data) == new
        aside = [p for p in data.parent.iterdir() if p.name.startswith("data-truoc-")]
        assert old in map(contents, aside)
        assert {p.name for p in data.parent.iterdir()} == {"data", *(p.name for p in aside)}

    assert at_every_step(prepare, lambda data: restore(archive, data, on=DAY), check, tmp_path) > 15


def _inside(archive):
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist() if name != "manifest.json"}


@needs_fork
def test_a_killed_backup_leaves_no_half_zip_behind_the_next(folder, tmp_path):
    def check(kept):
        whole = [path for path in kept.iterdir() if path.suffix == ".zip" and path.name[0] != "."]
        made = back_up(folder, kept, on=DAY)
        assert sorted(kept.iterdir()) == sorted([*whole, made])
        for path in (*whole, made):
            assert set(read_manifest(path)["files"]) == set(contents(folder))
        assert sorted(p.name for p in folder.iterdir()) == sorted(contents(folder))

    def prepare(moment):
        (tmp_path / f"kept {moment}").mkdir()
        return tmp_path / f"kept {moment}"

    assert at_every_step(prepare, lambda kept: back_up(folder, kept, on=DAY), check, tmp_path) > 4


def test_the_next_command_of_any_kind_finishes_a_killed_restore(folder, archive):
    backup._unpacked(archive, folder)
    folder.rename(folder.with_name("mau_son-truoc-2026-11-22"))
    done = CliRunner().invoke(app, ["check", "--data", str(folder)])
    assert done.exit_code == 0, done.output
    assert load(folder).commune.name == "xã Mẫu Sơn"


def test_free_names(tmp_path):
    assert free_name(tmp_path / "a.zip").name == "a.zip"
    (tmp_path / "a.zip").touch()
    (tmp_path / "a-2.zip").touch()
    assert free_name(tmp_path / "a.zip").name == "a-3.zip"


def test_the_commands(folder, tmp_path):
    out = tmp_path / "kept"
    made = CliRunner().invoke(app, ["backup", "--data", str(folder), "--out", str(out)])
    assert made.exit_code == 0, made.output
    (archive,) = out.iterdir()
    assert f"Đã sao lưu: {archive}" in made.output
    back = CliRunner().invoke(app, ["restore", str(archive), "--data", str(folder), "--lang", "en"])
    assert back.exit_code == 0, back.output
    assert "What was there:" in back.output
