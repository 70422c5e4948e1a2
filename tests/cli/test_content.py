import shutil

import pytest
from click.testing import CliRunner

from kiosk.cli import content
from kiosk.errors import KioskError
from tests.packs.made import FILES, packed, whole


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run `kiosk pack ...` in a house of its own; what it printed, and its error if any."""
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)

    def called(*words):
        done = CliRunner().invoke(content.pack, [str(word) for word in words])
        if done.exception and not isinstance(done.exception, KioskError):
            raise done.exception
        return done.output, done.exception

    return called


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "thu.pack"
    path.write_bytes(packed(whole(), FILES))
    return path


def test_a_pack_is_verified_installed_and_listed(call, pack):
    said = "1 lessons, 1 paths, 5 files, vi, en"
    assert call("verify", pack) == (f"{pack}: {said}\n", None)
    assert call("list") == ("", None)
    assert call("install", pack) == (f"installed thu {whole().version}: {said}\n", None)
    assert call("list") == (f"thu {whole().version}: {said}\n", None)


def test_a_damaged_pack_is_refused_and_nothing_is_installed(call, pack):
    pack.write_bytes(pack.read_bytes()[:-9000])
    for command in ("verify", "install"):
        output, wrong = call(command, pack)
        assert output == ""
        assert "thu.pack is refused" in str(wrong)
    assert call("list") == ("", None)


def test_an_installed_pack_that_cannot_be_read_is_listed_as_such(call, pack, tmp_path):
    call("install", pack)
    (tmp_path / "data" / "packs" / "installed" / "xau.json").write_text("{}")
    output, wrong = call("list")
    assert "FAIL  pack xau" in output
    assert "thu" in output
    assert isinstance(wrong, KioskError)


def test_a_source_with_errors_is_refused_with_a_table(call, data_dir, tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    text = (data_dir / "packs" / "tiny" / "pack.toml").read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    output, wrong = call("build", folder, "-o", tmp_path / "out", "--speech", tmp_path / "speech")
    assert "FAIL  pack.toml  the path quet-ma needs the lesson quet-ma — write lessons/" in output
    assert "to correct" in str(wrong)
    assert not (tmp_path / "out").exists()


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_a_source_in_order_is_built(call, data_dir, tmp_path):
    output, wrong = call("build", data_dir / "packs/tiny", "-o", tmp_path / "out", "--speech", tmp_path / "speech")
    assert wrong is None
    (built,) = (tmp_path / "out").iterdir()
    assert output.startswith(f"{built}: 1 lessons, 1 paths")
    assert call("verify", built)[1] is None


def test_sources_read_too_long_ago_are_listed_and_end_with_an_error(call, data_dir, tmp_path):
    folder = tmp_path / "tiny"
    shutil.copytree(data_dir / "packs" / "tiny", folder)
    told = folder / "practice" / "quet-ma.yaml"
    text = told.read_text(encoding="utf-8").replace("2026-11-22", "2026-01-01")
    told.write_text(text, encoding="utf-8")
    output, wrong = call("stale", folder, "--on", "2026-07-01")
    said = f"{told}:3: Không có thật, checked 2026-01-01, 181 days ago: https://example.invalid/\n"
    assert output == said
    assert wrong.message == "1 of 1 sources were checked more than 180 days ago"
    assert call("stale", folder, "--on", "2026-06-30") == (
        "1 sources, none checked more than 180 days ago\n", None,
    )  # fmt: skip
    assert call("stale", "--days", "30", folder, "--on", "2026-06-30")[1] is not None
