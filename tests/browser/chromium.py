"""Find and start a Chromium that is already on the machine; nothing is downloaded."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]

# Three ways the app is looked at; the keys are the names tests and pictures use.
VIEWS: dict[str, dict[str, object]] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "is_mobile": True,
        "has_touch": True,
        "user_agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/142.0.0.0 Mobile Safari/537.36",
    },
}


def find(playwright: Playwright) -> str | None:
    """Return the path of a Chromium or Chrome: on the path, a Mac application, or Playwright's own; else ``None``."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for candidate in (*MAC_APPLICATIONS, Path(playwright.chromium.executable_path)):
        if candidate.exists():
            return str(candidate)
    return None


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window.

    Raises
    ------
    FileNotFoundError
        When the machine has none.
    """
    path = find(playwright)
    if path is None:
        raise FileNotFoundError("No Chromium or Chrome on this machine.")
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
