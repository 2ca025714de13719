"""Open notebooks: what they import and say, on every kind of folder."""

import ast
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from conftest import DATA, ROOT

from laikhe_analysis.data import load
from laikhe_analysis.findings import income, investment, product, register, revenue, scenarios
from laikhe_analysis.findings.board import standing
from laikhe_analysis.language import speaking
from laikhe_analysis.language.extraction import problems
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.messages import catalogue
from laikhe_analysis.office.missing import still_missing
from laikhe_analysis.office.notebooks import NotebookError, run_notebook
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import by_year, override

CASES = Path(__file__).parent / "cases"


def under_baseline(find):
    """Return what finds an answer in a folder; nothing without the baseline."""
    return lambda data: find(data) if "co_so" in data.assumed else None


def of_baseline(subject):
    return under_baseline(lambda data: subject.under_scenario(data, data.projection("co_so")))


def moved(data):
    """The case that notebook 09 tries: industry at 11 % a year, where there is industry."""
    base = data.projection("co_so").scenario
    row = Assumption("growth_industry", data.commune.base_year + 1, data.commune.target_year, 0.11,
                     "fraction/year", "assumption")  # fmt: skip
    rows = [row] if row.variable in by_year(base) else []
    return data.projection(override(base, "đang thử", *rows))


ANSWERS = {
    "00": register.folder,
    "01": register.counted,
    "02": of_baseline(revenue),
    "03": of_baseline(product),
    "04": of_baseline(income),
    "05": investment.answer,
    "06": under_baseline(lambda data: scenarios.side_by_side(
        {name: data.projection(name) for name in data.assumed}, "co_so", "muc_tieu"
    )),
    "07": lambda data: standing(data.board(scenario="co_so"), "co_so"),
    "09": under_baseline(lambda data: scenarios.side_by_side(
        {"co_so": data.projection("co_so"), "đang thử": moved(data)}, "co_so", "đang thử"
    )),
    "10": None,
}  # fmt: skip
KNOWN = {"json", "laikhe_analysis", "numpy", "pandas", "pathlib"}
OPENED = {path.name[:2]: path for path in (ROOT / "notebooks").glob("*.ipynb")}
OPEN = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.name[:2] in ANSWERS]
PLACES = ("own", "filled", "dongson", "namdinh", "hue", "made_up", "bare")


