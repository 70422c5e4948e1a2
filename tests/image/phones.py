"""Phones that join at once, take a lesson, practise and end: `python -m tests.image.phones --phones 10`."""

import argparse
import json
import tempfile
import time
from pathlib import Path

from tests.image.guest import Guest, boot
from tests.image.village import IMAGES, SERVING, flash, join, newest, views


def ways(guest: Guest, phones: int) -> list[dict[str, object]]:
    """Each phone's way through the box; see `laboratory-visitors`."""
    join(guest, phones)
    told = guest.sh(f"/laboratory-visitors {phones}")
    try:
        return [json.loads(line) for line in told.splitlines()]
    except ValueError as wrong:
        raise AssertionError(told) from wrong


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--phones", type=int, default=10)
    words.add_argument("--image", type=Path, default=None)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        card = flash(asked.image or newest(IMAGES), Path(folder))
        with boot(card.path, card.files, Path(folder) / "guest", radios=asked.phones + 1) as guest:
            guest.wait(SERVING)
            guest.wait("systemctl is-active kiosk-web")
            guest.wait("test -e /var/lib/kiosk/settled")
            began = time.monotonic()
            found = ways(guest, asked.phones)
            print("\n".join(map(json.dumps, found)))
            guest.sh("sleep 13")
            cards = sum(int(str(way["cards"])) for way in found)
            ended = sum(all(way[word] for word in ("led", "practised", "ended")) for way in found)
            stations = guest.sh("iw dev wlan0 station dump | grep -c ^Station")
            print(
                f"{stations} stations on the radio, {ended} of {asked.phones} phones led, practised and ended, "
                f"{cards} cards answered, {views(guest)} counted, in {time.monotonic() - began:.0f} s"
            )


if __name__ == "__main__":
    main()
