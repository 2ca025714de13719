"""Draw finished numbers on an Axes. Nothing is computed here, shown or saved.

One colour and one line style per meaning, so that an assumption never looks like a fact and a
figure printed in grey can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import check_choice
from laikhe_analysis.messages import Message, _, language
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import as_written, format_number, label, unit_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = [
    "MEANINGS",
    "SHADES",
    "Line",
    "mark_origin",
    "new_axes",
    "plot_band",
    "plot_bars",
    "plot_lines",
    "plot_past",
    "plot_paths",
    "plot_points",
    "plot_small",
]

MEANINGS: dict[str, dict[str, Any]] = {
    "observed": {"color": "#1a1a1a", "linestyle": "-", "marker": "o", "linewidth": 2.0},
    "forecast": {"color": "#0b5fa5", "linestyle": "--", "marker": "s", "linewidth": 1.8},
    "target": {"color": "#b3261e", "linestyle": "-.", "marker": "^", "linewidth": 1.8},
    "assumption": {"color": "#a15c00", "linestyle": ":", "marker": "D", "linewidth": 2.0},
    "reference": {"color": "#5f6b73", "linestyle": (0, (5, 1)), "marker": "v", "linewidth": 1.5},
}
"""How each meaning is drawn."""

SHADES = {
    "observed": ("#5c5c5c", "#808080"), "forecast": ("#063761", "#4389c2"),
    "target": ("#6e130d", "#d6574e"), "assumption": ("#5c3400", "#c27a0e"),
    "reference": ("#343c41", "#828e96"),
}  # fmt: skip
"""Colours of the second and third line of a meaning: as readable on white as the first."""

_MEANING_WORDS = {
    "observed": _("thực hiện", context="plot"),
    "forecast": _("dự báo"),
    "target": _("mục tiêu"),
    "assumption": _("giả định"),
    "reference": _("nơi khác"),
}
_FILLS = ("#35618f", "#d98e32", "#6a994e", "#8d6a9f", "#777777", "#b8565a")
_FONT = {"family": "DejaVu Sans"}


@dataclass(frozen=True)
class Line:
    """One line of a figure: its name, points and meaning (a key of `MEANINGS`)."""

    name: str
    years: Sequence[float]
    values: Sequence[float]
    meaning: str

    def __post_init__(self) -> None:
        check_choice("meaning", self.meaning, list(MEANINGS))


def new_axes(width: float = 8.0, height: float = 3.9) -> Axes:
    """Return an empty Axes of a figure of its own. [inches]"""
    return _new_figure(width, height).add_subplot()


def _new_figure(width: float, height: float) -> Figure:
    """Return an empty figure, in whose texts "$" is a sign: names are no formulas. [inches]"""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text as Words

    class Plain(Figure):
        def draw(self, renderer: RendererBase) -> None:
            for words in self.findobj(Words):
                words.set_parse_math(False)
            super().draw(renderer)

    figure = Plain(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _dress(ax: Axes, *, title: str, xlabel: str, ylabel: str, lang: str) -> None:
    """Write title and labels, and numbers as readers of `lang` write them."""
    from matplotlib.ticker import FuncFormatter

    ax.set_title(title, fontdict=_FONT, loc="left", fontsize=11)
    ax.set_xlabel(xlabel, fontdict=_FONT)
    ax.set_ylabel(ylabel, fontdict=_FONT)
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: format_number(value, _decimals(ax.get_yticks()), lang))
    )
    for text in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        text.set_fontfamily("DejaVu Sans")
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", color="#dddddd", linewidth=0.7)
    ax.set_axisbelow(True)


def _legend(ax: Axes, loc: str = "best", *, outside: bool = False) -> None:
    """Write the names of what is drawn, beside the Axes where they would hide a curve."""
    where = {"loc": "upper left", "bbox_to_anchor": (1.0, 1.0)} if outside else {"loc": loc}
    ax.legend(prop={"family": "DejaVu Sans", "size": 8}, frameon=False, **where)


def _decimals(ticks: NDArray[Any]) -> int:
    """Return how many decimals, up to 2, the numbers along an axis need."""
    step = abs(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    return next((n for n in (0, 1) if abs(round(step, n) - step) < 1e-9), 2)


def mark_origin(ax: Axes, origin: str, lang: str = "vi", below: int = 36) -> None:
    """Write the weakest origin of the numbers beneath a figure, `below` its axis. [points]

    Examples
    --------
    >>> ax = new_axes()
    >>> mark_origin(ax, "assumption")
    >>> ax.texts[-1].get_text()
    'Căn cứ yếu nhất: số giả định'
    """
    words = _("Căn cứ yếu nhất").pick(lang)
    check_choice("origin", origin, ORIGINS)
    ax.annotate(
        f"{words}: {label(origin, lang)}",
        (1.0, 0.0), xycoords="axes fraction", xytext=(0, -below), textcoords="offset points",
        ha="right", va="top", fontfamily="DejaVu Sans", fontsize=8, color="#555555",
    )  # fmt: skip


def plot_lines(
    lines: Sequence[Line],
    *,
    unit: str,
    title: str,
    origin: str,
    ax: Axes | None = None,
    lang: str = "vi",
) -> Axes:
    """Return the Axes with lines by year.

    Parameters
    ----------
    lines : sequence of Line
        Values in `unit`, by year.
    unit : str
        One of `vietnamese.UNITS`, or a fraction, which is drawn as per cents.
    title : str
        What is shown.
    origin : str
        Weakest origin of the numbers.
    ax : Axes, optional
        Where to draw; a new one otherwise.
    lang : {"vi", "en"}

    Raises
    ------
    ValueError
        If the unit is unknown.
    """
    ax = new_axes() if ax is None else ax
    used: dict[str, int] = {}
    for line in lines:
        style = dict(MEANINGS[line.meaning])
        shade = used.setdefault(line.meaning, 0)
        used[line.meaning] += 1
        style["color"] = (style["color"], *SHADES[line.meaning])[min(shade, 2)]
        style["marker"] = (style["marker"], "P", "X", "*")[min(shade, 3)]
        name = _with_meaning(line, lang)
        values = [as_written(value, unit) for value in line.values]
        ax.plot(list(line.years), values, label=name, markersize=5, **style)
    _years(ax, [year for line in lines for year in line.years])
    _dress(ax, title=title, xlabel=_("năm", context="unit").pick(lang),
           ylabel=unit_label(unit, lang), lang=lang)  # fmt: skip
    _legend(ax)
    mark_origin(ax, origin, lang)
    return ax


def _with_meaning(line: Line, lang: str) -> str:
    """Return a line's name with its meaning behind it, in one pair of brackets."""
    meaning = _MEANING_WORDS[line.meaning].pick(lang)
    if line.name.endswith(")"):
        return f"{line.name[:-1]}; {meaning})"
    return f"{line.name} ({meaning})"


