"""The card's own `provision`: what systemd calls at a start. A technician's laptop has the other one."""

import sys
from pathlib import Path

import click

from kiosk import settings
from kiosk.errors import KioskError
from provisioning.first_boot.data import BlockDisk
from provisioning.first_boot.hands import Hands
from provisioning.first_boot.settle import settle
from provisioning.first_boot.steps import Start, run

_DISK = "etc/domdom/disk"
_IMAGE = "/usr/lib/domdom/image"
_PACKS = Path("/opt/kiosk/packs")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def provision() -> None:
    """What a card does at its start; systemd calls it."""


@provision.command("first-boot")
def first_boot() -> None:
    """Bring up data, site and identity: at each start, before anything else runs.

    \b
    Example:
      provision first-boot
    """
    hands = Hands()
    device = (hands.read(_DISK) or b"").decode().strip()
    told = run(Start(hands, BlockDisk(device) if device else None))
    click.echo(f"data {told.data}, site {told.site}, {told.fingerprint}")
    for line in (*([told.wrong] if told.wrong else []), *told.trouble):
        click.echo(line, err=True)


@provision.command("settle")
def settle_down() -> None:
    """Install the image's packs and publish the site's pages, when something of them is new.

    \b
    Example:
      provision settle
    """
    done = settle(settings.read(), _PACKS, Path(_IMAGE).read_text(encoding="ascii"))
    click.echo("published" if done else "nothing new")


def main() -> None:
    """Run the command line; a KioskError becomes one line and exit code 1."""
    try:
        provision(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (KioskError, OSError) as wrong:
        click.echo(f"provision: {wrong}", err=True)
        sys.exit(1)
