"""What notebook 08 shows of the forecasts' record: the contest's table, the Vietnamese series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.backtest import Backtest, backtest, compare
from laikhe_analysis.checks import Text
from laikhe_analysis.forecast import Forecast, base_rates, forecast
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.records import Plan
from laikhe_analysis.series import AnnualSeries, chain
from laikhe_analysis.vietnamese import format_percent, label, sentence

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "bias_text", "cautions", "contest_table", "coverage_rows", "example_of", "explained",
    "long_series", "method_table", "runs_of", "series_errors", "series_table",
]  # fmt: skip

METHODS = ("auto", "combination", "drift", "naive")
Runs = Mapping[str, Backtest]


def contest_table(summary: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one row per method of the kept measurements, its scores by length of history.

    Parameters
    ----------
    summary : DataFrame
        `benchmarks/results/m3_yearly_summary.csv`: cut, method, smape, coverage_80, ...

    Returns
    -------
    list of dict
        `method`, its `name` in words, and "{cut}_smape" [%] and "{cut}_coverage_80" [%] for each
        cut; the smallest error with the whole history first.
    """
    rows: dict[str, dict[str, Any]] = {}
    for record in summary.to_dict("records"):
        method = record["method"]
        row = rows.setdefault(method, {"method": method, "name": label(method)})
        row[f"{record['cut']}_smape"] = float(record["smape"])
        row[f"{record['cut']}_coverage_80"] = 100 * float(record["coverage_80"])
    return sorted(rows.values(), key=lambda row: row.get("full_smape", np.inf))


def long_series(
    facts: Mapping[str, AnnualSeries], least: int = 9
) -> tuple[list[str], NDArray[np.float64]]:
    """Return the public series that are long enough to be forecast and checked.

    Parameters
    ----------
    facts : mapping of str to AnnualSeries
    least : int
        Consecutive years of one definition that a series must have. [years]

    Returns
    -------
    names : list of str
    values : array of shape [series, years]
        Right-aligned; NaN before a series begins. Growth rates are chained to an index; shares of
        a whole are left out.
    """
    found: dict[str, tuple[float, ...]] = {}
    for name, series in sorted(facts.items()):
        usable = series.after_breaks().known()
        whole = len(usable) >= least and usable.years[-1] - usable.years[0] == len(usable) - 1
        if whole and series.unit != "%":
            levels = chain(usable) if series.unit == "fraction/year" else usable
            found[name] = levels.values
    width = max(map(len, found.values()), default=0)
    panel = np.full((len(found), width), np.nan)
    for row, values in zip(panel, found.values(), strict=True):
        row[width - len(values) :] = values
    return list(found), panel


def series_errors(run: Backtest) -> list[float]:
    """Return the mean percentage error of each series of a backtest. [%]"""
    errors = run.by_series("smape")
    return [errors[i] for i in sorted(errors)]


def coverage_rows(per_series: pd.DataFrame) -> list[dict[str, Any]]:
    """Return by length of history how the default did in the contest, its error and its bands.

    Parameters
    ----------
    per_series : DataFrame
        `benchmarks/results/m3_yearly.csv`: one row per series and cut.

    Returns
    -------
    list of dict
        cut, its `name` in words, smape and its standard error [%], in80, in95 and better [% of
        cases or series].
    """
    return [
        {
            "cut": cut,
            "name": "đủ năm" if cut == "full" else f"{str(cut).removeprefix('last ')} năm cuối",
            "smape": rows["auto_smape"].mean(),
            "error": rows["auto_smape"].std() / np.sqrt(len(rows)),
            "in80": 100 * rows["auto_coverage_80"].mean(),
            "in95": 100 * rows["auto_coverage_95"].mean(),
            "better": 100 * (rows["auto_smape"] < rows["naive_smape"]).mean(),
        }
        for cut, rows in per_series.groupby("cut", sort=False)
    ]


def runs_of(
    facts: Mapping[str, AnnualSeries], horizon: int = 3, origins: int = 5
) -> dict[str, Backtest] | Text:
    """Return the check of each method on the public series, or why there is none."""
    _, panel = long_series(facts)
    if len(panel) == 0:
        return Text(
            "Không kiểm tra được trên số liệu của thư mục này: reference.csv chưa có chuỗi nào dài "
            "chín năm liên tục cùng định nghĩa.",
            "No check on this folder: reference.csv has no series of nine consecutive years of one "
            "definition.",
        )
    return {m: backtest(panel, m, horizon=horizon, origins=origins) for m in METHODS}


def method_table(runs: Runs | Text, lang: str = "vi") -> Table | Text:
    """Return the error and the bands of each method on the public series, or why there are none."""
    if isinstance(runs, Text):
        return runs
    rows = []
    for name, run in runs.items():
        row: dict[str, Any] = {"method": label(name, lang)}
        for measure in ("smape", "mase"):
            score = run.score(measure)
            row |= {measure: score.value, f"{measure}_se": score.standard_error}
        row |= {f"in{p}": 100 * run.score(f"coverage_{p}").value for p in (80, 95)}
        rows.append(row)
    error = Text("sai số chuẩn", "standard error").pick(lang)
    columns = {
        "method": Text("Phương pháp", "Method").pick(lang),
        "smape": Text("Sai số, %", "sMAPE, %").pick(lang), "smape_se": error,
        "mase": Text("Sai số so với thay đổi một năm, lần", "MASE, times").pick(lang),
        "mase_se": error,
    }  # fmt: skip
    columns |= {
        f"in{p}": Text(f"khoảng {p}% chứa, %", f"{p}% band holds, %").pick(lang) for p in (80, 95)
    }
    return table(rows, columns, decimals=2, lang=lang)


