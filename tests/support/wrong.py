"""The wrong scenarios of tests/data/scenarios-wrong: a right one, changed in one thing."""

import copy
from functools import cache
from typing import Any

import yaml

from tests.support.scenarios import ROOT

FOLDER = ROOT / "tests/data/scenarios-wrong"


@cache
def told(name: str) -> dict[str, Any]:
    """One of its files: `base`, and `cases` by name."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return read


def changed(name: str, case: dict[str, Any]) -> dict[str, Any]:
    """The base with that case's change."""
    scenario: dict[str, Any] = copy.deepcopy(told(name)["base"])
    for path, value in case.get("set", {}).items():
        *way, last = [int(key) if key.isdecimal() else key for key in path.split(".")]
        place: Any = scenario
        for key in way:
            place = place[key]
        if isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    for number in range(case.get("long", 0)):
        # One screen more before the first.
        go = {"text": "Đi", "go": scenario["start"]}
        scenario["start"] = f"s{number}"
        blocks = [{"block": "button", "choice": go}]
        scenario["screens"][f"s{number}"] = {"surface": "app", "say": "Nữa.", "blocks": blocks}
    return scenario


def written(scenario: dict[str, Any]) -> str:
    """The scenario as a file with a line for every key."""
    return yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False, width=1000)
