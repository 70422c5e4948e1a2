"""The registry of kinds."""

import pytest

from kiosk.errors import KioskError
from kiosk.events.event import is_name
from kiosk.events.kinds import Privacy, Type, by_code, kinds, parse_kinds

# What released kiosks have on the wire: code, then each field's first letter of type, with ? where it is optional.
_FROZEN = {
    "view": (1, "n n c c#?"), "play": (2, "n n? c"), "attempt": (3, "n n c c c f c# c# c# c#"),
    "step": (4, "n n n c c c#"), "trap": (5, "n n c c c"), "portal": (6, "n c"), "help": (7, "n"), "error": (8, "n n"),
    "health": (9, "a? c#? c#? c#? c#? c#? a? c# n c#? c#? c#?"), "start": (10, "n n n?"), "visit": (11, "c c# c#"),
    "stations": (12, "c# c# c"), "dropped": (13, "n c#"), "check": (14, "n c n c"), "pack": (15, "n n"),
    "sum": (16, "n n? n? c? c#"),
    "household": (17, "c# c# c# c# c#"),
}  # fmt: skip
_LETTERS = {Type.NAME: "n", Type.CHOICE: "c", Type.FLAG: "f", Type.COUNT: "c#", Type.AMOUNT: "a"}

_KIND = """
[[kind]]
name = "a"
code = 1
value = 1
meaning = "m"
fields = [{ name = "f", type = "flag", privacy = "use", meaning = "m" }]
"""


def test_released_codes_and_types_never_change():
    seen = {
        kind.name: (kind.code, " ".join(_LETTERS[field.type] + "?" * field.optional for field in kind.fields))
        for kind in kinds().values()
    }
    assert seen == _FROZEN


def test_every_kind_and_field_says_what_it_means():
    for kind in kinds().values():
        assert kind.meaning.endswith(".")
        assert 1 <= kind.value <= 9
        assert is_name(kind.name)
        for field in kind.fields:
            assert field.meaning, f"{kind.name}.{field.name}"
            assert all(is_name(word) for word in field.of)
    assert by_code()[1].name == "view"


def test_what_tells_of_a_language_is_sensitive():
    fields = [(kind.name, field) for kind in kinds().values() for field in kind.fields]
    sensitive = {(kind, field.name) for kind, field in fields if field.privacy is Privacy.SENSITIVE}
    assert sensitive == {("view", "lang"), ("play", "sound"), ("play", "lang"), ("sum", "lang")}


def test_an_optional_field_stands_only_where_older_kiosks_may_leave_it_out():
    # Anywhere else `optional` says "not measured"; both read as None.
    assert {kind.name for kind in kinds().values() if any(field.optional for field in kind.fields)} == {
        "view",
        "play",
        "health",
        "start",
        "sum",
    }


@pytest.mark.parametrize(("old", "new"), [
    ("code = 1", "code = x"), ('type = "flag"', 'type = "text"'), ('type = "flag"', 'type = "choice"'),
    ('type = "flag"', 'type = "flag", of = ["x"]'), ('privacy = "use"', 'privacy = "secret"'),
    ('meaning = "m"\n', 'meaning = "m"\nextra = 1\n'),
])  # fmt: skip
def test_a_wrong_registry_is_refused(old, new):
    assert parse_kinds(_KIND)["a"].code == 1
    with pytest.raises(KioskError, match=r"kinds\.toml"):
        parse_kinds(_KIND.replace(old, new, 1))


def test_a_name_or_code_used_twice_is_refused():
    for twin in (_KIND.replace('"a"', '"b"'), _KIND.replace("code = 1", "code = 2")):
        with pytest.raises(KioskError, match="twice"):
            parse_kinds(_KIND + twin)
