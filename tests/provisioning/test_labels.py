"""What is printed for a site: words, codes, and what must never be on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.findings import Level
from provisioning.cli import provision
from provisioning.labels import labels
from provisioning.site_config import SiteConfig, parse
from tests.support.printed import Printed, needs_fonts, needs_paper

POSTER, HEAD, CHECK, BOX = 1, 2, 3, 4
SITES = ("pi-3b-modem", "pi-4b-touch", "pi-zero-2w-open")


def site(data_dir: Path, name: str) -> SiteConfig:
    return parse((data_dir / "sites" / name / "site.toml").read_text(encoding="utf-8"))


@needs_paper
@pytest.mark.parametrize("name", SITES)
def test_every_code_on_the_four_pages_joins_the_sites_network(data_dir: Path, tmp_path: Path, name: str) -> None:
    config = site(data_dir, name)
    printed = Printed(labels(config), tmp_path)
    assert printed.pages() == 4
    assert printed.codes(POSTER) == [f"WIFI:T:nopass;S:{config.wifi.ssid};;"]
    assert printed.codes(BOX) == [f"WIFI:T:nopass;S:{config.wifi.ssid};;"] * 8
    assert printed.codes(HEAD) == printed.codes(CHECK) == []


@needs_paper
def test_each_page_says_what_its_reader_needs(data_dir: Path, tmp_path: Path) -> None:
    printed = Printed(labels(site(data_dir, "pi-3b-modem")), tmp_path)
    told = {
        POSTER: ["“Đăng nhập vào mạng”", "DomDom Na Huong KhongInternet", "http://10.87.0.1/",
                 "Lò Thị Inh, 0000000001"],
        HEAD: ["Không mất tiền.", "Không có Internet.", "Không ghi tên ai.", "Tắt:", "Bật:", "Lò Thị Inh, 0000000001",
               "Tối thứ ba, thứ năm", "0213 000 0001", "156 hoặc 5656", "Đọc trên loa", "xin gặp Lò Thị Inh."],
        CHECK: ["na-huong-ban-bo", "Raspberry Pi 3 Model B", "USB 4G", "kênh 6", "10 điện thoại, lớp 10 người",
                "http://10.87.0.1/status.json", "Cắm điện", "Mất điện"],
        BOX: ["na-huong-ban-bo", "Nhà văn hóa bản Nà Hường", "Raspberry Pi 3 Model B", "Quét là vào Wi-Fi"],
    }  # fmt: skip
    for page, sentences in told.items():
        words = printed.words(page)
        assert [sentence for sentence in sentences if sentence not in words] == []


@needs_paper
def test_of_all_secrets_only_the_networks_password_is_printed(
    a_site: Callable[..., SiteConfig], data_dir: Path, tmp_path: Path
) -> None:
    config = site(data_dir, "pi-3b-modem")
    words = Printed(labels(config), tmp_path).words()
    assert config.collector.token
    assert config.staff.pin
    for secret in (config.collector.token, config.collector.key, config.staff.pin):
        assert secret not in words
    locked = a_site(
        'ssid = "DomDom Na Huong KhongInternet"',
        'ssid = "DomDom Ban Bo"\nsecurity = "wpa3"\npassword = "muong;lay,2026"',
    )
    printed = Printed(labels(locked), tmp_path)
    assert printed.codes(POSTER) == [r"WIFI:T:WPA;R:1;S:DomDom Ban Bo;P:muong\;lay\,2026;;"]
    for page in (POSTER, CHECK, BOX):
        assert "muong;lay,2026" in printed.words(page)


@needs_paper
def test_what_is_not_known_leaves_a_line_to_write_on_and_no_half_sentence(
    a_site: Callable[..., SiteConfig], tmp_path: Path
) -> None:
    bare = a_site('phone = "0912 345 678"\n', "", 'police = "0213 3 875 113"', "")
    printed = Printed(labels(bare), tmp_path)
    assert "Cần người giúp:" not in printed.words(POSTER)
    assert "xin gặp" not in printed.words(HEAD)
    assert "Người giúp trong bản" in printed.words(HEAD)
    assert "Hỏi:" not in printed.words(BOX)
    assert "Hẹn ngày đến lấy số liệu" in printed.words(CHECK)


@needs_paper
def test_the_longest_fields_stay_on_their_pages(a_site: Callable[..., SiteConfig], tmp_path: Path) -> None:
    name = "Nhà văn hóa thôn Lùng Thàng Sin Suối Hồ xã Thị trấn Phong Thổ mới sáp nhập năm"
    wide = a_site(
        'name = "Nhà văn hóa bản Nà Hường"', f'name = "{name}"',
        'village = "bản Nà Hường"', f'village = "{name}"\ncommune = "{name}"\nprovince = "{name}"',
        'ssid = "DomDom Na Huong KhongInternet"', f'ssid = "{"W" * 32}"\nsecurity = "wpa2"\npassword = "{"W" * 63}"',
        'phone = "0912 345 678"', f'name = "{name}"\nhours = "{name}"\nphone = "0912 345 678"',
    )  # fmt: skip
    printed = Printed(labels(wide), tmp_path)
    assert printed.pages() == 4
    for page in (POSTER, HEAD, CHECK, BOX):
        for word in printed.places(page):
            assert 0 < word.left < word.right < 595, word
            assert 0 < word.top < word.bottom < 842, word


@needs_fonts
def test_the_same_site_gives_the_same_bytes(data_dir: Path) -> None:
    config = site(data_dir, "pi-4b-touch")
    assert labels(config) == labels(config)


def test_what_the_check_tells_to_look_for_is_what_the_status_says(repository: Path) -> None:
    form = (repository / "provisioning/forms/check.toml").read_text(encoding="utf-8")
    sending = (repository / "kiosk/status/sending.py").read_text(encoding="utf-8")
    assert f"“{Level.FAIL.value}”" in form
    for said in ("Lần gửi cuối", "chưa được"):
        assert f"“{said}”" in form
        assert said in sending


@needs_fonts
def test_the_command_writes_a_pdf_for_each_site(data_dir: Path, tmp_path: Path) -> None:
    files = [str(data_dir / "sites" / name / "site.toml") for name in SITES]
    done = CliRunner().invoke(provision, ["labels", *files, "-o", str(tmp_path / "nhan")])
    assert done.exit_code == 0, done.output
    written = sorted((tmp_path / "nhan").glob("*.pdf"))
    assert [path.stem for path in written] == sorted(site(data_dir, name).site.id for name in SITES)
    for path in written:
        assert str(path) in done.output
        assert path.read_bytes().startswith(b"%PDF-")
