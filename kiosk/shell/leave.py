"""Telling the server that a visit is over, as often as it takes: whatever it held of this visit it forgets."""

import http.client
import threading
import time
from typing import Final
from urllib.parse import urlsplit

PATH: Final = "/xong"
_TIMEOUT: Final = 5.0
_AGAIN: Final = 1.0


class Leave:
    """The word that is on its way to the server.

    Args:
        home: the kiosk's root.
        agent: what the window calls itself.
    """

    def __init__(self, home: str, agent: str) -> None:
        self._home, self._agent = urlsplit(home), agent
        self.heard = threading.Event()
        self.refused = threading.Event()

    def begin(self) -> None:
        """Say it until it is heard, on a thread of its own."""
        threading.Thread(target=self._until_heard, name="leave", daemon=True).start()

    def _until_heard(self) -> None:
        while not self._post():
            self.refused.set()
            time.sleep(_AGAIN)
        self.heard.set()

    def _post(self) -> bool:
        line = http.client.HTTPConnection(self._home.hostname or "", self._home.port or 80, timeout=_TIMEOUT)
        try:
            line.request(
                "POST", PATH, "", {"User-Agent": self._agent, "Content-Type": "application/x-www-form-urlencoded"}
            )
            return line.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
