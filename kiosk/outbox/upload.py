"""Sending what waits to the collector over the net: clock, line, run, and how it ended."""

import time
from collections.abc import Callable
from contextlib import closing, suppress

import peewee

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.live import errors
from kiosk.outbox import outcome
from kiosk.outbox.link import Link, LinkError
from kiosk.outbox.outcome import Outcome
from kiosk.outbox.source import Source
from kiosk.outbox.uploader import Report, Uploader
from kiosk.settings import Settings

_SETTLE_SECONDS = 15


def upload(
    settings: Settings, source: Source, *, allowance: int = 0, pause: Callable[[float], None] = time.sleep
) -> Report:
    """Send what waits, and leave the outcome for the status.

    Args:
        settings: the house.
        source: the journal.
        allowance: bytes that this run may send; 0 for all.
        pause: waits so many seconds.

    Raises:
        RevokedError: the token is not taken; everything is kept.
        KioskError: nothing, or not everything, could be sent; it is kept and the sentence says why.
    """
    report = Report()
    try:
        with closing(Link(settings.upload, dated=settled_clock(pause=pause))) as link:
            run = Uploader(source, link, key=settings.upload.key, allowance=allowance, pause=pause)
            report = run.report
            run.run()
    except KioskError as wrong:
        with suppress(KioskError):  # the first fault is the one to tell
            _leave(settings, report, wrong)
        if not isinstance(wrong, LinkError):  # that there is no link is nothing wrong with the box
            errors.leave(settings, "upload", wrong)
        raise
    except peewee.DatabaseError as wrong:
        told = KioskError(f"usage.db cannot be used: {wrong}", hint="kiosk status says more; nothing is lost")
        with suppress(KioskError):
            _leave(settings, report, told)
        raise told from wrong
    _leave(settings, report, None)
    return report


def settled_clock(*, pause: Callable[[float], None] = time.sleep, seconds: int = _SETTLE_SECONDS) -> bool:
    """Whether the clock is set from NTP, after waiting a little where somebody is about to set it."""
    for _ in range(seconds):
        if clock.synchronized() or not clock.kept():
            break
        pause(1)
    return clock.synchronized()


def _leave(settings: Settings, report: Report, wrong: KioskError | None) -> None:
    said, hint = (wrong.message, wrong.hint) if wrong else ("", "")
    ended = Outcome(int(clock.uptime()), wrong is None, said, hint, report.events, report.aside)
    outcome.write(settings, ended)
