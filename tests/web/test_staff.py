"""What is done behind the staff door, and where it arrives."""

import re
from contextlib import closing

import msgspec
import pytest

from kiosk import clock
from kiosk.live import classes, outgoing
from kiosk.live.classes import LONGEST
from kiosk.outbox.stick import Stage, Visit
from kiosk.practice.calls import RECENT, calls
from kiosk.practice.scenario import encode
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Help, print_action
from kiosk.practice.walks import walk
from kiosk.settings import Upload
from kiosk.usage.journal import Journal
from kiosk.usage.recorder import record_once
from kiosk.web.app import create_app
from tests.support import practice_house, staff
from tests.support.scenarios import TINY, read
from tests.support.staff import by, open_door

ROUND = {"households": "4", "adults": "11", "vneid": "6", "pays": "3", "services": ""}
ONCE = re.compile(r'name="once" value="(\w+)"')


@pytest.fixture
def settings(tmp_path):
    (scenario,) = [path for path in TINY if path.stem == "app"]
    return staff.boxed(practice_house.settings(tmp_path, {"practice/app.json": encode(read(scenario))}))


@pytest.fixture
def app(settings):
    made = create_app(settings)
    yield made
    made.extensions["live"].close()


@pytest.fixture
def store(app):
    return app.extensions["live"]


@pytest.fixture
def client(app, settings):
    client = app.test_client()
    client.known = open_door(client, settings)
    return client


@pytest.fixture
def phone(app, settings):
    phone = app.test_client()
    phone.environ_base.update(
        {**by(settings, "phones"), "HTTP_X_KIOSK_WHERE": "phone", "HTTP_X_KIOSK_ADDRESS": "10.87.0.9"}
    )
    return phone


def send(client, path, **form):
    return client.post(path, data={"k": client.known, **form})


def begin(client):
    """The address of an attempt just begun."""
    form = {"pack": practice_house.PACK, "scenario": "app", "stage": "alone", "anew": "1"}
    return f"/{client.post('/tap', data=form).location}"


def recorded(settings, kind):
    """The fields of every event of a kind that is on the card now."""
    record_once(settings)
    with closing(Journal.open(settings)) as journal:
        return [event.fields() for event in journal.of_epoch(kind)]


def settings_of_attempts(store):
    return [row.setting for row in store.tables.attempt.select()]


def test_a_class_that_is_open_is_what_attempts_carry_until_it_is_closed(client, phone, store):
    begin(phone)
    send(client, "/staff/lop", do="mo")
    assert "Lớp đang mở" in client.get("/staff/lop").text
    begin(phone)
    begin(client)  # at the touchscreen too: nobody in a class is alone
    send(client, "/staff/lop", do="dong")
    assert "Lớp đang đóng" in client.get("/staff/lop").text
    phone.post("/xong")
    client.post("/xong")
    begin(phone)
    begin(client)
    assert sorted(settings_of_attempts(store)) == ["alone", "touchscreen"]


def test_what_is_begun_in_a_class_carries_it_to_the_card(client, phone, settings, store):
    send(client, "/staff/lop", do="mo")
    address = begin(phone)
    assert settings_of_attempts(store) == ["class"]
    phone.post(address, data={"do": "c1"})
    phone.post("/xong")
    (attempt,) = recorded(settings, "attempt")
    assert attempt["setting"] == "class"
    assert attempt["unaided"] is False


def test_a_class_that_nobody_closed_is_over_after_four_hours(store):
    classes.begin(store, now=100)
    assert classes.since(store, now=100 + LONGEST - 1) == 100
    assert classes.since(store, now=100 + LONGEST) is None


def test_a_phone_can_open_no_class(phone, store):
    assert phone.post("/staff/lop", data={"do": "mo"}).status_code == 404
    assert classes.since(store) is None


def test_who_calls_for_a_person_is_seen_without_who_it_is(client, phone, settings, store):
    assert "Chưa ai gọi" in client.get("/staff/giup").text
    address = begin(phone)
    moved = phone.post(address, data={"do": "c1"}).location
    phone.post(f"{address.rpartition('/')[0]}/{moved}", data={"do": print_action(Help())})
    page = client.get("/staff/giup")
    assert "1 người đang chờ" in page.text
    assert "điện thoại" in page.text
    assert page.headers["Refresh"] == "15;url=?lai"
    assert "10.87" not in page.text
    assert "1 người đang chờ" in client.get("/staff").text
    (row,) = store.tables.visit.select()
    assert row.id not in page.text
    assert row.station not in page.text


