"""The province's commands."""

import threading
import time
from functools import partial
from pathlib import Path

import click
from flask import Flask

from kiosk.collector import places, tokens
from kiosk.collector.app import create_app
from kiosk.collector.carry import take
from kiosk.collector.dashboard.drawn import map_of
from kiosk.collector.export import FORMS
from kiosk.collector.export import export as tables
from kiosk.collector.figures.overview import overview
from kiosk.collector.figures.villages import villages as villages_of
from kiosk.collector.people import audit
from kiosk.collector.people import person as people
from kiosk.collector.people.person import Role
from kiosk.collector.province import Province, open_province
from kiosk.collector.report import boxes, text
from kiosk.collector.roller import roll
from kiosk.collector.rollups.settle import rebuild as anew
from kiosk.collector.rollups.settle import settle
from kiosk.collector.settings import CollectorSettings, seed
from kiosk.collector.titles import titles
from kiosk.collector.xapi.export import export as statements
from kiosk.collector.xapi.forward import forward as forward_all
from kiosk.collector.xapi.forward import run
from kiosk.collector.xapi.store import NotNowError, Store
from kiosk.errors import KioskError
from kiosk.events.ack import public_key
from kiosk.wsgi import Server

_MEMORY = Path("/dev/shm")  # noqa: S108  for gunicorn's heartbeat files, which it names at random
_THREADS = 64  # a village on a slow line holds one for as long as it sends, and one worker may get them all
_DATABASE = click.option(
    "--database",
    default="sqlite:///collector.db",
    show_default=True,
    help="sqlite:///FILE or postgresql://USER@HOST/NAME",
)
_KEY = click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("collector.key"),
    show_default=True,
    help="The key that signs acknowledgements; made when it is missing.",
)
_PACKS = click.option(
    "--packs",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of packs; their titles are shown instead of ids.",
)


@click.group()
def collector() -> None:
    """The province's side: take batches, show what villages use.

    \b
    Examples:
      kiosk collector token ban-ho --name "Bản Hồ"
      kiosk collector serve --database sqlite:///province.db
      kiosk collector import /media/usb/*.carry
    """


@collector.command()
@_DATABASE
@_KEY
@_PACKS
@click.option("--bind", default="127.0.0.1:8090", show_default=True, help="Address and port to answer on.")
@click.option("--tls", nargs=2, type=click.Path(exists=True, dir_okay=False), help="Certificate chain and key (PEM).")
def serve(database: str, key: Path, packs: Path | None, bind: str, tls: tuple[str, str] | None) -> None:
    """Take batches on POST /v1/batches, carried files on POST /v1/carried; show the dashboard on GET /.

    Several of these may share one PostgreSQL.

    \b
    Example:
      kiosk collector serve --database sqlite:///province.db --bind 0.0.0.0:8443 --tls chain.pem key.pem
    """
    open_province(database)
    titles(packs)  # a wrong folder is said now, not by each worker
    settings = CollectorSettings(database, key, packs)
    click.echo(f'upload.key = "{public_key(seed(key))}"')
    click.echo(f"collector on {'https' if tls else 'http'}://{bind}/")
    memory = _MEMORY if _MEMORY.is_dir() else Path.cwd()
    make = partial(_worker, settings)
    Server(make, bind=[bind], memory=memory, name="kiosk-collector", tls=tls, threads=_THREADS).run()


def _worker(settings: CollectorSettings) -> Flask:
    app = create_app(settings)
    province = app.extensions["province"]
    map_of(villages_of(province, int(time.time())))  # drawn now, so that nobody waits for it
    province.close()
    threading.Thread(target=roll, args=(province,), name="roller", daemon=True).start()
    return app


@collector.command()
@_DATABASE
@click.argument("site")
@click.option("--name", default="", help="What people call the village.")
@click.option("--revoke", is_flag=True, help="Take the site's tokens back instead.")
def token(database: str, site: str, name: str, *, revoke: bool) -> None:
    """Print a new token for SITE, once; only its digest is kept.

    \b
    Example:
      kiosk collector token ban-ho --name "Bản Hồ" > token.txt
    """
    province = open_province(database)
    if revoke:
        click.echo(f"{tokens.revoke(province, site)} taken back")
    else:
        click.echo(tokens.issue(province, site, name, int(time.time())))
    province.close()


@collector.command("import")
@_DATABASE
@_KEY
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(database: str, key: Path, files: tuple[Path, ...]) -> None:
    """Take FILES that `kiosk carry` wrote, and lay beside each the acknowledgements that go back with it.

    A file that comes again changes nothing. One that is refused is said, and the others are taken.

    \b
    Example:
      kiosk collector import /media/usb/*.carry
    """
    province = open_province(database)
    wrong = [said for path in files if (said := _import(province, seed(key), path))]
    settle(province)
    province.close()
    if wrong:
        raise KioskError(f"{len(wrong)} of {len(files)} files were not taken: {'; '.join(wrong)}")


def _import(province: Province, own: bytes, path: Path) -> str:
    """Take one file; what was wrong with it, or nothing."""
    try:
        taken = take(province, own, path.read_bytes(), int(time.time()))
        path.with_suffix(".acks").write_bytes(taken.acks)
    except KioskError as wrong:
        return f"{path.name}: {wrong.message}"
    except OSError as wrong:
        return f"{path.name}: {wrong.strerror}"
    click.echo(f"{path.name}: {taken.site}, {taken.events} events in {taken.batches} batches")
    return f"{path.name}: {taken.refused[0]}" if taken.refused else ""


