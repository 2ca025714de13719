"""Run notebooks in a kernel each, and show figures in them."""

from __future__ import annotations

import asyncio
import base64
import io
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import Text
from laikhe_analysis.outputs.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from nbformat import NotebookNode

__all__ = ["Figure", "NotebookError", "find_notebooks", "run_notebook", "run_notebooks", "show"]


class NotebookError(RuntimeError):
    """A notebook stopped: which, in which code cell (as numbered beside it), with what message."""

    def __init__(self, notebook: str, cell: int, message: str) -> None:
        self.text = Text(
            f"sổ tính {notebook} dừng ở ô {cell}: {message}",
            f"notebook {notebook} stopped in cell {cell}: {message}",
        )
        super().__init__(self.text.en)


class Figure:
    """A drawn figure: a picture for the eye, and in words for those who cannot see it.

    Notebook tests compare the words, so a figure whose numbers change does not pass unseen.
    """

    def __init__(self, png: bytes, alt: str) -> None:
        self.png, self.alt = png, alt

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        picture = base64.b64encode(self.png).decode()
        return {"image/png": picture, "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


def show(ax: Axes, alt: str, table: Table | None = None) -> None:
    """Show the figure of an Axes in a notebook, its words and its numbers with it.

    Parameters
    ----------
    ax : Axes
        A finished drawing.
    alt : str
        What the figure shows, in one sentence with its main numbers.
    table : Table, optional
        The numbers drawn, folded beneath the figure.
    """
    from IPython.display import display

    figure = ax.get_figure(root=True)
    assert figure is not None
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=110, bbox_inches="tight", metadata={"Software": None})
    display(Figure(content.getvalue(), alt))
    if table is not None:
        display(_Folded(table))


class _Folded:
    """A table that opens when its title is clicked."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        title = "Số liệu của hình / the figure's numbers"
        return f"<details><summary>{title}</summary>{self.table._repr_html_()}</details>"


def find_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in reading order.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    found = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not found:
        raise FileNotFoundError(f"no notebook NN_*.ipynb in {folder}")
    return found


def run_notebook(path: str | Path, parameters: Mapping[str, object]) -> NotebookNode:
    """Return the notebook, run from top to bottom in a fresh kernel; the file stays as it is.

    Parameters
    ----------
    path : Path
        The notebook; it runs in its own folder.
    parameters : mapping
        Names of its `parameters` cell to be set otherwise, with plain values.

    Raises
    ------
    NotebookError
        If a cell fails, or the notebook lacks the `parameters` cell that is to be changed.
    """
    path = Path(path)
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    if parameters:
        _inject(path.name, notebook, parameters)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": path.parent}},
    )  # fmt: skip
    running = {"cell": 0}

    def begin(cell: NotebookNode, cell_index: int) -> None:
        running["cell"] += "injected-parameters" not in cell.metadata.get("tags", [])

    client.on_cell_execute = begin
    try:
        return asyncio.run(client.async_execute(env=os.environ | _QUIET))
    except CellExecutionError as error:
        last = f"{error.ename}: {error.evalue}".strip()
        raise NotebookError(path.name, running["cell"], last) from None


_QUIET = {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "MPLBACKEND": "agg"}


def _inject(name: str, notebook: NotebookNode, parameters: Mapping[str, object]) -> None:
    """Add a cell that sets `parameters` behind the cell tagged so, as papermill does."""
    from nbformat.v4 import new_code_cell

    tagged = [i for i, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", [])]
    if not tagged:
        raise NotebookError(name, 0, "no cell tagged `parameters`")
    cell = notebook.cells[tagged[0]]
    wanted = {key: value for key, value in parameters.items() if f"{key} =" in cell.source}
    source = "\n".join(f"{key} = {value!r}" for key, value in wanted.items())
    if source:
        tag = "injected-parameters"
        added = new_code_cell(source, id=tag, metadata={"tags": [tag]})
        notebook.cells.insert(tagged[0] + 1, added)


def run_notebooks(
    paths: Sequence[Path],
    parameters: Mapping[str, object],
    on_done: Callable[[Path], None] = lambda path: None,
    *,
    workers: int = 2,
) -> dict[Path, NotebookNode]:
    """Return the notebooks, run `workers` at a time, in the order of `paths`.

    Raises
    ------
    NotebookError
        Of the first notebook that failed; those not yet begun are not run.
    """
    done: dict[Path, NotebookNode] = {}
    with ThreadPoolExecutor(workers) as pool:
        jobs = {pool.submit(run_notebook, path, parameters): path for path in paths}
        try:
            for job in as_completed(jobs):
                done[jobs[job]] = job.result()
                on_done(jobs[job])
        except NotebookError:
            pool.shutdown(cancel_futures=True)
            raise
    return {path: done[path] for path in paths}
