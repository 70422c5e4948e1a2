"""The commands of the village's own voices: begin, list, record, approve, thank, carry away and merge."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

import click

from kiosk import clock, process, settings
from kiosk.errors import KioskError
from kiosk.languages import language
from kiosk.narration import takes, village
from kiosk.narration.desk import Desk, Spoken
from kiosk.narration.recording import LONGEST
from kiosk.narration.shelf import Shelf
from kiosk.narration.takes import Take
from kiosk.packs.library import Library
from kiosk.pages.words import read_words
from kiosk.publish.offered import published
from kiosk.publish.publish import publish
from kiosk.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def voice() -> None:
    """Record the village's own voices, let a second person hear them, carry them to the next village.

    \b
    Examples:
      kiosk voice new blt
      kiosk voice list blt
      kiosk voice record blt 1 greeting.wav
      kiosk voice approve blt
      kiosk voice export blt -o /media/usb
    """


@voice.command("new")
@click.argument("code")
def new_language(code: str) -> None:
    """Begin a language, by its ISO 639-3 code: blt, twh, hmv, mtq, …

    \b
    Examples:
      kiosk voice new blt
      kiosk voice new hmv
    """
    house = settings.read()
    desk = Desk(house)
    begun = desk.shelf.begin(code)
    what = "begun" if begun else "already begun; nothing changed"
    click.echo(f"{code}, tiếng {language(code).vietnamese}: {what}")
    click.echo(f"{desk.spoken(code).left} sentences until it is offered: kiosk voice list {code}")
    if code not in house.site.languages:
        click.echo(f"add it to site.languages in {house.config}, so that it is offered once they are heard")


@voice.command("list")
@click.argument("code")
@click.option("--path", default="", help="A path's id; the first one when left out.")
@click.option("--all", "every", is_flag=True, help="Every sentence, not only what is needed to be offered.")
@click.option("--missing", is_flag=True, help="Only what is still to be recorded.")
def list_sentences(code: str, path: str, *, every: bool, missing: bool) -> None:
    """Print the sentences of a path in the order of use, with those of home and help that belong to it.

    A sentence is known by its number, which is the same with and without --path, and by its name.

    \b
    Examples:
      kiosk voice list blt
      kiosk voice list blt --missing
      kiosk voice list blt --path cong-an-goi
      kiosk voice list blt --all > cau.txt
    """
    desk = Desk(settings.read())
    for line in desk.lines(code, path, every=every):
        if not (missing and line.state):
            click.echo(f"{line.number:4}  {line.state:5}  {line.sentence.name}  {line.sentence.text}")
    spoken = desk.spoken(code, path)
    click.echo(f"{code}: {_told(spoken)}")


@voice.command("record")
@click.argument("code")
@click.argument("sentence")
@click.argument("source", type=_FILE, required=False)
@click.option("--device", default="default", show_default=True, help="The microphone, as ALSA calls it.")
def record_sentence(code: str, sentence: str, source: Path | None, device: str) -> None:
    """Record SENTENCE (its number or name in the list) from the file SOURCE, or from this machine's microphone.

    It is trimmed, levelled and encoded; all hear it once somebody else has heard and approved it.

    \b
    Examples:
      kiosk voice record blt 1 greeting.wav
      kiosk voice record blt card:tra-tien-qr/soi-ma soi-ma.m4a
      kiosk voice record blt 12
    """
    desk = Desk(settings.read())
    row = desk.sentence(code, sentence)
    click.echo(f"“{row.text}”")
    with tempfile.TemporaryDirectory() as folder:
        made = desk.record(code, row, source or _listen(Path(folder) / "recording.wav", device), _sitting())
    click.echo(f"kept, {made.seconds:g} s; somebody else hears it: kiosk voice approve {code}")


@voice.command("approve")
@click.argument("code")
@click.argument("sentences", nargs=-1)
@click.option("--heard", is_flag=True, help="Do not play and ask: you have heard them elsewhere, each to its end.")
def approve_sentences(code: str, sentences: tuple[str, ...], *, heard: bool) -> None:
    """Hear what waits, or SENTENCES of it, say of each whether it is right, then show it to all.

    Who recorded does not approve: it takes another login than the one that recorded.

    \b
    Examples:
      kiosk voice approve blt
      kiosk voice approve blt 1 12 --heard
    """
    house = settings.read()
    desk = Desk(house)
    wanted = {desk.sentence(code, name).id for name in sentences}
    waiting = [take for take in desk.shelf.read(code).waiting if not wanted or take.id in wanted]
    if not waiting:
        raise KioskError(f"nothing waits to be heard in {code}", hint=f"kiosk voice record {code} SENTENCE FILE")
    right = 0
    for take in waiting:
        if heard or _right(desk.shelf, take):
            desk.approve(code, take.id, _sitting())
            right += 1
        else:
            desk.reject(code, take.id)
    click.echo(f"{right} approved")
    _show(house)


@voice.command("thank")
@click.argument("code")
@click.argument("name")
def thank_somebody(code: str, name: str) -> None:
    """Add NAME to those who are thanked; only for who wishes it, and nothing says what was theirs.

    \b
    Examples:
      kiosk voice thank blt "Bà Lò Thị Ín"
    """
    frame = Shelf(settings.read().voices).change(code, lambda now: takes.thank(now, name))
    click.echo(f"{code}: {', '.join(frame.thanks)}")


@voice.command("export")
@click.argument("code")
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The folder.")
def export_language(code: str, out: Path) -> None:
    """Write everything approved in a language as one file, to keep or to carry to the next village.

    \b
    Examples:
      kiosk voice export blt -o /media/usb
    """
    click.echo(village.export(Shelf(settings.read().voices), code, out))


@voice.command("merge")
@click.argument("packs", type=_FILE, nargs=-1, required=True)
def merge_packs(packs: tuple[Path, ...]) -> None:
    """Take in the recordings of another village's PACKS; where this village has its own, its own stays.

    \b
    Examples:
      kiosk voice merge /media/usb/giong-ban-blt-*.pack
    """
    house = settings.read()
    for path in packs:
        done = village.merge(Shelf(house.voices), path)
        click.echo(f"{done.language}: {done.gained} of {done.held} sentences are new here")
    _show(house)


def _told(spoken: Spoken) -> str:
    found = spoken.coverage
    until = f"{spoken.left} sentences until it is offered" if spoken.left else "enough to be offered"
    return (
        f"{until}; cards {found.cards}, words {found.words}, {found.minutes} minutes; {found.waiting} wait to be heard"
        + (f"; {found.unused} of sentences that no pack says any more" if found.unused else "")
    )


def _listen(target: Path, device: str) -> Path:
    """What the microphone hears until Enter is pressed."""
    click.echo("Speak, then press Enter.")
    form = ["-f", "alsa", "-i", device, "-t", str(LONGEST + 1), "-ac", "1", "-ar", "48000"]
    recorder = process.Child(["ffmpeg", "-nostdin", "-hide_banner", "-v", "error", *form, target], {})
    sys.stdin.readline()
    recorder.stop(patience=5)
    if not target.exists():
        raise KioskError(f"the microphone {device} cannot be heard", hint="plug it in, or name another with --device")
    return target


def _right(shelf: Shelf, take: Take) -> bool:
    click.echo(f"“{take.text}”")
    process.run(["ffplay", "-nodisp", "-autoexit", "-v", "error", shelf.sound(take.sound)])
    return click.confirm("Is it right?")


def _sitting() -> str:
    """This login at a terminal, as a number that says nothing of anybody."""
    return hashlib.sha256(f"{clock.boot_id()} {os.getsid(0)}".encode()).hexdigest()[:16]


def _show(house: Settings) -> None:
    """Bring what is approved to the pages, where there are any."""
    village.install(house)
    if any(pack.paths for pack in Library.open(house.packs).packs):
        publish(house, read_words())
        click.echo(f"pages in: {', '.join(published(house))}")
