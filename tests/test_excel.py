"""The workbook: every formula recalculated by LibreOffice, in 21 changed copies too."""

import csv
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

import numpy as np
import openpyxl
import pytest
from communes import BASE, commune
from conftest import FILES
from libreoffice import convert
from openpyxl.utils import get_column_letter, range_boundaries

from laikhe_analysis.checks import Text
from laikhe_analysis.data import load
from laikhe_analysis.findings.investment import study_of
from laikhe_analysis.land import cash_by_year, required_area, required_gross, retained_share
from laikhe_analysis.office.annex import PERIODS, in_millions
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.excel.assumptions import rule_words, write_assumptions
from laikhe_analysis.office.excel.cells import address, identifier, number_format
from laikhe_analysis.office.excel.investment import write_investment
from laikhe_analysis.office.excel.projection import write_projections
from laikhe_analysis.office.excel.sheet import Book
from laikhe_analysis.records import Assumption, Plot, Scenario
from laikhe_analysis.scenarios import Level, by_year, from_file, override, project
from laikhe_analysis.scenarios.projection import PAIRS
from laikhe_analysis.series import AnnualSeries

CASES = 21
ALLOWED = {"IF", "IFERROR", "ISNUMBER", "AND", "OR", "COUNT", "N", "SUM", "SUMPRODUCT", "MIN", "MAX",
           "AVERAGE", "ROUND", "ROUNDUP", "ROUNDDOWN"}  # fmt: skip
AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""All sheets as text, numbers with all their digits."""

ANNEX_PERIOD = ("Phụ lục", "C4")

# another commune, with known figures after the base year, a total that is known, two streams
RICH = {
    "targets.csv": """\
9.3-total,9(3),9(3),economy,Tổng sản phẩm,Total product,total_product,%/year,average_rate,about,8,,2020,2025,constant,0.5,Phòng Kinh tế,public,,,plan
9.4-investment,9(4),9(4),investment,Vốn đầu tư,Investment,investment_land,billion VND,cumulative,at_least,150,,2020,2025,current,,Phòng Kinh tế,public,,,plan
9.5-income,9(5),9(5),economy,Thu nhập,Income,income,%/year,average_rate,at_least,6,,2020,2025,constant,,Phòng Kinh tế,public,,,plan
9.6-revenue,9(6),9(6),economy,Thu ngân sách,Revenue,revenue,% of plan,annual_ratio,at_least,105,,2020,2025,current,,Phòng Kinh tế,public,,,plan
9.7-crop-value,9(7),9(7),economy,Giá trị mỗi ha,Value per ha,crop_value,million VND/ha,level_by,at_least,140.5,,2020,2025,current,,Phòng Kinh tế,public,,,plan
9.8-secret,9(8),9(8),security,Việc kín,A secret matter,,%,annual_level,above,80,,2020,2025,n/a,,Công an xã,internal,,,plan
""",  # noqa: E501
    "observations.csv": """\
population,2022,FY,10321,,,people,n/a,estimate,official,book,2022-07-01,,
income_per_capita,2022,FY,45.25,,,million VND/person/year,current,estimate,official,book,2022-07-01,,
inflation,2021,FY,1.84,,,%/year,n/a,final,official,book,2022-07-01,,
total_product,2020,FY,500,,,billion VND,constant 2010,final,official,book,2022-07-01,,
total_product,2021,FY,541.5,,,billion VND,constant 2010,final,official,book,2022-07-01,,
total_product,2022,FY,580.25,,,billion VND,constant 2010,estimate,official,book,2022-07-01,,
product_industry,2022,FY,371,,,billion VND,constant 2010,estimate,official,book,2022-07-01,,
recurrent_revenue,2020,FY,20.5,,,billion VND,current,final,official,book,2022-07-01,,
recurrent_revenue,2021,FY,22.125,,,billion VND,current,final,official,book,2022-07-01,,
assigned_revenue_without_land,2020,FY,19,,,billion VND,current,final,official,book,2022-07-01,,
assigned_revenue_without_land,2021,FY,20,,,billion VND,current,final,official,book,2022-07-01,,
assigned_revenue,2021,FY,20,,,billion VND,current,final,official,book,2022-07-01,,
collected_revenue,2021,FY,25.225001,,,billion VND,current,final,official,book,2022-07-01,,
collected_revenue,2021,H1,11.5,,,billion VND,current,final,official,book,2022-07-01,,
land_revenue,2021,FY,3.1,,,billion VND,current,final,official,book,2022-07-01,,
crop_value_per_ha,2020,FY,110,,,million VND/ha,current,final,official,book,2022-07-01,,
9.8-secret,2021,FY,77.7777,,,%,n/a,final,official,book,2022-07-01,,
""",
    "scenarios.csv": """\