def cells(path, kind):
    content = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == kind]


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A folder with one target that is no economic one, and nothing else."""
    folder = shutil.copytree(DATA, tmp_path_factory.mktemp("bare") / "data")
    kept = {"targets.csv": "2.2.17-on-time,", "sources.csv": "plan,"}
    for path in folder.glob("*.csv"):
        first, *rows = path.read_text(encoding="utf-8").splitlines()
        own = [row for row in rows if row.startswith(kept.get(path.name, "no such row"))]
        path.write_text("\n".join([first, *own]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def place(request, bare, filled, folder):
    made = {"own": DATA, "filled": filled.folder, "bare": bare, "made_up": folder}
    return made.get(request.param) or CASES / "communes" / request.param


@pytest.fixture
def run(monkeypatch):
    """Run the cells of a notebook in this process; return its names and what it showed."""
    shown = []

    def keep(what, *, raw=False, metadata=None):
        shown.append((what if raw else what._repr_mimebundle_()) if raw else what.data)

    monkeypatch.setattr("IPython.display.display", keep)

    def run_on(path, folder, **parameters):
        shown.clear()
        names = {}
        for place, source in enumerate(cells(path, "code")):
            exec(compile(source, f"{path.name} cell {place}", "exec"), names)
            if place == 0:
                names |= {"DATA": str(folder), **parameters}
        return names, [one if isinstance(one, str) else one["text/plain"] for one in shown]

    return run_on


@pytest.mark.parametrize("path", OPEN, ids=lambda path: path.stem)
def test_the_analysis_is_in_the_cells(path):
    modules = set()
    for node in ast.walk(ast.parse("\n".join(cells(path, "code")))):
        if isinstance(node, ast.Import):
            modules |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module)
    assert not [name for name in modules if re.search(r"office|cli", name)]
    assert {name.partition(".")[0] for name in modules} <= KNOWN


@pytest.mark.parametrize("path", OPEN, ids=lambda path: path.stem)
def test_no_number_of_one_plan_is_written_into_the_text(path):
    for text in cells(path, "markdown"):
        assert not re.search(r"[0-9]", re.sub(r"^# [0-9]{2}\. ", "", text)), text


@pytest.mark.parametrize("place", PLACES, indirect=True, ids=str)
@pytest.mark.parametrize("path", OPEN, ids=lambda path: path.stem[:2])
def test_runs_on_any_folder_and_answers_with_its_finding(run, path, place):
    names, shown = run(path, place)
    assert shown
    for text in shown:
        assert not re.search(r"[{}]|\bnan\b|\bNone\b|Text\(", text), text
    assert len(set(shown)) == len(shown), "said twice"
    find = ANSWERS[path.name[:2]]
    if find is None:
        return
    found = find(load(place))
    if found is None:
        assert "found" not in names
        return
    told = str(tell(found.key, **found.numbers))
    if found.key.endswith("not_computable"):
        assert shown[0] == told
    else:
        assert f"**{told}**" in shown[0]
        assert names["found"] == found


def test_what_a_parameter_changes_is_seen(run):
    path = OPENED["04"]
    usual, _ = run(path, DATA)
    wide, _ = run(path, DATA, SPREAD=4.0, INFLATION=0.06)
    assert wide["fan"].hi_80.iloc[-1] > usual["fan"].hi_80.iloc[-1]
    assert wide["readings"].as_nominal.iloc[-1] < usual["readings"].as_nominal.iloc[-1]
    few, _ = run(path, DATA, DRAWS=1000, SEED=1)
    assert few["draws"].draws == 1000


@pytest.mark.parametrize(("number", "given", "words"), [
    ("02", {"BUOYANCY": 90.0}, "BUOYANCY phải từ 0 đến 5, gặp 90"),
    ("02", {"PERIOD": "8M"}, "`PERIOD` must be one of Q1, H1, 9M"),
    ("03", {"WINDOW": 0}, "WINDOW phải từ 1 đến 30, gặp 0"),
    ("03", {"SPREAD": -1.0}, "SPREAD phải từ 0 đến 10, gặp -1"),
    ("04", {"HISTORY": 1}, "HISTORY phải từ 3 đến 30, gặp 1"),
    ("06", {"BUOYANCIES": [100.0, 90.0]}, "BUOYANCIES 100.0 phải từ 0 đến 5, gặp 100"),
], ids=lambda x: str(x)[:12])  # fmt: skip
def test_a_parameter_that_cannot_be_stops_the_notebook_by_its_name(number, given, words):
    with pytest.raises(NotebookError, match=re.escape(words)):
        run_notebook(OPENED[number], {"DATA": str(DATA), **given})


def test_a_sector_without_rows_is_said_and_the_notebooks_run(tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "data")
    toml = (folder / "commune.toml").read_text("utf-8")
    toml = toml.replace('"agriculture"]', '"agriculture", "tourism"]')
    (folder / "commune.toml").write_text(toml, "utf-8")
    told = " ".join(text.en for text in still_missing(load(folder)))
    assert "of the sectors named, scenarios.csv lacks share_tourism; growth_tourism." in told
    for number in ("02", "03", "06"):
        run_notebook(OPENED[number], {"DATA": str(folder)})
    run_notebook(OPENED["02"], {"DATA": str(DATA), "SCENARIO": "co_soo"})


def test_years_of_a_commune_are_forecast_and_reconciled(run):
    _, shown = run(OPENED["04"], CASES / "communes" / "namdinh")
    assert any("Khả năng đạt 75,0 triệu" in text for text in shown)
    names, _ = run(OPENED["03"], CASES / "communes" / "namdinh", PRICES="_nominal")
    fitted = names["fitted"]
    assert fitted.parts.sum(axis=1).to_numpy() == pytest.approx(fitted.total.to_numpy())


def test_the_numbers_of_the_own_data(run):
    """methods.md 2.7 (range of the slow share, two structures) and 2.6 (income)."""
    names, _ = run(OPENED["03"], DATA)
    assert names["exact"].lower["agriculture"] == pytest.approx(0.112645, abs=1e-6)
    assert names["exact"].upper["agriculture"] == pytest.approx(0.282989, abs=1e-6)
    assert names["about"].lower["agriculture"] == pytest.approx(0.056823, abs=1e-6)
    assert names["implied"].round(4).tolist() == [0.1204, 0.1348]
    assert names["fan"].point.iloc[-1] == pytest.approx(146.2, abs=0.05)
    assert np.isclose(names["rows"]["như đã đo"]["pair"], 0.713, atol=5e-4)
    assert np.isclose(names["rows"]["kéo về mức chung"]["pair"], 0.445, atol=5e-4)
    names, _ = run(OPENED["04"], DATA)
    assert names["readings"].as_real.iloc[-1] == pytest.approx(80 * 1.12**5)
    assert names["record"].real.round(3).tolist() == [0.053, 0.057, 0.064]
    names, _ = run(OPENED["02"], DATA)
    assert names["needed"].round(3).tolist() == [1.067, 1.093, 1.114]
    assert names["made"].iloc[-1] == pytest.approx(177.2, abs=0.05)
    off = names["off"]
    assert {place: row["n"] for place, row in off.items()} == {
        "Hải Phòng (cũ)": 8,
        "Hải Dương (cũ)": 9,
    }
    ends = [round(row[end], 2) for row in off.values() for end in ("low", "high")]
    assert ends == [-0.24, 0.28, -0.21, 0.18], "around the mean, eight in ten"


@pytest.mark.usefixtures("nursery")
def test_a_notebook_speaks_english_where_the_run_does():
    with speaking("en"):
        english = run_notebook(OPENED["03"], {"DATA": str(DATA)})
    text = json.dumps(english.cells, ensure_ascii=False)
    assert english.metadata["lang"] == "en"
    assert "**Question:** with the growth of each sector" in text
    assert "Total product under the baseline scenario" in text
    assert "Câu hỏi" not in text


def test_the_catalogue_has_every_message_of_package_and_notebooks():
    package = Path(catalogue.__file__).parent.parent
    assert problems("en", package, ROOT / "notebooks") == []


def test_a_path_with_years_behind_it_has_both_required_rates(run, tmp_path, monkeypatch):
    """100 in the base year, 12 % asked, 110 a year later: 12.5 % a year is left for four years."""
    monkeypatch.setattr("laikhe_analysis.data.load", lambda at: load(at, today="2027-06-30"))
    folder = shutil.copytree(DATA, tmp_path / "data")
    end = ",final,official,plan,2027-03-01,,\n"
    row = "total_product,{},FY,{},,,billion VND,constant" + end
    earned = "income_per_capita,2026,FY,90,,,million VND/person/year,current" + end
    collected = "collected_revenue,{},FY,{},,,billion VND,current" + end
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(row.format(2025, 100) + row.format(2026, 110) + earned)
        file.write(collected.format(2025, 50) + collected.format(2026, 52))
    names, shown = run(OPENED["03"], folder)
    assert names["standing"].required_from_base == pytest.approx(0.12)
    left = (1.12**5 / 1.10) ** 0.25 - 1
    assert any(f"đến 2026 tăng 10,0%/năm, nên từ nay phải {100 * left:.1f}".replace(".", ",") in text
               for text in shown)  # fmt: skip
    assert names["ways"]["now"].array[0] == 110
    names, shown = run(OPENED["04"], folder)
    assert names["rest"] == pytest.approx((names["end"] / 90) ** 0.25 - 1)
    assert any("của năm 2026 còn phải" in text for text in shown)
    names, _ = run(OPENED["02"], folder)
    assert names["rest"] == pytest.approx((50 * 1.1**5 / 52) ** 0.25 - 1)


def test_past_projections_are_drawn_against_what_came_true(run, tmp_path, monkeypatch):
    monkeypatch.setattr("laikhe_analysis.data.load", lambda at: load(at, today="2027-06-30"))
    folder = shutil.copytree(DATA, tmp_path / "data")
    row = "total_product,{},FY,{},,,billion VND,constant,final,official,plan,2027-03-01,,\n"
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(row.format(2025, 200) + row.format(2026, 221.2))
    _, before = run(OPENED["07"], folder)
    head = "date,as_of,scenario,variable,year,low,middle,high,unit\n"
    kept = [("2025-11-02", "co_so", 2026, 107.5), ("2025-11-02", "co_so", 2027, 115.0),
            ("2026-12-01", "co_so", 2026, 109.0), ("2027-02-01", "co_so", 2026, 110.6),
            ("2027-02-01", "co_so", 2027, 118.0), ("2026-12-01", "than_trong", 2026, 99.0)]  # fmt: skip
    (folder / "history.csv").write_text(head + "".join(
        f"{day},2026,{scenario},total_product,{year},,{value},,index\n"
        for day, scenario, year, value in kept
    ), encoding="utf-8")  # fmt: skip
    names, shown = run(OPENED["07"], folder)
    ((paths, came),) = names["outlooks"].values()
    assert paths.loc[2026].dropna().to_dict() == {"2025-11-02": 107.5, "2026-12-01": 109}
    assert paths.loc[2027].dropna().to_dict() == {"2025-11-02": 115, "2027-02-01": 118}
    assert came.to_dict() == pytest.approx({2025: 100, 2026: 110.6})
    (told,) = [text for text in shown if text not in before]
    assert told.endswith("tổng giá trị sản phẩm, giá so sánh 2026: 109,0, 110,6.")


def test_incomes_of_former_communes_are_put_together_by_population(run, tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "data")
    first, *rows = (folder / "observations.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{first},area", *(f"{row}," for row in rows)]
    old = load(DATA).commune.predecessors
    for area, level, people in zip(old, (60, 90, 90), (200, 50, 50), strict=True):
        end = f"final,official,plan,2026-03-01,,,{area}"
        lines += [f"income_per_capita,2024,FY,{level},,,million VND/person/year,current,{end}",
                  f"population,2024,FY,{people},,,people,n/a,{end}"]  # fmt: skip
    (folder / "observations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    names, _ = run(OPENED["04"], folder)
    assert names["merged"].to_dict() == {2024: pytest.approx(70.0)}


def test_the_board_says_what_is_urgent_first_and_whom_to_ask(run, filled):
    names, shown = run(OPENED["07"], filled.folder)
    classed, asked = names["classed"], names["asked"]
    assert len(classed) == 15
    order = classed.status.drop_duplicates().tolist()
    assert order == ["insufficient", "moderate", "on_track", "achieved"]
    assert names["wide"].dtypes["known", "latest"].kind == "f"  # numbers, not texts
    assert {group for group, _field in names["wide"].columns} == {"head", "known", "goes"}
    red = asked["class"].str.startswith("↘")
    assert asked.question[red].str.startswith("Hỏi ").all()
    assert asked.question[~red].isna().all()
    income = asked.name.str.contains("thu nhập")
    # 78.5 x (1 + 0.95 x 0.12): at 0.95 of the rate asked for it is on track
    assert asked.turn[income].item() == (
        "lên đúng tiến độ nếu năm 2026 đạt từ 87,4 triệu đồng/người/năm theo giá so sánh"
    )
    assert any("từ 0,95 là đúng tiến độ, từ 0,60 là chậm" in text for text in shown)
    assert len(names["waiting"]) + len(names["empty"]) == 25
    assert names["lacking"].n.sum() == 14
    schools = names["levels"].name.str.contains("mức độ 2")
    years = [str(year) for year in range(2025, 2031)]
    assert names["levels"].loc[schools, years].squeeze().tolist() == pytest.approx(
        [5, 5.4, 5.8, 6.2, 6.6, 7]
    )


def test_the_profile_of_a_total_and_the_bar_elsewhere_are_parameters(run):
    even, _ = run(OPENED["07"], DATA)
    late, _ = run(OPENED["07"], DATA, LATE=True, RATIO=100.0, FIGURES=2, SCENARIO="muc_tieu")
    total = [names["levels"].set_index("name")["2026"].filter(like="Tổng vốn").item()
             for names in (late, even)]  # fmt: skip
    assert total == pytest.approx([504.276 / 15, 504.276 / 5])
    assert (even["bar"], late["bar"], len(late["most"])) == (110, 100, 2)


def test_what_a_saved_slider_shows_is_not_compared():
    """Ids of widgets are random: a notebook that was run and saved in JupyterLab stays green."""
    content = json.loads(OPENED["09"].read_text(encoding="utf-8"))
    asked = [c for c in content["cells"] if "sliders(" in "".join(c["source"])]
    tagged = [c for c in content["cells"] if "nbval-ignore-output" in c["metadata"].get("tags", [])]
    assert asked == tagged
    assert "widget-view" not in json.dumps(content)
