"""The recorder: the one program that writes events to the card, and goes on whatever the card does."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event as Stop

import peewee

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.live import errors
from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.usage import marks, note, pressure
from kiosk.usage.note import Note, Trouble
from kiosk.usage.retention import Reserve
from kiosk.usage.session import ReplacedError, Session, Show
from kiosk.usage.store import DamagedError, kept, set_aside
from kiosk.usage.viewlog import ViewLog
from kiosk.watchdog import UNWATCHED, Watchdog

_LOCK = "recorder.lock"
_LOCK_TRIES = 5
_LOCK_PAUSE = 0.05  # seconds
_PAUSE = 10.0  # seconds before the card is tried again
_ASIDE_MOST = 5  # damaged files that are kept; a dying card would fill itself with them
_WRONG = (KioskError, peewee.DatabaseError, OSError)


def run_recorder(
    settings: Settings,
    stop: Stop,
    *,
    show: Show | None = None,
    pause: float = _PAUSE,
    watchdog: Watchdog = UNWATCHED,
) -> None:
    """Record until `stop` is set.

    A full, read-only or damaged card ends nothing: what waits stays in memory within its bounds, a note in the memory
    folder tells the status, and the card is tried again.

    Args:
        settings: the house.
        stop: set by a signal; what was read is then committed.
        show: told every event as it is read.
        pause: seconds between two tries.
        watchdog: told that it began, and again and again that it goes on.

    Raises:
        KioskError: another recorder runs.
    """
    with alone(settings):
        check = True
        watchdog.ready()
        while not stop.is_set():
            watchdog.alive()
            try:
                with closing(Session(settings, show, check=check)) as session:
                    note.write(settings, session.words())
                    session.run(stop, watchdog)
            except ReplacedError:
                check = False
            except _WRONG as wrong:
                check = False
                if not _helped(settings, _troubled(settings, wrong)):
                    _rest(settings, stop, pause)


def record_once(settings: Settings) -> None:
    """Bring everything that waits to the card.

    Raises:
        KioskError: another recorder runs, or the card cannot be written.
    """
    with alone(settings):
        try:
            with closing(Session(settings, check=True)) as session:
                session.finish()
        except ReplacedError as wrong:
            raise KioskError(f"{settings.usage} was replaced just now", hint="try once more") from wrong
        except peewee.DatabaseError as wrong:
            raise KioskError(f"{settings.usage}: {wrong}", hint="kiosk status says what to do") from wrong


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the only recorder of this house.

    Raises:
        KioskError: another one runs.
    """
    handles: list[int] = []
    try:
        for folder in (settings.run, settings.data):
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
        for path in (settings.run / _LOCK, settings.data / _LOCK):
            handles += _locked(path)
        yield
    finally:
        for handle in handles:
            os.close(handle)


def running(settings: Settings) -> bool:
    """Whether a recorder of this house runs now."""
    try:
        handle = os.open(settings.run / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _locked(path: Path) -> list[int]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    except OSError:
        return []  # a read-only card: the lock in memory stands alone
    for _ in range(_LOCK_TRIES):  # `running` holds it for a moment
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return [handle]
        time.sleep(_LOCK_PAUSE)
    os.close(handle)
    raise KioskError("another recorder runs in this house", hint="stop it first, or leave it")


def _troubled(settings: Settings, wrong: BaseException) -> Trouble:
    damaged = isinstance(wrong, DamagedError)
    trouble = Trouble.DAMAGED if damaged else note.trouble_of(wrong, settings.data)
    if trouble is Trouble.DAMAGED:
        if len(kept(settings.usage)) < _ASIDE_MOST:
            set_aside(settings.usage)
        else:
            trouble = Trouble.CARD
    now = int(clock.uptime())
    note.write(settings, Note(boot=clock.boot_id(), at=now, trouble=trouble, message=str(wrong)))
    errors.leave(settings, "recorder", trouble.value or wrong)
    return trouble


def _helped(settings: Settings, trouble: Trouble) -> bool:
    """Whether the next try may go better at once: a damaged file is out of the way, or the reserve was let go."""
    with suppress(OSError):
        return trouble is Trouble.DAMAGED or (trouble is Trouble.FULL and Reserve.of(settings).release())
    return False


def _rest(settings: Settings, stop: Stop, pause: float) -> None:
    """Wait before the next try, and keep what waits within its bounds."""
    with suppress(*_WRONG):  # when memory itself is full, nothing more can be done here
        _relieve(settings)
    stop.wait(pause)


def _relieve(settings: Settings) -> int:
    now = int(clock.uptime())
    live, log = LiveStore.open(settings), ViewLog(settings.views, clock.boot_id())
    with closing(live), closing(log):
        left = marks.read(live)
        log.resume(left.views, left.read)
        return pressure.relieve_log(live, log, now) + pressure.relieve_outgoing(live, now)
