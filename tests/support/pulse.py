"""The pulse of a program that tells systemd that it lives, felt in systemd's place."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_WAIT = 0.01


class Pulse:
    """Beats of a program whose NOTIFY_SOCKET is this address; none waits to be read, so that none ever holds it up."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._beats = 0
        self.address = line.getsockname()

    def feel(self) -> None:
        """Count beats until the line is shut."""
        with contextlib.suppress(OSError):
            while state := self._line.recv(256):
                self._beats += state == b"WATCHDOG=1"

    def beats(self, patience: float = 20.0) -> bool:
        """Whether a whole round of it begins and ends from now on."""
        enough, end = self._beats + 2, time.monotonic() + patience
        while self._beats < enough and time.monotonic() < end:
            time.sleep(_WAIT)
        return self._beats >= enough


@contextlib.contextmanager
def pulse(folder: Path) -> Iterator[Pulse]:
    """A line to feel a pulse on, until the block ends."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(folder / "pulse"))
        felt = Pulse(line)
        thread = threading.Thread(target=felt.feel, daemon=True)
        thread.start()
        try:
            yield felt
        finally:
            line.shutdown(socket.SHUT_RD)
            thread.join()
