"""What the parts of a source say of each other: named and not there, there and not named, or never heard."""

import difflib
from collections.abc import Iterator

from kiosk.authoring import proof, style, weight
from kiosk.authoring.contents import Contents
from kiosk.authoring.speech import machines
from kiosk.findings import Finding, Level
from kiosk.practice.pictured import pictures
from kiosk.practice.scenario import Scenario
from kiosk.practice.solver import broken
from kiosk.practice.still import met

_PACK = "pack.toml"


def judge(contents: Contents) -> Iterator[Finding]:
    """Everything that is to be said of a source that was read."""
    yield from contents.findings
    yield from _lessons(contents)
    yield from _scenarios(contents)
    yield from _rows(contents)
    yield from _paths(contents)
    yield from _drawn(contents)
    yield from _screens(contents)
    yield from weight.judge(contents)
    yield from _heard(contents)
    yield from _strangers(contents)


def _lessons(contents: Contents) -> Iterator[Finding]:
    first = contents.source.pack.languages[0]
    for (lesson, lang), text in contents.lessons.items():
        yield from style.judge(text)
        if lang != first and (lesson, first) in contents.lessons:
            yield from style.compare(contents.lessons[lesson, first], text)


def _scenarios(contents: Contents) -> Iterator[Finding]:
    """What the proof finds, and what style does."""
    for name, scenario in contents.scenarios.items():
        where = f"practice/{name}.yaml"
        yield from proof.judge(scenario, contents.source.folder / where, where)
        yield from style.judge_scenario(scenario, where)


def _rows(contents: Contents) -> Iterator[Finding]:
    pack = contents.source.pack
    for row in pack.rows:
        if pack.languages[0] not in row.title:
            yield Finding(_PACK, Level.FAIL, f"{row.id} has no title in {pack.languages[0]}", "give it one")
    if pack.kind == "voice" and (len(pack.languages) > 1 or contents.lessons or pack.path):
        yield Finding(_PACK, Level.FAIL, "a voice has one language, and words only", "make a pack of lessons beside it")


def _paths(contents: Contents) -> Iterator[Finding]:
    pack, first = contents.source.pack, contents.source.pack.languages[0]
    topics = {topic.id for topic in pack.topic}
    for path in pack.path:
        for there, what, remedy in (
            (path.topic in topics, f"topic {path.topic}", "add the [[topic]]"),
            ((path.lesson, first) in contents.lessons, f"lesson {path.lesson}", "write lessons/<lesson>.<language>.md"),
            (
                path.scenario is None or path.scenario in contents.scenarios,
                f"scenario {path.scenario}",
                "write practice/<scenario>.yaml",
            ),
        ):
            if not there:
                yield Finding(_PACK, Level.FAIL, f"the path {path.id} needs the {what}", remedy)
    for name in sorted(contents.scenarios.keys() - {path.scenario for path in pack.path}):
        yield Finding(f"practice/{name}.yaml", Level.WARN, "no path ends with it", "add a [[path]] in pack.toml")


def _drawn(contents: Contents) -> Iterator[Finding]:
    named = list(_named(contents))
    for where, name in named:
        if name not in contents.drawings and not contents.source.picture(name).exists():
            yield Finding(where, Level.FAIL, f"there is no media/{name}", "draw it, or correct the name")
    shown = {name for scenario in contents.scenarios.values() for name in pictures(scenario)}
    for name in sorted(set(contents.drawings) - {name for _, name in named} - shown):
        yield Finding(f"media/{name}", Level.WARN, "no card, path or scenario shows it", "delete it, or use it")


def _named(contents: Contents) -> Iterator[tuple[str, str]]:
    """Every (place, picture of media/) that is spoken of outside scenarios."""
    for row in contents.source.pack.rows:
        yield _PACK, row.picture
    for text in contents.lessons.values():
        drawn = (card for card in text.pictured() if card.picture and not card.screen)
        yield from ((f"{text.where}:{card.line}", card.picture) for card in drawn)


def _screens(contents: Contents) -> Iterator[Finding]:
    """Screens that cards show, and that nobody would meet in practice."""
    files = {path.stem for path in contents.source.scenario_files()}
    for text in contents.lessons.values():
        for line, (name, screen) in ((card.line, card.screen) for card in text.cards if card.screen):
            where = f"{text.where}:{line}"
            if name in contents.scenarios:
                yield from _screen(contents.scenarios[name], screen, where)
            elif name not in files:  # of one that cannot be read its own file says why
                yield Finding(where, Level.FAIL, f"there is no scenario {name}", _instead(name, sorted(files)))


def _screen(scenario: Scenario, screen: str, where: str) -> Iterator[Finding]:
    if screen not in scenario.screens:
        what = f"the scenario {scenario.id} has no screen {screen}"
        yield Finding(where, Level.FAIL, what, _instead(screen, list(scenario.screens)))
    elif not broken(scenario) and screen not in (there := met(scenario)):
        what = f"no right way of {scenario.id} comes to the screen {screen}"
        yield Finding(where, Level.FAIL, what, f"show one of {', '.join(there)}")


def _instead(name: str, there: list[str]) -> str:
    near = difflib.get_close_matches(name, there, n=1)
    return f"did you mean {near[0]}?" if near else f"there is {', '.join(there) or 'none'}"


def _heard(contents: Contents) -> Iterator[Finding]:
    """Sentences that nobody recorded in a language that no machine speaks."""
    engine = contents.source.pack.engine
    silent = {one.lang for one in contents.wanted() if not one.recording and not (engine and one.lang in machines())}
    for lang in sorted(silent):
        lost = [one.text for one in contents.wanted() if one.lang == lang and not one.recording]
        what = f"{len(lost)} sentences in {lang} are not recorded, the first: “{lost[0]}”"
        yield Finding("sound", Level.FAIL, what, "record them; see docs/content.md")


def _strangers(contents: Contents) -> Iterator[Finding]:
    """Files that the build does not read: a recording under a wrong name would otherwise stay unheard."""
    source = contents.source
    read = {source.folder / "pack.toml", *source.scenario_files(), *source.folder.glob("lessons/*.md")}
    read |= {*source.pictures(), *(one.recording for one in contents.wanted() if one.recording)}
    for path in sorted(set(source.folder.rglob("*")) - read):
        if path.is_file():
            remedy = "see docs/content.md for its name and place"
            yield Finding(source.name(path), Level.WARN, "the build does not use this file", remedy)
