"""A start: whole, again, and with its power cut at every act."""

import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kiosk.device.start import Start as Told
from provisioning.first_boot.steps import STEPS, Start, run
from tests.provisioning.first_boot.box import Plug, PowerCutError, TestDisk, TestHands, image, seen

Go = Callable[..., Told]
Card = Callable[..., TestDisk]
pytestmark = pytest.mark.usefixtures("same_keys")


def test_a_first_start_makes_the_box_that_of_its_site(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    told = start(card_of(plain))
    assert (told.data, told.site, told.wrong, told.trouble) == ("made", "card", "", ())
    assert (tmp_path / "etc/hostname").read_text() == "na-huong\n"
    assert "DomDom Na Huong" in (tmp_path / "etc/hostapd/hostapd.conf").read_text()
    assert (tmp_path / "var/lib/kiosk/packs/objects/abc").read_text() == "a sound"
    assert (tmp_path / "var/lib/kiosk/current").readlink() == Path("/opt/kiosk/ready/current")
    kept = tmp_path / "var/lib/kiosk/system/site.toml"
    assert kept.read_text() == plain
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert msgspec.json.decode((tmp_path / "run/kiosk/start.json").read_bytes(), type=Told) == told


def test_a_second_start_changes_nothing_that_lasts(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    disk = card_of(plain)
    first = start(disk)
    before, stamps = seen(tmp_path), _times(tmp_path / "var")
    second = start(disk)
    assert second == msgspec.structs.replace(first, data="kept")
    assert seen(tmp_path) == before
    assert _times(tmp_path / "var") == stamps


def test_a_start_cut_at_any_act_ends_as_one_that_was_not(
    start: Go, card_of: Card, tmp_path: Path, plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    acts = len(_acts(start, card_of(plain), whole))
    expected = seen(whole)
    assert acts > 12
    for at in range(acts):
        root = tmp_path / f"cut-{at}"
        disk = card_of(plain)
        disk.plug.at = at
        with pytest.raises(PowerCutError):
            start(disk, root)
        disk.plug = Plug()
        told = start(disk, root)
        assert told.trouble == (), at
        assert {path: text for path, text in seen(root).items() if not path.endswith(".new")} == expected, at


def test_a_start_cut_twice_in_a_row_still_ends_well(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    acts = _acts(start, card_of(plain), tmp_path / "whole")
    for at in range(0, len(acts), 3):
        root, disk = tmp_path / f"cut-{at}", card_of(plain)
        for each in (at, at // 2):
            disk.plug = Plug(each)
            with pytest.raises(PowerCutError):
                start(disk, root)
        disk.plug = Plug()
        assert start(disk, root).trouble == ()


def test_a_step_that_fails_is_told_and_the_others_go_on(
    start: Go, card_of: Card, tmp_path: Path, plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("provisioning.first_boot.identity.ensure", refuse)
    told = start(card_of(plain))
    assert "identity" in told.trouble[0]
    assert "No space left" in told.trouble[0]
    assert (tmp_path / "etc/hostname").read_text() == "na-huong\n"


def test_a_full_card_is_its_site_all_the_same(
    start: Go, card_of: Card, tmp_path: Path, plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = TestHands.write

    def full(hands: TestHands, path: str, data: bytes, **more: object) -> None:
        if path.startswith("var/"):
            raise OSError(28, "No space left on device")
        write(hands, path, data, **more)

    monkeypatch.setattr(TestHands, "write", full)
    monkeypatch.setattr(TestHands, "copy", lambda *_: full(TestHands, "var/", b""))
    told = start(card_of(plain))
    assert told.site == "card"
    assert (tmp_path / "etc/hostname").read_text() == "na-huong\n"
    assert (tmp_path / "var/lib/kiosk/current").is_symlink()
    assert "No space left" in told.trouble[0]


def test_what_only_another_site_has_use_for_goes(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    linked = plain + '\n[uplink]\nkind = "ethernet"\n'
    disk = card_of(linked)
    start(disk)
    assert (tmp_path / "etc/systemd/network/30-uplink.network").exists()
    disk.text = plain.encode()
    start(disk)
    assert not (tmp_path / "etc/systemd/network/30-uplink.network").exists()


def test_units_and_radios_are_looked_at_again_only_where_their_files_changed(tmp_path: Path, plain: str) -> None:
    text = (
        plain.replace('model = "pi-3b"', 'model = "pi-3b"\nusb_wifi = "mt76"')
        + '\n[uplink]\nkind = "wifi"\nssid = "Xa"\n'
    )
    ran = {}
    for name, site in (("plain", None), ("two radios", text.encode())):
        image(tmp_path / name)
        hands = TestHands(tmp_path / name, Plug())
        run(Start(hands, TestDisk(hands.plug, text=site)))
        ran[name] = hands.ran
    assert not [line for line in ran["plain"] if line.startswith(("systemctl", "udevadm"))]
    assert "systemctl daemon-reload" in ran["two radios"]
    assert "udevadm trigger --action=add --subsystem-match=net" in ran["two radios"]


def test_a_box_without_a_card_serves_the_nameless_house(tmp_path: Path) -> None:
    image(tmp_path)
    told = run(Start(TestHands(tmp_path, Plug()), None))
    assert (told.data, told.site, told.trouble) == ("", "image", ())
    assert (tmp_path / "var/lib/kiosk/current").is_symlink()


def test_every_step_is_a_word_of_the_log() -> None:
    assert list(STEPS) == ["data", "ready", "site", "identity", "name", "radio", "units"]


def _acts(start: Go, disk: TestDisk, root: Path) -> list[str]:
    start(disk, root)
    return disk.plug.acts


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
