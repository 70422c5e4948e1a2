"""What is used most here stands first: topics, and the paths of each, by this house's own counts.

Counts are compared by powers of two, and few are as good as none. So the order holds still until something is used
about twice as much as what stands before it, and nobody can read from it what a single visitor looked at.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kiosk.packs.library import Shelf
from kiosk.packs.manifest import LearningPath

FEW: Final = 32  # cards opened: about four lessons


def rank(opened: int) -> int:
    """How much that many opened cards weigh."""
    return 0 if opened < FEW else opened.bit_length()


def arranged(shelves: tuple[Shelf, ...], used: Mapping[str, int]) -> tuple[Shelf, ...]:
    """The shelves with what is used most first; what is used alike stays in its authors' order.

    Args:
        shelves: topics and their paths.
        used: `pack/lesson` -> cards opened.
    """

    def opened(one: tuple[str, LearningPath]) -> int:
        pack, path = one
        return used.get(f"{pack}/{path.lesson}", 0)

    sorted_within = (
        replace(shelf, paths=tuple(sorted(shelf.paths, key=lambda one: -rank(opened(one))))) for shelf in shelves
    )
    return tuple(sorted(sorted_within, key=lambda shelf: -rank(sum(map(opened, shelf.paths)))))
