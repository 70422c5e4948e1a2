"""The command `provision` from outside: what it writes, says, refuses and with which exit code."""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kiosk.findings import Level
from provisioning import cli, fleet
from provisioning.site_config import parse

NEW = ["site", "new", "--yes", "--village", "bản Nà Hường", "--commune", "xã Bản Bo", "--model", "Pi 3B"]
HELPED = ["--phone", "0000000001", "--police", "0213 000 0001"]


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("provisioning.check.daemons.judge", lambda folder: [])

    def running(*words: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["provision", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return running


def test_a_site_is_made_from_flags(run: Run) -> None:
    ran = run(*NEW, *HELPED, "--set", "wifi.channel=11")
    path = Path("sites/na-huong-ban-bo.toml")
    assert ran.code == 0
    assert "DomDom Na Huong KhongInternet" in ran.out
    assert parse(path.read_text(encoding="utf-8")).wifi.channel == 11
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_site_that_is_there_stays(run: Run) -> None:
    run(*NEW)
    ran = run(*NEW, "--set", "wifi.channel=1")
    assert ran.code == 1
    assert "--force" in ran.err
    assert run(*NEW, "--set", "wifi.channel=1", "--force").code == 0
    assert parse(Path("sites/na-huong-ban-bo.toml").read_text(encoding="utf-8")).wifi.channel == 1


def test_what_a_province_shares_comes_from_its_file(run: Run) -> None:
    Path("tinh.toml").write_text('[site]\nprovince = "Lai Châu"\n[wifi]\nchannel = 1\n', encoding="utf-8")
    assert run(*NEW, "--base", "tinh.toml", "--set", "wifi.channel=11").code == 0
    config = parse(Path("sites/na-huong-ban-bo.toml").read_text(encoding="utf-8"))
    assert (config.site.province, config.wifi.channel) == ("Lai Châu", 11)


def test_a_pin_comes_from_a_file_and_is_not_said(run: Run) -> None:
    Path("pin").write_text("274613\n", encoding="utf-8")
    ran = run(*NEW, "--pin-file", "pin")
    text = Path("sites/na-huong-ban-bo.toml").read_text(encoding="utf-8")
    assert "274613" not in ran.out + ran.err + text
    assert "$argon2id$" in text


def test_what_cannot_be_a_site_is_told_and_not_written(run: Run) -> None:
    ran = run("site", "new", "--yes", "--village", "x\ny", "--model", "pi-9")
    assert ran.code == 1
    assert "box.model" in ran.err or "site.name" in ran.err
    assert "Traceback" not in ran.err
    assert not Path("sites").exists()


def test_a_board_that_cannot_run_the_image_is_refused_by_name(run: Run) -> None:
    ran = run("site", "new", "--yes", "--village", "bản Bo", "--model", "Pi Zero W")
    assert ran.code == 1
    assert "Raspberry Pi Zero W" in ran.out


def test_without_a_keyboard_nothing_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    ran = run("site", "new")
    assert ran.code == 1
    assert "--yes" in ran.err


def test_checking_tells_every_fault_with_its_line(run: Run, data_dir: Path) -> None:
    good, bad = data_dir / "sites/pi-3b-modem/site.toml", data_dir / "sites/wrong/nhieu-loi.toml"
    ran = run("site", "check", str(good), str(bad))
    assert ran.code == 1
    assert "không có gì phải sửa" in ran.out
    assert "dòng 11" in ran.out
    assert run("site", "check", str(good)).code == 0


def test_a_warning_is_told_and_does_not_fail(run: Run, data_dir: Path) -> None:
    ran = run("site", "check", str(data_dir / "sites/wrong/lop-qua-dong.toml"))
    assert ran.code == 0
    assert "! dòng 4" in ran.out


def test_a_file_that_notepad_saved_is_read(run: Run, plain: str) -> None:
    Path("a.toml").write_bytes(plain.replace("\n", "\r\n").encode("utf-8-sig"))
    assert run("site", "check", "a.toml").code == 0
    Path("a.toml").write_bytes(plain.encode("utf-16"))
    ran = run("site", "check", "a.toml")
    assert ran.code == 1
    assert "UTF-8" in ran.err


@pytest.mark.parametrize("name", ["pi-3b-modem", "pi-zero-2w-open", "pi-4b-touch"])
def test_a_site_is_rendered_and_checked(name: str, run: Run, data_dir: Path) -> None:
    site = data_dir / "sites" / name / "site.toml"
    ran = run("render", str(site), "-o", "dung")
    assert ran.code == 0
    assert Path("dung/site.toml").read_text(encoding="utf-8") == site.read_text(encoding="utf-8")
    assert (Path("dung/rootfs/etc/hostname").read_text(encoding="utf-8")).strip()
    assert run("check", "dung").code == 0


def test_a_rendered_file_that_somebody_changed_is_found(run: Run, data_dir: Path) -> None:
    run("render", str(data_dir / "sites/pi-3b-modem/site.toml"), "-o", "dung")
    path = Path("dung/rootfs/etc/hostapd/hostapd.conf")
    path.write_text(path.read_text(encoding="utf-8").replace("channel=6", "channel=abc"), encoding="utf-8")
    ran = run("check", "dung")
    assert ran.code == 1
    assert "channel=abc" in ran.out


def test_a_broken_site_is_not_rendered(run: Run, data_dir: Path) -> None:
    ran = run("render", str(data_dir / "sites/wrong/nhieu-loi.toml"), "-o", "dung")
    assert ran.code == 1
    assert "dòng 1: site.name" in ran.err
    assert "8 lỗi nữa" in ran.err
    assert not Path("dung").exists()


def test_no_command_prints_a_secret(run: Run, data_dir: Path) -> None:
    site = data_dir / "sites/pi-4b-touch/site.toml"
    config = parse(site.read_text(encoding="utf-8"))
    said = ""
    for words in (["site", "check", str(site)], ["render", str(site), "-o", "dung"], ["check", "dung"]):
        ran = run(*words)
        said += ran.out + ran.err
    for secret in (config.collector.token, config.staff.pin, config.certificate.key):
        assert secret not in said


def test_a_folder_that_cannot_be_written_is_told(run: Run) -> None:
    Path("sites").write_text("", encoding="utf-8")
    ran = run(*NEW)
    assert ran.code in (1, 2)
    assert "Traceback" not in ran.err


def test_a_list_is_made_and_what_many_lack_is_told_once(run: Run, data_dir: Path) -> None:
    ran = run("fleet", str(data_dir / "sites/villages.csv"), "-o", "ban", "--set", "site.province=Lai Châu")
    assert ran.code == 0
    assert "43 bản: 43 dùng được, 0 phải sửa" in ran.out
    assert ran.out.count("chưa có máy chủ của tỉnh") == 1
    assert len(list(Path("ban").glob("*.toml"))) == 43


def test_a_list_with_a_bad_row_tells_it_and_fails(run: Run) -> None:
    Path("a.csv").write_text("Tên bản,Máy,Lạ\nNà Lò,Pi 3,x\nNà Sa,Pi 4,x\n", encoding="utf-8")
    ran = run("fleet", "a.csv")
    assert ran.code == 1
    assert "cột không dùng: Lạ" in ran.out
    assert "✗ hàng 2  Nà Lò" in ran.out
    assert "2 bản: 1 dùng được, 1 phải sửa" in ran.out


def test_a_new_pin_is_asked_for_twice_and_given_as_a_line() -> None:
    ran = CliRunner().invoke(cli.provision, ["site", "pin"], input="274613\n274613\n")
    assert ran.exit_code == 0
    assert 'pin = "$argon2id$' in ran.output
    assert "274613" not in ran.output


@pytest.mark.needs("hostapd", "dnsmasq", "nft", "nginx", "systemd-analyze")
def test_the_real_programs_take_every_site_of_a_list(tmp_path: Path, data_dir: Path) -> None:
    rows = (data_dir / "sites/villages.csv").read_text(encoding="utf-8-sig").splitlines()[:6]
    made = fleet.make(fleet.plan("\n".join(rows).encode(), {})[0], tmp_path)
    assert len(made) == 5
    for village in made:
        assert village.level is not Level.FAIL, village.findings
        assert {"hostapd", "dnsmasq", "nft", "nginx"} <= {row.area for row in village.findings}


def test_every_command_has_help_with_an_example() -> None:
    def walk(command: click.Command, name: str) -> None:
        text = command.get_help(click.Context(command, info_name=name))
        assert name in text.split("\n", 1)[1], f"{name} --help has no example"
        if isinstance(command, click.Group):
            for each, inner in command.commands.items():
                walk(inner, f"{name} {each}")

    walk(cli.provision, "provision")
