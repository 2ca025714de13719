"""How fast the what-if page is, in Chromium: the first view, a moved slider, and its memory.

    python benchmarks/what_if_speed.py [--starts 5] [--moves 100] [--save] [--pictures]

The clock of the first view starts before `laikhe dashboard` does, with the browser open; a move is
shown when the results have changed and the next frame is drawn. Memory is what belongs to the
kernel of one page alone (Linux: proportional set size).
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "what_if_speed.csv"
PICTURES = ROOT / "docs" / "pictures"
COMMAND = [sys.executable, "-c", "from laikhe_analysis.cli import main; main()", "dashboard"]
BUDGETS = {"first view": "<= 4", "controls there": "", "move p50": "", "move p95": "<= 0.3"}

MOVE = """
([name, key]) => new Promise((done) => {
  const handle = document.querySelector(`.wi-row-${name} .noUi-handle`);
  const results = document.querySelector(".wi-right");
  const start = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  });
  seen.observe(results, { childList: true, subtree: true });
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: key, bubbles: true }));
})
"""


def begin() -> tuple[subprocess.Popen[str], str, float]:
    """Return the dashboard's process, its address, and when it was started."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, "--no-browser", "--data", str(ROOT / "data"), "--notebooks", str(ROOT / "notebooks")],
        stdout=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    return process, process.stdout.readline().rpartition(": ")[2].strip(), start


def end(process: subprocess.Popen[str]) -> None:
    """Stop the dashboard as Ctrl+C does."""
    process.send_signal(signal.SIGINT)
    process.wait(20)


def first_views(browser: object, count: int) -> dict[str, float]:
    """Return the median times until results can be read, and until sliders can be moved."""
    seen, movable = [], []
    for _ in range(count):
        process, url, start = begin()
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(url, wait_until="commit")
        page.wait_for_selector(".wi-results .wi-lines")
        seen.append(time.perf_counter() - start)
        page.wait_for_selector(".wi-page .noUi-handle")
        movable.append(time.perf_counter() - start)
        page.close()
        end(process)
    return {"first view": statistics.median(seen), "controls there": statistics.median(movable)}


def kernel_memory(process: subprocess.Popen[str]) -> dict[str, float]:
    """Return the memory of the server and of its one kernel, where /proc tells. [MB]"""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            size = (folder / "smaps_rollup").read_text()
        except (OSError, ValueError):
            continue
        share = next(
            int(line.split()[1]) / 1024 for line in size.splitlines() if line[:4] == "Pss:"
        )
        if int(folder.name) == process.pid:
            found["server"] = share
        if parent == process.pid:
            found["kernel of a page"] = share
    return found


def moves(browser: object, count: int, pictures: bool) -> tuple[dict[str, float], dict[str, float]]:
    """Return how long a moved slider takes to show, and the memory after all moves."""
    process, url, _ = begin()
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(url)
    page.wait_for_selector(".wi-page .noUi-handle")
    page.wait_for_timeout(1000)
    rows = page.locator(".wi-row").evaluate_all(
        "all => all.map(e => [...e.classList].find(c => c.startsWith('wi-row-')).slice(7))"
    )
    times = []
    for k in range(count):
        name = rows[k % len(rows)]
        key = "ArrowLeft" if name in ("sold", "share_industry") else "ArrowRight"
        times.append(page.evaluate(MOVE, [name, key]) / 1000)
    memory = kernel_memory(process)
    if pictures:
        take_pictures(browser, url)
    page.close()
    end(process)
    ordered = sorted(times)
    found = {"move p50": statistics.median(ordered), "move p95": ordered[int(0.95 * count) - 1]}
    return found, memory


def take_pictures(browser: object, url: str) -> None:
    """Keep the page as it looks on a wall and on a phone."""
    from PIL import Image

    for name, width, height in (("what_if", 1366, 768), ("what_if_phone", 390, 844)):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(url)
        page.wait_for_selector(".wi-page .noUi-handle")
        for row, typed in (("growth_industry", "11"), ("area_ha", "20"), ("price", "12")):
            page.locator(f".wi-row-{row} input").fill(typed)
            page.locator(f".wi-row-{row} input").press("Enter")
            page.wait_for_timeout(400)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        if name.endswith("phone"):
            page.evaluate("document.querySelector('.wi-row-area_ha').scrollIntoView()")
        content = page.screenshot()
        page.close()
        few = Image.open(io.BytesIO(content)).quantize(64, dither=Image.Dither.NONE)
        few.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Read the command line, measure, print, and keep the table if wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--save", action="store_true", help="keep the table in results/")
    parser.add_argument("--pictures", action="store_true", help="renew docs/pictures/")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        seconds = first_views(browser, options.starts)
        moved, memory = moves(browser, options.moves, options.pictures)
        browser.close()
    rows = [(name, f"{value:.3f}", "s", BUDGETS[name]) for name, value in (seconds | moved).items()]
    rows += [(name, f"{value:.0f}", "MB", "") for name, value in memory.items()]
    for name, value, unit, budget in rows:
        print(f"{name:20} {value:>8} {unit:3} {budget}")
    if options.save:
        stamp = (
            f"{datetime.date.today()}, voila {version('voila')}, Python {platform.python_version()}"
        )
        stamp += f", {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["work", "value", "unit", "budget", "measured"])
            writer.writerows((*row, stamp) for row in rows)


if __name__ == "__main__":
    main()
