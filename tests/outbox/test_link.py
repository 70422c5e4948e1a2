"""The line to the collector, over real TLS."""

import ssl

import pytest

from kiosk.errors import KioskError
from kiosk.outbox.link import Link, LinkError, pinned, retry_after
from kiosk.settings import Upload

_FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"


@pytest.fixture
def token(tmp_path):
    path = tmp_path / "token"
    path.write_text("s3cret-token\n")
    return str(path)


def _post(url, token, pin="", *, dated=True, data=b"batch"):
    link = Link(Upload(url=url, token=token, pin=str(pin)), dated=dated)
    try:
        return link.post(data)
    finally:
        link.close()


def test_a_batch_goes_with_its_token_to_its_address(serving, authority, token):
    issued = authority("ours").issue("localhost")
    server = serving(_FINE, issued)
    answer = _post(server.url, token, issued.authority)
    assert (answer.status, answer.body, answer.wait) == (200, b"fine", 0.0)
    path, headers, body = server.asked[0]
    assert (path, body) == ("/v1/batches", b"batch")
    assert headers["Authorization"] == "Bearer s3cret-token"


def test_an_address_may_have_a_path(serving, token):
    server = serving(_FINE)
    _post(f"{server.url}/dem/", token)
    assert server.asked[0][0] == "/dem/v1/batches"


def test_the_certificate_itself_may_be_the_pin(serving, authority, token):
    issued = authority("ours").issue("localhost")
    assert _post(serving(_FINE, issued).url, token, issued.certificate).status == 200


@pytest.mark.parametrize("dated", [True, False])
def test_a_foreign_authority_is_refused_with_and_without_a_clock(serving, authority, token, dated):
    server = serving(_FINE, authority("theirs").issue("localhost"))
    with pytest.raises(KioskError, match="not the pinned collector"):
        _post(server.url, token, authority("ours").file, dated=dated)
    assert server.asked == []


@pytest.mark.parametrize("dated", [True, False])
def test_another_name_is_refused_with_and_without_a_clock(serving, authority, token, dated):
    issued = authority("ours").issue("elsewhere.example")
    for pin in (issued.authority, issued.certificate):
        server = serving(_FINE, issued)
        with pytest.raises(KioskError, match="not the pinned collector"):
            _post(server.url, token, pin, dated=dated)
        assert server.asked == []


@pytest.mark.parametrize(("begins", "ends"), [(20, 90), (-90, -20)])
def test_dates_count_only_when_our_clock_does(serving, authority, token, begins, ends):
    issued = authority("ours").issue("localhost", begins=begins, ends=ends)
    server = serving(_FINE, issued)
    with pytest.raises(KioskError, match="not the pinned collector"):
        _post(server.url, token, issued.authority, dated=True)
    assert _post(server.url, token, issued.authority, dated=False).status == 200


def test_no_public_authority_is_ever_trusted(authority):
    ours = authority("ours").file
    for dated in (True, False):
        context = pinned(str(ours), dated=dated)
        assert len(context.get_ca_certs()) == 1
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


def test_a_redirect_is_not_followed(serving, token):
    other = serving(_FINE)
    head = f"HTTP/1.1 307 Moved\r\nLocation: {other.url}/v1/batches\r\nContent-Length: 0\r\n\r\n"
    assert _post(serving(head.encode()).url, token).status == 307
    assert other.asked == []


@pytest.mark.parametrize("answer", [
    b"", b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nfine",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfi",
    b"\0\1\2\3\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n",
])  # fmt: skip
def test_an_answer_that_breaks_off_may_come_another_time(serving, token, answer):
    with pytest.raises(LinkError, match="cannot be reached"):
        _post(serving(answer).url, token)


def test_nobody_there_may_come_another_time(token):
    with pytest.raises(LinkError, match="cannot be reached"):
        _post("http://127.0.0.1:1", token)


def test_tls_that_breaks_off_may_come_another_time(serving, authority, token):
    plain = serving(_FINE)
    with pytest.raises(LinkError, match="TLS broke off"):
        _post(plain.url.replace("http:", "https:"), token, authority("ours").file)


def test_an_endless_answer_is_cut(serving, token):
    size = 3 << 20
    answer = _post(serving(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode() + b"x" * size).url, token)
    assert 1 << 20 < len(answer.body) <= (1 << 20) + (1 << 16)


def test_the_collectors_wish_to_wait_is_read(serving, token):
    busy = b"HTTP/1.1 503 Busy\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n"
    assert _post(serving(busy).url, token).wait == 17.0


@pytest.mark.parametrize(("value", "date", "seconds"), [
    ("", "", 0.0), ("120", "", 120.0), ("-5", "", 0.0), ("soon", "", 0.0),
    ("9" * 400, "", 999_999_999.0), ("١٢", "", 0.0),
    ("Wed, 21 Oct 2026 07:30:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 120.0),
    ("Wed, 21 Oct 2026 07:20:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 0.0),
    ("Wed, 21 Oct 2026 07:30:00 GMT", "", 0.0),
    ("Wed, 21 Oct 2026 07:30:00 GMT", "Wed, 21 Oct 2026 07:28:00 -0000", 0.0),
])  # fmt: skip
def test_a_wish_is_seconds_or_a_date_by_the_collectors_own_clock(value, date, seconds):
    assert retry_after(value, date) == seconds


@pytest.mark.parametrize("url", [
    "", "collector.example", "http://collector.example", "http://10.87.0.1", "ftp://collector.example", "https://", "https://[",
    "http://127.0.0.1.example",
])  # fmt: skip
def test_only_https_or_this_machine_is_an_address(token, url):
    with pytest.raises(KioskError, match=r"upload\.url"):
        Link(Upload(url=url, token=token, pin="x"), dated=True)


def test_a_missing_or_wrong_token_or_pin_is_said(tmp_path, token):
    empty, two = tmp_path / "empty", tmp_path / "two"
    empty.write_text("")
    two.write_text("one two\nthree")
    for path in ("", str(tmp_path / "none"), str(empty), str(two), str(tmp_path)):
        with pytest.raises(KioskError, match="token"):
            Link(Upload(url="http://localhost:1", token=path), dated=True)
    for pin in ("", str(tmp_path / "none"), token):
        with pytest.raises(KioskError, match="pin"):
            Link(Upload(url="https://collector.example", token=token, pin=pin), dated=True)
