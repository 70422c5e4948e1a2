"""Debian's Chromium under playwright, kept from calling anywhere."""

import shutil

from playwright.sync_api import Browser, Playwright

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server", "--autoplay-policy=user-gesture-required",
]  # fmt: skip


def chromium(play: Playwright, *more: str) -> Browser:
    """A headless browser; close it, or use it as a context manager."""
    return play.chromium.launch(executable_path=shutil.which("chromium"), args=[*QUIET, *more])
