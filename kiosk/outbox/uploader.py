"""One run of the outbox: batches go out, and exactly what the collector says it holds is written down."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.ack import Ack, decode
from kiosk.events.batch import WIRE_MOST, Batch, digest
from kiosk.events.epochs import Quality
from kiosk.events.ranges import NONE, Ranges
from kiosk.outbox.budget import Budget, SpentError
from kiosk.outbox.choose import choose, fit, halves
from kiosk.outbox.link import Answer
from kiosk.outbox.patience import Poster, send
from kiosk.outbox.source import Source

_LOOK = 4000  # events taken from the journal at a time
_VALUES = (7, 6, 5)  # with more than that waiting, kinds of at least this value are looked for first
_CLOSE_SECONDS = 30  # a round trip longer than this tells no time, a difference smaller than this changes none
_OK = 200
_REFUSALS_MOST = 64  # of one run: a few bad events are found within it, and a bad collector is not flooded
_REVOKED = {401, 403}
_UNREAD = {400, 413, 422}


_SIZE = 8_192  # bytes of the first batch of a run
_SIZE_LEAST = 2_048
_QUICK_SECONDS, _SLOW_SECONDS = 4.0, 12.0

Show = Callable[[Batch, int, int], None]


def silent(_batch: Batch, _size: int, _held: int) -> None:
    """Nobody looks."""


class RevokedError(KioskError):
    """The collector no longer takes this site's token; everything is kept."""


@dataclass(slots=True)
class Report:
    """What a run did: batches and bytes sent, events the collector now holds, events set aside."""

    batches: int = 0
    bytes: int = 0
    events: int = 0
    aside: int = 0


