import io
import logging
from pathlib import Path

import pytest
from flask import Flask, abort, request

from kiosk.web import guard


@pytest.fixture
def guarded():
    app = Flask("guarded", static_folder=None)
    guard.register(app)

    @app.post("/form")
    def form():
        return str(len(request.form.get("x", "")))

    @app.get("/a/b/fails")
    def fails():
        raise ValueError("secret of 10.87.0.21")

    @app.get("/a/refused")
    def refused():
        abort(400)

    return app.test_client()


@pytest.mark.parametrize(
    ("method", "target", "body", "reason"),
    [
        ("GET", 1, None, None),
        ("POST", 20, 16_384, None),
        ("POST", 20, 16_385, 413),
        ("GET", 1_024, None, None),
        ("GET", 1_025, None, 414),
        ("BREW", 1, None, 501),
        ("get", 1, None, 501),
        ("PROPFIND", 5_000, 5_000_000, 501),
    ],
)
def test_a_request_is_refused_for_its_method_its_address_or_its_size(method, target, body, reason):
    assert guard.refusal(method, target, body) == reason


def test_one_path_may_be_let_have_larger_bodies_and_no_other(guarded):
    guard.allow(guarded.application, "/form", 100_000)
    assert guarded.post("/form", data={"x": "y" * 90_000}).data == b"90000"
    assert guarded.post("/form", data={"x": "y" * 110_000}).status_code == 413
    assert guarded.post("/other", data={"x": "y" * 90_000}).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("DELETE", "/form", 405),
        ("OPTIONS", "/form", 405),
        ("TRACE", "/form", 405),
        ("BREW", "/form", 501),
        ("GET", "/a/refused", 400),
        ("GET", "/a/b/fails", 500),
        ("GET", "/" + "x" * 2_000, 414),
        ("GET", "/x?" + "x" * 2_000, 414),
    ],
)
def test_every_error_has_a_way_home(guarded, method, path, status):
    given = guarded.open(path, method=method)
    assert given.status_code == status
    assert given.mimetype == "text/html"
    home = "../" * (path.count("/") - 1) or "./"
    assert f'href="{home}"' in given.text
    assert given.headers["Cache-Control"] == "no-store"


def test_a_wrong_method_is_told_the_right_ones(guarded):
    assert guarded.get("/form").headers["Allow"] == "POST"


def test_a_form_within_bounds_is_read_and_a_larger_one_refused(guarded):
    assert guarded.post("/form", data={"x": "y" * 16_000}).data == b"16000"
    assert guarded.post("/form", data={"x": "y" * 17_000}).status_code == 413


def test_a_body_that_does_not_say_its_length_is_refused_when_it_grows(guarded):
    body = b"x=" + b"y" * 17_000
    given = guarded.post(
        "/form",
        input_stream=io.BytesIO(body),
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert given.status_code == 413


@pytest.mark.parametrize("path", ["/nowhere", "/a/b/fails", "/a/refused"])
def test_every_response_bears_the_security_headers(guarded, path):
    headers = guarded.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_failure_shows_no_trace_and_writes_only_its_place(guarded, caplog):
    with caplog.at_level(logging.ERROR):
        given = guarded.get("/a/b/fails", headers={"User-Agent": "Mozilla/5.0"})
    assert "Traceback" not in given.text
    assert "secret" not in given.text
    assert [record.getMessage() for record in caplog.records] == [
        f"ValueError in test_guard.py, line {_line_of('raise ValueError')}"
    ]


def _line_of(words):
    rows = Path(__file__).read_text().splitlines()
    return next(number for number, row in enumerate(rows, 1) if words in row)


def test_two_slashes_lead_nowhere(guarded):
    given = guarded.post("//form", headers={"Host": "evil.example"})
    assert given.status_code in {404, 405}
    assert "Location" not in given.headers


def test_the_generations_own_page_leads_home_from_any_depth(client):
    given = client.get("/a/b/c")
    assert given.status_code == 404
    assert '<head><base href="../../">' in given.text
    assert "<base" not in client.get("/a").text


def test_without_that_page_there_is_still_a_way_home(client, settings):
    (settings.current / "missing.vi.html").unlink()
    assert 'href="../"' in client.get("/a/b").text


def test_a_body_in_chunks_is_measured_too(client):
    stream = {"wsgi.input": io.BytesIO(b"pack=" + b"x" * 160_000), "wsgi.input_terminated": True}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Transfer-Encoding": "chunked"}
    assert client.post("/connect", headers=headers, environ_overrides=stream).status_code == 413
