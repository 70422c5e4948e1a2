"""A line of the view log: how nginx writes it, how it is parsed and printed, which requests it is for.

nginx writes a line for each card, page of help or sound that it sent, from variables that maps compute: no raw URI, no
query, no address, no agent. A sound is one play "once per station, file and ten minutes", but nginx's only word for a
station is its address. So the line bears a *token*: four hex digits that `split_clients` draws from a hash of address,
salt and day. The salt is made at boot and lives in memory, the recorder forgets tokens after ten minutes and writes
none to the card, and a token returns to no address without the salt. The serial of the connection was the other
candidate: it tells nothing of the station, but phones open a new connection for nearly every playback, so it joins
nothing.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from kiosk.errors import KioskError
from kiosk.events.event import Event, make

PLAY_AGAIN_SECONDS = 600  # the same station's same sound within this time is the same play
SHOWN_AGAIN_SECONDS = 3600  # and the portal's first page within this time the same visit to it
UNKNOWN_SYSTEM = "other"


class What(StrEnum):
    """What was sent."""

    CARD = "card"
    SOUND = "sound"
    HELP = "help"
    PORTAL = "portal"


class Part(StrEnum):
    """Which part of it was sent.

    `probe` is the first byte or two, by which iPhones ask whether ranges are understood; it is no play.
    """

    ALL = "all"
    START = "start"
    PROBE = "probe"
    REST = "rest"


class Line(msgspec.Struct, frozen=True, gc=False):
    """One thing sent.

    Attributes:
        what: card, sound, page of help, or the portal's first page.
        name: `pack/lesson/card`, the sound's 16 hex digits, the page's name, or the system that was shown the portal.
        lang: language of the page; empty for a sound, and for the page whose short address means the first language.
        status: 200 or 206.
        part: which part of it.
        wall: seconds since 1970 as the system believed, to the millisecond; it may jump.
        where: `phone` or `touchscreen`.
        station: token of the station, 4 hex digits; empty when nobody can tell.
    """

    what: What
    name: str
    lang: str
    status: int
    part: Part
    wall: float
    where: str
    station: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a view or a play by itself: a whole page, or a sound from its start and longer than a probe."""
        return self.part in _BEGINS and (self.what is What.SOUND or self.status == _OK)


_OK = 200
_BEGINS: Final = frozenset({Part.ALL, Part.START})
_SLUG = "[a-z0-9][a-z0-9-]{0,38}"  # three of them and two slashes fit a name of 120 characters
_LANG = "[a-z]{2,3}"
_SOUND = "[0-9a-f]{16}"

# What a path is, with its name and language as groups; PCRE and Python read these alike.
_PATHS = (
    (
        What.CARD,
        f"/bai/(?P<name>{_SLUG}/{_SLUG}/{_SLUG})\\.(?P<lang>{_LANG})\\.html?",
    ),  # whole, or from inside: see pages.addresses.inside
    (What.SOUND, f"/m/(?P<name>{_SOUND})\\.mp3"),
    # Asked for as /help, sent from help.html: either may be what the server has in hand when it writes the line.
    (What.HELP, "/(?P<name>help)(?:\\.html)?"),
    (What.HELP, f"/(?P<name>help)\\.(?P<lang>{_LANG})\\.html"),
)
_HOME = "/(?:index\\.html)?"  # the portal's first page; its name is that of the system that asks
_STATUSES = {What.CARD: "200", What.SOUND: "20[06]", What.HELP: "200", What.PORTAL: "200"}
_PARTS = {
    Part.ALL: "200 .*",
    Part.PROBE: "206 bytes 0-[01]/.*",
    Part.START: "206 bytes 0-.*",
}  # in this order; anything else is `rest`

NGINX_FORMAT = (
    "$kiosk_sent $status $kiosk_part $msec $kiosk_where $kiosk_token_1$kiosk_token_2$kiosk_token_3$kiosk_token_4"
)


def _map(source: str, target: str, default: str, rows: list[tuple[str, str]]) -> str:
    body = "".join(f'    "~^{pattern}\\z" "{value}";\n' for pattern, value in rows)
    return f'map "{source}" {target} {{\n    default {default};\n{body}}}\n'


def _token(place: int) -> str:
    # Sixteen parts of 6.25% are one hex digit; four blocks of them, each with its own prefix, are 65,536 tokens.
    body = "".join(f"    6.25% {digit:x};\n" for digit in range(16))
    return f'split_clients "{place} $remote_addr $kiosk_day $kiosk_salt" $kiosk_token_{place} {{\n{body}}}\n'


def _sent(what: What, path: str) -> tuple[str, str]:
    """For which requests a line begins so; each path is matched once, and its groups are the line's own words."""
    lang = "$kiosk_lang" if "?P<lang>" in path else "-"
    return f"GET {_STATUSES[what]} {path.replace('?P<', '?<kiosk_')}", f"{what} $kiosk_name {lang}"


