import re
import uuid
from pathlib import Path

import pytest

from kiosk.collector.xapi.statement import BASE, KINDS, Told, id_of, statement
from kiosk.events.event import make
from kiosk.events.kinds import Privacy, kinds
from tests.bench.make_day import read_day


def _told(kind: str, **fields: object) -> Told:
    event = make(kind, 5, **fields)
    return Told("ban-ho", "ab" * 16, "cd" * 8, 7, kind, event.fields(), 1_790_000_000)


def test_an_attempt_is_a_statement_of_a_village_and_of_nobody() -> None:
    made = statement(_told("attempt", scenario="p/s", variant="v1", stage="alone", setting="class", outcome="done",
                           unaided=False, mistakes=2, hints=0, helps=1, seconds=75))  # fmt: skip
    assert made == {
        "id": id_of(_told("help", page="x")),
        "actor": {"objectType": "Group", "account": {"homePage": "https://domdom.home.arpa", "name": "ban-ho"}},
        "timestamp": "2026-09-21T14:13:20Z",
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
        "object": {
            "objectType": "Activity", "id": f"{BASE}/scenario/p/s",
            "definition": {"type": "http://adlnet.gov/expapi/activities/simulation"},
        },
        "result": {
            "completion": True, "success": False, "duration": "PT75S",
            "extensions": {f"{BASE}/extension/mistakes": 2, f"{BASE}/extension/hints": 0, f"{BASE}/extension/helps": 1},
        },
        "context": {"extensions": {
            f"{BASE}/extension/variant": "v1", f"{BASE}/extension/stage": "alone", f"{BASE}/extension/setting": "class",
        }},
    }  # fmt: skip


def test_an_id_follows_from_the_events_identity_and_from_nothing_else() -> None:
    first = _told("help", page="x")
    assert uuid.UUID(id_of(first)).version == 5
    others = [("ban-x", "ab" * 16, "cd" * 8, 7), ("ban-ho", "ac" * 16, "cd" * 8, 7), ("ban-ho", "ab" * 16, "ce" * 8, 7),
              ("ban-ho", "ab" * 16, "cd" * 8, 8)]  # fmt: skip
    ids = {id_of(Told(*whose, "help", {"page": "y"}, 5)) for whose in others}
    assert len(ids | {id_of(first)}) == 5


def test_no_statement_tells_of_a_language() -> None:
    for seq, event in read_day():
        made = statement(Told("ban-ho", "ab" * 16, "cd" * 8, seq, event.kind, event.fields(), 1_790_000_000))
        assert (made is None) == (event.kind not in KINDS)
        for field in kinds()[event.kind].fields:
            if made and field.privacy is Privacy.SENSITIVE:
                assert f'"{event.fields()[field.name]}"' not in str(made).replace("'", '"')


def test_a_test_of_a_box_is_no_statement() -> None:
    assert statement(_told("check", skill="s", result="done", variant="v", setting="test")) is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_of_a_kind_is_documented(repository: Path, kind: str) -> None:
    said = (repository / "docs" / "xapi.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in said.splitlines() if row.startswith("| `")}
    event = next(event for _, event in read_day() if event.kind == kind)
    made = statement(Told("s", "ab" * 16, "cd" * 8, 1, kind, event.fields(), 0))
    assert made is not None
    assert made["verb"]["display"]["en"] in rows[kind]
    path = made["object"]["id"].removeprefix(f"{BASE}/").split("/")[0]
    assert re.search(rf"`{path}[/`]", rows[kind])
