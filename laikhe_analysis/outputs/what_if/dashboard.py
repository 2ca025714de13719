"""`laikhe dashboard`: serve the what-if page on this machine, to whoever started it."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import load
from laikhe_analysis.outputs.commands.refusal import choose_scenario, refuse

__all__ = ["IDLE", "NOTEBOOK", "run_dashboard", "served_notebook"]

NOTEBOOK = "09_what_if.ipynb"
IDLE = 1800
"""After how long a page that nobody uses is stopped. [seconds]"""


def served_notebook(content: dict[str, Any], parameters: Mapping[str, object]) -> dict[str, Any]:
    """Return what is served of a notebook: its code up to the cell that shows the page.

    What follows is the page's static twin, for tests and for paper.

    Parameters
    ----------
    content : dict
        The notebook as JSON.
    parameters : mapping
        Values for names of the cell tagged `parameters`.

    Examples
    --------
    >>> cells = [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "A = 1"},
    ...          {"cell_type": "code", "metadata": {}, "source": "show_page(A)"},
    ...          {"cell_type": "code", "metadata": {}, "source": "table(A)"}]
    >>> [cell["source"] for cell in served_notebook({"cells": cells}, {"A": 2})["cells"]]
    ['A = 1\\nA = 2', 'show_page(A)']
    """
    cells = []
    for cell in content["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        if "parameters" in tags:
            source += "".join(f"\n{name} = {value!r}" for name, value in parameters.items())
        cells.append(cell | {"outputs": [], "execution_count": None, "source": source})
        if "show_page(" in source:
            break
    metadata = content.get("metadata", {}) | {"title": "Nếu … thì sao?"}
    return content | {"cells": cells, "metadata": metadata}


def run_dashboard(
    data_folder: Path,
    notebook_folder: Path,
    *,
    scenario: str,
    port: int = 0,
    browser: bool = True,
    idle: int = IDLE,
    say: Callable[[Text], None],
) -> None:
    """Serve the what-if page until the program is stopped.

    The page is reached from this machine only, by the address that `say` is told, which holds a
    secret of this run. Each page has a kernel of its own.

    Parameters
    ----------
    data_folder, notebook_folder : Path
        The commune's data, and the notebooks.
    scenario : str
        The scenario to begin with.
    port : int
        Port, or 0 for a free one.
    browser : bool
        Open the page in the browser.
    idle : int
        After how long a page that nobody uses is stopped. [seconds]
    say : function of Text
        Told what a user should read.

    Raises
    ------
    DataError
        If the data cannot be used.
    RefusalError
        If there is no such scenario, no such notebook, or the port is taken.
    """
    content = _content(notebook_folder / NOTEBOOK)
    choose_scenario(scenario, list(load(data_folder).assumed))
    parameters = {"DATA": str(data_folder.resolve()), "SCENARIO": scenario}
    token = secrets.token_urlsafe(24)

    def ready(at: int) -> None:
        url = f"http://127.0.0.1:{at}/?token={token}"
        say(Text(f"Trang “Nếu … thì sao”: {url}", f"The what-if page: {url}"))
        say(Text("Chỉ máy này mở được. Dừng: bấm Ctrl+C.", "Only from this machine. Stop: Ctrl+C."))
        if browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    from laikhe_analysis.outputs.what_if.server import serve

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory(prefix="laikhe-") as place:
        notebook = Path(place) / NOTEBOOK
        shown = served_notebook(content, parameters)
        notebook.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
        try:
            serve(notebook, port=port, token=token, idle=idle, on_ready=ready)
        except OSError as error:
            raise refuse(
                "cổng {port} không dùng được ({why}); bỏ --port để lấy cổng còn trống",
                "port {port} cannot be used ({why}); leave --port out for a free one",
                usage=True, port=port, why=error.strerror or str(error),
            ) from None  # fmt: skip
    say(Text("Đã dừng.", "Stopped."))


def _content(path: Path) -> dict[str, Any]:
    """Return the notebook."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise refuse(
            "không đọc được sổ tính {path}; chỉ thư mục sổ tính bằng --notebooks",
            "the notebook {path} cannot be read; name its folder with --notebooks",
            usage=True, path=path,
        ) from None  # fmt: skip
    return content
