"""The card's own system: Debian's tree without what nobody needs, the kernel's modules, our programs, packs and units.

It works on a tree in a folder, as root: owners and rights are those of the card.
"""

import fnmatch
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Final

from kiosk.process import run
from provisioning.image.packages import Leave
from provisioning.image.wheels import install
from provisioning.render import COMPILED, compile_to, render
from provisioning.site_config import SiteConfig
from provisioning.tree import Rendered

HOUSE: Final = "opt/kiosk"
READY: Final = "opt/kiosk/ready"
IMAGE: Final = "usr/lib/domdom/image"
_PAGE: Final = "docs/architecture.md"
_PRESETS: Final = "usr/lib/systemd/system-preset"


def prune(tree: Path, leave: Leave) -> None:
    """Take away what stays off the card of Debian's tree and of firmware."""
    for pattern in leave.tree:
        _remove(tree.glob(pattern))
    firmware = tree / "usr/lib/firmware"
    files = [path for path in firmware.rglob("*") if not path.is_dir() or path.is_symlink()]
    wanted = {path for path in files if _any(path.relative_to(firmware).as_posix(), leave.firmware)}
    _remove(path for path in files if path not in wanted | _led_to(wanted, firmware))


def prune_modules(tree: Path, leave: Leave) -> None:
    """Take away the kernel's modules that stay off the card, and list what is left."""
    (folder,) = (tree / "usr/lib/modules").iterdir()
    for pattern in leave.modules:
        _remove((folder / "kernel").glob(pattern))
    run(["depmod", "-b", tree, folder.name])


def beside(source: Path) -> Iterator[Path]:
    """The files of the checkout that go to the card as they are: units, and the page that units name."""
    yield from sorted((source / "systemd").iterdir())
    yield source / _PAGE


def house(tree: Path, *, source: Path, wheels: Sequence[Path], packs: Sequence[Path], python: str) -> None:
    """Put our programs under /opt/kiosk, with their libraries, units and packs."""
    place = tree / HOUSE
    library, units = place / "lib", tree / "usr/lib/systemd/system"
    for folder in (place / "bin", place / "packs", place / "docs", library):
        folder.mkdir(parents=True, exist_ok=True)
    install(wheels, python, library)
    _remove(library.glob("bin"))
    compile_to(library / COMPILED.relative_to(COMPILED.parents[1]))
    interpreter = tree / "usr/bin/python3"
    if not interpreter.is_symlink():  # it comes with a package whose own work takes a minute under emulation
        interpreter.symlink_to(f"python{python}")
    for program in ("kiosk", "provision"):
        text = resources.files("provisioning.image").joinpath("files", program).read_text(encoding="utf-8")
        _file(place / "bin" / program, text, 0o755)
    for pack in packs:
        shutil.copyfile(pack, place / "packs" / pack.name)
    shutil.copyfile(source / _PAGE, place / _PAGE)
    for unit in sorted((source / "systemd").iterdir()):
        if unit.suffix not in {".preset", ".sysusers"}:
            shutil.copyfile(unit, units / unit.name)
    for name, kind in (("sysusers", "sysusers.d"), ("preset", "system-preset")):
        folder = tree / ("usr/lib/sysusers.d" if name == "sysusers" else _PRESETS)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(
            source / "systemd" / f"kiosk.{name}", folder / f"50-kiosk.{'conf' if kind == 'sysusers.d' else name}"
        )


def ready(tree: Path, packs: Sequence[Path]) -> None:
    """Packs installed and pages published for a house that has no name yet: what a first start shows at once."""
    data = tree / READY
    with tempfile.TemporaryDirectory() as memory:
        places = {"KIOSK_DATA": str(data), "KIOSK_RUN": memory}
        run([sys.executable, "-m", "kiosk", "pack", "install", *packs], env=places, timeout=600)
        run([sys.executable, "-m", "kiosk", "publish"], env=places, timeout=600)


def settle(tree: Path, config: SiteConfig, image: str, masked: Sequence[str]) -> None:
    """Users, what starts by itself and what never does, and the files that a card has before it knows its site."""
    run(["systemd-sysusers", f"--root={tree}"])
    _shared(tree / READY / "packs", _groups((tree / "etc/group").read_text(encoding="utf-8"))["kiosk-pages"])
    _file(tree / _PRESETS / "99-nothing-else.preset", "disable *\n")
    for name in masked:
        link = tree / "etc/systemd/system" / name
        link.unlink(missing_ok=True)
        link.symlink_to("/dev/null")
    lay(tree, render(config))
    for wants in (tree / "etc/systemd/system").glob("*.wants"):
        shutil.rmtree(wants)
    run(["systemctl", f"--root={tree}", "preset-all", "--preset-mode=enable-only"])
    _file(tree / IMAGE, image)
    _file(tree / "etc/machine-id", "")
    link = tree / "etc/resolv.conf"
    link.unlink(missing_ok=True)
    link.symlink_to("../run/systemd/resolve/stub-resolv.conf")
    for folder in ("boot/firmware", "var/lib/kiosk", "var/log"):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    # The clock's file lives with the data, and is bound over this place.
    (tree / "var/lib/systemd/timesync").mkdir(parents=True, exist_ok=True)
    # Under the place where data is mounted: pages are there even when nothing could be.
    (tree / "var/lib/kiosk/current").symlink_to(f"/{READY}/current")


def lay(tree: Path, files: Mapping[str, Rendered]) -> None:
    """Write rendered files with the rights and groups that they have on the card."""
    groups = _groups((tree / "etc/group").read_text(encoding="utf-8"))
    for path, each in files.items():
        _file(tree / path, each.text, each.mode)
        os.chown(tree / path, 0, groups[each.group])


def _shared(folder: Path, group: int) -> None:
    """Rights as on the card, where this folder is copied to as it is."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 0, group)
        path.chmod(0o2770 if path.is_dir() else 0o660)


def _led_to(wanted: Iterable[Path], firmware: Path) -> set[Path]:
    """What links among the wanted lead to."""
    found = {Path(os.path.normpath(path.parent / path.readlink())) for path in wanted if path.is_symlink()}
    return {path for path in found if path.is_relative_to(firmware)}


def _any(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def _remove(paths: Iterable[Path]) -> None:
    for path in sorted(paths):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _file(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _groups(text: str) -> dict[str, int]:
    rows = (line.split(":") for line in text.splitlines() if ":" in line)
    return {name: int(number) for name, _, number, *_ in rows}
