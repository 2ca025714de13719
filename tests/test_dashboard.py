"""The what-if page in a browser, and what its server lets nobody reach."""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, program

from laikhe_analysis.data import load
from laikhe_analysis.outputs.what_if.answers import answer
from laikhe_analysis.outputs.what_if.chances import remembering
from laikhe_analysis.outputs.what_if.controls import Settings, controls
from laikhe_analysis.outputs.what_if.html import results_html
from laikhe_analysis.outputs.what_if.land import paces, rules
from laikhe_analysis.outputs.what_if.static import write_static, written
from laikhe_analysis.vietnamese import Asked, label, read_number

RUN = """
import sys
from pathlib import Path
from laikhe_analysis.outputs.what_if.dashboard import run_dashboard
run_dashboard(Path(sys.argv[1]), Path(sys.argv[2]), scenario="co_so", browser=False,
              idle=int(sys.argv[3]), say=lambda text: print(text.vi, flush=True))
"""
OFFLINE = [
    "--no-sandbox", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip


@contextmanager
def dashboard(folder, idle=600, notebooks=ROOT / "notebooks"):
    """Run the dashboard on a folder; give its process and its address."""
    arguments = [sys.executable, "-c", RUN, str(folder), str(notebooks), str(idle)]
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        first = process.stdout.readline()
        assert "http://127.0.0.1:" in first, first + process.stdout.read()
        yield process, first.split("“Nếu … thì sao”: ")[1].strip()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Return a folder of data that may be changed, and the address of the page on it."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(ROOT / "data", folder)
    with dashboard(folder) as (process, url):
        yield folder, url, process


@pytest.fixture(scope="module")
def browser():
    """Return a browser that finds no address but this machine's."""
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=OFFLINE)
        yield found
        found.close()


def opened(context, url):
    """Return the page once its sliders are there, and the list of all that it asks for."""
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.locator(".wi-page .noUi-handle").first.wait_for(timeout=20_000)
    return page, asked


def shown(page):
    """Return the numbers of the page by key."""
    script = """all => Object.fromEntries(all.map(e => [e.dataset.key, e.textContent]))"""
    return page.locator(".wi-page [data-key]").evaluate_all(script)


def wanted(data, settings):
    """Return the numbers that the library has for settings, by key."""
    found = re.findall(r'data-key="([^"]+)"[^>]*>([^<]*)<', results_html(answer(data, settings)))
    return {key: text.replace("&quot;", '"').replace("&amp;", "&") for key, text in found}


