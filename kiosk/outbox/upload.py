"""Sending what waits to the collector over the net: clock, line, run, and how it ended."""

import time
from collections.abc import Callable
from contextlib import closing, suppress

import msgspec
import peewee

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.live import errors
from kiosk.outbox import outcome
from kiosk.outbox.budget import Budget
from kiosk.outbox.link import Link, LinkError
from kiosk.outbox.outcome import Outcome
from kiosk.outbox.source import Source
from kiosk.outbox.uploader import Report, Show, Uploader, silent
from kiosk.settings import Settings

_SETTLE_SECONDS = 15
_ASKED_MOST = 86_400  # nobody is made to wait longer than a day


def upload(
    settings: Settings,
    source: Source,
    *,
    allowance: int = 0,
    show: Show = silent,
    pause: Callable[[float], None] = time.sleep,
) -> Report:
    """Send what waits, and leave the outcome for the status.

    Args:
        settings: the house.
        source: the journal.
        allowance: bytes that this run may send; 0 for all.
        show: told of each batch that arrived.
        pause: waits so many seconds.

    Raises:
        RevokedError: the token is not taken; everything is kept.
        KioskError: nothing, or not everything, could be sent; it is kept and the sentence says why.
    """
    before = outcome.read(settings) or Outcome(0, ok=True)
    _respect(before)
    report, ended = Report(), Outcome(0, ok=True)
    try:
        dated = settled_clock(pause=pause, seconds=0 if before.unset else _SETTLE_SECONDS)
        ended = msgspec.structs.replace(ended, unset=not dated and clock.kept())
        with closing(Link(settings.upload, dated=dated)) as link:
            budget = Budget(source, settings.upload.daily, link) if settings.upload.daily else None
            run = Uploader(
                source, link, key=settings.upload.key, allowance=allowance, budget=budget, show=show, pause=pause
            )
            report = run.report
            run.run()
    except KioskError as wrong:
        with suppress(KioskError):  # the first fault is the one to tell
            _leave(settings, ended, report, wrong)
        if not isinstance(wrong, LinkError):  # that there is no link is nothing wrong with the box
            errors.leave(settings, "upload", wrong)
        raise
    except peewee.DatabaseError as wrong:
        told = KioskError(f"usage.db cannot be used: {wrong}", hint="kiosk status says more; nothing is lost")
        with suppress(KioskError):
            _leave(settings, ended, report, told)
        raise told from wrong
    _leave(settings, ended, report, None)
    return report


def settled_clock(*, pause: Callable[[float], None] = time.sleep, seconds: int = _SETTLE_SECONDS) -> bool:
    """Whether the clock is set from NTP, after waiting a little where somebody is about to set it."""
    for _ in range(seconds):
        if clock.synchronized() or not clock.kept():
            break
        pause(1)
    return clock.synchronized()


def _respect(before: Outcome) -> None:
    """The timer comes every hour, the collector may have asked for longer."""
    left = before.until - clock.uptime()
    if 0 < left <= _ASKED_MOST:
        raise LinkError(f"the collector asked to wait {left / 60:.0f} more minutes", hint="nothing is lost; try then")


def _leave(settings: Settings, ended: Outcome, report: Report, wrong: KioskError | None) -> None:
    now, wait = int(clock.uptime()), wrong.wait if isinstance(wrong, LinkError) else 0
    told = msgspec.structs.replace(
        ended,
        at=now,
        ok=wrong is None,
        said=wrong.message if wrong else "",
        hint=wrong.hint if wrong else "",
        events=report.events,
        aside=report.aside,
        until=int(now + min(wait, _ASKED_MOST)) if wait else 0,
    )
    outcome.write(settings, told)
