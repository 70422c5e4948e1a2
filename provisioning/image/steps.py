"""The recipe of a card: what is made in which order, and from what."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Final

from provisioning import card
from provisioning.card import Manifest
from provisioning.image import boot, debian, disk, interpreter, modules, packages, papers, system, wheels
from provisioning.image.lock import Pin
from provisioning.image.packages import Choice
from provisioning.image.recipe import Step, keys
from provisioning.site_config import parse

SYSTEM: Final = "system.squashfs"
_BOOT: Final = "boot.vfat"
_STATUS: Final = "status"
_MODELS: Final = "models"
_FILES: Final = "boot"
# Younger files are dated so in what is only a step of the way; the image dates them all alike.
_EARLY: Final = 1735689600
_BEFORE: Final = ("debian", "python", "wheels", "own")


@dataclass(frozen=True)
class Order:
    """An image that is wanted.

    Attributes:
        choice: of Debian's packages.
        touchscreen: whether the window's programs are in it.
        source: the checkout.
        packs: the built packs of lessons.
        day: seconds since 1970; no byte of the image is younger.
        update: any word; another one takes Debian's packages anew.
        trial: an image to try: packed fast, and not as one file to hand on.
    """

    choice: Choice
    touchscreen: bool
    source: Path
    packs: tuple[Path, ...]
    day: int
    update: str = ""
    trial: bool = False

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The recipe."""
        choice, own = self.choice, self.source / "provisioning" / "image"
        units = wheels.digest(system.beside(self.source), self.source)
        inside = wheels.digest(iter(self.packs), self.packs[0].parent) if self.packs else ""
        tree = (str(choice.archive), *choice.components, *choice.sources, *choice.packages, "", *choice.kernel)
        written, compiler = (wheels.digest(iter((own / name,)), own) for name in ("debian.py", "interpreter.py"))
        pins = tuple(pin.text for pin in self._pins)
        code = wheels.digest(wheels.files(self.source), self.source)
        return (
            Step("debian", self._debian, (*tree, choice.suite, self.update, written)),
            Step("python", self._python, (str(choice.archive), *choice.sources, choice.suite, choice.python, compiler)),
            Step("wheels", self._wheels, (choice.python, *pins)),
            Step("own", self._own, (code,)),
            Step("system", self._system, (units, inside, str(self.day), *self._kind), _BEFORE),
            Step("disk", self._disk, (), ("debian", "system")),
        )

    @cached_property
    def id(self) -> str:
        """The image's id: the same inputs have the same."""
        kind = "cham" if self.touchscreen else "thu" if self.trial else "loa"
        date = datetime.fromtimestamp(self.day, UTC).strftime("%Y%m%d")
        return f"domdom-{self.choice.suite}-{kind}-{date}-{keys(self.steps)['system'][:8]}"

    @property
    def _kind(self) -> tuple[str, ...]:
        return ("trial",) if self.trial else ()

    @cached_property
    def _pins(self) -> list[Pin]:
        return wheels.pins(self.source)

    def _debian(self, out: Path, _: Mapping[str, Path]) -> None:
        debian.make(self.choice, _EARLY, out)

    def _python(self, out: Path, _: Mapping[str, Path]) -> None:
        interpreter.make(self.choice, out)

    def _wheels(self, out: Path, _: Mapping[str, Path]) -> None:
        wheels.download(self._pins, self.choice.python, out)

    def _own(self, out: Path, _: Mapping[str, Path]) -> None:
        wheels.own(self.source, _EARLY, out)

    def _system(self, out: Path, before: Mapping[str, Path]) -> None:
        tree = out / "tree"
        leave = packages.table().leave
        debian.unpack(before["debian"], tree)
        system.prune_modules(tree, leave)
        (out / _FILES).mkdir()
        for name, data in self._boot(tree).items():
            (out / _FILES / name).write_bytes(data)
        shutil.copyfile(tree / "var/lib/dpkg/status", out / _STATUS)
        (out / _MODELS).write_text("\n".join(_models(tree)), encoding="ascii")
        system.prune(tree, leave)
        found = [*before["wheels"].glob("*.whl"), *before["own"].glob("*.whl")]
        system.house(tree, source=self.source, wheels=sorted(found), packs=self.packs, python=self.choice.python)
        compiled = (system.HOUSE + "/lib", f"usr/lib/python{self.choice.python}")
        interpreter.compile_all(before["python"], tree, self.choice.python, compiled)
        system.ready(tree, self.packs)
        text = resources.files("provisioning").joinpath("nameless.toml").read_text(encoding="utf-8")
        masked = leave.units if self.touchscreen else (*leave.units, *leave.windowless)
        system.settle(tree, parse(text), self.id, masked)
        disk.squash(tree, self.day, out / SYSTEM, fast=self.trial)
        shutil.rmtree(tree)

    def _boot(self, tree: Path) -> dict[str, bytes]:
        """The files of the boot partition, but for those that name the image."""
        (folder,) = (tree / "usr/lib/modules").iterdir()
        (kernel,) = (tree / "boot").glob("vmlinuz-*")
        trees = sorted((tree / "usr/lib").glob("linux-image-*/broadcom/bcm2[78]*.dtb"))
        plain = {path.name: path.read_bytes() for path in (*boot.firmware(tree / "usr/lib/raspi-firmware"), *trees)}
        first = boot.first_memory((tree / "usr/bin/busybox").read_bytes(), boot.read_modules(folder))
        return {**plain, boot.KERNEL: kernel.read_bytes(), boot.MEMORY: first, "config.txt": boot.config().encode()}

    def _disk(self, out: Path, before: Mapping[str, Path]) -> None:
        made = before["system"]
        files = {path.name: path.read_bytes() for path in sorted((made / _FILES).iterdir())}
        files["cmdline.txt"] = boot.command_line(self.id).encode()
        image = out / f"{self.id}.img"
        with tempfile.TemporaryDirectory(dir=out) as folder:
            disk.boot(files, self.day, Path(folder) / _BOOT)
            disk.assemble(Path(folder) / _BOOT, made / SYSTEM, int(keys(self.steps)["system"][:8], 16), image)
        if not self.trial:
            disk.pack(image, image.with_suffix(".img.xz"))
        self._papers(image, made, before["debian"])

    def _papers(self, image: Path, made: Path, kernel: Path) -> None:
        parts = papers.installed((made / _STATUS).read_text(encoding="utf-8"))
        parts += papers.unpacked(path.name for path in debian.kernel(kernel))
        sha256 = papers.digest(image)
        manifest = Manifest(
            id=self.id,
            suite=self.choice.suite,
            day=datetime.fromtimestamp(self.day, UTC).strftime("%Y-%m-%d"),
            touchscreen=self.touchscreen,
            models=tuple((made / _MODELS).read_text(encoding="ascii").split()),
            size=image.stat().st_size,
            sha256=sha256,
            packages=len(parts),
        )
        image.with_suffix(".json").write_text(card.render(manifest), encoding="utf-8")
        bill = papers.spdx(self.id, self.day, [*parts, *papers.wheels(self._pins)], sha256)
        image.with_suffix(".spdx.json").write_text(bill, encoding="utf-8")
        names = sorted(path for path in image.parent.iterdir() if path != image)
        image.with_suffix(".sha256").write_text(papers.checksums(names), encoding="utf-8")


def _models(tree: Path) -> tuple[str, ...]:
    """The boards that the kernel and the firmware of a tree run on."""
    (folder,) = (tree / "usr/lib/modules").iterdir()
    firmware = tree / "usr/lib/firmware"
    return packages.models(
        trees={path.name for path in (tree / "usr/lib").glob("linux-image-*/broadcom/*.dtb")},
        drivers=modules.known(*boot.read_kernel(folder)),
        firmware={path.relative_to(firmware).as_posix() for path in firmware.rglob("*")},
    )
