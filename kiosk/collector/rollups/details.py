"""Which words and numbers of an event a month's roll-up keeps; nothing that tells of a language."""

from collections.abc import Mapping
from dataclasses import dataclass

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


# What the word `what` of a thinned day's sum stands for, by the kind that was thinned.
_SUMMED: Mapping[str, tuple[str, ...]] = {"view": ("card",), "portal": ("system", "what"), "help": ("page",)}


def unfold(code: int, payload: str) -> tuple[int, dict[str, Value], int]:
    """An event as its kind, its values and how often it happened: once, or as often as a thinned day's sum says."""
    known = fields(code, payload)
    kind = kinds().get(str(known.get("kind"))) if by_code()[code].name == "sum" else None
    if kind is None:
        return code, known, 1
    what = _SUMMED.get(kind.name, ())
    # Split from the right: all but the last are one word.
    said = dict(zip(what, str(known["what"]).rsplit("/", len(what) - 1), strict=False)) if known["what"] else {}
    return kind.code, {**said, "lang": known["lang"], "where": known["where"]}, int(known["count"] or 0)


def fields(code: int, payload: str) -> dict[str, Value]:
    """The values of an event's row by the names of their fields."""
    values: list[Value] = msgspec.json.decode(payload)
    # An older row may lack optional fields that were added at the end.
    return {field.name: value for field, value in zip(by_code()[code].fields, values, strict=False)}


def words(kept: Kept, known: Mapping[str, Value]) -> str:
    """What a row of the roll-up is told apart by: the words as JSON, in the order of `Kept`."""
    return msgspec.json.encode([known.get(name) for name in kept.words]).decode()


def numbers(kept: Kept, known: Mapping[str, Value]) -> tuple[int, ...]:
    """The numbers to add up, in the order of `Kept`, one for each column; what is not known adds nothing."""
    found = [int(known.get(name) or 0) for name in kept.sums]
    return (*found, *[0] * (len(SUMS) - len(found)))
