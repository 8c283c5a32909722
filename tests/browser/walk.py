"""The steps of a walk through the app, as a visitor takes them; every step waits until the page has answered."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

STOPS = {"Data": "Bring a table", "Features": "Choose features", "Train": "Train", "Evaluate": "Evaluate"}
TITLES = {**STOPS, "Learn": "Learn", "Tutorial": "Tutorial: from nothing to 90 %"}
TUTORIAL = "Tutorial: two clusters"

# Streamlit sends a slider's value after a pause of 200 ms; an answer cannot have begun before that.
REACTION_MS = 300

# Playwright gives up after five seconds, which a busy machine needs for one chart.
expect.set_options(timeout=30_000)


def settle(page: Page) -> None:
    """Wait until the script that the last action started has ended."""
    page.wait_for_timeout(REACTION_MS)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)


def keyed(page: Page, key: str) -> Locator:
    """Return the element with this Streamlit key; Streamlit writes the key as a CSS class."""
    return page.locator(f".st-key-{re.sub(r'[^A-Za-z0-9_-]', '-', key)}")


def open_app(page: Page, url: str, title: str = TITLES["Data"]) -> None:
    """Open an address and wait for the page with this title."""
    page.goto(url)
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible(timeout=60_000)
    settle(page)


def go_to(page: Page, label: str) -> None:
    """Change the page through the menu; on a phone the menu is a drawer."""
    drawer = page.get_by_test_id("stExpandSidebarButton")
    if drawer.is_visible():
        drawer.click()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=label, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=TITLES[label], exact=True)).to_be_visible()
    if (page.viewport_size or {"width": 0})["width"] < 640:
        # On a phone Streamlit closes the drawer by itself; in a narrow window it stays open.
        page.wait_for_timeout(REACTION_MS)
        close = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
        if close.is_visible() and not drawer.is_visible():
            close.click()
        expect(drawer).to_be_visible()
    settle(page)


def press(page: Page, key: str) -> None:
    """Press the button with this key."""
    keyed(page, key).get_by_role("button").click()
    settle(page)


def choose(page: Page, key: str, option: str) -> None:
    """Choose an option of a selectbox."""
    keyed(page, key).get_by_role("combobox").click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def chosen(page: Page, key: str) -> str:
    """Return what a selectbox shows as chosen."""
    return keyed(page, key).get_by_role("combobox").input_value()


def pick(page: Page, key: str, option: str) -> None:
    """Pick an option of a segmented control."""
    keyed(page, key).get_by_text(option, exact=True).click()
    settle(page)


def enter(page: Page, key: str, value: str) -> None:
    """Type a value into a number field and confirm it."""
    field = keyed(page, key).locator("input")
    field.fill(value)
    field.press("Enter")
    settle(page)


def move_slider(page: Page, key: str, arrow: str, steps: int) -> None:
    """Move a slider by so many arrow keys."""
    thumb = keyed(page, key).get_by_role("slider")
    for _ in range(steps):
        thumb.press(arrow)
    settle(page)


def upload(page: Page, path: Path) -> None:
    """Hand a file to the uploader of the Data page."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    settle(page)


def use_tutorial(page: Page) -> None:
    """Take the tutorial sample on the Data page."""
    press(page, "data.use_sample")


def train(page: Page) -> None:
    """Press Train and wait until the run has ended."""
    press(page, "train.start")
    wait_until_trained(page)


def wait_until_trained(page: Page) -> None:
    """Wait for the end of a run: nothing can be stopped any more, and the boundary is drawn."""
    expect(keyed(page, "train.stop").get_by_role("button")).to_be_disabled(timeout=90_000)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    chart(page, "train.boundary")
    settle(page)


def progress(page: Page) -> tuple[int, float]:
    """Return the epoch and the cost that a run under way shows."""
    shown = page.get_by_test_id("stProgress")
    expect(shown).to_contain_text("log loss")
    return _epoch_and_cost(shown.inner_text())


def note_progress(page: Page) -> None:
    """From now on note all that the progress of a run says, so that no moment of a short run is missed."""
    page.evaluate(
        """() => {
            window.noted = [];
            const note = () => {
                const text = document.querySelector('[data-testid="stProgress"]')?.textContent;
                if (text?.includes("log loss") && text !== window.noted.at(-1)) window.noted.push(text);
            };
            new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
        }"""
    )


def noted_progress(page: Page) -> list[tuple[int, float]]:
    """Return the epochs and costs that were on screen since ``note_progress``."""
    return [_epoch_and_cost(text) for text in page.evaluate("window.noted")]


def _epoch_and_cost(text: str) -> tuple[int, float]:
    found = re.search(r"Epoch ([\d,]+) of .* log loss ([\d.]+)", text)
    assert found, text
    return int(found[1].replace(",", "")), float(found[2])


def chart(page: Page, key: str) -> Locator:
    """Return the drawn plotly chart with this key, after waiting for it."""
    drawn = keyed(page, key).locator(".js-plotly-plot")
    expect(drawn.locator(".main-svg").first).to_be_visible()
    return drawn


def drawn_values(page: Page, key: str, axis: str = "y") -> list[float]:
    """Return what the first line of a plotly chart is drawn from."""
    script = f"drawn => Array.from(drawn._fullData[0].{axis}, Number)"
    values: list[float] = chart(page, key).first.evaluate(script)
    return values


def confusion(page: Page, other_than: list[int] | None = None) -> list[int]:
    """Return the four counts of the confusion matrix, row by row, once they are others than ``other_than``."""
    script = "drawn => (drawn._fullLayout?.annotations ?? []).map(note => note.text)"
    for _ in range(50):
        texts: list[str] = chart(page, "evaluate.confusion").first.evaluate(script)
        counts = [int(re.sub(r"\D", "", text.split("<br>")[0])) for text in texts]
        if counts and counts != other_than:
            return counts
        page.wait_for_timeout(200)  # the chart is drawn again some time after the script has ended
    raise AssertionError(f"The confusion matrix still shows {other_than or 'nothing'} after ten seconds.")


def metric(page: Page, label: str) -> str:
    """Return the value of the first ``st.metric`` with this label."""
    card = page.get_by_test_id("stMetric").filter(has_text=re.compile(rf"^\s*{re.escape(label)}")).first
    return card.get_by_test_id("stMetricValue").inner_text().strip()


def take_picture(page: Page, path: Path, tallest: int = 4000) -> None:
    """Write a picture of the whole page. Its content scrolls inside the window, so the window is made tall enough."""
    window = page.viewport_size
    assert window is not None
    scroll = "Math.max(...[...document.querySelectorAll('[data-testid=stMain]')].map(main => main.scrollHeight), 0)"
    height = max(window["height"], min(tallest, page.evaluate(scroll)))
    page.set_viewport_size({"width": window["width"], "height": height})
    page.mouse.move(0, 0)
    page.wait_for_timeout(800)  # charts and tables take up the new size
    page.screenshot(path=path, scale="css")
    page.set_viewport_size(window)


def check_sound(page: Page) -> None:
    """Check what holds on every page: no traceback, nothing wider than the screen."""
    expect(page.get_by_test_id("stException")).to_have_count(0)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 1, f"The page is {over} px wider than the screen."


def tutorial(page: Page) -> None:
    """Take the tutorial sample through all four pages, with the settings it comes with."""
    use_tutorial(page)
    go_to(page, "Features")
    go_to(page, "Train")
    pick(page, "train.pace", "As fast as possible")
    train(page)
    go_to(page, "Evaluate")
    chart(page, "evaluate.confusion")
    chart(page, "evaluate.roc")
    settle(page)
