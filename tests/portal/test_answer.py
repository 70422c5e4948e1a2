import tomllib
from pathlib import Path

import msgspec
import pytest

from kiosk.portal.answer import Answer, Asked, answer, captive_api, redirect
from kiosk.portal.probes import probes

REPLAY = tomllib.loads(Path(__file__).parent.parent.joinpath("data/probes-replay.toml").read_text(encoding="utf-8"))
PORTAL = "10.87.0.1"


def an_answer(row):
    return Answer(row["status"], tuple(tuple(header) for header in row["headers"]), row["body"].encode())


ANSWERS = {"redirect": an_answer(REPLAY["redirect"])} | {
    name: an_answer(row) for name, row in REPLAY["answers"].items()
}
ASKS = [
    pytest.param(*url.partition("/")[::2], ask["agent"], ANSWERS[ask["gets"]], id=f"{ask['who']}: {url}")
    for ask in REPLAY["asks"]
    for url in ask["urls"]
]


@pytest.mark.parametrize(("host", "path", "agent", "expected"), ASKS)
def test_a_captured_station_is_redirected_whatever_it_asks(host, path, agent, expected):
    assert answer(Asked(True, host, f"/{path}", agent, lambda: False), PORTAL) == ANSWERS["redirect"]


@pytest.mark.parametrize(("host", "path", "agent", "expected"), ASKS)
def test_a_released_station_gets_its_systems_own_answer_to_the_byte(host, path, agent, expected):
    assert answer(Asked(True, host, f"/{path}", agent, lambda: True), PORTAL) == expected


@pytest.mark.parametrize("host", ["CAPTIVE.apple.com", "captive.apple.com:80", "captive.apple.com."])
def test_a_host_is_known_however_it_is_written(host):
    asked = Asked(True, host, "/hotspot-detect.html", "CaptiveNetworkSupport-480 wispr", lambda: True)
    assert answer(asked, PORTAL) == ANSWERS["apple"]


def test_every_row_of_the_table_is_replayed():
    replayed = {tuple(url.partition("/")[::2]) for ask in REPLAY["asks"] for url in ask["urls"]}
    pairs = {(host, path[1:]) for probe in probes() for host in probe.hosts for path in probe.paths}
    assert pairs <= replayed
    assert set(REPLAY["answers"]) == {ask["gets"] for ask in REPLAY["asks"]} - {"redirect"}


def test_what_is_meant_for_us_is_not_the_portals_to_answer():
    assert answer(Asked(False, PORTAL, "/generate_204", "Dalvik/2.1.0", lambda: True), PORTAL) is None


def test_the_redirect_is_one_value_made_once():
    assert redirect(PORTAL) is redirect(PORTAL)


@pytest.mark.parametrize(
    ("host", "path", "agent"),
    [
        ("api.zalo.me", "/v2/ping", "okhttp/4.9.2"),
        ("captive.apple.com", "/hotspot-detect.html", "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X)"),
    ],
)
def test_what_is_no_background_probe_needs_no_look_at_the_station(host, path, agent):
    def looked():
        raise AssertionError("looked")

    assert answer(Asked(True, host, path, agent, looked), PORTAL) is redirect(PORTAL)


def test_nothing_may_be_stored():
    for expected in ANSWERS.values():
        assert ("Cache-Control", "no-store") in expected.headers


@pytest.mark.parametrize("released", [True, False])
def test_the_captive_api_says_whether_the_station_is_captive(released):
    given = captive_api("portal.example.vn", released=released)
    assert given.status == 200
    assert given.headers == (("Content-Type", "application/captive+json"), ("Cache-Control", "no-store"))
    assert msgspec.json.decode(given.body) == {
        "captive": not released,
        "user-portal-url": "https://portal.example.vn/",
    }
