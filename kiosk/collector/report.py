"""The first page as text, for a terminal."""

from collections.abc import Iterator

from kiosk.collector.days import date_of, day_of
from kiosk.collector.figures.overview import Overview
from kiosk.collector.figures.practice import Scenario
from kiosk.collector.figures.villages import DAYS, SHOWN, Village
from kiosk.collector.province import Province
from kiosk.collector.titles import Titles

_AMISS = {
    "twins": "times two boxes with one identity: a card was copied, flash one of them anew",
    "moved": "boxes heard in another village too: look at their cards",
    "doubted": "starts with a clock that cannot be",
    "undated": "events without a day yet",
    "late": "events still to come",
    "lost": "events lost for good",
    "aside": "events set aside: compare the versions",
}


def text(view: Overview, titles: Titles) -> str:
    """The page as lines: each village with what is amiss, then each scenario with where people fail."""
    lines = [f"{view.first} - {view.last}: {len(view.villages)} villages, Viet Nam's time"]
    for village in view.villages:
        lines += _village(village)
    lines += [line for scenario in view.practice for line in _scenario(scenario, titles)]
    return "\n".join(lines)


def boxes(province: Province) -> Iterator[str]:
    """Every box under the village whose token it spoke with."""
    moved = {device for (device,) in province.rows(_MOVED)}
    query = "SELECT site, device, version, first_heard, last_heard, twins FROM device ORDER BY site, first_heard"
    for site, device, version, first, last, twins in province.rows(query):
        amiss = ["  two boxes, one identity"] * bool(twins) + ["  speaks for several villages"] * (device in moved)
        heard = f"{date_of(day_of(first))} .. {date_of(day_of(last))}"
        yield f"{site}  {bytes(device).hex()}  {version}  {heard}{''.join(amiss)}"


_MOVED = "SELECT device FROM device GROUP BY device HAVING count(*) > 1"


def _village(village: Village) -> Iterator[str]:
    heard = "never heard" if village.heard is None else f"heard {village.heard} days ago"
    used = ", ".join(f"{village.total(kind)} {kind}s" for kind in SHOWN)
    yield f"{village.voice:<6} {village.name} ({village.site}): {heard}; in {DAYS} days {used}"
    for field, said in _AMISS.items():
        if many := getattr(village.holdings, field):
            yield f"       ! {many} {said}"


def _scenario(scenario: Scenario, titles: Titles) -> Iterator[str]:
    yield (
        f"{titles.scenario(scenario.id)} ({scenario.id}): {scenario.attempts} attempts, {scenario.done} to the end, "
        f"{scenario.unaided} of {scenario.alone} unaided, caught in {scenario.caught} of {scenario.traps} traps"
    )
    for screen in [screen for screen in scenario.screens if screen.failed][:3]:
        yield f"       {titles.screen(scenario.id, screen.id)}: {screen.failed} of {screen.answers} answers not right"
