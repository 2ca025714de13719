"""One number of the what-if page that can be moved or typed, and what may be typed."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.checks import Text
from laikhe_analysis.vietnamese import (
    Asked,
    ReadingError,
    format_number,
    notation_of,
    read_number,
    unit_label,
)

__all__ = ["LAND_TEXTS", "Control", "EntryError", "read_entry"]

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


def read_entry(control: Control, typed: str) -> float:
    """Return the number typed for a control, as Vietnamese write it. [unit of the control]

    Raises
    ------
    EntryError
        If it is no number in Vietnamese notation, or outside what the control allows.

    Examples
    --------
    >>> area = Control("area_ha", "land", Text("", ""), "ha", 0, 50, 0.1, 0, 3000, 0)
    >>> read_entry(area, " 12,5 ha")
    12.5
    """
    clean = typed.strip().removesuffix(unit_label(control.unit)).strip().removesuffix("%")
    low, high = (format_number(end, 1).removesuffix(",0") for end in (control.least, control.most))
    wanted = Text(
        f"cần một số từ {low} đến {high}, dấu phẩy cho phần thập phân, ví dụ 7,5",
        f"a number from {control.least:g} to {control.most:g} is wanted, with a decimal comma",
    )
    try:
        value = read_number(clean, Asked(control.unit, notation="vi")).value
    except ReadingError:
        raise EntryError(wanted) from None
    if not control.least <= value <= control.most or notation_of([clean]) == "en":
        raise EntryError(wanted)
    return value
