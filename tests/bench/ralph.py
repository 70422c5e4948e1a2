"""Ralph's file backend taking the same day as statements: what the collector's budget is measured against."""

import time

import msgspec

from kiosk.collector.xapi.statement import Told, statement
from kiosk.errors import KioskError
from tests.bench.make_day import read_day
from tests.support.record_store import ralph

SIZES = (100, 500, 1000, 5000)
_EACH = 10_000  # statements at each size


def best() -> tuple[float, int]:
    """Its statements a second at its best batch size, and that size.

    Raises:
        KioskError: it cannot be made or run here.
    """
    try:
        with ralph() as server:
            server.start()
            found = []
            for size in SIZES:
                made = _statements(size, _EACH)
                start = time.perf_counter()
                for body in made:
                    if server.post(body) != 200:
                        raise KioskError("Ralph refused a batch")
                found.append((_EACH / (time.perf_counter() - start), size))
            return max(found)
    except OSError as failed:
        raise KioskError(f"Ralph cannot be run here: {failed}") from failed


def _statements(size: int, many: int) -> list[bytes]:
    """Bodies of so many statements each, every id a new one."""
    day = [event for _, event in read_day()]
    bodies, some, seq = [], [], 0
    while len(bodies) * size < many:
        for event in day:
            seq += 1
            made = statement(Told(f"ban-{size}", "ab" * 16, "cd" * 8, seq, event.kind, event.fields(), 1_790_000_000))
            if made is not None:
                some.append(made)
            if len(some) == size:
                bodies.append(msgspec.json.encode(some))
                some = []
    return bodies[: many // size]