co_so,,land_gross,2021,2025,40,billion VND/year,assumption,guess,,
co_so,,sharing_rule,2021,2025,half,rule,assumption,guess,,
co_so,,assigned_growth,2021,2025,4,%/year,assumption,guess,,
co_so,,crop_value_growth,2021,2025,5,%/year,assumption,guess,,
muc_tieu,co_so,share_product_taxes,2020,2020,10,%,assumption,guess,,
muc_tieu,co_so,share_industry,2020,2020,50,%,assumption,guess,,
muc_tieu,co_so,growth_product_taxes,2021,2025,7,%/year,assumption,guess,,
muc_tieu,co_so,revenue_growth,2023,2025,6.5,%/year,statement,plan,,
"Kịch bản đẹp: +1%",co_so,income_growth_real,2021,2025,9.75,%/year,assumption,guess,,"=1+1"
""",
    "sharing.csv": """\
half,interspersed,2021,2025,0.2,0.2,0.6,0,0,0,adopted,official,book
late,commune_run,2021,2022,0.2,0.6,0.2,0.5,0,0.25,proposal,press,book
late,commune_run,2023,2025,0.2,0.5,0.3,1,0,0,assumption,assumption,guess
only_small,interspersed,2021,2025,0.2,0.2,0.6,0,0,0,adopted,official,book
""",
}  # fmt: skip


@pytest.fixture
def rich(folder):
    """Return the data of a commune that knows figures after its base year."""
    return _rich(folder)


def _rich(folder):
    for name, rows in RICH.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    return load(folder)


# ------------------------------------------------------------------ reading and changing files


def parts(path):
    """Return the part of each sheet inside the file, by title."""
    with zipfile.ZipFile(path) as file:
        book = file.read("xl/workbook.xml").decode()
        links = file.read("xl/_rels/workbook.xml.rels").decode()
    where = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', links))
    where |= {i: t for t, i in re.findall(r'Target="([^"]+)"[^>]*Id="(\w+)"', links)}
    sheets = re.findall(r'<sheet name="([^"]+)"[^>]*r:id="(\w+)"', book)
    return {name.replace("&amp;", "&"): f"xl/{where[rid]}" for name, rid in sheets}


def poke(source, changes, target):
    """Copy a workbook with the values of some cells changed, as typed; formulas keep their cache."""
    where = parts(source)
    wanted = {}
    for (sheet, at), value in changes.items():
        wanted.setdefault(where[sheet], {})[at] = value
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = re.sub(rb"<drawing [^>]*/>", b"", old.read(item))  # charts cost time
            for at, value in wanted.get(item.filename, {}).items():
                pattern = rf'<c r="{at}"( s="\d+")?[^>]*?(/>|>.*?</c>)'
                text, count = re.subn(
                    pattern, lambda m, v=value, at=at: _cell(at, m, v), content.decode(), count=1
                )
                assert count == 1, (item.filename, at)
                content = text.encode()
            new.writestr(item, content)
    return target


def _cell(at, match, value):
    style, formula = match[1] or "", re.search(r"<f>.*?</f>", match[0])
    kept = formula[0] if formula else ""
    if value is None:
        return f'<c r="{at}"{style}/>'
    if isinstance(value, str):
        return f'<c r="{at}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"{style}>{kept}<v>{float(value)!r}</v></c>'


@cache
def opened(path, *, data_only=False):
    """Return a workbook, read once."""
    return openpyxl.load_workbook(path, data_only=data_only)


@cache
def values(path):
    """Return the value of every cell, by sheet and address; an empty text is no value."""
    return {(sheet.title, one.coordinate): one.value
            for sheet in opened(path, data_only=True) for row in sheet.iter_rows() for one in row
            if one.value not in (None, "")}  # fmt: skip


def from_text(folder, stem):
    """Return the value of every cell of a workbook that was saved as text, a file a sheet."""
    found = {}
    for path in folder.glob(f"{stem}-*.csv"):
        title = path.stem.removeprefix(f"{stem}-")
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file), start=1):
                for column, text in enumerate(row, start=1):
                    if text:
                        found[title, f"{get_column_letter(column)}{number}"] = _number(text)
    return found


def _number(text):
    try:  # with all digits, but the decimal comma and the per cents of the cells' own format
        number = float(text.removesuffix("%").replace(",", "."))
        return number / 100 if text.endswith("%") else number
    except ValueError:
        return text


@cache
def formulas(path):
    """Return the formula of every cell that has one, by sheet and address."""
    return {(sheet.title, one.coordinate): one.value for sheet in opened(path)
            for row in sheet.iter_rows() for one in row if one.data_type == "f"}  # fmt: skip


def named(path):
    """Return the cells of every name, by sheet and address, in rows."""
    found = {}
    for name, defined in opened(path).defined_names.items():
        ((sheet, block),) = defined.destinations
        left, top, right, bottom = range_boundaries(block.replace("$", ""))
        found[name] = [(sheet, f"{get_column_letter(column)}{row}")
                       for row in range(top, bottom + 1) for column in range(left, right + 1)]  # fmt: skip
    return found


def same(first, second):
    if isinstance(first, int | float) and isinstance(second, int | float):
        return abs(first - second) <= 1e-9 * max(1.0, abs(first))
    return first == second


# ------------------------------------------------------------------ the changed copies


class Copy:
    """A workbook with some inputs changed, and the library run with the same changes."""

    def __init__(self, data, names, rules, rng, number):
        self.data, self.names, self.rules, self.rng = data, names, rules, rng
        self.baseline = data.baseline()
        self.years = range(data.commune.base_year, data.commune.target_year + 1)
        self.scenario = data.assumed[list(data.assumed)[number % len(data.assumed)]]
        self.name, self.changes = self.scenario.name, {}
        kinds = [
            self.growth,
            self.shares,
            self.rates,
            self.revenue,
            self.land,
            self.levels,
            self.later,
        ]
        for kind in (kinds[number % len(kinds)], *rng.choice(kinds, size=2, replace=False)):
            kind()

    def given(self, variable, year, value, unit):
        """Change an assumption from a year on."""
        cells = self.names[identifier(self.name, "given", variable)]
        first = self.years[1] if len(cells) == len(self.years) - 1 else self.years[0]
        last = self.years[-1] if len(cells) > 1 else year
        change = from_file(Assumption(variable, year, last, value, unit, "assumption"))
        for one in range(year, last + 1):
            self.changes[cells[one - first]] = self.rules.get(value, change.value)
        self.scenario = override(self.scenario, self.name, change)

    def known(self, name, year, value):
        """Change what is known of a level."""
        self.changes[self.names[identifier("known", name)][year - self.years[0]]] = value

    def year(self):
        return int(self.rng.integers(self.years[1], self.years[-1] + 1))

    def table(self):
        return by_year(self.scenario)

    def growth(self):
        for variable in [v for v in self.table() if v.startswith("growth_")]:
            self.given(variable, self.year(), round(self.rng.uniform(-6, 18), 2), "%/year")

    def shares(self):
        names = [v for v in self.table() if v.startswith("share_")]
        cuts = sorted(self.rng.uniform(5, 95, size=len(names) - 1).round(1))
        bounds = [0.0, *cuts, 100.0]
        changes = []
        for name, low, high in zip(names, bounds, bounds[1:], strict=False):
            value, base = round(high - low, 1), self.years[0]
            self.changes[self.names[identifier(self.name, "given", name)][0]] = value / 100
            changes.append(from_file(Assumption(name, base, base, value, "%", "assumption")))
        self.scenario = override(self.scenario, self.name, *changes)

    def rates(self):
        for variable in ("inflation", "population_growth", "income_growth_real", "assigned_growth",
                         "crop_value_growth"):  # fmt: skip
            if variable in self.table():
                self.given(variable, self.year(), round(self.rng.uniform(-2, 11), 3), "%/year")
        self.given("product_deflator", self.year(), round(self.rng.uniform(0, 5), 3), "%/year")

    def revenue(self):
        # a growth of revenue that is typed goes before buoyancy, so that one is changed, not both
        if "revenue_growth" not in self.table() and self.rng.random() < 0.5:
            held = [y for y in self.years if y in self.table()["buoyancy"]]
            self.given("buoyancy", held[0], 0.75, "ratio")
        else:
            self.given("revenue_growth", self.year(), round(self.rng.uniform(-3, 14), 2), "%/year")

    def land(self):
        self.given(
            "land_gross", self.years[1], round(self.rng.uniform(0, 300), 3), "billion VND/year"
        )
        stream = "commune_run"
        fits = [n for n, r in self.data.rules.items()
                if {y for x in r.lines if x.stream == stream
                    for y in range(x.year_from, x.year_to + 1)} >= set(self.years[1:])]  # fmt: skip
        self.given("sharing_rule", self.years[1], fits[0], "rule")
        self.given("sharing_rule", self.year(), str(self.rng.choice(fits)), "rule")

    def levels(self):
        base, levels = self.years[0], dict(self.baseline.levels)
        units = {"population": "people", "income_per_capita": "million VND/person/year",
                 "recurrent_revenue": "billion VND",
                 "assigned_revenue_without_land": "billion VND"}  # fmt: skip
        for name, unit in units.items():
            value = round(self.rng.uniform(10, 90), 3)
            self.known(name, base, value)
            levels[name] = Level(value, unit, "current")
        self.baseline = replace(self.baseline, levels=levels)

    def later(self):
        known = dict(self.baseline.known)
        units = {"population": "people", "crop_value_per_ha": "million VND/ha",
                 "income_per_capita": "million VND/person/year"}  # fmt: skip
        for name, unit in units.items():
            year, value = self.year(), round(self.rng.uniform(40, 120), 2)
            held = self.baseline.held(name) | {year: value}
            self.known(name, year, value)
            years = tuple(sorted(held))
            known[name] = AnnualSeries(name, years, tuple(held[y] for y in years), unit, "current")
        self.baseline = replace(self.baseline, known=known)

    def wrong(self, got):
        """Return where the recalculated copy differs from the library."""
        found = project(self.baseline, self.scenario, until=self.years[-1], rules=self.data.rules)
        bad = []
        for name in found.inputs.model.names:
            path = found.paths.get(name)
            if name in PAIRS and path is None:
                continue
            wanted = {
                y: year.now[name] for y, year in zip(self.years, found.inputs.run(), strict=True)
            }
            assert path is None or set(zip(path.years, path.values, strict=True)) <= set(
                wanted.items()
            )
            cells = self.names[identifier(self.name, name)]
            for year, at in enumerate(cells, start=self.years[-1] - len(cells) + 1):
                value = None if wanted[year] != wanted[year] else wanted[year]
                if not same(value, got.get(at)):
                    bad.append((self.name, name, year, value, got.get(at)))
        return bad


@pytest.fixture(scope="module")
def bench(tmp_path_factory, own_data):
    """Return the workbooks, their recalculated copies and the changed ones: one LibreOffice run."""
    place = tmp_path_factory.mktemp("excel")
    source = place / "commune"
    source.mkdir()
    from conftest import COMMUNE

    (source / "commune.toml").write_text(COMMUNE, encoding="utf-8")
    for name, content in FILES.items():
        (source / name).write_text(content, encoding="utf-8")
    small = load(source)
    rich = _rich(source)
    made = {
        "own": write_workbook(own_data, place / "own.xlsx"),
        "rich": write_workbook(rich, place / "rich.xlsx", internal=True, as_of=2021),
        "small": write_workbook(small, place / "small.xlsx", lang="en", as_of=2021),
    }
    names = {key: named(path) for key, path in made.items()}
    rules = {}
    for key, data in (("own", own_data), ("rich", rich)):
        data.speak()  # a commune of a city, one of a province
        rules[key] = {name: words.vi for name, words in rule_words(data).items()}
    rng, copies = np.random.default_rng(7), []
    for i in range(CASES):
        key, data = ("own", own_data) if i % 3 == 0 else ("rich", rich)
        copies.append(Copy(data, names[key], rules[key], rng, i // 3))
        poke(made[key], copies[i].changes, place / f"copy{i}.xlsx")
    land = _land_case(names["rich"], rules["rich"])
    planted = names["rich"]["co_so_total_product"][-1]
    chosen = {ANNEX_PERIOD: "6 tháng đầu năm 2021"}
    poke(made["rich"], land[0] | {planted: 999.0} | chosen, place / "land.xlsx")
    convert([*made.values(), place / "land.xlsx"], place, "xlsx")
    typed_in = ("land_", "known_", "sharing_parts")
    inputs = [at for name, block in names["rich"].items()
              if name.startswith(typed_in) or "_given_" in name for at in block]  # fmt: skip
    poke(made["rich"], dict.fromkeys(inputs), place / "empty.xlsx")
    zeros = {at: 0.0 for name, block in names["rich"].items() for at in block
             if name.startswith("land_") or ("_given_" in name and "rule" not in name)}  # fmt: skip
    poke(made["rich"], zeros, place / "zeros.xlsx")
    copied = [*(f"copy{i}" for i in range(CASES)), "empty", "zeros"]
    convert([place / f"{stem}.xlsx" for stem in copied], place, AS_TEXT)
    done = {key: place / "done" / f"{key}.xlsx" for key in (*made, "land")}
    return {"made": made, "names": names, "copies": copies, "done": done,
            "land": land, "planted": planted, "place": place, "rich": rich}  # fmt: skip


def _land_case(names, rules):
    """Return changes on the investment sheet, and what they stand for."""
    years = range(2021, 2026)
    area, price, sold = (4000, 0, 9000, 2500, 7000), (8.5, 9, 10.25, 7, 12), (0.9, 1, 0.8, 0.75, 1)
    late = (2 / 3, 0.0, 0.0, 2 / 3, 2 / 3)
    changes = {}
    for key, row in (("area", area), ("price", price), ("sold", sold), ("carried", late)):
        changes |= dict(zip(names[f"land_{key}"], row, strict=True))
    single = {"land_premium": 1.15, "land_collection": 0.95, "land_plot_m2": 120.0}
    changes |= {names[key][0]: value for key, value in single.items()}
    changes[names["rule_chosen"][0]] = rules["late"]
    return changes, (years, area, price, sold, single)


# ------------------------------------------------------------------ recalculation


@pytest.mark.parametrize("key", ["own", "rich", "small"])
def test_every_formula_has_the_value_that_libreoffice_finds(bench, key):
    path = bench["made"][key]
    cached, found = values(path), values(bench["done"][key])
    cells = formulas(path)
    assert len(cells) > 500
    wrong = [
        (at, cached.get(at), found.get(at))
        for at in cells
        if not same(cached.get(at), found.get(at))
    ]
    assert not wrong[:5]
    errors = [at for at, value in found.items() if isinstance(value, str) and value.startswith("#")]
    assert not errors


def test_the_recalculation_is_a_true_one(bench):
    at = bench["planted"]
    assert values(bench["place"] / "land.xlsx")[at] == 999.0
    assert same(values(bench["done"]["land"])[at], values(bench["made"]["rich"])[at])


@pytest.mark.parametrize("number", range(CASES))
def test_a_changed_assumption_moves_the_workbook_as_the_library(bench, number):
    copy = bench["copies"][number]
    assert copy.changes
    got = from_text(bench["place"] / "done", f"copy{number}")
    assert not copy.wrong(got)[:5]
    assert not [at for at, value in got.items() if str(value).startswith(("#", "Err:"))]


def test_random_communes_recalculate_to_the_values_of_the_library(own_data, tmp_path):
    made = []
    for seed in range(600, 616):
        one = commune(seed)
        found = project(one.baseline, one.scenario, until=one.until, rules=one.rules)
        name, plan = one.scenario.name, replace(own_data.plan, targets=())
        projections = {name: found}
        data = replace(own_data, assumed={name: one.scenario}, rules=one.rules, plan=plan)
        made.append(tmp_path / f"c{seed}.xlsx")
        book = Book(made[-1], "vi", range(BASE, one.until + 1), "x")
        write_assumptions(book, data, projections)
        write_projections(book, projections)
        write_investment(book, data)
        book.file.close()
    convert(made, tmp_path, "xlsx")
    count = 0
    for path in made:
        cached, found = values(path), values(tmp_path / "done" / path.name)
        for at in formulas(path):
            count += 1
            assert same(cached.get(at), found.get(at)), (path.name, at)
    assert count > 2000


@pytest.mark.parametrize("stem", ["empty", "zeros"])
def test_no_input_leads_to_an_error_value(bench, stem):
    got = from_text(bench["place"] / "done", stem)
    assert not [at for at, value in got.items() if str(value).startswith(("#", "Err:"))]
    total = bench["names"]["rich"]["co_so_total_product"]
    held = [got[at] for at in total if at in got]
    assert held == ([100.0] if stem == "empty" else [500.0, 541.5])  # an index, or what is known


def test_the_changes_reach_the_projection(bench):
    unchanged = {key: values(bench["made"][key]) for key in ("own", "rich")}
    for i, copy in enumerate(bench["copies"]):
        assert copy.wrong(unchanged["own" if i % 3 == 0 else "rich"]), i


def test_the_investment_sheet_follows_its_inputs(bench):
    _, (years, area, price, sold, single) = bench["land"]
    got, names = values(bench["done"]["land"]), bench["names"]["rich"]
    rule = bench["rich"].rules["late"]
    premium, paid = single["land_premium"], single["land_collection"]
    plots = [
        Plot(f"p{y}", "", "commune_run", "", a, 1.0, p, p, p, 0.0, y,
             4 if y in (2021, 2024, 2025) else 1, s, "example")
        for y, a, p, s in zip(years, area, price, sold, strict=True) if a
    ]  # fmt: skip
    cash = cash_by_year(plots, rule, years, premium=premium, collection=paid)
    kept = [got.get(at, 0.0) for at in names["year_kept"]]
    assert kept == pytest.approx(list(cash.by_year().values()), rel=1e-9)
    shares = [retained_share(rule, "commune_run", year) for year in years]
    gross = required_gross(150, np.mean(shares), collection=paid)
    assert got[names["fees_late"][0]] == pytest.approx(gross, rel=1e-9)
    areas = required_area(gross / 5, price, premium=premium, sold=sold)
    hectares = np.ceil(areas.sum() / 1e2 - 1e-9) / 100  # a minimum is rounded up
    assert got[names["hectares_late"][0]] == pytest.approx(hectares, rel=1e-9)
    assert got[names["plots_late"][0]] == pytest.approx(hectares * 1e4 / 120 / 5, rel=1e-9)


# ------------------------------------------------------------------ what stands in the file


def test_formulas_are_plain_and_names_lead_somewhere(bench):
    for key, path in bench["made"].items():
        cells, names = formulas(path), bench["names"][key]
        used = {
            word for text in cells.values() for word in re.findall(r"([A-Z][A-Z0-9_.]*)\(", text)
        }
        assert used <= ALLOWED
        assert not [text for text in cells.values() if "[" in text or "{" in text or "@" in text]
        words = {w for text in cells.values()
                 for w in re.findall(r"\b[a-z][a-z0-9_]{3,}\b",
                                     re.sub(r"'[^']*'|\"[^\"]*\"", "", text))}  # fmt: skip
        assert words <= set(names)
        titles = set(parts(path))
        assert {sheet for block in names.values() for sheet, _ in block} <= titles
        assert all(len(title) <= 31 for title in titles)
        with zipfile.ZipFile(path) as file:
            assert not [n for n in file.namelist() if "vba" in n.lower() or "external" in n.lower()]


def test_sheets_print_on_a4_and_keep_their_heads_in_view(bench):
    for path in bench["made"].values():
        book = opened(path)
        for sheet in book:
            assert sheet.page_setup.paperSize == 9, sheet.title
            assert sheet.print_area, sheet.title
        tables = [s for s in book if s.freeze_panes]
        assert len(tables) >= len(book.worksheets) - 3
        # behind the years of the comparison stand tables of other columns
        assert all(s.print_title_rows for s in tables if s is not book.worksheets[4])


def test_charts_are_native_with_titles_units_and_words(bench):
    with zipfile.ZipFile(bench["made"]["own"]) as file:
        charts = [
            file.read(n).decode() for n in file.namelist() if re.search(r"charts/chart\d+", n)
        ]
        drawings = "".join(
            file.read(n).decode() for n in file.namelist() if "drawings/drawing" in n
        )
    assert len(charts) == 6
    assert all(text.count("<c:title>") >= 2 for text in charts)
    assert drawings.count("descr=") == len(charts)
    text = " ".join(charts)
    for words in ("Chỉ số, 2025 = 100", "Triệu đồng/người/năm, giá 2025", "Tỷ đồng", "Năm"):
        assert words in text


def test_the_weakest_origin_stands_beside_results(bench):
    got = values(bench["made"]["own"])
    last = bench["names"]["own"]["co_so_collected_revenue"][-1][1]
    origins = [v for (sheet, at), v in got.items() if sheet == "Kịch bản" and at.startswith("J")
               and int(at[1:]) <= int(last[1:])]  # fmt: skip
    assert origins.count("số giả định") > 15


def test_the_investment_sheet_rests_on_the_division_of_the_page_and_on_no_example(bench, own_data):
    study = study_of(own_data, draws=100)
    names = bench["names"]["own"]
    for got in (values(bench["made"]["own"]), values(bench["done"]["own"])):
        sheet = {at: v for (title, at), v in got.items() if title == "Đất và đầu tư"}
        assert not [v for v in sheet.values() if isinstance(v, str) and "ví dụ" in v.lower()]
        assert "số giả định" in sheet.values()
        at = {key: [got[one] for one in names[key]] for key in (
            "fees_plan_60", "hectares_plan_60", "total_kept", "total_short", "land_area", "land_price",
        )}  # fmt: skip
        assert at["fees_plan_60"] == pytest.approx([840.460])
        assert at["hectares_plan_60"] == pytest.approx([12.94])
        assert at["fees_plan_60"] == pytest.approx([study.planned[0]["gross"]])
        assert sum(at["land_area"]) / 1e4 == pytest.approx(12.9302, abs=5e-5)
        assert set(at["land_price"]) == {study.land[0]["price"]} == {6.5}
        assert at["total_kept"] == pytest.approx([504.276])
        assert at["total_short"] == pytest.approx([0], abs=1e-9)
        told = next(v for v in sheet.values() if isinstance(v, str) and "GIẢ ĐỊNH" in v)
        for part in ("840,460", "tỷ lệ của kế hoạch", "12,94 ha", "6,5"):
            assert part in told


def test_numbers_have_vietnamese_signs_and_labels_one_meaning(bench, own_data, tmp_path):
    book = opened(bench["made"]["own"])
    shown = {c.number_format for sheet in book for row in sheet.iter_rows() for c in row
             if isinstance(c.value, int | float)}  # fmt: skip
    assert not {one for one in shown if "0" in one and not one.startswith("[$-42A]")}
    english = write_workbook(own_data, tmp_path / "en.xlsx", lang="en")
    assert "42A" not in "".join(c.number_format for sheet in openpyxl.load_workbook(english)
                                for row in sheet.iter_rows() for c in row)  # fmt: skip
    words = [
        v for (sheet, _), v in values(bench["made"]["own"]).items() if sheet == "Đất và đầu tư"
    ]
    words = [word for word in words if isinstance(word, str)]
    assert not [word for word in words if "cần bán" in word or "Còn thiếu" in word]
    assert "Thiếu (+), dư (-) so với chia đều" in words


def test_rates_are_per_cents_and_levels_of_per_cents_stay(bench):
    book, names = opened(bench["made"]["own"]), bench["names"]["own"]
    for name in ("co_so_given_inflation", "co_so_growth_total_product", "co_so_share_services"):
        for sheet, at in names[name]:
            assert book[sheet][at].number_format.endswith("%"), (name, at)
    sheet, at = names["target_2_2_7_graduates_lower"][0] if "target_2_2_7_graduates_lower" in names else (
        names["target_2_2_17_on_time"][0])  # fmt: skip
    assert book[sheet][at].value > 1
    assert not book[sheet][at].number_format.endswith("%")


MARKED = re.compile("[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.I)


def test_an_english_workbook_holds_vietnamese_names_and_notes_only(bench, own_data, tmp_path):
    got = values(write_workbook(own_data, tmp_path / "en.xlsx", lang="en"))
    notes = {"Owner", "Source", "Sources", "Reason, note", "Definition, notes", "Version", "Note"}
    heads = {}
    for (sheet, at), value in sorted(
        got.items(), key=lambda one: int(re.sub(r"\D", "", one[0][1]))
    ):
        column = re.sub(r"\d", "", at)
        if value in notes or (isinstance(value, str) and value.startswith("Status, origin")):
            heads[sheet, column] = value
        elif isinstance(value, str) and MARKED.search(value) and (sheet, column) not in heads:
            told = "People's Committee" in value or "→" in value
            assert told or (sheet, column) == ("Sources", "A"), (sheet, at, value)


def test_the_same_data_make_the_same_bytes(rich, tmp_path):
    first = write_workbook(rich, tmp_path / "a.xlsx").read_bytes()
    assert write_workbook(rich, tmp_path / "b.xlsx").read_bytes() == first
    created = openpyxl.load_workbook(tmp_path / "a.xlsx").properties.created
    assert created.date().isoformat() == "2022-07-01"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["a.xlsx", "b.xlsx"]


def everything(path):
    with zipfile.ZipFile(path) as file:
        return "\n".join(file.read(n).decode() for n in file.namelist() if n.endswith(".xml"))


def test_another_commune_has_its_own_names_only(bench, own_data):
    for key in ("rich", "small"):
        text = everything(bench["made"][key])
        assert "Mẫu Sơn" in text or "Mau Son" in text
        for name in (own_data.commune.name, own_data.commune.name_en, own_data.commune.city):
            assert name not in text


def test_internal_targets_stay_inside_unless_asked_for(bench, rich, tmp_path):
    assert "Việc kín" in everything(bench["made"]["rich"])
    text = everything(write_workbook(rich, tmp_path / "public.xlsx"))
    assert "Việc kín" not in text
    assert "77.7777" not in text


def test_text_never_becomes_a_formula(rich, tmp_path):
    bad = ["=1+1", "+A1", "-2+3", "@SUM(A1)", '=HYPERLINK("x")']
    targets = [
        replace(
            t,
            name=Text(bad[i % 5], bad[i % 5]),
            owner=bad[(i + 1) % 5],
            definition=bad[(i + 2) % 5],
        )
        for i, t in enumerate(rich.plan.targets)
    ]
    commune = replace(rich.plan.commune, name="=cmd|' /C calc'!A0")
    plan = replace(rich.plan, targets=tuple(targets), commune=commune)
    notes = tuple(replace(o, note=bad[i % 5]) for i, o in enumerate(rich.observed))
    path = write_workbook(replace(rich, plan=plan, observed=notes), tmp_path / "bad.xlsx")
    texts = set(formulas(path).values())
    assert not [t for t in texts if t in bad or "cmd" in t or "HYPERLINK" in t]
    shown = set(values(path).values())
    assert set(bad) <= shown
    used = {word for text in texts for word in re.findall(r"([A-Z][A-Z0-9_.]*)\(", text)}
    assert used <= ALLOWED


def test_a_workbook_that_cannot_be_written_leaves_the_earlier_one(rich, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"earlier")
    with pytest.raises(ValueError, match="scenario"):
        write_workbook(rich, path, scenario="nothing")
    with pytest.raises(ValueError, match="lang"):
        write_workbook(rich, path, lang="fr")
    with pytest.raises(ValueError, match="as_of"):
        write_workbook(rich, path, as_of="soon")
    assert path.read_bytes() == b"earlier"


def test_a_scenario_without_anything_says_what_is_missing(rich, tmp_path):
    bare = replace(rich, assumed={"co_so": Scenario("co_so", ())})
    path = write_workbook(bare, tmp_path / "bare.xlsx")
    got, names = values(path), named(path)
    assert [got.get(at) for at in names["co_so_total_product"]] == [
        500,
        541.5,
        None,
        None,
        None,
        None,
    ]
    states = [v for (sheet, at), v in got.items() if sheet == "Kịch bản" and at.startswith("I")]
    assert not [state for state in states if "_" in str(state)]
    assert sum(str(state).startswith("thiếu") for state in states) > 10


# ------------------------------------------------------------------ the annex


TYPED = [
    pytest.param("504.276", 504276.0, "#,##0", id="three decimals of a billion"),
    pytest.param("12.3456789", 12345.6789, "#,##0.0000", id="more digits than a million holds"),
    pytest.param("0.1", 100.0, "#,##0", id="a tenth"),
    pytest.param("1234567.891", 1234567891.0, "#,##0", id="large"),
    pytest.param("25.225001", 25225.001, "#,##0.000", id="a binary remainder"),
]


@pytest.mark.parametrize(("typed", "wanted", "shown"), TYPED)
def test_typed_figures_come_back_to_the_digit(rich, tmp_path, typed, wanted, shown):
    model = next(o for o in rich.observed if o.series_id == "collected_revenue")
    rows = [
        replace(model, year=2022, period=period, value=float(typed), recorded_on="2022-12-31")
        for period in ("H1", "9M", "FY")
    ]
    data = replace(rich, observed=(*rich.observed, *rows))
    for period in PERIODS:
        path = write_workbook(data, tmp_path / f"{period}.xlsx", as_of=f"2022-{period}")
        (row,) = [
            r
            for r in openpyxl.load_workbook(path, data_only=True)["Phụ lục"].iter_rows()
            if r[1].value == "Thu ngân sách nhà nước trên địa bàn"
        ]
        for now in (row[5], *row[15:18]):
            assert now.value == wanted == float(Decimal(typed) * 1000)
            assert now.number_format == f"[$-42A]{shown}"
        assert row[2].value == "triệu đồng"
        assert row[3].value == 25225.001
    assert in_millions(float(typed), "billion VND")[0] == wanted


def annex_row(path, name):
    """Return a row of the annex."""
    sheet = opened(path, data_only=True)["Phụ lục"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == name]
    return row


def test_the_annex_comes_first_and_has_the_columns_that_officials_expect(bench):
    book = opened(bench["made"]["rich"], data_only=True)
    assert book.sheetnames == [
        "Phụ lục", "Bảng theo dõi", "Giả định", "Kịch bản", "So sánh", "Đất và đầu tư", "Lộ trình",
        "Sổ chỉ tiêu", "Nguồn",
    ]  # fmt: skip
    sheet = book["Phụ lục"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "TT")
    assert head[:14] == (
        "TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2020", "Kế hoạch năm 2021",
        "Ước thực hiện cả năm 2021", "% so kế hoạch", "Tăng so cùng kỳ (%, điểm %)", "Kế hoạch năm 2022",
        "Mục tiêu 2025", "Cơ quan theo dõi", "Nguyên nhân", "Giải pháp", "Ghi chú",
    )  # fmt: skip
    by_name = {row[1]: row for row in rows if isinstance(row[0], int)}
    revenue = by_name["Thu ngân sách nhà nước trên địa bàn"]
    assert revenue[4:6] == (20000, 25225.001)
    assert revenue[6] == pytest.approx(126.125005)
    ratio = by_name["Thu ngân sách"]
    assert ratio[5] == pytest.approx(100 * 25.225001 / 20)
    assert ratio[4] == ratio[8] == 105
    assert ratio[9] == "đạt 105% dự toán giao trở lên"
    assert by_name["Dân số"][3] == 10000
    assert sheet.print_area.endswith("$N$" + str(sheet.max_row))


def test_a_rating_stands_in_the_annex_in_words(bench):
    row = annex_row(bench["made"]["own"], "Xếp loại MTTQ và các tổ chức chính trị - xã hội")
    assert row[4] == row[8] == "hoàn thành tốt nhiệm vụ"


def test_the_annex_follows_the_period_that_is_chosen(bench):
    assert bench["names"]["rich"]["annex_period"] == [ANNEX_PERIOD]
    half = bench["done"]["land"]  # the copy in which the first half-year was chosen
    row = annex_row(half, "Thu ngân sách nhà nước trên địa bàn")
    assert row[5] == 11500
    assert row[6] == pytest.approx(100 * 11.5 / 20)
    assert row[7] is None
    head = next(row for row in opened(half, data_only=True)["Phụ lục"].iter_rows(values_only=True)
                if row[0] == "TT")  # fmt: skip
    assert head[5] == "Ước thực hiện 6 tháng đầu năm 2021"
    assert annex_row(half, "Thu ngân sách")[5] == pytest.approx(100 * 11.5 / 20)


# ------------------------------------------------------------------ small parts


def test_addresses_and_names():
    assert address(9, 701) == "$ZZ$10"
    assert identifier("known", "a1") == "known_a1"
    assert identifier("R1") == "name_r1"
    assert number_format("people", prefix="trên ") == '"trên "#,##0'


def test_an_inventory_takes_the_place_of_the_bare_division(own_data, tmp_path):
    data = replace(own_data, inventory=tuple(replace(p, origin="official")
                                         for p in own_data.inventory_example))  # fmt: skip
    path = write_workbook(data, tmp_path / "a.xlsx")
    got, names = values(path), named(path)
    plots = [p for p in data.inventory if p.stream == "commune_run"]
    pairs = zip(names["land_area"], names["land_saleable"], strict=True)
    offered = sum(got[area] * got[part] for area, part in pairs)
    assert offered == pytest.approx(sum(p.area_m2 * p.saleable_share for p in plots))
    told = [v for (sheet, _), v in got.items() if sheet == "Đất và đầu tư" and isinstance(v, str)]
    assert any("danh mục khu đất của xã: 5 trong" in v for v in told), told
    assert not any("GIẢ ĐỊNH" in v for v in told)


@pytest.mark.parametrize("name", ["x.docx", "nowhere/x.xlsx"])
def test_a_workbook_has_its_ending_and_a_folder(own_data, tmp_path, name):
    with pytest.raises(ValueError, match=r"`path` must be a file \.xlsx in a folder that is there"):
        write_workbook(own_data, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
