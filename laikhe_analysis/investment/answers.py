"""The study in a few sentences, the verdict first: what a leader reads, in two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.investment.market import FACTORS, Factor, Market
from laikhe_analysis.investment.questions import Question
from laikhe_analysis.investment.requirements import Requirement
from laikhe_analysis.investment.verdicts import NO_VERDICT, Verdict
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import (
    format_number,
    format_percent,
    format_shortest,
    label,
    unit_label,
)

__all__ = ["answer", "assumed"]

_HARMLESS = {"premium": 1, "sold": 1, "default": 0, "collection": 1, "cost": 0, "in_time": 1}


def answer(
    needs: Sequence[Requirement],
    land: Sequence[Mapping[str, Any]],
    verdicts: Sequence[Verdict],
    order: Sequence[Mapping[str, Any]],
    asked: Sequence[Question],
    *,
    market: Market,
) -> tuple[Text, ...]:
    """Return the answer in sentences.

    Parameters
    ----------
    needs : sequence of Requirement
        At least one, the plan's rule first.
    land : sequence of mapping
        Rows of `land_table` for these requirements.
    verdicts : sequence of Verdict
    order : sequence of mapping
        Rows of `ranking`, what matters most first.
    asked : sequence of Question
    market : Market
        What is assumed.

    Returns
    -------
    tuple of Text
        The whole in one sentence; what each rule needs; the verdict under each; what is assumed;
        what matters most; the first question.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine, SharingRule
    >>> from laikhe_analysis.investment.requirements import requirement
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0, 1, 0, 0, 0, "plan", "statement")
    >>> need = requirement(300, SharingRule("all", (line,)), years=range(2026, 2031))
    >>> answer([need], [], [], [], [], market=Market(Factor("fixed", 8.0)))[0].en
    '300.000 billion VND in 2026-2030 means 60.000 billion VND to spend every year.'
    """
    pairs = [
        tuple(_needed(need, land, lang) for lang in ("vi", "en"))
        for need in needs
        if need.gross is not None
    ]
    matter = [tuple(_effects(order[:3], lang) for lang in ("vi", "en"))] if order else []
    is_inventory = any(one.name != NO_VERDICT for one in verdicts)
    first = [
        Text(
            f"Câu hỏi đầu tiên với thành phố: {one.text.vi}",
            f"The first question to the city: {one.text.en}",
        )
        for one in asked[:1]
    ]
    return (
        Text(*(_whole(needs[0], verdicts, lang) for lang in ("vi", "en"))),
        *(Text(*pair) for pair in pairs),
        *(one.text for one in verdicts),
        assumed(market, is_inventory=is_inventory),
        *(Text(*pair) for pair in matter),
        *first,
    )


def assumed(market: Market, *, is_inventory: bool = False) -> Text:
    """Return what is assumed of the market, in one sentence.

    Examples
    --------
    >>> assumed(Market(Factor("triangular", 8, 5, 16))).en
    'Assumed: starting price from 5 to 16 million VND/m², mostly 8; the rest at its best.'
    """
    names = ("default", "collection") if is_inventory else FACTORS
    words = []
    for lang in ("vi", "en"):
        parts = [
            f"{label(name, lang)} {_spread(name, market.factor(name), lang)}"
            for name in names
            if market.factor(name).variation or market.factor(name).mode != _HARMLESS.get(name)
        ]
        if is_inventory:
            own = Text("giá và khả năng bán theo danh mục", "prices and sales as in the inventory")
            parts.insert(0, own.pick(lang))
            if market.slip:
                parts.append(f"{label('slip', lang)} {format_shortest(market.slip, lang)}")
        if market.shock:
            tie = Text("giá và lượng bán cùng giảm, tương quan", "prices and sales fall together,")
            parts.append(f"{tie.pick(lang)} {format_shortest(market.shock, lang)}")
        if len(parts) < len(names):
            rest = Text("các yếu tố khác ở mức thuận lợi nhất", "the rest at its best")
            parts.append(rest.pick(lang))
        words.append(f"{Text('Giả định', 'Assumed').pick(lang)}: {'; '.join(parts)}.")
    return Text(*words)


def _whole(need: Requirement, verdicts: Sequence[Verdict], lang: str) -> str:
    """Return the total, what it means a year, and the verdicts in one sentence."""
    total = format_number(need.total, 3, lang)
    each = format_number(need.total / len(need.years), 3, lang)
    span = f"{need.years[0]}-{need.years[-1]}"
    head = Text(
        f"{total} tỷ đồng giai đoạn {span} tức mỗi năm được chi {each} tỷ đồng",
        f"{total} billion VND in {span} means {each} billion VND to spend every year",
    ).pick(lang)
    names = list(dict.fromkeys(one.name for one in verdicts))
    if names == [NO_VERDICT]:
        return f"{head}: {label(NO_VERDICT, lang)}."
    groups = [
        f"{label(name, lang)} ({', '.join(label(v.rule, lang) for v in verdicts if v.name == name)})"
        for name in names
    ]
    if not groups:
        return f"{head}."
    mark = label(weakest_origin(*(one.origin for one in verdicts)), lang)
    said = label(names[0], lang) if len(names) == 1 else "; ".join(groups)
    return f"{head}: {said} ({mark})."


def _needed(need: Requirement, land: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Return what one rule asks for, in one sentence."""
    rows = [row for row in land if row["rule"] == need.rule and row["area_ha"] is not None]
    areas = "; ".join(
        Text(
            f"{format_number(row['area_ha'], 2)} ha ở giá {format_shortest(row['price'], 'vi')} triệu "
            f"đồng/m² (mỗi năm khoảng {format_number(row['plots_per_year'], 0)} lô "
            f"{format_shortest(row['plot_m2'], 'vi')} m²)",
            f"{format_number(row['area_ha'], 2, 'en')} ha at {format_shortest(row['price'], 'en')} million "
            f"VND/m² (about {format_number(row['plots_per_year'], 0, 'en')} plots of "
            f"{format_shortest(row['plot_m2'], 'en')} m² a year)",
        ).pick(lang)
        for row in rows
    )
    share, n = format_percent(need.share, 0, lang), len(need.left_years)
    gross, each, left = (
        format_number(x or 0.0, 3, lang)
        for x in (need.gross, need.gross_per_year, need.left_gross_per_year)
    )
    words = label(need.rule, lang)
    later = Text(f", trong {n} năm còn lại {left}", f", {left} in each of the {n} years left")
    tail = later.pick(lang) if n < len(need.years) else ""
    return Text(
        f"{words[:1].upper()}{words[1:]}, được hưởng {share}: phải thu {gross} tỷ đồng, mỗi năm "
        f"{each}{tail}; đất phải bán: {areas}.",
        f"{words[:1].upper()}{words[1:]}, {share} retained: {gross} billion VND to collect, {each} "
        f"a year{tail}; land to sell: {areas}.",
    ).pick(lang)


