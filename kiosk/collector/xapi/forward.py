"""Events are forwarded to a record store: each once, in whatever order they came here, whatever fails between."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.collector.province import Province
from kiosk.collector.xapi import select
from kiosk.collector.xapi.select import Epoch
from kiosk.collector.xapi.statement import Statement
from kiosk.collector.xapi.store import NotNowError, Store
from kiosk.events.ranges import Ranges

BATCH = 500  # statements
_BACKOFF, _BACKOFF_MOST = 5, 900  # seconds
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """What a run brought: statements that the store holds now, and those that it would not take."""

    held: int = 0
    unwanted: int = 0


def forward(province: Province, store: Store, now: int) -> Sent:
    """Send everything that waits.

    Raises:
        NotNowError: the store fails; what it took until then is kept in mind.
        KioskError: it does not let us in.
    """
    sent = Sent()
    while epochs := select.waiting(province, store.name, now):
        for epoch in epochs:
            _epoch(province, store, epoch, sent)
    return sent


def run(
    province: Province, store: Store, every: int, *, pause: Callable[[float], None] = time.sleep, rounds: int = 0
) -> None:
    """Forward for ever, or so many rounds; a store that fails is asked again later and later, never by all at once."""
    failures = done = 0
    while not rounds or done < rounds:
        done += 1
        try:
            sent = forward(province, store, int(time.time()))
        except NotNowError as wrong:
            failures += 1
            longest = min(_BACKOFF_MOST, _BACKOFF << min(failures, 10))
            wait = max(wrong.wait, random.uniform(longest / 2, longest))  # noqa: S311  no secret
            _log.warning("the record store waits: asked again in %d s", wait)
        else:
            failures, wait = 0, every
            if sent.unwanted:
                _log.warning("the record store would not take %d statements", sent.unwanted)
        province.close()
        pause(wait)


def _epoch(province: Province, store: Store, epoch: Epoch, sent: Sent) -> None:
    """An epoch's events, some at a time; each part is kept in mind when the store has answered for it."""
    seqs: list[int] = []
    statements: list[tuple[int, Statement]] = []
    done = epoch.done
    for seq, made in select.statements(province, epoch):
        seqs.append(seq)
        if made is not None:
            statements.append((seq, made))
        if len(statements) == BATCH:
            done = _part(province, store, epoch, done, seqs, statements, sent)
            seqs, statements = [], []
    _part(province, store, epoch, done, seqs, statements, sent)


def _part(
    province: Province,
    store: Store,
    epoch: Epoch,
    done: Ranges,
    seqs: list[int],
    statements: list[tuple[int, Statement]],
    sent: Sent,
) -> Ranges:
    unwanted = store.put([made for _, made in statements])
    whole = done | Ranges.of(seqs)
    key = (store.name, epoch.site, bytes.fromhex(epoch.device), bytes.fromhex(epoch.epoch))
    with province.transaction():
        for one in unwanted:
            province.run(_UNWANTED, (*key, statements[one.place][0], one.reason))
        province.run(_DONE, (*key, whole.total, select.write(whole)))
    sent.held += len(statements) - len(unwanted)
    sent.unwanted += len(unwanted)
    return whole


_DONE = (
    "INSERT INTO forwarded (store, site, device, epoch, many, seqs) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (site, device, epoch, store) DO UPDATE SET many = excluded.many, seqs = excluded.seqs"
)
_UNWANTED = (
    "INSERT INTO unwanted (store, site, device, epoch, seq, reason) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
