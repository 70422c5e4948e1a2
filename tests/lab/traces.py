"""What of the phones is found in the data folder, after all of them have been there: nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

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
    wanted = {form: word for word in {*told, NAME} for form in _forms(word)}
    files = [path for path in sorted(data.rglob("*")) if path.is_file() and not path.is_symlink()]
    found, total = [], 0
    for path in files:
        held = path.read_bytes()
        total += len(held)
        lower = held.lower()
        found += [(word, path) for form, word in wanted.items() if form in lower or form in held]
    return Search(len(wanted), len(files), total, found)


def _forms(word: str) -> list[bytes]:
    """A card's address with colons, with hyphens, bare, and as the six bytes; anything else as it is."""
    if word.count(":") != 5:
        return [word.encode()]
    bare = word.replace(":", "")
    return [word.encode(), word.replace(":", "-").encode(), bare.encode(), bytes.fromhex(bare)]
