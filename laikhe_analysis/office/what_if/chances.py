"""The draws that the what-if page carries: the first of those from which every chance is told."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.draws import FOLLOWS, product_draws
from laikhe_analysis.office.what_if.land import kept_shares, paid_parts
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.simulation import Simulation

__all__ = ["DRAWS", "LIKELY", "UNLIKELY", "carried"]

DRAWS = 2048
"""Draws that the page carries: a chance of one half is right within 1.1 points (standard error)."""

LIKELY, UNLIKELY = 2 / 3, 1 / 3
"""Chances from which on a target is likely to be met, and below which it is not. [fraction]"""

_INCOME = "income_per_capita_real"


def carried(data: Dataset, projections: dict[str, Projection]) -> dict[str, Any]:
    """Return the draws as the page reads them.

    `growth` has for every drawn quantity its name, its rate and the yearly shocks to its log growth
    (without spread where the year is known), for what follows the product the shocks beside that;
    `moved` how far an assumption lies off in all years; `paid` what a land market leaves. Each is a
    list of 16-bit numbers and the size of one step.
    """
    paid = _packed(paid_parts(data, DRAWS)) if kept_shares(data) else None
    growth: dict[str, Any] = {}
    moved: dict[str, Any] = {}
    for projection in projections.values():  # the shocks are those of any scenario with sectors
        drawn = product_draws(data, projection, draws=DRAWS)
        if drawn is None:
            continue
        shocks = {name: _shocks(drawn, name) for name in drawn.model.sectors}
        for name in projection.parts:
            one = {"rate": f"growth_{name}", "follows": 0.0, **_packed(shocks[name])}
            growth.setdefault(f"product_{name}", one)
        if _INCOME in shocks:
            total = sum(w * shocks[s] for w, s in zip(drawn.shares, projection.parts, strict=False))
            own = _packed(shocks[_INCOME] - FOLLOWS * total)
            growth.setdefault(_INCOME, {"rate": "income_growth_real", "follows": FOLLOWS, **own})
        for name, values in drawn.shifts.items():
            moved.setdefault(name, _packed(values))
    return {
        "draws": DRAWS, "growth": [{"path": name, **one} for name, one in growth.items()],
        "moved": [{"name": name, **one} for name, one in moved.items()], "paid": paid,
    }  # fmt: skip


def _shocks(simulation: Simulation, name: str) -> NDArray[np.float64]:
    """Return the yearly deviations of a quantity's log growth: array [years, draws]."""
    model = simulation.model
    levels = np.log(simulation.sector(name)) - np.cumsum(model.mean[:, model.sectors.index(name)])
    shocks: NDArray[np.float64] = np.diff(levels, axis=1, prepend=0.0).T
    return shocks


def _packed(values: NDArray[np.float64]) -> dict[str, Any]:
    """Return numbers as text: how large one step is, and the steps as 16-bit numbers.

    Examples
    --------
    >>> _packed(np.array([0.0, 1.0, -0.5]))["step"] == 1 / 32767
    True
    """
    step = float(np.abs(values).max()) / 32767 or 1.0
    whole = np.rint(values / step).astype("<i2")
    return {"step": step, "packed": base64.b64encode(whole.tobytes()).decode("ascii")}
