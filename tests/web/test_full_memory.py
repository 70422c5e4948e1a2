"""The folder in memory is full: she stays where she was, and nothing is an error page."""

import pytest

from kiosk.web.app import create_app
from tests.support import practice_house


@pytest.fixture
def app(tmp_path):
    made = create_app(practice_house.settings(tmp_path))
    yield made
    made.extensions["live"].close()


def fill(app) -> None:
    """Let state.db grow no further, and use up the room that it has."""
    database = app.extensions["live"].database
    database.execute_sql("CREATE TABLE ballast (x BLOB)")
    database.pragma("max_page_count", database.pragma("page_count"), permanent=True)  # of each connection


def test_taps_connect_and_xong_are_no_error_when_memory_is_full(app):
    client = app.test_client()
    form = {"pack": practice_house.PACK, "scenario": "tra-tien-qr", "stage": "together"}
    address = f"/{client.post('/tap', data=form).location}"
    fill(app)
    store = app.extensions["live"]
    with pytest.raises(Exception, match="full"):
        store.database.execute_sql("INSERT INTO ballast VALUES (zeroblob(9000000))")
    for turn in range(250):
        answer = client.post(address, data={"do": "c1"})
        assert answer.status_code == 303
        address = f"{address.rpartition('/')[0]}/{answer.location}"
        assert client.get(address).status_code == 200
        answer = client.post(
            "/tap", data=form | {"stage": "alone"}, environ_overrides={"REMOTE_ADDR": f"10.87.1.{turn}"}
        )
        assert answer.status_code in {200, 303}
        if answer.status_code == 200:
            break
    else:
        pytest.fail("memory never became full")
    assert client.post("/connect").status_code == 303
    assert client.post("/xong").status_code == 303
    assert client.get(address).status_code == 200
