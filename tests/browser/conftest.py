"""One server and one Chromium for all browser tests; a fresh visitor for each test."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium, walk
from tests.browser.app_server import AppServer, serve

OUTPUT = Path(__file__).parent / "output"

Visit = Callable[[str], Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        if chromium.find(playwright) is None:
            message = "No Chromium on this machine; README.md says how to get one."
            # On a build server a missing browser would turn these tests off without anybody noticing.
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        started = chromium.launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def app(browser: Browser) -> Iterator[AppServer]:
    """Serve the app; after ``browser``, so that nothing starts when the tests are skipped."""
    with serve() as server:
        yield server


@pytest.fixture(autouse=True)
def _server_log_stays_clean(request: pytest.FixtureRequest) -> Iterator[None]:
    if "app" not in request.fixturenames:
        yield
        return
    server: AppServer = request.getfixturevalue("app")
    before = len(server.log())
    yield
    assert "Traceback" not in server.log()[before:], server.log()[before:]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember on the test whether it failed, so that ``visit`` knows to take a picture."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy hands over its result object
    if report.when == "call":
        item.stash[_FAILED] = report.failed


_FAILED = pytest.StashKey[bool]()


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """``visit("light" | "dark" | "phone")`` gives a new visitor's page; a failure leaves its picture in ``output/``."""
    name = re.sub(r"\W+", "-", request.node.name).strip("-")
    for picture in OUTPUT.glob(f"{name}-*.png"):
        picture.unlink()  # of an earlier failure
    pages: list[Page] = []
    script_errors: list[str] = []

    def open_view(view: str) -> Page:
        page = browser.new_context(**chromium.VIEWS[view]).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(40_000)  # two browsers may share two cores
        page.on("pageerror", lambda error: script_errors.append(str(error)))
        pages.append(page)
        return page

    yield open_view
    failed = request.node.stash.get(_FAILED, True)
    for number, page in enumerate(pages):
        if failed:
            OUTPUT.mkdir(exist_ok=True)
            walk.take_picture(page, OUTPUT / f"{name}-{number}.png")
        page.context.close()
    # Plotly ends an animation that is paused by rejecting its promise, without a reason and with nobody to take it.
    script_errors = [error for error in script_errors if error != "undefined"]
    assert not script_errors, script_errors
