"""Commands about scenarios, for who writes them: check, and the format's schema."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from kiosk.errors import KioskError
from kiosk.findings import Finding
from kiosk.practice.graph import explore, start
from kiosk.practice.model import schema
from kiosk.practice.route import route
from kiosk.practice.scenario import Scenario


@click.group()
def practice() -> None:
    """Check scenarios before they are built into a pack.

    \b
    Examples:
      kiosk practice check content/doi-song-so/practice
      kiosk practice schema > scenario.schema.json
    """


@practice.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def check(places: tuple[Path, ...]) -> None:
    """Prove that the scenarios at PLACES can be practised: YAML files, folders of them, or built packs.

    A file in practice/ beside a pack.toml must also be worth its path: 4 to 12 steps, three variants, a wrong way
    that teaches, a source.

    \b
    Examples:
      kiosk practice check content/doi-song-so/practice
      kiosk practice check content/doi-song-so/practice/tra-tien-qr.yaml
      kiosk practice check .build/packs/*.pack
    """
    judged = [one for place in places for one in _judged(place)]
    if not judged:
        raise KioskError("there is no scenario", hint="name a .yaml file, a folder that holds some, or a pack")
    wrong = 0
    for where, scenario, said in judged:
        wrong += bool(said)
        for line in said or [f"{where}: {_summary(scenario)}" if scenario else where]:
            click.echo(line)
    if wrong:
        raise KioskError(f"{wrong} of {len(judged)} scenarios cannot be practised", hint="correct the lines above")


@practice.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a scenario, for an editor.

    \b
    Examples:
      kiosk practice schema > scenario.schema.json
    """
    click.echo(msgspec.json.format(msgspec.json.encode(schema())).decode())


def _judged(place: Path) -> Iterator[tuple[str, Scenario | None, list[str]]]:
    """Each scenario of a place: its name, itself if it can be read, and what is wrong with it."""
    from kiosk.authoring import proof, scenarios  # noqa: PLC0415  a Pi has no YAML

    if place.suffix == ".pack":
        for name, (scenario, findings) in proof.judge_pack(place).items():
            yield f"{place}: {name}", scenario, _lines(findings)
        return
    # media/ describes pictures in YAML.
    found = sorted(file for file in place.rglob("*.yaml") if file.parent.name != "media")
    for file in found if place.is_dir() else [place]:
        try:
            scenario = scenarios.load(file, str(file))
        except KioskError as wrong:
            yield str(file), None, [str(wrong)]
        else:
            yield str(file), scenario, _lines(proof.judge(scenario, file, str(file)))


def _lines(findings: list[Finding]) -> list[str]:
    return [f"{finding.area}: {finding.what} — {finding.remedy}" for finding in findings]


def _summary(scenario: Scenario) -> str:
    ways = [len(route(scenario, start(scenario, variant.id)) or ()) for variant in scenario.variants]
    steps = f"{min(ways)} to {max(ways)}" if min(ways) < max(ways) else f"{min(ways)}"
    twins = [variant.twin for variant in scenario.variants]
    states = sum(len(explore(scenario, variant.id).states) for variant in scenario.variants)
    return (
        f"{len(scenario.screens)} screens, {steps} steps, {len(twins)} variants, {twins.count('trap')} traps with "
        f"their twins, {states} states, the end attained from each"
    )
