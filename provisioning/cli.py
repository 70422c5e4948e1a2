"""The command `provision`: the technician's. Its words are Vietnamese, as its readers are."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from kiosk.errors import KioskError
from kiosk.findings import Finding, Level, worst
from provisioning import fleet as many
from provisioning import models, tree
from provisioning.check import rules
from provisioning.check.judge import judge
from provisioning.flash import command as flash
from provisioning.image import command as image
from provisioning.new_site import build, flat, pair, pin_hash
from provisioning.render import render
from provisioning.show import MARKS, apart, shared, table
from provisioning.site_config import parse
from provisioning.site_file import write

_TOLD = (Level.WARN, Level.FAIL)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW = click.Path(file_okay=False, path_type=Path)
# flag -> key of the site file
_FLAGS = {
    "village": "site.village",
    "commune": "site.commune",
    "province": "site.province",
    "name": "site.name",
    "model": "box.model",
    "touchscreen": "box.touchscreen",
    "class_size": "site.class_size",
    "language": "site.languages",
    "uplink": "uplink.kind",
    "helper": "helper.name",
    "phone": "helper.phone",
    "hours": "helper.hours",
    "police": "helper.police",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="domdom")
def provision() -> None:
    """Đom Đóm: từ tên bản đến thẻ nhớ đã kiểm tra.

    \b
    Thứ tự làm:
      provision site new      hỏi về một bản, ghi sites/<bản>.toml
      provision site check    kiểm tra tệp ấy
      provision render        dựng hệ thống của bản vào một thư mục
      provision check         cho các chương trình thật xem thử
      provision labels        in áp phích, trang của trưởng bản, nhãn dán
      provision fleet         làm cả danh sách bản từ Excel
      provision image         dựng ảnh thẻ cho mọi bản
      provision flash         ghi thẻ, đọc lại, so từng byte
    """


@provision.group()
def site() -> None:
    """Tệp của một bản: tạo, kiểm tra, đổi PIN.

    \b
    Ví dụ:
      provision site new
      provision site check sites/na-huong.toml
    """


@site.command("new")
@click.option("--village", help='Tên bản, như "bản Nà Hường".')
@click.option("--commune", help="Xã.")
@click.option("--province", help="Tỉnh.")
@click.option("--name", help="Tên nhà văn hóa; để trống thì theo tên bản.")
@click.option("--model", help="Đời máy, như pi-3b, pi-4b, pi-zero-2w.")
@click.option("--touchscreen/--no-touchscreen", default=None, help="Có màn hình chạm.")
@click.option("--class-size", type=click.IntRange(1, 200), help="Số người dùng điện thoại cùng lúc.")
@click.option("--language", multiple=True, help="Mã tiếng, lặp lại cho nhiều tiếng: --language vi --language blt")
@click.option("--uplink", type=click.Choice(["none", "ethernet", "usb-modem", "wifi", "phone"]), help="Cách ra mạng.")
@click.option("--helper", help="Tên người giúp.")
@click.option("--phone", help="Số điện thoại của người giúp.")
@click.option("--hours", help="Giờ gặp được người giúp.")
@click.option("--police", help="Số của công an xã.")
@click.option("--pin-file", type=click.File(), help="Tệp có PIN của tổ công nghệ số; - là đọc từ bàn phím.")
@click.option("--base", type=_FILE, help="Tệp có những mục chung, như [collector] của tỉnh.")
@click.option(
    "--set", "more", multiple=True, metavar="MỤC.TÊN=GIÁ TRỊ", help="Đặt bất cứ mục nào: --set wifi.channel=11"
)
@click.option("-o", "--out", type=_NEW, default=Path("sites"), show_default=True, help="Thư mục chứa tệp.")
@click.option("--yes", is_flag=True, help="Không hỏi gì; mục nào không nói thì lấy mặc định.")
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
def new_site(**flags: Any) -> None:
    """Hỏi về một bản rồi ghi sites/<bản>.toml.

    \b
    Ví dụ:
      provision site new
      provision site new --yes --village "bản Nà Hường" --commune "Bản Bo" --model pi-3b --uplink usb-modem
      provision site new --yes --village "bản Phiêng" --model pi-4b --base tinh.toml --set wifi.channel=11
    """
    config, wrong = build(_answers(flags))
    if config is None:
        _stop([fault.finding for fault in wrong], "chưa tạo tệp nào")
    text = write(config)
    path = flags["out"] / f"{config.site.id}.toml"
    if path.exists() and not flags["force"]:
        raise KioskError(f"{path} đã có", hint="sửa tệp ấy, hoặc thêm --force để ghi đè")
    path.parent.mkdir(parents=True, exist_ok=True)
    tree.save(path, text)
    click.echo(f"{path}: Wi-Fi {config.wifi.ssid}, {config.model.name}, giữ {config.stations} điện thoại")
    _report(rules.of_text(text))


@site.command("check")
@click.argument("files", type=_FILE, nargs=-1, required=True)
def check_site(files: tuple[Path, ...]) -> None:
    """Nói từng lỗi của mỗi tệp: dòng nào, sai gì, sửa thế nào.

    \b
    Ví dụ:
      provision site check sites/*.toml
    """
    found = []
    for path in files:
        rows = rules.of_text(_text(path))
        click.echo(f"{path}: {'' if rows else 'không có gì phải sửa'}".rstrip())
        _say(table(rows))
        found += rows
    _end(found)


@site.command("pin")
def new_pin() -> None:
    """Hỏi PIN mới của tổ công nghệ số, in dòng để chép vào mục [staff].

    \b
    Ví dụ:
      provision site pin
    """
    pin = click.prompt("PIN mới (4-12 chữ số)", hide_input=True, confirmation_prompt="Gõ lại")
    click.echo(f'pin = "{pin_hash(pin)}"')


@provision.command("render")
@click.argument("file", type=_FILE)
@click.option("-o", "--out", type=_NEW, required=True, help="Thư mục, trống hoặc đã dựng trước đó.")
def render_site(file: Path, out: Path) -> None:
    """Dựng mọi tệp hệ thống của bản FILE vào một thư mục.

    \b
    Ví dụ:
      provision render sites/na-huong.toml -o dung/na-huong
    """
    text = _text(file)
    files = {path: (each.text, each.mode) for path, each in render(parse(text, str(file))).items()}
    root = tree.lay(out, text, files)
    click.echo(f"{root}: {len(files)} tệp. Kiểm tra: provision check {out}")


@provision.command("check")
@click.argument("folder", type=_FOLDER)
def check_tree(folder: Path) -> None:
    """Cho hostapd, dnsmasq, nft, nginx và systemd xem thử hệ thống đã dựng; thêm các luật của Đom Đóm.

    \b
    Ví dụ:
      provision check dung/na-huong
    """
    _report(judge(folder))


@provision.command("labels")
@click.argument("files", type=_FILE, nargs=-1, required=True)
@click.option("-o", "--out", type=_NEW, default=Path("nhan"), show_default=True, help="Thư mục chứa các tệp PDF.")
def print_labels(files: tuple[Path, ...], out: Path) -> None:
    """In cho mỗi bản một PDF: áp phích, trang của trưởng bản, năm phút kiểm tra, nhãn dán.

    \b
    Ví dụ:
      provision labels sites/na-huong.toml
      provision labels sites/*.toml -o nhan
    """
    from provisioning.labels import labels  # noqa: PLC0415  a card prints nothing

    out.mkdir(parents=True, exist_ok=True)
    for path in files:
        config = parse(_text(path), str(path))
        document = out / f"{config.site.id}.pdf"
        document.write_bytes(labels(config))
        click.echo(f"{document}: {config.site.name}")


@provision.command("fleet")
@click.argument("spreadsheet", type=_FILE)
@click.option("-o", "--out", type=_NEW, default=Path("sites"), show_default=True, help="Thư mục chứa tệp của các bản.")
@click.option("--base", type=_FILE, help="Tệp có những mục chung, như [collector] của tỉnh.")
@click.option("--set", "more", multiple=True, metavar="MỤC.TÊN=GIÁ TRỊ", help="Đặt một mục cho mọi bản.")
@click.option("--force", is_flag=True, help="Ghi lại cả những tệp đã sửa bằng tay.")
def fleet(spreadsheet: Path, out: Path, base: Path | None, more: tuple[str, ...], *, force: bool) -> None:
    """Làm mọi bản trong danh sách CSV: ghi tệp, dựng, kiểm tra.

    \b
    Ví dụ:
      provision fleet danh-sach.csv -o sites
      provision fleet danh-sach.csv --base tinh.toml --set box.model=pi-4b
    """
    villages, unused = many.plan(spreadsheet.read_bytes(), {**_base(base), **_pairs(more)})
    for heading in unused:
        click.echo(f"· cột không dùng: {heading}")
    villages = many.make(villages, out, force=force)
    rows = [(village.row, [row for row in village.findings if row.level in _TOLD]) for village in villages]
    for village, own in zip(villages, apart(rows), strict=True):
        click.echo(f"{MARKS[village.level]} hàng {village.row}  {village.name or '?'}  {village.id}")
        _say(table(own, indent="    "))
    _say(shared(rows))
    made = sum(1 for village in villages if village.config)
    good = sum(1 for village in villages if village.level is not Level.FAIL)
    click.echo(f"{len(villages)} bản: {good} dùng được, {len(villages) - good} phải sửa; đã ghi {made} tệp vào {out}")
    _end([row for _, found in rows for row in found])


provision.add_command(image.command)
provision.add_command(flash.command)


def main() -> None:
    """Run the command line; a KioskError becomes one line and exit code 1."""
    try:
        sys.exit(provision(standalone_mode=False))  # click hands back the code of an Exit
    except click.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except KioskError as wrong:
        print(f"provision: {wrong}", file=sys.stderr)
        sys.exit(1)
    except OSError as wrong:
        print(f"provision: {wrong.filename}: {wrong.strerror}", file=sys.stderr)
        sys.exit(1)


def _answers(flags: Mapping[str, Any]) -> dict[str, Any]:
    """What flags, the common file and the technician say of a new site."""
    said = {_FLAGS[flag]: flags[flag] for flag in _FLAGS if flags[flag] not in (None, ())}
    if flags["pin_file"]:
        said["staff.pin"] = pin_hash(flags["pin_file"].readline().strip())
    given = {**_base(flags["base"]), **said, **_pairs(flags["more"])}
    if "box.model" in given:
        given["box.model"] = _model(str(given["box.model"]))
    if flags["yes"]:
        return given
    if not sys.stdin.isatty():
        raise KioskError("không có bàn phím để hỏi", hint="thêm --yes và các cờ: provision site new --help")
    from provisioning.questions import ask  # noqa: PLC0415  a card has no questionary

    return ask(given)


def _base(path: Path | None) -> dict[str, Any]:
    return flat(_text(path)) if path else {}


def _pairs(more: Sequence[str]) -> dict[str, Any]:
    return dict(pair(each) for each in more)


def _model(written: str) -> str:
    found = models.find(written)
    return found.id if found else written


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise KioskError(f"{path} không phải chữ UTF-8", hint="mở bằng Notepad, Lưu thành, chọn UTF-8") from wrong


def _report(findings: Sequence[Finding]) -> None:
    _say(table(findings) or "✓ không có gì phải sửa")
    _end(findings)


def _say(text: str) -> None:
    if text:
        click.echo(text)


def _end(findings: Sequence[Finding]) -> None:
    """Leave with 1 when something must be changed before a card is flashed."""
    if worst(findings) is Level.FAIL:
        raise click.exceptions.Exit(1)


def _stop(findings: Sequence[Finding], what: str) -> NoReturn:
    click.echo(table(findings), err=True)
    raise KioskError(what, hint="sửa những chỗ trên rồi chạy lại")
