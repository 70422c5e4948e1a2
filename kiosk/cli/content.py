"""Commands about what is taught: build, verify, install and list packs, and find what was read too long ago."""

import datetime
from pathlib import Path

import click

from kiosk import clock, settings
from kiosk.errors import KioskError
from kiosk.findings import Finding
from kiosk.packs import archive
from kiosk.packs.library import Library
from kiosk.packs.manifest import Manifest
from kiosk.packs.store import Store

_SOURCE = click.Path(exists=True, file_okay=False, path_type=Path)
_PACK = click.Path(path_type=Path)
_ACCENTS = ("north", "central", "south")


@click.group()
def pack() -> None:
    """Build, verify, install and list packs of lessons and voices; find what in them may be out of date.

    \b
    Examples:
      kiosk pack build content/doi-song-so -o .build/packs
      kiosk pack install .build/packs/*.pack
    """


@pack.command("build")
@click.argument("source", type=_SOURCE)
@click.option("-o", "--out", type=_PACK, default=Path(".build/packs"), show_default=True, help="Folder for the pack.")
@click.option(
    "--speech", type=_PACK, default=Path(".build/speech"), show_default=True, help="Folder where made sounds are kept."
)
@click.option("--accent", type=click.Choice(_ACCENTS), default="north", help="In which the machine speaks Vietnamese.")
def build_pack(source: Path, out: Path, speech: Path, accent: str) -> None:
    """Build the pack of the folder SOURCE, with what is to be said of it.

    The machine speaks where nobody has recorded a sentence; a site takes the packs in its people's accent.

    \b
    Examples:
      kiosk pack build content/doi-song-so -o .build/packs
      kiosk pack build content/doi-song-so -o .build/packs-south --accent south
    """
    from kiosk.authoring import build  # noqa: PLC0415  a Pi has no authoring tools

    built = build.build(source, out, kept=speech, accent=accent)
    show(built.findings)
    path, manifest = build.must(built)
    click.echo(f"{path}: {describe(manifest)}, {path.stat().st_size // 1024} KB")


@pack.command("new")
@click.argument("source", type=click.Path(file_okay=False, path_type=Path))
@click.argument("lesson")
@click.option("--title", required=True, help="What stands on its tile: three or four words.")
@click.option("--topic", default="", help="Its topic, an id of pack.toml; the last one when left out.")
def new_path(source: Path, lesson: str, title: str, topic: str) -> None:
    """Write the frame of a new path LESSON into the folder SOURCE, which is made when it is not there.

    The frame builds at once; then its words and pictures are changed. Nothing is overwritten.

    \b
    Examples:
      kiosk pack new content/xa-minh phan-loai-rac --title "Phân loại rác"
      kiosk pack new content/doi-song-so doi-sim --topic tra-tien --title "Đổi SIM"
    """
    from kiosk.authoring import new  # noqa: PLC0415  a Pi has no authoring tools

    for path in new.add(source, lesson, title, topic):
        click.echo(path)


@pack.command("preview")
@click.argument("source", type=_SOURCE)
@click.option("--port", type=click.IntRange(0, 65535), default=8081, show_default=True, help="Port of this computer.")
@click.option(
    "--speech", type=_PACK, default=Path(".build/speech"), show_default=True, help="Folder where made sounds are kept."
)
@click.option("--beside", type=_PACK, multiple=True, help="A built pack that is shown with it, such as a voice.")
def preview_pack(source: Path, port: int, speech: Path, beside: tuple[Path, ...]) -> None:
    """Show the folder SOURCE as phones will see it, and show it anew whenever one of its files is saved.

    \b
    Examples:
      kiosk pack preview content/doi-song-so
      kiosk pack preview content/xa-minh --port 9000 --beside .build/packs/giong-may-vi-*.pack
    """
    from kiosk.cli import preview  # noqa: PLC0415  neither the web nor authoring is wanted elsewhere

    preview.run(source, speech, port, beside)


