"""Somebody comes in with a password, and stays in by a cookie of which only the digest is kept."""

import hashlib
import secrets

from kiosk.collector.people import audit
from kiosk.collector.people.person import LOGIN_MOST, Person, Role, fits, known
from kiosk.collector.province import Province
from kiosk.errors import KioskError

LONGEST = 12 * 3600  # seconds that a cookie is worth something
_IDLE = 2 * 3600  # seconds without a page after which it is not
_FREE = 5  # wrong passwords that cost no wait
_WAIT, _WAIT_MOST = 15, 900  # seconds: the first wait, doubled at each further failure, and the longest
_FORGOTTEN = 86_400  # seconds after which failures are forgotten
_SEEN_EVERY = 60
_BYTES = 32


class NotLetInError(KioskError):
    """A login or password that is not right, or comes too soon; `wait` in seconds says how much too soon."""

    def __init__(self, message: str, *, wait: int = 0) -> None:
        super().__init__(message)
        self.wait = wait


def enter(province: Province, login: str, password: str, now: int) -> str:
    """The cookie's value for somebody who knows the password.

    Failures are counted by login, known or not, never by address: an address is somebody's. A try counts as failed
    until it is right, so that many at once gain nothing.

    Raises:
        NotLetInError: wrong, or too soon after failures.
    """
    login = login.strip().lower()[:LOGIN_MOST]
    found = known(province, login)
    who = found[0] if found else Person("?", Role.COMMUNE)  # a password typed into the wrong field is kept nowhere
    wait = _knock(province, login, now)
    if wait:
        audit.write(province, who, "login", "", now, "too soon")
        raise NotLetInError("too many tries", wait=wait)
    if not fits(found[1] if found else None, password):
        audit.write(province, who, "login", "", now, "wrong")
        raise NotLetInError("login or password is not right")
    cookie = secrets.token_urlsafe(_BYTES)
    with province.transaction():
        province.run("DELETE FROM knock WHERE login = ?", (login,))
        province.run("DELETE FROM session WHERE made < ?", (now - LONGEST,))
        province.run(_OPEN, (_digest(cookie), login, now, now))
    audit.forget(province, now)
    audit.write(province, who, "login", "", now)
    return cookie


_OPEN = "INSERT INTO session (sha256, login, made, seen) VALUES (?, ?, ?, ?)"


def _knock(province: Province, login: str, now: int) -> int:
    """Count a try as failed; the seconds to wait before it is even looked at."""
    with province.transaction():
        province.run("DELETE FROM knock WHERE until < ?", (now - _FORGOTTEN,))
        province.run(_BEGUN, (login, now))
        lock = " FOR UPDATE" if province.server else ""
        ((failures, until),) = province.rows(f"SELECT failures, until FROM knock WHERE login = ?{lock}", (login,))  # noqa: S608
        if until > now:
            return int(until - now)
        more = int(failures) + 1
        pause = min(_WAIT_MOST, _WAIT << min(more - _FREE, 10)) if more >= _FREE else 0
        province.run("UPDATE knock SET failures = ?, until = ? WHERE login = ?", (more, now + pause, login))
    return 0


_BEGUN = "INSERT INTO knock (login, failures, until) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"


def whose(province: Province, cookie: str, now: int) -> Person | None:
    """Whose cookie it is, while it lasts; nobody's when the person was removed."""
    digest = _digest(cookie)
    rows = province.rows(_WHOSE, (digest, now - LONGEST, now - _IDLE))
    if not rows:
        return None
    ((login, role, commune, seen),) = rows
    if now - seen >= _SEEN_EVERY:
        province.run("UPDATE session SET seen = ? WHERE sha256 = ?", (now, digest))
    return Person(login, Role(role), commune)


_WHOSE = (
    "SELECT person.login, role, commune, seen FROM session JOIN person ON person.login = session.login "
    "WHERE sha256 = ? AND session.made >= ? AND seen >= ?"
)


def leave(province: Province, cookie: str) -> None:
    """The cookie is worth nothing from now on."""
    province.run("DELETE FROM session WHERE sha256 = ?", (_digest(cookie),))


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
