"""A line between two programs, in which a test can sit."""

import contextlib
import select
import socket
import threading


class Line:
    """Passes bytes on to a port of this machine, each connection in a thread of its own, and keeps those of both ways.

    Args:
        port: where it leads.
    """

    def __init__(self, port: int) -> None:
        self._kept: list[bytearray] = []
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def kept(self) -> bytes:
        """Every byte that went over it, connection by connection."""
        return b"".join(self._kept)

    def stop(self) -> None:
        """End it."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def allowance(self) -> int:
        """How many bytes a new connection may pass before it is cut."""
        return 2**62

    def cut(self) -> None:
        """Told when a connection has passed what it may."""

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(near, self.allowance()), daemon=True).start()

    def _pass(self, near: socket.socket, allowed: int) -> None:
        self._kept.append(kept := bytearray())
        with contextlib.suppress(OSError), near, socket.create_connection(("127.0.0.1", self._port)) as far:
            while True:
                for source in select.select([near, far], [], [])[0]:
                    data = source.recv(min(allowed, 65536))
                    if not data:
                        return
                    kept += data
                    (far if source is near else near).sendall(data)
                    allowed -= len(data)
                    if allowed <= 0:
                        self.cut()
                        return
