"""The markup of a pack's drawings, of the house's own, and of codes."""

from kiosk.codes import draw as codes
from kiosk.packs.library import Library
from kiosk.pages.pictures import picture


class Drawings:
    """What a page of that pack draws.

    Args:
        library: what is installed.
        pack: whose drawings are meant.
    """

    def __init__(self, library: Library, pack: str) -> None:
        self._library = library
        self._pack = pack

    def draw(self, what: str, name: str, label: str) -> str:
        """See practice.parts.Draw.

        Raises:
            KioskError: the pack's drawing is damaged.
            FileNotFoundError: neither the pack nor the house has one of that name.
        """
        if what == "code":
            return codes.svg(name, label=label)
        if self._library.has(self._pack, name):
            return self._library.read(self._pack, name).decode()
        return picture(name)
