"""The site's files onto the box: what differs is written, what this site has no use for goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from provisioning.first_boot.hands import Hands
from provisioning.tree import Rendered


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done to a tree.

    Attributes:
        written: paths whose text or rights differ.
        removed: paths that only another site has.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that changes."""
        return (*self.written, *self.removed)


def compare(wanted: Mapping[str, Rendered], before: Iterable[str], present: Mapping[str, bytes | None]) -> Change:
    """What makes the tree that of the wanted site.

    Args:
        wanted: the site's files.
        before: paths that the box was made with; of these, what is not wanted goes.
        present: path -> bytes on the box, None where there is none, for the paths of both.
    """
    written = tuple(path for path, each in wanted.items() if present[path] != each.text.encode())
    removed = tuple(path for path in before if path not in wanted and present[path] is not None)
    return Change(written, removed)


def apply(hands: Hands, wanted: Mapping[str, Rendered], before: Iterable[str]) -> Change:
    """Make the tree that of the wanted site; says what was changed."""
    change = compare(wanted, before, {path: hands.read(path) for path in {*before, *wanted}})
    for path in change.written:
        each = wanted[path]
        hands.write(path, each.text.encode(), mode=each.mode, group=each.group)
    for path in change.removed:
        hands.remove(path)
    return change
