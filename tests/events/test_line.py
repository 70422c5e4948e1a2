"""The line of the view log: nginx and Python write the same one, and nothing else passes for one."""

import tomllib
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.errors import KioskError
from kiosk.events import line
from kiosk.events.line import Line, Part, What
from kiosk.portal.probes import system_of

_CARD = Line(What.CARD, "p/l/c", "vi", 200, Part.ALL, 1_800_000_000.123, "phone", "0a1f")


@pytest.fixture
def requests(data_dir):
    return tomllib.loads((data_dir / "requests.toml").read_text(encoding="utf-8"))["request"]


def _tree(root):
    for name in ("bai/p/l/the-nao.vi.html", "bai/p/l/Big.vi.html", "bai/p/l.vi.html", "bai/p/l/ế.vi.html",
                 "bai/p/l/the-nao.vi.html\n", "bai/p/l/the-nao.vi.html x", "help", "help.en.html", "other.txt",
                 "index.html", "m/0123456789abcdef.mp3", "m/0123456789ABCDEF.mp3"):  # fmt: skip
        file = root / "www" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x" * 64)


def _words(logged: Line) -> str:
    lang = logged.lang or "-"
    return f"{logged.what} {logged.name} {lang} {logged.status} {logged.part} {logged.where}"


@pytest.mark.needs("nginx")
def test_nginx_logs_what_python_says_of_the_same_request(nginx, requests, tmp_path):
    _tree(tmp_path)
    log = tmp_path / "views.log"
    for request in requests:
        before = log.read_text() if log.exists() else ""
        method, target = request["head"].split("\n")[0].split(" ")[:2]
        status, content_range = nginx(request.get("address", "127.0.0.2"), request["head"])
        target = target.removeprefix("http://elsewhere.example").partition("?")[0]
        said = line.of_request(
            unquote_to_bytes(target).decode("latin-1"),
            method=method,
            status=status,
            content_range=content_range,
            wall=1.0,
            where="touchscreen" if request.get("address") == "127.0.0.1" else "phone",
            system=system_of(request["head"].partition("User-Agent: ")[2]),
        )
        written = log.read_text().removeprefix(before) if log.exists() else ""
        logged = line.parse(written.rstrip("\n")) if written else None
        assert bool(written) == bool(logged), f"{request['head']} wrote {written!r}"
        assert (_words(logged) if logged else "") == request["line"], request["head"]
        assert (_words(said) if said else "") == request["line"], request["head"]


@pytest.mark.needs("nginx")
def test_a_line_tells_stations_apart_and_bears_no_address_query_or_agent(nginx, tmp_path):
    _tree(tmp_path)
    for last in range(11, 19):
        for _ in range(2):
            head = "GET /help?secret=12345 HTTP/1.1\nUser-Agent: Telltale/9\nReferer: http://who/"
            nginx("127.0.0.2", head, source=f"127.0.0.{last}")
    text = (tmp_path / "views.log").read_text()
    tokens = [line.parse(row).station for row in text.splitlines()]
    assert tokens[::2] == tokens[1::2]
    assert len(set(tokens)) >= 7  # of eight; the day is hashed too, and two of 65,536 tokens may fall together
    assert "127.0.0" not in text
    assert "secret" not in text
    assert "Telltale" not in text
    assert "who" not in text


@pytest.mark.parametrize("text", [
    "", "-", "card", "card p/l/c vi 200 all 1.000 phone",
    "card p/l/c vi 200 all 1800000000.123 phone 0a1f ", "card p/l/c vi 200 all 1800000000.123 phone 0a1f\n",
    "card p/l/c vi 200 all 1800000000.123 tablet 0a1f", "card p/l/c vi 404 all 1800000000.123 phone 0a1f",
    "card p/l/c vi 200 most 1800000000.123 phone 0a1f", "page p/l/c vi 200 all 1800000000.123 phone 0a1f",
    "card p/L/c vi 200 all 1800000000.123 phone 0a1f", "card p/l/c vi 200 all 1800000000 phone 0a1f",
    "card p/l/c vi 200 all 1800000000.123 phone 10.87.0.5", "card p/l/c vi 200 all ١٨.123 phone 0a1f",
    "ard p/l/c vi 200 all 1800000000.123 phone 0a1f", "card p/l/c vi 200 all 1800000000.123 phcard p/l/c vi 200",
])  # fmt: skip
def test_a_broken_line_is_no_line(text):
    assert line.parse(text) is None


def test_a_line_is_read_back_as_it_was_printed():
    for logged in (_CARD, replace(_CARD, station=""), replace(_CARD, what=What.SOUND, name="0" * 16, lang="")):
        assert line.parse(line.print_line(logged)) == logged


@given(st.text())
def test_no_text_breaks_the_parser(text):
    line.parse(text)


@given(st.text(), st.integers(), st.text())
def test_no_request_breaks_the_classifier(path, status, content_range):
    line.of_request(path, status=status, wall=0.0, where="phone", content_range=content_range)


@pytest.mark.parametrize(("what", "status", "part", "counts"), [
    (What.CARD, 200, Part.ALL, True), (What.HELP, 200, Part.ALL, True), (What.CARD, 206, Part.START, False),
    (What.SOUND, 200, Part.ALL, True), (What.SOUND, 206, Part.START, True), (What.SOUND, 206, Part.PROBE, False),
    (What.SOUND, 206, Part.REST, False),
])  # fmt: skip
def test_a_page_counts_whole_and_a_sound_from_its_start(what, status, part, counts):
    name = "0" * 16 if what is What.SOUND else "p/l/c"
    logged = replace(_CARD, what=what, name=name, status=status, part=part)
    assert logged.counts is counts
    assert (line.to_event(logged, 5) is not None) is counts


def test_a_line_becomes_the_event_of_its_kind():
    said = {"card": "p/l/c", "lang": "vi", "where": "phone"}
    assert line.to_event(_CARD, 5).fields() == {**said, "depth": None}
    assert line.to_event(_CARD, 5, 3).fields() == {**said, "depth": 3}
    home = Line(What.PORTAL, "android", "", 200, Part.ALL, 1.0, "phone", "0a1f")
    assert line.to_event(home, 5).fields() == {"system": "android", "what": "shown"}
    assert line.to_event(replace(home, where="touchscreen"), 5) is None
    assert line.to_event(replace(_CARD, what=What.HELP, name="help"), 5).fields() == {"page": "help"}
    sound = replace(_CARD, what=What.SOUND, name="0" * 16, lang="")
    assert line.to_event(sound, 5).fields() == {"sound": "0" * 16, "lang": None, "where": "phone"}


def test_a_salt_is_hex_and_nothing_else():
    assert "default 00112233445566778899aabbccddeeff;" in line.nginx_salt("00112233445566778899aabbccddeeff")
    for wrong in ("", "xyz", '";}', "ab" * 40):
        with pytest.raises(KioskError, match="salt"):
            line.nginx_salt(wrong)
