import tomllib
from pathlib import Path

import msgspec
import pytest

from kiosk import clock
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.settings import Portal, Settings
from tests.support.web_house import build, publish

REPLAY = tomllib.loads(Path(__file__).parent.parent.joinpath("data/probes-replay.toml").read_text(encoding="utf-8"))
ANSWERS = {"redirect": REPLAY["redirect"], **REPLAY["answers"]}
ASKS = [
    pytest.param(url, row["agent"], row["gets"], id=f"{row['who']}: {url}")
    for row in REPLAY["asks"]
    for url in row["urls"]
]
IPHONE = "CaptiveNetworkSupport-390.60.1 wispr"
PROBE = "captive.apple.com/hotspot-detect.html"


def ask(client, url, agent, **environ):
    host, _, path = url.partition("/")
    return client.get(f"/{path}", headers={"Host": host, "User-Agent": agent}, environ_overrides=environ)


def assert_is(response, expected):
    """The whole of a response, to the byte; only the length is not in the data."""
    length = [] if expected["status"] == 204 else [("Content-Length", str(len(expected["body"])))]
    assert response.status_code == expected["status"]
    assert list(response.headers) == [tuple(header) for header in expected["headers"]] + length
    assert response.data == expected["body"].encode()


@pytest.fixture(scope="module")
def replay(tmp_path_factory):
    """A house that lives through all replayed requests, in which one phone was let out."""
    house = tmp_path_factory.mktemp("house")
    publish(house / "data")
    settings = Settings(data=house / "data", run=house / "run")
    store = LiveStore.open(settings)
    client = build(settings, store).test_client()
    client.post("/connect", environ_overrides={"REMOTE_ADDR": "10.87.0.22"})
    yield client
    store.close()


@pytest.mark.parametrize(("url", "agent", "gets"), ASKS)
def test_a_captured_phone_is_redirected(replay, url, agent, gets):
    assert_is(ask(replay, url, agent, REMOTE_ADDR="10.87.0.21"), ANSWERS["redirect"])


@pytest.mark.parametrize(("url", "agent", "gets"), ASKS)
def test_a_released_phone_gets_its_own_answer(replay, url, agent, gets):
    assert_is(ask(replay, url, agent, REMOTE_ADDR="10.87.0.22"), ANSWERS[gets])


def test_agreeing_leads_to_a_full_page_and_nothing_is_stored(client):
    given = client.post("/connect", data={"lang": "en"})
    assert (given.status_code, given.headers["Location"]) == (303, "connected.en.html")
    for response in (given, client.get("/connect"), client.get("/connected.vi.html")):
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["", "xx", "../vi", "vi\r\nX: y"])
def test_an_unknown_language_gets_the_first(client, lang):
    assert client.post("/connect", data={"lang": lang}).headers["Location"] == "connected.vi.html"


def test_looking_at_the_page_releases_nobody(client):
    assert client.get("/connect").status_code == 200
    assert ask(client, PROBE, IPHONE).status_code == 302


def test_a_release_is_counted_with_the_system_only(client, store):
    client.post("/connect", headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X)"})
    ((_, event),) = outgoing.after(store, 0, 10)
    assert event.fields() == {"system": "apple", "what": "released"}


def test_another_phone_stays_captured(client):
    client.post("/connect", environ_overrides={"REMOTE_ADDR": "10.87.0.21"})
    assert ask(client, PROBE, IPHONE, REMOTE_ADDR="10.87.0.21").status_code == 200
    assert ask(client, PROBE, IPHONE, REMOTE_ADDR="10.87.0.22").status_code == 302


