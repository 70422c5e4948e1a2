"""The command `provision flash`."""

import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kiosk.errors import KioskError
from provisioning import card
from provisioning.card import Manifest
from provisioning.flash import inventory, sd_cards
from provisioning.flash.flash import Outcome, flash
from provisioning.flash.inventory import Row
from provisioning.flash.plan import Job, Wanted, job, wanted
from provisioning.flash.progress import Progress
from provisioning.flash.sd_cards import Disk
from provisioning.flash.source import find, open_image
from provisioning.flash.target import make_file


@click.command("flash")
@click.argument("words", nargs=-1, metavar="[BẢN.toml THẺ]...")
@click.option("--image", type=click.Path(path_type=Path), help="Tệp .img hoặc .img.xz; mặc định là ảnh mới nhất.")
@click.option(
    "--images", type=click.Path(path_type=Path), default=Path("anh-the"), show_default=True, help="Thư mục có các ảnh."
)
@click.option("--list", "listed", is_flag=True, help="Chỉ liệt kê các thẻ đang cắm.")
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ làm gì.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@click.option(
    "--inventory", "book", type=click.Path(path_type=Path), default=Path("the-nho.csv"), show_default=True,
    help="Sổ các thẻ đã ghi.",
)  # fmt: skip
@click.option(
    "--labels", "papers", type=click.Path(path_type=Path), default=Path("nhan"), show_default=True,
    help="Thư mục của các PDF để in.",
)  # fmt: skip
@click.option(
    "--size", type=click.FloatRange(4, 256), default=8.0, show_default=True, help="Cỡ (GB) khi ghi vào một tệp."
)
def command(
    words: tuple[str, ...], image: Path | None, images: Path, *, listed: bool, dry_run: bool, yes: bool, book: Path,
    papers: Path, size: float,
) -> None:  # fmt: skip
    """Ghi thẻ: mỗi tệp của bản, sau nó là thẻ. Thẻ được ghi, đọc lại, so từng byte.

    Ổ của máy này không bao giờ bị ghi. Ổ đang mở hoặc lớn hơn 256 GB chỉ ghi khi viết tên hai lần liền.
    Viết tên một tệp .img thay cho thẻ thì ghi vào tệp ấy.

    \b
    Ví dụ:
      provision flash --list
      provision flash sites/na-huong.toml /dev/sdb
      provision flash sites/na-huong.toml /dev/sdb sites/phieng.toml /dev/sdc
      provision flash sites/na-huong.toml thu.img --dry-run
    """
    if listed or not words:
        _list()
        return
    asked = wanted(words)
    source = image or find(images)
    manifest = _manifest(source)
    jobs = _jobs(asked, manifest, int(size * 1e9))
    for each in jobs:
        click.echo(_said(each))
    if dry_run:
        click.echo(f"{len(jobs)} thẻ, ảnh {manifest.id}. Chưa ghi gì.")
        return
    if not yes:
        click.confirm(f"Mọi thứ trên {len(jobs)} thẻ này sẽ mất. Ghi ảnh {manifest.id}?", abort=True)
    _run(source, asked, jobs, book, papers)


def _list() -> None:
    found = sd_cards.cards(sd_cards.read(), sd_cards.read_sources())
    for disk in found:
        why = sd_cards.refusal(disk, named=1)
        click.echo(f"{disk.path}  {disk.size / 1e9:.1f} GB  {disk.name}  {disk.serial}".rstrip())
        if why:
            click.echo(f"  ! {why}")
    if not found:
        click.echo("Không thấy thẻ nào. Cắm thẻ vào đầu đọc rồi chạy lại.")


def _manifest(source: Path) -> Manifest:
    beside = source.with_name(source.name.removesuffix(".xz")).with_suffix(".json")
    if not beside.exists():
        raise KioskError(f"không có {beside.name} bên cạnh ảnh", hint="chép cả tệp .json mà provision image ghi ra")
    return card.manifest(beside.read_text(encoding="utf-8"), beside.name)


