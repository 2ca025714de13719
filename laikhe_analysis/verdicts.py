"""The verdict, by a rule fixed in advance, for each sharing rule on its own.

At least 80 in 100 cases: feasible; from 50: feasible with risk; from 20: unlikely; fewer: not
feasible under the stated assumptions. Without an inventory of land there is no verdict, only the
areas that would decide it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.checks import Text, require
from laikhe_analysis.proceeds import Outcome
from laikhe_analysis.questions import Question
from laikhe_analysis.requirements import Requirement
from laikhe_analysis.vietnamese import format_number, format_percent, label

__all__ = ["LEVELS", "NO_VERDICT", "Verdict", "answer", "verdict", "verdict_name"]

LEVELS: dict[float, str] = {0.8: "feasible", 0.5: "feasible_with_risk", 0.2: "unlikely"}
"""The lowest probability of each verdict; below the last it is "not_feasible"."""

NO_VERDICT = "not_enough_evidence"


def verdict_name(probability: float | None) -> str:
    """Return the verdict that a probability of reaching the total stands for.

    Parameters
    ----------
    probability : float or None
        None when there is no inventory to compute it from. [fraction]

    Raises
    ------
    ValueError
        If it is not from 0 to 1.

    Examples
    --------
    >>> [verdict_name(p) for p in (0.8, 0.5, 0.2, 0.19, None)]
    ['feasible', 'feasible_with_risk', 'unlikely', 'not_feasible', 'not_enough_evidence']
    """
    if probability is None:
        return NO_VERDICT
    require(0 <= probability <= 1, "probability", probability, "from 0 to 1 (a fraction)")
    return next((name for level, name in LEVELS.items() if probability >= level), "not_feasible")


@dataclass(frozen=True)
class Verdict:
    """The verdict under one sharing rule.

    `areas_ha` holds the saleable land from which each level of confidence is reached; `is_close`
    says that the probability lies within two standard errors of a limit between verdicts.
    """

    rule: str
    name: str
    probability: float | None
    standard_error: float | None
    is_close: bool
    areas_ha: dict[float, float | None]
    origin: str
    text: Text


def verdict(
    rule: str,
    found: Outcome | None,
    areas_ha: Mapping[float, float | None],
    *,
    origin: str,
    is_inventory: bool,
) -> Verdict:
    """Return the verdict under one rule, with its words.

    Parameters
    ----------
    rule : str
        Name of the sharing rule.
    found : Outcome or None
        What the draws say of the land at hand; None when there is none.
    areas_ha : mapping
        Saleable land by level of confidence; see `area_thresholds`. [ha]
    origin : str
        The weakest origin of everything behind it.
    is_inventory : bool
        Whether the land at hand is an inventory. An area that is only assumed gets its
        probability, but no verdict.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> areas = {0.8: 20.0, 0.5: 15.0, 0.2: 10.0}
    >>> verdict("my rule", None, areas, origin="assumption", is_inventory=False).name
    'not_enough_evidence'
    """
    p = None if found is None else found.probability
    error = None if found is None else found.standard_error
    name = verdict_name(p if is_inventory else None)
    close = (
        p is not None and error is not None and any(abs(p - level) <= 2 * error for level in LEVELS)
    )
    words = [
        "; ".join(
            part
            for part in (_head(rule, name, lang), _chance(p, error, lang), _areas(areas_ha, lang))
            if part
        )
        + f" ({label(origin, lang)})."
        for lang in ("vi", "en")
    ]
    return Verdict(rule, name, p, error, close, dict(areas_ha), origin, Text(*words))


def _head(rule: str, name: str, lang: str) -> str:
    """Return "under this rule: this verdict"."""
    under = Text(f"Theo {label(rule)}", f"Under {label(rule, 'en')}").pick(lang)
    return f"{under}: {label(name, lang)}"


def _chance(p: float | None, error: float | None, lang: str) -> str:
    """Return the probability with its standard error in words."""
    if p is None or error is None:
        return Text("chưa có danh mục khu đất", "there is no inventory of land").pick(lang)
    chance, points = format_percent(p, 1, lang), format_number(100 * error, 1, lang)
    return Text(
        f"khả năng đạt {chance} (sai số chuẩn {points} điểm %)",
        f"probability {chance} (standard error {points} percentage points)",
    ).pick(lang)


def _areas(areas: Mapping[float, float | None], lang: str) -> str:
    """Return the areas that would decide, in words."""
    known = {level: area for level, area in areas.items() if area is not None}
    if len(known) < len(areas) or not known:
        return Text("không diện tích nào là đủ", "no area would be enough").pick(lang)
    shown = {level: format_number(area, 2, lang) for level, area in known.items()}
    if len(set(shown.values())) == 1:
        area = next(iter(shown.values()))
        return Text(f"cần đấu giá ít nhất {area} ha", f"at least {area} ha are needed").pick(lang)
    parts = [
        Text(
            f"từ {area} ha đất đem đấu giá là {label(verdict_name(level))}",
            f"from {area} ha offered it is {label(verdict_name(level), 'en')}",
        ).pick(lang)
        for level, area in shown.items()
    ]
    return ", ".join(parts)


def answer(
    needs: Sequence[Requirement],
    land: Sequence[Mapping[str, Any]],
    verdicts: Sequence[Verdict],
    order: Sequence[Mapping[str, Any]],
    asked: Sequence[Question],
) -> tuple[Text, ...]:
    """Return the answer in sentences: verdicts, what is needed, what matters, what to ask.

    Parameters
    ----------
    needs : sequence of Requirement
    land : sequence of mapping
        Rows of `land_table` for these requirements.
    verdicts : sequence of Verdict
    order : sequence of mapping
        Rows of `ranking`, what matters most first.
    asked : sequence of Question

    Returns
    -------
    tuple of Text

    Examples
    --------
    >>> order = [{"name": "price", "change_low": -0.3, "change_high": 0.5}]
    >>> answer([], [], [], order, [Question("q", Text("Gì?", "What?"), None)])[0].en
    'What moves the money retained most: starting price (-30% to +50%).'
    """
    needed = [
        Text(*(_need_line(need, land, lang) for lang in ("vi", "en")))
        for need in needs
        if need.gross is not None
    ]
    matter = [
        Text(
            f"Ảnh hưởng nhiều nhất đến số tiền được hưởng: {_effects(order[:3], 'vi')}.",
            f"What moves the money retained most: {_effects(order[:3], 'en')}.",
        )
        for _ in order[:1]
    ]
    first = asked[0].text
    ask = Text(f"Câu hỏi đầu tiên với thành phố: {first.vi}", f"First question: {first.en}")
    return (*(one.text for one in verdicts), *needed, *matter, ask)


def _effects(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Return factors with what each does to the money, by itself."""
    to = Text("đến", "to").pick(lang)
    shown = []
    for row in rows:
        ends = sorted((row["change_low"], row["change_high"]))
        low, high = (f"{'+' * (x > 0)}{format_percent(x, 0, lang)}" for x in ends)
        shown.append(f"{label(row['name'], lang)} ({low} {to} {high})")
    return "; ".join(shown)


