"""Made-up communes for tests and benchmarks: plausible figures, gaps and faults, marked as such."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from laikhe_analysis.data.layout import COLUMNS

__all__ = ["FAULTS", "SYNTHETIC", "write_synthetic"]

SYNTHETIC = "synthetic"
"""The source of every made-up figure: what rests on it is shown as made up."""

BASE, LAST, END = 2020, 2024, 2025

_TARGETS: tuple[tuple[Any, ...], ...] = (
    # id, group, name, role, unit, kind, direction, goal, price basis, value of the base, growth
    ("1-revenue", "economy", "Thu ngân sách so dự toán", "revenue", "% of plan", "annual_ratio",
     "at_least", 110, "n/a", 0, 0),
    ("2-total", "economy", "Tổng giá trị sản phẩm tăng", "total_product", "%/year", "average_rate",
     "at_least", 9, "constant 2010", 0, 0),
    ("3-income", "economy", "Thu nhập bình quân đầu người", "income", "million VND/person/year",
     "level_by", "at_least", 75, "current", 0, 0),
    ("4-crop", "economy", "Giá trị sản phẩm mỗi ha", "crop_value", "million VND/ha", "level_by",
     "at_least", 200, "current", 0, 0),
    ("5-investment", "investment", "Vốn đầu tư toàn xã hội", "investment_all", "billion VND",
     "cumulative", "at_least", 900, "current", 0, 0),
    ("6-poor", "society", "Hộ nghèo", "poor_households", "households", "level_by", "at_most", 40,
     "n/a", 160, -0.2),
    ("7-trained", "society", "Lao động qua đào tạo", "trained_workers", "%", "level_by",
     "at_least", 75, "n/a", 62, 0.035),
    ("8-insurance", "society", "Tham gia bảo hiểm y tế", "health_insurance", "%", "level_by",
     "at_least", 95, "n/a", 88, 0.014),
    ("9-schools", "society", "Trường đạt chuẩn quốc gia", "", "schools", "level_by", "at_least", 7,
     "n/a", 4, 0.1),
    ("10-water", "environment", "Hộ dùng nước sạch", "", "%", "level_by", "at_least", 98, "n/a",
     90, 0.015),
    ("11-waste", "environment", "Chất thải rắn được thu gom", "", "%", "level_by", "at_least", 95,
     "n/a", 84, 0.024),
    ("12-online", "administration", "Hồ sơ nộp trực tuyến", "", "%", "annual_level", "at_least",
     80, "n/a", 45, 0.13),
    ("13-on-time", "administration", "Hồ sơ giải quyết đúng hạn", "", "%", "annual_level",
     "at_least", 98, "n/a", 96, 0.004),
    ("14-families", "culture", "Gia đình văn hóa", "", "%", "annual_level", "at_least", 92, "n/a",
     88, 0.01),
)  # fmt: skip
_LEVELS = {
    "population": ("people", "n/a", 12_000, 0.01),
    "income_per_capita": ("million VND/person/year", "current", 48, 0.09),
    "crop_value_per_ha": ("million VND/ha", "current", 150, 0.06),
    "assigned_revenue": ("billion VND", "current", 30, 0.08),
    "collected_revenue": ("billion VND", "current", 33, 0.09),
    "total_investment": ("billion VND", "current", 150, 0.1),
    "total_product": ("billion VND", "constant 2010", 900, 0.085),
}  # unit, price basis, level of the base year, growth
FAULTS = ("unclosed quote", "words for a number", "file missing", "row twice", "unknown unit")
"""What may be wrong with a folder."""


def write_synthetic(folder: Path, seed: int, *, gaps: float = 0.1, fault: str = "") -> Path:
    """Write the folder of a made-up commune; the same seed, the same bytes.

    Parameters
    ----------
    folder : Path
        To be made.
    seed : int
        Also its number in the commune's name.
    gaps : float
        Share of the figures that are not known. [fraction]
    fault : str
        One of `FAULTS`: the folder then cannot be read.
    """
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    people = float(rng.lognormal(0, 0.4))
    (folder / "commune.toml").write_text(
        _COMMUNE.format(seed=seed, area=round(float(rng.uniform(8, 60)), 1),
                        people=round(12_000 * people)), encoding="utf-8", newline="\n")  # fmt: skip
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS} | {
        "sources.csv": [{"source_id": SYNTHETIC, "title": "SỐ LIỆU GIẢ LẬP, không phải của nơi nào",
                         "publisher": "máy tạo số", "published": "2020"}],
        "targets.csv": _targets(rng),
        "observations.csv": _figures(rng, people, gaps),
        "scenarios.csv": [{
            "scenario": "co_so", "variable": name, "year_from": BASE + 1, "year_to": END,
            "value": round(float(rng.uniform(3, 10)), 1), "unit": "%/year", "origin": "example",
            "source_id": SYNTHETIC,
        } for name in ("inflation", "population_growth", "income_growth_real")],
    }  # fmt: skip
    years = [f"y{year}" for year in range(BASE + 1, END + 1)]
    for name, rows in tables.items():
        extra = years if name == "projects.csv" else []
        _write(folder / name, [*COLUMNS[name], *extra], rows)
    if fault:
        _break(folder, fault)
    return folder


def _targets(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Return the register: the city's, with a commune's own unit, price basis or kind at times."""
    rows = []
    for i, group, name, role, unit, kind, direction, goal, basis, _base, _growth in _TARGETS:
        row = {
            "target_id": i, "item": i.partition("-")[0], "clause": i.partition("-")[0],
            "group": group, "name_vi": name, "role": role, "unit": unit, "kind": kind,
            "direction": direction, "value": goal, "base_year": BASE, "target_year": END,
            "price_basis": basis, "tolerance": 0, "owner": f"Phòng {group}", "access": "public",
            "source_id": SYNTHETIC,
        }  # fmt: skip
        if i == "2-total" and rng.random() < 0.08:
            row["price_basis"] = "not stated"
        if i == "5-investment" and rng.random() < 0.08:
            row |= {"kind": "level_by", "value": round(goal / 5)}
        if i == "6-poor" and rng.random() < 0.08:
            row |= {"unit": "%", "value": 1, "role": ""}
        rows.append(row)
    return rows


