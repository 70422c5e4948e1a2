"""The whole walk: journal, line, collector; and how it ended."""

import re
import threading
from contextlib import suppress
from pathlib import Path

import peewee
import pytest
from click.testing import CliRunner

from kiosk import clock
from kiosk.cli.device import upload as command
from kiosk.errors import KioskError
from kiosk.events.batch import Batch
from kiosk.outbox import outcome
from kiosk.outbox.link import LinkError
from kiosk.outbox.outcome import Outcome
from kiosk.outbox.upload import settled_clock, upload
from kiosk.outbox.uploader import Report
from kiosk.settings import Settings, Upload, render
from kiosk.usage.journal import Journal
from kiosk.usage.recorder import record_once
from tests.outbox.fakes import FakeJournal, view
from tests.outbox.province import Cutting, Province
from tests.usage.house import recorded


@pytest.fixture
def province(tmp_path):
    running = Province(tmp_path / "province")
    yield running
    running.stop()


def _house(tmp_path: Path, province: Province, url: str = "") -> Settings:
    return Settings(
        data=tmp_path / "data",
        run=tmp_path / "run",
        upload=Upload(url=url or province.url, token=str(province.token), key=province.key),
    )


def _filled(house: Settings, count: int, epochs: int = 1) -> Journal:
    journal = Journal.open(house)
    for _ in range(epochs):
        journal.begin(device="ab" * 16, boot=clock.boot_id())
        journal.append([view(at) for at in range(count)])
    return journal


def _sent(journal: Journal) -> bool:
    return not any(batch.events for batch in journal.unsent(10_000))


def test_from_journal_to_collector_each_event_once(tmp_path, province):
    house = _house(tmp_path, province)
    journal = _filled(house, 50, epochs=3)
    report = upload(house, journal)
    assert (report.events, report.aside) == (150, 0)
    assert province.counts() == dict.fromkeys(journal.offsets(), 50)
    assert _sent(journal)
    assert outcome.read(house).events == 150
    assert upload(house, journal).events == 0
    journal.close()


def test_through_a_proxy_that_cuts_and_with_two_uploaders_at_once_each_event_is_there_once(tmp_path, province):
    proxy = Cutting(province.port)
    house = _house(tmp_path, province, proxy.url)
    journal = _filled(house, 40, epochs=10)
    # Both hold everything that waits now, so that nearly every batch travels more than once, and at the same time.
    waiting = journal.unsent(10_000)
    reports: list[Report] = []
    both = [threading.Thread(target=_insist, args=(house, waiting, reports)) for _ in range(2)]
    for uploader in both:
        uploader.start()
    for uploader in both:
        uploader.join()
    proxy.stop()
    assert proxy.cuts > 10
    assert _sent(journal)
    assert province.counts() == dict.fromkeys(journal.offsets(), 40)
    assert len(reports) == 2
    journal.close()


def _insist(house: Settings, waiting: list[Batch], reports: list[Report]) -> None:
    """Upload until it ends well, as the timer of a house does."""
    journal = Journal.open(house)
    stale = _Stale(journal, waiting)
    for _ in range(100):
        with suppress(LinkError):
            reports.append(upload(house, stale, pause=lambda _: None))
            break
    journal.close()


class _Stale(FakeJournal):
    """A journal whose other uploader has gone on meanwhile: it sends what waited before, and marks in the real one."""

    def __init__(self, real: Journal, batches: list) -> None:
        super().__init__(batches)
        self._real = real

    def mark(self, ack) -> None:
        super().mark(ack)
        self._real.mark(ack)


def test_what_the_collector_asked_to_wait_is_waited_by_the_next_runs_too(tmp_path, province, monkeypatch):
    house, journal = _house(tmp_path, province), FakeJournal([])
    outcome.write(house, Outcome(int(clock.uptime()), ok=False, until=int(clock.uptime()) + 1800))
    with pytest.raises(LinkError, match="30 more minutes"):
        upload(house, journal)
    now = clock.uptime()
    monkeypatch.setattr(clock, "uptime", lambda: now + 1801)
    assert upload(house, journal) == Report()
    # A day at the most, whoever says otherwise: another start may have left it.
    outcome.write(house, Outcome(0, ok=False, until=int(now) + 90 * 86_400))
    assert upload(house, journal) == Report()


