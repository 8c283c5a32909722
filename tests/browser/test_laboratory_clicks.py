"""Clicks in pictures, which only a browser can do: on the cost surface, on a row of the boundary, of the sigmoid."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import walk
from tests.browser.app_server import AppServer
from tests.browser.conftest import Visit


def train(page: Page, url: str) -> None:
    walk.open_app(page, url)
    walk.choose(page, "data.sample", "Customer churn (made up)")
    walk.press(page, "data.use_sample")
    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "As fast as possible")
    walk.train(page)


def click(page: Page, chart: Locator, place: str) -> None:
    """Click where ``place``, a JavaScript expression of the drawn figure ``d`` giving [x, y], says; in data units."""
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(800)  # the page stops moving
    x, y = chart.evaluate(
        f"""d => {{
            const [x, y] = {place};
            const {{xaxis, yaxis}} = d._fullLayout;
            const box = d.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.l2p(x), box.top + yaxis._offset + yaxis.l2p(y)];
        }}"""
    )
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    walk.settle(page)


def test_a_click_stands_there_holds_there_and_follows_that_row(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    train(page, app.url)

    # A point with no other in front of it: the last that was drawn.
    last = "(t => [t.x[t.x.length - 1], t.y[t.y.length - 1]])(d._fullData[d._fullData.length - 1])"
    click(page, walk.chart(page, "train.boundary").first, last)
    expect(page.get_by_text("held at the values of the clicked point")).to_be_visible()

    walk.pick(page, "lab.view", "Cost surface")
    before = walk.metric(page, "Cost where you are")
    middle = "['xaxis', 'yaxis'].map(axis => d._fullLayout[axis].range.reduce((a, b) => a + b) / 2)"
    click(page, walk.chart(page, "lab.surface.map").first, middle)
    card = page.get_by_test_id("stMetric").filter(has_text="Cost where you are")
    expect(card).not_to_contain_text(before)
    walk.check_sound(page)

    walk.pick(page, "lab.view", "One row, step by step")
    click(page, walk.chart(page, "lab.row.sigmoid").first, "(t => [t.x[0], t.y[0]])(d._fullData[2])")
    expect(page.get_by_text(re.compile("which is churned = yes"))).to_be_visible()
    walk.check_sound(page)


def test_scaling_in_the_laboratory_is_heard_by_the_whole_page(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    train(page, app.url)  # churn, which is scaled already
    walk.go_to(page, "Features")
    walk.keyed(page, "features.scale").locator("label").first.click()
    walk.settle(page)
    walk.go_to(page, "Train")
    walk.enter(page, "train.learning_rate", "0.00001")
    walk.train(page)
    walk.pick(page, "lab.view", "Learning rate")
    expect(page.get_by_text("This model is from before")).to_have_count(0)
    walk.press(page, "lab.scale")
    expect(page.get_by_text("This model is from before")).to_be_visible()
    field = walk.keyed(page, "train.at_epoch").locator("input")
    expect(field).to_have_count(1)  # the field of before stays until the page is drawn whole
    expect(field).to_be_disabled()
