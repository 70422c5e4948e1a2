"""Whatever comes to an address of practice: never an error page, never two results; she lands where she was."""

from dataclasses import replace
from urllib.parse import urljoin

import msgspec
import pytest

from kiosk.practice.route import next_move
from kiosk.practice.state import print_action
from kiosk.web.app import create_app
from tests.support import practice_house
from tests.support.scenarios import ROOT, read

APP = read(ROOT / "tests/data/scenarios/app.yaml")
GONE = "Bài tập này đã xong"
NOWHERE = (
    "/tap/AAAAAAAAAAAAAAAAAAAAAA/1/0",
    "/tap/AAAAAAAAAAAAAAAAAAAAAA/1/again?pack=thu&scenario=app",
    "/tap/short/1/0",
    "/tap/AAAAAAAAAAAAAAAAAAAAAA/99999999999999999999/0",
    "/tap/AAAAAAAAAAAAAAAAAAAAAA/1/99999999999999999999",
    "/tap/AAAAAAAAAAAAAAAAAAAAAA/-1/0",
    "/tap/%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00/1/0",
    "/tap/ĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐĐ/1/0",
    "/tap/x",
    "/tap/../tap/x/y/z/1/2/3",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
GARBAGE = (
    "",
    "\0",
    "\u202e",
    "-1",
    "1e9",
    "٣",
    "' OR 1=1 --",
    "<script>",
    "../../etc/passwd",
    "%s%n",
    "A" * 900,
    "c1\nd2",
    "w999",
)
_FILE = b'--x\r\nContent-Disposition: form-data; name="do"; filename="a"\r\n\r\nc1\r\n--x--'
FIELDS = ("pack", "scenario", "stage", "lang", "anew", "visit", "do")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    made = create_app(practice_house.settings(tmp_path_factory.mktemp("house")))
    yield made
    made.extensions["live"].close()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def step(client):
    """The address of an attempt at its second step."""
    form = {"pack": practice_house.PACK, "scenario": "app", "stage": "alone", "anew": "1"}
    first = f"/{client.post('/tap', data=form).location}"
    return _after(first, client.post(first, data={"do": "d0"}))


def _after(address, answer):
    assert answer.status_code == 303
    return f"{address.rpartition('/')[0]}/{answer.location}"


def _state(app, address):
    _, _, visit, number, _ = address.split("/")
    return app.extensions["attempts"].look(visit, int(number)).state


@pytest.mark.parametrize("address", NOWHERE)
@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_visit_is_told_kindly_and_led_home(client, address, method):
    answer = client.open(address, method=method)
    assert answer.status_code == 200
    assert method == "HEAD" or GONE in answer.text
    assert method == "HEAD" or f'href="{"../" * (address.partition("?")[0].count("/") - 1)}"' in answer.text


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "tail", ["{n}/{s}", "{n}/99", "{n}/x", "{n}/-1", "{n}", "{n}/", "{n}/0/0/0", "{n}/again", "00{n}/1"]
)
def test_any_method_on_any_address_of_her_attempt_leads_to_where_she_is(app, client, step, method, tail):
    _, _, visit, number, serial = step.split("/")
    before = _state(app, step)
    address = f"/tap/{visit}/" + tail.format(n=number, s=serial)
    answer = client.open(address, method=method)
    if answer.status_code == 303:
        address = urljoin(address, answer.location)
        answer = client.get(address)
    assert (answer.status_code, address) == (200, step)
    assert _state(app, step) == before


@pytest.mark.parametrize("address", ["/tap", "/xong"])
@pytest.mark.parametrize("method", [method for method in METHODS if method != "POST"])
def test_what_only_a_form_asks_for_leads_home_when_it_is_opened_as_a_page(client, address, method):
    answer = client.open(address, method=method)
    assert (answer.status_code, answer.location) == (303, "./")


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("field", FIELDS)
def test_garbage_in_any_field_of_any_form_is_no_error(app, client, step, field, value):
    whole = {"pack": practice_house.PACK, "scenario": "app", "stage": "alone", "lang": "vi", "do": "", field: value}
    before = _state(app, step)
    for address in ("/tap", step):
        answer = client.post(address, data=whole)
        assert answer.status_code in {200, 303}
    assert _state(app, step) == before or field == "do"
    assert client.post("/xong", data=whole).status_code == 303


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("field", FIELDS)
def test_garbage_in_the_offer_to_go_on_is_no_error(client, step, field, value):
    query = {"pack": practice_house.PACK, "scenario": "lock", "stage": "alone", "lang": "vi", field: value}
    answer = client.get(f"{step.rpartition('/')[0]}/again", query_string=query)
    assert answer.status_code in {200, 303}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"do=%ff%fe&do=c1", "application/x-www-form-urlencoded"),
        (b"{\"do\": \"c1\"}", "application/json"),
        (_FILE, "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"\x1f\x8b\x08", "application/x-www-form-urlencoded; charset=utf-16"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_form_changes_nothing(app, client, step, body, kind):
    before = _state(app, step)
    assert _after(step, client.post(step, data=body, content_type=kind)) == step
    assert _state(app, step) == before


def test_a_very_long_attempt_still_has_an_address(app, client, step, monkeypatch):
    standing = app.extensions["attempts"].look(step.split("/")[2], int(step.split("/")[3]))
    far = replace(standing, state=msgspec.structs.replace(standing.state, serial=100_000))
    monkeypatch.setattr(app.extensions["attempts"], "look", lambda *_: far)
    assert client.get(f"{step.rpartition('/')[0]}/100000").status_code == 200


def test_after_the_end_going_back_shows_the_end(app, client, step):
    while _state(app, step).place != "done":
        step = _after(step, client.post(step, data={"do": print_action(next_move(APP, _state(app, step)))}))
    attempt = step.rpartition("/")[0]
    for serial in range(3):
        assert _after(step, client.get(f"{attempt}/{serial}")) == step
        assert _after(step, client.post(f"{attempt}/{serial}", data={"do": "c1"})) == step
    assert "Bà con làm được rồi" in client.get(step).text
