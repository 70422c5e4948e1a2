"""Debian's Chromium under playwright, kept from calling anywhere.

The one without a window: it shows the same pages, and a new phone costs a fifth of what it costs with one.
"""

import shutil

from playwright.sync_api import Browser, Playwright

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server", "--autoplay-policy=user-gesture-required",
]  # fmt: skip


PROGRAM = "chromium-headless-shell"


def chromium(play: Playwright, *more: str) -> Browser:
    """A headless browser; close it, or use it as a context manager."""
    return play.chromium.launch(executable_path=shutil.which(PROGRAM), args=[*QUIET, *more])
