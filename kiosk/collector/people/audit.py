"""Who came in, saw and exported what, and what was refused to whom."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.collector.people.person import Person
from kiosk.collector.province import Province

_KEPT = 2 * 366 * 86_400  # seconds
_WHAT_MOST = 300
_WRITE = "INSERT INTO audit (at, mark, login, role, act, what, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)"
_READ = "SELECT at, login, role, act, what, outcome FROM audit ORDER BY at DESC, mark DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: `at` in seconds since 1970, `act` (login, logout, see, export), `outcome` (done, refused, …)."""

    at: int
    login: str
    role: str
    act: str
    what: str
    outcome: str


def write(province: Province, who: Person, act: str, what: str, now: int, outcome: str = "done") -> None:
    """Note what somebody did."""
    province.run(_WRITE, (now, secrets.token_hex(8), who.login, who.role.value, act, what[:_WHAT_MOST], outcome))


def read(province: Province, most: int = 500) -> Iterator[Entry]:
    """The newest lines first."""
    for row in province.rows(_READ, (most,)):
        yield Entry(*row)


def forget(province: Province, now: int) -> None:
    """Drop what is older than two years."""
    province.run("DELETE FROM audit WHERE at < ?", (now - _KEPT,))
