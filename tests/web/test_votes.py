"""Phones that practise are asked for the time; what they say reaches the epoch's offset on the card."""

import re
from contextlib import closing

import msgspec
import pytest

from kiosk.events.epochs import Quality
from kiosk.settings import Portal
from kiosk.usage import note
from kiosk.usage.journal import Journal
from kiosk.usage.session import Session
from kiosk.web.app import create_app
from tests.support import practice_house
from tests.support.scenarios import TINY

NOW = 1_800_000_000
NONCE = re.compile(r'<nav [^>]*id="([0-9a-f]{12})"')
START = {"pack": practice_house.PACK, "scenario": "tap-three", "stage": "alone", "anew": "1"}


@pytest.fixture
def house(tmp_path, times):
    built = msgspec.structs.replace(practice_house.settings(tmp_path / "house"), portal=Portal(proxied=True))
    with closing(Session(built)) as recorder:
        note.write(built, recorder.words())
    return built


@pytest.fixture
def app(house):
    made = create_app(house)
    yield made
    made.extensions["live"].close()


class Phone:
    """One phone at a scenario, with a clock of its own."""

    def __init__(self, app, address, where="phone"):
        self._client = app.test_client()
        self._says = {"X-Kiosk-Address": address, "X-Kiosk-Where": where}
        scenario = sorted(path.stem for path in TINY)[0]
        begun = self._client.post("/tap", data={**START, "scenario": scenario}, headers=self._says)
        self.address = f"/{begun.location}"

    def asked(self):
        found = NONCE.search(self._client.get(self.address, headers=self._says).get_data(as_text=True))
        return found[1] if found else ""

    def answer(self, nonce, wall):
        form = {"do": "hint", "t": f"{nonce}{int(wall * 1000)}"}
        sent = self._client.post(self.address, data=form, headers=self._says)
        self.address = f"{self.address.rpartition('/')[0]}/{sent.location}"

    def vote(self, wall):
        self.answer(self.asked(), wall)


def offset(house):
    with closing(Session(house)) as recorder:
        recorder.tick()
    with closing(Journal.open(house)) as journal:
        return journal.current().offset


def voted(app):
    table = app.extensions["live"].tables.vote
    return table.select().count()


def test_three_phones_at_practice_tell_the_time(app, house, times):
    for number, late in enumerate((0, 40, 7)):
        times.uptime += 100
        Phone(app, f"10.87.0.{number + 20}").vote(NOW + times.uptime + late)
    assert (offset(house).quality, offset(house).seconds) == (Quality.PHONES, NOW + 7)


def test_five_liars_of_eight_who_do_not_agree_change_nothing_and_five_who_agree_win(app, house, times):
    honest = [NOW + 1000] * 3
    for number, wall in enumerate([*honest, *(NOW + 1000 + day * 86_400 for day in range(3, 8))]):
        Phone(app, f"10.87.0.{number + 20}").vote(wall)
    assert offset(house).quality is Quality.UNKNOWN
    # Nothing that phones say serves security: a village of liars gets the day that it wants.
    for number in range(6):
        Phone(app, f"10.87.1.{number + 20}").vote(NOW + 1000)
    assert (offset(house).quality, offset(house).seconds) == (Quality.PHONES, NOW)


@pytest.mark.parametrize("wall", [2_000_000, 3_692_217_600, 999_999_999_999])
def test_a_phone_of_1970_or_2087_is_heard_and_not_believed(app, house, wall):
    Phone(app, "10.87.0.20").vote(wall)
    assert voted(app) == 1
    assert offset(house).quality is Quality.UNKNOWN


def test_an_answer_counts_once_from_whom_was_asked_within_the_minute(app, times):
    mine, other = Phone(app, "10.87.0.20"), Phone(app, "10.87.0.21")
    nonce = mine.asked()
    other.answer(nonce, NOW)  # another station's
    mine.answer("0" * 12, NOW)  # made up
    assert voted(app) == 0
    old = mine.asked()
    mine.answer(nonce, NOW)  # a newer page was sent since
    times.uptime += 61
    mine.answer(old, NOW)  # too late
    assert voted(app) == 0
    mine.vote(NOW)
    assert voted(app) == 1
    mine.answer(nonce, NOW + 5)  # replayed
    assert mine.asked() == ""  # one of a station
    assert voted(app) == 1


def test_no_answer_that_is_none_counts(app):
    phone = Phone(app, "10.87.0.20")
    for wrong in ("", "x" * 40, "9" * 5000, "𝟗" * 20, "0" * 12):
        phone.answer("", 0)
        phone._client.post(phone.address, data={"do": "hint", "t": wrong}, headers=phone._says)
    assert voted(app) == 0


def test_the_touchscreen_and_a_house_that_knows_the_time_ask_nobody(app, house, times):
    assert Phone(app, "127.0.0.1", where="touchscreen").asked() == ""
    times.wall, times.synchronized = NOW, True
    with closing(Session(house)) as recorder:
        recorder.tick()
        note.write(house, recorder.words())
    assert Phone(app, "10.87.0.20").asked() == ""


def test_another_epoch_asks_again_and_a_house_without_a_recorder_nobody(app, house):
    phone = Phone(app, "10.87.0.20")
    phone.vote(NOW)
    note.write(house, msgspec.structs.replace(note.read(house), epoch="e" * 16))
    assert phone.asked()
    (house.run / "recorder.json").unlink()
    assert not phone.asked()
