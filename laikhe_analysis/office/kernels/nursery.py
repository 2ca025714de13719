"""A process that has imported what notebooks do, and forks a kernel whenever one is asked for.

Before its first cell a kernel takes a second of a core, the fork of one next to nothing.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import weakref
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import IO, Any, NoReturn

__all__ = ["QUIET", "Child", "born", "open_nursery", "serve"]

QUIET = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "MPLBACKEND": "agg"}
"""What every kernel finds in its environment."""

_SERVE = "import sys; sys.path[:] = filter(None, sys.path); from {} import serve; serve()"
_HAVE = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "sqlite3", "jinja2", "pandas",
    "pandas.io.formats.style", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "scipy.special", "laikhe_analysis.data", "laikhe_analysis.findings.register",
    "laikhe_analysis.language.cells", "laikhe_analysis.monitor", "laikhe_analysis.plots",
    "laikhe_analysis.simulation",
)  # fmt: skip


def serve() -> None:
    """Read what kernels are asked for, a line each, and answer with the process of each.

    Ends when nobody can ask any more; kernels that are left see that and end too.
    """
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel reads it when it is imported
    for name in _HAVE:
        import_module(name)
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _be_kernel(**json.loads(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _bury(*_: object) -> None:
    """Let go of the kernels that have ended; their time counts as that of this process."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _be_kernel(arguments: list[str], cwd: str, env: dict[str, str]) -> NoReturn:
    """Be what ``python -m ipykernel_launcher`` with these arguments is."""
    from ipykernel.kernelapp import IPKernelApp

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for pipe in (0, 1):
        os.dup2(nothing, pipe)
    os.chdir(cwd)
    parent = os.environ["JPY_PARENT_PID"]
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=parent)
    sys.argv = ["ipykernel_launcher", *arguments]
    try:
        IPKernelApp.launch_instance()
    finally:
        os._exit(0)


class Child:
    """A forked kernel, as Jupyter looks at a `subprocess.Popen`.

    It is held by a handle of its own: once it has ended another process may be given its number.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)
        weakref.finalize(self, os.close, self._handle)

    def poll(self) -> int | None:
        """Return None while it lives."""
        looking = select.poll()
        looking.register(self._handle, select.POLLIN)
        return 0 if looking.poll(0) else None

    wait = poll

    def send_signal(self, number: int) -> None:
        """Send it a signal, nobody else where it has ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class _Nursery:
    """The process, seen from where kernels are asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE.format(__name__)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=os.environ | QUIET, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        atexit.register(self.close)

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        return to, back

    def ask(self, asked: dict[str, Any]) -> str:
        """Return the process of a kernel, "" where the nursery has died."""
        to, back = self._pipes()
        try:
            with self._lock:
                to.write(json.dumps(asked) + "\n")
                to.flush()
                return back.readline()
        except OSError:
            return ""

    def close(self) -> None:
        """Let it end."""
        for pipe in self._pipes():
            with suppress(OSError):
                pipe.close()
        self._process.wait()


_open: list[_Nursery] = []


def open_nursery() -> None:
    """Have one from now on, where processes can be forked and held: it pays from the third kernel on."""
    if not _open and _can_hold():
        _open.append(_Nursery())


def _can_hold() -> bool:
    """Return whether this system gives handles of processes: Linux from 5.3 on does."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


def born(arguments: list[str], cwd: str | Path | None, env: dict[str, str]) -> Child | None:
    """Return a kernel of the nursery, None where there is no nursery."""
    asked = {"arguments": arguments, "cwd": str(Path(cwd or ".").resolve()), "env": env}
    told = _open[0].ask(asked) if _open else ""
    return Child(int(told)) if told else None
