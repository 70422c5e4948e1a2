"""A box in a folder, whose power can be cut at any act of its hands or its card."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from kiosk.process import Result
from provisioning import card
from provisioning.first_boot.hands import Hands
from provisioning.first_boot.steps import IMAGE
from provisioning.mbr import Partition, Table
from provisioning.render import render
from provisioning.site_config import parse

SERIAL = "10000000abcdef01"
SIZE = 16_000_000_000


class PowerCutError(BaseException):
    """The plug is pulled: nothing catches it."""


@dataclass
class Plug:
    """Counts acts, and pulls the plug before the given one."""

    at: int = -1
    acts: list[str] = field(default_factory=list)

    def act(self, what: str) -> None:
        if len(self.acts) == self.at:
            raise PowerCutError
        self.acts.append(what)


class TestHands(Hands):
    """Hands in a folder, without root: who owns what is remembered."""

    __test__ = False

    def __init__(self, root: Path, plug: Plug) -> None:
        super().__init__(root)
        self.plug = plug
        self.owned: dict[str, str] = {}
        self.ran: list[str] = []

    def write(self, path: str, data: bytes, *, mode: int = 0o644, group: str = "root") -> None:
        target = self.at(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_name(f".{target.name}.new").write_bytes(data[: len(data) // 2])
        self.plug.act(f"write {path}")
        super().write(path, data, mode=mode, group=group)

    def remove(self, path: str) -> None:
        self.plug.act(f"remove {path}")
        super().remove(path)

    def move(self, path: str, target: str) -> None:
        self.plug.act(f"move {path}")
        super().move(path, target)

    def copy(self, path: str, target: str) -> None:
        draft = self.at(target).with_name(f".{Path(target).name}.new")
        draft.mkdir(parents=True, exist_ok=True)
        (draft / "half").write_text("half")
        self.plug.act(f"copy {path}")
        super().copy(path, target)

    def own(self, path: Path, group: str) -> None:
        self.owned[path.relative_to(self.root).as_posix()] = group

    def give(self, path: Path, user: str) -> None:
        self.plug.act(f"give {path.name}")
        self.owned[path.relative_to(self.root).as_posix()] = user

    def run(self, words: Sequence[str], *, check: bool = True) -> Result:
        self.plug.act(words[0])
        if words[0] == "cp":
            return super().run(words, check=check)
        self.ran.append(" ".join(words))
        return Result(0, b"", b"")


@dataclass
class TestDisk:
    """A card: areas with a file system, each either good or beyond help."""

    __test__ = False

    plug: Plug
    text: bytes | None = None
    size: int = SIZE
    entries: Table = field(default_factory=lambda: card.table(7))
    good: set[Partition] = field(default_factory=set)
    writable: bool = True
    mounted: Partition | str | None = None

    def site(self) -> bytes | None:
        return self.text

    def table(self) -> Table:
        return self.entries

    def enter(self, table: Table) -> None:
        self.plug.act("enter")
        self.entries = table

    def make(self, area: Partition) -> None:
        self.good.discard(area)
        self.plug.act("make")
        if not self.writable:
            raise OSError(5, "Input/output error")
        self.good.add(area)

    def mount(self, area: Partition) -> bool:
        self.plug.act("mount")
        self.mounted = area if area in self.good else None
        return self.mounted is not None

    def mount_memory(self) -> None:
        self.plug.act("mount memory")
        self.mounted = "memory"


def image(root: Path) -> None:
    """The system as the image brings it, in memory: what a start finds of it."""
    for name in ("etc", "run", "proc", "opt", "usr"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / IMAGE).parent.mkdir(parents=True)
    (root / IMAGE).write_text("i1")
    nameless = resources.files("provisioning").joinpath("nameless.toml").read_text(encoding="utf-8")
    for path, each in render(parse(nameless)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(each.text, encoding="utf-8")
    (root / "proc/device-tree").mkdir(parents=True)
    (root / "proc/device-tree/serial-number").write_bytes(SERIAL.encode() + b"\0")
    ready = root / "opt/kiosk/ready"
    (ready / "packs/objects").mkdir(parents=True)
    (ready / "packs/objects/abc").write_text("a sound")
    (ready / "generations/g1/m").mkdir(parents=True)
    os.link(ready / "packs/objects/abc", ready / "generations/g1/m/abc")
    (ready / "current").symlink_to("generations/g1")
    (root / "var/lib/kiosk").mkdir(parents=True, exist_ok=True)


def seen(root: Path) -> dict[str, str]:
    """Everything that lasts or is read by a daemon: path -> content."""
    return {
        path.relative_to(root).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes().hex()
        for name in ("etc", "var")
        for path in (root / name).rglob("*")
        if path.is_symlink() or path.is_file()
    }