def _jobs(asked: Sequence[Wanted], manifest: Manifest, size: int) -> list[Job]:
    places = sd_cards.read_sources()
    disks = {} if all(_is_file(each.card) for each in asked) else {disk.path: disk for disk in sd_cards.read()}
    return [
        job(_text(Path(each.site)), each.site, _disk(each, disks, size), manifest, named=each.named, places=places)
        for each in asked
    ]


def _disk(asked: Wanted, disks: dict[str, Disk], size: int) -> Disk:
    if _is_file(asked.card):
        return Disk(asked.card, size // 512 * 512, name="tệp")
    path = str(Path(asked.card).resolve())
    if path not in disks:
        raise KioskError(f"không có thẻ {asked.card}", hint="xem các thẻ: provision flash --list")
    return disks[path]


def _is_file(word: str) -> bool:
    return word.endswith(".img") and not Path(word).is_block_device()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise KioskError(f"{path} không phải chữ UTF-8", hint="mở bằng Notepad, Lưu thành, chọn UTF-8") from wrong


def _said(each: Job) -> str:
    disk = each.disk
    what = " ".join(word for word in (disk.name, disk.serial) if word)
    return f"{each.config.site.name} → {disk.path}  {disk.size / 1e9:.1f} GB  {what}".rstrip()


def _run(source: Path, asked: Sequence[Wanted], jobs: list[Job], book: Path, papers: Path) -> None:
    image = open_image(source)
    for each in asked:
        if _is_file(each.card):
            make_file(Path(each.card), next(row.disk.size for row in jobs if row.disk.path == each.card))
    screen = _Screen()

    def done(outcome: Outcome) -> None:
        with screen.lock:
            inventory.add(book, _row(outcome, image.manifest))
            screen.say(outcome.job, "được" if outcome.wrong is None else f"✗ {outcome.wrong}")

    outcomes = flash(image, jobs, screen.progress, done)
    _print(outcomes, papers)
    failed = [outcome for outcome in outcomes if outcome.wrong]
    click.echo(f"{len(outcomes) - len(failed)} thẻ được, {len(failed)} thẻ hỏng; sổ: {book}")
    if failed:
        raise click.exceptions.Exit(1)


def _row(outcome: Outcome, manifest: Manifest) -> Row:
    disk, wrong = outcome.job.disk, outcome.wrong
    result = "được" if wrong is None else wrong.message
    today = date.today()  # noqa: DTZ011  the day on the technician's own calendar
    return Row(
        disk.serial, outcome.job.config.site.id, manifest.id, today, disk.name, round(disk.size / 1e9, 1), result
    )


def _print(outcomes: Sequence[Outcome], papers: Path) -> None:
    """One PDF for each site that has a card."""
    from provisioning.labels import labels  # noqa: PLC0415  what draws is heavy

    papers.mkdir(parents=True, exist_ok=True)
    for config in {each.job.config.site.id: each.job.config for each in outcomes if each.wrong is None}.values():
        (papers / f"{config.site.id}.pdf").write_bytes(labels(config))
        click.echo(f"{papers / config.site.id}.pdf: in ra, dán lên máy")


class _Screen:
    """Lines of progress: each card speaks when its stage changes and at each tenth."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._last: dict[str, tuple[str, int]] = {}

    def progress(self, each: Job, progress: Progress) -> None:
        """Say it when it is news."""
        tenth = 10 * progress.done // progress.total if progress.total else 0
        with self.lock:
            if self._last.get(each.disk.path) != (progress.stage, tenth):
                self._last[each.disk.path] = (progress.stage, tenth)
                self.say(each, str(progress))

    def say(self, each: Job, what: str) -> None:
        """A line about one card."""
        click.echo(f"{each.disk.path}  {each.config.site.id}: {what}")
        sys.stdout.flush()
