"""Run notebooks in a kernel each, and show figures in them."""

from __future__ import annotations

import ast
import asyncio
import base64
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import RefusalError, check_choice, check_kind, nearest, show_value
from laikhe_analysis.messages import Message, _, language, placed
from laikhe_analysis.office.kernels import open_nursery
from laikhe_analysis.office.kernels.nursery import QUIET
from laikhe_analysis.office.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from nbformat import NotebookNode

__all__ = [
    "Figure",
    "NotebookError",
    "find_notebooks",
    "import_nbformat",
    "run_notebook",
    "run_notebooks",
    "show",
]


class NotebookError(RefusalError):
    """A notebook stopped: which, in which code cell (as numbered beside it), with what message."""

    def __init__(self, notebook: str, cell: int, message: str) -> None:
        super().__init__(
            _(
                "sổ tính {notebook} dừng ở ô {cell}: {message}",
                notebook=notebook,
                cell=cell,
                message=message,
            )
        )


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


def import_nbformat() -> None:
    """Import it without the grammars of URIs, which take a second and check nothing of a notebook."""
    if "nbformat" not in sys.modules:
        sys.modules[_GRAMMARS] = None  # type: ignore[assignment]  # as if it were not installed
        import_module("nbformat")
        sys.modules.pop(_GRAMMARS, None)


_GRAMMARS = "rfc3987_syntax"


