"""How the box is: heat, power, disk, memory. `parse_*` are pure; `read_*` beside them open the files."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.process import run

_THERMAL = Path("/sys/class/thermal/thermal_zone0/temp")
_THROTTLED = Path("/sys/devices/platform/soc/soc:firmware/get_throttled")
_HWMON = Path("/sys/class/hwmon")
_MODEL = Path("/proc/device-tree/model")
_MEMINFO = Path("/proc/meminfo")
_MIB = 1024 * 1024
_UNDERVOLTED = 0b0001
_SLOWED = 0b1110  # frequency capped, throttled, soft temperature limit
_SINCE = 16


@dataclass(frozen=True, slots=True)
class Throttled:
    """The firmware's bits on power and heat, now (low bits) and since the start of the system (from bit 16).

    Source: https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
    """

    bits: int

    @property
    def undervolted(self) -> bool:
        """Too little voltage now."""
        return bool(self.bits & _UNDERVOLTED)

    @property
    def slowed(self) -> bool:
        """Slowed down now, by voltage or heat."""
        return bool(self.bits & _SLOWED)

    @property
    def was_undervolted(self) -> bool:
        """Too little voltage at some time since the start."""
        return bool(self.bits >> _SINCE & _UNDERVOLTED)


@dataclass(frozen=True, slots=True)
class Disk:
    """The partition that holds a folder, in MiB; whether it can be written."""

    free_mib: int
    total_mib: int
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB that programs may still take, and MiB in all."""

    available_mib: int
    total_mib: int


@dataclass(frozen=True, slots=True)
class Health:
    """One look at the box; None where this machine cannot say."""

    celsius: int | None
    throttled: Throttled | None
    disk: Disk | None
    memory: Memory | None


def parse_temperature(text: str) -> int | None:
    """Whole degrees Celsius from the kernel's thousandths; None when it is no number."""
    try:
        return round(int(text) / 1000)
    except ValueError:
        return None


def parse_throttled(text: str) -> Throttled | None:
    """From `throttled=0x50005` (vcgencmd) or `50005` (sysfs, hex without a prefix)."""
    word = text.strip().rpartition("=")[2]
    try:
        return Throttled(int(word, 16))
    except ValueError:
        return None


def parse_meminfo(text: str) -> Memory | None:
    """From /proc/meminfo, whose kB are KiB."""
    rows = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    try:
        total, available = (int(rows[name].split()[0]) // 1024 for name in ("MemTotal", "MemAvailable"))
    except (KeyError, ValueError, IndexError):
        return None
    return Memory(available, total)


def read_temperature(path: Path = _THERMAL) -> int | None:
    """The processor's temperature."""
    return parse_temperature(_text(path))


def read_throttled(path: Path = _THROTTLED, hwmon: Path = _HWMON) -> Throttled | None:
    """The firmware's word on power: all of it from Raspberry Pi's kernel, low voltage alone from Debian's."""
    text = _text(path) or _volt_alarm(hwmon)
    if not text:
        try:
            text = run(["vcgencmd", "get_throttled"], timeout=5).out.decode("ascii", "replace")
        except KioskError:
            return None
    return parse_throttled(text)


def read_memory(path: Path = _MEMINFO) -> Memory | None:
    """The machine's memory."""
    return parse_meminfo(_text(path))


def read_disk(folder: Path) -> Disk | None:
    """The partition of the data folder."""
    try:
        seen = os.statvfs(folder)
    except OSError:
        return None
    writable = not seen.f_flag & os.ST_RDONLY
    return Disk(seen.f_bavail * seen.f_frsize // _MIB, seen.f_blocks * seen.f_frsize // _MIB, writable)


def read_health(folder: Path) -> Health:
    """Everything of the machine at once; `folder` is the data folder."""
    return Health(read_temperature(), read_throttled(), read_disk(folder), read_memory())


def _volt_alarm(hwmon: Path) -> str:
    """1 or 0 by the driver raspberrypi-hwmon; empty where it is not."""
    mine = [name.parent for name in sorted(hwmon.glob("*/name")) if _text(name).strip() == "rpi_volt"]
    return _text(mine[0] / "in0_lcrit_alarm") if mine else ""


@cache
def board(path: Path = _MODEL) -> str:
    """The model of the board, by its device tree; empty on a machine that has none."""
    return _text(path).rstrip("\0").strip()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
