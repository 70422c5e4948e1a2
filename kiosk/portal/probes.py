"""The probes of phones and computers, read from probes.toml: who asks for what, and which answer means "online"."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import msgspec

from kiosk.errors import KioskError
from kiosk.events.line import UNKNOWN_SYSTEM


class Probe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table.

    Attributes:
        system: the word under which it is counted.
        client: which phones or programs, for people.
        hosts: the names it asks, lower case.
        paths: the paths it asks for.
        status: of the answer that means "online".
        type: media type of its body; empty without a body.
        body: its text, to the byte.
        headers: what it needs beside the usual ones.
        background: words of the agent that may get it; empty for any agent that is not a browser.
        anywhere: whether the path alone is enough.
    """

    system: str
    client: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    status: int
    type: str = ""
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    background: tuple[str, ...] = ()
    anywhere: bool = False

    def for_agent(self, agent: str) -> bool:
        """Whether this agent asks in the background; a sheet or a browser never does."""
        if not self.background:
            return not agent.startswith("Mozilla/")
        return any(word in agent for word in self.background)


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A host name that a system resolves and compares with a fixed address."""

    host: str
    address: str


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of an agent that tell its system."""

    system: str
    words: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of probes.toml."""

    probe: tuple[Probe, ...]
    name: tuple[Name, ...] = ()
    family: tuple[Family, ...] = ()


def parse_table(text: str) -> Table:
    """The table from the text of a probes.toml.

    Raises:
        KioskError: not TOML, an unknown key, or two rows for the same host and path.
    """
    try:
        table = msgspec.toml.decode(text, type=Table)
    except msgspec.MsgspecError as wrong:
        raise KioskError(f"probes.toml: {wrong}", hint="correct that row") from wrong
    pairs = [(host, path) for probe in table.probe for host in probe.hosts for path in probe.paths]
    pairs += [("any host", path) for probe in table.probe if probe.anywhere for path in probe.paths]
    twice = {pair for pair in pairs if pairs.count(pair) > 1}
    if twice:
        raise KioskError(f"probes.toml: two rows answer {'{}{}'.format(*min(twice))}", hint="remove one")
    return table


@cache
def table() -> Table:
    """The table that came with this release."""
    return parse_table(resources.files("kiosk.portal").joinpath("probes.toml").read_text(encoding="utf-8"))


def probes() -> tuple[Probe, ...]:
    """Every row, in the file's order."""
    return table().probe


def find(host: str, path: str) -> Probe | None:
    """The probe that a request is, or None.

    Args:
        host: the Host header as it came, in any case, with a port or without.
        path: without the query.
    """
    return _by_pair().get((bare(host), path)) or _by_path().get(path)


def bare(host: str) -> str:
    """The name of a Host header: lower case, without port and final dot."""
    host = host.strip().lower()
    if not host.startswith("["):
        host = host.partition(":")[0]
    return host.rstrip(".")


def families() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Systems and the words of an agent that tell them; the first that fits counts."""
    return tuple((family.system, family.words) for family in table().family)


def system_of(agent: str) -> str:
    """The family of systems that an agent belongs to; `other` when nothing tells."""
    for family in table().family:
        if any(word in agent for word in family.words):
            return family.system
    return UNKNOWN_SYSTEM


@cache
def _by_pair() -> Mapping[tuple[str, str], Probe]:
    return MappingProxyType({(host, path): row for row in probes() for host in row.hosts for path in row.paths})


@cache
def _by_path() -> Mapping[str, Probe]:
    return MappingProxyType({path: row for row in probes() if row.anywhere for path in row.paths})
