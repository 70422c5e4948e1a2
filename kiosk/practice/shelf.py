"""The scenarios of the installed packs, each decoded once."""

from pathlib import Path

from kiosk.errors import KioskError
from kiosk.packs.library import Library
from kiosk.packs.manifest import scenario_file
from kiosk.practice.narrated import narrated
from kiosk.practice.scenario import Scenario, decode


class Shelf:
    """Hands out scenarios by pack and id; notices when packs change.

    Args:
        folder: the store of packs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp = -1
        self._library = Library.open(folder)
        self._decoded: dict[tuple[str, str], Scenario] = {}

    @property
    def library(self) -> Library:
        """The library as it is now; a file in it may still go if its pack is replaced."""
        stamp = self._changed()
        if stamp != self._stamp:
            self._library, self._decoded, self._stamp = Library.open(self._folder), {}, stamp
        return self._library

    def scenario(self, pack: str, name: str) -> Scenario:
        """That scenario.

        Raises:
            KioskError: no installed pack has it, or it is damaged.
        """
        library = self.library
        if (pack, name) not in self._decoded:
            self._decoded[pack, name] = narrated(built(library, pack, scenario_file(name)), library)
        return self._decoded[pack, name]

    def find(self, pack: str, name: str) -> Scenario | None:
        """That scenario, or None when it cannot be had."""
        try:
            return self.scenario(pack, name)
        except KioskError:
            return None

    def _changed(self) -> int:
        # A pack is installed or taken away by a rename in this one folder.
        try:
            return (self._folder / "installed").stat().st_mtime_ns
        except FileNotFoundError:
            return 0


def built(library: Library, pack: str, member: str) -> Scenario:
    """The scenario in that member of a pack, in its own voices.

    Raises:
        KioskError: the pack has it not, or it is damaged.
    """
    return decode(library.read(pack, member), f"{member} of the pack {pack}")
