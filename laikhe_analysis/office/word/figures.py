"""The figure of the reports: total product by scenario beside the plan's rate."""

from __future__ import annotations

import io

from laikhe_analysis.growth import compound
from laikhe_analysis.messages import capital, write
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.office.word.templates import Drawing
from laikhe_analysis.plots import Line, new_axes, plot_lines
from laikhe_analysis.vietnamese import format_value, label, unit_label

__all__ = ["product_figure"]

_WIDTH_MM, _DPI = 160.0, 200


def product_figure(m: Material) -> Drawing | None:
    """Return the paths of total product as a picture told in words; None where there are none."""
    paths, variable = m.with_path("total_product"), "total_product"
    if not paths:
        return None
    unit = next(iter(paths.values())).paths[variable].unit
    lines = [Line(label(key), p.path(variable).years, p.path(variable).values, "assumption")
             for key, p in paths.items()]  # fmt: skip
    target = m.data.plan.role(variable, "average_rate")
    if target is not None:
        steady = [float(compound(lines[0].values[0], target.rate, year - m.years[0], limit=None))
                  for year in m.years]  # fmt: skip
        told = f"tăng {write(target.rate, '%')}/năm"
        lines.append(Line(told, list(m.years), steady, "target"))
    name = label(variable)
    base = f" ({m.years[0]} = 100)" if unit == "index" else ""
    title = f"{capital(name)}, {unit_label(unit)}{base}"
    axes = plot_lines(lines, unit=unit, title="", origin=m.origin(variable), ax=new_axes(6.4, 2.6))
    ends = "; ".join(
        f"{'mục tiêu ' if one.meaning == 'target' else ''}{one.name} {format_value(one.values[-1], unit)}"
        for one in lines
    )
    figure, content = axes.get_figure(root=True), io.BytesIO()
    assert figure is not None
    figure.savefig(
        content, format="png", dpi=_DPI, bbox_inches="tight", metadata={"Software": None}
    )
    alt = f"{title}. Năm {m.years[-1]}: {ends}."
    return Drawing(content.getvalue(), _WIDTH_MM, title, alt)