def wait_for(condition, seconds=10):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def test_every_control_moves_and_every_number_is_the_librarys(served, browser, tmp_path):
    folder, url, _ = served
    data = remembering(load(folder))
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page, asked = opened(context, url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    names = [control.name for control in controls(data, "co_so")]
    assert page.locator(".wi-row").count() == len(names)
    assert shown(page).items() >= wanted(data, Settings("co_so")).items()
    values = {}
    for name in names:
        row = page.locator(f".wi-row-{name}")
        before = row.locator("input").input_value()
        row.locator(".noUi-handle").press("ArrowRight" if name != "sold" else "ArrowLeft")
        wait_for(lambda row=row, before=before: row.locator("input").input_value() != before)
        typed = row.locator("input").input_value()
        values[name] = read_number(typed, Asked("index", notation="vi")).value
    selects = page.locator(".wi-controls select")
    selects.nth(1).select_option(label=label("plan_60"))
    selects.nth(2).select_option(label=label("back"))
    values["area_ha"] = 12.5
    page.locator(".wi-row-area_ha input").fill("12,5")
    page.locator(".wi-row-area_ha input").press("Enter")
    settings = Settings("co_so", values, "plan_60", "back")
    numbers = wanted(data, settings)
    assert len(numbers) > 60
    wait_for(lambda: shown(page).get("summary") == numbers["summary"])
    assert shown(page).items() >= numbers.items()
    assert "12,5 ha" in numbers["summary"]

    page.get_by_role("button", name="Lập tệp Excel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu tệp Excel").click()
    from openpyxl import load_workbook

    download.value.save_as(tmp_path / "x.xlsx")
    assert "KB phương án đang thử" in load_workbook(tmp_path / "x.xlsx").sheetnames

    page.locator(".wi-keeping input").nth(0).fill("đất 12,5 ha")
    page.locator(".wi-keeping input").nth(1).fill("thử bằng trình duyệt")
    page.locator(".wi-keeping input").nth(1).press("Tab")
    page.get_by_role("button", name="Ghi thành kịch bản").click()
    page.get_by_text("Đã ghi kịch bản “đất 12,5 ha”").wait_for()
    after = load(folder)
    kept = wanted(after, Settings("đất 12,5 ha"))
    wait_for(lambda: shown(page).get("summary") == kept["summary"])
    same = {key for key in numbers if key.endswith(":now")}
    assert {key: kept[key] for key in same} == {key: numbers[key] for key in same}

    page.get_by_role("button", name="Đặt lại").click()
    selects.nth(0).select_option(label=label("muc_tieu"))
    plan = wanted(data, Settings("muc_tieu"))
    wait_for(lambda: shown(page).get("summary") == plan["summary"])
    assert all(re.match(r"(http://127\.0\.0\.1:\d+/|data:|blob:)", one) for one in asked)
    assert "import " not in page.content()
    assert "show_page" not in page.content()
    context.close()


def test_a_wrong_entry_two_tabs_and_a_phone(served, browser):
    _, url, _ = served
    context = browser.new_context(viewport={"width": 390, "height": 844})
    (one, _), (two, _) = opened(context, url), opened(context, url.split("?")[0])
    assert one.evaluate("document.documentElement.scrollWidth") <= 390
    before = shown(two)
    entry = one.locator(".wi-row-price input")
    entry.fill("12.5")
    entry.press("Enter")
    one.locator(".wi-row-price").get_by_text("cần một số từ 0,1 đến 1.000").wait_for()
    assert shown(one)["summary"] == before["summary"]
    for page, typed in ((one, "11"), (two, "7,5")):
        page.locator(".wi-row-growth_industry input").fill(typed)
        page.locator(".wi-row-growth_industry input").press("Enter")
    wait_for(lambda: "11,0%/năm" in shown(one)["summary"])
    wait_for(lambda: "7,5%/năm" in shown(two)["summary"])
    assert shown(one)["2.2.2-industry:now"] == "11,00"
    assert shown(two)["2.2.2-industry:now"] == "7,50"
    context.close()


def kernels(process):
    """Return the kernels of a dashboard, by the process that each has for parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == process.pid:
            found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are found in /proc")
def test_a_killed_kernel_is_told_and_the_page_opens_again(served, browser):
    _, url, process = served
    context = browser.new_context()
    others = set(kernels(process))
    page, _ = opened(context, url)
    (mine,) = set(kernels(process)) - others
    page.locator(".wi-row-growth_industry input").fill("11")
    page.locator(".wi-row-growth_industry input").press("Enter")
    os.kill(mine, signal.SIGKILL)
    page.get_by_text("Phần tính toán của trang này đã dừng").wait_for()
    page.get_by_role("button", name="Mở lại").click()
    page.locator(".wi-page .noUi-handle").first.wait_for(timeout=20_000)
    assert not page.get_by_role("button", name="Mở lại").is_visible()
    assert shown(page)["summary"].startswith("Chưa đổi gì")
    page.goto("about:blank")  # as closing the tab does
    wait_for(lambda: not set(kernels(process)) - others)
    context.close()


def test_idle_pages_are_stopped_and_so_is_everything_on_ctrl_c(browser, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with dashboard(tmp_path / "data", idle=2) as (process, url):
        context = browser.new_context()
        page, _ = opened(context, url)
        page.get_by_text("Phần tính toán của trang này đã dừng").wait_for(timeout=15_000)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        said = process.stdout.read()
        assert "Đã dừng." in said
        assert "Traceback" not in said
        page.get_by_text("Chương trình đã dừng").wait_for(timeout=10_000)
        context.close()


# ---- what nobody reaches


def ask(url, **headers):
    """Return status and content of an address."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=10
        ) as got:
            return got.status, got.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


