"""The boot partition: the Pi's firmware, the kernel, what both are told, and room for the site file."""

import lzma
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from provisioning.image import cpio, modules

KERNEL: Final = "vmlinuz"
MEMORY: Final = "initrd.img"
# What the GPU runs before the processor: plain boards, the 4 family; cut-down and camera builds are not used.
_FIRMWARE: Final = ("bootcode.bin", "start.elf", "fixup.dat", "start4.elf", "fixup4.dat")

_CONFIG: Final = """\
# Written by provision image. The site of this card is in site.toml; nothing here needs a change.
arm_64bit=1
upstream_kernel=1
kernel={kernel}
initramfs {memory} followkernel
enable_uart=0
disable_splash=1
boot_delay=0
"""
# console: whoever plugs in a screen sees the start; panic: a start that cannot go on begins again.
_COMMAND: Final = (
    "console=tty1 quiet loglevel=3 panic=10 audit=0 net.ifnames=0 systemd.show_status=no "
    "domdom.image={image} domdom.slot=2 cfg80211.ieee80211_regdom=VN"
)


def config() -> str:
    """The text of config.txt."""
    return _CONFIG.format(kernel=KERNEL, memory=MEMORY)


def command_line(image: str) -> str:
    """The text of cmdline.txt: one line."""
    return _COMMAND.format(image=image) + "\n"


def first_memory(busybox: bytes, loaded: Mapping[str, bytes]) -> bytes:
    """The first image of memory.

    Args:
        busybox: the program, without libraries.
        loaded: name of a module's file -> its bytes, in the order of loading.
    """
    init = resources.files("provisioning.image").joinpath("files", "init").read_bytes()
    entries = {
        "init": cpio.program(init),
        "bin/busybox": cpio.program(busybox),
        "bin/sh": cpio.link("busybox"),
        "modules/order": cpio.Entry("".join(f"{name}\n" for name in loaded).encode()),
        **{f"modules/{name}": cpio.Entry(data) for name, data in loaded.items()},
    }
    return lzma.compress(cpio.pack(entries), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=6)


def read_modules(folder: Path) -> dict[str, bytes]:
    """The modules that the first image of memory loads, unpacked, in their order; `folder` is the kernel's."""
    needs, built_in = read_kernel(folder)
    more = [name for name in modules.MORE if name in modules.known(needs, built_in)]
    return dict(_module(folder / path) for path in modules.order(needs, built_in, (*modules.FIRST, *more)))


def read_kernel(folder: Path) -> tuple[dict[str, tuple[str, ...]], str]:
    """What a kernel's folder says of its modules: needs, and the text of what is inside."""
    needs = modules.parse((folder / "modules.dep").read_text(encoding="ascii"))
    return needs, (folder / "modules.builtin").read_text(encoding="ascii")


def firmware(folder: Path) -> list[Path]:
    """The files of raspi-firmware that go to the card."""
    return [folder / name for name in _FIRMWARE]


def _module(path: Path) -> tuple[str, bytes]:
    data = path.read_bytes()
    return (path.stem, lzma.decompress(data)) if path.suffix == ".xz" else (path.name, data)
