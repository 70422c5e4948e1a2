"""A box with touchscreen, certificate and Ethernet: what phones get more, the screen's own door, counts that arrive."""

import json
import re
import shutil
import socket
import sqlite3
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kiosk.events.kinds import kinds
from provisioning.new_site import pin_hash
from tests.lab.box import CAPTURE, PORTAL, Box
from tests.lab.phone import Phone, knock, phone
from tests.lab.province import Town
from tests.support.staff import PIN, mark

HOST = "nha-van-hoa.example.org"
PHONES = Callable[[], Phone]


@pytest.fixture
def visitor(town: Town) -> Iterator[PHONES]:
    with ExitStack() as opened:
        count = iter(range(100))

        def make() -> Phone:
            made = opened.enter_context(phone(town.box, f"visitor{next(count)}"))
            made.join()
            return made

        yield make


def _securely(asking: Phone, address: str, request: bytes, port: int = 443) -> bytes:
    def talk() -> bytes:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection((address, port), timeout=5)
        with context.wrap_socket(plain, server_hostname=HOST) as line:
            line.sendall(request)
            return b"".join(iter(lambda: line.recv(65536), b""))

    return asking.space.call(talk)


def _of_screen(box: Box, path: str, *words: str) -> str:
    return box.text("curl", "-s", "-i", *words, f"http://127.0.0.1/{path}", check=False)


def _keyed(box: Box) -> tuple[str, str]:
    """The PIN is set and entered at the touchscreen: curl's cookie, and what the forms of the open door bear."""
    box.file("/etc/kiosk/staff.pin").write_text(pin_hash(PIN), encoding="ascii")
    cookie = re.search(r"Set-Cookie: (staff=[\w-]+);", _of_screen(box, "staff/vao", "-d", f"pin={PIN}"))[1]
    return cookie, mark(_of_screen(box, "staff", "-H", f"Cookie: {cookie}"))


def test_from_a_phones_namespace_no_staff_page_answers_but_over_the_certificate_and_there_by_pin(
    town: Town, visitor: PHONES
) -> None:
    asking, (cookie, _) = visitor(), _keyed(town.box)
    said = {"X_Kiosk_Where": "touchscreen", "X_Kiosk_Address": "127.0.0.1", "Cookie": cookie}
    for path in ("staff", "staff/", "staff/vao", "staff/lop", "staff/con"):
        assert asking.ask(f"{PORTAL}/{path}", **said).status == 404
        assert asking.ask(f"{PORTAL}/{path}", method="POST", body=f"pin={PIN}".encode(), **said).status in (404, 405)
        assert asking.ask(f"127.0.0.1/{path}", to=CAPTURE, **said).status == 302
        head = f"GET /{path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
        assert b" 404 " in _securely(asking, PORTAL, head).partition(b"\r\n")[0]
    plain = f"GET /staff HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
    sealed = _securely(asking, PORTAL, plain, 8443)
    assert b" 200 " in sealed.partition(b"\r\n")[0]
    assert "Bấm PIN".encode() in sealed
    guarded = plain.replace(b"/staff", b"/staff/lop")
    assert b" 303 " in _securely(asking, PORTAL, guarded, 8443).partition(b"\r\n")[0]


def test_the_touchscreens_door_opens_by_pin_and_a_restart_is_the_systems_own(town: Town) -> None:
    box = town.box
    cookie, known = _keyed(box)
    unit = ("systemctl", "show", "--value", "--property")
    assert box.text(*unit, "SuccessAction", "kiosk-restart.service").strip() == "reboot"
    held = box.file("/run/systemd/system/kiosk-restart.service.d")
    held.mkdir(parents=True)
    (held / "lab.conf").write_text("[Unit]\nSuccessAction=none\n", encoding="ascii")  # the box of the lab goes on
    box.run("systemctl", "daemon-reload")
    assert (
        "303 " in _of_screen(box, "staff/khoi-dong", "-H", f"Cookie: {cookie}", "-d", f"k={known}").partition("\n")[0]
    )
    until, told = time.monotonic() + 20, ""
    while "Finished kiosk-restart.service" not in told:
        told = box.journal("--unit=kiosk-restart.service", "--unit=kiosk-restart.path")
        assert time.monotonic() < until, told
        time.sleep(0.2)
    assert not box.file("/run/kiosk/restart").exists()


