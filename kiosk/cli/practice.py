"""Commands about scenarios, for who writes them: check, and the format's schema."""

from pathlib import Path

import click
import msgspec

from kiosk.errors import KioskError
from kiosk.practice.graph import explore
from kiosk.practice.model import schema
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
    """Prove that the scenarios at PLACES, YAML files or folders of them, can be practised.

    \b
    Examples:
      kiosk practice check content/doi-song-so/practice
      kiosk practice check content/doi-song-so/practice/tra-tien-qr.yaml
    """
    files = [file for place in places for file in (sorted(place.rglob("*.yaml")) if place.is_dir() else [place])]
    if not files:
        raise KioskError("there is no scenario", hint="name a .yaml file or a folder that holds some")
    wrong = [file for file in files if not _check(file)]
    if wrong:
        raise KioskError(f"{len(wrong)} of {len(files)} scenarios cannot be practised", hint="correct the lines above")


@practice.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a scenario, for an editor.

    \b
    Examples:
      kiosk practice schema > scenario.schema.json
    """
    click.echo(msgspec.json.format(msgspec.json.encode(schema())).decode())


def _check(file: Path) -> bool:
    from kiosk.authoring import proof, scenarios  # noqa: PLC0415  a Pi has no YAML

    try:
        scenario = scenarios.load(file, str(file))
    except KioskError as wrong:
        click.echo(str(wrong))
        return False
    findings = proof.judge(scenario, file, str(file))
    for finding in findings:
        click.echo(f"{finding.area}: {finding.what} — {finding.remedy}")
    if not findings:
        click.echo(f"{file}: {_summary(scenario)}")
    return not findings


def _summary(scenario: Scenario) -> str:
    twins = [variant.twin for variant in scenario.variants]
    states = sum(len(explore(scenario, variant.id).states) for variant in scenario.variants)
    return (
        f"{len(scenario.screens)} screens, {len(twins)} variants, {twins.count('trap')} traps with their twins, "
        f"{states} states, the end attained from each"
    )
