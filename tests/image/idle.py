"""What a box writes to its card in a day in which nobody comes: `python -m tests.image.idle --skip 60 --minutes 120`.

Sectors of the whole card, as the kernel counts them, after the first hour; the day is the rest times what is missing.
The box's own clock leaps where it does nothing, so its three hours are over sooner than ours.
"""

import argparse
import tempfile
from pathlib import Path

from tests.image.guest import PATIENCE, Guest, boot
from tests.image.village import IMAGES, SERVING, flash, newest

_SECTOR = 512
_DAY = 24 * 60  # minutes


def sectors(guest: Guest) -> int:
    """How many sectors were written since the kernel started."""
    return int(guest.sh("awk '$3 == \"vda\" { print $10 }' /proc/diskstats"))


def _rest(guest: Guest, minutes: float) -> None:
    guest.sh(f"sleep {minutes * 60:.0f}", patience=minutes * 60 + PATIENCE)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--skip", type=float, default=60, help="minutes after the start that do not count")
    words.add_argument("--minutes", type=float, default=120)
    words.add_argument("--every", type=float, default=10, help="minutes between two lines")
    words.add_argument("--image", type=Path, default=None)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        card = flash(asked.image or newest(IMAGES), Path(folder))
        with boot(card.path, card.files, Path(folder) / "guest", hurried=True) as guest:
            guest.wait(SERVING, 3 * PATIENCE)
            guest.wait("test -e /var/lib/kiosk/settled", 3 * PATIENCE)
            _rest(guest, max(0.0, asked.skip - guest.uptime() / 60))
            began, before = guest.uptime(), sectors(guest)
            while (passed := (guest.uptime() - began) / 60) < asked.minutes:
                _rest(guest, min(asked.every, asked.minutes - passed))
                written = (sectors(guest) - before) * _SECTOR
                passed = (guest.uptime() - began) / 60
                day = written * _DAY / passed / 1e6
                print(f"{passed:.0f} minutes: {written} bytes, {day:.2f} MB a day", flush=True)


if __name__ == "__main__":
    main()
