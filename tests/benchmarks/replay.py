"""What watching a model learn costs: frames per second, bytes, the wait for a step, share of training time, memory.

Run from the repository root: ``.venv/bin/python -m tests.benchmarks.replay``. A real Chromium trains on the tutorial
sample (1,000 rows) and on an uploaded table of 200,000 rows and 20 columns.

- *frames per second*: of the whole playback after pressing Play, from plotly's own event of each frame; beside it what
  was asked for, how often the browser painted meanwhile, the longest wait between two paints, and how many charts were
  mounted anew (none may be: that would flicker and lose the zoom).
- *bytes*: of the message that holds the figure with all its frames, before the websocket's own compression.
- *step*: from the click on "1 step" to the moment when the chart shows that epoch.
- *showing*: without a browser, in processor time so that a busy machine does not count: training by itself (the bare
  loop of the descent) against training as the page does it (losses of the test rows, reports to the page) and what the
  playback takes after it.
- *memory*: of the server's process after one training, and after twenty in the same session.
"""

from __future__ import annotations

import argparse
import base64
import statistics
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from logreg_core.charts import playback_figure
from logreg_core.data import Table, read_table
from logreg_core.evaluation import axis_range, moving_boundary, play_back, sample_points, typical_values
from logreg_core.features import Recipe, prepare, suggest_features
from logreg_core.training import LogLoss, TrainSettings, Walk, descent, run
from logreg_core.training.blas import one_blas_thread
from tests.benchmarks.app_cost import resident_mb
from tests.benchmarks.page_reruns import large_csv
from tests.browser import chromium, walk
from tests.browser.app_server import AppServer, serve

CHART = ".st-key-train-playback .js-plotly-plot"
STEPS = 7
TRAININGS = 20

PLAY = """chart => new Promise(done => {
    const times = [], paints = [];
    let mounted = 0, going = true;
    const isChart = node => node.nodeType === 1
        && (node.matches('.js-plotly-plot') || node.querySelector('.js-plotly-plot'));
    const watching = new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
        if (isChart(node)) mounted++;
    })));
    watching.observe(document.body, {subtree: true, childList: true});
    const paint = now => { paints.push(now); if (going) requestAnimationFrame(paint); };
    chart.on('plotly_animatingframe', () => times.push(performance.now()));
    chart.on('plotly_animated', () => {
        if (times.length < chart._fullLayout.sliders[0].steps.length) return;
        going = false;
        watching.disconnect();
        done({times, paints, mounted, asked: chart._fullLayout.updatemenus[0].buttons[0].args[1].frame.duration});
    });
    requestAnimationFrame(paint);
    chart.querySelector('.updatemenu-button').dispatchEvent(new MouseEvent('click', {bubbles: true}));
})"""

NOTE_CLICKS = (
    """() => document.addEventListener('click', () => {
    window.clicked = performance.now();
    window.drawn = null;
    const look = () => {
        const slider = document.querySelector('"""
    + CHART
    + """')?._fullLayout?.sliders?.[0];
        if (slider && slider.steps[slider.active].label === window.awaited) {
            window.drawn = performance.now();
        } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}, true)"""
)


class FigureBytes:
    """Notes the size of the last message that held the playback."""

    def __init__(self, page: Page) -> None:
        self.last = 0
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.webSocketFrameReceived", self._on_frame)

    def _on_frame(self, event: dict[str, Any]) -> None:
        payload = base64.b64decode(event["response"]["payloadData"])
        message = ForwardMsg.FromString(payload)
        if "train.playback" in message.delta.new_element.plotly_chart.id:
            self.last = len(payload)


def train_page(page: Page, url: str, csv: Path | None) -> None:
    """Open the app with the tutorial sample, or with a table, up to the Train page."""
    walk.open_app(page, url)
    if csv is None:
        walk.use_tutorial(page)
    else:
        walk.upload(page, csv)
        expect(page.get_by_test_id("stMain").get_by_text("200,000 rows").first).to_be_visible(timeout=120_000)
        walk.go_to(page, "Features")
        walk.choose(page, "features.target", "left")
        walk.press(page, "features.prepare")
    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "As fast as possible")


