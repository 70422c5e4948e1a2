from pathlib import Path

from flask.testing import FlaskClient

from kiosk.collector import tokens
from kiosk.collector.province import Province
from kiosk.collector.settings import seed
from kiosk.events import carried
from kiosk.events.ack import decode, public_key
from kiosk.events.batch import encode
from kiosk.events.ranges import Ranges
from tests.collector.conftest import NOW, a_batch


def _post(client: FlaskClient, data: bytes, token: str) -> tuple[int, bytes]:
    answer = client.post("/v1/batches", data=data, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.data


def test_an_app_that_is_made_holds_no_line_to_its_database(client: FlaskClient) -> None:
    assert client.application.extensions["province"].database.is_closed()


def test_a_batch_is_answered_with_a_signed_ack(client: FlaskClient, token: str, tmp_path: Path) -> None:
    status, answer = _post(client, encode(a_batch(1, 3)), token)
    assert status == 200
    assert decode(answer, key=public_key(seed(tmp_path / "key"))).accepted == Ranges(((1, 3),))


def test_a_token_nobody_issued_is_401_and_one_taken_back_403(
    client: FlaskClient, token: str, province: Province
) -> None:
    assert _post(client, encode(a_batch(1, 3)), "guessed")[0] == 401
    assert client.post("/v1/batches", data=b"").status_code == 401
    assert tokens.revoke(province, "ban-ho") == 1
    assert _post(client, encode(a_batch(1, 3)), token)[0] == 403


def test_what_is_no_batch_is_400_with_one_line_and_too_much_413(client: FlaskClient, token: str) -> None:
    status, answer = _post(client, b"{}", token)
    assert status == 400
    assert b"Traceback" not in answer
    assert _post(client, b"x" * 70_000, token)[0] == 413


def test_a_token_adds_only_to_its_own_site(client: FlaskClient, token: str, province: Province) -> None:
    other = tokens.issue(province, "ban-khac", "Bản Khác", NOW)
    _post(client, encode(a_batch(1, 2)), token)
    _post(client, encode(a_batch(1, 2)), other)
    assert {(row.site, row.seq) for row in province.tables.event.select()} == {
        ("ban-ho", 1), ("ban-ho", 2), ("ban-khac", 1), ("ban-khac", 2),
    }  # fmt: skip


def test_a_carried_file_is_answered_with_acknowledgements_and_needs_no_other_right(
    client: FlaskClient, token: str, province: Province, tmp_path: Path
) -> None:
    key = public_key(seed(tmp_path / "key"))
    file = carried.pack(carried.Load(token, (encode(a_batch(1, 3)), encode(a_batch(4, 9)))), key)
    answer = client.post("/v1/carried", data=file)
    assert [decode(one, key=key).accepted for one in carried.split(answer.data)] == [
        Ranges(((1, 3),)),
        Ranges(((4, 9),)),
    ]
    assert province.tables.event.select().count() == 9
    assert client.post("/v1/carried", data=file[:-1]).status_code == 400
    guessed = carried.pack(carried.Load("guessed", (encode(a_batch(1, 3)),)), key)
    assert client.post("/v1/carried", data=guessed).status_code == 401
    assert client.post("/v1/carried", data=bytes(carried.MOST + 1)).status_code == 413