@pack.command("verify")
@click.argument("packs", type=_PACK, nargs=-1, required=True)
def verify_packs(packs: tuple[Path, ...]) -> None:
    """Read each of PACKS from end to end and hold it to its manifest.

    \b
    Examples:
      kiosk pack verify .build/packs/doi-song-so-*.pack
    """
    for path in packs:
        click.echo(f"{path}: {describe(archive.verify(path))}")


@pack.command("install")
@click.argument("packs", type=_PACK, nargs=-1, required=True)
def install_packs(packs: tuple[Path, ...]) -> None:
    """Install each of PACKS; pages change with the next `kiosk publish`.

    \b
    Examples:
      kiosk pack install /media/usb/*.pack
    """
    store = Store(settings.read().packs)
    for path in packs:
        manifest = store.install(path)
        click.echo(f"installed {manifest.id} {manifest.version}: {describe(manifest)}")


@pack.command("list")
def list_packs() -> None:
    """List what is installed.

    \b
    Examples:
      kiosk pack list
    """
    library = Library.open(settings.read().packs)
    for manifest in library.packs:
        click.echo(f"{manifest.id} {manifest.version}: {describe(manifest)}")
    show(library.findings)
    if library.findings:
        raise KioskError("an installed pack cannot be read", hint="install it again")


@pack.command("stale")
@click.argument("places", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@click.option("--days", type=click.IntRange(min=0), default=180, show_default=True, help="How old a reading may be.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask for; today when left out.")
def stale_sources(places: tuple[Path, ...], days: int, on: datetime.datetime | None) -> None:
    """List what was read too long ago in PLACES, source folders or built packs: apps change, and offices move.

    Every source of a scenario, and of a lesson that names some, has the day when somebody last read it. Ends with 1
    when one is older than that many days, else with 0.

    \b
    Examples:
      kiosk pack stale content/doi-song-so
      kiosk pack stale --days 90 .build/packs/*.pack
      kiosk pack stale --on 2027-02-17 content/doi-song-so
    """
    from kiosk.authoring.stale import readings  # noqa: PLC0415  a Pi has no authoring tools

    today = (on or datetime.datetime.fromtimestamp(clock.wall(), datetime.UTC)).date()
    known = [reading for place in places for reading in readings(place)]
    old = [reading for reading in known if reading.age(today) > days]
    for reading in old:
        told = reading.source
        click.echo(f"{reading.where}: {told.app}, checked {told.checked}, {reading.age(today)} days ago: {told.url}")
    if old:
        what = f"{len(old)} of {len(known)} sources were checked more than {days} days ago"
        raise KioskError(what, hint="read each again, correct what changed, and write today under checked")
    click.echo(f"{len(known)} sources, none checked more than {days} days ago")


def describe(manifest: Manifest) -> str:
    """A pack in half a line."""
    what = f"{len(manifest.lessons)} lessons, {len(manifest.paths)} paths" if manifest.kind == "lessons" else "a voice"
    return f"{what}, {len(manifest.files)} files, {', '.join(manifest.languages)}"


def show(findings: tuple[Finding, ...]) -> None:
    """Print findings as a table."""
    width = max((len(finding.area) for finding in findings), default=0)
    for finding in findings:
        remedy = f" — {finding.remedy}" if finding.remedy else ""
        click.echo(f"{finding.level.upper():4}  {finding.area:{width}}  {finding.what}{remedy}", err=True)


@click.command()
def publish() -> None:
    """Render every page of the installed packs once per language, with the voices that the village has approved.

    A language is offered once home, help and one whole path can be heard in it.

    \b
    Examples:
      kiosk publish
      KIOSK_DATA=/tmp/house kiosk publish
    """
    # Pages and templates are only loaded by the process that renders.
    from kiosk.narration import village  # noqa: PLC0415
    from kiosk.pages.words import read_words  # noqa: PLC0415
    from kiosk.publish.publish import publish as render  # noqa: PLC0415

    house = settings.read()
    house.publish_wanted.unlink(missing_ok=True)
    village.install(house)
    made = render(house, read_words())
    click.echo(f"{made.name}: {sum(1 for _ in made.rglob('*.html'))} pages")
