"""What an open notebook speaks with: `part`, `say`, `show`, `draw`, `sliders`."""

from __future__ import annotations

import base64
import dis
import html
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import CodeType, TracebackType
from typing import TYPE_CHECKING, Any, ClassVar

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.language.tabular import as_csv, in_words, leaf
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.messages import Message, Text, _, language, write
from laikhe_analysis.messages.formatting import ESCAPE, as_markdown
from laikhe_analysis.vietnamese import (
    LABELS,
    as_written,
    format_number,
    is_fraction,
    label,
    unit_label,
    words,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from laikhe_analysis.findings import Finding

__all__ = ["answer", "draw", "part", "say", "show", "sliders", "within"]


_AXES = {"year": _("năm", context="unit"), "scenario": _("kịch bản"), "place": _("nơi")}
"""What the axes of a table are called."""


class part:  # noqa: N801 - reads as a word in a cell
    """A part of a notebook that says in one sentence what is missing, and stops there.

    Where a figure is missing (`NotComputable`) the sentence is shown and the names that the cell
    would have made are taken away; a later part that rests on them is left out without a word. Any
    other error is raised.
    """

    _withheld: ClassVar[dict[int, set[str]]] = {}

    def __enter__(self) -> part:
        frame = sys._getframe(1)
        self.names, self.made = frame.f_globals, _stored(frame.f_code)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:  # fmt: skip
        withheld = self._withheld.setdefault(id(self.names), set())
        if error is None:
            withheld -= self.made
            return False
        if isinstance(error, NotComputable):
            told = str(error)
            _display(f'<p class="missing">{html.escape(told)}</p>', told)
        elif not (isinstance(error, NameError) and error.name in withheld):
            return False
        withheld |= self.made
        for name in self.made:
            self.names.pop(name, None)
        return True


def _stored(code: CodeType) -> set[str]:
    """Return the names that the code of a cell makes."""
    return {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_NAME"}


def within(**given: tuple[float | None, float, float]) -> None:
    """Raise unless each parameter of the notebook lies in its range; None is left alone.

    Parameters
    ----------
    **given : (value, least, most)
        By the name of the parameter: ``within(HISTORY=(HISTORY, 3, 30))``.

    Raises
    ------
    ValueError
        Naming the parameter, what it must be and what it is.
    """
    for name, (value, least, most) in given.items():
        if value is not None and not least <= value <= most:
            raise ValueError(_("{name} phải từ {least:=} đến {most:=}, gặp {value:=}.", name=name,
                               least=least, most=most, value=value))  # fmt: skip


def say(template: str, **values: Any) -> None:
    """Show a sentence with its values, in the language of this run.

    The sentence is Markdown; the values, which may come of a file, are shown sign by sign.
    """
    from IPython.display import Markdown, display

    token = ESCAPE.set(as_markdown)
    try:
        display(Markdown(str(Message(template, values))))
    finally:
        ESCAPE.reset(token)


def answer(found: Finding) -> None:
    """Show a finding in its one wording, with the weakest origin that it rests on.

    Raises
    ------
    NotComputable
        If the finding is that nothing can be computed: the part ends there.
    """
    told = sentence_of(found)
    if found.key.endswith(".not_computable"):
        raise NotComputable(told)
    say("**{told}** *(căn cứ yếu nhất: {origin})*", told=told, origin=words(found.origin))


def draw(ax: Axes, template: str, **values: Any) -> None:
    """Show a figure, with a sentence of its main numbers for those who cannot see it.

    Notebook tests compare the sentence, so a figure whose numbers change does not pass unseen.
    """
    from IPython.display import display

    figure, told = ax.get_figure(root=True), str(Message(template, values))
    if figure is None:
        raise ValueError("`ax` must be part of a figure.")
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=110, bbox_inches="tight", metadata={"Software": None})
    picture = base64.b64encode(content.getvalue()).decode()
    display({"image/png": picture, "text/plain": told}, raw=True,
            metadata={"image/png": {"alt": told}})  # fmt: skip


def show(
    table: pd.DataFrame | pd.Series, *, caption: Message | str = "", default: str = "1",
    names: Mapping[str, Message | str] | None = None,
    units: Sequence[str] | Mapping[str, Sequence[str]] | None = None,
    classes: Mapping[str, Sequence[str]] | None = None, folded: bool = False, **columns: str,
) -> None:  # fmt: skip
    """Show a table with its numbers as readers write them; the numbers stay numbers.

    Names of the files (`co_so`, `industry`) in headings and index become their words. A table with
    `units` can be taken away as CSV, with a unit beside each number.

    Parameters
    ----------
    table : DataFrame or Series
    caption : Message or str
    default : str
        How numbers with decimals are written (see `language.write`); whole numbers stand as they
        are, what is missing as "–".
    names : mapping of str, optional
        What columns and rows are called, where the names of the files have no words.
    units : sequence of str or mapping of str, optional
        The unit of each row, whose numbers are then written alike; or that of each row by column,
        to be written behind the number. The index, if it only counts, is not shown.
    classes : mapping of str, optional
        Classes for the style of the cells of a column.
    folded : bool
        Whether a page shows only the caption until it is clicked; paper shows the table.
    **columns : str
        The same for single columns, by name: ``show(frame, growth="1%")``.
    """
    frame: Any = table.to_frame() if table.ndim == 1 else table  # type: ignore[operator]
    lang = language()
    axis_name = _AXES.get(str(frame.index.name or frame.columns.name), Text("")).pick(lang)
    told = frame if units is None else in_words(frame, units, lang, columns)
    if frame.columns.nlevels == 1:
        told = told.rename_axis(columns=axis_name or None)
    styler: Any = told.rename_axis(index=None).style
    for column in told.columns:
        spec = columns.get(str(column), default)
        is_float = told[column].dtype.kind == "f" or (str(column) in columns and units is None)
        writer = _writer(spec if is_float else "", lang)
        is_long = units is None and told[column].map(lambda x: len(str(x)) > _MARK).any()
        if is_long and not is_float:
            writer = _left(writer)
        styler = styler.format(writer, subset=[column])
    kind = "numbers" if units is None else "words"
    styler = styler.set_table_attributes(f'class="{kind}"')
    if caption and not folded:
        styler = styler.set_caption(html.escape(str(caption)))
    if units is not None and type(frame.index).__name__ == "RangeIndex":
        styler = styler.hide(axis="index")
    if units is not None:
        of_rows = isinstance(units, Mapping)
        styled = {x: ["number"] * len(told) for x in told.columns
                  if frame[x].dtype.kind in "fi" and not (of_rows and leaf(x) in units)}  # fmt: skip
        given = classes or {}
        styled |= {x: list(given[leaf(x)]) for x in told.columns if leaf(x) in given}
        styler = styler.set_td_classes(type(told)(styled, index=told.index))
    for axis in (0, 1):
        styler = styler.format_index(_namer(names or {}, lang), axis=axis)
    styler.uuid, styler.cell_ids = "", False
    taken = "" if units is None else as_csv(frame, units, columns, _namer(names or {}, lang))
    markup = styler.to_html()
    if folded:
        markup = f"<details><summary>{html.escape(str(caption))}</summary>{markup}</details>"
    _display(markup, frame.to_string(), taken)


_MARK = 20
"""Characters of the longest text that stands among numbers, at the right of its cell."""


def _left(writer: Any) -> Any:
    """Return what writes a cell of words, which are read from the left."""
    return lambda value: f'<div style="text-align:left">{writer(value)}</div>'


def _writer(spec: str, lang: str) -> Any:
    """Return what writes one cell."""

    def text(value: Any) -> str:
        if value is None or value != value:
            return "–"
        return write(value, spec, lang) if spec else html.escape(str(value))

    return text


def _namer(names: Mapping[str, Message | str], lang: str) -> Any:
    """Return what names one column or row."""

    def name(key: Any) -> str:
        own = names.get(key)
        if own is None or (lang != "vi" and isinstance(own, str) and key in LABELS):
            own = label(str(key), lang)  # a place's own name is Vietnamese
        return html.escape(own.pick(lang) if hasattr(own, "pick") else str(own))

    return name


def sliders(
    controls: pd.DataFrame, then: Callable[..., None], *, names: Mapping[str, Message | str]
) -> None:
    """Show a slider for each control, and beneath them what `then` shows of those that were moved.

    Nothing is shown where nobody looks (a test, a report): the ids of widgets are random. The
    sliders have no readouts, whose decimal point would be no Vietnamese one.

    Parameters
    ----------
    controls : DataFrame
        start, low, high, unit, a row each; a start beyond the ends widens its slider. [unit]
    then : callable
        Called with the values that were moved, by name. [unit]
    names : mapping of str to str
        What controls are called, where the names of the files have no words.
    """
    if "JPY_SESSION_NAME" not in os.environ:
        return
    import ipywidgets as w
    from IPython.display import display

    lang, steps = language(), controls.unit.map(lambda unit: 0.001 if is_fraction(unit) else 0.1)
    called = {name: str(names.get(name) or label(name, lang)) for name in controls.index}
    rows: dict[str, Any] = {str(name): row for name, row in controls.iterrows()}
    made = {
        name: w.FloatSlider(
            value=row.start, min=min(row.low, row.start), max=max(row.high, row.start),
            step=steps[name], description=called[name], readout=False,
            layout=w.Layout(width="40em"), style={"description_width": "22em"},
        )
        for name, row in rows.items()
    }  # fmt: skip

    def tell(**values: float) -> None:
        moved = {x: v for x, v in values.items() if abs(v - controls.start[x]) > steps[x] / 2}
        told = "; ".join(
            f"{called[x]} {format_number(as_written(v, controls.unit[x]), 1, lang)}"
            f" {unit_label(controls.unit[x], lang)}" for x, v in moved.items()
        )  # fmt: skip
        _display(f"<b>{html.escape(told)}</b>", told)
        then(**moved)

    display(w.VBox([*made.values(), w.interactive_output(tell, made)]))


def _display(markup: str, plain: str, taken: str = "") -> None:
    """Show markup, with plain text for those who read without a browser, and CSV to take away."""
    from IPython.display import display

    given = {"text/html": markup, "text/plain": plain} | ({"text/csv": taken} if taken else {})
    display(given, raw=True)
