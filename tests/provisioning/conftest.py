"""Sites for tests: the plainest one, and a maker of others."""

from collections.abc import Callable

import pytest

from provisioning.site_config import SiteConfig, parse

PLAIN = """\
[site]
id = "na-huong"
name = "Nhà văn hóa bản Nà Hường"
village = "bản Nà Hường"

[box]
model = "pi-3b"

[wifi]
ssid = "DomDom Na Huong KhongInternet"

[helper]
phone = "0912 345 678"
police = "0213 3 875 113"
"""


@pytest.fixture
def plain() -> str:
    """A site file of which nothing is to be said."""
    return PLAIN


@pytest.fixture
def a_site() -> Callable[..., SiteConfig]:
    """The plain site with lines exchanged: a_site('model = "pi-3b"', 'model = "pi-5"', ...)."""

    def make(*pairs: str) -> SiteConfig:
        text = PLAIN
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return parse(text)

    return make