@pytest.mark.parametrize(
    "path",
    [
        "files/09_what_if.ipynb", "voila/files/09_what_if.ipynb", "09_what_if.ipynb",
        "voila/render/09_what_if.ipynb", "voila/tree", "tree", "lab", "api/contents",
        "voila/api/contents/09_what_if.ipynb", "api/kernels", "api/sessions", "api/terminals",
        "voila/static/../../../../etc/passwd", "voila/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "voila/templates/lab/static/../index.html.j2", "voila/templates/lab/static/%2e%2e/index.html.j2",
        "voila/templates/../../x/y", "voila/labextensions/../../etc/passwd", "data/scenarios.csv",
        "voila/static/..%2f..%2findex.html.j2", "login", "logout", "voila/query/x", "nothing",
    ],
)  # fmt: skip
def test_no_file_and_no_code_by_any_address(served, path):
    base, token = served[1].split("?")
    for address in (f"{base}{path}", f"{base}{path}?{token}"):
        status, content = ask(address)
        assert status in (403, 404), (address, status, content[:200])
        for secret in ("import ", "root:", "cell_type", "scenario,inherits", "{%"):
            assert secret not in content


def test_without_the_secret_or_under_another_name_there_is_nothing(served):
    base, token = served[1].split("?")
    status, content = ask(base)
    assert status == 403
    assert "Mở đúng đường dẫn" in content
    assert ask(f"{base}?token=wrong")[0] == 403
    assert ask(f"{base}?{token}", Host="evil.example")[0] == 403
    assert ask(f"{base}alive/00000000-0000-0000-0000-000000000000")[0] == 403
    assert ask(f"{base}nothing")[1].count("Không có trang này")


def test_the_port_is_closed_on_every_other_address(served):
    port = int(re.search(r":(\d+)/", served[1])[1])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; says which address would be used
            own = probe.getsockname()[0]
        except OSError:
            own = "127.0.0.2"
    others = {own, "127.0.0.2" if sys.platform.startswith("linux") else own} - {"127.0.0.1"}
    for address in others:
        with socket.socket() as client:
            client.settimeout(2)
            assert client.connect_ex((address, port)) != 0, address
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)) == 0


def test_code_sent_to_the_kernel_is_not_run(served, tmp_path):
    import asyncio

    from tornado.httpclient import AsyncHTTPClient, HTTPRequest
    from tornado.websocket import websocket_connect

    base, token = served[1].split("?")
    mark = tmp_path / "run"

    def message(kind, content):
        header = {
            "msg_id": kind,
            "username": "",
            "session": "x",
            "msg_type": kind,
            "version": "5.3",
        }
        return json.dumps({"header": header, "parent_header": {}, "metadata": {},
                           "content": content, "channel": "shell"})  # fmt: skip

    async def talk():
        page = await AsyncHTTPClient().fetch(f"{base}?{token}", request_timeout=30)
        kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', page.body.decode())[1]
        url = f"{base.replace('http', 'ws')}api/kernels/{kernel}/channels?{token}"
        link = await websocket_connect(HTTPRequest(url))
        code = f"open({str(mark)!r}, 'w')"
        await link.write_message(message("execute_request", {"code": code, "silent": False}))
        await link.write_message(message("kernel_info_request", {}))
        kinds = []
        while "kernel_info_reply" not in kinds:
            got = json.loads(await asyncio.wait_for(link.read_message(), 20))
            kinds.append(got["msg_type"])
        link.close()
        return kinds

    with ThreadPoolExecutor(1) as pool:  # the browser's driver has a loop in this one
        kinds = pool.submit(lambda: asyncio.run(talk())).result()
    assert "execute_reply" not in kinds
    assert not mark.exists()