def _effects(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Return what moves the money most, with what each factor does by itself."""
    to = Text("đến", "to").pick(lang)
    shown = []
    for row in rows:
        ends = sorted((row["change_low"], row["change_high"]))
        low, high = (f"{'+' * (x > 0)}{format_percent(x, 0, lang)}" for x in ends)
        shown.append(f"{label(row['name'], lang)} ({low} {to} {high})")
    head = Text(
        "Ảnh hưởng nhiều nhất đến số tiền được hưởng", "What moves the money retained most"
    ).pick(lang)
    return f"{head}: {'; '.join(shown)}."


_UNITS = {"price": "million VND/m2", "premium": "ratio"}
"""Units of the factors that are no shares."""


def _spread(name: str, factor: Factor, lang: str) -> str:
    """Return a distribution in words, with its unit."""
    wide = factor.kind == "triangular"
    low, high = (factor.low, factor.high) if wide else factor.limits
    unit = _UNITS.get(name, "%")
    scale = 100 if unit == "%" else 1
    a, b, mode = (format_shortest(round(scale * x, 9), lang) for x in (low, high, factor.mode))
    end = f"{'' if unit == '%' else ' '}{unit_label(unit, lang)}"
    if factor.kind == "fixed":
        return f"{mode}{end}"
    told = (
        Text(f"từ {a} đến {b}{end}, thường là {mode}", f"from {a} to {b}{end}, mostly {mode}")
        if wide
        else Text(
            f"khoảng {mode}{end}, 80% từ {a} đến {b}", f"about {mode}{end}, 80% from {a} to {b}"
        )
    )
    return told.pick(lang)
