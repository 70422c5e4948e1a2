"""Who sees what, and that it is written down."""

import pytest
from flask.testing import FlaskClient

from kiosk.collector import places
from kiosk.collector.people import audit
from kiosk.collector.people.person import Role
from kiosk.collector.places import Place
from kiosk.collector.province import Province
from tests.collector.conftest import enter

USE = ("/practice", "/practice/doi-song-so/tra-tien-qr", "/league")
EVERY = ("/", "/villages", "/villages/ban-mot", "/boxes", "/export", "/audit", "/export/days.csv", *USE)


@pytest.fixture(autouse=True)
def villages(province: Province) -> None:
    places.learn(
        province,
        [
            Place("ban-mot", "Bản Một", "Xã Một", 22_000_000, 103_000_000),
            Place("ban-hai", "Bản Hai", "Xã Hai", 22_100_000, 103_100_000),
        ],
    )


@pytest.mark.parametrize("path", EVERY)
def test_without_a_cookie_there_is_only_the_door(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login")
    assert client.post("/logout").status_code == 302


def test_a_commune_sees_its_own_villages_and_asking_for_another_is_refused_and_written_down(
    client: FlaskClient, province: Province
) -> None:
    browser = enter(client, province, Role.COMMUNE, "Xã Một")
    for path in ("/", "/villages", "/boxes", "/league", "/export/days.csv", "/?commune=X%C3%A3+M%E1%BB%99t"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "Bản Hai" not in page.get_data(as_text=True)
    asked = ["/?commune=Xã Hai", "/villages?commune=Xã Hai", "/villages/ban-hai", "/villages/nowhere",
             "/practice?commune=Xã Hai", "/league?commune=Xã Hai", "/boxes?commune=?",
             "/export/days.csv?commune=Xã Hai", "/audit"]  # fmt: skip
    for path in asked:
        answer = browser.get(path)
        assert answer.status_code == 403, path
        assert "Bản Hai" not in answer.get_data(as_text=True)
    refused = [line for line in audit.read(province) if line.outcome == "refused"]
    assert len(refused) == len(asked)
    assert {line.login for line in refused} == {"mot.commune"}


def test_a_technician_sees_how_boxes_stand_and_nothing_of_what_people_use(
    client: FlaskClient, province: Province
) -> None:
    browser = enter(client, province, Role.TECHNICIAN)
    for path in (*USE, "/audit", "/export/days.csv", "/export/languages.csv"):
        assert browser.get(path).status_code == 403, path
    for path in ("/", "/villages", "/villages/ban-mot", "/boxes", "/export", "/export/boxes.csv"):
        page = browser.get(path)
        assert page.status_code == 200, path
        assert "Lượt tập" not in page.get_data(as_text=True)
        assert "lượt tập" not in page.get_data(as_text=True)


def test_who_saw_and_exported_what_is_on_the_provinces_page(viewer: FlaskClient) -> None:
    assert viewer.get("/villages/ban-hai").status_code == 200
    assert viewer.get("/export/months.csv").status_code == 200
    page = viewer.get("/audit").get_data(as_text=True)
    for told in ("login", "see <code>/villages/ban-hai</code>", "export <code>/export/months.csv</code>"):
        assert told in page


def test_a_form_from_elsewhere_does_nothing(client: FlaskClient, viewer: FlaskClient) -> None:
    away = {"Origin": "https://elsewhere.example"}
    assert viewer.post("/logout", headers=away).status_code == 403
    assert viewer.get("/").status_code == 200
    assert client.post("/login", data={"login": "a", "password": "b"}, headers=away).status_code == 403


def test_the_door_answers_a_wrong_password_and_then_says_how_long_to_wait(client: FlaskClient) -> None:
    form = {"login": "lan", "password": "<script>"}
    said = [client.post("/login", data=form) for _ in range(6)]
    assert [answer.status_code for answer in said] == [401] * 5 + [429]
    assert 0 < int(said[-1].headers["Retry-After"]) <= 15
    assert "<script>" not in said[0].get_data(as_text=True)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, province: Province) -> None:
    browser = enter(client, province, Role.PROVINCE)
    cookie = browser.get_cookie("domdom")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    page = browser.get("/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.get_data(as_text=True)


@pytest.mark.parametrize(("to", "where"), [("/boxes", "/boxes"), ("//elsewhere.example", "/"), ("https://x", "/"),
                                           ("/\\elsewhere.example", "/"), ("", "/")])  # fmt: skip
def test_english_stands_beside_vietnamese_and_leads_nowhere_else(viewer: FlaskClient, to: str, where: str) -> None:
    answer = viewer.get("/tongue/en", query_string={"to": to})
    assert answer.headers["Location"] == where
    assert "Overview" in viewer.get("/").get_data(as_text=True)
    viewer.get("/tongue/xx")
    assert '<html lang="en">' in viewer.get("/").get_data(as_text=True)
