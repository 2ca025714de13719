"""One number of the what-if page that can be moved or typed, and what may be typed."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.checks import Text

__all__ = ["LAND_TEXTS", "Control", "EntryError"]

LAND_TEXTS = {
    "area_ha": Text("đất ở đem đấu giá", "plots offered"),
    "price": Text("giá trúng bình quân", "mean price paid"),
    "sold": Text("phần đất bán được", "part of the land sold"),
}
"""What the numbers about land are called, by name of the control."""


@dataclass(frozen=True)
class Control:
    """One number that can be moved.

    Parameters
    ----------
    name : str
        As in `Settings.values`: a scenario variable, or `area_ha`, `price`, `sold`.
    group : {"product", "shares", "money", "land"}
    text : Text
    unit : str
    low, high, step : float
        Ends and step of the slider. [`unit`]
    least, most : float
        What may be typed. [`unit`]
    start : float
        Where the scenario stands, as one number. [`unit`]
    """

    name: str
    group: str
    text: Text
    unit: str
    low: float
    high: float
    step: float
    least: float
    most: float
    start: float

    @property
    def decimals(self) -> int:
        """Decimals of the slider's values."""
        return 0 if self.step >= 1 else 1


class EntryError(ValueError):
    """What was typed cannot be used; `text` says what is wanted."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)
