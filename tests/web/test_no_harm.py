"""Nothing of what anybody types stays: not on the card, not in memory folders, not on the wire, not in a process."""

import gzip
import http.client
import re
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import memory
from tests.support.feeder import Feeder, left_in_processes
from tests.support.harm_house import MEMORY, HarmHouse, harm_house
from tests.support.numbers import Numbers, card, citizen, luhn, phone

pytestmark = pytest.mark.needs("file:/proc/self/mem", "file:/proc/self/task")

_GZIP = b"\x1f\x8b\x08"


@pytest.fixture(scope="module")
def house() -> Iterator[HarmHouse]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, harm_house(Path(folder)) as built:
        yield built


@pytest.fixture(scope="module")
def fed(house: HarmHouse) -> Feeder:
    """The house after every number was put into every place, and the next visitors came."""
    feeder = Feeder(int(re.search(r":(\d+)/", house.url)[1]), Numbers())
    feeder.everywhere()
    feeder.idle(100)
    return feeder


@pytest.fixture(scope="module")
def visit(fed: Feeder) -> str:
    """The id of a visit that is over; it has as long to go as the numbers have."""
    return fed.visit()


def test_the_numbers_look_real() -> None:
    assert (citizen(5), len(citizen(10**12))) == ("012000000005", 12)
    assert len(card(7)) == 16
    assert luhn(card(7))
    assert luhn("4539578763621486")
    assert not luhn("4539578763621487")
    assert phone(12) == "0900000012"


def test_what_is_put_in_is_found_where_it_stays() -> None:
    numbers = Numbers()
    secret = numbers.one("a page")
    assert len(set(numbers.found_in(f"x{secret}y".encode()))) == 3
    assert len(set(numbers.found_in(secret.encode("utf-16-le")))) == 3
    assert list(numbers.found_in(b"0123456789" * 9)) == []


def test_no_file_of_the_house_or_the_province_and_nothing_printed_holds_any(house: HarmHouse, fed: Feeder) -> None:
    time.sleep(1)  # the recorder commits three times a second here
    house.upload()
    kept = dict(house.files())
    assert {"data/usage.db", "run/state.db", "printed", "province/province.db"} <= kept.keys()
    assert {name: found for name, data in kept.items() if (found := sorted(fed.numbers.found_in(data)))} == {}


def test_the_wire_to_the_province_holds_none_as_sent_and_unpacked(house: HarmHouse, fed: Feeder) -> None:
    fed.steps("app")
    time.sleep(1)
    assert "events in" in house.upload()
    wire = house.line.kept
    opened = [zlib.decompressobj(wbits=31).decompress(wire[found.start() :]) for found in re.finditer(_GZIP, wire)]
    assert any(b"thu/app" in batch for batch in opened)
    assert [sorted(fed.numbers.found_in(data)) for data in (wire, *opened)] == [[]] * (1 + len(opened))


@pytest.mark.usefixtures("visit")
def test_no_process_of_the_house_holds_any_a_little_later(house: HarmHouse, fed: Feeder) -> None:
    called = [memory.command(pid).split()[3] for pid in memory.family(house.server.pid)]
    assert sorted(called) == ["record", "serve", "serve"]  # gunicorn's own process, its worker, the recorder
    assert left_in_processes(house, fed, fed.numbers.found_in) == {}


def test_a_visit_that_is_over_is_found_nowhere(house: HarmHouse, fed: Feeder, visit: str) -> None:
    assert len(visit) > 20
    assert left_in_processes(house, fed, lambda piece: [visit] if visit.encode() in piece else []) == {}
    assert [name for name, data in house.files() if visit.encode() in data] == []


def test_the_search_of_a_process_finds_what_it_does_hold(house: HarmHouse) -> None:
    held = {pid: b"".join(memory.pieces(pid)) for pid in memory.family(house.server.pid)}
    assert all(b"KIOSK_RUN" in data for data in held.values())


def test_an_answer_never_repeats_what_was_sent(house: HarmHouse) -> None:
    numbers = Numbers()
    line = http.client.HTTPConnection("127.0.0.1", int(re.search(r":(\d+)/", house.url)[1]), timeout=20)
    for target in ("tap", "xong", "connect", "khong-co", "tap/AAAAAAAAAAAAAAAAAAAAAA/1/0"):
        sent = numbers.one(target)
        line.request("POST", f"/{target}", f"do={sent}&lang={sent}&pack={sent}&visit={sent}", {"Cookie": sent})
        with line.getresponse() as answer:
            data = answer.read()
            data = gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data
            assert list(numbers.found_in(str(answer.headers).encode() + data)) == []
    line.close()
