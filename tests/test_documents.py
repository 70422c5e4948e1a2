"""What the documents say is held against the code."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from kiosk.cli.main import COMMANDS, kiosk
from kiosk.settings import Settings
from provisioning.cli import provision as technician

PLACE = re.compile(r"`((?:kiosk|provisioning|content|systemd|tests)/[\w./-]*?)(?::(\w+))?`")


@pytest.fixture(scope="module")
def architecture(repository: Path) -> str:
    return (repository / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


def _defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = (ast.FunctionDef, ast.ClassDef)
    names = {node.name for node in ast.walk(tree) if isinstance(node, named)}
    return names | {
        target.id for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target]) if isinstance(target, ast.Name)
    }  # fmt: skip


def test_every_place_that_the_architecture_names_is_there(repository: Path, architecture: str) -> None:
    places = PLACE.findall(architecture)
    assert len(places) > 30
    lost = [path for path, _ in places if not (repository / path).exists()]
    assert lost == []
    unknown = [f"{path}:{name}" for path, name in places if name and name not in _defined(repository / path)]
    assert unknown == []


def test_every_package_of_the_kiosk_is_on_the_page(repository: Path, architecture: str) -> None:
    packages = {path.parent.name for path in repository.glob("kiosk/*/__init__.py")}
    modules = {path.stem for path in repository.glob("kiosk/*.py")} - {"__init__", "__main__"}
    unsaid = [name for name in sorted(packages | modules) if not re.search(rf"`kiosk/{name}[/.`]", architecture)]
    assert unsaid == []


def test_the_walks_are_there(architecture: str) -> None:
    for walk in (
        "tap to dashboard",
        "scenario to event",
        "site to status",
        "lesson to page",
        "probe to answer",
        "touch to nothing",
    ):
        assert walk in architecture.lower()


def test_every_make_target_says_what_it_does_and_stands_in_the_readme(repository: Path, readme: str) -> None:
    text = (repository / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE).group(1).split())
    said = set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))
    assert phony == said
    assert [name for name in sorted(said) if f"make {name}" not in readme] == []


def test_every_command_has_help_with_an_example_and_stands_in_the_readme(readme: str) -> None:
    context = click.Context(kiosk)
    for name in COMMANDS:
        command = kiosk.get_command(context, name)
        assert command is not None
        text = command.get_help(click.Context(command, info_name=name))
        assert f"kiosk {name}" in text.replace("Usage: ", "").split("\n", 1)[1], f"kiosk {name} --help has no example"
        assert f"kiosk {name}" in readme


def test_every_command_of_the_technician_stands_in_the_readme(readme: str) -> None:
    assert [name for name in technician.commands if f"`provision {name}`" not in readme] == []


def test_every_setting_is_explained(repository: Path) -> None:
    said = (repository / "docs" / "settings.md").read_text(encoding="utf-8")
    sections = ["site", "helper", "portal", "radio", "screen", "upload", "counting"]
    for section in sections:
        for key in type(getattr(Settings(), section)).__struct_fields__:
            assert f"`{section}.{key}`" in said, f"docs/settings.md does not explain {section}.{key}"


@pytest.mark.parametrize(("name", "extras"), [("requirements.lock", ["desk", "test"]), (".ci/window.lock", ["window"])])
def test_a_lock_pins_every_dependency_with_hashes_and_names_no_host(
    repository: Path, name: str, extras: list[str]
) -> None:
    lock = (repository / name).read_text(encoding="utf-8")
    assert "://" not in lock
    entries = re.split(r"\n(?=[a-z])", lock[lock.index("\n\n") if "\n\n" in lock else 0 :])
    pinned = {re.match(r"([\w.-]+)==", entry).group(1) for entry in lock.split("\n") if re.match(r"[\w.-]+==", entry)}
    assert entries
    assert lock.count("--hash=sha256:") >= len(pinned)
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [row for extra in extras for row in project["optional-dependencies"][extra]]
    wanted = {re.match(r"[\w-]+", row).group() for row in [*project["dependencies"], *rows]}
    assert {name.lower() for name in wanted} - pinned == set()


def test_the_top_level_holds_what_was_agreed(repository: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=repository, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in tracked.splitlines()}
    agreed = {"kiosk", "provisioning", "content", "systemd", "tests", "docs", ".ci"}
    files = {"pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore", "requirements.lock"}
    assert top <= agreed | files
