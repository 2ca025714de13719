"""Backups: whole, checked, and never at the cost of what is there."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.outputs.commands.refusal import RefusalError
from laikhe_analysis.outputs.office import backup
from laikhe_analysis.outputs.office.backup import (
    back_up,
    free_name,
    is_plain,
    read_manifest,
    restore,
)

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


def test_locks_hidden_files_and_links_stay_out(folder, tmp_path):
    (folder / "~$observations.xlsx").write_text("x", encoding="utf-8")
    (folder / ".~lock.observations.csv#").write_text("x", encoding="utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    made = back_up(folder, tmp_path / "kept", on=DAY)
    assert not [n for n in read_manifest(made)["files"] if n[0] in ".~" or "link" in n]


@pytest.mark.parametrize("part", ["observations.csv", "commune.toml"])
def test_a_damaged_file_is_refused_by_name(folder, archive, part):
    before = contents(folder.parent)
    spoiled = rewritten(archive, lambda name, content: content + b"," if name == f"data/{part}"
                        else content)  # fmt: skip
    with pytest.raises(RefusalError, match=f"damaged in {part}"):
        restore(spoiled, folder, on=DAY)
    spoiled.unlink()
    assert contents(folder.parent) == before


def test_a_flipped_bit_is_refused(folder, archive):
    raw = bytearray(archive.read_bytes())
    for place in range(400, len(raw) - 2000, 997):
        spoiled = bytearray(raw)
        spoiled[place] ^= 0x10
        copy = archive.with_name("bit.zip")
        copy.write_bytes(spoiled)
        try:
            found = backup._checked(copy)
        except RefusalError:
            continue
        assert found == backup._checked(archive)  # a bit of no meaning, such as a time
    assert load(folder)


def test_a_cut_file_is_refused(folder, archive):
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(RefusalError, match="is damaged"):
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
        with pytest.raises(RefusalError, match="is no backup"):
            restore(foreign, folder, on=DAY)
    text = tmp_path / "note.zip"
    text.write_text("không phải zip", encoding="utf-8")
    with pytest.raises(RefusalError, match="is damaged"):
        restore(text, folder, on=DAY)
    with pytest.raises(FileNotFoundError):
        restore(tmp_path / "nowhere.zip", folder, on=DAY)


def test_another_communes_backup_is_refused(folder, archive, tmp_path):
    toml = folder / "commune.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Mẫu Sơn", "Bên Kia"), "utf-8")
    before = contents(folder)
    with pytest.raises(RefusalError, match="is of xã Mẫu Sơn, the folder mau_son of xã Bên Kia"):
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
    with pytest.raises(RefusalError, match=r"damaged in data/tasks2?\.csv"):
        restore(changed, folder, on=DAY)


def test_too_much_is_refused(folder, archive, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "LARGEST", 1000)
    with pytest.raises(RefusalError, match="at most 0 MB"):
        back_up(folder, tmp_path / "kept", on=DAY)
    with pytest.raises(RefusalError, match="is no backup"):
        restore(archive, folder, on=DAY)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [archive.name]


def test_nothing_to_keep(tmp_path):
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(RefusalError, match="holds no files"):
            back_up(place, tmp_path / "kept", on=DAY)


def test_a_failed_swap_puts_everything_back(folder, archive, monkeypatch):
    before, renamed = contents(folder.parent), []
    rename = Path.rename

    def fail_second(self, target):
        renamed.append(target)
        if len(renamed) == 2:
            raise PermissionError("locked")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_second)
    with pytest.raises(PermissionError):
        restore(archive, folder, on=DAY)
    assert contents(folder.parent) == before


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
