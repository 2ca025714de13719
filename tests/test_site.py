"""The offline pages, opened in a browser with nothing but files."""

import csv
import re
import shutil
import tomllib
from pathlib import Path

import nbformat
import pytest
from conftest import DATA, ROOT, program
from typer.testing import CliRunner

from laikhe_analysis.checks import tidy
from laikhe_analysis.cli import app
from laikhe_analysis.data.cells import words
from laikhe_analysis.data.columns import COLUMNS, SAME_SHAPE
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.notebooks import find_notebooks, run_notebooks
from laikhe_analysis.office.page_tables import as_cards, with_csv
from laikhe_analysis.office.report import JUPYTER_ONLY
from laikhe_analysis.office.site import ANALYSTS, notebook_title, write_site


@pytest.fixture(scope="module")
def site(tmp_path_factory, own_data):
    """Return a folder with the pages of this repository's notebooks as committed."""
    out = tmp_path_factory.mktemp("site")
    paths = find_notebooks(ROOT / "notebooks")
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in paths}
    written = write_site(out, notebooks)
    assert {path.name for path in written} == {path.name for path in out.iterdir()}
    titles = {stem: notebook_title(notebook) for stem, notebook in notebooks.items()}
    page = leader_page(look(own_data, "co_so"), titles, ["tệp kèm.txt"])
    (out / "index.html").write_text(page, encoding="utf-8")
    (out / "tệp kèm.txt").write_text("x", encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def filled_site(tmp_path_factory):
    """Return a folder with the pages that grow with a commune's figures, of nine months of 2026."""
    place = tmp_path_factory.mktemp("filled")
    data, out = shutil.copytree(DATA, place / "data"), place / "out"
    for file in (ROOT / "tests" / "cases" / "filled").glob("*.csv"):
        rows = file.read_text(encoding="utf-8").split("\n", 1)[1]
        with (data / file.name).open("a", encoding="utf-8") as added:
            added.write(rows)
    paths = [path for path in find_notebooks(ROOT / "notebooks") if path.stem[:2] in GROWING]
    out.mkdir()
    found = run_notebooks(paths, {"DATA": str(data), "AS_OF": "2026-9M"})
    write_site(out, {path.stem: notebook for path, notebook in found.items()})
    return out


GROWING = ("01", "02", "06", "07")
SCREEN = 768


def test_pages_ask_no_address_for_anything(site):
    for page in site.iterdir():
        content = page.read_text(encoding="utf-8")
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', content), page.name
        assert "@import" not in content
        assert not re.search(r"url\((?!data:)", content), page.name


def test_pages_say_what_they_are(site):
    for page in site.glob("*.html"):
        content = page.read_text(encoding="utf-8")
        assert content.count("<h1") == 1, page.name
        assert "<title>?" not in content
        assert re.search(r'<html lang="(vi|en)">', content)
        for alt in re.findall(r"<img[^>]*>", content):
            assert re.search(r'alt="[^"]{15,}"', alt), (page.name, alt[:80])


def test_a_notebook_without_a_heading_is_shown_as_such():
    assert notebook_title(nbformat.v4.new_notebook()) == "?"


def test_a_part_that_shows_nothing_is_left_out_with_its_heading(tmp_path):
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    shown = nbformat.v4.new_output("display_data", data={"text/plain": "một số"})
    cells = [text("# 00. X"), code("a = 1"), text("## Có\n\nVì."), code("b", outputs=[shown]),
             text("## Thiếu\n\nVì."), code("c"), text("## Chỉ lời\n\nĐủ.")]  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"lang": "en"})
    write_site(tmp_path, {"00_x": notebook})
    page = (tmp_path / "00_x.html").read_text(encoding="utf-8")
    assert "một số" in page
    assert "Chỉ lời" in page
    assert "Thiếu" not in page
    assert '<html lang="en">' in page
    assert 'href="index.html"' in page
    assert "Trang" not in page
    assert len(notebook.cells) == 7