def series_table(
    facts: Mapping[str, AnnualSeries], runs: Runs | Text, lang: str = "vi"
) -> Table | Text:
    """Return the error of the default and of no change on each series; a reason without any."""
    if isinstance(runs, Text):
        return runs
    names, panel = long_series(facts)
    tested = sorted(runs["auto"].by_series("smape"))
    errors = {m: dict(zip(tested, series_errors(runs[m]), strict=True)) for m in ("auto", "naive")}
    rows = [
        {"series": _named(name).pick(lang), "n": int(np.isfinite(panel[i]).sum())}
        | {m: found.get(i) for m, found in errors.items()}
        for i, name in enumerate(names)
    ]
    columns = {
        "series": Text("Chuỗi", "Series"), "n": Text("Số năm", "Years"),
        "auto": Text("Sai số của mặc định, %", "sMAPE, default, %"),
        "naive": Text("Sai số nếu giữ nguyên số cuối cùng, %", "sMAPE, no change, %"),
    }  # fmt: skip
    headings = {k: v.pick(lang) for k, v in columns.items()}
    return table(rows, headings, decimals={"n": 0, "auto": 2, "naive": 2}, lang=lang)


def bias_text(runs: Runs | Text) -> Text:
    """Return how the default compares with drift, which suits series that grow steadily."""
    if isinstance(runs, Text):
        return runs
    gap = compare(runs["auto"], runs["drift"], "mase")
    known = gap.standard_error
    error = Text("không tính được", "unknown") if known is None else known
    small = known is not None and abs(gap.value) < 2 * known
    clear = (
        Text(": chưa phân biệt được với ngẫu nhiên", ": within chance") if small else Text("", "")
    )
    return sentence(
        "So với phép tăng đều theo mức tăng bình quân, vốn hợp với chuỗi tăng đều, sai số của mặc định "
        "(tính bằng số lần thay đổi một năm) {sense} hơn {gap:2} (sai số chuẩn {error:2}, {n} "
        "chuỗi){clear}.",
        "Against drift, which suits steady growth, the default's MASE is {gap:2} {more} "
        "(standard error {error:2}, {n} series){clear}.",
        sense="cao" if gap.value > 0 else "thấp", more="higher" if gap.value > 0 else "lower",
        gap=abs(gap.value), error=error, n=gap.series, clear=clear,
    )  # fmt: skip


def cautions(plan: Plan) -> Text:
    """Return how often growth as fast as the plan's total or income was seen, a line each."""
    asked = (plan.role(name, "average_rate") for name in ("total_product", "income"))
    rate = next((target.rate for target in asked if target is not None), None)
    found = base_rates(rate, rate / 2, 10) if rate is not None else ()
    if not found:
        return Text(
            "Không so được: kế hoạch không nêu tốc độ tăng bình quân của tổng sản phẩm hay thu nhập.",
            "Nothing to compare: the plan states no average growth of product or income.",
        )
    vi, en = (
        [f"- {b.text.pick(x)}: **{format_percent(b.value, lang=x)}** ({b.source.pick(x)})"
         for b in found] for x in ("vi", "en")
    )  # fmt: skip
    return Text("\n".join(vi) + "\n\n", "; ".join(line[2:].replace("*", "") for line in en))


def example_of(facts: Mapping[str, AnnualSeries], horizon: int = 3) -> tuple[str, Forecast] | Text:
    """Return the longest public series of levels, forecast, or why there is none."""
    names, _ = long_series(facts)
    levels = [name for name in names if facts[name].unit != "fraction/year"]
    if not levels:
        return Text(
            "Không có ví dụ: thư mục chưa có chuỗi mức nào đủ dài để dự báo.",
            "No example: the folder has no series of levels long enough to forecast.",
        )
    longest = max(levels, key=lambda name: len(facts[name]))
    return longest, forecast(facts[longest], horizon)


def explained(example: tuple[str, Forecast] | Text) -> Text:
    """Return what a forecast says of itself, with its notes."""
    if isinstance(example, Text):
        return example
    name, found = _named(example[0]), example[1]
    notes = "\n".join(f"- {note.vi}" for note in found.notes)
    vi = f"{name.vi}: {found.explain('vi')}\n\n" + (f"{notes}\n\n" if notes else "")
    return Text(vi, f"{name.en}: {found.explain('en')}")


def _named(name: str) -> Text:
    """Return the place and the series of "place/series" in words."""
    place, _, series = name.partition("/")
    return Text(f"{place}: {label(series)}", f"{place}: {label(series, 'en')}")
