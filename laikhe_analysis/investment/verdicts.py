"""The verdict, by a rule fixed in advance, for each sharing rule on its own.

At least 80 in 100 cases: feasible; from 50: feasible with risk; from 20: unlikely; fewer: not
feasible under the stated assumptions. Without an inventory of land there is no verdict, only the
areas that would decide it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laikhe_analysis.checks import Text, check_fractions
from laikhe_analysis.investment.proceeds import Outcome
from laikhe_analysis.vietnamese import RARE, chance_words, format_number, label

__all__ = ["LEVELS", "NO_VERDICT", "Verdict", "verdict", "verdict_name"]

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
    check_fractions(probability=probability)
    return next((name for level, name in LEVELS.items() if probability >= level), "not_feasible")


@dataclass(frozen=True)
class Verdict:
    """The verdict under one sharing rule.

    `areas_ha` holds the saleable land from which each level of confidence is reached, `offered_ha`
    the land at hand (None without any); `is_close` says that the probability lies within two
    standard errors of a limit between verdicts.
    """

    rule: str
    name: str
    probability: float | None
    standard_error: float | None
    is_close: bool
    areas_ha: dict[float, float | None]
    offered_ha: float | None
    origin: str
    text: Text


def verdict(
    rule: str,
    found: Outcome | None,
    areas_ha: Mapping[float, float | None],
    *,
    origin: str,
    is_inventory: bool,
    offered_ha: float | None = None,
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
    offered_ha : float, optional
        The land at hand. [ha]

    Returns
    -------
    Verdict

    Examples
    --------
    >>> areas = {0.8: 20.0, 0.5: 15.0, 0.2: 10.0}
    >>> found = verdict("my rule", None, areas, origin="assumption", is_inventory=False)
    >>> found.name
    'not_enough_evidence'
    """
    p = None if found is None else found.probability
    error = None if found is None else found.standard_error
    name = verdict_name(p if is_inventory else None)
    close = (
        p is not None and error is not None and any(abs(p - level) <= 2 * error for level in LEVELS)
    )
    words = []
    for lang in ("vi", "en"):
        head = f"{_opening(rule, lang)}: {label(name, lang)}"
        chance = _chance(p, error, offered_ha, is_inventory, lang)
        words.append(f"{head}; {chance}. {_areas(areas_ha, lang)} ({label(origin, lang)}).")
    return Verdict(rule, name, p, error, close, dict(areas_ha), offered_ha, origin, Text(*words))


def _opening(rule: str, lang: str) -> str:
    """Return the words of a rule, fit to open a sentence."""
    words = label(rule, lang)
    return words[:1].upper() + words[1:]


def _chance(
    p: float | None, error: float | None, offered_ha: float | None, is_inventory: bool, lang: str
) -> str:
    """Return the probability with its standard error, and the land it is for."""
    missing = Text("chưa có danh mục khu đất", "there is no inventory of land").pick(lang)
    if p is None or error is None or offered_ha is None:
        return missing
    points, area = format_number(100 * error, 1, lang), format_number(offered_ha, 2, lang)
    shown = chance_words(p).pick(lang)
    if RARE <= p <= 1 - RARE:
        shown += Text(
            f" (sai số chuẩn {points} điểm %)", f" (standard error {points} percentage points)"
        ).pick(lang)
    land = Text(f"với {area} ha", f"with {area} ha").pick(lang)
    if not is_inventory:
        land = f"{missing}; " + Text(f"nếu có {area} ha", f"with {area} ha assumed").pick(lang)
    return land + Text(f", khả năng đạt {shown}", f", probability {shown}").pick(lang)


def _areas(areas: Mapping[float, float | None], lang: str) -> str:
    """Return the areas that decide, in a sentence without its stop."""
    known = {level: area for level, area in areas.items() if area is not None}
    if len(known) < len(areas) or not known:
        return Text("Không diện tích nào là đủ", "No area would be enough").pick(lang)
    if len({round(area, 2) for area in known.values()}) == 1:  # nothing is uncertain
        area = format_number(next(iter(known.values())), 2, lang)
        return Text(
            f"Cần ít nhất {area} ha đất ở đem đấu giá", f"At least {area} ha of plots are needed"
        ).pick(lang)
    shown = {
        level: format_number(area, 1, lang) for level, area in known.items()
    }  # as sure as draws
    parts = [
        Text(f"từ {area} ha: ", f"from {area} ha: ").pick(lang) + label(verdict_name(level), lang)
        for level, area in shown.items()
    ]
    offer = Text("Đất ở đem đấu giá ", "Plots offered ").pick(lang)
    less = Text("ít hơn: ", "less: ").pick(lang) + label("not_feasible", lang)
    return offer + "; ".join([*parts, less])
