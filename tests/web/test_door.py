"""The staff door: who may knock, what opens it, what shuts it, and that no page behind it answers while it is shut."""

import logging

import pytest

from kiosk.live.sessions import IDLE, Sessions
from kiosk.settings import Portal, Settings
from kiosk.web.app import create_app
from tests.support import staff
from tests.support.staff import PIN, by, mark, open_door

BEHIND = "/staff/con"
# Answered by the door's sockets before it is open: the PIN, and how loud the window speaks.
OPEN = {"/staff", "/staff/vao", "/staff/am-luong.json"}


@pytest.fixture
def made():
    """Makes apps, and closes them."""
    apps = []

    def make(settings):
        apps.append(create_app(settings))
        return apps[-1]

    yield make
    for app in apps:
        app.extensions["live"].close()


@pytest.fixture
def settings(tmp_path):
    return staff.settings(tmp_path)


@pytest.fixture
def client(made, settings):
    client = made(settings).test_client()
    client.environ_base.update(by(settings))
    return client


def _every_staff_rule(app):
    return [rule for rule in app.url_map.iter_rules() if str(rule).startswith("/staff")]


@pytest.mark.parametrize("name", ["phones", "staff", "else"])
def test_by_another_socket_no_staff_page_answers_whatever_the_request_says(client, settings, name):
    strange = by(settings, name)
    for path in ("/staff", "/staff/", "/staff/vao", BEHIND, "/staff/lop", "/staff/x/y"):
        assert client.get(path, environ_base=strange).status_code == 404
        assert client.post(path, data={"pin": PIN}, environ_base=strange).status_code == 404


def test_a_session_stolen_by_a_phone_opens_nothing(client, settings):
    open_door(client, settings)
    assert client.get(BEHIND).status_code == 204
    assert client.get(BEHIND, environ_base=by(settings, "phones")).status_code == 404


def test_without_any_socket_a_box_lets_nobody_in(client):
    assert client.get("/staff", environ_base={"gunicorn.socket": None}).status_code == 404


def test_over_its_certificate_a_site_that_has_one_lets_in_by_pin_and_keeps_the_cookie_on_tls(made, tmp_path):
    settings = staff.settings(tmp_path, certificate=True)
    client = made(settings).test_client()
    client.environ_base.update(by(settings, "staff"))
    assert "PIN" in client.get("/staff").get_data(as_text=True)
    cookie = client.post("/staff/vao", data={"pin": PIN}).headers["Set-Cookie"]
    assert "Secure" in cookie
    assert client.get("/staff", environ_base=by(settings, "phones")).status_code == 404


