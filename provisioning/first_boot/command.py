"""The card's own `provision`: what systemd calls at a start. A technician's laptop has the other one.

Everybody waits for it at each start, on a slow processor: it reads its own words, and loads a step's needs with it.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError
from provisioning.first_boot import steps
from provisioning.first_boot.data import BlockDisk
from provisioning.first_boot.hands import Hands

_DISK: Final = "etc/domdom/disk"
_PACKS: Final = Path("/opt/kiosk/packs")


def first_boot() -> None:
    """Bring up data, site and identity: at each start, before anything else runs."""
    hands = Hands()
    device = (hands.read(_DISK) or b"").decode().strip()
    told = steps.run(steps.Start(hands, BlockDisk(device) if device else None))
    sys.stdout.write(f"data {told.data}, site {told.site}, {told.fingerprint}\n")
    sys.stderr.writelines(f"{line}\n" for line in (told.wrong, *told.trouble) if line)


def settle() -> None:
    """Install the image's packs and publish the site's pages, when something of them is new."""
    from kiosk import settings  # noqa: PLC0415  first boot needs neither
    from provisioning.first_boot.settle import settle as settle_down  # noqa: PLC0415

    done = settle_down(settings.read(), _PACKS, Path("/", steps.IMAGE).read_text(encoding="ascii"))
    sys.stdout.write("published\n" if done else "nothing new\n")


COMMANDS: Final[Mapping[str, Callable[[], None]]] = {"first-boot": first_boot, "settle": settle}


def main() -> None:
    """Run the one word of the command line; a KioskError becomes one line and exit code 1."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:  # noqa: PLR2004  the program and its word
        what = "\n".join(f"  {name}: {command.__doc__}" for name, command in COMMANDS.items())
        sys.exit(f"provision WORD; systemd calls it:\n{what}")
    try:
        COMMANDS[sys.argv[1]]()
    except (KioskError, OSError) as wrong:
        sys.exit(f"provision: {wrong}")