def _need_line(need: Requirement, land: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Return what one rule asks for, in one sentence."""
    rows = [row for row in land if row["rule"] == need.rule and row["area_ha"] is not None]
    areas = "; ".join(
        Text(
            f"{format_number(row['area_ha'], 2)} ha ở giá {_price(row['price'], 'vi')} "
            f"(khoảng {format_number(row['plots_per_year'], 0)} lô mỗi năm)",
            f"{format_number(row['area_ha'], 2, 'en')} ha at {_price(row['price'], 'en')} "
            f"(about {format_number(row['plots_per_year'], 0, 'en')} plots a year)",
        ).pick(lang)
        for row in rows
    )
    share = format_percent(need.share, 0, lang)
    gross, each = (format_number(x or 0.0, 3, lang) for x in (need.gross, need.gross_per_year))
    return Text(
        f"Theo {label(need.rule)} (được hưởng {share}): phải thu {gross} tỷ đồng, mỗi năm {each} "
        f"tỷ đồng; cần bán {areas}.",
        f"Under {label(need.rule, 'en')} ({share} retained): {gross} billion VND to collect, "
        f"{each} a year; land to sell: {areas}.",
    ).pick(lang)


def _price(price: float, lang: str) -> str:
    """Return a price with as many decimals as it has, at most three."""
    decimals = next(d for d in (0, 1, 2, 3) if d == 3 or round(price, d) == price)
    unit = Text("triệu đồng/m²", "million VND/m²").pick(lang)
    return f"{format_number(price, decimals, lang)} {unit}"
