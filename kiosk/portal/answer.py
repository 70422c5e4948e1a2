"""What the portal answers to a captured request: a redirect, or to a released station what its system wants to hear."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import msgspec

from kiosk.portal import probes

NO_STORE = ("Cache-Control", "no-store")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that reached the box.

    Attributes:
        captured: whether it was meant for somebody else: sent to the capture address, or for a host that is not ours.
        host: the Host header.
        path: without the query.
        agent: the User-Agent header; it decides and is never kept.
        released: tells whether the station that asks has been let out of the sheet. Called only where it matters, so
            the many requests that are no probe at all cost no look at the station.
    """

    captured: bool
    host: str
    path: str
    agent: str
    released: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


def answer(asked: Asked, portal: str) -> Answer | None:
    """The answer to a captured request; None for one that was meant for us, which gets pages.

    Args:
        asked: the request.
        portal: the address of the portal, where every redirect leads ("10.87.0.1").
    """
    if not asked.captured:
        return None
    probe = probes.find(asked.host, asked.path)
    return _own(probe) if probe and probe.for_agent(asked.agent) and asked.released() else redirect(portal)


@cache
def redirect(portal: str) -> Answer:
    """The one answer to everything else, made once: to the portal."""
    return Answer(302, (("Location", f"http://{portal}/"), NO_STORE))


def captive_api(host: str, *, released: bool) -> Answer:
    """The answer of RFC 8908; only for sites whose certificate phones trust.

    Args:
        host: the name in that certificate.
        released: whether the station that asks has been let out of the sheet.
    """
    body = msgspec.json.encode({"captive": not released, "user-portal-url": f"https://{host}/"})
    return Answer(200, (("Content-Type", "application/captive+json"), NO_STORE), body)


@cache
def _own(probe: probes.Probe) -> Answer:
    kind = (("Content-Type", probe.type),) if probe.type else ()
    return Answer(probe.status, (*kind, *probe.headers, NO_STORE), probe.body.encode("ascii"))
