"""What the candidates for an assumption are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.messages import Message, _

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TRUST", "called"]

TRUST = {
    "high": _("cao"), "medium": _("vừa"), "low": _("thấp, không dùng"), "": _("–"),
}  # fmt: skip
"""How far a figure can be trusted."""
_ENDS = {
    "_9m": _("{place}, chín tháng"), "_h1": _("{place}, sáu tháng"),
    "_long": _("{place}, cả chuỗi"),
}  # fmt: skip
_OWN = {
    "assumed": _("kịch bản đang xem"), "own": _("xã tự tính"), "own_total": _("xã tự tính, theo tổng"),
}  # fmt: skip
_FORECAST, _FORECASTERS = "forecast_", {"world_bank": _("Ngân hàng Thế giới")}
"""Forecasters; those not named here go by their letters in capitals."""


def called(evidence: pd.DataFrame) -> list[str]:
    """Return what each row of `data.evidence` is called, in the language of this run.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("assumed", "", ""), ("city_9m", "Huế", "medium"), ("forecast_imf", "Việt Nam", "low")]
    >>> called(pd.DataFrame(rows, columns=["candidate", "place", "confidence"]))
    ['kịch bản đang xem', 'Huế, chín tháng', 'Việt Nam, dự báo của IMF (độ tin thấp)']
    """
    rows = zip(evidence.candidate, evidence.place, evidence.confidence, strict=True)
    return [str(_named(*row)) for row in rows]


def _named(candidate: str, place: str, confidence: str) -> Message:
    """Return the name of one candidate."""
    end = next((told for end, told in _ENDS.items() if candidate.endswith(end)), _("{place}"))
    name = _OWN.get(candidate) or Message(end.template, {"place": place})
    if candidate.startswith(_FORECAST):
        who = candidate.removeprefix(_FORECAST)
        told = _FORECASTERS.get(who, who.upper())
        name = _("{place}, dự báo của {who}", place=place, who=told)
    return _("{name} (độ tin thấp)", name=name) if confidence == "low" else name
