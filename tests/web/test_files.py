import gzip
import os

import pytest

from kiosk.events import line
from kiosk.web import files
from kiosk.web.files import locate, send
from tests.support.web_house import HOME, SOUND

CARD = "/bai/chao/gioi-thieu/mot.vi.html"
MP3 = "/m/0123456789abcdef.mp3"
LAST = len(SOUND) - 1


def lines(settings):
    text = settings.views.read_text() if settings.views.exists() else ""
    return [line.parse(row) for row in text.splitlines()]


@pytest.mark.parametrize("path", ["/", "/index.html", "/help", "/help.html", "/connect", CARD])
def test_a_page_is_found_by_its_address(client, path):
    given = client.get(path)
    assert (given.status_code, given.data, given.mimetype) == (200, HOME, "text/html")


def test_who_takes_gzip_gets_the_twin(client):
    given = client.get(CARD, headers={"Accept-Encoding": "gzip, deflate"})
    assert given.headers["Content-Encoding"] == "gzip"
    assert given.headers["Content-Type"] == "text/html; charset=utf-8"
    assert given.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(given.data) == HOME


@pytest.mark.parametrize("accept", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_gets_it_plain(client, accept):
    given = client.get(CARD, headers={"Accept-Encoding": accept})
    assert given.data == HOME
    assert "Content-Encoding" not in given.headers
    assert given.headers["Vary"] == "Accept-Encoding"


def test_a_sound_is_never_packed_and_kept_for_good(client):
    given = client.get(MP3, headers={"Accept-Encoding": "gzip"})
    assert (given.data, given.mimetype) == (SOUND, "audio/mpeg")
    assert given.headers["Accept-Ranges"] == "bytes"
    assert given.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_is_asked_for_again_and_then_not_sent_again(client):
    given = client.get(CARD, headers={"Accept-Encoding": "gzip"})
    assert given.headers["Cache-Control"] == "no-cache"
    again = client.get(CARD, headers={"Accept-Encoding": "gzip", "If-None-Match": given.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(CARD, headers={"If-None-Match": given.headers["ETag"]})
    assert other.status_code == 200  # the plain page is another thing than its twin


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("bytes=0-1", (0, 1)),
        ("bytes=0-", (0, LAST)),
        ("bytes=100-199", (100, 199)),
        ("bytes=100-", (100, LAST)),
        ("bytes=-100", (LAST - 99, LAST)),
        ("bytes=-99999999", (0, LAST)),
        ("bytes=0-99999999", (0, LAST)),
        (f"bytes={LAST}-", (LAST, LAST)),
    ],
)
def test_one_range_is_sent_to_the_byte(client, asked, sent):
    given = client.get(MP3, headers={"Range": asked})
    assert given.status_code == 206
    assert given.headers["Content-Range"] == f"bytes {sent[0]}-{sent[1]}/{len(SOUND)}"
    assert given.data == SOUND[sent[0] : sent[1] + 1]
    assert given.headers["Content-Length"] == str(len(given.data))


@pytest.mark.parametrize("asked", [f"bytes={len(SOUND)}-", "bytes=99999999-", "bytes=99999999-999999999"])
def test_a_range_behind_the_end_is_refused(client, asked):
    given = client.get(MP3, headers={"Range": asked})
    assert (given.status_code, given.data) == (416, b"")
    assert given.headers["Content-Range"] == f"bytes */{len(SOUND)}"


OTHER_RANGES = ["bytes=0-1,5-6", "items=0-1", "bytes=x-y", "bytes=5-2", "bytes", "=", "bytes=-", "bytes=-0"]


@pytest.mark.parametrize("asked", OTHER_RANGES)
def test_any_other_range_gets_the_whole(client, asked):
    given = client.get(MP3, headers={"Range": asked})
    assert (given.status_code, given.data) == (200, SOUND)


def test_a_range_of_another_version_gets_the_whole(client):
    etag = client.get(MP3).headers["ETag"]
    headers = {"Range": "bytes=0-9"}
    assert client.get(MP3, headers={**headers, "If-Range": etag}).status_code == 206
    assert client.get(MP3, headers={**headers, "If-Range": '"other"'}).status_code == 200
    assert client.get(MP3, headers={**headers, "If-Range": "Wed, 01 Oct 2025 00:00:00 GMT"}).status_code == 200


def test_a_sound_that_is_held_is_not_sent_in_parts(client):
    etag = client.get(MP3).headers["ETag"]
    given = client.get(MP3, headers={"Range": "bytes=0-9", "If-None-Match": etag})
    assert (given.status_code, given.data) == (304, b"")


@pytest.mark.parametrize("path", [CARD, MP3])
def test_the_head_is_that_of_the_whole(client, path):
    whole, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.data == b""
    assert dict(head.headers) == dict(whole.headers)


ESCAPES = [
    "/../data/kiosk.toml",
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/m/..%2f..%2f..%2fkiosk.toml",
    "/..%5c..%5ckiosk.toml",
    "//etc/passwd",
    "/m//0123456789abcdef.mp3",
    "/index.html%00.mp3",
    "/index.html/",
    "/index.html/x",
    "/.hidden",
    "/m/.hidden.mp3",
    "/m",
    "/m/",
    "/index.html.gz",
    "/out.html",
    "/loop.html",
    "/outside/kiosk.toml",
    "/" + "x" * 300,
    "/" + "x/" * 300,
    "/%ff%fe",
    "/fifo.html",
]


@pytest.mark.parametrize("path", ESCAPES)
def test_nothing_outside_of_the_generation_is_sent(client, settings, path):
    (settings.data / "kiosk.toml").write_text("secret")
    generation = settings.current.resolve()
    (generation / ".hidden").write_text("secret")
    (generation / "m/.hidden.mp3").write_text("secret")
    (generation / "out.html").symlink_to(settings.data / "kiosk.toml")
    (generation / "loop.html").symlink_to("loop.html")
    (generation / "outside").symlink_to(settings.data)
    os.mkfifo(generation / "fifo.html")
    given = client.get(path)
    assert given.status_code == 404
    assert b"secret" not in given.data


def test_without_a_generation_nothing_is_found(client, settings):
    settings.current.unlink()
    assert client.get("/").status_code == 404
    assert locate(settings.current, "") is None


def test_the_next_generation_is_served_at_once(client, settings):
    other = settings.generations / ("f" * 16)
    other.mkdir()
    (other / "index.html").write_text("mới")
    settings.current.unlink()
    settings.current.symlink_to(other)
    assert client.get("/").data.decode() == "mới"


def test_each_thing_sent_is_a_line(client, settings):
    client.get(CARD)
    client.get(MP3, headers={"Range": "bytes=0-1"})
    client.get(MP3, headers={"Range": "bytes=0-"})
    client.get(MP3)
    first, probe, start, whole = lines(settings)
    assert (first.what, first.name, first.lang, first.where, first.counts) == (
        "card", "chao/gioi-thieu/mot", "vi", "phone", True,
    )  # fmt: skip
    assert [row.counts for row in (probe, start, whole)] == [False, True, True]
    assert len(first.station) == 4


def test_what_is_no_view_is_no_line(client, settings):
    etag = client.get(CARD, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    client.head(CARD)
    client.get(CARD, headers={"Accept-Encoding": "gzip", "If-None-Match": etag})
    client.get("/missing.vi.html")
    client.get("/bai/chao/gioi-thieu/hai.vi.html")
    assert len(lines(settings)) == 1


def test_two_phones_have_two_tokens_and_no_address_is_written(client, settings):
    for address in ("10.87.0.21", "10.87.0.22", "10.87.0.21"):
        client.get(CARD, environ_overrides={"REMOTE_ADDR": address}, headers={"User-Agent": "Mozilla/5.0"})
    one, two, again = (row.station for row in lines(settings))
    assert one == again != two
    assert "10.87" not in settings.views.read_text()
    assert "Mozilla" not in settings.views.read_text()


def test_a_view_log_that_cannot_be_written_takes_no_page_down(client, settings):
    settings.views.parent.write_text("in the way")
    assert client.get(CARD).status_code == 200


def test_a_page_is_sent_and_counted_though_a_new_generation_comes_meanwhile(client, settings, monkeypatch):
    def send_late(found):
        settings.current.unlink()
        settings.current.symlink_to("generations")
        return send(found)

    monkeypatch.setattr(files, "send", send_late)
    assert client.get(CARD).status_code == 200
    assert [row.name for row in lines(settings)] == ["chao/gioi-thieu/mot"]
