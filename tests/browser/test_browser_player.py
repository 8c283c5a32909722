"""Playing a training back in a real browser: it moves, it pauses, a zoom stays, and it can be done without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import walk
from tests.browser.app_server import AppServer
from tests.browser.conftest import Visit

EPOCH_SHOWN = "chart => Number(chart._fullLayout.sliders[0].steps[chart._fullLayout.sliders[0].active].args[0][0])"
COUNT_MOUNTED = """() => {
    window.mounted = 0;
    new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
        if (node.nodeType === 1 && (node.matches('.js-plotly-plot') || node.querySelector('.js-plotly-plot')))
            window.mounted++;
    }))).observe(document.body, {subtree: true, childList: true});
}"""


def trained(page: Page, url: str) -> Locator:
    walk.open_app(page, url)
    walk.use_tutorial(page)
    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "As fast as possible")
    walk.train(page)
    chart = walk.chart(page, "train.playback")
    page.wait_for_timeout(1500)
    return chart


def press_in_chart(chart: Locator, label: str) -> None:
    chart.locator(".updatemenu-button").filter(has_text=label).click()


def epoch(chart: Locator) -> int:
    shown: int = chart.evaluate(EPOCH_SHOWN)
    return shown


def zoom_by_dragging(page: Page, chart: Locator) -> None:
    chart.scroll_into_view_if_needed()
    drag = chart.locator(".draglayer .x2y2 .nsewdrag").bounding_box()
    assert drag is not None
    page.mouse.move(drag["x"] + 20, drag["y"] + 10)
    page.mouse.down()
    page.mouse.move(drag["x"] + 120, drag["y"] + 100, steps=5)
    page.mouse.up()
    expect(walk.keyed(page, "train.film_whole").get_by_role("button")).to_be_enabled()
    walk.settle(page)
    page.wait_for_timeout(500)


@pytest.mark.parametrize("view", ["light", "phone"])
def test_play_moves_pause_stops_and_a_zoom_stays(app: AppServer, visit: Visit, view: str) -> None:
    page = visit(view)
    chart = trained(page, app.url)
    assert epoch(chart) == 1000  # it does not play by itself
    # A zoom as dragging makes it; on a phone panels do not zoom, and nothing may move them either.
    if view == "light":
        zoom_by_dragging(page, chart)
    page.evaluate(COUNT_MOUNTED)
    ranges = "chart => [...chart._fullLayout.xaxis2.range, ...chart._fullLayout.yaxis2.range]"
    zoomed = chart.evaluate(ranges)
    assert (zoomed[1] < 900) == (view == "light")

    press_in_chart(chart, "Play")
    page.wait_for_timeout(1500)
    first = epoch(chart)
    page.wait_for_timeout(1000)
    second = epoch(chart)
    assert 0 < first < second < 1000
    press_in_chart(chart, "Pause")
    page.wait_for_timeout(300)
    paused = epoch(chart)
    page.wait_for_timeout(800)
    assert epoch(chart) == paused >= second
    assert chart.evaluate(ranges) == zoomed
    assert page.evaluate("window.mounted") == 0

    # What it shows is the paused epoch's: the line through the panels stands there.
    lines = "t => t.mode === 'lines' && t.x.length === 2 && t.yaxis !== 'y'"
    lines = f"chart => chart._fullData.filter({lines}).map(t => t.x[0])"
    assert set(chart.evaluate(lines)) == {paused}
    press_in_chart(chart, "Play")
    page.wait_for_timeout(800)
    assert epoch(chart) > paused  # it goes on from there
    if view == "light":
        walk.press(page, "train.back")
        page.wait_for_timeout(1000)
        assert epoch(chart) == 999
        assert chart.evaluate(ranges) == zoomed  # of another figure
        walk.press(page, "train.film_whole")
        page.wait_for_timeout(1000)
        assert chart.evaluate(ranges)[1] > 999
    walk.check_sound(page)


def test_steps_by_keyboard(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    walk.open_app(page, app.url)
    walk.use_tutorial(page)
    walk.go_to(page, "Train")
    for key, expected in (("train.step_10", 10), ("train.back", 9), ("train.step_1", 10), ("train.reset", 0)):
        button = walk.keyed(page, key).get_by_role("button")
        button.focus()
        page.keyboard.press("Enter")
        walk.settle(page)
        expect(page.get_by_test_id("stMain")).to_contain_text(f"At epoch {expected} of 1,000")
    walk.press(page, "train.to_end")
    walk.wait_until_trained(page)
    walk.enter(page, "train.at_epoch", "100")
    expect(page.get_by_test_id("stMain")).to_contain_text("0.2846")
    chart = walk.chart(page, "train.playback")
    page.wait_for_timeout(1000)
    assert epoch(chart) == 100
    # Play, without a mouse: the picture changes under a button that keeps the focus, until it is pressed again.
    page.locator("summary").filter(has_text="Play and zoom with the keyboard").focus()
    page.keyboard.press("Enter")
    button = walk.keyed(page, "train.film_play").get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    shown = page.locator("[class*='st-key-train-playback-'] .annotation-text").filter(has_text="Epoch").first
    expect(shown).not_to_have_text("Epoch 100", timeout=10_000)
    page.keyboard.press("Space")
    expect(button).to_contain_text("Play")
    expect(page.get_by_test_id("stMain")).to_contain_text("At epoch 100 of 1,000")  # the model stays
