"""Who can do it: only checks that the team watched, with how sure that is; never attempts, which anybody may repeat."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from kiosk.collector.figures.chance import Share
from kiosk.collector.figures.scope import this_month
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import DETAILS
from kiosk.events.kinds import kinds

MONTHS = 6
_ENOUGH = 20  # checks, below which a village stands apart without a place


class Verdict(StrEnum):
    """Against the whole: surely above or below it, not to be told apart from it, or too few checks to say anything."""

    ABOVE = "above"
    LIKE = "like"
    BELOW = "below"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Standing:
    """A village or commune, what was watched there, and how it stands."""

    id: str
    name: str
    share: Share
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class League:
    """All of it together; then who has enough checks, surest first, and who has not."""

    whole: Share
    ranked: tuple[Standing, ...]
    uncertain: tuple[Standing, ...]


# The months are named one by one: of a range the index would give the rows of every kind.
_WHEN = f"month IN ({', '.join('?' * MONTHS)}) AND kind = ?"
_OF_SITES = (
    "SELECT site.site, site.name, what, sum(many) FROM detail JOIN site ON site.site = detail.site "  # noqa: S608
    f"WHERE {_WHEN}"
)
_OF_COMMUNES = f"SELECT scope, scope, what, sum(many) FROM total WHERE {_WHEN} AND scope <> ''"  # noqa: S608  ours


def villages(province: Province, now: int, commune: str = "") -> League:
    """The villages of a commune, or all."""
    only = (" AND site.commune = ?", (commune,)) if commune else ("", ())
    return _league(province, f"{_OF_SITES}{only[0]} GROUP BY site.site, site.name, what", now, only[1])


def communes(province: Province, now: int) -> League:
    """The communes, each with all of its villages."""
    return _league(province, f"{_OF_COMMUNES} GROUP BY scope, what", now, ())


def _league(province: Province, query: str, now: int, more: tuple[str, ...]) -> League:
    month, kept = this_month(now), DETAILS["check"]
    names: dict[str, str] = {}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    months = range(month - MONTHS + 1, month + 1)
    for key, name, what, many in province.rows(query, (*months, kinds()["check"].code, *more)):
        words = kept.named(what)
        if words["setting"] != "test":
            names[key] = name
            counts[key][0] += int(many) * (words["result"] == "done")
            counts[key][1] += int(many)
    whole = Share(sum(part for part, _ in counts.values()), sum(all_ for _, all_ in counts.values()))
    found = [_standing(key, names[key], Share(*count), whole) for key, count in counts.items()]
    found.sort(key=lambda one: (-one.share.low, one.id))
    return League(
        whole,
        tuple(one for one in found if one.verdict is not Verdict.UNCERTAIN),
        tuple(one for one in found if one.verdict is Verdict.UNCERTAIN),
    )


def _standing(key: str, name: str, share: Share, whole: Share) -> Standing:
    if share.whole < _ENOUGH:
        return Standing(key, name, share, Verdict.UNCERTAIN)
    if share.low > whole.value:
        return Standing(key, name, share, Verdict.ABOVE)
    return Standing(key, name, share, Verdict.BELOW if share.high < whole.value else Verdict.LIKE)
