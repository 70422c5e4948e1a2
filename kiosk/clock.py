"""What the machine knows of time: the boot, the uptime, and what the system believes the day is."""

import time
from pathlib import Path

# Fixed when a release is made; a vote for an earlier day is a phone with a dead clock.
BUILD_DATE = 1_790_000_000.0

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SYNCHRONIZED = Path("/run/systemd/timesync/synchronized")


def boot_id() -> str:
    """The kernel's id of this start, 32 hex digits."""
    return _BOOT_ID.read_text(encoding="ascii").strip().replace("-", "")


def uptime() -> float:
    """Seconds since this start, suspended time included; never jumps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def wall() -> float:
    """Seconds since 1970 as the system believes; may jump, may be wrong."""
    return time.time()


def synchronized() -> bool:
    """Whether systemd-timesyncd has set the clock from NTP since this start."""
    return _SYNCHRONIZED.exists()


def kept() -> bool:
    """Whether systemd-timesyncd runs here at all, so that the clock may yet be set from NTP."""
    return _SYNCHRONIZED.parent.exists()