NGINX_MAPS = "".join([
    _map("$request_method $status $uri", "$kiosk_sent", '""', [
        *(_sent(what, path) for what, path in _PATHS),
        (f"GET {_STATUSES[What.PORTAL]} {_HOME}", f"{What.PORTAL} $kiosk_system -"),
    ]),
    _map("$status $sent_http_content_range", "$kiosk_part", Part.REST.value, [
        (pattern, part.value) for part, pattern in _PARTS.items()
    ]),
    _map("$server_addr", "$kiosk_where", "phone", [(r"(?:127\.0\.0\.1|unix:.*)", "touchscreen")]),
    _map("$time_iso8601", "$kiosk_day", '""', [("(?<kiosk_date>[0-9-]+)T.*", "$kiosk_date")]),
    *(_token(place) for place in range(1, 5)),
])  # fmt: skip
"""The maps that compute the line's variables; they belong into nginx's `http` block, beside `nginx_salt`.

The log is `log_format kiosk '<NGINX_FORMAT>'; access_log <file> kiosk if=$kiosk_sent;`. The touchscreen is served on
127.0.0.1 or a Unix socket, phones on any other address.
"""


def nginx_systems(families: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The map that tells a system by words of its agent, which is kept nowhere; it belongs beside `NGINX_MAPS`.

    Args:
        families: system and words, the first that fits counts.
    """
    rows = [(f".*{re.escape(word)}.*", system) for system, words in families for word in words]
    return _map("$http_user_agent", "$kiosk_system", UNKNOWN_SYSTEM, rows)


def nginx_salt(salt: str) -> str:
    """The block that gives nginx its salt, hex, new at each boot and kept in memory only."""
    if not re.fullmatch("[0-9a-f]{16,64}", salt):
        raise KioskError("the salt is not 16 to 64 hex digits")
    return f'map "" $kiosk_salt {{\n    default {salt};\n}}\n'


_REQUESTS = tuple((what, re.compile(path)) for what, path in _PATHS)
_SENT = {part: re.compile(pattern, re.DOTALL) for part, pattern in _PARTS.items()}
# The recorder parses every line: looking a word up takes a tenth of asking the enumeration for it.
_WHAT = {what.value: what for what in What}
_PART = {part.value: part for part in Part}
_WHATS = "|".join(What)
_LINE = re.compile(
    rf"(?P<what>{_WHATS}) (?P<name>[a-z0-9/-]{{1,119}}) (?P<lang>-|{_LANG}) (?P<status>200|206) "
    rf"(?P<part>{'|'.join(Part)}) (?P<wall>[0-9]{{1,12}}\.[0-9]{{3}}) (?P<where>phone|touchscreen) "
    r"(?P<station>-|[0-9a-f]{4})",
)


def parse(text: str) -> Line | None:
    """The line, without its line feed; None when it is not one, as after a crash in the middle of writing."""
    found = _LINE.fullmatch(text)
    if not found:
        return None
    what, name, lang, status, part, wall, where, station = found.groups()
    return Line(
        what=_WHAT[what],
        name=name,
        lang="" if lang == "-" else lang,
        status=int(status),
        part=_PART[part],
        wall=float(wall),
        where=where,
        station="" if station == "-" else station,
    )


def print_line(line: Line) -> str:
    """The line as nginx would write it, without a line feed; `parse` reads it back."""
    return (
        f"{line.what.value} {line.name} {line.lang or '-'} {line.status} {line.part.value} {line.wall:.3f} "
        f"{line.where} {line.station or '-'}"
    )


def of_request(
    path: str,
    *,
    status: int,
    wall: float,
    where: str,
    content_range: str = "",
    method: str = "GET",
    station: str = "",
    system: str = UNKNOWN_SYSTEM,
) -> Line | None:
    """The line for a request that was answered; None for what is not counted. Decides as nginx's maps do.

    Args:
        path: the path, percent-decoded, without the query.
        status: of the answer.
        wall: seconds since 1970.
        where: `phone` or `touchscreen`.
        content_range: the *answer's* Content-Range: what was sent counts, not what was asked for.
        method: of the request.
        station: token of the station, 4 hex digits, or empty.
        system: family of systems that the asking one belongs to.
    """
    plain = _normal(path)
    if method == "GET" and status == _OK and re.fullmatch(_HOME, plain):
        return Line(What.PORTAL, system, "", status, _part(status, content_range), wall, where, station)
    for what, pattern in _REQUESTS:
        found = pattern.fullmatch(plain)
        if found and method == "GET" and re.fullmatch(_STATUSES[what], str(status)):
            lang = found.groupdict().get("lang", "")
            return Line(what, found["name"], lang, status, _part(status, content_range), wall, where, station)
    return None


def to_event(line: Line, at: int, depth: int = 0) -> Event | None:
    """The event that the line is, at that uptime; None when it does not count. What repeats itself is the caller's.

    Args:
        line: what was sent.
        at: uptime.
        depth: how many different cards of its lesson the station has opened with this one; 0 when nobody can tell
            or it opens the card again.
    """
    if not line.counts:
        return None
    if line.what is What.CARD:
        return make("view", at, card=line.name, lang=line.lang, where=line.where, depth=depth or None)
    if line.what is What.HELP:
        return make("help", at, page=line.name)
    if line.what is What.PORTAL:
        return make("portal", at, system=line.name, what="shown") if line.where == "phone" else None
    return make("play", at, sound=line.name, where=line.where)


def _part(status: int, content_range: str) -> Part:
    sent = f"{status} {content_range}"
    return next((part for part, pattern in _SENT.items() if pattern.fullmatch(sent)), Part.REST)


def _normal(path: str) -> str:
    """The path as nginx's $uri has it: slashes merged, dots resolved."""
    steps: list[str] = []
    for step in re.split("/+", path)[1:]:
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/" + "/".join(steps)
