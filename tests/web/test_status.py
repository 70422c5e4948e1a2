import json
import re

import pytest

from kiosk.settings import Portal, Settings, Site
from kiosk.status import report
from kiosk.web.app import create_app

SEEN_BY = {"HTTP_X_KIOSK_ADDRESS": "10.87.0.21", "HTTP_X_KIOSK_CAPTURED": "0"}
PHONE = {**SEEN_BY, "HTTP_X_KIOSK_WHERE": "phone"}
TOUCH = {**SEEN_BY, "HTTP_X_KIOSK_WHERE": "touchscreen", "HTTP_X_KIOSK_ADDRESS": "127.0.0.1"}


@pytest.fixture
def house(tmp_path):
    """An app in a folder of its own; `proxied` puts nginx in front."""
    apps = []

    def build(*, proxied):
        (tmp_path / "data").mkdir()
        (tmp_path / "run").mkdir()
        site = Site(id="na-huong", name="Nhà văn hóa <Nà Hường>", languages=("blt", "vi"))
        settings = Settings(data=tmp_path / "data", run=tmp_path / "run", site=site, portal=Portal(proxied=proxied))
        apps.append(create_app(settings))
        return apps[-1].test_client()

    yield build
    for app in apps:
        app.extensions["live"].close()


def test_the_touchscreen_sees_the_page(house):
    answer = house(proxied=True).get("/status", environ_base=TOUCH)
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    page = answer.get_data(as_text=True)
    assert "Nhà văn hóa &lt;Nà Hường&gt;" in page
    assert "Chưa có gói bài nào" in page
    assert "→ " in page
    assert "<svg" in page
    assert "<script></script>" in page


def test_a_phone_does_not(house):
    client = house(proxied=True)
    assert client.get("/status", environ_base=PHONE).status_code == 404
    assert client.get("/status", environ_base=SEEN_BY).status_code == 404


def test_a_desk_sees_it_by_loopback_only(house):
    client = house(proxied=False)
    assert client.get("/status", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code == 200
    assert client.get("/status", environ_base={"REMOTE_ADDR": "192.168.1.7"}).status_code == 404
    forged = {"REMOTE_ADDR": "192.168.1.7", **TOUCH}
    assert client.get("/status", environ_base=forged).status_code == 404


def test_anybody_gets_the_same_as_json_without_secrets(house):
    client = house(proxied=True)
    told = json.loads(client.get("/status.json", environ_base=PHONE).data)
    assert told["site"] == "na-huong"
    assert told["worst"] == "fail"
    assert not re.search(r"token|seed|salt|\bpin\b", json.dumps(told))


def test_the_box_looks_at_itself_at_most_every_ten_seconds(house, monkeypatch):
    client = house(proxied=True)
    looked = []
    read = report.read
    monkeypatch.setattr(report, "read", lambda settings: looked.append(1) or read(settings))
    pages = set()
    for _ in range(5):
        client.get("/status.json", environ_base=PHONE)
        pages.add(client.get("/status", environ_base=TOUCH).data)
    assert len(looked) == len(pages) == 1
