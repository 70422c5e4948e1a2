"""What she was in the middle of is offered, by picture and voice, before anything is begun."""

import pytest

from kiosk.practice.state import print_action
from kiosk.practice.walks import walk
from kiosk.web.app import create_app
from tests.support import practice_house
from tests.support.scenarios import ROOT, read

APP = read(ROOT / "tests/data/scenarios/app.yaml")
DOING = "đang làm dở"


@pytest.fixture
def app(tmp_path):
    made = create_app(practice_house.settings(tmp_path))
    yield made
    made.extensions["live"].close()


@pytest.fixture
def client(app):
    return app.test_client()


def tapped(client, scenario="app", stage="alone", **more):
    """Where the form of a path's stage leads."""
    form = {"pack": practice_house.PACK, "scenario": scenario, "stage": stage, "lang": "vi"}
    phone = more.pop("phone", "127.0.0.1")
    answer = client.post("/tap", data=form | more, environ_overrides={"REMOTE_ADDR": phone})
    assert answer.status_code == 303
    return f"/{answer.location}"


def begun(client):
    """An attempt at its second step, left by closing the sheet."""
    first = tapped(client)
    answer = client.post(first, data={"do": "d0"})
    return f"{first.rpartition('/')[0]}/{answer.location}"


def test_the_same_stage_again_offers_to_go_on_or_to_begin_anew(client):
    step = begun(client)
    address = tapped(client)
    assert address.partition("?")[0] == f"{step.rpartition('/')[0]}/again"
    page = client.get(address).text
    assert DOING in page
    assert f'href="../../..{step}"' in page
    assert "Làm lại từ đầu" in page
    assert "Bước 1 trong" in page


def test_what_is_gone_on_with_stands_where_it_was(client):
    step = begun(client)
    tapped(client)
    page = client.get(step).text
    assert page.count("<i>0</i>") == 1


def test_anew_begins_from_the_first_step_and_a_double_tap_begins_once(client):
    step = begun(client)
    fresh = tapped(client, anew="1")
    assert fresh.endswith("/2/0")
    assert tapped(client, anew="1") == tapped(client) == fresh
    assert client.get(step).status_code == 200


def test_another_path_is_begun_after_the_unfinished_one_was_offered_once(client):
    step = begun(client)
    page = client.get(tapped(client, "lock")).text
    assert f'href="../../..{step}"' in page
    assert 'name="scenario" value="lock"' in page
    assert "Làm lại từ đầu" not in page
    lock = tapped(client, "lock", anew="1")
    assert lock.endswith("/2/0")
    assert tapped(client, "lock") == lock
    assert tapped(client, "sms").endswith("/3/0")


def test_nobody_is_offered_what_another_phone_began(client):
    begun(client)
    assert "again" not in tapped(client, phone="10.87.0.9")


def test_after_xong_nothing_is_offered(client):
    step = begun(client)
    client.post("/xong", data={"visit": step.split("/")[2]})
    assert tapped(client).endswith("/1/0")


def test_xong_in_an_older_tab_ends_what_the_phone_does_now_too(client):
    begun(client)
    client.post("/xong", data={"visit": "A" * 22})
    assert tapped(client).endswith("/1/0")


def test_an_offer_that_comes_too_late_leads_to_the_step_or_home(client):
    step = begun(client)
    offer = tapped(client)
    address = step
    for action in walk(APP, "mot")[1:]:
        answer = client.post(address, data={"do": print_action(action)})
        address = f"{step.rpartition('/')[0]}/{answer.location}"
    assert client.get(offer).location == address.rpartition("/")[2]
    client.post("/xong", data={"visit": step.split("/")[2]})
    assert "Bài tập này đã xong" in client.get(offer).text


def test_the_offer_speaks_the_language_of_the_page_that_was_tapped(client):
    begun(client)
    assert "You had begun this" in client.get(tapped(client, lang="en")).text
