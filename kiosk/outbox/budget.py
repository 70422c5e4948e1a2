"""A day's bytes of a link that is paid by what it carries: counted before they go, and kept over a power cut."""

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.epochs import Quality
from kiosk.outbox.link import Answer
from kiosk.outbox.patience import Poster
from kiosk.outbox.source import Source
from kiosk.usage.timeline import day

# What travels beside a batch, with TCP and IP: `tests.bench.wire` has the whole of a session.
SESSION_BYTES = 2_500  # of a handshake
POST_BYTES = 1_200  # of a request's head and its answer
_SHARE = 4  # of a day's bytes may go while nobody knows the day: the first answer tells it


class SpentError(KioskError):
    """Nothing more may go today."""


class Budget:
    """The day's bytes; a line in front of the line.

    Args:
        source: the journal, which keeps the sums.
        daily: bytes of a day.
        link: where batches go.
    """

    def __init__(self, source: Source, daily: int, link: Poster) -> None:
        self._source = source
        self._daily = daily
        self._link = link
        self._met = False

    @property
    def left(self) -> int:
        """How long a batch may now be."""
        name, most = self._day()
        return most - self._source.spent(name) - self._beside

    def post(self, data: bytes) -> Answer:
        """Send it; it is counted whatever comes of it.

        Raises:
            SpentError: it is longer than what is left: a line that breaks off again and again costs too.
        """
        if len(data) > self.left:
            raise SpentError("the bytes of today are used", hint="the rest goes tomorrow")
        self._source.spend(self._day()[0], len(data) + self._beside)
        self._met = True
        return self._link.post(data)

    @property
    def _beside(self) -> int:
        return POST_BYTES + (0 if self._met else SESSION_BYTES)

    def _day(self) -> tuple[str, int]:
        """The name of the day, and what may go in it: of the village where it is known, else of this epoch's uptime."""
        now, epoch = clock.uptime(), self._source.current()
        if epoch is not None and epoch.offset.quality >= Quality.FEW:
            return str(day(now, epoch.offset.seconds)), self._daily
        return f"{epoch.name if epoch else ''}+{int(now) // 86_400}", self._daily // _SHARE
