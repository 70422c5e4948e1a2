"""The first page of the touchscreen: whoever cannot read finds every way on it by ear."""

import re
import urllib.request
from urllib.parse import urljoin

from kiosk.shell.shell import AGENT
from tests.support.house import House

TILE = re.compile(r'<a class="tile[^"]*" href="([^"]*)" data-s="([^"]*)" data-g="([^"]*)"')


def fetch(address: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"User-Agent": AGENT})) as answer:
        return answer.read().decode()


def test_every_tile_speaks_and_the_first_says_too_how_a_phone_joins(village: House) -> None:
    tiles = TILE.findall(fetch(village.url))
    assert len(tiles) == 4
    assert [address for address, sound, _ in tiles if not sound.endswith(".mp3")] == []
    address, _, opening = tiles[0]
    join = fetch(urljoin(village.url, address))
    said = re.findall(r'class="disc say" data-s="(?:\.\./)*([^"]+)"', join)
    assert len(said) == 3
    assert opening == said[0]
