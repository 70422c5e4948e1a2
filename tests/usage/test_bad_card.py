import threading
from pathlib import Path

import msgspec
import pytest

from kiosk.errors import KioskError
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.process import run
from kiosk.settings import Counting, Settings
from kiosk.status import report
from kiosk.usage import note
from kiosk.usage.note import Trouble
from kiosk.usage.recorder import record_once, run_recorder
from kiosk.usage.report import Usage
from kiosk.usage.store import kept
from tests.usage.house import batches, cards, log, put, reasons, recorded, view


@pytest.fixture
def settings(settings):
    """A house whose recorder commits at once."""
    return msgspec.structs.replace(settings, counting=Counting(most_kib=1024, every=0.1))


@pytest.fixture
def card(tmp_path):
    """A file system of 2 MiB that is the data folder."""
    folder = tmp_path / "card"
    folder.mkdir()
    run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder])
    yield folder
    run(["umount", "-l", folder])


def house(card: Path, tmp_path: Path) -> Settings:
    return Settings(data=card, run=tmp_path / "run", counting=Counting(most_kib=1024, every=0.1))


def pages(first, count):
    return [make("help", 5, page=f"help/p{number}") for number in range(first, first + count)]


def working(settings, until, *, seconds=20.0):
    """Run the recorder until `until` is true of its note, then stop it."""
    (settings.run / "recorder.json").unlink(missing_ok=True)
    stop = threading.Event()
    worker = threading.Thread(target=run_recorder, args=(settings, stop), kwargs={"pause": 0.05})
    worker.start()
    pulse = threading.Event()
    for _ in range(int(seconds / 0.02)):
        said = note.read(settings)
        if said and until(said):
            break
        pulse.wait(0.02)
    stop.set()
    worker.join()
    return said


def test_a_file_that_is_no_database_is_kept_aside_and_counting_goes_on(settings):
    record_once(settings)
    settings.usage.write_bytes(b"this was a database once " * 100)
    log(settings, view("p/l/one"))
    working(settings, lambda said: said.trouble is Trouble.NONE and said.committed)
    assert cards(settings) == ["p/l/one"]
    assert [path.read_bytes()[:9] for path in kept(settings.usage)] == [b"this was "]
    assert any("corrupt-1" in finding.what for finding in report.read(settings).findings)


def test_a_damaged_page_is_found_at_the_start_and_the_file_kept_aside(settings):
    put(settings, *pages(0, 3000))
    record_once(settings)
    data = bytearray(settings.usage.read_bytes())
    data[20 * 1024 : 60 * 1024] = b"\xa5" * (40 * 1024)
    settings.usage.write_bytes(data)
    put(settings, *pages(9000, 1))
    working(settings, lambda said: said.trouble is Trouble.NONE and said.committed)
    assert [event.values[0] for event in recorded(settings, "help")] == ["help/p9000"]
    assert reasons(settings) == ["usage-new"]
    assert len(kept(settings.usage)) == 1


def test_a_dying_card_is_not_filled_with_damaged_files(settings):
    settings.data.mkdir()
    for number in range(1, 6):
        settings.usage.with_name(f"usage.db.corrupt-{number}").write_bytes(b"x")
    settings.usage.write_bytes(b"no database either " * 100)
    said = working(settings, lambda said: said.trouble is Trouble.CARD)
    assert said.trouble is Trouble.CARD
    assert len(kept(settings.usage)) == 5


def test_at_its_bound_the_oldest_events_go_and_every_seq_is_accounted_for(settings):
    house = msgspec.structs.replace(settings, counting=Counting(most_kib=256, every=0.1))
    for start in range(0, 12_000, 3000):
        put(house, *pages(start, 3000))
        record_once(house)
    (batch,) = batches(house)
    sent = Ranges.of(seq for seq, _ in batch.events)
    assert batch.gone
    assert sent | batch.gone == Ranges(((1, batch.events[-1][0]),))
    help_lost = sum(event.values[1] for event in recorded(house, "dropped") if event.values[0] == "help")
    assert len(recorded(house, "help")) + help_lost == 12_000
    assert recorded(house, "help")[-1].values[0] == "help/p11999"
    assert house.usage.stat().st_size <= 256 * 1024


@pytest.mark.root
@pytest.mark.needs("mount")
def test_a_full_card_gives_its_reserve_and_counting_goes_on(card, tmp_path):
    settings = house(card, tmp_path)
    working(settings, lambda said: said.committed)
    assert (card / "usage.reserve").exists()
    fill(card)
    put(settings, *pages(0, 1000))
    said = working(settings, lambda said: said.seq >= 1000)
    assert said.trouble is Trouble.NONE
    assert [event.values[0] for event in recorded(settings, "help")] == [event.values[0] for event in pages(0, 1000)]
    assert not (card / "usage.reserve").exists()


@pytest.mark.root
@pytest.mark.needs("mount")
def test_a_card_full_beyond_the_reserve_is_said_and_nothing_is_lost_or_doubled(card, tmp_path):
    settings = house(card, tmp_path)
    put(settings, *pages(0, 10))
    record_once(settings)
    filler = fill(card)
    put(settings, *pages(10, 4000))
    log(settings, view("p/l/one"))
    said = working(settings, lambda said: said.trouble is Trouble.FULL, seconds=3)
    assert said.trouble is Trouble.FULL
    assert "đầy" in report.counting(Usage(running=True, note=said))[0].what
    filler.unlink()
    working(settings, lambda said: said.trouble is Trouble.NONE and said.committed)
    record_once(settings)
    names = [event.values[0] for event in recorded(settings, "help")]
    lost = sum(event.values[1] for event in recorded(settings, "dropped"))
    assert len(names) == len(set(names))
    assert len(names) + lost == 4010
    assert cards(settings) == ["p/l/one"]


@pytest.mark.root
@pytest.mark.needs("mount")
def test_a_card_that_turns_read_only_is_said_and_what_waits_is_written_later(card, tmp_path):
    settings = house(card, tmp_path)
    record_once(settings)
    run(["mount", "-o", "remount,ro", card])
    log(settings, view("p/l/one"))
    said = working(settings, lambda said: said.trouble is Trouble.READ_ONLY)
    assert said.trouble is Trouble.READ_ONLY
    assert any("chỉ cho đọc" in finding.what for finding in report.read(settings).findings)
    run(["mount", "-o", "remount,rw", card])
    working(settings, lambda said: said.trouble is Trouble.NONE and said.committed)
    assert cards(settings) == ["p/l/one"]


def test_record_once_says_what_is_wrong_in_one_line(settings):
    settings.data.mkdir()
    settings.usage.mkdir()
    with pytest.raises(KioskError, match="usage"):
        record_once(settings)


def fill(card):
    """Leave no byte free."""
    filler = card / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4096, 512):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler
