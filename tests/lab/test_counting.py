"""From a phone's request to a row on the card, and what of the phone is found there: nothing."""

import re
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.settings import Settings
from kiosk.usage import report
from tests.lab.box import PORTAL, Box
from tests.lab.phone import WEBVIEW, Phone

PHONES = Callable[[], Phone]
PATIENCE = 30  # seconds: nginx flushes after one, the recorder commits after ten


def _counted(house: Box, kind: str) -> int:
    """Events of a kind on the card."""
    seen = report.read(Settings(data=house.data, run=Path("/nonexistent")))
    return sum(day.get(kind, 0) for day in seen.days.values())


def _settled(house: Box, kind: str) -> int:
    """Events of a kind on the card, once all that phones asked before has come there too."""
    time.sleep(2)  # nginx flushes after one
    house.run("systemctl", "restart", "kiosk-recorder")  # it ends with a commit of all that waits
    house.wait("kiosk-recorder.service")
    return _counted(house, kind)


def _wait(house: Box, kind: str, wanted: int) -> int:
    until = time.monotonic() + PATIENCE
    while _counted(house, kind) < wanted and time.monotonic() < until:
        time.sleep(0.5)
    time.sleep(2)  # one too many would come now
    return _counted(house, kind)


def test_each_card_that_was_seen_is_one_view_on_the_card(house: Box, a_phone: PHONES) -> None:
    phones = [a_phone() for _ in range(3)]
    card = sorted((house.data / "current").resolve().glob("bai/*/*/*.html"))[0].relative_to(
        (house.data / "current").resolve()
    )
    before = _settled(house, "view")
    for phone in phones:
        for _ in range(7):
            assert phone.ask(f"{PORTAL}/{card}").status == 200
        phone.ask(f"{PORTAL}/{card}", method="HEAD")
        phone.ask(f"{PORTAL}/{card}.nothing")
    assert _wait(house, "view", before + 21) == before + 21


def test_a_sound_in_parts_is_one_play_for_each_phone(house: Box, a_phone: PHONES) -> None:
    phones = [a_phone() for _ in range(2)]
    sound = re.search(r"m/[0-9a-f]{16}\.mp3", phones[0].ask(f"{PORTAL}/").body.decode())[0]
    before = _settled(house, "play")
    for phone in phones:
        for asked in ("bytes=0-1", "bytes=0-", "bytes=2-", "bytes=0-"):
            assert phone.ask(f"{PORTAL}/{sound}", Range=asked).status == 206
    assert _wait(house, "play", before + 2) == before + 2


def test_the_log_gives_its_memory_back(house: Box, a_phone: PHONES) -> None:
    phone, before = a_phone(), _settled(house, "help")
    assert phone.ask(f"{PORTAL}/help").status == 200
    assert _wait(house, "help", before + 1) == before + 1
    size, blocks = house.text("stat", "-c", "%s %b", "/run/kiosk/views/views.log").split()
    assert int(size) > 0
    assert int(blocks) * 512 <= 4096


def test_nothing_of_a_phone_is_found_on_the_card_or_in_the_journal(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    for url in (f"{PORTAL}/", f"{PORTAL}/help?secret=0912345678", "api.telltale.example/v1/ba-lan", f"{PORTAL}/tap/x"):
        phone.ask(url, f"{WEBVIEW} Telltale/9")
    phone.ask(f"{PORTAL}/connect", method="POST")
    phone.ask(f"{PORTAL}/tap", method="POST", body=b"pack=%ff&scenario=0912345678")
    phone.ask(f"{PORTAL}/tap", method="POST", body=b"x" * 20_000)
    time.sleep(12)
    told = [phone.mac, phone.mac.replace(":", ""), phone.lease["ip"], "dien-thoai-ba-lan", "elltale", "0912345678"]
    told += [bytes.fromhex(phone.mac.replace(":", "")).decode("latin-1")]
    for path in house.data.rglob("*"):
        if path.is_file() and not path.is_symlink() and "generations" not in path.parts and "packs" not in path.parts:
            held = path.read_bytes().decode("latin-1")
            assert [word for word in told if word in held] == [], path
    journal = house.journal()
    assert [word for word in told if word in journal] == []
    leases = house.text("cat", "/run/kiosk/dnsmasq.leases")
    assert phone.mac in leases, "in memory, for as long as the lease"
    assert "dien-thoai-ba-lan" not in leases


def test_programs_write_to_memory_and_card_only(house: Box, a_phone: PHONES) -> None:
    """Nothing in the folders of the system, which are read-only on a card."""
    a_phone().ask(f"{PORTAL}/")
    since = ("-newer", "/run/systemd/system", "-type", "f")
    newer = house.text("find", "/etc", "/usr", "/var", "/opt/kiosk/bin", "-xdev", *since).splitlines()
    written = {path for path in newer if not _of_this_machine(house, path)}
    assert written <= {"/etc/machine-id", "/var/log/wtmp"}


def _of_this_machine(house: Box, path: str) -> bool:
    """Whether this machine, over whose files the box stands, has just written it."""
    here = Path(path)
    return here.exists() and here.stat().st_mtime_ns == house.file(path).stat().st_mtime_ns


def test_with_the_recorder_killed_nothing_is_lost_or_doubled(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    root = (house.data / "current").resolve()
    card = sorted(root.glob("bai/*/*/*.html"))[0].relative_to(root)
    before = _settled(house, "view")
    for _ in range(10):
        phone.ask(f"{PORTAL}/{card}")
        with suppress(KioskError):  # it may just be coming back
            house.kill("kiosk-recorder")
    house.wait("kiosk-recorder.service")
    assert _wait(house, "view", before + 10) == before + 10
    with closing((house.data / "usage.db").open("rb")) as held:
        assert held.read(15) == b"SQLite format 3"
