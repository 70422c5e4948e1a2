"""One visit at the touchscreen, from the first touch to the moment when nothing of it is left: decided from values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_ATTRACT: Final = "/touch/attract."
_DONE: Final = ("/done.", "/touch/done.")
_LONGER: Final = ("/tap/", "/staff")  # one reads, counts vegetables, speaks into the microphone


class Phase(StrEnum):
    """Where a visit stands."""

    LEAVING = "leaving"  # nothing of the last visit may be left before the next begins
    ATTRACT = "attract"
    USING = "using"
    ASKING = "asking"


class Do(StrEnum):
    """What the window does next."""

    NOTHING = "nothing"
    ASK = "ask"
    GO_ON = "go on"
    END = "end"
    INVITE = "invite"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the touchscreen waits, in seconds.

    Attributes:
        idle: after the last touch or sound, before it asks whether anybody is there.
        practice: the same inside practice.
        countdown: how long it asks.
        listening: how long sound alone, without a touch, tells that somebody is there; a player without a sound device
            may play for ever.
        thanks: how long the page behind Xong stays.
        hung: how long a page may be silent before it is given up.
        invite: between two spoken invitations.
    """

    idle: float
    practice: float
    countdown: float
    listening: float = 300
    thanks: float = 8
    hung: float = 10
    invite: float = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What the window sees at one moment; times are uptimes in seconds.

    Attributes:
        now: the moment.
        path: of the page shown; "" while it is the waiting page.
        touched: the last touch.
        sounded: the last moment at which a sound was heard.
        answered: the last moment at which the page answered.
        forgotten: whether nothing of the last visit is left, so that the next may begin.
        quiet: whether no invitation is spoken at this hour.
    """

    now: float
    path: str
    touched: float
    sounded: float
    answered: float
    forgotten: bool = True
    quiet: bool = False

    @property
    def attract(self) -> bool:
        """Whether the attract screen is shown."""
        return self.path.startswith(_ATTRACT)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit and since when it stands so."""

    phase: Phase = Phase.LEAVING
    since: float = 0


def patience(path: str, pace: Pace) -> float:
    """How long a page is left alone, in seconds."""
    if path.startswith(_DONE):
        return pace.thanks
    return pace.practice if path.startswith(_LONGER) else pace.idle


def still(seen: Seen, pace: Pace) -> float:
    """Seconds without a touch, or a sound that somebody may be listening to."""
    return seen.now - max(seen.touched, min(seen.sounded, seen.touched + pace.listening))


def step(visit: Visit, seen: Seen, pace: Pace) -> tuple[Visit, Do]:
    """How the visit goes on, and what is to be done about it now."""
    if visit.phase is not Phase.LEAVING and seen.now - seen.answered > pace.hung:
        return _end(seen)
    return _NEXT[visit.phase](visit, seen, pace)


def remaining(visit: Visit, seen: Seen, pace: Pace) -> int:
    """Whole seconds that the countdown still has."""
    return max(0, round(pace.countdown - (seen.now - visit.since)))


def _leaving(visit: Visit, seen: Seen, _: Pace) -> tuple[Visit, Do]:
    # Nothing but the attract screen is asked for after all is forgotten: another page means that somebody touched it.
    arrived = seen.forgotten and seen.path
    return (Visit(Phase.ATTRACT, seen.now) if arrived else visit), Do.NOTHING


def _attract(visit: Visit, seen: Seen, pace: Pace) -> tuple[Visit, Do]:
    if not seen.path:  # the server went away: nobody was here, and the waiting page asks for the attract screen itself
        return visit, Do.NOTHING
    if not seen.attract:
        return Visit(Phase.USING, seen.now), Do.NOTHING
    if seen.quiet or seen.now - visit.since < pace.invite:
        return visit, Do.NOTHING
    return Visit(Phase.ATTRACT, seen.now), Do.INVITE


def _using(visit: Visit, seen: Seen, pace: Pace) -> tuple[Visit, Do]:
    if seen.attract:
        return _end(seen)
    if still(seen, pace) < patience(seen.path, pace):
        return visit, Do.NOTHING
    if not seen.path or seen.path.startswith(_DONE):  # nobody is asked on a page that says goodbye
        return _end(seen)
    return Visit(Phase.ASKING, seen.now), Do.ASK


def _asking(visit: Visit, seen: Seen, pace: Pace) -> tuple[Visit, Do]:
    if seen.touched > visit.since:
        return Visit(Phase.USING, seen.now), Do.GO_ON
    return (visit, Do.ASK) if seen.now - visit.since < pace.countdown else _end(seen)


def _end(seen: Seen) -> tuple[Visit, Do]:
    return Visit(Phase.LEAVING, seen.now), Do.END


_NEXT: Final = {Phase.LEAVING: _leaving, Phase.ATTRACT: _attract, Phase.USING: _using, Phase.ASKING: _asking}
