"""A real file system on a loop device: written, verified, full, torn out; and what the screen is told."""

import os
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec
import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.outbox import stick
from kiosk.outbox.stick import Stage, Visit
from kiosk.process import run
from kiosk.settings import Settings
from kiosk.usage.journal import Journal
from kiosk.usage.recorder import record_once
from tests.outbox.fakes import check, view
from tests.support.office import Office
from tests.usage.house import recorded

HOUSE_EVENTS = 3_000


@pytest.fixture
def office(tmp_path):
    with closing(Office(tmp_path)) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path, office):
    return Settings(data=tmp_path / "data", run=tmp_path / "run", upload=office.upload)


@pytest.fixture
def journal(settings):
    opened = Journal.open(settings)
    opened.begin(device="ab" * 16, boot=clock.boot_id())
    opened.append([check(at) if at % 9 == 0 else view(at * 60) for at in range(HOUSE_EVENTS)])
    yield opened
    opened.close()


@contextmanager
def mounted(tmp_path, kib=2048):
    """A stick of FAT, or of ext4 where the kernel has no FAT; gives its folder and the file that is its memory."""
    memory, folder = tmp_path / "stick.img", tmp_path / "stick"
    with memory.open("wb") as file:
        file.truncate(kib * 1024)
    fat = "\tvfat\n" in Path("/proc/filesystems").read_text()
    run(["mkfs.vfat", memory] if fat else ["mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", memory])
    device = run(["losetup", "--show", "-f", memory]).out.decode().strip()
    folder.mkdir()
    try:
        run(["mount", "-o", "nosuid,nodev,noexec", device, folder])
        yield folder, memory
    finally:
        with suppress(KioskError):
            run(["umount", "--lazy", folder])
        run(["losetup", "-d", device])


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "lost+found")


@pytest.mark.root
@pytest.mark.needs("losetup", "mkfs.vfat", "mkfs.ext4", "mount")
def test_a_stick_goes_to_the_province_and_comes_back(tmp_path, settings, journal, office):
    with mounted(tmp_path) as (folder, _):
        done = stick.visit(settings, journal, folder)
        told = stick.last(settings)
        assert (told.stage, told.events, told.file) == (Stage.DONE, HOUSE_EVENTS, done.file)
        assert not told.over  # still mounted
        assert names(folder) == [done.file]
        run(["umount", folder])
        assert told.over
        assert names(folder) == []
        run(["mount", tmp_path / "stick.img", folder])  # on another machine
        taken = office.take((folder / done.file).read_bytes())
        assert (taken.site, taken.events) == ("ban-xa", HOUSE_EVENTS)
        (folder / "domdom.acks").write_bytes(taken.acks)
        stick.visit(settings, journal, folder)
        told = stick.last(settings)
        assert (told.returned, told.file) == (HOUSE_EVENTS, "")
        assert journal.unsent(10) == []
        run(["umount", folder])


@pytest.mark.root
@pytest.mark.needs("losetup", "mkfs.vfat", "mkfs.ext4", "mount")
def test_a_full_stick_is_left_as_it_was_and_nothing_is_lost(tmp_path, settings, journal):
    with mounted(tmp_path) as (folder, _):
        with (folder / "ANH.JPG").open("wb", buffering=0) as picture, suppress(OSError):
            while picture.write(b"x" * 4096):
                os.fsync(picture)
        with pytest.raises(KioskError, match="full"):
            stick.visit(settings, journal, folder)
        assert names(folder) == ["ANH.JPG"]
    told = stick.last(settings)
    assert (told.stage, told.said) == (Stage.FAILED, "the stick is full")
    assert told.hint
    assert sum(len(batch.events) for batch in journal.unsent(100_000)) == HOUSE_EVENTS


@pytest.mark.root
@pytest.mark.needs("losetup", "mkfs.vfat", "mkfs.ext4", "mount")
def test_a_stick_torn_out_is_told_and_the_next_one_has_all(tmp_path, settings, journal, monkeypatch):
    with mounted(tmp_path) as (folder, memory):
        written = Path.write_bytes

        def torn(path, data):
            if path.parent == folder:
                written(path, data[: len(data) // 2])
                os.truncate(memory, 0)  # nothing is behind the device any more
            return written(path, data)

        monkeypatch.setattr(Path, "write_bytes", torn)
        with pytest.raises(KioskError):
            stick.visit(settings, journal, folder)
        monkeypatch.undo()
    assert stick.last(settings).stage is Stage.FAILED
    (tmp_path / "other").mkdir()
    assert stick.visit(settings, journal, tmp_path / "other").events == HOUSE_EVENTS
    record_once(settings)
    assert [event.values[0] for event in recorded(settings, "error")] == ["carry"]


def test_a_folder_that_takes_nothing_says_what_to_do(settings, journal, tmp_path):
    with pytest.raises(KioskError, match="no folder"):
        stick.visit(settings, journal, tmp_path / "none")
    assert stick.last(settings).stage is Stage.FAILED


def test_what_another_start_or_nobody_told_is_nothing(settings):
    assert stick.last(settings) is None
    settings.run.mkdir()
    path = settings.run / "carry.json"
    path.write_bytes(msgspec.json.encode(Visit("0" * 32, 5, Stage.DONE, "/media/usb")))
    assert stick.last(settings) is None
    path.write_text("{")
    assert stick.last(settings) is None


MOUNTS = """/dev/root / ext4 ro 0 0
/dev/mmcblk0p1 /boot/firmware vfat ro 0 0
tmpfs /run/kiosk tmpfs rw 0 0
/dev/sda1 /run/kiosk-stick/sda1 vfat rw,nosuid 0 0
/dev/sdb1 /media/anh\\040cua\\040Mai exfat rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
"""


def test_only_sticks_are_found_among_what_is_mounted(tmp_path):
    assert stick.parse_mounts(MOUNTS) == [Path("/run/kiosk-stick/sda1"), Path("/media/anh cua Mai")]
    table = tmp_path / "mounts"
    for text, says in ((MOUNTS, "2 sticks"), ("", "no stick"), (MOUNTS[:100], "no stick")):
        table.write_text(text)
        with pytest.raises(KioskError, match=says):
            stick.find(table)
    table.write_text("\n".join(MOUNTS.splitlines()[:4]))
    assert stick.find(table) == Path("/run/kiosk-stick/sda1")
    with pytest.raises(KioskError, match="no stick"):
        stick.find(tmp_path / "none")
