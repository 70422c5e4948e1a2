"""A box in a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.device import identity
from kiosk.device.identity import Device
from kiosk.device.start import Start as Told
from provisioning.first_boot.steps import Start, run
from tests.provisioning.first_boot.box import SERIAL, Plug, TestDisk, TestHands, image


@pytest.fixture
def same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that are told apart by board alone, so that two boxes can be compared."""

    def make(serial: str, *, former: tuple[str, ...] = ()) -> Device:
        own = ("ab" if serial == SERIAL else "cd") * 16
        return Device(own, "07" * 32, own * 2, identity._bound(own, serial), former)

    monkeypatch.setattr("kiosk.device.identity.make", make)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """start(disk): power on, with the image's own system in memory; what lasts is below `tmp_path/var`."""
    monkeypatch.setattr("socket.sethostname", lambda _: None)

    def go(disk: TestDisk, root: Path = tmp_path) -> Told:
        image(root)
        hands = TestHands(root, disk.plug)
        return run(Start(hands, disk))

    return go


@pytest.fixture
def card_of() -> Callable[..., TestDisk]:
    """card_of(text): a new card with that site file."""
    return lambda text: TestDisk(Plug(), text=text.encode() if isinstance(text, str) else text)
