"""Commands that make what is printed: the poster, practice codes."""

from pathlib import Path

import click

from kiosk import settings
from kiosk.errors import KioskError

_OUT = click.Path(dir_okay=False, path_type=Path)


@click.group()
def print() -> None:  # noqa: A001  the command's name
    """Make PDFs for the wall and for class tables.

    \b
    Examples:
      kiosk print poster --wifi "DomDom Na Huong KhongInternet"
      kiosk print codes --count 12
    """


@print.command()
@click.option("--wifi", "ssid", default="", help="The network's name; without it the poster fits every village.")
@click.option("--password", default="", help="The network's password, where it has one.")
@click.option("-o", "--out", type=_OUT, default=Path("ap-phich.pdf"), show_default=True, help="The PDF.")
def poster(ssid: str, password: str, out: Path) -> None:
    """Make the poster: four pictures, the code to join, the address.

    \b
    Examples:
      kiosk print poster --wifi "DomDom Na Huong KhongInternet"
      kiosk print poster -o moi-ban.pdf
    """
    from kiosk.paper import poster as paper  # noqa: PLC0415  only this command needs the PDF's libraries

    if password and not ssid:
        raise KioskError("a password without a network", hint="say --wifi too")
    _write(out, paper.poster(settings.read(), ssid=ssid, password=password))


@print.command()
@click.option("--count", type=click.IntRange(1), default=12, show_default=True, help="How many codes.")
@click.option("-o", "--out", type=_OUT, default=Path("ma-thuc-hanh.pdf"), show_default=True, help="The PDF.")
def codes(count: int, out: Path) -> None:
    """Make numbered practice codes for class tables: given out, collected, good for no money.

    \b
    Examples:
      kiosk print codes
      kiosk print codes --count 30 -o lop-toi-thu-ba.pdf
    """
    from kiosk.paper import codes as paper  # noqa: PLC0415

    _write(out, paper.codes(settings.read(), count))


def _write(out: Path, document: bytes) -> None:
    try:
        out.write_bytes(document)
    except OSError as wrong:
        raise KioskError(f"{out} cannot be written: {wrong.strerror}", hint="say another place with -o") from wrong
    click.echo(f"{out}: {len(document) // 1024} KB")
