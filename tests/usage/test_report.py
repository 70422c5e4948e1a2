from contextlib import closing

from kiosk.events.ack import Ack
from kiosk.events.epochs import Quality
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.usage import note, report
from kiosk.usage.journal import Journal
from kiosk.usage.note import Note, Trouble
from kiosk.usage.recorder import alone
from kiosk.usage.timeline import day

MIDNIGHT = 20_000 * 86_400 - 7 * 3600  # of the 20,000th day in Viet Nam


def test_a_house_where_nothing_was_counted_has_an_empty_report(settings):
    seen = report.read(settings)
    assert (seen.days, seen.waiting, seen.running, seen.note, seen.problem) == ({}, 0, False, None, "")
    assert not settings.usage.exists()
    assert not settings.run.exists()


def test_events_are_counted_by_their_day_in_viet_nam_and_by_kind(settings, journal):
    journal.append([make("help", at, page="help") for at in (10, 99, 100, 101)])
    journal.learn(journal.current().name, MIDNIGHT - 100, Quality.SYNCED)
    journal.begin(device="d" * 32, boot="c" * 32)
    journal.append([make("help", 5, page="help"), make("dropped", 6, kind="all", count=1)])
    assert report.days(journal) == {None: {"help": 1, "dropped": 1}, 19_999: {"help": 2}, 20_000: {"help": 2}}
    assert day(100, MIDNIGHT - 100) == 20_000


def test_what_waits_what_was_refused_and_what_is_gone_is_counted(settings, journal):
    journal.append([make("help", 5, page="help") for _ in range(10)])
    epoch = journal.current().name
    journal.mark(Ack("0" * 64, "d" * 32, epoch, Ranges(((1, 3),)), ((Ranges(((5, 6),)), "why"),), 0, 1))
    seen = report.read(settings)
    assert (seen.waiting, seen.aside, seen.gone) == (5, {"why": 2}, 0)
    assert 0 < seen.share < 0.1


def test_a_recorder_that_runs_is_seen_and_not_disturbed(settings):
    with alone(settings):
        assert report.read(settings).running
    assert not report.read(settings).running


def test_the_recorders_note_is_read_back(settings):
    settings.run.mkdir()
    note.write(settings, Note(trouble=Trouble.FULL, message="full", dropped=3))
    assert report.read(settings).note == Note(trouble=Trouble.FULL, message="full", dropped=3)
    (settings.run / "recorder.json").write_text("{")
    assert report.read(settings).note is None


def test_a_damaged_file_is_a_problem_and_no_crash(settings):
    settings.data.mkdir()
    settings.usage.write_bytes(b"no database " * 500)
    assert "damaged" in report.read(settings).problem


def test_looking_does_not_stop_a_recorder_from_writing(settings, journal):
    report.read(settings)
    with closing(Journal.open(settings)) as other:
        other.append([make("help", 5, page="help")])
    assert report.read(settings).waiting == 1
