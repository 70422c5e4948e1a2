"""What a start does before anything else runs: ordered, each step harmless when it is done again.

What judges and renders a site is loaded by the step that does it, and only for a site that is not laid already.
"""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from kiosk.device.start import NAME
from kiosk.device.start import Start as Told
from kiosk.errors import KioskError
from provisioning.first_boot import data, identity, laid
from provisioning.first_boot.apply import apply
from provisioning.first_boot.data import Disk
from provisioning.first_boot.hands import Hands

IMAGE: Final = "usr/lib/domdom/image"
READY: Final = "opt/kiosk/ready"
HOUSE: Final = "var/lib/kiosk"
TOLD: Final = f"run/kiosk/{NAME}"


@dataclass
class Start:
    """One start of a box, as its steps go.

    Attributes:
        hands: what they do it with.
        disk: the card; None where the box knows of none.
        told: what was found so far.
        changed: paths of the system's files that were written or removed.
    """

    hands: Hands
    disk: Disk | None
    told: Told = field(default_factory=Told)
    changed: tuple[str, ...] = ()

    def tell(self, **found: object) -> None:
        """Remember what was found."""
        self.told = msgspec.structs.replace(self.told, **found)


def run(start: Start) -> Told:
    """Every step in its order; one that fails is told and stops no other, for the box must come up.

    Raises nothing that a step raises as KioskError or OSError.
    """
    for name, step in STEPS.items():
        try:
            step(start)
        except (KioskError, OSError) as wrong:
            start.tell(trouble=(*start.told.trouble, f"{name}: {wrong}"))
    start.hands.write(TOLD, msgspec.json.encode(start.told))
    return start.told


def _data(start: Start) -> None:
    if start.disk is not None:
        mounted = data.bring_up(start.disk)
        start.tell(data=mounted.how)
        if mounted.wrong:
            raise KioskError(mounted.wrong)


def _ready(start: Start) -> None:
    """What the image brings, where the card has nothing yet: pages that are read where they are, and its packs."""
    hands = start.hands
    current = hands.at(f"{HOUSE}/current")
    if not current.is_symlink():
        current.symlink_to(f"/{READY}/current")
    if not hands.at(f"{HOUSE}/packs").exists():
        hands.copy(f"{READY}/packs", f"{HOUSE}/packs")


def _site(start: Start) -> None:
    hands = start.hands
    card = start.disk.site() if start.disk is not None else None
    image = hands.read(IMAGE) or b""
    house, source = laid.find(hands, image, card), "card"
    if house is None:
        from provisioning.first_boot import rendered, site  # noqa: PLC0415  they take longest to load

        chosen, house = rendered.choose_and_render(hands, image, card)
        source = chosen.source
        start.tell(wrong=chosen.wrong)
        # Only what a later start may fall back to is taken as it is by the next one.
        if source == "card" and hands.read(site.KEPT) == card:
            laid.keep(hands, house)
    start.tell(site=source)
    start.changed = apply(hands, house.files, house.others).paths


def _identity(start: Start) -> None:
    hands = start.hands
    device = identity.ensure(hands, identity.read_serial(hands))
    start.tell(fingerprint=identity.fingerprint(device))


def _name(start: Start) -> None:
    """The name of the box, which systemd read before it was this site's."""
    if "etc/hostname" in start.changed:
        socket.sethostname((start.hands.read("etc/hostname") or b"").decode().strip())


def _radio(start: Start) -> None:
    """Names of radios by their drivers, where there are two; and no radio stays switched off."""
    hands = start.hands
    if any(path.endswith(".link") for path in start.changed):
        hands.run(["udevadm", "control", "--reload"])
        hands.run(["udevadm", "trigger", "--action=add", "--subsystem-match=net"])
    hands.run(["rfkill", "unblock", "wlan"], check=False)


def _units(start: Start) -> None:
    """What systemd knew of units is that of the nameless site."""
    hands = start.hands
    if any(path.startswith("etc/systemd/system") for path in start.changed):
        hands.run(["systemctl", "daemon-reload"])
        hands.run(["systemctl", "--no-block", "start", "kiosk.target"])


STEPS: Final[Mapping[str, Callable[[Start], None]]] = {
    "data": _data,
    "ready": _ready,
    "site": _site,
    "identity": _identity,
    "name": _name,
    "radio": _radio,
    "units": _units,
}
