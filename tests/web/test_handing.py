"""From the box to a volunteer's phone, to the province and back, by the page and the province's own import."""

import io
import re
from contextlib import closing

import msgspec
import pytest

from kiosk import clock
from kiosk.outbox import stick
from kiosk.settings import Portal
from kiosk.usage.journal import Journal
from kiosk.web.app import create_app
from tests.outbox.fakes import view
from tests.support.office import Office

EVENTS = 700


@pytest.fixture
def office(tmp_path):
    with closing(Office(tmp_path)) as opened:
        yield opened


@pytest.fixture
def house(settings, office):
    made = msgspec.structs.replace(settings, upload=office.upload)
    journal = Journal.open(made)
    journal.begin(device="ab" * 16, boot=clock.boot_id())
    journal.append([view(at * 60) for at in range(EVENTS)])
    journal.close()
    return made


@pytest.fixture
def phone(house):
    made = create_app(house)
    yield made.test_client()
    made.extensions["live"].close()


def shown(phone):
    answer = phone.get("/mang")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def bring(phone, data, name="domdom.acks"):
    return phone.post("/mang/nhan", data={"acks": (io.BytesIO(data), name)})


def waiting(house):
    journal = Journal.open(house)
    found = sum(len(batch.events) for batch in journal.unsent(10_000))
    journal.close()
    return found


def test_a_phone_carries_the_counts_and_brings_the_answer(phone, house, office):
    assert "Gói số liệu" in shown(phone)
    assert phone.post("/mang").location == "mang"
    page = shown(phone)
    assert f"{EVENTS} dòng" in page
    link = re.search(r'href="(mang/[^"]+)"', page)[1]
    answer = phone.get(f"/{link}")
    assert "attachment" in answer.headers["Content-Disposition"]
    taken = office.take(answer.data)
    assert (taken.site, taken.events) == ("ban-xa", EVENTS)
    assert waiting(house) == EVENTS
    assert bring(phone, taken.acks).status_code == 303
    assert waiting(house) == 0
    page = shown(phone)
    assert f"Tỉnh đã nhận {EVENTS} dòng" in page
    assert "Không còn gì phải mang" in page
    assert phone.get(f"/{link}").status_code == 404


@pytest.mark.parametrize("data", [b"", b"nonsense", b"{}\nff\n" * 50, bytes(400_000), "Lò Thị Hoa".encode()])
def test_what_the_province_did_not_sign_changes_nothing(phone, house, data):
    bring(phone, data)
    assert waiting(house) == EVENTS
    assert ("Có tệp không phải của máy này" in shown(phone)) is bool(data)
    assert {path.name for path in house.handed.glob("*") if path.suffix != ".carry"} <= {"phone.acks"}


def test_a_file_too_long_is_not_taken_and_a_form_without_a_file_is_harmless(phone, house):
    assert bring(phone, bytes(480 << 10)).status_code == 413
    assert phone.post("/mang/nhan", data={"acks": "x"}).status_code == 303
    assert waiting(house) == EVENTS


@pytest.mark.parametrize("name", ["../usage.db", "..%2fusage.db", "wish", "phone.acks", "domdom-00000000.carry"])
def test_nothing_else_is_given_out(phone, name):
    phone.post("/mang")
    assert phone.get(f"/mang/{name}").status_code == 404


def test_on_a_device_a_unit_makes_the_file_and_the_page_waits_for_it(house):
    device = msgspec.structs.replace(house, portal=Portal(proxied=True))
    app = create_app(device)
    phone = app.test_client()
    phone.post("/mang")
    assert "Máy đang gói" in shown(phone)
    assert phone.get("/mang").headers["Refresh"] == "3"
    assert (device.handed / stick.WISH).exists()
    journal = Journal.open(device)
    stick.visit(device, journal, device.handed)  # as the unit does
    journal.close()
    assert not (device.handed / stick.WISH).exists()
    assert f"{EVENTS} dòng" in shown(phone)
    app.extensions["live"].close()


def test_a_house_that_knows_no_province_says_so(settings):
    app = create_app(settings)
    phone = app.test_client()
    phone.post("/mang")
    assert "upload.key is not set" in shown(phone)
    app.extensions["live"].close()
