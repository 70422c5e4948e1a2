"""Asking phones for the time: a nonce is one question to one station, good for one answer within a minute."""

import re
import secrets
from contextlib import suppress
from typing import NamedTuple

import peewee

from kiosk.live.store import LiveStore

NONCE_SECONDS = 60
VOTES_MOST = 400  # of an epoch: more phones know no better, and memory has bounds
_NONCE_BYTES = 6
# What a page sends back: the nonce, and behind it the milliseconds since 1970 that the phone believes; by its length
# told apart from the milliseconds alone, which a page sends that was not asked.
_ANSWER = re.compile(r"(?P<nonce>[0-9a-f]{12})(?P<millis>[0-9]{9,15})", re.ASCII)


class Answer(NamedTuple):
    """What a page that was asked sends back: the nonce, and seconds since 1970."""

    nonce: str
    wall: int


def parse(text: str) -> Answer | None:
    """An answer; None for what cannot be one."""
    found = _ANSWER.fullmatch(text)
    return Answer(found["nonce"], int(found["millis"]) // 1000) if found else None


def ask(store: LiveStore, epoch: str, station: str, now: int) -> str:
    """A nonce for a page that this station is sent; empty when it has voted, or nothing more is wanted.

    Args:
        store: the open state.db.
        epoch: the epoch of now; votes are about its clock.
        station: its key.
        now: uptime.
    """
    nonce, vote = store.tables.nonce, store.tables.vote
    with suppress(peewee.OperationalError):
        own = vote.select().where(vote.epoch == epoch)
        if own.where(vote.station == station).exists() or own.count() >= VOTES_MOST:
            return ""  # without the write lock: so it is for every page after a phone's first ones
        fresh = secrets.token_hex(_NONCE_BYTES)
        with store.transaction():
            nonce.delete().where((nonce.station == station) | (nonce.issued < now - NONCE_SECONDS)).execute()
            nonce.insert(value=fresh, station=station, issued=now).execute()
        return fresh
    return ""  # the lock is held, or memory is full: another page may ask


def hear(store: LiveStore, epoch: str, station: str, answer: Answer, now: int) -> bool:
    """Take an answer; whether it was a vote: its nonce was this station's, fresh and not used.

    Args:
        store: the open state.db.
        epoch: the epoch of now.
        station: the key of who answers.
        answer: what the page sent.
        now: uptime.
    """
    nonce, vote = store.tables.nonce, store.tables.vote
    with suppress(peewee.OperationalError), store.transaction():
        mine = (nonce.value == answer.nonce) & (nonce.station == station) & (nonce.issued >= now - NONCE_SECONDS)
        if not nonce.delete().where(mine).execute():
            return False
        row = vote.insert(epoch=epoch, station=station, wall=answer.wall, uptime=now)
        return bool(row.on_conflict_ignore().as_rowcount().execute())
    return False
