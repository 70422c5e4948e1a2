"""The whole house under the real command: what a person sees while the card fails, and what is left behind."""

import contextlib
import re
import signal
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from kiosk.settings import read
from kiosk.usage import report
from tests.support.house import House, house

QUICK = "[counting]\nevery = 0.3\n"
AGENT = "Mozilla/5.0 (Linux; Android 5.1; Telltale-Agent) Chrome/37"


@pytest.fixture(scope="module")
def quick():
    with house(QUICK) as built:
        yield built


def ask(built: House, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, final address and text; redirects are followed."""
    data = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(urllib.parse.urljoin(built.url, path), data, {"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.url, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as wrong:
        return wrong.code, wrong.url, wrong.read().decode("utf-8", "replace")


def practise(built: House) -> tuple[int, str, str]:
    return ask(built, "tap", {"pack": "doi-song-so", "scenario": "tra-tien-qr", "stage": "alone", "lang": "vi"})


def until(what, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def counted(built: House) -> dict[str, int]:
    days = report.read(read(built.environ)).days
    return dict(next(iter(days.values()), {}))


def test_what_she_does_is_counted(quick: House) -> None:
    before = counted(quick).get("view", 0)
    assert ask(quick, "bai/doi-song-so/tra-tien-qr/soi-ma.vi.html")[0] == 200
    until(lambda: counted(quick).get("view", 0) == before + 1)


def test_neither_agent_nor_address_nor_digits_are_anywhere(quick: House) -> None:
    status, address, page = practise(quick)
    assert status == 200
    assert "THỰC HÀNH" in page
    for typed in ("d7", "d9", "099123456789", "0912345678"):
        assert ask(quick, address, {"do": typed, "free": "0912345678"})[0] == 200
    time.sleep(1)
    left = [path for folder in (quick.data, quick.run) for path in folder.rglob("*") if path.is_file()]
    assert len(left) > 10
    for path in left:
        data = path.read_bytes()
        for secret in (b"Telltale", b"127.0.0.1", b"0912345678", b"099123456789"):
            # The portal's own address stands in pages; nobody else's does.
            assert secret not in data, f"{path.name} holds {secret!r}"


def test_a_corrupt_database_is_set_aside_while_pages_and_practice_go_on(quick: House) -> None:
    usage = quick.data / "usage.db"
    for name in ("usage.db-wal", "usage.db-shm"):
        (quick.data / name).unlink(missing_ok=True)
    torn = quick.data / "torn"
    torn.write_bytes(b"\x00torn" * 3000)
    torn.replace(usage)
    until(lambda: any(path.name.startswith("usage.db.") or "corrupt" in path.name for path in quick.data.iterdir()))
    assert ask(quick, "")[0] == 200
    assert practise(quick)[0] == 200
    ask(quick, "bai/doi-song-so/tra-tien-qr/soi-ma.vi.html")
    until(lambda: counted(quick).get("view", 0) >= 1)
    kept = [path for path in quick.data.iterdir() if "corrupt" in path.name and path.suffix != ".db"]
    assert any(b"torn" in path.read_bytes() for path in kept)


def test_a_second_recorder_refuses(quick: House) -> None:
    with pytest.raises(AssertionError, match=re.compile("kiosk: .*another recorder runs", re.IGNORECASE)):
        quick.kiosk("record", "--once")


def test_an_unknown_address_has_a_way_home(quick: House) -> None:
    status, _, page = ask(quick, "a/b/nothing")
    assert status == 404
    assert 'href="' in page


def test_ctrl_c_leaves_nothing_half_written() -> None:
    with house(QUICK) as built:
        until((built.run / "recorder.json").exists)  # whom a signal ends before it began leaves the log for the next
        for _ in range(20):
            ask(built, "bai/doi-song-so/tra-tien-qr/soi-ma.vi.html")
        built.server.send_signal(signal.SIGINT)
        built.server.communicate(timeout=20)
        with contextlib.closing(sqlite3.connect(built.data / "usage.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert counted(built).get("view", 0) == 20
