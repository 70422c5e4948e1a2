"""What a machine must have to build an image, and how to get it."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kiosk.findings import Finding, Level
from kiosk.process import environment

# program -> Debian's package
PROGRAMS: Final[Mapping[str, str]] = {
    "mmdebstrap": "mmdebstrap",
    "qemu-aarch64-static": "qemu-user-static",
    "mksquashfs": "squashfs-tools",
    "mkfs.vfat": "dosfstools",
    "mcopy": "mtools",
    "depmod": "kmod",
    "dpkg-deb": "dpkg",
    "systemd-sysusers": "systemd",
    "xz": "xz-utils",
    "tar": "tar",
}
_EMULATED: Final = Path("/proc/sys/fs/binfmt_misc/qemu-aarch64")
_ROOM: Final = 4_000_000_000


def look(cache: Path, packs: int) -> list[Finding]:
    """What is missing on this machine; empty when an image can be built.

    Args:
        cache: the folder in which it is built.
        packs: how many packs of lessons were found.
    """
    place = next(path for path in (cache, *cache.parents) if path.exists())
    return judge(
        has=lambda name: shutil.which(name, path=environment()["PATH"]) is not None,
        root=os.geteuid() == 0,
        emulates=os.uname().machine == "aarch64" or _EMULATED.exists(),
        free=shutil.disk_usage(place).free,
        packs=packs,
    )


def judge(*, has: Callable[[str], bool], root: bool, emulates: bool, free: int, packs: int) -> list[Finding]:
    """The same of a machine that is described."""
    lost = sorted({package for program, package in PROGRAMS.items() if not has(program)})
    found = []
    if lost:
        found.append(
            Finding("chương trình", Level.FAIL, f"thiếu {', '.join(lost)}.", f"sudo apt install {' '.join(lost)}")
        )
    if not root:
        found.append(
            Finding("quyền", Level.FAIL, "cần quyền root để giữ đúng chủ của các tệp.", "Thêm sudo ở đầu lệnh.")
        )
    if not emulates:
        found.append(
            Finding(
                "giả lập", Level.FAIL, "máy này chưa chạy được chương trình của Pi.",
                "sudo apt install qemu-user-static binfmt-support; trong container: "
                "mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && update-binfmts --enable qemu-aarch64",
            )
        )  # fmt: skip
    if free < _ROOM:
        found.append(
            Finding("ổ đĩa", Level.FAIL, f"chỉ còn {free / 1e9:.1f} GB trống.", "Cần 4 GB; dọn bớt, hoặc --cache.")
        )
    if not packs:
        found.append(Finding("bài học", Level.FAIL, "chưa có gói bài nào.", "Chạy: make setup"))
    return found
