"""What was carried by hand is taken in as if the net had brought it."""

from dataclasses import dataclass

from kiosk.collector import tokens
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.errors import KioskError
from kiosk.events import ack, carried


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file.

    Attributes:
        site: whose it was.
        batches: taken.
        events: in them, known ones included.
        refused: why batches were not taken, one sentence each; the kiosk keeps and brings them again.
        acks: the file of acknowledgements that goes back.
    """

    site: str
    batches: int
    events: int
    refused: tuple[str, ...]
    acks: bytes


def take(province: Province, seed: bytes, data: bytes, now: int) -> Taken:
    """Take a carried file; harmless when it comes again.

    Args:
        province: the database.
        seed: the collector's.
        data: the file.
        now: seconds since 1970.

    Raises:
        KioskError: not a file of ours, sealed for another collector, or damaged.
        RefusedError: its site's token is not known or was taken back; nothing was taken.
    """
    load = carried.unpack(data, seed)
    site = tokens.site_of(province, load.token)
    acks: list[bytes] = []
    refused: list[str] = []
    events = 0
    for batch in load.batches:
        try:
            said = ingest(province, site, batch, now)
        except KioskError as wrong:
            refused.append(wrong.message)
            continue
        acks.append(ack.encode(said, seed))
        events += said.accepted.total
    return Taken(site, len(acks), events, tuple(refused), carried.join(acks))
