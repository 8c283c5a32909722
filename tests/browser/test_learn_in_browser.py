"""Lessons by their links: each has an address, begins at its top, can be answered by keys, and leads into the app."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walk
from tests.browser.app_server import AppServer
from tests.browser.conftest import Visit

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def follow(page: Page, name: str, title: str) -> None:
    page.get_by_test_id("stMain").get_by_role("link", name=name).last.click()
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
    walk.settle(page)


@pytest.mark.parametrize("view", ["light", "phone"])
def test_from_lesson_to_lesson_and_back(app: AppServer, visit: Visit, view: str) -> None:
    page = visit(view)
    walk.open_app(page, f"{app.url}/learn", "Learn")
    follow(page, "3. The boundary", "The boundary: point, line, plane")
    expect(page).to_have_url(re.compile(r"/learn\?lesson=boundary$"))
    follow(page, "Next: The threshold", "The threshold")
    expect(page).to_have_url(re.compile(r"/learn\?lesson=threshold$"))
    assert page.evaluate(SCROLLED) == 0
    walk.check_sound(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="The boundary: point, line, plane")).to_be_visible()
    walk.settle(page)
    follow(page, "All lessons", "Learn")
    expect(page).to_have_url(re.compile(r"/learn$"))


def test_a_question_is_answered_by_keys_alone(app: AppServer, visit: Visit) -> None:
    page = visit("dark")
    walk.open_app(page, f"{app.url}/learn?lesson=kinds", "Yes or no, and how likely")
    walk.chart(page, "learn.kinds.ranking")
    walk.move_slider(page, "learn.kinds.acted", "ArrowRight", 5)
    expect(page.get_by_text("9 cases: their probabilities add up to")).to_be_visible()
    page.get_by_role("button", name="-1", exact=True).or_(page.get_by_role("button", name="−1", exact=True)).press(
        "Enter"
    )
    expect(page.get_by_text("9 cases: their probabilities add up to")).to_have_count(0)
    walk.check_sound(page)


def test_a_lesson_opens_the_app_and_the_app_gives_a_link(app: AppServer, visit: Visit) -> None:
    page = visit("light")
    walk.open_app(page, f"{app.url}/learn?lesson=curved", "When a straight boundary fails")
    follow(page, "Try it in the app", "Train")
    page.get_by_role("button", name="Link to this set-up").click()
    link = page.get_by_test_id("stCode").inner_text().replace("\n", "")
    assert link.startswith(f"{app.url}/train?data=circles&")

    other = visit("phone")
    walk.open_app(other, link, "Train")
    expect(other.get_by_text("ready to press")).to_have_count(0)
    expect(walk.keyed(other, "train.start").get_by_role("button")).to_be_enabled()
    walk.check_sound(other)
    walk.train(other)
    walk.check_sound(other)