def test_who_has_gone_home_calls_no_more(client, phone, settings, store):
    address = begin(phone)
    moved = phone.post(address, data={"do": "c1"}).location
    phone.post(f"{address.rpartition('/')[0]}/{moved}", data={"do": print_action(Help())})
    now = int(clock.uptime())
    shelf = Shelf(settings.packs)
    assert len(calls(store, shelf, now)) == 1
    assert calls(store, shelf, now + RECENT + 60) == []


def test_a_step_at_which_the_class_gets_stuck_stands_on_its_page_in_its_own_words(client, phone, settings):
    send(client, "/staff/lop", do="mo")
    address = begin(phone)
    for _ in range(2):
        moved = phone.post(address, data={"do": print_action(Help())}).location
        address = f"{address.rpartition('/')[0]}/{moved}"
    record_once(settings)
    page = client.get("/staff/lop").text
    assert "Bước hay vướng, từ lúc mở lớp" in page
    assert "<td>1</td>" in page


def test_a_page_that_is_asked_for_anew_by_itself_does_not_keep_the_door_open(client, store):
    table = store.tables.session
    (row,) = table.select()
    table.update(last=row.last - 200).execute()
    assert client.get("/staff/giup?lai").status_code == client.get("/staff/so-lieu?lai").status_code == 200
    assert table.get().last == row.last - 200
    client.get("/staff/giup")
    assert table.get().last >= row.last
    table.update(last=row.last - 400).execute()
    assert client.get("/staff/giup?lai").status_code == 303


def test_a_round_of_households_is_shown_once_more_and_then_reaches_the_card_as_numbers(client, settings, store):
    page = send(client, "/staff/tham", **ROUND).text
    assert "Các số này đúng chưa?" in page
    assert outgoing.waiting(store) == 0
    sure = {**ROUND, "do": "ghi", "once": ONCE.search(page)[1]}
    for _ in range(3):  # a doubled tap, and a page sent again
        assert send(client, "/staff/tham", **sure).location == "tham?xong"
    assert "Đã ghi" in client.get("/staff/tham?xong").text
    (household,) = recorded(settings, "household")
    assert household == {"households": 4, "adults": 11, "vneid": 6, "pays": 3, "services": 0}
    assert outgoing.waiting(store) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"households": ""}, "Số hộ đã thăm” còn trống"),
        ({"adults": "0"}, "Người lớn đã gặp” còn trống"),
        ({"vneid": "12"}, "nhiều hơn số người lớn"),
        ({"pays": "999"}, "nhiều hơn số người lớn"),
        ({"adults": "1000"}, "ba chữ số"),
        ({"households": "-1"}, "ba chữ số"),
        ({"households": "<b>Lò Thị</b>"}, "ba chữ số"),
        ({"services": "٣"}, "ba chữ số"),
    ],
)
def test_numbers_that_cannot_be_are_said_and_not_counted(client, store, change, said):
    answer = send(client, "/staff/tham", **{**ROUND, **change, "do": "ghi", "once": "0" * 16})
    assert said in answer.text
    assert "Lò Thị" not in answer.text
    assert outgoing.waiting(store) == 0


def test_a_correction_brings_the_numbers_back(client):
    page = send(client, "/staff/tham", **ROUND, do="sua").text
    assert 'value="11"' in page


def test_a_restart_is_asked_once_and_then_wished_for(client, settings):
    assert "ngay bây giờ?" in client.get("/staff/khoi-dong").text
    assert not settings.restart.exists()
    assert client.post("/staff/khoi-dong").status_code == 403
    assert not settings.restart.exists()
    send(client, "/staff/khoi-dong")
    assert settings.restart.exists()
    assert "đang tắt rồi bật lại" in client.get("/staff/khoi-dong").text


def test_the_volume_is_chosen_in_steps_and_told_to_the_window_alone(client, phone, settings):
    assert client.application.test_client().get("/staff/am-luong.json", environ_base=by(settings)).json == {
        "volume": 65
    }
    send(client, "/staff/am-luong", do="20")
    for strange in ("19", "x", "", "100000", "-20"):
        send(client, "/staff/am-luong", do=strange)
    assert client.get("/staff/am-luong.json").json == {"volume": 20}
    assert phone.get("/staff/am-luong.json").status_code == 404
    send(client, "/staff/am-luong", do="0")
    assert "tắt tiếng" in client.get("/staff").text


