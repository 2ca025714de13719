"""The server behind `laikhe dashboard`: Voilà, for one notebook, on this machine only.

Imported where it is used: it brings Voilà and with it most of Jupyter.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from traitlets.config import Config

# jsonschema builds a grammar of a second for a format that nothing here uses
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
from voila.app import Voila  # noqa: E402
from voila.tornado.handler import TornadoVoilaHandler  # noqa: E402

__all__ = ["Server", "serve"]

ADDRESS = "127.0.0.1"
LONGEST_IPC = 103  # bytes of the path of a local socket
_CLOSED = ("/voila/files/", "/voila/api/contents", "/login", "/logout", "/voila/query/")
_KERNEL = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "connect-src 'self' ws://{host}; frame-ancestors 'none'"
)
"""What the page may load: what this server gives, and nothing from anywhere else."""

ELSEWHERE = "Không có trang này. Mở đường dẫn mà lệnh laikhe dashboard đã in ra."
FORBIDDEN = (
    "Chưa được phép. Mở đúng đường dẫn, cả phần sau dấu hỏi, mà lệnh laikhe dashboard đã in ra."
)


class _Refuse(tornado.web.RequestHandler):
    """Say in a sentence that there is nothing here."""

    def initialize(self, status: int, words: str) -> None:
        self.status, self.words = status, words

    def prepare(self) -> None:
        self.set_status(self.status)
        self.finish(
            f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>?</title><p>{self.words}</p>'
        )


class _Alive(JupyterHandler):
    """Say whether the kernel of a page still runs: 204, or 410 once it does not."""

    @tornado.web.authenticated
    async def get(self, kernel_id: str) -> None:
        manager: Any = self.kernel_manager
        alive = kernel_id in manager and await manager.get_kernel(kernel_id).is_alive()
        self.set_status(204 if alive else 410)
        self.finish()
        if not alive and kernel_id in manager:
            await manager.shutdown_kernel(kernel_id, now=True)


class _Page(TornadoVoilaHandler):  # type: ignore[misc]
    """The page, with the cookie that lets it end its kernel when it is closed."""

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        assert self.xsrf_token
        await super().get(None)


class Server(Voila):  # type: ignore[misc]
    """Voilà for one notebook, with everything closed that the page does not need."""

    on_ready: Callable[[int], None]
    port: Any

    def setup_template_dirs(self) -> None:
        super().setup_template_dirs()
        self.template_paths[:0] = [str(_assets("voila")), str(_assets(""))]

    def init_handlers(self) -> list[Any]:
        """Return the addresses that are answered."""
        every = super().init_handlers()
        page = every.pop()
        kept = [one for one in every if not any(part in one[0] for part in _CLOSED)]
        templates = [one for one in kept if one[0].startswith("/voila/templates/")]
        kept = [one for one in kept if one not in templates]
        return [
            *kept,
            (r"/voila/templates/(\w+/static/(?!.*\.\.)[\w./-]+)", *templates[0][1:]),
            (rf"/alive/({_KERNEL})", _Alive),
            (r"/login.*", _Refuse, {"status": 403, "words": FORBIDDEN}),
            (r"/", _Page, page[2]),
            (r"/.*", _Refuse, {"status": 404, "words": ELSEWHERE}),
        ]

    def listen(self) -> None:
        """Answer on this machine only, until stopped."""
        sockets = bind_sockets(self.port, ADDRESS)
        self.port = sockets[0].getsockname()[1]
        host = f"{ADDRESS}:{self.port}"
        self.app.settings["headers"] = {"Content-Security-Policy": POLICY.format(host=host)}
        server = HTTPServer(self.app)
        server.add_sockets(sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.on_ready, self.port)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            server.stop()
            self.stop()


def _assets(name: str) -> Path:
    """Return a folder of the package's assets."""
    return Path(str(files("laikhe_analysis.outputs"))) / "assets" / name


def _transport() -> str:
    """Return how kernels are reached: by files that only this user may open, where there are any."""
    longest = len(tempfile.gettempdir()) + len("/voila_12345678/kernel-.json-ipc-5") + 36
    return "ipc" if sys.platform == "linux" and longest <= LONGEST_IPC else "tcp"


def serve(
    notebook: Path,
    *,
    port: int,
    token: str,
    idle: int,
    on_ready: Callable[[int], None],
) -> None:
    """Serve one notebook on this machine until the program is stopped.

    Parameters
    ----------
    notebook : Path
        The notebook; its folder is where its kernels run.
    port : int
        Port, or 0 for a free one.
    token : str
        What the address must carry: no other user of this machine knows it.
    idle : int
        After how long the kernel of a page that nobody uses is stopped. [seconds]
    on_ready : function of the port
        Called once the page can be opened.

    Raises
    ------
    OSError
        If the port is taken.
    """
    config = {
        "VoilaConfiguration": {
            "strip_sources": True, "show_tracebacks": False, "file_allowlist": [],
            "allow_template_override": "NO", "allow_theme_override": "NO",
            "extension_allowlist": [
                "@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8",
            ],
        },
        "MappingKernelManager": {
            "cull_idle_timeout": idle, "cull_interval": max(1, min(60, idle // 4)),
            "cull_connected": True,
        },
        "KernelManager": {"autorestart": False, "transport": _transport()},
        "KernelSpecManager": {"kernel_dirs": []},
    }  # fmt: skip
    server = Server(
        config=Config(config), config_file_paths=[], log_level=logging.CRITICAL, port=port,
        notebook_path=str(notebook), token=token, open_browser=False,
        tornado_settings={
            "allow_remote_access": False, "ws_ping_interval": 30_000, "ws_ping_timeout": 30_000,
        },
    )  # fmt: skip
    server.on_ready = on_ready
    logging.disable(logging.CRITICAL)  # what users should read is told in words, on the page
    server.initialize(argv=[])
    server.start()
