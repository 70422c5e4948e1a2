"""Practice over HTTP: a POST a tap, the present step whatever comes, nothing typed kept."""

import gzip
import re
import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.epochs import Quality
from kiosk.packs.library import Library
from kiosk.pages.views import Tile
from kiosk.practice.state import print_action
from kiosk.practice.walks import walk, walk_with_mistakes
from kiosk.usage import note
from kiosk.web import steps
from kiosk.web.app import create_app
from kiosk.web.server import attended
from tests.support import practice_house
from tests.support.scenarios import REAL, TINY, read

EVERY = [path.stem for path in (*TINY, *REAL)]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return practice_house.settings(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def app(house):
    made = create_app(house)
    yield made
    made.extensions["live"].close()


@pytest.fixture
def client(app):
    return app.test_client()


def start(client, scenario, stage="together", lang="vi", pack=practice_house.PACK):
    """The address of an attempt just begun."""
    form = {"pack": pack, "scenario": scenario, "stage": stage, "lang": lang, "anew": "1"}
    answer = client.post("/tap", data=form)
    assert answer.status_code == 303
    return f"/{answer.location}"


def tap(client, address, do):
    """The address after a tap."""
    answer = client.post(address, data={"do": do})
    assert answer.status_code == 303
    return f"{address.rpartition('/')[0]}/{answer.location}"


def leave(client, address):
    """Xong."""
    return client.post("/xong", data={"visit": address.split("/")[2]})


@pytest.mark.parametrize("scenario", EVERY)
def test_every_scenario_is_walked_to_its_end(client, scenario):
    told = read(next(path for path in (*TINY, *REAL) if path.stem == scenario))
    address = start(client, scenario)
    for action in walk(told, told.teach):
        address = tap(client, address, print_action(action))
        assert client.get(address).status_code == 200
    assert "Bà con làm được rồi!" in client.get(address).text
    leave(client, address)


@pytest.mark.parametrize("scenario", EVERY)
def test_no_step_is_larger_than_the_budget(client, scenario):
    told = read(next(path for path in (*TINY, *REAL) if path.stem == scenario))
    address, largest = start(client, scenario), 0
    for action in walk_with_mistakes(told, told.teach):
        address = tap(client, address, print_action(action))
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        largest = max(largest, len(answer.data) + len(str(answer.headers)))
    leave(client, address)
    assert 0 < largest <= 14_600


def test_a_step_is_one_page_without_requests(client):
    text = client.get(start(client, "app")).text
    assert re.findall(r"<(?:link|script|img)[^>]+(?:src|href)=\"(?!data:)", text) == []
    assert "THỰC HÀNH" in text


def test_a_step_is_stored_nowhere_and_bears_no_id_twice(client):
    address = start(client, "home")
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_a_step_is_packed_for_whoever_reads_gzip(client):
    address = start(client, "home")
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data


def test_a_second_tap_on_the_start_finds_the_attempt_just_begun(client):
    assert start(client, "sms") == start(client, "sms")


def test_a_double_tap_counts_once(client):
    first = start(client, "app")
    second = tap(client, first, "d0")
    assert tap(client, first, "d0") == second


def test_a_past_step_leads_to_the_present_one(client):
    first = start(client, "app")
    second = tap(client, first, "hint")
    answer = client.get(first)
    assert answer.status_code == 303
    assert f"{first.rpartition('/')[0]}/{answer.location}" == second


@pytest.mark.parametrize("do", ["", "c99", "d77", "w-1", "x", "c1;drop", "hint ", "w" + "9" * 40, "\0", "d١"])
def test_a_forged_tap_leads_to_where_she_is(client, do):
    address = start(client, "paper", stage="alone")
    assert tap(client, address, do) == address


def test_an_ended_visit_shows_the_way_home(client):
    address = start(client, "lock")
    answer = leave(client, address)
    assert (answer.status_code, answer.location) == (303, "done.vi.html")
    gone = client.get(address)
    assert gone.status_code == 200
    assert "Bài tập này đã xong" in gone.text
    assert 'href="../../../"' in gone.text


def test_an_unknown_scenario_is_told_kindly(client):
    for form in ({}, {"pack": "thu", "scenario": "../app"}, {"pack": "thu\0", "scenario": "app"}):
        answer = client.post("/tap", data=form)
        assert answer.status_code == 200
        assert "Bài tập này đã xong" in answer.text
        assert 'href="./"' in answer.text


def test_xong_without_a_visit_still_says_how_to_leave(client):
    for visit in ("", "nobody", "\0", "A" * 500):
        assert client.post("/xong", data={"visit": visit}).location == "done.vi.html"


def test_the_language_chosen_at_the_start_stays(client):
    address = start(client, "gallery", lang="en")
    assert 'lang="en"' in client.get(address).text
    assert leave(client, address).location == "done.en.html"


def test_a_language_that_the_site_does_not_speak_is_the_first_one(client):
    address = start(client, "gallery", lang="xx")
    assert 'lang="vi"' in client.get(address).text
    leave(client, address)


def test_a_call_for_a_person_fills_the_screen_and_names_the_helper(client, monkeypatch):
    monkeypatch.setattr(clock, "synchronized", lambda: False)
    address = tap(client, start(client, "chat"), "help")
    text = client.get(address).text
    assert 'href="tel:0000000002"' in text
    assert "Giơ tay lên" in text
    assert "Chị Mai" in text
    assert "Giơ tay lên" not in client.get(tap(client, address, "back")).text


def test_outside_the_helpers_hours_the_hours_stand_there_and_no_call(app, client, house, monkeypatch):
    monkeypatch.setattr(clock, "synchronized", lambda: True)
    address = tap(client, start(client, "chat"), "help")
    for hour, call in ((9, True), (20, False)):
        wall = datetime(2026, 1, 5, hour, tzinfo=UTC).timestamp() - 7 * 3600
        monkeypatch.setattr(clock, "wall", lambda wall=wall: wall)
        text = client.get(address).text
        assert "8 giờ đến 17 giờ" in text
        assert ("tel:" in text) is call


def test_a_clock_that_only_the_recorder_knows_counts_too(app, client, house, monkeypatch):
    night = int(datetime(2026, 1, 5, 22, tzinfo=UTC).timestamp() - 7 * 3600 - clock.uptime())
    address = tap(client, start(client, "chat"), "help")
    for boot, quality, call in (
        (clock.boot_id(), Quality.PHONES, False),
        (clock.boot_id(), Quality.FEW, True),
        ("an earlier start", Quality.SYNCED, True),
    ):
        note.write(house, note.Note(boot=boot, seconds=night, quality=quality))
        monkeypatch.setattr(clock, "synchronized", lambda: False)
        assert ("tel:" in client.get(address).text) is call
    (house.run / "recorder.json").unlink()


def test_each_mistake_brings_more_help_until_one_thing_answers(client):
    address = start(client, "app")
    shown = []
    for _ in range(3):
        address = tap(client, address, "d7")
        shown.append(client.get(address).text.partition("<body>")[2])
    word, hand, led = shown
    assert "Chưa đúng. Nhìn thẻ vàng." in word
    assert "pointed" not in word
    assert "Bấm vào chỗ bàn tay chỉ" in hand
    assert re.search(r'class="key pointed" name="do" value="d0"', hand)
    assert 'value="hint"' in hand
    assert " lone" not in hand
    assert "Làm cùng nhau nhé" in led
    assert re.search(r'class="phone [^"]* lone', led)
    assert re.search(r'class="key pointed" name="do" value="d0"', led)
    assert 'value="hint"' not in led
    assert [tap(client, address, do) == address for do in ("d7", "c1", "d0")] == [True, True, False]


def test_after_a_wrong_decision_nobody_is_blamed(client):
    told = read(next(path for path in REAL if path.stem == "cong-an-goi"))
    address = start(client, "cong-an-goi")
    seen = []
    for action in walk_with_mistakes(told, told.teach):
        address = tap(client, address, print_action(action))
        seen.append(client.get(address).text)
    gentle = [text for text in seen if "Ở đây không mất tiền" in text]
    assert gentle
    assert all('value="back"' in text and "THỰC HÀNH" in text for text in gentle)


def test_a_wrong_digit_is_neither_kept_nor_shown_again(client, app, house):
    address = start(client, "app", stage="alone")
    address = tap(client, address, "d7")
    page = client.get(address).text
    assert "Nhìn thẻ vàng" in page
    assert "<i>7</i>" not in page
    assert b'"7"' not in house.state.read_bytes()


def test_the_whole_number_arrives_without_its_digits(client):
    address = start(client, "app", stage="alone")
    assert "Số tiền" in client.get(tap(client, address, "w2")).text


def test_under_a_dialog_nothing_can_be_tapped(client):
    page = client.get(start(client, "browser")).text
    under = page[page.index('class="under"') : page.index('class="dialog"')]
    assert "disabled" in under
    assert "name=" not in under


def test_a_drawing_that_the_card_has_lost_is_left_out_of_its_step(client, monkeypatch):
    def lost(library, pack, path):
        raise KioskError(f"{path} of the pack {pack} is damaged on this disk")

    address = start(client, REAL[0].stem)
    monkeypatch.setattr(Library, "has", lambda library, pack, path: True)
    monkeypatch.setattr(Library, "read", lost)
    assert client.get(address).status_code == 200


def test_whoever_serves_sweeps_the_visits_of_those_who_went_away_and_looks_after_the_leases(app, monkeypatch):
    begun = [threading.Event(), threading.Event()]
    monkeypatch.setattr(app.extensions["attempts"], "keep_swept", lambda _, **more: begun[0].set())
    monkeypatch.setattr(app.extensions["stations"], "keep_fresh", lambda _: begun[1].set())
    assert attended(app) is app
    assert all(each.wait(5) for each in begun)


def test_xong_on_any_page_ends_the_visit_of_whoever_holds_the_phone(client):
    address = start(client, "tra-tien-qr")
    other = client.post(
        "/tap", data={"pack": practice_house.PACK, "scenario": "tra-tien-qr", "stage": "alone"},
        environ_overrides={"REMOTE_ADDR": "10.87.0.99"},
    )  # fmt: skip
    answer = client.post("/xong", data={"lang": "vi"})
    assert (answer.status_code, answer.location) == (303, "done.vi.html")
    assert "Bài tập này đã xong" in client.get(address).text
    assert "Bài tập này đã xong" not in client.get(f"/{other.location}").text


def test_behind_the_last_stage_of_a_path_stands_the_next_path(app, client, monkeypatch):
    monkeypatch.setattr(Library, "practised", lambda *_: (None, SimpleNamespace(id="x")))
    monkeypatch.setattr(Library, "after", lambda *_: (None, "thu", None))
    tile = Tile(title="Chuyển tiền", picture="<svg></svg>", colour="gold", address="bai/thu/chuyen.vi.html")
    monkeypatch.setattr(steps, "path_tile", lambda *_: tile)
    for stage, offered in (("together", False), ("alone", True)):
        address = start(client, "paper", stage=stage)
        _, _, visit, number, _ = address.split("/")
        standing = app.extensions["attempts"].look(visit, int(number))
        for action in walk(standing.scenario, standing.state.variant):
            address = tap(client, address, print_action(action))
        assert ('href="../../../bai/thu/chuyen.vi.html"' in client.get(address).text) is offered
