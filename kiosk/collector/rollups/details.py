"""Which words and numbers of an event a month's roll-up keeps; nothing that tells of a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from kiosk.events.event import Value
from kiosk.events.kinds import by_code, kinds

LANGUAGE = ("view", "lang")  # the one kind and field whose village totals are kept by language
SUMS = ("sum1", "sum2", "sum3", "sum4", "sum5")  # the columns that a row has for them
REACHED = (1, 2, 3, 5, 8)  # cards of a lesson: how many phones opened so many different ones is kept


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one kind: the fields that rows are told apart by, and those that are added up."""

    words: tuple[str, ...]
    sums: tuple[str, ...] = ()

    def named(self, what: str) -> dict[str, Value]:
        """The words of a row by their names."""
        return dict(zip(self.words, msgspec.json.decode(what, type=list[Value]), strict=True))


# A kind that is not here is only counted by day.
DETAILS: Mapping[str, Kept] = {
    "view": Kept(("card", "where"), tuple(f"reached{many}" for many in REACHED)),
    # How long a sound lasts stands in its pack; which sound it was would tell its language, and is not kept.
    "play": Kept(("where",), ("milliseconds", "unmeasured")),
    "attempt": Kept(("scenario", "stage", "setting", "outcome", "unaided"), ("mistakes", "hints", "helps", "seconds")),
    "step": Kept(("scenario", "screen", "setting", "outcome")),
    "trap": Kept(("scenario", "twin", "setting", "outcome")),
    "portal": Kept(("system", "what")),
    "help": Kept(("page",)),
    "error": Kept(("area", "code")),
    "visit": Kept(("where",), ("seconds", "attempts")),
    "stations": Kept(("where",), ("least", "most")),
    "dropped": Kept(("kind",), ("count",)),
    "check": Kept(("skill", "setting", "result")),
    "household": Kept((), ("households", "adults", "vneid", "pays", "services")),
}


# What the word `what` of a thinned day's sum stands for, by the kind that was thinned; no other kind is ever thinned.
_SUMMED: Mapping[str, tuple[str, ...]] = {
    "view": ("card",), "play": (), "portal": ("system", "what"), "help": ("page",),
}  # fmt: skip
_REMEMBERED = 8192  # villages say the same few thousand things over and over


@dataclass(frozen=True, slots=True)
class Met:
    """An event as a month takes it.

    Attributes:
        code: its kind's.
        name: its kind's.
        known: its values by the names of their fields.
        times: how often it happened: once, or as often as a thinned day's sum says.
        what: what its row is told apart by; None: its kind is only counted by day.
        numbers: what it adds to which of the row's columns.
    """

    code: int
    name: str
    known: Mapping[str, Value]
    times: int
    what: str | None
    numbers: tuple[tuple[int, int], ...]


@lru_cache(maxsize=_REMEMBERED)
def met(code: int, payload: str) -> Met:
    """What an event's row says."""
    code, known, times = _unfold(code, payload)
    name = by_code()[code].name
    if name not in DETAILS:
        return Met(code, name, known, times, None, ())
    if name == "view":
        known |= {f"reached{some}": int(known.get("depth") == some) for some in REACHED}
    found = ((place, int(known.get(field) or 0)) for place, field in enumerate(DETAILS[name].sums))
    return Met(code, name, known, times, words(name, known), tuple(pair for pair in found if pair[1]))


def _unfold(code: int, payload: str) -> tuple[int, dict[str, Value], int]:
    known = fields(code, payload)
    thinned = str(known.get("kind")) if by_code()[code].name == "sum" else ""
    if thinned not in _SUMMED:
        return code, known, 1
    what = _SUMMED[thinned]
    # Split from the right: all but the last are one word.
    said = dict(zip(what, str(known["what"]).rsplit("/", len(what) - 1), strict=False)) if known["what"] else {}
    return kinds()[thinned].code, {**said, "lang": known["lang"], "where": known["where"]}, int(known["count"] or 0)


def fields(code: int, payload: str) -> dict[str, Value]:
    """The values of an event's row by the names of their fields."""
    values: list[Value] = msgspec.json.decode(payload)
    # An older row may lack optional fields that were added at the end.
    return {field.name: value for field, value in zip(by_code()[code].fields, values, strict=False)}


def words(name: str, known: Mapping[str, Value]) -> str:
    """What a row of that kind is told apart by: the words as JSON, in the order of `Kept`."""
    return msgspec.json.encode([known.get(word) for word in DETAILS[name].words]).decode()
