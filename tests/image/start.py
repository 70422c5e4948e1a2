"""How long a start takes: until the portal answers, and until the same image without our units has nothing left to do.

`python -m tests.image.start --runs 3` starts one card in turn with our units and without; the first start of all, which
makes the data, stands apart. Seconds are the kernel's own, of an emulated box.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from provisioning.image import cpio
from tests.image.guest import Guest, boot
from tests.image.village import ADDRESS, IMAGES, SERVING, Card, flash, newest

_OURS = ("kiosk-first-boot.service", "kiosk-settle.service", "kiosk.target", "run-kiosk-views.mount")
_NONE = {f"etc/systemd/system/{unit}": cpio.link("/dev/null") for unit in _OURS}
_DONE = "systemctl show multi-user.target -p ActiveEnterTimestampMonotonic --value"


def portal(guest: Guest) -> float:
    """When the portal answered. It is not asked before it has its address: who asks takes part of the processor."""
    guest.sh(f"until grep -q {ADDRESS} /proc/net/fib_trie; do sleep 0.5; done")
    return float(guest.sh(f"until {SERVING} 2>/dev/null; do sleep 0.2; done; cat /proc/uptime").split()[0])


def multi_user(guest: Guest) -> float:
    """When everything that the system wants was up."""
    return int(guest.sh(f"until test $({_DONE}) != 0; do sleep 1; done; {_DONE}")) / 1e6


def started(card: Card, place: Path, *, ours: bool) -> float:
    """Start a card's box once, with our units or without, and pull the plug."""
    with boot(card.path, card.files, place, more={} if ours else _NONE) as guest:
        took = portal(guest) if ours else multi_user(guest)
        if ours:
            guest.wait("test -e /var/lib/kiosk/settled")
        return took


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--image", type=Path, default=None)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        card = flash(asked.image or newest(IMAGES), Path(folder))
        place = Path(folder) / "guest"
        print(f"first start: portal after {started(card, place, ours=True):.1f} s, load {os.getloadavg()[0]:.1f}")
        with_us, without = list[float](), list[float]()
        for _ in range(asked.runs):
            with_us.append(started(card, place, ours=True))
            without.append(started(card, place, ours=False))
            print(
                f"portal {with_us[-1]:.1f} s, without us {without[-1]:.1f} s, load {os.getloadavg()[0]:.1f}", flush=True
            )
        ours, bare = statistics.median(with_us), statistics.median(without)
        print(f"portal after {ours:.1f} s, multi-user without our units {bare:.1f} s: {ours / bare:.2f} times")


if __name__ == "__main__":
    main()
