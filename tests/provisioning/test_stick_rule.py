"""udev's own word on a block device that a test calls a stick: which starts the unit that takes the counts along."""

from pathlib import Path

import pytest

from kiosk.process import run
from tests.provisioning import golden

_RULE = "etc/udev/rules.d/90-kiosk-stick.rules"
# Seen by nobody else on this machine: the rules lie in a mount of the test's own.
_ASK = """mount -t tmpfs none /run
mkdir -p /run/udev/rules.d
cp "$1"/*.rules /run/udev/rules.d/
exec udevadm test --action="$2" "$3" 2>&1"""


@pytest.mark.root
@pytest.mark.needs("udevadm", "unshare", "mount")
@pytest.mark.parametrize(
    ("bus", "system", "label", "action", "starts"),
    [
        ("usb", "vfat", "ANH", "add", True),
        ("usb", "exfat", "", "add", True),
        ("usb", "vfat", "DOMDOM", "add", False),  # a card of ours in a reader
        ("ata", "vfat", "ANH", "add", False),
        ("usb", "ext4", "ANH", "add", False),
        ("usb", "vfat", "ANH", "remove", False),
    ],
)
def test_a_stick_that_is_put_in_and_nothing_else_starts_the_carrying(
    tmp_path: Path, bus: str, system: str, label: str, action: str, *, starts: bool
) -> None:
    device = min(Path("/sys/class/block").iterdir())
    told = f'ENV{{ID_BUS}}="{bus}", ENV{{ID_FS_TYPE}}="{system}", ENV{{ID_FS_LABEL}}="{label}"\n'
    (tmp_path / "89-told.rules").write_text(told)  # behind Debian's own, which look at what the device really holds
    (tmp_path / "90-kiosk-stick.rules").write_text(golden.rendered("pi-4b-touch")[_RULE].text)
    said = run(["unshare", "--mount", "sh", "-ec", _ASK, "sh", tmp_path, action, device]).out.decode()
    assert f"ID_FS_TYPE={system}" in said
    assert (f"SYSTEMD_WANTS=kiosk-carry@{device.name}.service" in said) is starts