def test_phones_are_told_of_the_portal_by_dhcp_and_by_its_api(town: Town, visitor: PHONES) -> None:
    asking = visitor()
    assert bytes.fromhex(asking.lease["opt114"]).decode() == f"https://{HOST}/captive-api"
    assert asking.lookup(HOST) == (0, [socket.inet_aton(PORTAL)])
    head = f"GET /captive-api HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
    told = _securely(asking, PORTAL, head)
    assert b"Content-Type: application/captive+json" in told
    assert json.loads(told.partition(b"\r\n\r\n")[2]) == {"captive": True, "user-portal-url": f"https://{HOST}/"}
    asking.ask(f"{PORTAL}/connect", method="POST")
    assert json.loads(_securely(asking, PORTAL, head).partition(b"\r\n\r\n")[2])["captive"] is False


def test_only_the_portals_own_name_gets_its_certificate(town: Town, visitor: PHONES) -> None:
    asking = visitor()
    assert asking.open_ports(PORTAL, range(443, 444)) == {443: "open"}
    assert asking.open_ports(CAPTURE, range(443, 444)) == {}
    assert asking.open_ports("142.250.199.67", range(443, 444)) == {}
    page = _securely(asking, PORTAL, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert page.startswith(b"HTTP/1.1 200")


@pytest.mark.needs("curl")
def test_the_touchscreen_has_a_door_of_its_own_that_no_phone_reaches(
    town: Town, visitor: PHONES, tmp_path: Path
) -> None:
    assert _of_screen(town.box, "").startswith("HTTP/1.1 200")
    begun = _of_screen(town.box, "tap", "-d", "pack=doi-song-so&scenario=tra-tien-qr&stage=together")
    assert begun.startswith("HTTP/1.1 303")
    asking = visitor()
    answer = asking.ask(f"{PORTAL}/tap", method="POST", body=b"pack=doi-song-so&scenario=tra-tien-qr&stage=together")
    assert answer.status == 303
    rows = _state(town.box, 'SELECT "where" FROM visit', tmp_path)
    assert {row[0] for row in rows} == {"touchscreen", "phone"}


def _state(box: Box, query: str, folder: Path) -> list[tuple[object, ...]]:
    """From a copy of state.db."""
    for name in ("state.db", "state.db-wal"):
        shutil.copy(box.file(f"/run/kiosk/{name}"), folder)
    with closing(sqlite3.connect(folder / "state.db")) as database:
        return database.execute(query).fetchall()


def test_a_phone_takes_the_counts_along_as_one_sealed_file_and_brings_an_answer(town: Town, visitor: PHONES) -> None:
    asking = visitor()
    assert asking.ask(f"{PORTAL}/help").status == 200
    time.sleep(12)
    assert asking.ask(f"{PORTAL}/mang", method="POST").status == 303
    page = _mang(town, asking, ".carry")
    name = re.search(r'href="(mang/[^"]+)"', page).group(1)
    assert asking.ask(f"{PORTAL}/{name}").body.startswith(b"domdom carry 1\n")
    # What nobody signed is refused by the program that makes the file, which alone may read the token.
    head = b'--x\r\nContent-Disposition: form-data; name="acks"; filename="a.acks"\r\n\r\n'
    form = head + b"x" * 90_000 + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    assert asking.ask(f"{PORTAL}/mang/nhan", method="POST", body=form, Content_Type=kind).status == 303
    _mang(town, asking, "không phải của máy này")


def _mang(town: Town, asking: Phone, words: str) -> str:
    """The page, once it says those words."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page = asking.ask(f"{PORTAL}/mang").body.decode()
        if words in page:
            return page
        time.sleep(1)
    raise AssertionError(town.box.journal("--unit=kiosk-handing", "--lines=20"))


def test_counts_go_to_the_province_when_the_cable_is_plugged_in(town: Town, visitor: PHONES) -> None:
    asking = visitor()
    root = (town.box.data / "current").resolve()
    card = sorted(root.glob("bai/*/*/*.html"))[0].relative_to(root)
    for _ in range(5):
        assert asking.ask(f"{PORTAL}/{card}").status == 200
    time.sleep(12)
    town.province.connect(town.box)
    until = time.monotonic() + 90
    while _arrived(town) < 5 and time.monotonic() < until:
        time.sleep(1)
    assert _arrived(town) == 5, town.box.journal("--unit=kiosk-upload", "--lines=20")


def _arrived(town: Town) -> int:
    with closing(sqlite3.connect(f"file:{town.province.database}?mode=ro", uri=True)) as database:
        wanted = (kinds()["view"].code,)
        return int(database.execute("SELECT count(*) FROM event WHERE kind = ?", wanted).fetchone()[0])


def test_nothing_of_the_box_is_open_to_the_uplink(town: Town) -> None:
    for port in (22, 53, 80, 443, 8443):
        found = town.province.space.call(lambda port=port: knock("192.168.1.20", port))
        assert found != "open"


def test_a_phone_does_not_reach_the_uplink(town: Town, visitor: PHONES) -> None:
    assert visitor().open_ports("192.168.1.1", range(8443, 8444)) == {}
