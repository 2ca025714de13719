"""One row of the what-if page: a slider, the same number typed, and what is wrong with it."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from laikhe_analysis.office.what_if.entries import Control, EntryError, read_entry
from laikhe_analysis.vietnamese import format_number, unit_label

__all__ = ["Row"]


class Row:
    """A slider without a readout beside an entry that holds the number as Vietnamese write it.

    Parameters
    ----------
    control : Control
    then : function of the row and the number
        Called when somebody moved the slider or typed a number that can be used.
    """

    def __init__(self, control: Control, then: Callable[[Row, float], None]) -> None:
        import ipywidgets as w

        self.control, self.then, self.quiet = control, then, True
        self.now = control.start
        self.slider = w.FloatSlider(
            min=control.low, max=control.high, step=control.step, readout=False,
            value=self._within(control.start),
        )  # fmt: skip
        self.entry = w.Text(value=self._written(control.start), continuous_update=False)
        name = control.text.vi
        self.slider.tooltip = self.entry.tooltip = name
        unit = unit_label(control.unit)
        text, after = (w.HTML(f"<span>{html.escape(one)}</span>") for one in (name, unit))
        self.wrong = w.HTML()
        self.box = w.VBox([w.HBox([text, self.slider, self.entry, after]), self.wrong])
        self.box.add_class("wi-row").add_class(f"wi-row-{control.name}")
        self.slider.observe(self._slid, "value")
        self.entry.observe(self._typed, "value")
        self.quiet = False

    def _within(self, value: float) -> float:
        """Return the step of the slider that is next to a number: it knows no other."""
        low, high, step = self.control.low, self.control.high, self.control.step
        return round(low + step * round((min(max(value, low), high) - low) / step), 6)

    def _written(self, value: float) -> str:
        """Return the number with its decimals, one at least where the slider has one."""
        least = self.control.decimals
        decimals = next(d for d in range(least, 4) if d == 3 or abs(round(value, d) - value) < 1e-9)
        return format_number(value, decimals if value != self.control.start else max(least, 1))

    def _slid(self, change: Any) -> None:
        value = round(float(change["new"]), 6)
        if self.quiet or abs(value - self._within(self.now)) < self.control.step / 2:
            return  # the browser says again where the slider stands
        self._put(value, slide=False)
        self.then(self, value)

    def _typed(self, change: Any) -> None:
        if self.quiet:
            return
        try:
            value = read_entry(self.control, change["new"])
        except EntryError as error:
            self._complain(error.text.vi)
            return
        self._put(value)
        self.then(self, value)

    def _put(self, value: float, *, slide: bool = True) -> None:
        """Show a number that can be used, without telling anybody."""
        self.quiet, self.now = True, value
        if slide:
            self.slider.value = self._within(value)
        self.entry.value, self.wrong.value = self._written(value), ""
        self.entry.remove_class("wi-wrong")
        self.quiet = False

    def _complain(self, text: str) -> None:
        self.entry.add_class("wi-wrong")
        self.wrong.value = f'<span class="wi-bad" role="alert">{html.escape(text)}</span>'

    def refuse(self, text: str, former: float | None) -> None:
        """Put the former number back (the scenario's if there is none) and say why."""
        self._put(self.control.start if former is None else former)
        self._complain(text)

    def restart(self, control: Control) -> None:
        """Put the row back to where a scenario stands."""
        self.quiet, self.control = True, control
        low, high = min(control.low, self.slider.min), max(control.high, self.slider.max)
        self.slider.min, self.slider.max = low, high
        self.slider.value = self._within(control.start)
        self.slider.min, self.slider.max = control.low, control.high
        self._put(control.start)
