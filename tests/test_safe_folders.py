"""One lock for all writers, and names that change places."""

import errno
import os
import subprocess
import sys

import pytest

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.messages import speaking
from laikhe_analysis.office.forms import safe_folders as s

HOLD = """
import sys
from pathlib import Path
from laikhe_analysis.office.forms.safe_folders import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_the_lock_lies_beside_and_goes_with_its_holder(place):
    with s.locked(place):
        assert [path.name for path in place.parent.iterdir() if path != place] == [".data.lock"]
        assert list(place.iterdir()) == []
    assert list(place.parent.iterdir()) == [place]


def test_another_process_is_refused_and_a_killed_one_holds_nothing(place):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().strip() == b"held"
        said = r"another laikhe command is writing .*data: wait"
        with speaking("en"), pytest.raises(RefusalError, match=said), s.locked(place, wait=0.1):
            pytest.fail("two hold it")
        process.kill()
        process.wait()
    assert (place.parent / ".data.lock").exists(), "it was left, and is no lock"
    with s.locked(place, wait=0.0):
        pass


def test_a_link_and_the_folder_itself_have_one_lock(place):
    (place.parent / "link").symlink_to(place)
    with s.locked(place), pytest.raises(RefusalError), s.locked(place.parent / "link", wait=0.0):
        pytest.fail("two hold it")


def test_a_lock_whose_file_its_last_holder_removed_is_asked_for_again(place, monkeypatch):
    lock, calls = s._lock, []

    def slow(handle):
        if not calls:
            (place.parent / ".data.lock").unlink()  # as the last holder does when it ends
        calls.append(handle)
        lock(handle)

    monkeypatch.setattr(s, "_lock", slow)
    with s.locked(place, wait=1.0):
        assert len(calls) == 2
        with pytest.raises(RefusalError), s.locked(place, wait=0.0):
            pytest.fail("two hold it")


def test_where_one_may_not_write_beside_the_lock_lies_within(place, monkeypatch):
    real = type(place).open

    def opened(path, *given, **named):
        if path.name == ".data.lock":
            raise PermissionError(errno.EACCES, "no")
        return real(path, *given, **named)

    monkeypatch.setattr(type(place), "open", opened)
    with s.locked(place):
        assert [path.name for path in place.iterdir()] == [".laikhe.lock"]
    assert list(place.iterdir()) == []
    with (
        speaking("en"),
        pytest.raises(RefusalError, match="cannot be written"),
        s.locked(place / "no" / "data"),
    ):
        pytest.fail("nothing to lock")


def test_a_file_system_without_locks_has_one_writer(place, monkeypatch):
    def none(handle):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(s, "_lock", none)
    with s.locked(place):
        pass


def test_only_folders_of_that_place_and_purpose_are_left_over(place):
    mine = [s.new_beside(place, "moi"), s.new_beside(place, "moi")]
    other = s.new_beside(place, "cu")
    for name in (
        ".data-laikhe-moi-kurz",
        ".data2-laikhe-moi-abcdefgh",
        ".data-laikhe-moi-ABCDEFGH",
    ):
        (place.parent / name).mkdir()
    (place.parent / ".data-laikhe-moi-abcdefgh").symlink_to(place)
    assert sorted(s.left_over(place, "moi")) == sorted(mine)
    assert sorted(s.left_over(place, "moi", "cu")) == sorted([*mine, other])
    assert s.left_over(place / "no" / "data", "moi") == []
    assert s.for_purpose(mine[0], "cu").name == mine[0].name.replace("-moi-", "-cu-")
