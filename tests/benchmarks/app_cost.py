"""What the app costs beside a bare Streamlit page: time to the first page drawn, and memory after the first session.

Run from the repository root: ``.venv/bin/python -m tests.benchmarks.app_cost``. The two take turns, so that a slow
moment of the machine hits both; every run has a new server and a new visitor. Prints each run, the medians and their
ratio.

- *first page*: from starting the server process until Chromium shows the page, script ended.
- *memory*: resident set of the server process (with its children) after that page; for the app also after a whole
  session with the tutorial sample: table, features, training, evaluation.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium, walk
from tests.browser.app_server import AppServer, serve

TARGET_RATIO = 1.3
BARE_PAGE = Path(__file__).parent / "bare_page.py"


def resident_mb(server: AppServer) -> float:
    """Return the memory of the server and its children in MB of 2**20 bytes."""
    process = psutil.Process(server.process.pid)
    return sum(part.memory_info().rss for part in (process, *process.children(recursive=True))) / 2**20


def run_bare(browser: Browser) -> dict[str, float]:
    """Serve and open the bare page."""
    with serve(BARE_PAGE) as server:
        page = new_page(browser)
        page.goto(server.url)
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)
        figures = {"first page, s": drawn(page, server), "memory after first page, MB": resident_mb(server)}
        page.context.close()
    # The bare page has no more to offer: its first page is its whole session.
    return {**figures, "memory after a session, MB": figures["memory after first page, MB"]}


def run_app(browser: Browser) -> dict[str, float]:
    """Serve and open the app, then walk once through the tutorial."""
    with serve() as server:
        page = new_page(browser)
        page.goto(server.url)
        expect(walk.keyed(page, "data.use_sample")).to_be_visible(timeout=60_000)
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()  # the Generate card's points
        figures = {"first page, s": drawn(page, server), "memory after first page, MB": resident_mb(server)}
        walk.tutorial(page)
        figures["memory after a session, MB"] = resident_mb(server)
        page.context.close()
    return figures


def new_page(browser: Browser) -> Page:
    """Open a tab as a visitor who has never been here."""
    return browser.new_context(**chromium.VIEWS["light"]).new_page()  # type: ignore[arg-type]


def drawn(page: Page, server: AppServer) -> float:
    """Wait for the end of the script and return the seconds since the server was started."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    return time.perf_counter() - server.started


def main() -> None:
    """Run, and print a table of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    bare: list[dict[str, float]] = []
    app: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for _ in range(runs):
            bare.append(run_bare(browser))
            app.append(run_app(browser))
        browser.close()
    print(f"{'':28} {'bare':>8} {'app':>8} {'ratio':>6}   runs: bare | app")
    for name in app[0]:
        of_bare, of_app = [run[name] for run in bare], [run[name] for run in app]
        middle_bare, middle_app = statistics.median(of_bare), statistics.median(of_app)
        ratio = middle_app / middle_bare
        each = " | ".join(" ".join(f"{value:.1f}" for value in values) for values in (of_bare, of_app))
        verdict = "" if ratio <= TARGET_RATIO else f"  above {TARGET_RATIO}"
        print(f"{name:28} {middle_bare:8.1f} {middle_app:8.1f} {ratio:6.2f}   {each}{verdict}")


if __name__ == "__main__":
    main()