def test_a_page_that_fails_says_so_in_vietnamese_and_shows_no_code(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = ROOT / "notebooks" / "09_what_if.ipynb"
    content = path.read_text(encoding="utf-8").replace("show_page(DATA", "secret = show_page(1 / 0")
    (tmp_path / path.name).write_text(content, encoding="utf-8")
    with dashboard(tmp_path / "data", notebooks=tmp_path) as (_, url):
        status, shown = ask(url)
        assert status == 200
        assert "Trang không mở được vì một lỗi chưa lường trước" in shown
        assert "There was an error" not in shown
        assert "secret" not in shown
        assert "ZeroDivision" not in shown


# ---- the page of the report


def test_the_static_page_has_the_librarys_numbers(browser, own_data, tmp_path):
    data, rng = remembering(own_data), random.Random(8)
    (name,) = write_static(data, tmp_path)
    content = (tmp_path / name).read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//|@import|url\((?!data:)', content)
    page, wrong = browser.new_page(viewport={"width": 1366, "height": 768}), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if "file:" not in request.url
            and "data:" not in request.url else None)  # fmt: skip
    page.goto((tmp_path / name).as_uri())
    words = {t.target_id: t.target_id.partition("-")[2] for t in data.plan.targets}
    every = {"values": {}, "rule": "", "pace": ""}
    cases = [every | {"scenario": name} for name in data.assumed]
    cases += [
        every | {"scenario": "co_so", "values": {c.name: round(c.low + c.step * k, 6)}}
        for c in controls(data, "co_so")
        for k in range(0, round((c.high - c.low) / c.step) + 1, 37)
        if c.group != "shares" or c.low + c.step * k <= 40
    ]
    for _ in range(40):
        scenario, values = rng.choice(list(data.assumed)), {}
        for c in controls(data, scenario):
            low, high = (0, 30) if c.group == "shares" else (max(c.low, 1), c.high)
            if rng.random() < 0.5:
                values[c.name] = round(
                    low + c.step * rng.randrange(round((high - low) / c.step)), 6
                )
        cases.append({"scenario": scenario, "values": values, "rule": rng.choice(["", *rules(data)]),
                      "pace": rng.choice(["", *paces(data)])})  # fmt: skip
    computed = page.evaluate("cases => cases.map(whatIf.compute)", cases)
    for case, got in zip(cases, computed, strict=True):
        numbers = written(answer(data, Settings(**case), draws=2))
        for key, value in numbers.items():
            other = got.get(words.get(key, key))
            assert other == (None if value is None else pytest.approx(value, rel=1e-9)), (key, case)
    assert len(cases) > 100
    page.locator("#wi-growth_industry").evaluate(
        "e => { e.value = 11; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    found = answer(data, Settings("co_so", {"growth_industry": 11.0}), draws=2)
    expected = f"{found.line('total_product').now.value:.2f}".replace(".", ",")
    assert page.locator('[data-key="2.2.2-total"]').inner_text() == expected
    assert page.locator("#wi-growth_industry + output").inner_text() == "11,0"
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not wrong
    page.close()


def test_the_static_page_of_a_commune_with_less(folder, tmp_path):
    data = load(folder)
    (name,) = write_static(data, tmp_path)
    content = (tmp_path / name).read_text(encoding="utf-8")
    inside = json.loads(re.search(r'id="wi-data"[^>]*>(.*?)</script>', content, re.S)[1])
    assert set(inside["grid"]) == {
        "growth_industry", "growth_agriculture", "inflation", "revenue_growth",
        "income_growth_real"}  # fmt: skip
    assert inside["grid"]["growth_industry"][150][-1] == pytest.approx(1.1**5)
    assert inside["kept"]["half"]["even"] == [0, 0, pytest.approx(0.5)]
    path = folder / "scenarios.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert write_static(load(folder), tmp_path) == []
