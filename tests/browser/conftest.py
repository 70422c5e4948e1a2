from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import chromium
from tests.support.house import House, house


@pytest.fixture(scope="session")
def whole_house() -> Iterator[House]:
    """The house as `make run` shows it, with the content of this checkout."""
    with house() as built:
        yield built


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser of the module's own: while one is open, its event loop runs in every other test too."""
    with sync_playwright() as play:
        opened = chromium(play)
        yield opened
        opened.close()
