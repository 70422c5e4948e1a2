"""The part of the lock that runs on a card."""

import tomllib
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from provisioning.image import lock, wheels

LOCK = """\
# made by a program
flask==3.1.3 \\
    --hash=sha256:aa
    # via domdom (pyproject.toml)
jinja2==3.1.6 \\
    --hash=sha256:bb \\
    --hash=sha256:bc
    # via
    #   domdom (pyproject.toml)
    #   flask
    #   import-linter
markupsafe==3.0.4 \\
    --hash=sha256:cc
    # via jinja2
pytest==8.3.0 \\
    --hash=sha256:dd
    # via domdom (pyproject.toml)
iniconfig==2.0.0 \\
    --hash=sha256:ee
    # via pytest
"""


def test_what_a_package_needs_comes_with_it_and_nothing_else() -> None:
    found = lock.needed(lock.parse(LOCK), ["flask>=3.1"])
    assert [(pin.name, pin.version) for pin in found] == [
        ("flask", "3.1.3"),
        ("jinja2", "3.1.6"),
        ("markupsafe", "3.0.4"),
    ]


def test_hashes_stay_with_their_package() -> None:
    assert lock.parse(LOCK)["jinja2"].text.count("--hash") == 2
    assert "sha256:cc" not in lock.parse(LOCK)["jinja2"].text


def test_names_are_compared_as_the_registry_does() -> None:
    pins = lock.parse("Py_Thing.x==1 \\\n    --hash=sha256:aa\n")
    assert lock.needed(pins, ["py-thing-x[more]>=1; python_version > '3'"])


def test_a_package_that_the_lock_does_not_hold_is_told() -> None:
    with pytest.raises(KioskError, match="gunicorn"):
        lock.needed(lock.parse(LOCK), ["gunicorn>=23"])


def test_of_this_project_s_lock_the_card_gets_what_it_runs_and_no_tools(repository: Path) -> None:
    names = {pin.name for pin in wheels.pins(repository)}
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"flask", "gunicorn", "werkzeug", "cffi", "markupsafe"} <= names
    assert len(names) < len(project["dependencies"]) * 2
    assert not names & {"pytest", "reportlab", "mypy", "playwright"}
