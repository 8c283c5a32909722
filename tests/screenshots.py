"""Make the pictures of README.md: ``.venv/bin/python -m tests.screenshots``, from the repository root.

Starts the app, walks through it with the tutorial sample, and writes ``tests/browser/pictures/*.png``. Pictures have 64
colours at most, which a page of text and charts does not miss, so that the repository stays small.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, walk
from tests.browser.app_server import serve

PICTURES = Path(__file__).parent / "browser" / "pictures"
COLOURS = 256
TALLEST = 2000  # pixels; the rest of a page is more of the same


def shrink(path: Path) -> None:
    """Reduce a picture to COLOURS colours, by a way that keeps those of thin lines."""
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def walk_with_pictures(browser: Browser, url: str, view: str, wanted: dict[str, str]) -> None:
    """Walk through the tutorial and take the ``wanted`` pages, given as {page: name of the picture}."""
    page = browser.new_context(**chromium.VIEWS[view]).new_page()  # type: ignore[arg-type]
    walk.open_app(page, url)
    walk.tutorial(page)
    for label, name in wanted.items():
        walk.go_to(page, label)
        walk.take_picture(page, PICTURES / f"{name}.png", tallest=TALLEST)
    page.context.close()


def lesson_with_picture(browser: Browser, url: str) -> None:
    """Answer the question of a lesson and take it."""
    page = browser.new_context(**chromium.VIEWS["light"]).new_page()  # type: ignore[arg-type]
    walk.open_app(page, f"{url}/learn?lesson=threshold", "The threshold")
    walk.move_slider(page, "learn.threshold.cut", "ArrowLeft", 29)
    walk.chart(page, "learn.threshold.strip")
    walk.take_picture(page, PICTURES / "learn.png", tallest=TALLEST)
    page.context.close()


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, serve() as server:
        browser = chromium.launch(playwright)
        walk_with_pictures(browser, server.url, "light", {label: label.lower() for label in walk.STOPS})
        walk_with_pictures(browser, server.url, "dark", {"Train": "train-dark"})
        walk_with_pictures(browser, server.url, "phone", {"Evaluate": "evaluate-phone"})
        lesson_with_picture(browser, server.url)
        browser.close()
    for path in sorted(PICTURES.glob("*.png")):
        shrink(path)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
