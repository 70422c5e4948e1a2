"""Whatever is sent, the collector answers with a refusal or takes exactly what is whole."""

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.collector import places, tokens
from kiosk.collector.places import Place
from kiosk.collector.province import Province
from kiosk.collector.settings import seed
from kiosk.events import carried
from kiosk.events.ack import public_key
from kiosk.events.batch import decode, encode
from kiosk.events.ranges import Ranges
from tests.collector.conftest import NOW, a_batch

_WHOLE = encode(a_batch(1, 20, gone=Ranges(((30, 33),))))


def _damaged() -> Iterator[bytes]:
    chance = random.Random(11)
    body = gzip.decompress(_WHOLE)
    yield from (b"", b"\0", b"{}", gzip.compress(b""), gzip.compress(bytes(60_000_000)), _WHOLE[:-1], _WHOLE + b"x")
    for _ in range(150):
        broken = bytearray(body)
        for _ in range(chance.randint(1, 3)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        yield gzip.compress(bytes(broken))


def test_a_damaged_batch_is_refused_or_is_another_whole_one(
    client: FlaskClient, viewer: FlaskClient, token: str, province: Province
) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    taken: set[tuple[str, str, int]] = set()
    for data in _damaged():
        status = client.post("/v1/batches", data=data, headers=headers).status_code
        assert status in (200, 400, 413)
        if status == 200:
            batch = decode(data)
            taken |= {(batch.device, batch.epoch, seq) for seq, _ in batch.events}
    assert {(row.device, row.epoch, row.seq) for row in province.tables.event.select()} == taken
    assert viewer.get("/").status_code == 200


def test_a_damaged_carried_file_is_refused(client: FlaskClient, token: str, tmp_path: Path) -> None:
    file = carried.pack(carried.Load(token, (_WHOLE,)), public_key(seed(tmp_path / "key")))
    chance = random.Random(12)
    for at in chance.sample(range(len(file)), 40):
        assert client.post("/v1/carried", data=file[:at]).status_code == 400
        flipped = file[:at] + bytes([file[at] ^ 4]) + file[at + 1 :]
        assert client.post("/v1/carried", data=flipped).status_code == 400


@pytest.mark.parametrize("word", ["", "Basic x", "Bearer", "Bearer ' OR 1=1 --"])
def test_a_word_that_is_no_token_opens_nothing(client: FlaskClient, token: str, word: str) -> None:
    assert client.post("/v1/batches", data=_WHOLE, headers={"Authorization": word}).status_code == 401


def test_sql_and_script_in_a_name_stay_a_name(viewer: FlaskClient, province: Province) -> None:
    name = "'); DROP TABLE event; --<img src=x onerror=alert(1)>"
    tokens.issue(province, "ban-x", name, NOW)
    places.learn(province, [Place("ban-x", name, f"{name}2", 22_000_000, 103_000_000)])
    for path in ("/", "/villages", "/villages/ban-x", "/boxes", "/league", f"/villages?commune={name}2"):
        page = viewer.get(path).get_data(as_text=True)
        assert "&lt;img src=x" in page or path == "/league", path
        assert "<img" not in page
    assert province.tables.event.select().count() == 0


def test_there_is_nothing_to_read_with_a_token(client: FlaskClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    for method in ("get", "put", "delete", "patch"):
        for path in ("/v1/batches", "/v1/carried"):
            assert getattr(client, method)(path, headers=headers).status_code == 405
