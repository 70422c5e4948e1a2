from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.collector import tokens
from kiosk.collector.app import create_app
from kiosk.collector.people import person
from kiosk.collector.people.person import Person, Role
from kiosk.collector.province import Province, open_province
from kiosk.collector.settings import CollectorSettings
from kiosk.events.batch import Batch
from kiosk.events.epochs import Offset, Quality
from kiosk.events.event import Event, make
from tests.support.postgres import Server, postgres

DEVICE = "0123456789abcdef" * 2
EPOCH = "fedcba9876543210"
NOW = 1_790_000_000


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("pg_ctlcluster"))])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: every test of the collector runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/province.db"
    server: Server = request.getfixturevalue("cluster")
    return server.url()


@pytest.fixture
def province(url: str) -> Iterator[Province]:
    opened = open_province(url)
    yield opened
    opened.close()


@pytest.fixture
def token(province: Province) -> str:
    return tokens.issue(province, "ban-ho", "Bản Hồ", NOW)


@pytest.fixture
def client(url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    app = create_app(CollectorSettings(url, tmp_path / "key"))
    yield app.test_client()
    app.extensions["close"]()
    app.extensions["province"].close()


def a_batch(
    first: int, last: int, *, offset: int = NOW - 5000, quality: Quality = Quality.SYNCED, **more: object
) -> Batch:
    events = tuple((seq, view(seq)) for seq in range(first, last + 1))
    return Batch(DEVICE, EPOCH, Offset(offset, quality, 1), "0.1.0", events, **more)


def view(at: int, lang: str = "vi") -> Event:
    return make("view", at, card="doi-song-so/tra-tien-qr/cho-rau", lang=lang, where="phone")


@pytest.fixture
def viewer(client: FlaskClient, province: Province) -> FlaskClient:
    """The same app, looked at by somebody of the province."""
    return enter(client, province, Role.PROVINCE)


def enter(client: FlaskClient, province: Province, role: Role, commune: str = "") -> FlaskClient:
    """A browser of its own, logged in."""
    login = f"mot.{role.value}"
    password = person.add(province, Person(login, role, commune), NOW)
    browser = client.application.test_client()
    assert browser.post("/login", data={"login": login, "password": password}).status_code == 303
    return browser