def find_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in reading order.

    Raises
    ------
    RefusalError
        If there is none.
    """
    found = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not found:
        raise RefusalError(
            _(
                "không có sổ tính NN_*.ipynb trong {folder}; chỉ thư mục khác bằng --notebooks",
                folder=folder,
            ),
            2,
        )
    return found


def run_notebook(
    path: str | Path, parameters: Mapping[str, object], lang: str = ""
) -> NotebookNode:
    """Return the notebook, run from top to bottom in a fresh kernel; the file stays as it is.

    Parameters
    ----------
    path : Path
        The notebook; it runs in its own folder.
    parameters : mapping
        Names of its `parameters` cell to be set otherwise, with plain values of the same kind.
    lang : {"", "vi", "en"}
        The language that its cells speak, its text among them; "" is that of this run.

    Raises
    ------
    NotebookError
        If a cell fails, the kernel does not start or dies, or the notebook lacks the `parameters`
        cell that is to be changed.
    ValueError
        If the cell has no parameter of a name, with the nearest one.
    TypeError
        If a value is of another kind than the cell's own.
    """
    for left in reversed(range(_STARTS)):
        found = _attempt(Path(path), parameters, lang or language(), is_last=not left)
        if found is not None:
            return found
    raise AssertionError("unreachable")


def _attempt(
    path: Path, parameters: Mapping[str, object], lang: str, *, is_last: bool
) -> NotebookNode | None:
    """Return the notebook that was run; None where its kernel did not start and may be tried again.

    A kernel is given ports that are free when it is asked for; another program may be quicker.
    """
    path = Path(path)
    import_nbformat()
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    from laikhe_analysis.office.kernels.manager import Manager

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            told = cell.source if lang == "vi" else Message(cell.source.strip()).pick(lang)
            cell.source = placed(told, lang)
    notebook.metadata["lang"] = lang
    if parameters:
        _inject(path.name, notebook, parameters)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", extra_arguments=["--log-level=40"],
        kernel_manager_class=Manager, shutdown_kernel="immediate",
        resources={"metadata": {"path": path.parent}}, record_timing=False, store_widget_state=False,
    )  # fmt: skip
    running = {"cell": 0}

    def begin(cell: NotebookNode, cell_index: int) -> None:
        running["cell"] += "injected-parameters" not in cell.metadata.get("tags", [])

    client.on_cell_execute = begin
    try:
        return asyncio.run(client.async_execute(env=os.environ | QUIET | {"LAIKHE_LANG": lang}))
    except CellExecutionError as error:
        last = f"{error.ename}: {error.evalue}".strip()
        raise NotebookError(path.name, running["cell"], last) from None
    except (CellTimeoutError, RuntimeError) as error:
        if running["cell"] or is_last:
            last = (str(error).splitlines() or [type(error).__name__])[0]
            raise NotebookError(path.name, running["cell"], last) from None
        return None


_STARTS = 3
"""How often a kernel is started before a notebook is given up."""


def _inject(name: str, notebook: NotebookNode, parameters: Mapping[str, object]) -> None:
    """Add a cell that sets `parameters` behind the cell tagged so, as papermill does."""
    from nbformat.v4 import new_code_cell

    place, known = _parameters(name, notebook)
    lines = []
    for key, value in parameters.items():
        check_choice(f"a parameter of {name}", key, list(known))
        lines.append(f"{key} = {_plain(key, value, known[key])!r}")
    tag = "injected-parameters"
    added = new_code_cell("\n".join(lines), id=tag, metadata={"tags": [tag]})
    notebook.cells.insert(place + 1, added)


def _parameters(name: str, notebook: NotebookNode) -> tuple[int, dict[str, object]]:
    """Return the place of the `parameters` cell, and its names with their plain values."""
    tagged = [i for i, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", [])]
    if not tagged:
        raise NotebookError(name, 0, "no cell tagged `parameters`")
    try:
        statements = ast.parse(notebook.cells[tagged[0]].source).body
    except SyntaxError as error:
        raise NotebookError(name, 0, f"SyntaxError: {error}") from None
    known: dict[str, object] = {}
    for statement in statements:
        if isinstance(statement, ast.Assign):
            value = _literal(ast.unparse(statement.value))
            known |= {x.id: value for x in statement.targets if isinstance(x, ast.Name)}
    return tagged[0], known


def _literal(source: str) -> object:
    """Return the value of a literal, None where it is none."""
    try:
        value: object = ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return None
    return value


_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "True or False"), ((int, float), "a number"), (str, "a text"),
    ((list, tuple), "a list"), (dict, "a dict"),
)  # fmt: skip


def _plain(name: str, value: object, usual: object) -> object:
    """Return a parameter as a plain value of the kind that it usually has.

    Raises
    ------
    TypeError
        If it is of another kind, or no plain value.
    """
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    elif hasattr(value, "dtype") and hasattr(value, "item"):
        value = value.item()  # a number of numpy's
    for kind, wanted in [pair for pair in _KINDS if isinstance(usual, pair[0])][:1]:
        is_other = isinstance(value, bool) != (kind is bool)
        check_kind(name, value, () if is_other else kind, wanted)
    if _literal(repr(value)) != value:
        raise TypeError(f"`{name}` must be a plain value, got {show_value(value)}.")
    return value


def run_notebooks(
    paths: Sequence[Path],
    parameters: Mapping[str, object],
    on_done: Callable[[Path], None] = lambda path: None,
    *,
    workers: int = 2,
    lang: str = "",
) -> dict[Path, NotebookNode]:
    """Return the notebooks, run `workers` at a time, in the order of `paths`.

    Parameters
    ----------
    paths : sequence of Path
    parameters : mapping
        Each notebook takes those that its `parameters` cell has.
    on_done : function of Path
        Called with every notebook that is done.
    workers : int
        Notebooks at a time.
    lang : {"", "vi", "en"}
        The language that they speak; "" is that of this run.

    Raises
    ------
    NotebookError
        Of the first notebook that failed; those not yet begun are not run.
    ValueError
        If none has a parameter, but one of a name that is like it.
    TypeError
        As `run_notebook`.
    """
    import_nbformat()
    import nbformat

    done: dict[Path, NotebookNode] = {}
    if len(paths) > 2:
        open_nursery()
    lang = lang or language()  # new threads do not know it
    own: dict[Path, Mapping[str, object]] = {}
    names: set[str] = set()
    for path in paths if parameters else ():
        _unused, known = _parameters(path.name, nbformat.read(path, as_version=4))
        own[path] = {key: value for key, value in parameters.items() if key in known}
        names |= set(known)
    for key in set(parameters) - names:
        if nearest(key, names, cutoff=0.7):
            check_choice("a parameter", key, sorted(names))
    with ThreadPoolExecutor(workers) as pool:
        jobs = {pool.submit(run_notebook, path, own.get(path, {}), lang): path for path in paths}
        try:
            for job in as_completed(jobs):
                done[jobs[job]] = job.result()
                on_done(jobs[job])
        except NotebookError:
            pool.shutdown(cancel_futures=True)
            raise
    return {path: done[path] for path in paths}
