"""From the box to the stick, to the province and back."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.collector import carry as collector_carry
from kiosk.collector import tokens
from kiosk.collector.days import day_of
from kiosk.collector.rollups.settle import settle
from kiosk.errors import KioskError
from kiosk.events import carried
from kiosk.events.batch import GONE_MOST, WIRE_MOST, Batch
from kiosk.events.epochs import Offset, Quality
from kiosk.events.ranges import Ranges
from kiosk.outbox.carry import carry, pieces
from kiosk.settings import Upload
from tests.outbox.fakes import DEVICE, KEY, SEED, FakeEpoch, FakeJournal, batch, check, view
from tests.support.office import NOW, Office

FILE = f"domdom-{DEVICE[:8]}.carry"


class Stick:
    """A box's journal, a stick, and a province that knows the box's token."""

    def __init__(self, folder: Path, *batches: Batch) -> None:
        self.folder = folder / "stick"
        self.folder.mkdir()
        self.journal = FakeJournal(list(batches), now=FakeEpoch("cd" * 8, "boot"))
        self.office = Office(folder)
        self.province, self.upload = self.office.province, self.office.upload

    def close(self) -> None:
        self.office.close()

    def travel(self) -> collector_carry.Taken:
        """To the province: its answer is put beside the file."""
        taken = self.office.take((self.folder / FILE).read_bytes())
        (self.folder / FILE).with_suffix(".acks").write_bytes(taken.acks)
        return taken


def test_a_year_without_a_link_arrives_once_and_is_acknowledged_when_the_stick_comes_back(tmp_path: Path) -> None:
    epochs = [
        batch({seq: check(seq) if seq % 9 == 0 else view(seq * 60) for seq in range(1, 12_001)}, f"{number:016x}",
              offset=Offset(NOW - number * 9_000_000, Quality.PHONES, 1))
        for number in (1, 2, 3)
    ]  # fmt: skip
    with closing(Stick(tmp_path, *epochs)) as stick:
        left = carry(stick.upload, stick.journal, stick.folder)
        assert (left.events, left.file) == (36_000, FILE)
        for _ in range(2):
            taken = stick.travel()
            assert (taken.site, taken.events, taken.refused) == ("ban-xa", 36_000, ())
        assert stick.province.tables.event.select().count() == 36_000
        settle(stick.province)
        days = Counter(day_of(one.offset.seconds + event.at) for one in epochs for _, event in one.events)
        held: Counter[int] = Counter()
        for row in stick.province.tables.daily.select():
            held[row.day] += row.many
        assert held == days
        back = carry(stick.upload, stick.journal, stick.folder)
        assert (back.returned, back.events, back.file) == (36_000, 0, "")


def test_what_the_stick_does_not_bring_back_goes_again(tmp_path: Path) -> None:
    with closing(Stick(tmp_path, batch({1: view(), 2: view()}))) as stick:
        assert carry(stick.upload, stick.journal, stick.folder).events == 2
        assert carry(stick.upload, stick.journal, stick.folder).events == 2


def test_pieces_fit_the_wire_and_lose_nothing() -> None:
    gone = Ranges(tuple((seq, seq) for seq in range(100_001, 100_001 + 2 * (GONE_MOST + 5), 2)))
    whole = batch({seq: check(seq * 997) for seq in range(1, 9_001)}, gone=gone)
    parts = list(pieces(whole))
    assert all(len(data) <= WIRE_MOST for _, data in parts)
    assert sorted(pair for part, _ in parts for pair in part.events) == sorted(whole.events)
    assert sum(part.gone.total for part, _ in parts) == gone.total


def test_a_better_time_alone_travels_too() -> None:
    only = batch({}, offset=Offset(NOW, Quality.PHONES, 2))
    assert [part.offset for part, _ in pieces(only)] == [only.offset]


def test_acknowledgements_of_another_collector_or_damaged_change_nothing(tmp_path: Path) -> None:
    with closing(Stick(tmp_path, batch({1: view()}))) as stick:
        carry(stick.upload, stick.journal, stick.folder)
        taken = stick.travel()
        (stick.folder / FILE).with_suffix(".acks").write_bytes(taken.acks.replace(b'"now":', b'"now":1'))
        (stick.folder / "x.acks").write_bytes(b"\xff\n\xff")
        again = carry(stick.upload, stick.journal, stick.folder)
        assert (again.returned, again.refused, again.events) == (0, 2, 1)


def test_a_token_taken_back_takes_nothing_and_acknowledges_nothing(tmp_path: Path) -> None:
    with closing(Stick(tmp_path, batch({1: view()}))) as stick:
        carry(stick.upload, stick.journal, stick.folder)
        tokens.revoke(stick.province, "ban-xa")
        with pytest.raises(tokens.RefusedError):
            stick.travel()
        assert stick.province.tables.event.select().count() == 0


def test_a_batch_that_cannot_be_read_is_said_and_its_neighbours_get_in(tmp_path: Path) -> None:
    with closing(Stick(tmp_path, batch({1: view()}))) as stick:
        carry(stick.upload, stick.journal, stick.folder)
        load = carried.unpack((stick.folder / FILE).read_bytes(), SEED)
        (stick.folder / FILE).write_bytes(carried.pack(carried.Load(load.token, (b"no batch", *load.batches)), KEY))
        taken = stick.travel()
        assert (taken.batches, taken.events, len(taken.refused)) == (1, 1, 1)


def test_without_a_key_a_token_or_a_folder_it_says_what_is_missing(tmp_path: Path) -> None:
    with closing(Stick(tmp_path, batch({1: view()}))) as stick:
        with pytest.raises(KioskError, match=r"upload\.key"):
            carry(Upload(token=stick.upload.token), stick.journal, stick.folder)
        with pytest.raises(KioskError, match=r"upload\.token"):
            carry(Upload(key=KEY), stick.journal, stick.folder)
        with pytest.raises(KioskError, match="no folder"):
            carry(stick.upload, stick.journal, tmp_path / "nowhere")
        with pytest.raises(KioskError, match="not 64 hex digits"):
            carry(Upload(token=stick.upload.token, key="x"), stick.journal, stick.folder)


def test_nothing_waits_and_nothing_is_written(tmp_path: Path) -> None:
    with closing(Stick(tmp_path)) as stick:
        assert carry(stick.upload, stick.journal, stick.folder).file == ""
        assert list(stick.folder.iterdir()) == []


def test_a_stick_that_forgets_what_it_was_given_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.outbox.carry.sync", lambda path: path.is_file() and path.write_bytes(b""))
    with closing(Stick(tmp_path, batch({1: view()}))) as stick:
        with pytest.raises(KioskError, match="another stick"):
            carry(stick.upload, stick.journal, stick.folder)
        assert list(stick.folder.iterdir()) == []
