"""Who may look: people with a role and a password of which only the argon2id hash is kept."""

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from threading import Semaphore

import argon2

from kiosk.collector.province import Province
from kiosk.errors import KioskError

LOGIN_MOST = 60
PASSWORD_LEAST, PASSWORD_MOST = 12, 200
_LOGIN = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_GIVEN_BYTES = 12
# OWASP's argon2id; each takes 19 MiB for a moment, so a worker does two at a time and no more.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = Semaphore(2)
# What an unknown login is compared with, so that it takes as long to be refused.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(_GIVEN_BYTES))


class Role(StrEnum):
    """What somebody may see: everything; one commune; how boxes and villages stand, without what is used."""

    PROVINCE = "province"
    COMMUNE = "commune"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may look; `commune` bounds a commune's role, and is empty for the others."""

    login: str
    role: Role
    commune: str = ""

    @property
    def sees_use(self) -> bool:
        """Whether what people use is theirs to see."""
        return self.role is not Role.TECHNICIAN


def add(province: Province, person: Person, now: int, password: str = "") -> str:
    """Add somebody, or give a known login a new role and password; ends what they had open.

    Args:
        province: the database.
        person: who.
        now: seconds since 1970.
        password: theirs; empty: one is made.

    Returns:
        The password.

    Raises:
        KioskError: a login or a password that will not do, or a commune's role without a commune.
    """
    _check(person, password)
    given = password or secrets.token_urlsafe(_GIVEN_BYTES)
    with province.transaction():
        province.run("DELETE FROM session WHERE login = ?", (person.login,))
        province.run("DELETE FROM knock WHERE login = ?", (person.login,))
        province.run(_ADD, (person.login, person.role.value, person.commune, _HASHER.hash(given), now))
    return given


_ADD = (
    "INSERT INTO person (login, role, commune, hash, made) VALUES (?, ?, ?, ?, ?) ON CONFLICT (login) DO UPDATE SET "
    "role = excluded.role, commune = excluded.commune, hash = excluded.hash, made = excluded.made"
)


def _check(person: Person, password: str) -> None:
    if not _LOGIN.fullmatch(person.login) or len(person.login) > LOGIN_MOST:
        raise KioskError(f"{person.login!r} is no login", hint="lower-case letters and digits, such as lan.nv")
    if (person.role is Role.COMMUNE) != bool(person.commune):
        raise KioskError("a commune's role, and no other, needs a commune", hint="--role commune --commune 'Bản Bo'")
    if password and not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        raise KioskError(f"a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters", hint="choose another")


def remove(province: Province, login: str) -> bool:
    """Take somebody's right away, and end what they had open; False: nobody bears that login."""
    with province.transaction():
        province.run("DELETE FROM session WHERE login = ?", (login,))
        return province.run("DELETE FROM person WHERE login = ?", (login,)) > 0


def everybody(province: Province) -> list[Person]:
    """All who may look, by login."""
    rows = province.rows("SELECT login, role, commune FROM person ORDER BY login")
    return [Person(login, Role(role), commune) for login, role, commune in rows]


def known(province: Province, login: str) -> tuple[Person, str] | None:
    """Who bears a login, and the hash."""
    rows = province.rows("SELECT login, role, commune, hash FROM person WHERE login = ?", (login,))
    if not rows:
        return None
    ((login, role, commune, hashed),) = rows
    return Person(login, Role(role), commune), hashed


def fits(hashed: str | None, password: str) -> bool:
    """Whether a password is the one; without a hash it takes as long and is not."""
    with _AT_ONCE:
        try:
            _HASHER.verify(hashed or _NOBODY, password[: PASSWORD_MOST + 1])
        except argon2.exceptions.VerificationError:
            return False
    return hashed is not None