def test_the_status_stands_behind_the_door_with_what_to_do(client):
    page = client.get("/staff/may").text
    assert "→" in page
    assert "việc cần làm" in client.get("/staff").text


def test_the_page_of_the_stick_says_when_it_may_be_taken_out(settings):
    app = create_app(msgspec.structs.replace(settings, upload=Upload(key="0f" * 32)))
    client = app.test_client()
    open_door(client, settings)
    page = client.get("/staff/so-lieu")
    assert "Cắm USB" in page.text
    assert page.headers["Refresh"] == "3;url=?lai"
    told = Visit(clock.boot_id(), 1, Stage.WRITING, "/run/kiosk-stick/sda1")
    for change, said in (
        ({}, "Đừng rút"),
        ({"stage": Stage.DONE, "events": 812, "returned": 40}, "Đã chép 812 dòng. Rút được rồi."),
        ({"stage": Stage.DONE}, "Không có gì mới"),
        ({"stage": Stage.FAILED, "said": "x"}, "thử USB khác"),
    ):
        (settings.run / "carry.json").write_bytes(msgspec.json.encode(msgspec.structs.replace(told, **change)))
        assert said in client.get("/staff/so-lieu").text
    app.extensions["live"].close()


def test_without_the_provinces_key_the_page_of_the_stick_says_so(client):
    assert "chưa có khóa của tỉnh" in client.get("/staff/so-lieu").text


def test_a_full_memory_lets_nobody_in_and_loses_nothing(client, store):
    send(client, "/staff/lop", do="mo")
    store.database.pragma("query_only", 1, permanent=True)  # of each connection
    page = send(client, "/staff/tham", **ROUND, do="ghi", once="0" * 16).text
    assert "chưa ghi được" in page
    assert 'value="11"' in page
    send(client, "/staff/lop", do="dong")
    assert "Lớp đang mở" in client.get("/staff/lop").text
    client.delete_cookie("staff", path="/staff")
    client.post("/staff/vao", data={"pin": staff.PIN})
    assert client.get("/staff/con").status_code == 303


def check(client):
    """The address of a check just begun at this screen."""
    answer = send(client, "/staff/xem", skill=f"{practice_house.PACK}/app")
    return answer.location.removeprefix("..")


def walk_on(client, settings, address, *, helped=False):
    """Tap right to the end."""
    scenario = Shelf(settings.packs).scenario(practice_house.PACK, "app")
    _, _, visit, number, _ = address.split("/")
    state = client.application.extensions["attempts"].look(visit, int(number)).state
    for action in ([Help()] if helped else []) + walk(scenario, state.variant):
        moved = client.post(address, data={"do": print_action(action)}).location
        address = f"{address.rpartition('/')[0]}/{moved}"


@pytest.mark.parametrize(("helped", "result"), [(False, "done"), (True, "not_yet")])
def test_a_check_at_the_screen_counts_what_the_team_saw_and_shuts_the_door(client, settings, helped, result):
    assert f'value="{practice_house.PACK}/app"' in client.get("/staff/xem").text
    address = check(client)
    assert client.get("/staff/xem").status_code == 303
    walk_on(client, settings, address, helped=helped)
    client.post("/xong")
    (found,) = recorded(settings, "check")
    assert (found["skill"], found["result"]) == (f"{practice_house.PACK}/app", result)
    assert found["setting"] == "staff"


def test_who_leaves_a_check_could_not_yet_and_who_never_touched_it_was_not_checked(client, settings):
    client.post(check(client), data={"do": "c1"})
    client.post("/xong")
    client.known = open_door(client, settings)
    check(client)
    client.post("/xong")
    assert [found["result"] for found in recorded(settings, "check")] == ["not_yet"]


def test_a_check_begins_at_the_boxs_own_screen_only_and_with_what_there_is(client, phone, store):
    assert phone.post("/staff/xem", data={"skill": f"{practice_house.PACK}/app"}).status_code == 404
    assert send(client, "/staff/xem", skill="../../etc").location == "xem"
    assert store.tables.attempt.select().count() == 0
