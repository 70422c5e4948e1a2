"""The command that lets counts leave by hand."""

from pathlib import Path

import click

from kiosk import settings
from kiosk.outbox import stick
from kiosk.usage.journal import Journal


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def carry(folder: Path | None) -> None:
    """Leave on a mounted stick one file with what the collector does not hold yet; only it can read it.

    FOLDER is the stick's; without it the one stick that is mounted here. On a device a stick does this by being put in.

    The province takes it with `kiosk collector import` and puts a file of acknowledgements beside it, which this
    command finds when the stick comes back. Everything stays here until then.

    \b
    Examples:
      kiosk carry
      kiosk carry /media/usb
    """
    house, place = settings.read(), folder or stick.find()
    journal = Journal.open(house)
    try:
        done = stick.visit(house, journal, place)
    finally:
        journal.close()
    if done.returned:
        click.echo(f"the collector holds {done.returned} events that went before")
    if done.refused:
        click.echo(f"{done.refused} files of acknowledgements could not be read")
    if done.file:
        click.echo(f"{done.file}: {done.events} events in {done.batches} batches, {done.bytes} bytes")
    else:
        click.echo("nothing waits to be carried")
