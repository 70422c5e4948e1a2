import pytest
from click.testing import CliRunner

from kiosk.cli.paper import print as command
from kiosk.errors import KioskError
from tests.support.printed import needs_fonts


@pytest.fixture(autouse=True)
def house(monkeypatch, tmp_path):
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path))
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)
    (tmp_path / "kiosk.toml").write_text('[site]\nname = "Nhà văn hóa bản Nà Hường"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def run(*words):
    return CliRunner().invoke(command, list(words))


@needs_fonts
def test_both_commands_write_a_pdf_where_they_say(tmp_path):
    assert run("poster", "--wifi", "DomDom Na Huong KhongInternet").output.startswith("ap-phich.pdf: ")
    assert run("codes", "--count", "7", "-o", "lop.pdf").output.startswith("lop.pdf: ")
    for name in ("ap-phich.pdf", "lop.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")


def test_a_password_without_a_network_is_refused():
    done = run("poster", "--password", "muong-lay")
    assert isinstance(done.exception, KioskError)
    assert "--wifi" in str(done.exception)


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path):
    done = run("codes", "-o", str(tmp_path / "khong/co.pdf"))
    assert isinstance(done.exception, KioskError)
    assert "khong" in str(done.exception)
