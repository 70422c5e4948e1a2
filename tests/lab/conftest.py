"""One box for all tests of the lab, and as many phones as a test asks for."""

import contextlib
from collections.abc import Callable, Iterator

import msgspec
import pytest

from provisioning.site_config import Collector, parse
from tests.lab.box import Box, box
from tests.lab.phone import Phone, phone
from tests.lab.province import Town, province
from tests.lab.rights import missing
from tests.provisioning.golden import SITES

NEEDS = (
    "ip", "ss", "nsenter", "unshare", "setpriv", "nft", "dnsmasq", "nginx", "hostapd", "busybox", "wrk",
    "systemd-sysusers", "openssl", "nmap",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name == "test_traces.py")  # last: it searches for all who were there
    for item in items:
        if {"house", "town"} & set(getattr(item, "fixturenames", ())) and item.path.parent.name == "lab":
            item.add_marker(pytest.mark.root)
            item.add_marker(pytest.mark.needs(*NEEDS))


@pytest.fixture(scope="session")
def namespaces() -> None:
    """Not every root may do what a box needs. A missing program fails in CI; a right that the kernel withholds cannot
    be installed there, so it is said and skipped.
    """
    barred = missing()
    if barred:
        pytest.skip("this machine does not let even root make " + "; nor ".join(barred))


@pytest.fixture(scope="session")
def house(namespaces: None) -> Iterator[Box]:
    """The box of the village that has a Pi 3B and a USB modem, booted."""
    config = parse((SITES / "pi-3b-modem" / "site.toml").read_text(encoding="utf-8"))
    with box(config) as booted:
        yield booted


@pytest.fixture(scope="module")
def town(namespaces: None) -> Iterator[Town]:
    """The box of the town, and a running collector that it has not reached yet."""
    config = parse((SITES / "pi-4b-touch" / "site.toml").read_text(encoding="utf-8"))
    with province(config.site.id) as office:
        sent = Collector(office.url, office.token, office.pin, office.key)
        with box(msgspec.structs.replace(config, collector=sent)) as booted:
            yield Town(booted, office)


@pytest.fixture
def a_phone(house: Box) -> Iterator[Callable[[], Phone]]:
    """Makes phones that have joined."""
    with contextlib.ExitStack() as opened:
        count = iter(range(100))

        def make() -> Phone:
            made = opened.enter_context(phone(house, f"phone{next(count)}"))
            made.join()
            return made

        yield make
