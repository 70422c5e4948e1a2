import peewee
import pytest

from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.roller import roll
from kiosk.collector.rollups.settle import waiting
from kiosk.events.batch import encode
from tests.collector.conftest import NOW, a_batch


class _EndError(Exception):
    """The test has seen enough."""


def test_it_settles_some_sites_with_a_breath_between_and_rests_when_none_is_left(province: Province) -> None:
    for site in range(25):
        ingest(province, f"ban-{site}", encode(a_batch(1, 3)), NOW)
    left: list[tuple[int, float]] = []

    def pause(seconds: float) -> None:
        left.append((len(waiting(province)), seconds))
        if len(left) == 4:
            raise _EndError

    with pytest.raises(_EndError):
        roll(province, pause)
    assert left == [(15, 0.05), (5, 0.05), (0, 5.0), (0, 5.0)]


def test_a_database_that_fails_is_asked_again_later(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    def fail(*_: object, **__: object) -> int:
        raise peewee.OperationalError("gone")

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise _EndError

    monkeypatch.setattr("kiosk.collector.roller.settle", fail)
    with pytest.raises(_EndError):
        roll(province, pause)
    assert pauses == [5.0, 5.0]
