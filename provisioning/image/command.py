"""The command `provision image`."""

import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from kiosk.errors import KioskError
from provisioning import card
from provisioning.image import needs, packages
from provisioning.image.recipe import Told, build
from provisioning.image.steps import Order
from provisioning.show import table

_FOLDER = click.Path(file_okay=False, path_type=Path)
# Its path is told to programs that look from elsewhere.
_WHOLE = click.Path(file_okay=False, path_type=Path, resolve_path=True)
_CHECKOUT = Path(__file__).resolve().parents[2]
_SAID = {
    "debian": "hệ thống Debian cho chip của Pi (lần đầu lâu nhất)",
    "python": "trình dịch Python cho máy này",
    "wheels": "thư viện Python",
    "own": "chương trình Đom Đóm",
    "system": "ghép hệ thống, bài học, trang dựng sẵn",
    "disk": "ảnh thẻ, nén, bảng kê, mã kiểm tra",
}


@click.command("image")
@click.option("--suite", default="trixie", show_default=True, help="Bản Debian.")
@click.option("--touchscreen/--no-touchscreen", default=False, help="Có phần cho màn hình chạm.")
@click.option("--mirror", default="", help="Kho Debian khác, như của cơ quan.")
@click.option("--source", "more", multiple=True, metavar="DÒNG", help="Thêm một kho gói, viết như dòng của apt.")
@click.option("--kernel", multiple=True, metavar="GÓI", help="Gói nhân và firmware thay cho của Debian.")
@click.option("--day", help="Ngày ghi trên mọi tệp của ảnh, YYYY-MM-DD; mặc định hôm nay.")
@click.option("--update", is_flag=True, help="Lấy lại các gói Debian, dù đã có trong bộ nhớ đệm.")
@click.option("--trial", is_flag=True, help="Để thử, không để phát: nén nhanh, không đóng thành .xz.")
@click.option("--check", is_flag=True, help="Chỉ nói máy này còn thiếu gì.")
@click.option("--cache", type=_WHOLE, default=Path(".build/image"), show_default=True, help="Thư mục của các bước.")
@click.option("--packs", type=_FOLDER, default=Path(".build/packs"), show_default=True, help="Thư mục các gói bài.")
@click.option("-o", "--out", type=_FOLDER, default=Path("anh-the"), show_default=True, help="Thư mục chứa ảnh.")
def command(
    suite: str, *, touchscreen: bool, mirror: str, more: tuple[str, ...], kernel: tuple[str, ...], day: str | None,
    update: bool, trial: bool, check: bool, cache: Path, packs: Path, out: Path,
) -> None:  # fmt: skip
    """Dựng ảnh thẻ cho mọi bản: hệ thống chỉ đọc, bài học và giọng đọc ở trong, lần bật đầu không cần mạng.

    Bước nào đã xong thì lần sau không làm lại; đứt giữa chừng thì chạy lại lệnh ấy. Cùng đầu vào, cùng ngày thì ra đúng
    từng byte.

    \b
    Ví dụ:
      provision image --check
      sudo provision image
      sudo provision image --touchscreen --day 2026-11-22
      sudo provision image --source "deb http://kho.noi-bo/raspberrypi trixie main" --kernel linux-image-rpi-v8
    """
    found = sorted(packs.glob("*.pack"))
    missing = needs.look(cache, len(found))
    if missing:
        click.echo(table(missing))
        raise click.exceptions.Exit(1)
    if check:
        click.echo("✓ máy này dựng được ảnh thẻ")
        return
    choice = packages.choose(suite, touchscreen=touchscreen, mirror=mirror, more=more, kernel=kernel)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H") if update else _last(cache)
    order = Order(choice, touchscreen, _CHECKOUT, tuple(found), _seconds(day), stamp, trial)
    began = time.monotonic()
    made = build(order.steps, cache, lambda told: click.echo(_line(told)))
    if update:
        (cache / "update").write_text(stamp, encoding="ascii")
    _hand_out(made["disk"], out)
    whole = out / f"{order.id}.img{'' if trial else '.xz'}"
    click.echo(f"{whole}: {whole.stat().st_size / 1e6:.0f} MB, {time.monotonic() - began:.0f} giây")
    known = card.manifest((out / f"{order.id}.json").read_text(encoding="utf-8"), order.id)
    click.echo(f"Chạy trên: {', '.join(known.models)}. Ghi thẻ: provision flash --help")


def _line(told: Told) -> str:
    done = ", đã có" if told.cached else ""
    return f"{told.number}/{told.of} {_SAID[told.step]}{done}"


def _last(cache: Path) -> str:
    """When Debian's packages were last taken anew; what was made since is used on."""
    path = cache / "update"
    return path.read_text(encoding="ascii") if path.exists() else ""


def _seconds(day: str | None) -> int:
    if day is None:
        return int(datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
    try:
        return int(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC).timestamp())
    except ValueError as wrong:
        raise KioskError(f"{day} không phải ngày", hint="viết như 2026-11-22") from wrong


def _hand_out(made: Path, out: Path) -> None:
    """What was made, as links where the disk allows: the image itself may be half a gigabyte."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(made.iterdir()):
        target = out / path.name
        target.unlink(missing_ok=True)
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
