"""What a site was rendered to is laid again without rendering: the same box, sooner."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.device.start import Start as Told
from kiosk.errors import KioskError
from provisioning.first_boot import laid
from provisioning.first_boot.laid import Laid
from provisioning.first_boot.steps import IMAGE, Start, run
from provisioning.tree import Rendered
from tests.provisioning.first_boot.box import Plug, TestDisk, TestHands, image, seen

Go = Callable[..., Told]
Card = Callable[..., TestDisk]
pytestmark = pytest.mark.usefixtures("same_keys")
_LAID = Laid(b"i1", b"[site]", {"etc/a": Rendered("a\n"), "etc/b": Rendered("b", 0o600, "kiosk")}, ("etc/c",))


@pytest.fixture
def nothing_renders(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, whoever renders a site fails."""

    def refuse(*_: object) -> None:
        raise KioskError("rendered")

    return lambda: monkeypatch.setattr("provisioning.first_boot.rendered.choose_and_render", refuse)


def test_what_is_packed_is_unpacked_the_same() -> None:
    assert laid.unpack(laid.pack(_LAID)) == _LAID


@pytest.mark.parametrize("at", [0, 5, 40, -1])
def test_a_damaged_byte_is_seen(at: int) -> None:
    raw = bytearray(laid.pack(_LAID))
    raw[at] ^= 4
    assert laid.unpack(bytes(raw)) is None


def test_what_is_cut_short_or_of_another_version_is_nothing() -> None:
    raw = laid.pack(_LAID)
    assert [laid.unpack(raw[:size]) for size in (0, 3, 4, 20, len(raw) - 1)] == [None] * 5


def test_the_same_site_is_laid_without_rendering(
    start: Go, card_of: Card, tmp_path: Path, plain: str, nothing_renders: Callable[[], None]
) -> None:
    disk = card_of(plain + '\n[uplink]\nkind = "ethernet"\n')
    first = start(disk)
    before = seen(tmp_path)
    nothing_renders()
    again = start(disk)
    assert (again.site, again.wrong, again.trouble) == (first.site, first.wrong, ())
    assert seen(tmp_path) == before


@pytest.mark.parametrize("change", ["edited", "another image", "damaged", "unreadable"])
def test_whatever_is_not_the_same_is_rendered(
    change: str, start: Go, card_of: Card, tmp_path: Path, plain: str, nothing_renders: Callable[[], None]
) -> None:
    disk = card_of(plain)
    start(disk)
    kept = tmp_path / laid.KEPT
    if change == "edited":
        disk.text = (plain + "\n").encode()
    elif change == "unreadable":
        disk.text = None
    elif change == "damaged":
        kept.write_bytes(kept.read_bytes()[:-1])
    nothing_renders()
    image(tmp_path)
    if change == "another image":
        (tmp_path / IMAGE).write_text("i2")
    told = run(Start(TestHands(tmp_path, disk.plug), disk))
    assert told.trouble == ("site: rendered",)


def test_a_site_that_did_not_pass_is_judged_at_each_start(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    disk = card_of(plain)
    start(disk)
    disk.text = b"[site]\nid = 5\n"
    for _ in range(2):
        told = start(disk)
        assert told.site == "kept"
        assert told.wrong


def test_a_site_that_could_not_be_kept_is_rendered_until_it_is(
    start: Go, card_of: Card, tmp_path: Path, plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, kept = card_of(plain), tmp_path / "var/lib/kiosk/system/site.toml"
    with monkeypatch.context() as full:
        full.setattr("provisioning.first_boot.site._keep", lambda *_: None)
        start(disk)
    assert not (tmp_path / laid.KEPT).exists()
    start(disk)
    assert kept.read_text() == plain
    assert (tmp_path / laid.KEPT).exists()


def test_it_is_for_root_alone(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    start(card_of(plain))
    assert (tmp_path / laid.KEPT).stat().st_mode & 0o777 == 0o600


def test_a_box_that_knows_no_image_keeps_nothing(tmp_path: Path, plain: str) -> None:
    image(tmp_path)
    (tmp_path / IMAGE).unlink()
    run(Start(TestHands(tmp_path, Plug()), TestDisk(Plug(), text=plain.encode())))
    assert not (tmp_path / laid.KEPT).exists()


def test_a_start_loads_nothing_that_renders() -> None:
    said = "import sys, provisioning.first_boot.command; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.split()
    assert not {"jinja2", "provisioning.render", "provisioning.check.rules", "nacl"} & set(loaded)
