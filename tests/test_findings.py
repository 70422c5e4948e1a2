from kiosk.findings import Finding, Level, worst
from kiosk.languages import languages


def test_the_gravest_finding_names_the_whole() -> None:
    rows = [Finding("disk", Level.OK, "fine"), Finding("radio", Level.FAIL, "off"), Finding("clock", Level.WARN, "?")]
    assert worst(rows) is Level.FAIL
    assert worst([]) is Level.OK


def test_every_language_falls_back_to_one_that_is_known() -> None:
    known = languages()
    assert all(row.fallback in known for row in known.values() if row.fallback)
    assert next(iter(known)) == "vi"
