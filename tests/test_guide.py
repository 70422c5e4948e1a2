"""The technician's guide is held against the code: its commands, every finding that can be told, boards, pictures."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from kiosk.cli.main import kiosk
from kiosk.events.epochs import Quality
from kiosk.status import sending, services
from kiosk.status.report import Figures
from provisioning.cli import provision
from provisioning.models import models
from tests.support.said import sentences, squeezed

PROGRAMS = {"provision": provision, "kiosk": kiosk}
PENDING = re.compile(r"\*\*Chưa có:\*\*(.*?)(?:\n\n|\Z)", re.DOTALL)
COMMAND = re.compile(
    r"`((?:sudo )?(?:provision|kiosk)(?: [^`]+)?)`|^    ((?:sudo )?(?:provision|kiosk) .+)$", re.MULTILINE
)
# Unit names that begin like a command are none.
UNIT = re.compile(r"(?:sudo )?kiosk-")


@pytest.fixture(scope="module")
def guide(repository: Path) -> str:
    return (repository / "docs" / "ky-thuat-vien.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def settled(guide: str) -> str:
    """The guide without what it says is still to come."""
    return PENDING.sub("\n", guide)


def _commands(text: str) -> list[list[str]]:
    found = [" ".join((one or two).split()) for one, two in COMMAND.findall(text)]
    return [shlex.split(line.removeprefix("sudo ")) for line in found if not UNIT.match(line)]


def _walk(words: list[str]) -> tuple[click.Command, click.Context, list[str]]:
    """The command that words lead to, and what is left of them."""
    command: click.Command = PROGRAMS[words[0]]
    context, rest = click.Context(command, info_name=words[0]), words[1:]
    while isinstance(command, click.Group) and rest:
        name, *rest = rest
        inner = command.get_command(context, name)
        assert inner is not None, f"there is no {' '.join(words)}"
        command, context = inner, click.Context(inner, parent=context, info_name=name)
    return command, context, rest


def _rows(text: str) -> set[str]:
    """The first cell of every row of three in the tables that explain what is said."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    firsts = {squeezed(row[0]) for row in lines if len(row) == 3}
    return {text for text in firsts if text != "Máy nói" and not text.startswith("---")}


def _section(guide: str, number: int) -> str:
    return re.search(rf"^## {number}\. .*?(?=^## |\Z)", guide, re.MULTILINE | re.DOTALL).group()


def test_every_command_in_it_is_one_with_those_options(settled: str) -> None:
    commands = _commands(settled)
    assert len(commands) > 20
    for words in commands:
        command, context, rest = _walk(words)
        command.make_parser(context).parse_args(list(rest))


def test_every_command_of_a_technician_is_in_it(settled: str) -> None:
    said = {" ".join(words) for words in _commands(settled)}
    groups = [("provision", provision)]
    while groups:
        path, group = groups.pop()
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                groups.append((f"{path} {name}", command))
            elif not command.hidden:
                assert any(line.startswith(f"{path} {name}") for line in said), f"{path} {name} is not in the guide"
    assert any(line.startswith("kiosk status") for line in said)


def test_what_it_says_is_still_to_come_is_not_there_yet(guide: str) -> None:
    pending = [words for part in PENDING.findall(guide) for words in _commands(part)]
    for words in pending:
        try:
            _walk(words)
        except AssertionError:
            continue
        pytest.fail(f"{' '.join(words)} is there now: fill its place in the guide")


@pytest.mark.parametrize(("number", "folder"), [(9, "provisioning"), (10, "kiosk/status")])
def test_every_finding_is_explained_and_nothing_else(repository: Path, guide: str, number: int, folder: str) -> None:
    said = set().union(*(sentences(path) for path in (repository / folder).rglob("*.py")))
    assert len(said) > 40
    explained = _rows(_section(guide, number))
    assert sorted(said - explained) == [], "no row of the guide explains these"
    assert sorted(explained - said) == [], "no finding says this any more"


def test_every_reason_of_a_failed_upload_is_explained(guide: str) -> None:
    for meaning, _ in [*(row[1:] for row in sending._REASONS), sending._OTHER]:
        assert f"| {meaning} |" in guide


def test_every_figure_and_every_source_of_time_is_explained(guide: str) -> None:
    names = [*Figures.__struct_fields__, *(quality.name.lower() for quality in Quality)]
    assert [name for name in names if f"`{name}`" not in _section(guide, 8)] == []


def test_every_service_is_explained(guide: str) -> None:
    for unit, noticed in services.WATCHED.items():
        assert f"| `{unit.removesuffix('.service')}` | {noticed} |" in guide


def test_every_board_that_can_be_used_is_in_its_table(guide: str) -> None:
    for model in models().values():
        row = f"| `{model.id}` | {model.name} | {model.holds('stock')} | {model.stations.get('minimal', '–')} |"
        assert (row in guide) is model.image, model.name


def test_its_pictures_and_places_are_there(repository: Path, guide: str) -> None:
    places = re.findall(r"\]\(([^)]+)\)", guide)
    titles = re.findall(r"^#+ (.+)$", guide, re.MULTILINE)
    heads = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert len(places) > 8
    for place in places:
        assert place[1:] in heads if place.startswith("#") else (repository / "docs" / place).exists(), place


def test_sentences_are_found_in_source(tmp_path: Path, data_dir: Path) -> None:
    path = tmp_path / "module.py"
    for case in tomllib.loads((data_dir / "said.toml").read_text(encoding="utf-8"))["case"]:
        path.write_text(case["code"], encoding="utf-8")
        assert sentences(path) == set(case["said"]), case["code"]
