"""The command of the touchscreen."""

from typing import Literal

import click

from kiosk import settings
from kiosk.watchdog import Watchdog


@click.command()
@click.option("--address", default="", help="The house's root; default http://127.0.0.1:KIOSK_PORT/.")
@click.option(
    "--size", default="", metavar="WxH", help="A window of that size on a desk, in place of the whole screen."
)
@click.option("--engine", type=click.Choice(["gtk", "qt"]), help="Which draws; default Debian's WebKitGTK, else Qt.")
def shell(address: str, size: str, engine: Literal["gtk", "qt"] | None) -> None:
    """Show the house on a touchscreen: whole screen, one finger, nothing else.

    On a desk `kiosk serve` runs beside it; Ctrl-C in the terminal ends it.

    \b
    Examples:
      kiosk shell
      kiosk shell --size 1024x600
      kiosk shell --address http://127.0.0.1/
    """
    from kiosk.shell.window import run  # noqa: PLC0415  no other command needs a screen

    house = settings.read()
    width, _, height = size.partition("x")
    if size and not (width.isdecimal() and height.isdecimal()):
        raise click.BadParameter("write it as 1024x600", param_hint="--size")
    home = address or f"http://127.0.0.1:{house.port}/"
    run(
        house,
        home,
        Watchdog(settings.notify_socket()),
        size=(int(width), int(height)) if size else None,
        engine=engine,
    )
