"""Figures draw what they are given, in words and units that can be read; nothing is computed."""

import math

import pandas as pd
import pytest

from laikhe_analysis import plots as p
from laikhe_analysis.language import speaking


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_lines_draw_the_values_given_and_say_what_they_mean():
    given = p.Line("thu", [2024, 2025], [90.0, 100.0], "observed")
    ax = p.plot_lines(
        [given, p.Line("12%", [2025, 2030], [100.0, 176.2], "target")],
        unit="index", title="Thu", origin="assumption",
    )  # fmt: skip
    assert [list(line.get_ydata()) for line in ax.lines] == [[90.0, 100.0], [100.0, 176.2]]
    assert legend(ax) == ["thu (thực hiện)", "12% (mục tiêu)"]
    assert ax.get_ylabel() == "chỉ số"
    assert "Căn cứ yếu nhất: số giả định" in texts(ax)
    assert {int(tick) for tick in ax.get_xticks()} == set(range(2024, 2031))
    assert given.values == [90.0, 100.0]


def test_every_meaning_has_its_own_colour_line_and_marker():
    for key in ("color", "linestyle", "marker"):
        assert len({str(style[key]) for style in p.MEANINGS.values()}) == len(p.MEANINGS)


@pytest.mark.parametrize("meaning", p.MEANINGS)
def test_the_third_line_of_a_meaning_can_be_read_on_white(meaning):
    lines = [p.Line(str(n), [2025, 2026], [1.0, 2.0 + n], meaning) for n in range(3)]
    drawn = p.plot_lines(lines, unit="index", title="", origin="official").lines
    colours = [line.get_color() for line in drawn]
    assert len(set(colours)) == len({line.get_marker() for line in drawn}) == 3
    for line in drawn:
        assert line.get_alpha() is None
        assert 1.05 / (luminance(line.get_color()) + 0.05) >= 3  # WCAG 2.1, 1.4.11


def luminance(colour):
    """Return the relative luminance of a colour, by WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_bars_bands_and_points_carry_their_numbers():
    ax = p.plot_bars({"a": 840.46, "b": 630.345}, unit="billion VND", title="t", origin="statement",
                     line=("mục tiêu", 504.276), decimals=3)  # fmt: skip
    assert [bar.get_width() for bar in ax.patches] == [840.46, 630.345]
    assert {"840,460", "630,345"} <= set(texts(ax))
    assert legend(ax) == ["mục tiêu"]
    ax = p.plot_lines([p.Line("x", [2025], [1.0], "forecast")], unit="%", title="t", origin="press")
    p.plot_band(ax, [2026, 2027], [1.0, 2.0], [3.0, 4.0], level=80)
    assert "khoảng 80%" in legend(ax)
    ax = p.plot_points({"c": ([1, 2], [3, 4])}, {"đây": (1.5, 3.5)}, xlabel="x", ylabel="y",
                       title="t", origin="press")  # fmt: skip
    assert [list(line.get_xdata()) for line in ax.lines] == [[1, 2], [1.5]]
    assert "đây" in texts(ax)


def test_bars_between_two_values_carry_both_numbers():
    ax = p.plot_bars({"giá": (26.5, -18.1), "thu": (2.0, 4.0)}, unit="%", title="t",
                     origin="assumption", line=("mức giả định", 0.0))  # fmt: skip
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(-18.1, 44.6), (2.0, 2.0)]
    assert {"-18,1", "26,5", "2,0", "4,0"} <= set(texts(ax))
    assert ax.get_xlim()[0] < -18.1, "room for the numbers"


def test_axes_write_numbers_as_the_reader_does():
    for lang, wanted in (("vi", "1.000"), ("en", "1,000")):
        ax = p.plot_lines([p.Line("x", [2025, 2026], [0.0, 2000.0], "observed")], unit="index",
                          title="t", origin="press", lang=lang)  # fmt: skip
        assert ax.yaxis.get_major_formatter()(1000.0, 0) == wanted


def test_draws_on_the_axes_given_and_knows_its_words():
    ax = p.new_axes()
    assert p.plot_bars({"a": 1.0}, unit="%", title="t", origin="press", ax=ax) is ax
    with pytest.raises(ValueError, match="`meaning` must be one of"):
        p.Line("x", [], [], "guess")
    line = p.Line("x", [2025, 2026], [1.0, 2.0], "observed")
    drawn = p.plot_lines([line], unit="furlong", title="t", origin="press")
    assert "furlong" in drawn.get_ylabel() + drawn.get_title(loc="left")


def test_paths_of_a_frame_are_drawn_with_target_and_band_in_the_language_of_the_run():
    years = [2025, 2026]
    frame = pd.DataFrame({"co_so": [100.0, 110.0], "x": [100.0, math.nan]}, index=years)
    band = pd.DataFrame({"lo_80": [100.0, 105.0], "hi_80": [100.0, 115.0]}, index=years)
    target = pd.Series([100.0, 112.0], years, name="12%")
    look = {"unit": "index", "origin": "assumption", "names": {"x": "X"}}
    with speaking("en"):
        ax = p.plot_paths(frame, target=target, band=band, title="t", **look)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names[:3] == ["baseline (assumption)", "X (assumption)", "12% (target)"]
    assert list(ax.lines[0].get_ydata()) == [100, 110]
    assert list(ax.lines[1].get_xdata()) == [2025]
    assert list(ax.lines[2].get_ydata()) == [100, 112]
    meaning = {"co_so": "observed", "x": "reference"}
    ax = p.plot_paths(frame, meaning=meaning, title="t", asked="y", target=target, **look)
    assert ax.get_legend().get_texts()[0].get_text() == "cơ sở (thực hiện)"
    with pytest.raises(ValueError, match="`meaning` must be one of"):
        p.plot_paths(frame, meaning="x", title="t", **look)


def test_past_projections_are_thin_lines_and_outcomes_points():
    paths = pd.DataFrame(
        {"2026-11-27": [107.5, 115.0, 123.0], "2027-12-01": [math.nan, 116.0, 125.0]},
        index=[2026, 2027, 2028],
    )
    came = pd.Series([100.0, 110.6, 118.0], [2025, 2026, 2027])
    rate = pd.DataFrame({"2026-11-27": [0.05]}, index=[2027])
    panels = {"tổng": (paths, came), "tỷ lệ": (rate, pd.Series([0.061], [2027]))}
    ax = p.plot_past(panels, units=["index", "fraction"], origin="assumption")
    old, new, points = ax.lines
    assert (list(old.get_xdata()), list(old.get_ydata())) == ([2026, 2027, 2028], [107.5, 115, 123])
    assert (list(new.get_xdata()), list(new.get_ydata())) == ([2027, 2028], [116, 125])
    assert (list(points.get_xdata()), list(points.get_ydata())) == ([2025, 2026, 2027], list(came))
    assert (points.get_linestyle(), points.get_marker()) == ("None", "o")
    assert old.get_linewidth() < new.get_linewidth()
    assert list(ax.get_xticks()) == [2025, 2028]
    assert ax.get_title(loc="left") == "tổng, chỉ số"
    other = ax.figure.axes[1]
    assert [list(line.get_ydata()) for line in other.lines] == [[5.0], [6.1]]
    (shown,) = ax.figure.legends
    assert [text.get_text() for text in shown.get_texts()] == [
        "dự tính từng lần, càng mới càng đậm", "thực tế"
    ]  # fmt: skip
    assert ax.figure._supxlabel.get_text() == "Căn cứ yếu nhất: số giả định"
    with pytest.raises(ValueError, match="at least one figure"):
        p.plot_past({}, units=[], origin="press")
