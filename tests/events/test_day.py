"""The frozen day, by which wire bytes are judged."""

import hashlib

from kiosk.events.batch import decode, encode
from kiosk.events.kinds import Type, kinds
from tests.bench import wire
from tests.bench.make_day import DAY, read_day


def test_the_day_is_the_one_that_was_frozen():
    frozen = "921372b5349d2736cdfa1a19359169ab64bc61880d56dd6acd67fadce8be12f4"
    assert hashlib.sha256(DAY.read_bytes()).hexdigest() == frozen


def test_the_day_has_300_events_every_kind_and_every_field():
    day = read_day()
    assert [seq for seq, _ in day] == list(range(1, 301))
    seen = {(event.kind, name) for _, event in day for name, value in event.fields().items() if value is not None}
    assert seen == {(kind.name, field.name) for kind in kinds().values() for field in kind.fields}


def test_the_day_uses_every_word_of_where_stage_and_outcome():
    said = {(event.kind, name, value) for _, event in read_day() for name, value in event.fields().items()}
    words = {
        (kind.name, field.name, word)
        for kind in kinds().values()
        for field in kind.fields
        for word in field.of
        if field.type is Type.CHOICE and field.name != "setting"
    }
    assert words <= said


def test_an_event_of_the_day_takes_at_most_eight_bytes():
    batch = wire.batch()
    data = encode(batch)
    assert decode(data) == batch
    assert len(data) <= 8 * len(batch.events)


def test_the_benchmark_gives_rows_of_four_words():
    for row in wire.rows():
        assert len(row) == 4
        assert all(isinstance(word, str) for word in row)