def test_a_desk_reaches_it_by_loopback_only(made, tmp_path):
    (tmp_path / "run").mkdir()
    settings = Settings(data=tmp_path, run=tmp_path / "run", portal=Portal(proxied=False))
    client = made(settings).test_client()
    assert client.get("/staff", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code == 200
    assert client.get("/staff", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 404


def test_every_page_behind_a_shut_door_leads_to_the_door_and_nothing_is_done(client):
    rules = [rule for rule in _every_staff_rule(client.application) if str(rule) not in OPEN]
    assert rules
    for rule in rules:
        address = str(rule).replace("<path:", "<").replace("<", "").replace(">", "")
        for method in rule.methods & {"GET", "POST"}:
            answer = client.open(address, method=method)
            assert answer.status_code == 303, rule
            assert answer.headers["Location"].endswith("../staff")


def test_the_pin_opens_and_the_cookie_is_kept_from_scripts_and_strangers(client):
    answer = client.post("/staff/vao", data={"pin": PIN})
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/staff" in cookie
    assert "Đóng cửa" in client.get("/staff").get_data(as_text=True)
    assert client.get("/staff").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("pin", ["", "0000", "27491", "2749161", " 274916", "٢٧٤٩١٦", "x" * 9000])
def test_what_is_not_the_pin_does_not_open(client, pin):
    client.post("/staff/vao", data={"pin": pin})
    assert client.get(BEHIND).status_code == 303


def test_a_form_without_the_doors_mark_is_refused(client, settings):
    known = open_door(client, settings)
    assert client.post("/staff/dong").status_code == 403
    assert client.post("/staff/dong", data={"k": known[::-1]}).status_code == 403
    assert client.get(BEHIND).status_code == 204
    assert client.post(f"/staff/dong?k={known}").status_code == 303


def test_the_mark_of_one_door_is_not_that_of_another(client, settings, made):
    first = open_door(client, settings)
    other = client.application.test_client()
    assert open_door(other, settings) != first


def test_shutting_it_ends_the_session_for_ever(client, settings):
    known = open_door(client, settings)
    stolen = client.get_cookie("staff", path="/staff").value
    client.post("/staff/dong", data={"k": known})
    client.set_cookie("staff", stolen, path="/staff")
    assert client.get(BEHIND).status_code == 303


def test_it_outlives_a_restart_of_the_web_server_and_no_start_of_the_system(client, settings, made):
    open_door(client, settings)
    session = client.get_cookie("staff", path="/staff").value
    again = made(settings).test_client()
    again.environ_base.update(by(settings))
    again.set_cookie("staff", session, path="/staff")
    assert again.get(BEHIND).status_code == 204
    store = again.application.extensions["live"]
    store.put("boot", "another")
    fresh = made(settings).test_client()
    fresh.environ_base.update(by(settings))
    fresh.set_cookie("staff", session, path="/staff")
    assert fresh.get(BEHIND).status_code == 303


def test_nobody_there_shuts_it(client):
    now = [1000.0]
    doors = Sessions(client.application.extensions["live"], now=lambda: now[0])
    session = doors.open()
    now[0] += IDLE
    assert doors.is_open(session)
    doors.use(session)
    now[0] += IDLE
    assert doors.is_open(session)
    now[0] += 1
    assert not doors.is_open(session)
    doors.use(session)
    assert not doors.is_open(session)


@pytest.mark.usefixtures("times")
def test_four_mistakes_cost_nothing_the_fifth_guess_waits_and_says_how_long(client):
    for _ in range(4):
        assert client.post("/staff/vao", data={"pin": "1111"}).headers["Location"].endswith("staff?sai")
    assert client.post("/staff/vao", data={"pin": PIN}).headers["Location"].endswith("../staff")
    answer = client.get("/staff")
    assert "Đợi 30 giây" in answer.get_data(as_text=True)
    assert int(answer.headers["Refresh"]) in (30, 31)


def test_a_restart_of_the_web_server_forgets_no_guess(client, settings, made):
    for _ in range(4):
        client.post("/staff/vao", data={"pin": "1111"})
    again = made(settings).test_client()
    again.environ_base.update(by(settings))
    again.post("/staff/vao", data={"pin": PIN})
    assert again.get(BEHIND).status_code == 303


def test_nothing_typed_is_written_down(client, settings, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post("/staff/vao", data={"pin": "918273"})
        client.post("/staff/vao", data={"pin": PIN})
    held = b"".join(path.read_bytes() for folder in (settings.data, settings.run) for path in folder.rglob("*.*"))
    for pin in ("918273", PIN):
        assert pin not in caplog.text
        assert pin.encode() not in held
    session = client.get_cookie("staff", path="/staff").value
    assert session.encode() not in held


def test_a_site_without_a_pin_has_no_way_in_and_says_so(made, tmp_path):
    settings = staff.settings(tmp_path, pin="")
    client = made(settings).test_client()
    client.environ_base.update(by(settings))
    assert "chưa có PIN" in client.get("/staff").get_data(as_text=True)
    client.post("/staff/vao", data={"pin": ""})
    assert client.get(BEHIND).status_code == 303


def test_marks_are_asked_of_every_method_that_changes(client, settings):
    known = open_door(client, settings)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.open("/staff/dong", method=method).status_code == 403
    assert mark(client.get("/staff").get_data(as_text=True)) == known
