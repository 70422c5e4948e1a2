"""Tokens: what lets a site's devices add events, and nothing else."""

import hashlib
import re
import secrets

from kiosk.collector.province import Province
from kiosk.errors import KioskError

_SITE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SITE_MOST = 60
_BYTES = 24


class RefusedError(KioskError):
    """A token that opens nothing; `revoked` when it once did."""

    def __init__(self, message: str, *, revoked: bool) -> None:
        super().__init__(message)
        self.revoked = revoked


def issue(province: Province, site: str, name: str, now: int) -> str:
    """A new token for a site, which is made when it is new; only its digest is kept.

    Raises:
        KioskError: the site's id is none.
    """
    if not is_site(site):
        raise KioskError(f"{site!r} is not a site's id", hint="lower-case letters, digits and hyphens, such as ban-ho")
    token = secrets.token_urlsafe(_BYTES)
    tables = province.tables
    with province.transaction():
        tables.site.insert(site=site, name=name or site).on_conflict_ignore().execute()
        if name:
            tables.site.update(name=name).where(tables.site.site == site).execute()
        tables.token.insert(sha256=_digest(token), site=site, made=now, revoked=False).execute()
    return token


def is_site(text: str) -> bool:
    """Whether a text can be a site's id."""
    return len(text) <= _SITE_MOST and _SITE.fullmatch(text) is not None


def revoke(province: Province, site: str) -> int:
    """Take every token of a site back; how many were in use."""
    table = province.tables.token
    count: int = table.update(revoked=True).where((table.site == site) & ~table.revoked).execute()
    return count


def site_of(province: Province, token: str) -> str:
    """The site that a token speaks for.

    Raises:
        RefusedError: nobody issued it, or it was taken back.
    """
    found = province.rows("SELECT site, revoked FROM token WHERE sha256 = ?", (_digest(token),))
    if not found:
        raise RefusedError("this token is not known here", revoked=False)
    site, revoked = found[0]
    if revoked:
        raise RefusedError("this token was taken back", revoked=True)
    return str(site)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
