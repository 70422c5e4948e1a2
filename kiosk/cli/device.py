"""The commands of a house: serve, record, status, upload."""

import signal
import sys
import threading
from collections import Counter

import click

from kiosk import settings
from kiosk.events.batch import Batch
from kiosk.events.event import Event
from kiosk.findings import Level, worst


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


@click.command()
@click.option("--allowance", type=click.IntRange(min=0), default=0, help="Bytes that may be sent; 0 for all.")
def upload(allowance: int) -> None:
    """Send what waits to the collector that kiosk.toml names under [upload], the most valuable first.

    Everything is kept until the collector says that it holds it; what it could not take is set aside and said. Where
    upload.daily names a day's bytes, no more go; the rest goes tomorrow.

    \b
    Examples:
      kiosk upload
      kiosk upload --allowance 200000
    """
    from kiosk.outbox.upload import upload as run  # noqa: PLC0415  serving needs no outbox
    from kiosk.usage.journal import Journal  # noqa: PLC0415
    from kiosk.usage.waiting import by_kind  # noqa: PLC0415

    house = settings.read()
    journal = Journal.open(house)
    try:
        waiting = by_kind(journal.store)
        if waiting:
            kinds = ", ".join(f"{many} {kind}" for kind, many in waiting.items())
            click.echo(f"waiting: {sum(waiting.values())} events ({kinds})")
        report = run(house, journal, allowance=allowance, show=_Progress(sum(waiting.values())))
    finally:
        journal.close()
    sent = f"{report.events} events in {report.batches} batches, {report.bytes} bytes"
    click.echo(sent if report.batches else "nothing waits to be sent")
    if report.aside:
        click.echo(f"set aside by the collector: {report.aside} events; kiosk status says why")


@click.command()
@click.option("--once", is_flag=True, help="Bring what waits to the card, then end.")
@click.option("--show", is_flag=True, help="Say on the terminal what happens.")
def record(*, once: bool, show: bool) -> None:
    """Bring what is used from memory to the card, until a signal ends it.

    \b
    Examples:
      kiosk record
      kiosk record --show
      kiosk record --once
    """
    from kiosk.usage.recorder import record_once, run_recorder  # noqa: PLC0415  only the recorder needs it
    from kiosk.watchdog import Watchdog  # noqa: PLC0415

    house = settings.read()
    if once:
        record_once(house)
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_recorder(house, stop, show=_happened if show else None, watchdog=Watchdog(settings.notify_socket()))


@click.command()
@click.option("--json", "form", flag_value="json", help="As JSON, for a page or a machine.")
@click.option("--qr", "form", flag_value="qr", help="As one code to photograph where there is no link.")
@click.option("--svg", "form", flag_value="svg", help="The same code as a drawing.")
def status(form: str | None) -> None:
    """Say how this house is, and what to do; ends with 1 when something failed.

    Run it as root on a device: then it also sees the radio, and leaves what it saw for the status page.

    \b
    Examples:
      kiosk status
      kiosk status --json
      kiosk status --qr
      kiosk status --svg > status.svg
    """
    from kiosk.status import qr, report, show  # noqa: PLC0415  only the status needs it

    seen = report.read(settings.read(), fresh=True)
    forms = {"json": show.document, "qr": qr.terminal, "svg": qr.svg}
    click.echo(forms.get(form or "", show.table)(seen), color=True)
    if worst(seen.findings) is Level.FAIL:
        sys.exit(1)


class _Progress:
    """A line for each batch that arrived, and what still waits."""

    def __init__(self, total: int) -> None:
        self._left = total

    def __call__(self, batch: Batch, size: int, held: int) -> None:
        self._left = max(0, self._left - held)
        kinds = Counter(event.kind for _, event in batch.events)
        told = ", ".join(f"{many} {kind}" for kind, many in kinds.most_common()) or "what is known of the time"
        click.echo(f"  {told}: {size} bytes; {self._left} events left")


def _happened(event: Event) -> None:
    words = (f"{name}={value}" for name, value in event.fields().items() if value is not None)
    click.echo(" ".join([event.kind, *words]))
