"""Names that Streamlit's front end or plotly would act on, as they are read in a real Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.app_server import AppServer
from tests.browser.conftest import Visit

# Each more often than the next, which is their order in the chart.
LEVELS = ["#000001", "Order #000003, Berlin", "constructor", "__proto__", "toString", "mapbox", "&#000004;", "<b>plain"]


def test_charts_show_names_as_they_are_written(app: AppServer, visit: Visit, tmp_path: Path) -> None:
    levels = [level for place, level in enumerate(LEVELS) for _ in range(20 - place)]
    rows = [f'"{level}",{place / 7:.3f}' for place, level in enumerate(levels)]
    (tmp_path / "names.csv").write_text("\n".join(["level,number", *rows]))
    page = visit("light")
    walk.open_app(page, app.url)
    walk.upload(page, tmp_path / "names.csv")
    drawn = walk.chart(page, "data.column_chart")
    expect(drawn.locator(".ytick text")).to_have_text(LEVELS)
    drawn.locator(".bars .point path").nth(1).hover(force=True)
    expect(drawn.locator(".hoverlayer text").last).to_have_text("Order #000003, Berlin: 19 rows")