def _years(ax: Axes, years: Sequence[float]) -> None:
    """Put a tick on whole years, at most about twelve."""
    if not years:
        return
    first, last = int(min(years)), int(max(years))
    step = max(1, -(-(last - first) // 12))
    ax.set_xticks(range(last - (last - first) // step * step, last + 1, step))


def plot_band(
    ax: Axes,
    years: Sequence[float],
    lower: Sequence[float],
    upper: Sequence[float],
    *,
    level: int,
    meaning: str = "forecast",
    lang: str = "vi",
) -> Axes:
    """Return the Axes with the band that holds `level` per cent of the cases added to it."""
    color = MEANINGS[meaning]["color"]
    words = _("khoảng {level}%", level=level).pick(lang)
    ax.fill_between(list(years), list(lower), list(upper), color=color,
                    alpha=0.32 if level <= 80 else 0.15, linewidth=0, label=words)  # fmt: skip
    _legend(ax)
    return ax


def plot_paths(
    paths: pd.DataFrame,
    *,
    unit: str,
    title: Message | str,
    origin: str,
    target: pd.Series[Any] | None = None,
    asked: Message | str | None = None,
    band: pd.DataFrame | None = None,
    meaning: str | Mapping[str, str] = "assumption",
    names: Mapping[str, Message | str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Return the Axes with the columns of a frame by year, in the language of this run.

    Parameters
    ----------
    paths : DataFrame
        One row per year, a column per line; names of the files (`co_so`) become their words. [unit]
    unit, title, origin
        As `plot_lines`.
    target : Series, optional
        What is asked for, by year. [unit]
    asked : Message or str, optional
        The name of its line.
    band : DataFrame, optional
        Lower and upper ends by year: lo_80 and hi_80, and of other levels alike. [unit]
    meaning : str or mapping of str
        Of the lines, one for all or by column (a key of `MEANINGS`).
    names : mapping of str, optional
        What columns are called, where the names of the files have no words.
    ax : Axes, optional

    Raises
    ------
    ValueError
        If the unit or a meaning is unknown.
    """
    lang, lines = language(), []
    for name, path in paths.items():
        known, kind = path.dropna(), meaning if isinstance(meaning, str) else meaning[str(name)]
        told = str((names or {}).get(str(name)) or label(str(name), lang))
        lines.append(Line(told, list(known.index), list(known), kind))
    if target is not None:
        lines.append(Line(str(asked or target.name), list(target.index), list(target), "target"))
    ax = plot_lines(lines, unit=unit, title=str(title), origin=origin, ax=ax, lang=lang)
    if band is not None:
        levels = sorted({int(name.partition("_")[2]) for name in band.columns}, reverse=True)
        for level in levels:  # the inner ones on top
            low, high = (band[f"{end}_{level}"].tolist() for end in ("lo", "hi"))
            plot_band(ax, band.index.tolist(), low, high, level=level, meaning=lines[0].meaning,
                      lang=lang)  # fmt: skip
    return ax


def plot_small(
    panels: Mapping[str, pd.DataFrame],
    *,
    units: Sequence[str],
    origin: str,
    meaning: Mapping[str, str],
    names: Mapping[str, Message | str] | None = None,
    across: int = 3,
) -> Axes:
    """Return the first Axes of small figures side by side, one legend for all.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        Title of each figure and its lines: one row per year, a column per line. [its unit]
    units : sequence of str
        Of each figure.
    origin : str
        Weakest origin of the numbers.
    meaning : mapping of str
        Of the lines, by column (a key of `MEANINGS`).
    names : mapping of str, optional
        What columns are called, where the names of the files have no words.
    across : int
        Figures in a row.

    Raises
    ------
    ValueError
        If there is no figure to draw.
    """
    lang, drawn = language(), []
    for frame in panels.values():
        lines = []
        for name, path in frame.items():
            look = MEANINGS[meaning[str(name)]] | {"linewidth": 1.3, "markersize": 3}
            told = str((names or {}).get(str(name)) or label(str(name), lang))
            lines.append((told, path, look))
        drawn.append(lines)
    return _side_by_side(list(panels), drawn, units, origin, across)


def plot_past(
    panels: Mapping[str, tuple[pd.DataFrame, pd.Series[Any]]],
    *,
    units: Sequence[str],
    origin: str,
    across: int = 3,
) -> Axes:
    """Return the first Axes of small figures of past projections against what came true.

    A thin line for each projection, the newer the bolder; outcomes are points.

    Parameters
    ----------
    panels : mapping of str to (DataFrame, Series)
        Title of each figure; its projections, one row per year and a column per day on which they
        were made, oldest first; its outcomes by year. [its unit]
    units, origin, across
        As `plot_small`.

    Raises
    ------
    ValueError
        If there is no figure to draw.
    """
    drawn = []
    for paths, outcomes in panels.values():
        steps = max(len(paths.columns) - 1, 1)
        lines = [
            (str(_("dự tính từng lần, càng mới càng đậm")), paths[day].dropna(),
             MEANINGS["forecast"] | {"marker": ".", "linewidth": 0.8 + 1.2 * place / steps})
            for place, day in enumerate(paths.columns)
        ]  # fmt: skip
        came = MEANINGS["observed"] | {"linestyle": "", "markersize": 4}
        drawn.append([*lines, (str(_("thực tế")), outcomes, came)])
    return _side_by_side(list(panels), drawn, units, origin, across)


def _side_by_side(
    titles: Sequence[str],
    drawn: Sequence[Sequence[tuple[str, pd.Series[Any], Mapping[str, Any]]]],
    units: Sequence[str],
    origin: str,
    across: int,
) -> Axes:
    """Return the first Axes of small figures, whose lines have a name, points and a look each."""
    if not titles:
        raise ValueError("`panels` must hold at least one figure.")
    lang, rows = language(), -(-len(titles) // across)
    figure = _new_figure(3.1 * across, 1.9 * rows + 0.5)
    every = figure.subplots(rows, across, squeeze=False).ravel()
    for ax, title, lines, unit in zip(every, titles, drawn, units, strict=False):
        for told, path, look in lines:
            ax.plot(list(path.index), [as_written(x, unit) for x in path], label=told, **look)
        words = fill(f"{title}, {unit_label(unit, lang)}", 38)
        _dress(ax, title="", xlabel="", ylabel="", lang=lang)
        ax.set_title(words, fontdict=_FONT, loc="left", fontsize=8)
        years = [int(year) for _told, path, _look in lines for year in path.index]
        ax.set_xticks([min(years), max(years)])
        ax.tick_params(labelsize=7)
    for ax in every[len(titles) :]:
        ax.set_visible(False)
    shown = {
        text: line
        for ax in every
        for line, text in zip(*ax.get_legend_handles_labels(), strict=True)
    }
    figure.legend(shown.values(), shown.keys(), loc="outside upper left", ncols=4, frameon=False,
                  prop={"family": "DejaVu Sans", "size": 8})  # fmt: skip
    weakest = _("Căn cứ yếu nhất").pick(lang)
    figure.supxlabel(f"{weakest}: {label(origin, lang)}", x=1.0, ha="right", fontsize=8,
                     fontfamily="DejaVu Sans", color="#555555")  # fmt: skip
    return every[0]  # type: ignore[no-any-return]


def plot_bars(
    values: Mapping[str, float | tuple[float, float]],
    *,
    unit: str,
    title: str,
    origin: str,
    line: tuple[str, float] | None = None,
    decimals: int = 1,
    ax: Axes | None = None,
    lang: str = "",
) -> Axes:
    """Return the Axes with one horizontal bar per name, each with its number.

    Parameters
    ----------
    values : mapping of str to float or (float, float)
        Numbers in `unit`, from top to bottom; a pair is a bar from the lower to the higher.
    line : (str, float), optional
        A named level to compare with, such as the target.
    decimals : int
        Decimals of the numbers on the bars.
    """
    ax = new_axes(8.0, 0.9 + 0.32 * len(values)) if ax is None else ax
    lang = lang or language()
    names, pairs = list(values), any(isinstance(v, tuple) for v in values.values())
    ax.use_sticky_edges = not pairs
    ends = [
        [as_written(end, unit) for end in (sorted(v) if isinstance(v, tuple) else [v])]
        for v in values.values()
    ]
    for i, end in enumerate(ends):
        start = end[0] if len(end) > 1 else 0.0
        ax.barh(i, end[-1] - start, left=start, color=_FILLS[0], height=0.6)
        shifts = (4, -4) if len(end) > 1 or end[0] >= 0 else (-4,)
        for value, shift in zip(reversed(end), shifts, strict=False):
            ax.annotate(format_number(value, decimals, lang), (value, i), xytext=(shift, 0),
                        textcoords="offset points", ha="left" if shift > 0 else "right",
                        va="center", fontfamily="DejaVu Sans", fontsize=8.5)  # fmt: skip
    _dress(ax, title=title, xlabel=unit_label(unit, lang), ylabel="", lang=lang)
    ax.set_yticks(range(len(names)), names, fontfamily="DejaVu Sans", fontsize=9)
    ax.invert_yaxis()
    ax.grid(False)
    if not decimals:
        ax.locator_params(axis="x", integer=True)
    _number_ticks(ax, lang)
    if line is not None:
        look = {key: MEANINGS["target"][key] for key in ("color", "linestyle")}
        ax.axvline(as_written(line[1], unit), label=line[0], **look)
        _legend(ax, "lower right")
    ax.margins(x=0.12)
    mark_origin(ax, origin, lang)
    return ax


def _number_ticks(ax: Axes, lang: str) -> None:
    """Write the numbers of the horizontal axis as readers of `lang` do."""
    from matplotlib.ticker import FuncFormatter

    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: format_number(value, _decimals(ax.get_xticks()), lang))
    )


def plot_points(
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    points: Mapping[str, tuple[float, float]],
    *,
    xlabel: str,
    ylabel: str,
    title: str,
    origin: str,
    ax: Axes | None = None,
    lang: str = "",
) -> Axes:
    """Return the Axes with named curves and named points, such as revenue by area and price.

    Parameters
    ----------
    lines : mapping of str to (x, y)
        Curves.
    points : mapping of str to (x, y)
        Single points, each with its name beside it.
    """
    ax, lang = new_axes() if ax is None else ax, lang or language()
    dashes = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))
    for i, (name, (x, y)) in enumerate(lines.items()):
        ax.plot(list(x), list(y), label=name, color=_FILLS[i % len(_FILLS)],
                linestyle=dashes[i % len(dashes)], linewidth=1.8)  # fmt: skip
    for name, (px, py) in points.items():
        ax.plot([px], [py], marker="o", color="#1a1a1a", markersize=6, linestyle="")
        ax.annotate(name, (px, py), xytext=(6, 6), textcoords="offset points",
                    fontfamily="DejaVu Sans", fontsize=8)  # fmt: skip
    _dress(ax, title=title, xlabel=xlabel, ylabel=ylabel, lang=lang)
    _number_ticks(ax, lang)
    if lines:
        _legend(ax, outside=len(lines) > 4)
    mark_origin(ax, origin, lang)
    return ax