class Uploader:
    """One run.

    Args:
        source: the journal.
        link: the line.
        key: the collector's Ed25519 key, hex; empty: answers are not checked.
        allowance: bytes that this run may send; 0 for all.
        budget: what the day may still carry; None where the link carries all.
        pause: waits so many seconds.
        chance: a number from 0 to 1.
        show: told of each batch that arrived: the batch, its bytes, and the events that the collector now holds of it.
    """

    def __init__(
        self,
        source: Source,
        link: Poster,
        *,
        key: str = "",
        allowance: int = 0,
        budget: Budget | None = None,
        show: Show = silent,
        pause: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.report = Report()
        self._source = source
        self._link: Poster = budget or link
        self._budget = budget
        self._show = show
        self._size = _SIZE
        self._key = key
        self._allowance = allowance
        self._pause = pause
        self._chance = chance
        self._told_time = False
        self._refusals = 0

    def run(self) -> Report:
        """Send until nothing waits, or allowance or budget are used.

        Raises:
            RevokedError: the token is not taken; nothing more was sent.
            KioskError: the collector cannot be reached, or answers nonsense. What it said before is written down.
        """
        with suppress(SpentError):
            self._run()
        return self.report

    def _run(self) -> None:
        last = ""
        while chosen := self._next():
            batch, data = chosen
            if digest(data) == last:
                raise KioskError("the collector answers, but takes nothing", hint="update the kiosk or the collector")
            last = digest(data)
            self._settle(batch, self._deliver(batch))

    def _next(self) -> tuple[Batch, bytes] | None:
        """What goes next, as long as the line has shown that it carries; None when nothing waits or may go."""
        left = min(
            self._allowance - self.report.bytes if self._allowance else WIRE_MOST,
            self._budget.left if self._budget else WIRE_MOST,
        )
        if left <= 0:
            return None
        found = _waiting(self._source)
        chosen = choose(found, most=min(self._size, left))
        if chosen is None or len(chosen[1]) > left:
            return None
        empty = not chosen[0].events and any(batch.events for batch in found)
        return None if empty else chosen

    def _adapt(self, seconds: float) -> None:
        """A link of a few seconds must bring something through: batches grow while they go quickly."""
        if seconds < _QUICK_SECONDS:
            self._size = min(self._size * 2, WIRE_MOST)
        elif seconds > _SLOW_SECONDS:
            self._size = max(self._size // 2, _SIZE_LEAST)

    def _deliver(self, batch: Batch) -> list[Batch]:
        """Send a batch, in halves where it is refused; the batches of one event that the collector cannot read."""
        if self._refusals >= _REFUSALS_MOST:
            return []
        _, data = fit(batch)
        if self._budget:
            self._source.tried(batch)
        before = clock.uptime()
        answer = send(self._link, data, pause=self._pause, chance=self._chance)
        self._adapt(clock.uptime() - before)
        self.report.batches += 1
        self.report.bytes += len(data)
        if answer.status == _OK:
            ack = self._checked(answer, batch, data)
            self._write(ack, batch)
            self._tell_time(ack, before)
            self._show(batch, len(data), ack.accepted.total)
            return []
        if answer.status not in _UNREAD or not batch.events:
            raise _stopped(answer)
        self._refusals += 1
        if len(batch.events) == 1:
            return [batch]
        first, second = halves(batch)
        return self._deliver(first) + self._deliver(second)

    def _checked(self, answer: Answer, batch: Batch, data: bytes) -> Ack:
        ack = decode(answer.body, key=self._key)
        if (ack.digest, ack.device, ack.epoch) != (digest(data), batch.device, batch.epoch):
            raise KioskError("the collector's answer is about another batch", hint="look for a proxy between")
        sent = Ranges.of(seq for seq, _ in batch.events) | batch.gone
        said = Ranges.join(span for seqs in (ack.accepted, *(seqs for seqs, _ in ack.aside)) for span in seqs.spans)
        if said - sent:
            raise KioskError("the collector's answer names events that were not sent")
        return ack

    def _write(self, ack: Ack, batch: Batch) -> None:
        sent = Ranges.of(seq for seq, _ in batch.events)
        self._source.mark(ack)
        self.report.events += (ack.accepted & sent).total
        self.report.aside += sum(seqs.total for seqs, _ in ack.aside)

    def _settle(self, batch: Batch, unread: list[Batch]) -> None:
        """Set aside what alone was refused; but where nothing at all is taken, the fault is not the events'."""
        if self._refusals and not self.report.events:
            raise KioskError("the collector can read none of our events", hint="update the kiosk or the collector")
        for single in unread:
            seqs = Ranges.of(seq for seq, _ in single.events)
            aside = ((seqs, "the collector could not read it"),)
            self._source.mark(Ack("0" * 64, batch.device, batch.epoch, NONE, aside, 0, 0))
            self.report.aside += seqs.total
        if self._refusals >= _REFUSALS_MOST:
            raise KioskError("the collector refuses many of our events", hint="update the kiosk or the collector")

    def _tell_time(self, ack: Ack, before: float) -> None:
        """Take the collector's time, once a run, when it is signed and came back quickly enough to be one."""
        now, epoch = clock.uptime(), self._source.current()
        if not self._key or self._told_time or epoch is None or epoch.boot != clock.boot_id():
            return
        seconds = round(ack.now - (before + now) / 2)
        known = epoch.offset.quality >= Quality.COLLECTOR and abs(seconds - epoch.offset.seconds) < _CLOSE_SECONDS
        if now - before < _CLOSE_SECONDS and not known:
            self._told_time = True
            self._source.learn(epoch.name, seconds, Quality.COLLECTOR)


def _waiting(source: Source) -> list[Batch]:
    found = source.unsent(_LOOK)
    if sum(len(batch.events) for batch in found) < _LOOK:
        return found
    for least in _VALUES:
        worthy = [batch for batch in source.unsent(_LOOK, least=least) if batch.events]
        if worthy:
            return worthy
    return found


def _stopped(answer: Answer) -> KioskError:
    if answer.status in _REVOKED:
        return RevokedError(
            f"the collector does not take this site's token ({answer.status}); every event is kept",
            hint="ask the province office for a new token",
        )
    if 300 <= answer.status < 400:  # noqa: PLR2004  the redirects
        return KioskError(f"the answer is a redirect ({answer.status})", hint="correct upload.url")
    return KioskError(f"the answer is {answer.status}, no collector's", hint="correct upload.url")
