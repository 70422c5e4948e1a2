"""What the shell asks of a browser engine; Debian's WebKitGTK answers on the device, Qt's on a laptop."""

from abc import ABC, abstractmethod
from collections.abc import Callable


class Engine(ABC):
    """The engine inside pywebview's window; every call is made on the window's own thread.

    Attributes:
        touched: uptime of the last touch, in seconds.
        away: called with the address of a page that could not be had, and whether a form asked for it.
        heard: called with what the page answers to `ask`.
        died: called when the process that draws pages has ended by itself.
    """

    touched: float
    away: Callable[[str, bool], None]
    heard: Callable[[str], None]
    died: Callable[[], None]

    @abstractmethod
    def harden(self, home: str, script: str, agent: str) -> None:
        """Refuse every way out before the first page is loaded.

        Args:
            home: the kiosk's root; nothing else is shown.
            script: runs at the start of every page.
            agent: what the engine calls itself.
        """

    @abstractmethod
    def every(self, seconds: float, act: Callable[[], None]) -> None:
        """Call something again and again, on this thread."""

    @abstractmethod
    def load(self, address: str) -> None:
        """Go to an address."""

    @abstractmethod
    def show(self, html: str) -> None:
        """Show a page that comes from nowhere."""

    @abstractmethod
    def ask(self, script: str) -> None:
        """Have the page's answer heard; a page that hangs never answers."""

    @abstractmethod
    def tell(self, script: str) -> None:
        """Have the page do something, and wait for nothing."""

    @property
    @abstractmethod
    def address(self) -> str:
        """The address of the page that is shown; empty before the first."""

    @property
    @abstractmethod
    def loading(self) -> bool:
        """Whether a page is on its way."""

    @property
    @abstractmethod
    def playing(self) -> bool:
        """Whether a sound is heard."""

    @property
    @abstractmethod
    def size(self) -> tuple[int, int]:
        """Width and height of the screen in pixels."""

    @abstractmethod
    def lay(self, top: int, zoom: float) -> None:
        """Leave so many pixels free above the page, and draw it so much larger."""

    @abstractmethod
    def dim(self, light: float) -> None:
        """Light of the screen, from 0 to 1."""

    @abstractmethod
    def forget(self, then: Callable[[], None]) -> None:
        """End the page's process and clear history, storage, cookies and cache, then call."""
