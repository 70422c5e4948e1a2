"""The unit that systemd calls."""

from pathlib import Path

# Each of these gives a program a view of the file systems of its own: it would mount the data for itself alone.
APART = (
    "PrivateTmp", "PrivateMounts", "PrivateDevices", "ProtectSystem", "ProtectHome", "ProtectKernelModules",
    "ProtectKernelTunables", "ProtectKernelLogs", "ProtectControlGroups", "ProtectProc", "ReadWritePaths",
    "ReadOnlyPaths", "InaccessiblePaths", "BindPaths", "TemporaryFileSystem", "RootDirectory",
    "MountFlags", "PrivateNetwork",
)  # fmt: skip


def test_what_first_boot_mounts_is_for_the_whole_box(repository: Path) -> None:
    text = (repository / "systemd" / "kiosk-first-boot.service").read_text(encoding="utf-8")
    assert [key for key in APART if f"\n{key}=" in text] == []


def test_nothing_that_reads_its_files_starts_before_it(repository: Path) -> None:
    text = (repository / "systemd" / "kiosk-first-boot.service").read_text(encoding="utf-8")
    before = {name for line in text.splitlines() if line.startswith("Before=") for name in line[7:].split()}
    assert {"systemd-tmpfiles-setup.service", "systemd-networkd.service", "hostapd.service", "kiosk.target"} <= before
    assert "Requires=" not in text
    assert "RequiresMountsFor=" not in text