def measure_page(page: Page, server: AppServer, csv: Path | None) -> None:
    """Print what a visitor meets."""
    sizes = FigureBytes(page)
    train_page(page, server.url, csv)
    walk.train(page)
    page.wait_for_selector(f"{CHART} .main-svg")
    page.wait_for_timeout(2000)
    played = page.locator(CHART).evaluate(PLAY)
    times, paints = played["times"], played["paints"]
    longest = max(after - before for before, after in pairwise(paints))
    print(f"  bytes of the playback: {sizes.last / 1000:.0f} kB, {len(times)} frames")
    print(
        f"  playback: {per_second(times):.1f} frames/s of {1000 / played['asked']:.1f} asked for; "
        f"{per_second(paints):.0f} paints/s, longest wait {longest:.0f} ms; "
        f"charts mounted anew: {played['mounted']}"
    )
    print(f"  memory after 1 training: {resident_mb(server):.0f} MB", flush=True)
    measure_steps(page)
    if csv is not None:
        walk.enter(page, "train.max_iter", "200")
    for _ in range(TRAININGS - 1):
        walk.train(page)
    print(f"  memory after {TRAININGS} trainings: {resident_mb(server):.0f} MB", flush=True)


def per_second(moments: list[float]) -> float:
    """Return how many of these moments, in milliseconds, come in a second."""
    return 1000 * (len(moments) - 1) / (moments[-1] - moments[0])


def measure_steps(page: Page) -> None:
    """Print the wait from a click on "1 step" to the chart of its epoch."""
    walk.press(page, "train.reset")
    walk.press(page, "train.step_1")
    page.wait_for_timeout(2000)
    page.evaluate(NOTE_CLICKS)
    waits = []
    for epoch in range(2, 2 + STEPS):
        page.evaluate("label => { window.awaited = label }", str(epoch))
        walk.keyed(page, "train.step_1").get_by_role("button").click()
        page.wait_for_function("window.drawn !== null", timeout=60_000)
        waits.append(page.evaluate("window.drawn - window.clicked"))
        walk.settle(page)
        page.wait_for_timeout(500)
    each = " ".join(f"{wait:.0f}" for wait in waits)
    print(f"  click on 1 step to its epoch drawn: median {statistics.median(waits):.0f} ms ({each})", flush=True)


def measure_showing(table: Table, target: str, positive: str, runs: int) -> None:
    """Print training by itself, as the page does it, and what the playback takes."""
    recipe = Recipe(target, positive, tuple(suggest_features(table.frame, target)))
    prepared = prepare(table.frame, recipe, data_fingerprint=table.fingerprint)
    typical = typical_values(table.frame, prepared)
    settings = TrainSettings(tol=0.0)
    bare, shown, played = [], [], []
    for _ in range(runs):
        began = time.process_time()
        objective = LogLoss(prepared.X_train, prepared.y_train)
        with one_blas_thread:
            run(descent(objective, objective.n_features, settings), max_iter=settings.max_iter, tol=settings.tol)
        bare.append(time.process_time() - began)
        began = time.process_time()
        way = Walk(prepared, settings)
        way.go_on(watch=lambda progress: None)
        shown.append(time.process_time() - began)
        began = time.process_time()
        model = way.model()
        film = play_back(way, model, prepared, threshold=0.5, here=model)
        names = prepared.numbers[:2]
        ranges = [axis_range(table.frame[name].iloc[prepared.rows_train]) for name in names]
        moving = moving_boundary(prepared, film.parameters, typical, (names[0], names[1]), (ranges[0], ranges[1]), 0.5)
        points = sample_points(table.frame, prepared, "train", limit=600)
        figure = playback_figure(
            film, prepared.feature_names, moving, points, shown=0, threshold=0.5, positive=positive, negative="other"
        )
        figure.to_json()
        played.append(time.process_time() - began)
    bare_s, shown_s, played_s = (statistics.median(times) for times in (bare, shown, played))
    print(
        f"  bare fit {bare_s:.3f} s, with test losses and reports {shown_s:.3f} s, playback {played_s:.3f} s: "
        f"{100 * ((shown_s + played_s) / bare_s - 1):.0f} % over the bare fit",
        flush=True,
    )


def main() -> None:
    """Measure both tables, each with a new server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of the fits without a browser")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        large = Path(folder) / "large.csv"
        large_csv(large)
        browser = chromium.launch(playwright)
        for title, csv in (("tutorial sample, 1,000 x 2", None), ("200,000 rows x 20 columns", large)):
            print(title, flush=True)
            page = browser.new_context(**chromium.VIEWS["light"]).new_page()  # type: ignore[arg-type]
            page.set_default_timeout(120_000)
            with serve() as server:
                measure_page(page, server, csv)
            page.context.close()
        browser.close()
        print("showing, 200,000 rows x 20 columns", flush=True)
        measure_showing(read_table(large.read_bytes(), "large.csv"), "left", "yes", runs)


if __name__ == "__main__":
    main()