def test_an_unknown_host_touches_neither_database_nor_page(client, settings, store, monkeypatch):
    def touched(*_):
        raise AssertionError("touched")

    monkeypatch.setattr(type(store), "salt", property(touched))
    monkeypatch.setattr("kiosk.web.station.released.is_released", touched)
    monkeypatch.setattr("kiosk.web.files.locate", touched)
    assert_is(ask(client, "api.zalo.me/v2/ping", "okhttp/4.9.2"), ANSWERS["redirect"])
    assert_is(ask(client, PROBE, "Mozilla/5.0 (iPhone)"), ANSWERS["redirect"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"])
def test_a_captured_request_of_any_method_is_redirected(client, method):
    given = client.open("/x", method=method, headers={"Host": "api.zalo.me"})
    assert given.status_code == 302


def test_the_captive_api_is_only_there_with_a_certificate(client, settings, store):
    assert client.get("/captive-api").status_code == 404
    certified = Settings(
        data=settings.data, run=settings.run, portal=Portal(certificate=True, host="portal.example.vn")
    )
    client = build(certified, store).test_client()
    headers = {"Host": "portal.example.vn"}
    for captive in (True, False):
        given = client.get("/captive-api", headers=headers)
        assert given.content_type == "application/captive+json"
        assert given.headers["Cache-Control"] == "no-store"
        assert msgspec.json.decode(given.data)["captive"] is captive
        client.post("/connect", headers=headers)


class TestWithLeases:
    """Behind nginx, with a lease file; the phone is 10.87.0.21."""

    MAC, OTHER = "5a:12:34:56:78:9a", "5a:12:34:56:78:9b"

    @pytest.fixture(autouse=True)
    def _house(self, proxied, store, monkeypatch):
        self.settings = proxied
        self.now = 0
        monkeypatch.setattr(clock, "uptime", lambda: 1_000 + self.now)
        monkeypatch.setattr(clock, "wall", lambda: 1_790_000_000 + self.now)
        self.client = build(proxied, store).test_client()
        self.lease(self.MAC)

    def lease(self, mac, left=3_600):
        until = 1_790_000_000 + self.now + left
        text = f"{until} {mac} 10.87.0.21 * *\n" if mac else ""
        self.settings.leases.write_text(f"1790999999 02:00:00:00:00:01 10.87.0.99 * *\n{text}")

    def headers(self, **more):
        return {"X-Kiosk-Address": "10.87.0.21", **more}

    def connect(self):
        assert self.client.post("/connect", headers=self.headers()).status_code == 303

    def released(self):
        headers = self.headers(**{"X-Kiosk-Captured": "1", "Host": "captive.apple.com", "User-Agent": IPHONE})
        return self.client.get("/hotspot-detect.html", headers=headers).status_code == 200

    def test_a_phone_is_let_out_until_its_lease_lapses(self):
        assert not self.released()
        self.connect()
        assert self.released()
        self.now = 3_599
        assert self.released()
        self.now = 3_600
        assert not self.released()

    def test_renewing_the_lease_goes_on(self):
        self.connect()
        self.now = 1_800
        self.lease(self.MAC)
        assert self.released()
        self.now = 5_000
        assert self.released()

    def test_coming_back_after_the_lease_lapsed_is_captured(self):
        self.connect()
        self.now = 4_000
        self.lease(self.MAC)
        assert not self.released()

    def test_a_lease_half_gone_when_agreeing_ends_on_its_day(self):
        self.lease(self.MAC, left=1_000)
        self.connect()
        self.now = 1_001
        self.lease(self.MAC)
        assert not self.released()

    def test_another_phone_on_the_address_is_captured(self):
        self.connect()
        self.lease(self.OTHER)
        assert not self.released()

    def test_a_phone_that_gave_its_lease_back_is_captured(self):
        self.connect()
        self.lease("")
        assert not self.released()
        self.lease(self.MAC)
        assert not self.released()

    def test_twelve_hours_are_the_end(self):
        self.connect()
        for self.now in range(1_000, 43_200, 1_000):
            self.lease(self.MAC)
            assert self.released()
        self.now = 43_200
        self.lease(self.MAC)
        assert not self.released()

    def test_a_clock_that_jumped_ahead_still_lets_a_phone_out(self, monkeypatch):
        monkeypatch.setattr(clock, "wall", lambda: 1_890_000_000)
        self.connect()
        assert self.released()

    def test_a_phone_cannot_say_who_it_is_without_nginx(self, client):
        client.post("/connect", headers={"X-Kiosk-Address": "10.87.0.50"})
        given = ask(client, PROBE, IPHONE)
        assert given.status_code == 200  # its own address was released, not the one that it named

    def test_nothing_of_a_phone_is_in_the_database(self, store):
        self.connect()
        store.database.execute_sql("PRAGMA wal_checkpoint")
        held = b"".join(path.read_bytes() for path in self.settings.run.glob("state.db*"))
        for word in (b"10.87.0.21", self.MAC.encode(), b"wispr"):
            assert word not in held
