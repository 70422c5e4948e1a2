"""What may befall a card, done to a flashed one between two starts: `python -m tests.image.harm`.

Each start must end with lessons served; what the start says of itself stands beside what is expected. Where a board is
another, only a real one can show: an emulated box has no serial (tests/provisioning/first_boot/test_identity.py).
"""

import argparse
import codecs
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.process import run
from provisioning.card import MIB, room
from tests.image.guest import Guest, boot
from tests.image.village import IMAGES, SERVING, Card, flash, newest
from tests.provisioning.conftest import PLAIN

_EDITED = PLAIN.replace("0912 345 678", "0987 654 321")
_FULL = "dd if=/dev/zero of=/var/lib/kiosk/full bs=1M 2>/dev/null || sync"


@dataclass(frozen=True)
class Harm:
    """Something that befalls a card.

    Attributes:
        what: in a few words.
        inside: a command that does it in the running box, before the plug is pulled.
        outside: what does it to the file of the card.
        told: what the next start must say of itself.
        seen: a command that must succeed in the box after it.
    """

    what: str
    told: Mapping[str, object]
    inside: str = "true"
    outside: Callable[[Card], None] = lambda _: None
    seen: str = "true"


def _site(card: Card, data: bytes) -> None:
    path = card.files / "site.toml"
    path.write_bytes(data)
    run(["mcopy", "-o", "-i", f"{card.path}@@4M", path, "::site.toml"])


def _zero(card: Card, size: int) -> None:
    """The first bytes of the data are gone."""
    with card.path.open("r+b") as file:
        file.seek(room(card.path.stat().st_size).areas[0].start)
        file.write(bytes(size))


HARMS = (
    Harm("nothing: the first start", {"data": "made", "site": "card", "trouble": []}),
    Harm(
        "site.toml edited in Notepad: a mark in front, line ends of Windows", {"data": "kept", "site": "card"},
        outside=lambda card: _site(card, codecs.BOM_UTF8 + _EDITED.replace("\n", "\r\n").encode()),
        seen="grep -q '0987 654 321' /etc/kiosk/kiosk.toml",
    ),
    Harm(
        "site.toml broken", {"data": "kept", "site": "kept"}, outside=lambda card: _site(card, b"[site\n"),
        seen="grep -q '0987 654 321' /etc/kiosk/kiosk.toml",
    ),
    Harm("site.toml mended", {"data": "kept", "site": "card"}, outside=lambda card: _site(card, PLAIN.encode())),
    Harm("data partition full", {"data": "kept", "site": "card"}, inside=_FULL),
    Harm("data's superblock gone", {"data": "kept", "site": "card"}, outside=lambda card: _zero(card, 64 * 1024)),
    Harm(
        "everything at the beginning of the data gone", {"site": "card"}, outside=lambda card: _zero(card, 512 * MIB),
        seen="test -e /var/lib/kiosk/device.toml",
    ),
)  # fmt: skip


def befall(card: Card, harm: Harm, place: Path) -> tuple[dict[str, Any], float, bool]:
    """The start after a harm: what it says of itself, when the portal answered, whether it is as it should be."""
    harm.outside(card)
    with boot(card.path, card.files, place) as guest:
        guest.wait(SERVING)
        up = guest.uptime()
        told = json.loads(guest.sh("cat /run/kiosk/start.json"))
        well = all(told[key] == value for key, value in harm.told.items()) and _succeeds(guest, harm.seen)
        guest.wait("systemctl is-active kiosk-web kiosk-recorder")
        following = HARMS[HARMS.index(harm) + 1 :][:1]
        guest.sh(following[0].inside if following else "true")
    return told, up, well


def _succeeds(guest: Guest, command: str) -> bool:
    return guest.sh(f"{command} && echo yes || echo no").endswith("yes")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--image", type=Path, default=None)
    asked = words.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        card = flash(asked.image or newest(IMAGES), Path(folder))
        for harm in HARMS:
            told, up, well = befall(card, harm, Path(folder) / "guest")
            wrong += not well
            print(f"{'as it should be' if well else 'WRONG'}: {harm.what}: portal after {up:.0f} s, {told}", flush=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
