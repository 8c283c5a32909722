"""A visitor's walk through the app in a real Chromium: own table, all four pages, in light, dark and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walk
from tests.browser.app_server import AppServer, serve
from tests.browser.conftest import Visit
from tests.browser.customers import POSITIVE, ROWS, TARGET, write_customers


@pytest.mark.parametrize(
    ("view", "encoding"),
    [("light", "cp1252"), ("dark", "utf-8-sig"), ("phone", "utf-8")],
    ids=["light", "dark", "phone"],
)
def test_own_table_through_all_four_pages(
    app: AppServer, visit: Visit, view: str, encoding: str, tmp_path: Path
) -> None:
    page = visit(view)
    path = tmp_path / "Kündigungen.csv"
    write_customers(path, encoding)

    walk.open_app(page, app.url)
    walk.upload(page, path)
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text(f"{ROWS} rows, 7 columns").first).to_be_visible()
    expect(main.get_by_role("region", name=re.compile(f"^Rows of the table, {ROWS} in all"))).to_be_visible()
    walk.check_sound(page)

    walk.go_to(page, "Features")
    walk.choose(page, "features.target", TARGET)
    assert walk.chosen(page, "features.positive").startswith(POSITIVE)
    expect(main.get_by_text("The model will see")).to_be_visible()
    features = walk.keyed(page, "features.columns")
    expect(features).to_contain_text("Stadt")
    expect(features).not_to_contain_text("Kundennummer")  # it only names the row
    walk.check_sound(page)

    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "Watch")
    walk.note_progress(page)
    walk.train(page)
    (first_epoch, first_cost), *_, (last_epoch, last_cost) = walk.noted_progress(page)
    assert first_epoch < last_epoch
    assert first_cost > last_cost
    costs = walk.drawn_values(page, "train.cost")
    assert costs[0] == pytest.approx(0.693147, abs=1e-6)  # ln 2, from weights of zero
    assert costs[-1] < 0.9 * costs[0]
    walk.chart(page, "train.boundary")
    walk.chart(page, "train.weights")
    walk.check_sound(page)

    walk.go_to(page, "Evaluate")
    expect(main.get_by_text(TARGET).first).to_be_visible()
    walk.chart(page, "evaluate.roc")
    before = walk.confusion(page)
    assert sum(before) == ROWS * 0.2
    walk.move_slider(page, "evaluate.threshold", "ArrowRight", 20)
    after = walk.confusion(page, other_than=before)
    assert sum(after) == sum(before)
    walk.check_sound(page)

    walk.go_to(page, "Data")
    expect(main.get_by_text(f"{ROWS} rows, 7 columns").first).to_be_visible()
    walk.go_to(page, "Features")
    assert walk.chosen(page, "features.target") == TARGET
    walk.go_to(page, "Evaluate")
    assert walk.confusion(page) == after
    walk.check_sound(page)


@pytest.mark.parametrize("label", ["Features", "Train", "Evaluate"])
def test_deep_link_on_a_server_that_has_just_started(visit: Visit, label: str) -> None:
    page = visit("light")
    with serve() as server:
        walk.open_app(page, f"{server.url}/{label.lower()}", walk.TITLES[label])
        menu = page.get_by_test_id("stSidebarNav")
        expect(menu.get_by_role("link")).to_have_count(len(walk.TITLES))
        for title in walk.TITLES:
            expect(menu.get_by_role("link", name=title, exact=True)).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        walk.check_sound(page)
        assert "Traceback" not in server.log()


def test_tutorial_shows_its_numbers(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    walk.open_app(page, app.url)
    walk.use_tutorial(page)
    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "As fast as possible")
    walk.train(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("0.6931")
    expect(main).to_contain_text("0.2353")
    walk.go_to(page, "Evaluate")
    assert walk.metric(page, "Accuracy") == "90.00 %"


def test_broken_file_gets_one_message_and_the_table_stays(app: AppServer, visit: Visit, tmp_path: Path) -> None:
    page = visit("light")
    walk.open_app(page, app.url)
    walk.use_tutorial(page)
    picture = tmp_path / "customers.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    walk.upload(page, picture)
    alerts = page.get_by_test_id("stAlert")
    expect(alerts).to_have_count(1)
    expect(page.get_by_role("heading", name=walk.TUTORIAL)).to_be_visible()
    walk.check_sound(page)
    walk.go_to(page, "Features")
    assert walk.chosen(page, "features.target") != ""


def test_stopping_keeps_what_was_reached(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    start_long_run(page, app)
    walk.press(page, "train.stop")
    walk.wait_until_trained(page)
    costs = walk.drawn_values(page, "train.cost")
    assert costs[-1] < costs[0]
    walk.go_to(page, "Evaluate")
    walk.chart(page, "evaluate.confusion")


def test_training_goes_on_while_another_page_is_open(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    start_long_run(page, app)
    before, _ = walk.progress(page)
    walk.go_to(page, "Data")
    page.wait_for_timeout(1000)
    walk.go_to(page, "Train")
    after, _ = walk.progress(page)
    assert after > before
    walk.press(page, "train.stop")
    walk.wait_until_trained(page)


def start_long_run(page: Page, app: AppServer) -> None:
    """Start a run on the tutorial sample that takes far longer than the test."""
    walk.open_app(page, app.url)
    walk.use_tutorial(page)
    walk.go_to(page, "Train")
    walk.enter(page, "train.learning_rate", "0.0001")  # too small to be finished before the last epoch
    walk.enter(page, "train.max_iter", "1000000")
    walk.press(page, "train.start")


def test_one_click_finishes_training_and_other_choices_mark_the_result(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    walk.open_app(page, app.url)
    walk.use_tutorial(page)
    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "As fast as possible")
    walk.train(page)
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("The cost is 0.0029 above its lowest point")).to_be_visible()
    walk.press(page, "train.finish")
    expect(main.get_by_text("Finished: the cost has reached its lowest point.")).to_be_visible()
    walk.wait_until_trained(page)
    assert walk.metric(page, "Log loss reached") == "0.2324"
    expect(main.get_by_text("This model is from before")).to_have_count(0)
    walk.pick(page, "train.method", "Watch it learn")
    expect(main.get_by_text("the choices for training have changed since")).to_be_visible()
    assert walk.metric(page, "Log loss reached") == "0.2324"
    walk.check_sound(page)
