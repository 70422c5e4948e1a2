"""A record store over HTTP: statements go in; what it answers becomes what is done, what is unwanted, or a wait."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec
import urllib3

from kiosk.collector.xapi.statement import Statement
from kiosk.errors import KioskError

_TIMEOUT = urllib3.Timeout(connect=10, read=60)
_TAKEN = (200, 204)
_CULPRIT_INSIDE = (400, 409, 413, 422)  # a store that minds one statement refuses them all
_NOT_LET_IN = (401, 403)
_HELD = 409
_SAID_MOST = 200
_WAIT_MOST = 3600


class NotNowError(Exception):
    """The store cannot be reached or is busy; `wait`: the seconds that it asked for, 0 when it did not say."""

    def __init__(self, wait: int = 0) -> None:
        super().__init__(f"not now, {wait} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A statement's place among those that were sent, and why the store would not take it."""

    place: int
    reason: str


class Store:
    """A record store's address and one's right to write there."""

    def __init__(self, url: str, user: str, password: str) -> None:
        """Hold it.

        Raises:
            KioskError: the address is none of http or https.
        """
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise KioskError(f"{url} is no record store's address", hint="https://lrs.example/xAPI")
        self.name = url.rstrip("/")
        secret = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {
            "Authorization": f"Basic {secret}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.3",
        }
        self._pool = urllib3.PoolManager(retries=False, timeout=_TIMEOUT)

    def put(self, statements: Sequence[Statement]) -> list[Unwanted]:
        """Send statements; what the store will never take is returned, everything else is held there.

        Which ids it answers with says nothing: of known ones some stores are silent. A batch that it refuses is halved
        until the culprit stands alone.

        Raises:
            NotNowError: nothing can be said of any of them; send them again later.
            KioskError: the store does not let us in.
        """
        return list(self._put(statements, 0))

    def _put(self, statements: Sequence[Statement], first: int) -> Iterator[Unwanted]:
        if not statements:
            return
        status, said = self._post(statements)
        if status in _TAKEN:
            return
        if len(statements) == 1:
            # Held in another form: it was sent before its epoch's time became better, and is not changed.
            yield Unwanted(first, "held in an earlier form" if status == _HELD else f"{status}: {said}")
            return
        half = len(statements) // 2
        yield from self._put(statements[:half], first)
        yield from self._put(statements[half:], first + half)

    def _post(self, statements: Sequence[Statement]) -> tuple[int, str]:
        body = msgspec.json.encode(list(statements))
        try:
            answer = self._pool.request(
                "POST", f"{self.name}/statements", body=body, headers=self._headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as failed:
            raise NotNowError from failed
        if answer.status in _NOT_LET_IN:
            raise KioskError(f"the record store does not let us in ({answer.status})", hint="check user and password")
        if answer.status not in (*_TAKEN, *_CULPRIT_INSIDE):
            raise NotNowError(_seconds(answer.headers.get("Retry-After", "")))
        return answer.status, answer.data[:_SAID_MOST].decode("utf-8", "replace")


def _seconds(text: str) -> int:
    return min(int(text), _WAIT_MOST) if text.isdecimal() else 0
