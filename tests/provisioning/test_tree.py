"""A rendered site on a disk."""

import stat
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from provisioning.tree import lay, look, root_of, save

FILES = {"etc/hostname": ("na-huong\n", 0o644), "/etc/kiosk/collector.token": ("x\n", 0o600)}


def test_what_is_laid_is_seen(tmp_path: Path) -> None:
    root = lay(tmp_path / "a", "site", FILES)
    seen = look(tmp_path / "a")
    assert seen.site == "site"
    assert seen.files == {"etc/hostname": "na-huong\n", "etc/kiosk/collector.token": "x\n"}
    assert root == root_of(tmp_path / "a") == root_of(root)


def test_what_was_rendered_before_is_gone(tmp_path: Path) -> None:
    lay(tmp_path, "site", FILES)
    lay(tmp_path, "site", {"etc/hosts": ("", 0o644)})
    assert set(look(tmp_path).files) == {"etc/hosts"}


def test_secrets_are_for_their_owner_alone(tmp_path: Path) -> None:
    root = lay(tmp_path, "site", FILES)
    modes = {
        path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "site.toml", *root.rglob("*")) if path.is_file()
    }
    assert modes[tmp_path / "site.toml"] == 0o600
    assert modes[root / "etc/kiosk/collector.token"] == 0o600
    assert modes[root / "etc/hostname"] == 0o644


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "luận văn.docx").write_text("x", encoding="utf-8")
    with pytest.raises(KioskError, match=r"luận văn\.docx"):
        lay(tmp_path, "site", FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["luận văn.docx"]


def test_a_path_that_leads_out_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="nằm ngoài"):
        lay(tmp_path / "a", "site", {"../../b": ("x", 0o644)})
    assert not (tmp_path / "b").exists()


def test_a_bare_root_is_a_tree_without_a_site(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    save(tmp_path / "etc" / "hosts", "x", mode=0o644)
    assert look(tmp_path).site == ""


def test_a_folder_that_is_no_tree_is_told(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="provision render"):
        look(tmp_path)
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "x").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KioskError, match="không đọc được"):
        look(tmp_path)
