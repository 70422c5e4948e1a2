"""The command that lets counts leave by hand."""

from pathlib import Path

import click

from kiosk import settings
from kiosk.outbox.carry import carry as run
from kiosk.usage.journal import Journal


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def carry(folder: Path) -> None:
    """Leave in FOLDER, a mounted stick's, one file with what the collector does not hold yet; only it can read it.

    The province takes it with `kiosk collector import` and puts a file of acknowledgements beside it, which this
    command finds when the stick comes back. Everything stays here until then.

    \b
    Example:
      kiosk carry /media/usb
    """
    house = settings.read()
    journal = Journal.open(house)
    try:
        done = run(house.upload, journal, folder)
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
