import random

import pytest

from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.errors import KioskError
from kiosk.events.batch import decode, digest, encode
from kiosk.events.epochs import Quality
from kiosk.events.ranges import Ranges
from tests.collector.conftest import DEVICE, EPOCH, NOW, a_batch
from tests.collector.together import together


def _seqs(province: Province) -> list[int]:
    table = province.tables.event
    return [row.seq for row in table.select(table.seq).order_by(table.seq)]


def test_a_batch_sent_ten_times_is_there_once(province: Province) -> None:
    data = encode(a_batch(1, 40))
    answers = [ingest(province, "ban-ho", data, NOW) for _ in range(10)]
    assert _seqs(province) == list(range(1, 41))
    assert {answer.accepted for answer in answers} == {Ranges(((1, 40),))}
    assert answers[0].digest == digest(data)


def test_pieces_in_any_order_and_overlapping_make_the_whole(province: Province) -> None:
    spans = [(first, min(first + 14, 100)) for first in range(1, 101, 7)]
    random.Random(7).shuffle(spans)
    for first, last in spans:
        ingest(province, "ban-ho", encode(a_batch(first, last)), NOW)
    assert _seqs(province) == list(range(1, 101))


def test_two_uploaders_at_once_double_nothing(province: Province, url: str) -> None:
    parts = [encode(a_batch(first, first + 19)) for first in range(1, 201, 10)]

    def send(own: Province) -> None:
        for part in random.Random(id(own)).sample(parts, len(parts)):
            ingest(own, "ban-ho", part, NOW)

    together(url, send, send)
    assert _seqs(province) == list(range(1, 211))


def test_a_rejected_event_is_set_aside_and_its_neighbours_get_in(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = decode(encode(a_batch(1, 5)))
    newer = type(batch)(
        batch.device, batch.epoch, batch.offset, batch.version,
        tuple(pair for pair in batch.events if pair[0] != 3), batch.gone, ((3, "no event has the code 99"),),
    )  # fmt: skip
    monkeypatch.setattr("kiosk.collector.ingest.decode", lambda _: newer)
    answer = ingest(province, "ban-ho", b"as sent", NOW)
    assert _seqs(province) == [1, 2, 4, 5]
    assert answer.aside == ((Ranges(((3, 3),)), "no event has the code 99"),)
    assert 3 not in answer.accepted


def test_what_is_gone_is_known_and_acknowledged(province: Province) -> None:
    answer = ingest(province, "ban-ho", encode(a_batch(5, 6, gone=Ranges(((1, 4),)))), NOW)
    assert answer.accepted == Ranges(((1, 6),))
    assert [(row.first, row.last) for row in province.tables.gone.select()] == [(1, 4)]


def test_a_better_time_replaces_a_worse_one_and_never_the_other_way(province: Province) -> None:
    for seconds, quality in ((100, Quality.SAVED), (NOW, Quality.SYNCED), (200, Quality.FEW)):
        ingest(province, "ban-ho", encode(a_batch(1, 2, offset=seconds, quality=quality)), NOW)
    (row,) = province.tables.epoch.select()
    assert (row.seconds, row.quality, row.device, row.epoch) == (NOW, int(Quality.SYNCED), DEVICE, EPOCH)


def test_what_is_no_batch_leaves_nothing(province: Province) -> None:
    with pytest.raises(KioskError):
        ingest(province, "ban-ho", encode(a_batch(1, 9))[:-5], NOW)
    assert _seqs(province) == []
    assert province.tables.device.select().count() == 0
