"""What of the phones is found in the data folder, after all of them have been there: nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_CARD = re.compile(rb"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}")
_NET = re.compile(rb"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
NAME = "dien-thoai-ba-lan"  # what each phone calls itself when it asks for an address


@dataclass(frozen=True)
class Search:
    """How much was searched for, and where it was found: (what, path)."""

    words: int
    files: int
    bytes: int
    found: list[tuple[str, Path]]


def search(data: Path, told: Iterable[str]) -> Search:
    """Search every file for every address of a phone, written in every usual way, and for what they call themselves."""
    addresses = {word.encode() for word in told}
    cards = {word.decode(): (word.replace(b":", b""), bytes.fromhex(word.replace(b":", b"").decode()))
             for word in addresses if word.count(b":") == 5}  # fmt: skip
    files = [path for path in sorted(data.rglob("*")) if path.is_file() and not path.is_symlink()]
    found, total = [], 0
    for path in files:
        held = path.read_bytes()
        total += len(held)
        found += [(word, path) for word in sorted(_written(held.lower(), addresses) | _bare(held, cards))]
    return Search(len(addresses) + 3 * len(cards) + 1, len(files), total, found)


def _written(held: bytes, addresses: set[bytes]) -> set[str]:
    """Addresses of net and, with colons or hyphens, of card; and the name."""
    there = {each.replace(b"-", b":") for each in _CARD.findall(held)} | set(_NET.findall(held))
    return {word.decode() for word in there & addresses} | ({NAME} if NAME.encode() in held else set())


def _bare(held: bytes, cards: dict[str, tuple[bytes, bytes]]) -> set[str]:
    """Addresses of card without a mark between, and as the six bytes."""
    lower = held.lower()
    return {word for word, (digits, six) in cards.items() if digits in lower or six in held}
