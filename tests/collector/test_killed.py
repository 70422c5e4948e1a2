"""The database's server dies and comes back while batches arrive: none is lost, none is double."""

from pathlib import Path

import pytest

from kiosk.collector import tokens
from kiosk.collector.app import create_app
from kiosk.collector.province import open_province
from kiosk.collector.rollups.settle import settle
from kiosk.collector.settings import CollectorSettings
from kiosk.events.batch import encode
from tests.collector.conftest import NOW, a_batch
from tests.support.postgres import postgres


@pytest.mark.needs("pg_ctlcluster")
def test_a_server_that_is_killed_and_comes_back_holds_what_it_acknowledged_and_nothing_twice(tmp_path: Path) -> None:
    with postgres(durable=True) as server:
        url = server.url()
        province = open_province(url)
        headers = {"Authorization": f"Bearer {tokens.issue(province, 'ban-ho', 'Bản Hồ', NOW)}"}
        app = create_app(CollectorSettings(url, tmp_path / "key"))
        client = app.test_client()
        said: list[int] = []
        for round_ in range(3):
            for first in range(1 + round_ * 100, 101 + round_ * 100, 20):
                said.append(_post(client, encode(a_batch(first, first + 29)), headers))
            province.close()
            server.stop("immediate")
            said.append(_post(client, encode(a_batch(900, 901)), headers))
            server.start()
        assert said == [*[200] * 5, 503] * 3
        # After a failure the line is new: the kiosk's next try gets in.
        assert _post(client, encode(a_batch(900, 901)), headers) == 200
        settle(province)
        counts = [row.many for row in province.tables.daily.select()]
        assert (province.tables.event.select().count(), counts) == (312, [312])
        province.close()
        app.extensions["close"]()
        app.extensions["province"].close()


def _post(client: object, data: bytes, headers: dict[str, str]) -> int:
    return client.post("/v1/batches", data=data, headers=headers).status_code
