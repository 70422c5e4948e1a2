"""The collector's document is held against the collector: whatever comes, the answers are those that it names."""

import json
from pathlib import Path

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kiosk.collector import tokens
from kiosk.collector.app import create_app
from kiosk.collector.province import open_province
from kiosk.collector.settings import CollectorSettings
from kiosk.events.batch import encode
from tests.collector.conftest import NOW, a_batch

DOCUMENT = json.loads((Path(__file__).resolve().parents[2] / "kiosk/collector/openapi.json").read_text("utf-8"))
_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("openapi")
    url = f"sqlite:///{folder}/p.db"
    province = open_province(url)
    made = create_app(CollectorSettings(url, folder / "key"))
    made.extensions["token"] = tokens.issue(province, "ban-ho", "Bản Hồ", NOW)
    province.close()
    return made


def test_the_document_is_served_and_names_every_address_of_the_boxes(client: FlaskClient) -> None:
    assert client.get("/v1/openapi.json").get_json() == DOCUMENT
    rules = {str(rule) for rule in client.application.url_map.iter_rules() if str(rule).startswith("/v1/")}
    assert rules == set(DOCUMENT["paths"])


@pytest.mark.parametrize("path", ["/v1/batches", "/v1/carried"])
def test_every_answer_is_one_that_the_document_names(app, path: str) -> None:
    document = schemathesis.openapi.from_wsgi("/v1/openapi.json", app)
    (operation,) = [found.ok() for found in document.get_all_operations() if found.ok().path == path]

    @given(operation.as_strategy())
    @settings(max_examples=25, deadline=None, suppress_health_check=_QUIET, phases=[Phase.generate])
    def ask(case) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])  # a schema cannot say what a batch is

    ask()


@given(st.binary(max_size=2000), st.text(max_size=80))
@settings(max_examples=60, deadline=None, suppress_health_check=_QUIET)
def test_no_bytes_and_no_token_make_it_fail(app, data: bytes, word: str) -> None:
    token = word.encode("utf-8", "ignore").decode("latin-1").translate(dict.fromkeys((*range(32), 127)))
    answer = app.test_client().post("/v1/batches", data=data, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    answer = app.test_client().post(
        "/v1/batches", data=data, headers={"Authorization": f"Bearer {app.extensions['token']}"}
    )
    assert answer.status_code == 400


_WHATEVER = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=40),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=_QUIET)
def test_every_field_of_a_page_wrong_in_every_way_is_answered(app, data: st.DataObject) -> None:
    browser = app.test_client()
    path = data.draw(
        st.sampled_from(["/login", "/tongue/vi", "/", "/villages", "/boxes", "/league", "/export/days.csv"])
    )
    asked = {name: str(data.draw(_WHATEVER)) for name in ("commune", "voice", "page", "to", "login", "password")}
    for method in (browser.get, browser.post):
        answer = method(path, **{"query_string" if method == browser.get else "data": asked})
        assert answer.status_code in (200, 302, 303, 401, 403, 405, 429), (path, answer.status_code)


def test_a_batch_under_another_villages_token_adds_there_and_shows_nothing(
    client: FlaskClient, province, token
) -> None:
    other = tokens.issue(province, "ban-khac", "Bản Khác", NOW)
    data = encode(a_batch(1, 5))
    for word in (token, other, token):
        answer = client.post("/v1/batches", data=data, headers={"Authorization": f"Bearer {word}"})
        assert answer.status_code == 200
        assert b"ban-" not in answer.data
    assert province.tables.event.select().count() == 10