def _figures(rng: np.random.Generator, people: float, gaps: float) -> list[dict[str, Any]]:
    """Return the figures of the base year up to the last, some of them not known."""
    sized = {"people", "billion VND", "households", "schools"}
    series = dict(_LEVELS)
    for i, *_words, unit, _kind, _direction, _goal, basis, base, growth in _TARGETS:
        series |= {i: (unit, basis, base, growth)} if base else {}
    rows = []
    for name, (unit, basis, base, growth) in series.items():
        level = base * (people if unit in sized else 1) * float(rng.lognormal(0, 0.08))
        pace = growth + float(rng.normal(0, 0.3)) * max(abs(growth), 0.005)
        for year in range(BASE, LAST + 1):
            value = level * (1 + pace) ** (year - BASE) * (1 + 0.01 * float(rng.normal()))
            if rng.random() < gaps and name != "population":
                continue
            value = min(value, 99.9) if unit == "%" else value
            whole = unit in ("people", "households", "schools")
            rows.append({
                "series_id": name, "year": year, "period": "FY",
                "value": round(value) if whole else round(value, 2), "unit": unit,
                "price_basis": basis, "status": "final", "origin": "official",
                "source_id": SYNTHETIC, "recorded_on": f"{year + 1}-02-01", "note": "giả lập",
            })  # fmt: skip
    return rows


def _write(path: Path, columns: list[str], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _break(folder: Path, fault: str) -> None:
    """Put a fault into a folder."""
    path = folder / "observations.csv"
    head, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if fault == "file missing":
        (folder / "targets.csv").unlink()
        return
    value = first.split(",")[head.split(",").index("value")]
    changed = {
        "unclosed quote": [head, first.replace("giả lập", '"giả lập'), *rest],
        "words for a number": [head, first.replace(f",{value},", ",khoảng mười,", 1), *rest],
        "row twice": [head, first, first, *rest],
        "unknown unit": [head, first.replace(",people,", ",billion VND,"), *rest],
    }[fault]
    path.write_text("".join(changed), encoding="utf-8", newline="\n")


_COMMUNE = """\
# SỐ LIỆU GIẢ LẬP / SYNTHETIC
name = "xã Giả lập {seed}"
city = "thành phố Giả lập"
area_km2 = {area}
population = {people}
population_date = "2020-12-31"
population_definition = "thường trú"
predecessors = []
founded = ""
base_year = 2020
target_year = 2025
price_base = "constant 2010"
sectors = []
"""
