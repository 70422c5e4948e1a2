"""The commands of a house: serve, record, status, upload."""

import click

from kiosk import settings


@click.command()
@click.option("--bind", multiple=True, help="host:port or unix:path, once or more; default 127.0.0.1:KIOSK_PORT.")
@click.option(
    "--record/--no-record", default=True, help="Whether the recorder runs beside; on a device it has its own unit."
)
def serve(bind: tuple[str, ...], *, record: bool) -> None:
    """Serve portal, pages and practice, and record what is used.

    \b
    Examples:
      kiosk serve
      KIOSK_PORT=9000 kiosk serve
      kiosk serve --no-record --bind unix:/run/kiosk/phones.sock --bind unix:/run/kiosk/touch.sock
    """
    # The web's libraries are only loaded by the process that serves.
    from kiosk.web.server import serve as run  # noqa: PLC0415

    house = settings.read()
    places = list(bind) or [f"127.0.0.1:{house.port}"]
    run(
        house, bind=places, record=record, announce=lambda: click.echo(f"Đom Đóm: http://{places[0]}/ (Ctrl-C ends it)")
    )
