"""What each page costs per rerun: the server's time and the bytes it sends to the browser.

Run from the repository root: ``.venv/bin/python -m tests.benchmarks.page_reruns``. A real Chromium walks through the
app with the tutorial sample, then with an uploaded CSV of 200,000 rows and 20 columns; the frames of its websocket are
recorded through the DevTools protocol and decoded as Streamlit's own messages.

- *time*: from the frame that asks for a rerun to the frame that says the script has finished. It is the server's work,
  with the local network and the frames' encoding.
- *bytes*: payload of all frames the server sent for it, before the websocket's own compression, and, after the plus,
  what the page fetched besides over HTTP in that time (media and data files; not the app's scripts and styles).

*open* is a page's first visit, *return* a later one, *rerun* the shortcut R with nothing changed, *threshold* one move
of the threshold; *take*, *upload*, *target* and *train* (200 epochs at full speed) are what they say.
Streamlit sends only a reference for what the browser already has, so a first visit is what tells a page's size.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.app_cost import resident_mb
from tests.browser import chromium, walk
from tests.browser.app_server import serve

LIMIT_BYTES = 2_000_000
ROWS, NUMBERS, CATEGORIES = 200_000, 16, 3


@dataclass
class Wire:
    """Everything that went over a page's websocket, with Chromium's own time stamps, and what came over HTTP."""

    page: Page
    asked: list[float] = field(default_factory=list)
    sent: list[tuple[float, int, str]] = field(default_factory=list)
    fetched: int = 0

    def __post_init__(self) -> None:
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("Network.enable")
        devtools.on("Network.webSocketFrameSent", self._on_asked)
        devtools.on("Network.webSocketFrameReceived", self._on_sent)
        self.page.on("response", self._on_fetched)

    def clear(self) -> None:
        """Forget everything so far."""
        self.asked.clear()
        self.sent.clear()
        self.fetched = 0

    def _on_asked(self, event: dict[str, Any]) -> None:
        message = BackMsg.FromString(base64.b64decode(event["response"]["payloadData"]))
        if message.WhichOneof("type") == "rerun_script":
            self.asked.append(event["timestamp"])

    def _on_sent(self, event: dict[str, Any]) -> None:
        payload = base64.b64decode(event["response"]["payloadData"])
        kind = ForwardMsg.FromString(payload).WhichOneof("type") or ""
        self.sent.append((event["timestamp"], len(payload), kind))

    def _on_fetched(self, response: Any) -> None:
        if urlsplit(response.url).path.startswith(("/media/", "/_stcore/")):
            self.fetched += len(response.body())

    def seconds(self) -> float:
        """Return the time from the first request to the last end of a script."""
        return max(when for when, _, kind in self.sent if kind == "script_finished") - self.asked[0]

    def bytes(self) -> int:
        """Return the payload of all frames the server sent."""
        return sum(size for _, size, _ in self.sent)


def large_csv(path: Path) -> None:
    """Write a made-up table of ROWS x 20: numbers, a few categories and a yes/no target that depends on them."""
    rng = np.random.default_rng(7)
    numbers = rng.normal(size=(ROWS, NUMBERS)).round(3)
    table = pd.DataFrame(numbers, columns=[f"measure {i + 1}" for i in range(NUMBERS)])
    score = numbers @ rng.normal(size=NUMBERS) / 2
    for i in range(CATEGORIES):
        level = rng.integers(0, 5, ROWS)
        table[f"group {i + 1}"] = np.array(["north", "east", "south", "west", "centre"])[level]
        score += (level == 0) * 0.5
    table["left"] = np.where(rng.random(ROWS) < 1 / (1 + np.exp(-score)), "yes", "no")
    table.to_csv(path, index=False)


class Report:
    """Measures one action after the other and prints what each cost."""

    def __init__(self, page: Page, table: str) -> None:
        self.page = page
        self.wire = Wire(page)
        self.table = table

    def measure(self, label: str, what: str, action: Callable[[], object]) -> None:
        """Do something on a page, wait until nothing follows any more, and print its time and bytes."""
        self.wire.clear()
        action()
        self.page.wait_for_timeout(1500)  # what charts and tables fetch once they are drawn belongs to it
        sent, fetched = self.wire.bytes(), self.wire.fetched
        largest = max(size for _, size, _ in self.wire.sent)
        verdict = "  OVER THE LIMIT" if sent + fetched > LIMIT_BYTES else ""
        print(
            f"{self.table:9} {label:9} {what:10} {self.wire.seconds() * 1000:8.0f} ms "
            f"{sent / 1000:9.1f} + {fetched / 1000:.1f} kB (largest frame {largest / 1000:.1f}){verdict}",
            flush=True,
        )

    def visit(self, label: str, what: str = "open") -> None:
        """Measure opening a page through the menu."""
        self.measure(label, what, lambda: walk.go_to(self.page, label))

    def rerun(self, label: str) -> None:
        """Measure a rerun of the open page with nothing changed."""
        self.page.get_by_role("heading", level=1).click()  # or the key would be typed into a field that has the focus
        self.measure(label, "rerun", lambda: (self.page.keyboard.press("r"), walk.settle(self.page)))


def measure_tutorial(page: Page, url: str) -> None:
    """Walk with the tutorial sample."""
    report = Report(page, "tutorial")
    walk.open_app(page, url)
    report.measure("Data", "take", lambda: walk.use_tutorial(page))
    report.rerun("Data")
    report.visit("Features")
    measure_rest(page, report)


def measure_upload(page: Page, url: str) -> None:
    """Walk with the large table."""
    report = Report(page, "large")
    walk.open_app(page, url)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        large_csv(path)
        print(f"large: {ROWS:,} rows, {NUMBERS + CATEGORIES + 1} columns, a CSV of {path.stat().st_size / 1e6:.1f} MB")
        report.measure("Data", "upload", lambda: walk.upload(page, path))
    report.rerun("Data")
    report.visit("Features")
    report.measure("Features", "target", lambda: walk.choose(page, "features.target", "left"))
    report.measure("Features", "prepare", lambda: walk.press(page, "features.prepare"))
    measure_rest(page, report)


def measure_rest(page: Page, report: Report) -> None:
    """Measure from the Features page on, where the target is chosen."""
    report.rerun("Features")
    report.visit("Train")
    walk.pick(page, "train.pace", "As fast as possible")
    walk.enter(page, "train.max_iter", "200")
    report.measure("Train", "train", lambda: walk.train(page))
    report.rerun("Train")
    report.visit("Evaluate")
    report.rerun("Evaluate")
    report.measure("Evaluate", "threshold", lambda: walk.move_slider(page, "evaluate.threshold", "ArrowRight", 1))
    report.visit("Train", "return")
    report.visit("Data", "return")


def main() -> None:
    """Measure both tables, each with a new server."""
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for measure in (measure_tutorial, measure_upload):
            page = browser.new_context(**chromium.VIEWS["light"]).new_page()  # type: ignore[arg-type]
            page.set_default_timeout(120_000)
            with serve() as server:
                measure(page, server.url)
                print(f"memory of the server now: {resident_mb(server):.0f} MB")
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
