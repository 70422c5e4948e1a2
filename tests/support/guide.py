"""The examples of content/SCENARIOS.md: the whole scenario, and one small one for each surface, layer and block."""

import hashlib
import re
from functools import cache
from typing import Any

import yaml

from tests.support.scenarios import ROOT

GUIDE = ROOT / "content" / "SCENARIOS.md"
PICTURES = ROOT / "docs" / "pictures" / "practice"
SHEET = PICTURES / "drawings.png"
# What stands on tiles, buttons and beside people; the rest is for the house's own pages.
_KINDS = ("app-", "call-", "person-", "stall", "check", "hills", "lost-money", "practice-code")
_FENCED = re.compile(r"```(yaml|toml)\n(.*?)```", re.DOTALL)
_EXAMPLE = re.compile(
    r"<table><tr><td>\s*```yaml\n(.*?)```\s*</td><td><img src=\"\.\./docs/pictures/practice/([a-z]+)-([a-z]+)\.png\"",
    re.DOTALL,
)


def text() -> str:
    """The guide."""
    return GUIDE.read_text(encoding="utf-8")


def whole() -> str:
    """The scenario that is to be copied."""
    return next(found for kind, found in _FENCED.findall(text()) if kind == "yaml")


def path_table() -> str:
    """What is to be added to pack.toml."""
    return next(found for kind, found in _FENCED.findall(text()) if kind == "toml")


@cache
def examples() -> dict[tuple[str, str], str]:
    """(surface, layer or block; its name) -> YAML of the guide."""
    return {(kind, name): found for found, kind, name in _EXAMPLE.findall(text())}


def scenario(kind: str, name: str) -> dict[str, Any]:
    """An example as a scenario of its own: in the plainest frame, with the screens that it leads to."""
    shown = yaml.safe_load(examples()[kind, name])
    if kind == "block":
        surface = "camera" if name == "scanner" else "app"
        shown = {"surface": surface, "say": "Xem hình này.", "title": "Ứng dụng tập", "blocks": shown}
    elif kind == "layer":
        blocks = [{"block": "button", "choice": {"text": "Xong", "go": "end"}}]
        shown = {"surface": "app", "say": "Xem hình này.", "title": "Ứng dụng tập", "blocks": blocks, "layers": shown}
    if not _targets(shown):
        shown["blocks"].append({"block": "button", "choice": {"text": "Xong", "go": "end"}})
    after = {"surface": "app", "say": "Hết.", "blocks": [{"block": "button", "choice": {"text": "Xong", "go": "end"}}]}
    variants: list[dict[str, Any]] = [{"id": "mot"}]
    if "decision" in shown:
        variants = [
            {"id": "that", "twin": "honest", "pair": "nha", "values": {"nha": "Bộ Công an"}},
            {"id": "gia", "twin": "trap", "pair": "nha", "values": {"nha": "Free App Studio"}},
        ]
    return {
        "id": f"{kind}-{name}",
        "title": "Thí dụ",
        "variants": variants,
        "teach": variants[0]["id"],
        "start": "day",
        "screens": {"day": shown} | dict.fromkeys(sorted(set(_targets(shown)) - {"end", "day"}), after),
    }


def _targets(plain: Any) -> list[str]:
    if isinstance(plain, dict):
        return [plain[key] for key in ("go", "astray") if key in plain] + _targets(list(plain.values()))
    return [target for one in plain for target in _targets(one)] if isinstance(plain, list) else []


def drawings() -> list[str]:
    """The names of the house's drawings that a scenario may show."""
    names = (path.stem for path in (ROOT / "kiosk" / "pages" / "pictures").glob("*.svg"))
    return sorted(name for name in names if name.startswith(_KINDS))


def leads(name: str) -> bool:
    """Whether a block's example leads anywhere by itself."""
    return bool(_targets(yaml.safe_load(examples()["block", name])))


def print_of(kind: str, name: str) -> str:
    """What stands in the picture of an example, so that a changed example is noticed."""
    return hashlib.sha256(examples()[kind, name].encode()).hexdigest()[:16]
