"""The scenarios that tests walk: a tiny one for each surface, and those that people practise."""

from functools import cache
from pathlib import Path

import yaml

from kiosk.practice.scenario import Scenario, from_builtins

ROOT = Path(__file__).resolve().parents[2]
TINY = sorted((ROOT / "tests/data/scenarios").glob("*.yaml"))
REAL = sorted((ROOT / "content").glob("*/practice/*.yaml"))


@cache
def read(path: Path) -> Scenario:
    """The scenario of that file, without the pictures and sounds that a built pack adds."""
    return from_builtins(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
