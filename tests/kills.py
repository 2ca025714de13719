"""Kill a piece of work before each thing that it does to the disk, one after the other."""

import os
import signal
import sys
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest

from laikhe_analysis.office.batch.record import Job, record_of

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on Windows")

_STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "os.symlink"}
_KILLED = 77


def _is_step(base, event, given):
    """Return whether an audit event changes something below a folder, or exchanges two names."""
    if event == "ctypes.dlsym":
        return "rename" in str(given[1])
    if event == "open":
        path, _, flags = given
        is_written = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return bool(is_written) and str(path).startswith(base)
    return event in _STEPS and isinstance(given[0], str) and given[0].startswith(base)


def kill_before(base, moment):
    """End this process, as a kill does, before the step of that number below a folder."""
    left = [moment]

    def hook(event, given):
        if _is_step(base, event, given):
            left[0] -= 1
            if left[0] < 0:
                os._exit(_KILLED)

    sys.addaudithook(hook)


def killed(work, base: Path, moment: int) -> bool:
    """Do `work` in a child that is killed before its step of that number; return whether it was."""
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads that the child does not use
        child = os.fork()
    if child == 0:
        code = 1
        try:
            kill_before(str(base), moment)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, _KILLED), "the work failed by itself"
    return code == _KILLED


def at_every_step(prepare, work, check, base: Path) -> int:
    """Prepare, work and be killed, check; for every step of the work. Return how many there are.

    `prepare` makes the state before and returns what `work` and `check` are called with.
    """
    for moment in range(1000):
        given = prepare(moment)
        was_killed = killed(lambda given=given: work(given), base, moment)
        check(given)
        if not was_killed:
            return moment
    raise AssertionError("the work has no end")


@dataclass(frozen=True)
class Deadly(Job):
    """A job that kills its worker, the first time or always.

    It stands here as workers of a cluster import it by name: `conftest` may be another one to them.
    """

    mark: str = ""
    always: bool = False


def deadly(job):
    """Work on a job, or end the process that does."""
    if isinstance(job, Deadly) and (job.always or not Path(job.mark).exists()):
        Path(job.mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return record_of(job)
