"""What to hold a total against: rival readings, other records, the outcome elsewhere, the fields.

None of this is a probability of ours. Each is a separate answer beside the study, with its sources
counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from laikhe_analysis.arrays import as_array
from laikhe_analysis.checks import Text, check_choice, require
from laikhe_analysis.labels import items_of
from laikhe_analysis.land import required_gross
from laikhe_analysis.land.sharing import line_for, retained_share
from laikhe_analysis.records import SharingRule
from laikhe_analysis.vietnamese import format_number, format_percent

__all__ = [
    "MIN_CASES",
    "OutsideView",
    "Yardstick",
    "crop_after_sales",
    "outside_view",
    "readings",
    "yardstick_table",
]

MIN_CASES = 10
"""Fewer cases than this give no probability, only the cases themselves."""


@dataclass(frozen=True)
class Yardstick:
    """A public amount a year beside which a plan's yearly amount is held.

    `beside` says which of the plan's amounts it is comparable with: "retained" (money to spend) or
    "gross" (fees collected). [billion VND per year]
    """

    name: Text
    value: float
    beside: str
    origin: str
    source_id: str = ""

    def __post_init__(self) -> None:
        check_choice("beside", self.beside, ("retained", "gross"))
        require(self.value > 0, "value", self.value, "a positive number", known=True)


def yardstick_table(
    yardsticks: Iterable[Yardstick], *, retained_per_year: float, gross_per_year: float
) -> list[dict[str, Any]]:
    """Return the plan's yearly amounts as multiples of public amounts.

    Parameters
    ----------
    yardsticks : iterable of Yardstick
    retained_per_year, gross_per_year : float
        The plan's amounts. [billion VND per year]

    Returns
    -------
    list of dict
        `name`, `value`, `plan`, `ratio` (plan / value), `origin`, `source_id`.

    Examples
    --------
    >>> mean = Yardstick(Text("bình quân", "mean"), 50, "retained", "derived")
    >>> yardstick_table([mean], retained_per_year=100, gross_per_year=170)[0]["ratio"]
    2.0
    """
    plan = {"retained": retained_per_year, "gross": gross_per_year}
    return [
        {
            "name": one.name,
            "beside": one.beside,
            "value": one.value,
            "plan": plan[one.beside],
            "ratio": plan[one.beside] / one.value,
            "origin": one.origin,
            "source_id": one.source_id,
        }
        for one in yardsticks
    ]


@dataclass(frozen=True)
class OutsideView:
    """What came of land-revenue plans elsewhere, and the total if it goes the same way here.

    Ratios are realised over planned; amounts in billion VND. With fewer than `MIN_CASES` cases
    there is no probability, and `reason` says so.
    """

    cases: tuple[tuple[str, float], ...]
    reached: int
    low: float
    median: float
    high: float
    total_low: float
    total_median: float
    total_high: float
    probability: float | None
    reason: Text | None
    text: Text


def outside_view(ratios: Any, total: float) -> OutsideView | None:
    """Return the outside view from realised over planned land revenue, or None without cases.

    Parameters
    ----------
    ratios : mapping or Series
        Realised over planned by case, full years of one kind of revenue only. [ratio]
    total : float
        What the plan expects. [billion VND]

    Returns
    -------
    OutsideView or None

    Raises
    ------
    ValueError
        If a ratio is negative or missing.

    References
    ----------
    .. [1] Flyvbjerg (2006), reference class forecasting: look at like cases before looking inside.

    Examples
    --------
    >>> view = outside_view({"a 2024": 0.5, "b 2024": 1.0, "c 2019": 1.5}, 300)
    >>> view.reached, view.median, view.total_low, view.probability
    (2, 1.0, 150.0, None)
    """
    cases = items_of("ratios", ratios)
    if not cases:
        return None
    values = as_array("ratios", list(cases.values()))
    require(values >= 0, "ratios", values, "0 or more", known=True)
    n, reached = len(values), int((values >= 1).sum())
    low, median, high = (float(x) for x in (values.min(), np.median(values), values.max()))
    few = n < MIN_CASES
    words = [
        {"low": format_number(low, 2, lang), "high": format_number(high, 2, lang)}
        for lang in ("vi", "en")
    ]
    text = Text(
        f"{n} trường hợp có số cả năm: thực hiện từ {words[0]['low']} đến {words[0]['high']} lần "
        f"kế hoạch, {reached} trường hợp đạt kế hoạch",
        f"{n} full-year cases: from {words[1]['low']} to {words[1]['high']} times the plan, "
        f"{reached} of them reached it",
    )
    reason = Text(
        f"chỉ có {n} trường hợp, cần ít nhất {MIN_CASES} để nêu khả năng đạt",
        f"only {n} cases; at least {MIN_CASES} are needed for a probability",
    )
    return OutsideView(
        tuple(zip(map(str, cases), values.tolist(), strict=True)), reached, low, median, high,
        total * low, total * median, total * high,
        None if few else reached / n, reason if few else None, text,
    )  # fmt: skip


def crop_after_sales(
    crop_ha: float, value_per_ha: float, sold_ha: float, *, value_of_sold: float | None = None
) -> dict[str, float]:
    """Return what selling crop land does to the crop area and to the value per hectare.

    Parameters
    ----------
    crop_ha : float
        Crop area before, positive. [ha]
    value_per_ha : float
        Crop value per hectare before. [million VND per ha]
    sold_ha : float
        Crop land given to building sites, less than `crop_ha`. [ha]
    value_of_sold : float, optional
        Crop value of the land that goes; the average by default. [million VND per ha]

    Returns
    -------
    dict
        `area_after` [ha], `area_change` [fraction], `value_lost` [billion VND per year],
        `value_per_ha_after` [million VND per ha].

    Raises
    ------
    ValueError
        If `crop_ha` is not positive, or `sold_ha` is negative or not less than `crop_ha`.

    Notes
    -----
    ``after = (crop_ha * value_per_ha - sold_ha * value_of_sold) / (crop_ha - sold_ha)``: selling
    poor fields raises the value per hectare while the harvest falls.

    Examples
    --------
    >>> after = crop_after_sales(100, 180, 10, value_of_sold=90)
    >>> after["area_after"], after["value_per_ha_after"], after["value_lost"]
    (90, 190.0, 0.9)
    """
    require(crop_ha > 0, "crop_ha", crop_ha, "a positive number (ha)", known=True)
    wanted = "0 or more and less than the crop area"
    require(0 <= sold_ha < crop_ha, "sold_ha", sold_ha, wanted, known=True)
    gone = sold_ha * (value_per_ha if value_of_sold is None else value_of_sold)
    return {
        "area_after": crop_ha - sold_ha,
        "area_change": -sold_ha / crop_ha,
        "value_lost": gone / 1000,
        "value_per_ha_after": (crop_ha * value_per_ha - gone) / (crop_ha - sold_ha),
    }


def readings(
    total: float, rule: SharingRule, others: Iterable[SharingRule], *, year: int,
    stream: str = "commune_run",
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the rival readings of a total that is "computed on a share", to be settled.

    Parameters
    ----------
    total : float
        The total of the plan. [billion VND]
    rule : SharingRule
        The rule that the plan names.
    others : iterable of SharingRule
        Rules that may stand behind it, once a cost is deducted first.
    year : int
        Budget year. [year]
    stream : str

    Returns
    -------
    list of dict
        `reading` ("retained" first, the default; "gross"; "cost_first"), `gross`, `retained`,
        `cost` and a bilingual `text`.

    Notes
    -----
    Retained: the total is what is left, ``gross = total / share``. Gross: the total is what is
    collected, ``retained = share * total``. Cost first: another rule gives exactly the plan's
    shares, level by level, if a part ``k`` is deducted before sharing: ``k = 1 - share / share'``.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> plan, new = (SharingRule(n, (ShareLine("commune_run", 2026, 2030, *s, "plan", "press"),))
    ...              for n, s in {"plan": (0, .45, .15, 1, .4, 0), "new": (.2, .6, .2, 1, 0, 0)}
    ...              .items())
    >>> [(r["reading"], round(r["gross"], 3), round(r["retained"], 3), round(r["cost"], 3))
    ...  for r in readings(300, plan, [new], year=2026)]
    [('retained', 500.0, 300.0, 0.0), ('gross', 300.0, 180.0, 0.0), ('cost_first', 500.0, 300.0, 0.25)]
    """
    line = line_for(rule, stream, year)
    share = retained_share(rule, stream, year)
    gross = required_gross(total, share)
    rows = [_reading("retained", gross, total, 0.0), _reading("gross", total, share * total, 0.0)]
    for other in others:
        rival = line_for(other, stream, year)
        if other.rule == rule.rule or rival.cost_deducted_first or not rival.commune:
            continue
        kept = line.commune / rival.commune
        same = abs(kept * rival.city * rival.city_returned - line.city * line.city_returned) < 1e-9
        if same and kept < 1:
            rows.append(_reading("cost_first", gross, total, 1 - kept) | {"rule": other.rule})
    return rows


def _reading(name: str, gross: float, retained: float, cost: float) -> dict[str, Any]:
    """Return one reading with its words."""
    vi, en = (
        {
            "g": format_number(gross, 3, lang),
            "r": format_number(retained, 3, lang),
            "k": format_percent(cost, 0, lang),
        }
        for lang in ("vi", "en")
    )
    words = {
        "retained": Text(
            f"tổng là phần được hưởng: phải thu {vi['g']} tỷ đồng để được {vi['r']} tỷ đồng",
            f"the total is what is retained: collect {en['g']} billion VND to retain {en['r']}",
        ),
        "gross": Text(
            f"tổng là số thu: thu {vi['g']} tỷ đồng thì chỉ được hưởng {vi['r']} tỷ đồng",
            f"the total is what is collected: of {en['g']} billion VND only {en['r']} is retained",
        ),
        "cost_first": Text(
            f"tỷ lệ của kế hoạch bằng tỷ lệ khác sau khi trừ trước {vi['k']} chi phí",
            f"the plan's shares equal another rule's after {en['k']} is deducted for costs first",
        ),
    }
    row = {"reading": name, "gross": float(gross), "retained": float(retained), "cost": cost}
    return row | {"text": words[name]}
