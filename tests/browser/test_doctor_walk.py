"""An analyst mends a dirty table in a real Chromium: problems, one-click repairs, changing one, undoing, a split."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.app_server import AppServer
from tests.browser.conftest import Visit

ROWS = 400


def write_dirty(path: Path) -> None:
    """A churn table with a column that gives the answer away, numbers as text, a date, and copies of rows."""
    rng = np.random.default_rng(0)
    months = rng.integers(1, 60, ROWS)
    left = rng.random(ROWS) < 1 / (1 + np.exp(0.06 * (months - 25)))
    frame = pd.DataFrame(
        {
            "months": months,
            "total": [f"{value:.2f}" for value in months * rng.uniform(20, 90, ROWS)],
            "joined": (pd.Timestamp("2022-01-01") + pd.to_timedelta(rng.integers(0, 700, ROWS), unit="D")).strftime(
                "%Y-%m-%d"
            ),
            "status": np.where(left, "inactive", "active"),
            "churn": np.where(left, "yes", "no"),
        }
    )
    frame.loc[::40, "total"] = "pending"
    pd.concat([frame, frame.iloc[:15]]).to_csv(path, index=False)


@pytest.mark.parametrize("view", ["light", "phone"])
def test_problems_are_mended_changed_and_undone(app: AppServer, visit: Visit, view: str, tmp_path: Path) -> None:
    page = visit(view)
    write_dirty(tmp_path / "churn.csv")
    walk.open_app(page, app.url)
    walk.upload(page, tmp_path / "churn.csv")
    walk.go_to(page, "Features")
    walk.choose(page, "features.target", "churn")
    main = page.get_by_test_id("stMain")

    def mend(said: str, label: str) -> None:
        card = main.locator("[class*='st-key-features-finding-']").filter(has_text=said)
        card.get_by_role("button", name=label).click()
        walk.settle(page)
        expect(card).to_have_count(0)

    mend("'status' is 'churn' in other words", "Leave out")
    mend("rows repeat another row", "Use each once")
    mend("numbers written as text", "Read as numbers")
    mend("holds dates", "Use all parts")  # the last one left is unfolded
    features = walk.keyed(page, "features.columns")
    expect(features).to_contain_text("joined weekday")
    expect(features).not_to_contain_text("status")
    walk.check_sound(page)

    walk.press(page, "features.change.3")
    page.get_by_test_id("stPopoverBody").get_by_text("day of the week", exact=True).click()
    walk.settle(page)
    main.get_by_role("heading", name="Repairs").click()
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(features).not_to_contain_text("joined weekday")

    by_time = "Train on the past, test on the latest"
    # A list opened by a click closes while the page scrolls; typing keeps it open, which a phone does not offer.
    field = walk.keyed(page, "features.split").get_by_role("combobox")
    field.scroll_into_view_if_needed()
    page.wait_for_timeout(2 * walk.REACTION_MS)
    field.click()
    if field.is_editable():
        field.fill(by_time)
    page.get_by_role("option", name=by_time, exact=True).click()
    walk.settle(page)
    expect(walk.keyed(page, "features.split_time").get_by_role("combobox")).to_have_value("joined")
    walk.go_to(page, "Train")
    walk.pick(page, "train.pace", "As fast as possible")
    walk.train(page)
    walk.go_to(page, "Features")
    expect(main.get_by_text("Train on the past")).to_have_count(0)  # it stands in a field, not in the text
    assert walk.chosen(page, "features.split").startswith("Train on the past")
    walk.press(page, "features.undo_all")
    expect(features).to_contain_text("status")
    expect(features).not_to_contain_text("joined")
    walk.go_to(page, "Evaluate")
    expect(main.get_by_text(re.compile("have changed since")).first).to_be_visible()
    walk.check_sound(page)
