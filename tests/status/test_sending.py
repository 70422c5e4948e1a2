import ast

import pytest

from kiosk.findings import Level
from kiosk.outbox.outcome import Outcome
from kiosk.settings import Settings, Upload
from kiosk.status.sending import reason, sending
from kiosk.usage.report import Usage

LINKED = Settings(upload=Upload(url="https://example.org"))
NOW = 50_000


def test_what_the_collector_could_not_take_is_said_with_its_reason():
    rows = sending(LINKED, Usage(waiting=3, aside={"unknown kind": 2}), None, NOW)
    assert any("unknown kind" in row.what and row.level is Level.WARN for row in rows)


def test_a_failed_upload_is_said_in_vietnamese_and_in_its_own_words():
    last = Outcome(at=NOW - 7200, ok=False, said="the collector cannot be reached: TimeoutError", hint="wait")
    (row,) = sending(LINKED, Usage(waiting=3), last, NOW)
    assert row.level is Level.WARN
    assert "3 dòng" in row.what
    assert "2 giờ trước" in row.what
    assert "không tới được máy chủ" in row.what
    assert "TimeoutError" in row.what
    assert "SIM" in row.remedy


def test_a_good_upload_says_when_it_was():
    (row,) = sending(LINKED, Usage(waiting=0), Outcome(at=NOW - 600, ok=True, events=40), NOW)
    assert row.level is Level.OK
    assert "10 phút trước, được 40 dòng" in row.what


def test_no_upload_yet_and_no_collector_at_all_are_told_apart():
    (yet,) = sending(LINKED, Usage(), None, NOW)
    (none,) = sending(Settings(), Usage(), None, NOW)
    assert yet.level is none.level is Level.NOTE
    assert yet.remedy != none.remedy


def _errors(path):
    """What the errors made in a file say, the changing parts left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error"):
            first = node.args[0] if node.args else None
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            yield "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


@pytest.mark.parametrize("name", ["link", "uploader"])
def test_every_error_of_the_outbox_has_a_meaning_and_a_remedy(repository, name):
    said = set(_errors(repository / "kiosk" / "outbox" / f"{name}.py"))
    assert len(said) >= 5
    for words in said:
        meaning, remedy = reason(words)
        assert meaning
        assert remedy
        ours = {"takes nothing", "another batch", "were not sent", "can read none", "refuses many"}
        if meaning == reason("")[0]:
            assert any(part in words for part in ours), f"{words!r} has no words of its own in status/sending.py"