def test_in_a_browser_every_link_works_and_nothing_leaves_the_machine(site):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    asked, failed, wrong = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        for path in sorted(site.glob("*.html")):
            page.goto(path.as_uri())
            for link in page.locator("a[href]").all():
                target = (link.get_attribute("href") or "").split("#")[0]
                assert not target or (site / Path(target)).exists(), (path.name, target)
            assert page.evaluate("document.documentElement.scrollWidth") <= 1366, path.name
            broken = "[...document.images].filter(i => !i.naturalWidth).length"
            assert page.evaluate(broken) == 0, path.name
            if path.stem[:2].isdigit():
                code = page.locator(".input").first
                assert not code.is_visible()
                page.locator("#show-code").check()
                assert code.is_visible()
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto((site / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert not failed
    assert not wrong


def test_pages_are_seven_screens_at_most_and_begin_with_the_answer(site, filled_site):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    where = "s => document.querySelector(s).getBoundingClientRect()"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": SCREEN})
        for path in [*sorted(site.glob("[0-9]*.html")), *sorted(filled_site.glob("[0-9]*.html"))]:
            if path.stem.startswith((*ANALYSTS, JUPYTER_ONLY)):
                continue
            page.goto(path.as_uri())
            height = page.evaluate("document.documentElement.scrollHeight")
            assert height <= 7 * SCREEN, (path, height / SCREEN)
            assert page.evaluate(where, ".output_area strong")["bottom"] <= SCREEN, path
            assert page.evaluate(where, "img.figure")["bottom"] <= SCREEN, path
        browser.close()


def test_a_folded_table_is_on_paper(site):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": SCREEN})
        page.goto((site / "01_targets_and_data.html").as_uri())
        cell = page.locator("details td").first
        assert not cell.is_visible()
        page.emulate_media(media="print")
        assert cell.bounding_box()["height"] > 0
        page.emulate_media(media="screen")
        page.locator("summary").first.click()
        assert cell.is_visible()
        browser.close()


def test_no_page_has_a_serious_barrier(site):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        for path in sorted(site.glob("*.html")):
            page.goto(path.as_uri())
            for one in Axe().run(page).response["violations"]:
                if one["impact"] in ("serious", "critical"):
                    found.append((path.name, one["id"], one["nodes"][0]["html"][:100]))
        browser.close()
    assert not found


TABLE = """<table class="words"><caption>Bảng, <b>năm</b></caption><thead><tr><th colspan="2">X</th></tr>
<tr><th>Tên</th><th>A &lt; "b"</th><th>C</th><th>D</th><th>E</th></tr></thead>
<tbody><tr><th>một</th><td class="number">1,5</td><td>–</td><td></td><td>2</td></tr></tbody></table>"""


def test_cells_of_wide_tables_name_their_columns():
    page = as_cards(TABLE)
    assert page.startswith('<table class="cards words">')
    assert '<th data-label="Tên">một</th>' in page
    assert '<td class="number" data-label="A &lt; &quot;b&quot;">1,5</td>' in page
    assert page.count("data-empty") == 2
    assert page.count("data-label") == 5
    narrow = TABLE.replace("<th>D</th>", "").replace("<td></td>", "")
    assert as_cards(narrow).count("data-label") == 4
    numbers = narrow.replace("words", "numbers")
    assert as_cards(numbers) == numbers
    narrow = narrow.replace("<th>E</th>", "").replace("<td>2</td>", "")
    assert as_cards(narrow) == narrow
    assert as_cards("<table><tr><td>1</td></tr></table>") == "<table><tr><td>1</td></tr></table>"


def test_a_table_is_taken_away_as_it_was_computed():
    shown = {"text/html": TABLE, "text/csv": "Tên,Mức\nmột,1.5\n"}
    page, files = with_csv(shown, "07_x")
    assert '<a href="07_x_bang_nam.csv" download>' in page["text/html"]
    assert files == {"07_x_bang_nam.csv": "\ufeff" + shown["text/csv"]}
    assert with_csv({"text/html": TABLE}, "07_x") == ({"text/html": TABLE}, {})


def test_what_analysts_need_stands_apart(site):
    index = (site / "index.html").read_text(encoding="utf-8")
    before, after = index.split("Cho người phân tích")
    assert "07_monitoring.html" in before
    assert "08_forecast_evidence.html" not in before
    assert "08_forecast_evidence.html" in after


def test_wide_tables_are_cards_on_a_phone(site):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        for name in ("02_budget_revenue", "04_income_per_capita", "07_monitoring"):
            page.goto((site / f"{name}.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
            wide = "[...document.querySelectorAll('table.cards')].filter(t => t.scrollWidth > 380)"
            assert page.evaluate(f"{wide}.length") == 0, name
        page.set_viewport_size({"width": 1366, "height": 768})
        assert page.evaluate("document.documentElement.scrollHeight") <= 6 * 768
        assert page.locator("p.csv a").count() == page.locator("table").count()
        browser.close()


BORN = (
    "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    " <b>sinh</b> **sinh** _sinh_ `sinh` [sinh](javascript:document.title='run') ~~sinh~~"
    " https://sinh.vn $sinh$ $\\frac{$ | &amp; {sinh}"
)
"""What HTML, Markdown and formulas would make something of."""

NAMES = {"target_id", "series_id", "role", "group", "variable", "inherits", "scenario", "decides",
         "import_id", "area", "status", "target_ids", "entity", "level", "key"}  # fmt: skip
"""Columns whose texts are names that the program looks for."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return a folder of data with markup in every text of every file."""
    folder = shutil.copytree(DATA, tmp_path_factory.mktemp("hostile") / "data")
    for path in sorted(folder.glob("*.csv")):
        columns = COLUMNS[SAME_SHAPE.get(path.name, path.name)]
        free = {c for c, one in columns.items() if one.read in (tidy, words)} - NAMES
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
            head = list(rows[0]) if rows else path.read_text("utf-8").strip().split(",")
        if path.name == "projects.csv":
            rows = [{"project_id": "a", "name": "Đường", "cost": "20", "order": "1", "y2027": "20",
                     "origin": "example"}]  # fmt: skip
        if path.name == "capital.csv":
            rows = [{"year": "2027", "kind": "city", "amount": "9", "origin": "example"}]
        for row in rows:
            row |= {c: f"{row.get(c, '')}{BORN}" for c in free & set(head)}
            if row.get("variable") == "sharing_rule":
                row["value"] += BORN
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, head)
            writer.writeheader()
            writer.writerows(rows)
    shutil.copy(folder / "plots_example.csv", folder / "plots.csv")
    toml = (folder / "commune.toml").read_text("utf-8")
    bad = BORN.replace("\\", "\\\\").replace('"', '\\"')
    for key, value in tomllib.loads(toml).items():
        if isinstance(value, str) and not re.match(r"\d{4}-|not stated", value):
            toml = toml.replace(f'{key} = "{value}"', f'{key} = "{value} {bad}"')
    toml = re.sub(r"(?m)^predecessors = .*$", f'predecessors = ["a {bad}"]', toml)
    toml += "".join(f'{name} = "{name} {bad}"\n' for name in
                    ("industry", "services", "total_product", "income_per_capita"))  # fmt: skip
    (folder / "commune.toml").write_text(toml, "utf-8")
    return folder


def test_nothing_of_the_data_is_taken_for_markup_on_any_page(hostile, tmp_path):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    out = tmp_path / "report"
    given = ["--data", str(hostile), "--notebooks", str(ROOT / "notebooks"), "--out", str(out)]
    done = CliRunner().invoke(app, ["report", *given])
    assert done.exit_code == 0, done.output or done.exception
    born, ran, seen = [], [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        for path in sorted(out.glob("*.html")):
            page.goto(path.as_uri())
            ran += [path.name] * (page.title() == "run")
            seen += "**sinh**" in page.locator("body").inner_text()
            marks = ":is(b, strong, em, i, code, del, s):text-is('sinh')"
            for one in page.locator(
                f"img[src=x], a[href*=javascript], a[href*=sinh], {marks}"
            ).all():
                born.append((path.name, one.evaluate("x => x.parentElement.outerHTML")[:300]))
        browser.close()
    assert (ran, born) == ([], [])
    assert seen > 5