def test_a_long_wish_is_left_for_the_next_run(tmp_path, province, monkeypatch):
    house = _house(tmp_path, province)
    asked = LinkError("busy", wait=7200)
    monkeypatch.setattr("kiosk.outbox.upload.Uploader.run", lambda _: (_ for _ in ()).throw(asked))
    with pytest.raises(LinkError):
        upload(house, FakeJournal([]))
    assert abs(outcome.read(house).until - clock.uptime() - 7200) < 5


def test_a_clock_that_nobody_set_is_not_waited_for_again(tmp_path, province, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(clock, "kept", lambda: True)
    monkeypatch.setattr(clock, "synchronized", lambda: False)
    for _ in range(3):
        upload(_house(tmp_path, province), FakeJournal([]), pause=waits.append)
    assert len(waits) == 15


def test_a_revoked_token_says_so_and_keeps_everything(tmp_path, province):
    house = _house(tmp_path, province)
    journal = _filled(house, 5)
    province.revoke()
    with pytest.raises(KioskError, match="403"):
        upload(house, journal)
    assert not _sent(journal)
    ended = outcome.read(house)
    assert not ended.ok
    assert "403" in ended.said
    assert ended.hint
    journal.close()
    record_once(house)
    (error,) = recorded(house, "error")
    assert error.values[0] == "upload"
    assert error.values[1].startswith("RevokedError/")


def test_a_house_without_a_collector_says_so(tmp_path):
    house = Settings(data=tmp_path, run=tmp_path)
    with pytest.raises(KioskError, match="only by hand"):
        upload(house, FakeJournal([]))
    assert "only by hand" in outcome.read(house).said


def test_a_damaged_journal_is_one_clear_line(tmp_path, province):
    class Damaged(FakeJournal):
        def unsent(self, limit: int, *, least: int = 0) -> list:
            raise peewee.DatabaseError("disk image is malformed")

    house = _house(tmp_path, province)
    with pytest.raises(KioskError, match=r"usage\.db"):
        upload(house, Damaged([]))
    assert not outcome.read(house).ok


def test_a_fault_is_told_even_where_nothing_can_be_noted(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KioskError, match="only by hand"):
        upload(Settings(data=tmp_path, run=tmp_path / "file" / "run"), FakeJournal([]))


def test_the_command_sends_and_says_how_much(tmp_path, province, monkeypatch):
    house = _house(tmp_path, province)
    _filled(house, 7).close()
    (tmp_path / "kiosk.toml").write_text(render(house))
    for name, value in (("DATA", house.data), ("RUN", house.run), ("CONFIG", tmp_path / "kiosk.toml")):
        monkeypatch.setenv(f"KIOSK_{name}", str(value))
    first = CliRunner().invoke(command, [], catch_exceptions=False)
    again = CliRunner().invoke(command, ["--allowance", "100000"], catch_exceptions=False)
    said = first.output.splitlines()
    assert said[0] == "waiting: 7 events (7 view)"
    assert re.fullmatch(r"  7 view: \d+ bytes; 0 events left", said[1])
    assert said[-1].startswith("7 events in ")
    assert again.output == "nothing waits to be sent\n"


def test_the_last_outcome_is_kept_and_nonsense_is_none(tmp_path):
    house = Settings(data=tmp_path, run=tmp_path / "run")
    assert outcome.read(house) is None
    outcome.write(house, Outcome(at=5, ok=True, events=3))
    assert outcome.read(house) == Outcome(at=5, ok=True, events=3)
    outcome.place(house).write_text("{")
    assert outcome.read(house) is None


def test_a_clock_that_somebody_is_about_to_set_is_waited_for(monkeypatch):
    waits: list[float] = []
    answers = iter([False, False, True])
    monkeypatch.setattr(clock, "kept", lambda: True)
    monkeypatch.setattr(clock, "synchronized", lambda: next(answers, True))
    assert settled_clock(pause=waits.append)
    assert waits == [1, 1]
    monkeypatch.setattr(clock, "synchronized", lambda: False)
    assert not settled_clock(pause=waits.append)
    assert len(waits) == 2 + 15
    monkeypatch.setattr(clock, "kept", lambda: False)
    assert not settled_clock(pause=waits.append)
    assert len(waits) == 2 + 15