@collector.command()
@_DATABASE
@click.option(
    "--form", type=click.Choice(FORMS), default="csv", show_default=True, help="For a spreadsheet, or Parquet."
)
@click.option("--xapi", is_flag=True, help="Write xAPI statements instead, one JSON a line: TO is a file.")
@click.argument("to", type=click.Path(path_type=Path))
def export(database: str, form: str, to: Path, *, xapi: bool) -> None:
    """Write what villages use into the folder TO as tables: days, months, languages, boxes.

    Languages stand there as on the dashboard: only months that are over, and no cell smaller than five.

    \b
    Examples:
      kiosk collector export --database postgresql:///domdom tables
      kiosk collector export --xapi statements.jsonl
    """
    province, now = open_province(database), int(time.time())
    settle(province)
    if xapi:
        click.echo(f"{to}: {statements(province, to, now)} statements")
        province.close()
        return
    for name, rows in tables(province, to, now, form).items():
        click.echo(f"{to / name}: {rows} rows")
    province.close()


@collector.command()
@_DATABASE
@click.argument("store")
@click.option("--user", required=True, help="Who writes there.")
@click.option(
    "--password-file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="In its first line.",
)
@click.option("--every", default=60, show_default=True, type=click.IntRange(1), help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Send what waits, and end.")
def forward(database: str, store: str, user: str, password_file: Path, every: int, *, once: bool) -> None:
    """Send xAPI statements to the record store STORE as events come, each once; docs/xapi.md says which.

    \b
    Example:
      kiosk collector forward https://lrs.example/xAPI --user domdom --password-file lrs.txt
    """
    province = open_province(database)
    target = Store(store, user, password_file.read_text(encoding="utf-8").partition("\n")[0].strip())
    if not once:
        run(province, target, every)
    try:
        sent = forward_all(province, target, int(time.time()))
    except NotNowError as wrong:
        raise KioskError(
            "the record store cannot take anything now", hint="what it took is kept in mind: again later"
        ) from wrong
    click.echo(f"{sent.held} statements sent, {sent.unwanted} not taken")
    province.close()


@collector.command()
@_DATABASE
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def villages(database: str, table: Path) -> None:
    """Read from TABLE where villages lie, for the map: a CSV with site, name, commune, latitude, longitude.

    A village that is not known yet is made, without a token. Latitude and longitude may be missing.

    \b
    Example:
      kiosk collector villages --database postgresql:///domdom villages.csv
    """
    province = open_province(database)
    found = places.parse(table.read_bytes())
    places.learn(province, found)
    click.echo(f"{len(found)} villages, {sum(place.latitude is not None for place in found)} of them with a place")
    province.close()


@collector.group()
def person() -> None:
    """Who may look at the dashboard, and how much of it.

    \b
    Examples:
      kiosk collector person add lan.nv --role province
      kiosk collector person add ubnd.banbo --role commune --commune "Bản Bo"
      kiosk collector person list
    """


@person.command()
@_DATABASE
@click.argument("login")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--commune", default="", help="The one commune that a commune's role sees.")
def add(database: str, login: str, role: str, commune: str) -> None:
    """Let LOGIN in, and print a new password, once; only its argon2id hash is kept.

    province sees everything, commune one commune, technician how boxes stand and nothing of what people use. For a
    login that is known it is a new role and password, and ends what was open.

    \b
    Example:
      kiosk collector person add lan.nv --role province
    """
    province = open_province(database)
    who = people.Person(login, Role(role), commune)
    click.echo(people.add(province, who, int(time.time())))
    audit.write(province, who, "person", "added at the terminal", int(time.time()))
    province.close()


@person.command()
@_DATABASE
@click.argument("login")
def remove(database: str, login: str) -> None:
    """Let LOGIN in no more; what they had open ends now.

    \b
    Example:
      kiosk collector person remove lan.nv
    """
    province = open_province(database)
    if not people.remove(province, login):
        raise KioskError(f"nobody is called {login}", hint="kiosk collector person list")
    province.close()


@person.command("list")
@_DATABASE
def list_(database: str) -> None:
    """Who may look.

    \b
    Example:
      kiosk collector person list
    """
    province = open_province(database)
    for one in people.everybody(province):
        click.echo(f"{one.login}  {one.role}  {one.commune}".rstrip())
    province.close()


@collector.command()
@_DATABASE
@_PACKS
def report(database: str, packs: Path | None) -> None:
    """Say which villages live, are late or silent, what is used there, and where people fail.

    \b
    Example:
      kiosk collector report --packs .build/packs
    """
    names = titles(packs)
    province = open_province(database)
    settle(province)
    click.echo(text(overview(province, int(time.time())), names))
    province.close()


@collector.command()
@_DATABASE
def devices(database: str) -> None:
    """List the boxes that spoke with each village's tokens: id, version, first and last heard, what is amiss.

    \b
    Example:
      kiosk collector devices --database postgresql:///domdom
    """
    province = open_province(database)
    settle(province)
    for line in boxes(province):
        click.echo(line)
    province.close()


@collector.command()
@_DATABASE
def rebuild(database: str) -> None:
    """Count every roll-up anew from the events; it gives what was there.

    Times that were not believed are judged again: it may have been this clock that was wrong.

    \b
    Example:
      kiosk collector rebuild --database postgresql:///domdom
    """
    province = open_province(database)
    anew(province, int(time.time()))
    province.close()
