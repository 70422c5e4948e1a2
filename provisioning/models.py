"""The boards and USB radios that a technician may hold in the hand, read from models.toml."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import msgspec


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A board.

    Attributes:
        id: as a site file names it.
        name: as printed on the board.
        chip: of its radio; empty when it has none.
        stations: firmware ("stock", "minimal") -> phones that the radio holds as an access point.
        bands: "2.4" and "5", what the radio can send on.
        ethernet: whether it has a socket of its own.
        display: whether a touchscreen and its window run well on it.
        open_only: whether its radio fails as an access point with a key (firmware-nonfree#59).
        note: what a technician should know, Vietnamese.
        aliases: other ways to write its name, as `find` takes them.
        refused: why the image cannot run on it, Vietnamese; empty when it can.
    """

    id: str
    name: str
    chip: str = ""
    stations: dict[str, int] = {}
    bands: tuple[str, ...] = ()
    ethernet: bool = False
    display: bool = False
    open_only: bool = False
    note: str = ""
    aliases: tuple[str, ...] = ()
    refused: str = ""

    @property
    def image(self) -> bool:
        """Whether the image runs on it."""
        return not self.refused

    @property
    def most(self) -> int:
        """Phones held with the firmware that holds most."""
        return max(self.stations.values(), default=0)

    def holds(self, firmware: str) -> int:
        """Phones held with that firmware; with the one it has when it knows no such firmware."""
        return self.stations.get(firmware, self.stations.get("stock", 0))


class Adapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A USB radio: its driver, what stands on it, phones that it holds."""

    id: str
    name: str
    stations: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[Model, ...]
    adapter: tuple[Adapter, ...]


@cache
def _file() -> _File:
    text = resources.files("provisioning").joinpath("models.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=_File)


@cache
def models() -> Mapping[str, Model]:
    """Every known board by its id, in the file's order."""
    return MappingProxyType({row.id: row for row in _file().model})


@cache
def adapters() -> Mapping[str, Adapter]:
    """Every known USB radio by its driver."""
    return MappingProxyType({row.id: row for row in _file().adapter})


def find(text: str) -> Model | None:
    """The board that people write as "Pi 3B+", "raspberry pi 4 model b 4GB" or "pi-zero-2w"; None for no board."""
    wanted = _plain(text)
    for model in models().values():
        if wanted in {_plain(each) for each in (model.id, model.name, *model.aliases)}:
            return model
    return None


def _plain(text: str) -> str:
    """The letters and digits that tell boards apart."""
    lower = re.sub(r"\b\d+\s*[gm]b(?: ram)?\b|raspberry|model|\brpi|\bpi", " ", text.lower().replace("+", " plus"))
    return re.sub(r"[^a-z0-9]", "", lower)
