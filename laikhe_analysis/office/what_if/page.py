"""The what-if page: sliders and entries, their effects at once, and what can be kept of them.

Only core widgets. Numbers are shown and typed as Vietnamese write them, so the sliders' own
readouts, which have a decimal point, are off.
"""

from __future__ import annotations

import base64
import html
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, RefusalError, check_choice
from laikhe_analysis.data import Dataset, load
from laikhe_analysis.office.forms.scenario_ledger import LONGEST_NAME, check_name, keep_scenario
from laikhe_analysis.office.what_if.answers import answer
from laikhe_analysis.office.what_if.chances import remembering
from laikhe_analysis.office.what_if.controls import (
    TRIED,
    Settings,
    changes,
    controls,
    rest_of_shares,
    tried_scenario,
)
from laikhe_analysis.office.what_if.entries import EntryError
from laikhe_analysis.office.what_if.html import results_html
from laikhe_analysis.office.what_if.land import paces, rules
from laikhe_analysis.office.what_if.rows import Row
from laikhe_analysis.vietnamese import format_number, label

__all__ = ["Page", "is_served", "show_page", "workbook"]

GROUPS = {
    "product": "Tốc độ tăng các ngành, bình quân năm",
    "shares": "Cơ cấu năm xuất phát",
    "money": "Giá cả, thu ngân sách, thu nhập",
    "land": "Đất đai",
}
UNFORESEEN = (
    "Phép tính gặp lỗi chưa lường trước ({what}). Bấm “Đặt lại”; nếu vẫn lỗi thì chạy lại ô này và "
    "chạy lệnh laikhe check."
)


def is_served() -> bool:
    """Return whether somebody looks at the notebook in JupyterLab now.

    Tests do not: the ids of widgets are random.
    """
    return "JPY_SESSION_NAME" in os.environ


def show_page(folder: str | Path, scenario: str) -> None:
    """Show the page where somebody can use it, nothing otherwise; what is wrong in one sentence.

    Parameters
    ----------
    folder : path
        The commune's data.
    scenario : str
        The scenario to begin with.
    """
    if not is_served():
        return
    from IPython.display import HTML, display

    try:
        data = remembering(load(folder))
        style = files("laikhe_analysis.office").joinpath("assets/what_if.css").read_text("utf-8")
        display(HTML(f"<style>{style}</style>"))
        display(Page(data, scenario).root)
    except DataError as error:
        problems = "".join(f"<li>{html.escape(p.render('vi'))}</li>" for p in error.problems)
        text = "Dữ liệu chưa dùng được, sửa các chỗ sau rồi chạy lại ô này:"
        display(HTML(f'<div class="wi-stop"><p>{text}</p><ul>{problems}</ul></div>'))
    except Exception as error:
        text = html.escape(f"Không mở được trang: {error}")
        display(HTML(f'<p class="wi-stop">{text}</p>'))


def _heading(data: Dataset) -> str:
    """Return the heading of the page."""
    first, last = data.commune.base_year + 1, data.commune.target_year
    return (
        f"<h1>Nếu … thì sao?</h1><p class='wi-about'>{html.escape(data.commune.name)}: đổi giả định, "
        f"xem ngay kết quả đến năm {last}. Một tốc độ đã kéo áp cho mọi năm {first}-{last}; thanh chưa "
        "kéo giữ đúng kịch bản.</p>"
    )


def workbook(data: Dataset, settings: Settings) -> bytes:
    """Return the Excel workbook with what is tried as one more scenario."""
    from laikhe_analysis.office.excel import write_workbook

    scenario, name = tried_scenario(data, settings), settings.scenario
    if scenario.name == TRIED:
        data, name = replace(data, assumed=data.assumed | {TRIED: scenario}), TRIED
    with tempfile.TemporaryDirectory() as place:
        return write_workbook(data, Path(place) / "x.xlsx", scenario=name).read_bytes()


