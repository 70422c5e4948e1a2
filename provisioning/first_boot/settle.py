"""What a start does once lessons are served: the site's packs, and its pages in its own languages."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from kiosk import durable, process, settings
from kiosk.settings import Settings

_STAMP: Final = "settled"
_KIOSK: Final = "/opt/kiosk/bin/kiosk"
Run = Callable[[Sequence[str]], object]


def settle(house: Settings, packs: Path, image: str, run: Run | None = None) -> bool:
    """Install the packs that the image brings and publish; whether there was anything to do.

    Done again only when the image, a pack in it, or what the site wants to show is another than the last time.

    Args:
        house: as the site's kiosk.toml says.
        packs: the folder of the image's packs.
        image: its id.
        run: starts a program of the box.
    """
    found = sorted(packs.glob("*.pack"))
    stamp = _key(house, found, image)
    place = house.data / _STAMP
    if place.exists() and place.read_text(encoding="ascii") == stamp:
        return False
    start = run or _started(house)
    if found:
        start([_KIOSK, "pack", "install", *map(str, found)])
    start([_KIOSK, "publish"])
    durable.replace(place, stamp.encode())
    return True


def _key(house: Settings, packs: Sequence[Path], image: str) -> str:
    digest = hashlib.sha256()
    for part in (image, settings.render(house), *(path.name for path in packs)):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _started(house: Settings) -> Run:
    return lambda words: process.run(words, env=house.environ, timeout=1200)
