"""Requests of any method, host, path, header or size, at the real server."""

import random
import re
import socket
import subprocess
import sys
import time

import pytest

from tests.support.house import ROOT, free_port

METHODS = [
    "PUT",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PATCH",
    "BREW",
    "PROPFIND",
    "get",
    "G\x00T",
    "",
    "A" * 300,
]
HOSTS = [
    "127.0.0.1",
    "captive.apple.com",
    "api.zalo.me",
    "[::1]:80",
    "",
    "a b",
    "\xff\xfe",
    "x" * 3000,
    "::::",
    "..",
    "a/../b",
]
PATHS = [
    "/",
    "/help",
    "/connect",
    "/captive-api",
    "/status.json",
    "/tap",
    "/tap/",
    "/tap/" + "A" * 22 + "/1/0",
    "/tap/" + "A" * 22 + "/99999999999999999999/0",
    "/xong",
    "/hotspot-detect.html",
    "/generate_204",
    "/m/0123456789abcdef.mp3",
    "/bai/chao/gioi-thieu/mot.vi.html",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/x",
    "/%00",
    "/%ff%fe",
    "/%",
    "//x",
    "/x" * 900,
    "*",
    "",
    "x",
    "http://captive.apple.com/hotspot-detect.html",
    "/\xe1\xba\xa5",
    "/a b",
    "/?" + "q=1&" * 400,
    "/;x=1",
    "/%0d%0aX: y",
]
HEADERS = [
    "User-Agent: CaptiveNetworkSupport-390 wispr",
    "Accept-Encoding: gzip;q=x",
    "Range: bytes=0-1",
    "Range: bytes=9-1,,",
    "Range: bytes=" + "0-1," * 400,
    "If-Range: \xff",
    'If-None-Match: """',
    "Content-Length: -1",
    "Content-Length: 99999999999",
    "Content-Length: 20000",
    "Content-Length: 5",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip",
    "Expect: 100-continue",
    "Cookie: " + "a=b;" * 500,
    "X-Kiosk-Address: \x01",
    "X-Kiosk-Captured: 1",
    "Content-Type: multipart/form-data; boundary=",
    "Content-Type: application/x-www-form-urlencoded; charset=utf-77",
    "Connection: upgrade",
    "bad header",
    ": empty",
    "X:" + "y" * 9000,
    "Host: twice.example",
    "Authorization: Basic \xff",
    "Accept-Language: *;q=-1,,",
]
BODIES = [
    b"",
    b"lang=vi",
    b"pack=a&scenario=b&stage=c",
    b"do=c1",
    b"do=\xff&visit=../..",
    b"lang=%ff%00",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"zz\r\n",
    b"x" * 20_000,
    bytes(range(256)),
]
SAID = re.compile(r"127\.0\.0\.1|CaptiveNetworkSupport|api\.zalo\.me|lang=|BREW|passwd")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The port of a server, and the file of what it writes on its terminal."""
    folder, port = tmp_path_factory.mktemp("server"), free_port()
    terminal = folder / "terminal"
    with terminal.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.web_house", str(folder), str(port)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        for _ in range(400):
            assert process.poll() is None, terminal.read_text()
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port, terminal
    finally:
        process.terminate()
        process.wait(20)


def send(port, data):
    """All that comes back; the connection is closed for writing so that no half request waits."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        parts = []
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65_536):
                parts.append(part)
        except ConnectionError:
            pass  # it may hang up on nonsense
        return b"".join(parts)


def any_request(rng):
    version = rng.choice(["HTTP/1.1"] * 8 + ["HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTP", ""])
    method = rng.choice(["GET", "POST", rng.choice(METHODS)])
    rows = [f"{method} {rng.choice(PATHS)} {version}".strip(" ") if rng.random() < 0.95 else "\x16\x03\x01"]
    if rng.random() < 0.95:
        rows.append(f"Host: {rng.choice(['10.87.0.1', rng.choice(HOSTS)])}")
    rows += rng.sample(HEADERS, rng.choice([0, 0, 1, 1, 2, 3]))
    if rng.random() < 0.05:
        rows += [f"X-{number}: y" for number in range(200)]
    data = ("\r\n".join(rows) + "\r\n\r\n").encode("latin-1", "replace") + rng.choice(BODIES)
    return data if rng.random() < 0.97 else rng.randbytes(rng.randrange(1, 400))


def test_no_request_brings_a_failure_or_a_trace(server):
    port, terminal = server
    rng = random.Random(20_251_122)
    seen = {}
    for _ in range(1_500):
        request = any_request(rng)
        answer = send(port, request)
        assert b"Traceback" not in answer, request
        for status in re.findall(rb"^HTTP/1\.[01] (\d{3}) ", answer, re.MULTILINE):
            code = int(status)
            assert code < 500 or code == 501, request
            seen[code] = seen.get(code, 0) + 1
    assert seen.keys() >= {200, 206, 302, 303, 400, 404, 405, 413, 414, 501}, seen
    assert b" 200 OK" in send(port, b"GET / HTTP/1.0\r\n\r\n")[:20]
    written = terminal.read_text()
    assert "Traceback" not in written
    assert not SAID.search(written), SAID.search(written)


def test_a_body_of_megabytes_is_refused(server):
    port, _ = server
    head = b"POST /connect HTTP/1.1\r\nHost: 10.87.0.1\r\nContent-Length: 5000000\r\n\r\n"
    assert b" 413 " in send(port, head + b"x" * 100_000)[:20]


def test_a_client_that_says_nothing_more_holds_nobody_up(server):
    port, _ = server
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"POST /connect HTTP/1.1\r\nHost: 10.87.0.1\r\nContent-Length: 7\r\n\r\nla")
        assert b" 200 OK" in send(port, b"GET /help HTTP/1.0\r\n\r\n")[:20]