class Page:
    """One open page: its own data, settings and widgets, shared with no other.

    Parameters
    ----------
    data : Dataset
    scenario : str
        The scenario to begin with.
    today : function to date
        What day is written beside a scenario that is kept.

    Raises
    ------
    ValueError
        If there is no such scenario.
    """

    def __init__(
        self, data: Dataset, scenario: str, *, today: Callable[[], date] = date.today
    ) -> None:
        import ipywidgets as w

        self.data, self.today, self.quiet = data, today, False
        check_choice("scenario", scenario, list(data.assumed))
        self.settings, self.rows = Settings(scenario), dict[str, Row]()
        self.scenario = _dropdown("Kịch bản gốc", self._names(), scenario, self._choose)
        self.rule = _dropdown("Điều tiết", _named(rules(data)), "", self._land)
        self.pace = _dropdown("Nhịp bán", _named(paces(data)), "", self._land)
        self.rest, self.results = w.HTML(), w.HTML()
        self.left = w.VBox()
        reset = _button("Đặt lại", self.reset, "Trở về đúng kịch bản gốc")
        left = w.VBox([w.HBox([self.scenario, reset]), self.left])
        right = w.VBox([self.results, self._keeping()])
        main = w.HBox([left, right])
        for box, name in ((left, "controls"), (right, "right"), (main, "main")):
            box.add_class(f"wi-{name}")
        self.root = w.VBox([w.HTML(_heading(data)), main])
        self.root.add_class("wi-page")
        self._build()

    def _names(self) -> list[tuple[str, str]]:
        return [(label(name), name) for name in self.data.assumed]

    def _keeping(self) -> Any:
        """Return the part of the page that keeps and hands out."""
        import ipywidgets as w

        self.name = w.Text(placeholder=f"tên, tối đa {LONGEST_NAME} ký tự")
        self.reason = w.Text(placeholder="lý do, để người sau hiểu")
        self.kept, self.file = w.HTML(), w.HTML()
        for box, text in ((self.name, "tên kịch bản"), (self.reason, "lý do")):
            box.tooltip = text
        keep = _button("Ghi thành kịch bản", self.keep, "Thêm vào scenarios.csv, không sửa dòng cũ")
        make = _button("Lập tệp Excel", self.hand_out, "Gồm cả phương án đang thử")
        found = w.HBox([self.name, self.reason, keep, self.kept, make, self.file])
        found.add_class("wi-keeping")
        return found

    def _build(self) -> None:
        """Make the rows of the scenario's controls, group by group."""
        import ipywidgets as w

        self.rows = {c.name: Row(c, self._moved) for c in controls(self.data, self.scenario.value)}
        children: list[Any] = []
        for group, title in GROUPS.items():
            boxes = [row.box for row in self.rows.values() if row.control.group == group]
            if group == "shares" and boxes:
                boxes.append(self.rest)
            if group == "land" and boxes:
                boxes = [self.rule, self.pace, *boxes]
            if boxes:
                children += [w.HTML(f"<h3>{title}</h3>"), *boxes]
        self.left.children = children
        self._show()

    def _moved(self, row: Row, value: float) -> None:
        """Take a number that was moved or typed; refuse it beside its control if it cannot be."""
        wanted = replace(self.settings, values={**self.settings.values, row.control.name: value})
        try:
            changes(self.data, wanted)
        except EntryError as error:
            row.refuse(error.text.vi, self.settings.values.get(row.control.name))
            return
        self.settings = wanted
        self._show()

    def _land(self, _: Any) -> None:
        """Take the sharing rule and the pace."""
        if not self.quiet:
            self.settings = replace(self.settings, rule=self.rule.value, pace=self.pace.value)
            self._show()

    def _choose(self, _: Any) -> None:
        """Begin anew with another scenario."""
        if not self.quiet:
            self.reset(None)

    def reset(self, _: Any) -> None:
        """Put everything back to the scenario."""
        self.quiet = True
        self.settings = Settings(self.scenario.value)
        self.rule.value = self.pace.value = ""
        self.quiet = False
        wanted = {c.name: c for c in controls(self.data, self.scenario.value)}
        if list(wanted) != list(self.rows):
            self._build()
            return
        for name, row in self.rows.items():
            row.restart(wanted[name])
        self._show()

    def _show(self) -> None:
        """Show what the settings lead to."""
        try:
            self.results.value = results_html(answer(self.data, self.settings))
            rest = rest_of_shares(self.data, self.settings)
        except Exception as error:
            what = html.escape(f"{type(error).__name__}: {error}")
            self.results.value = f'<p class="wi-stop">{UNFORESEEN.format(what=what)}</p>'
            return
        if rest is not None:
            text = f"{label(rest[0])}: {format_number(rest[1], 1)}% (phần còn lại)"
            self.rest.value = f'<p class="wi-rest" data-key="rest">{html.escape(text)}</p>'

    def keep(self, _: Any) -> None:
        """Keep what is tried as a scenario, or say beside the entries why not."""
        try:
            name = check_name(self.name.value, list(self.data.assumed))
            keep_scenario(
                self.data.folder, changes(self.data, self.settings), name=name,
                inherits=self.settings.scenario, reason=self.reason.value, on=self.today(),
                known=self.data,
            )  # fmt: skip
            self.data = remembering(load(self.data.folder))
        except (DataError, RefusalError) as error:
            told = error.render("vi")
            if isinstance(error, DataError):
                told = f"cần {error.problems[0].wanted.vi}"
            self.kept.value = _message(f"Chưa ghi: {told}.", "bad")
            return
        self.quiet = True
        self.scenario.options = self._names()
        self.scenario.value = name
        self.name.value = self.reason.value = ""
        self.quiet = False
        self.reset(None)
        self.kept.value = _message(f"Đã ghi kịch bản “{name}” vào scenarios.csv.", "good")

    def hand_out(self, button: Any) -> None:
        """Make the workbook and offer it."""
        button.disabled = True
        self.file.value = _message("đang lập tệp…", "good")
        try:
            content = base64.b64encode(workbook(self.data, self.settings)).decode()
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            self.file.value = (
                f'<a class="wi-file" download="neu-thi-sao.xlsx" href="data:{kind};base64,{content}">'
                "Lưu tệp Excel</a>"
            )
        except (ValueError, OSError) as error:
            self.file.value = _message(f"Chưa lập được tệp: {error}", "bad")
        finally:
            button.disabled = False


def _message(text: str, kind: str) -> str:
    return f'<span class="wi-{kind}" role="status">{html.escape(text)}</span>'


def _button(text: str, then: Callable[[Any], None], tooltip: str) -> Any:
    """Return a button."""
    import ipywidgets as w

    made = w.Button(description=text, tooltip=tooltip)
    made.on_click(then)
    return made


def _named(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the choices, the first of them being not to choose."""
    return [("như kịch bản gốc", ""), *((label(name), name) for name in names)]


def _dropdown(
    text: str, options: list[tuple[str, str]], value: str, then: Callable[[Any], None]
) -> Any:
    """Return a choice."""
    import ipywidgets as w

    made = w.Dropdown(options=options, value=value, description=text)
    made.add_class("wi-choice")
    made.observe(then, "value")
    return made
