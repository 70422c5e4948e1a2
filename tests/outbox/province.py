"""A real collector on this machine, and a proxy before it that cuts connections."""

import random
import ssl
import threading
from collections import Counter
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.collector import carry, tokens
from kiosk.collector.app import create_app
from kiosk.collector.days import date_of
from kiosk.collector.province import open_province
from kiosk.collector.rollups.settle import settle
from kiosk.collector.settings import CollectorSettings, seed
from kiosk.events.ack import public_key
from tests.outbox.conftest import Issued
from tests.support.line import Line

_LATER = 1_800_000_000


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  werkzeug's name
        """Say nothing."""


class Province:
    """The collector's own app on a port of 127.0.0.1, with one site and its token."""

    def __init__(self, folder: Path, issued: Issued | None = None) -> None:
        folder.mkdir()
        settings = CollectorSettings(f"sqlite:///{folder}/province.db", folder / "key")
        self._database = open_province(settings.database)
        self._key = settings.key
        self.key = public_key(seed(settings.key))
        self.token = folder / "token"
        self.token.write_text(tokens.issue(self._database, "ban-ho", "Bản Hồ", 1_800_000_000))
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if issued else None
        if tls and issued:
            tls.load_cert_chain(issued.both)
        self._server = make_server(
            "127.0.0.1", 0, create_app(settings), threaded=True, request_handler=_Silent, ssl_context=tls
        )
        self.port = self._server.server_port
        self.url = f"https://localhost:{self.port}" if issued else f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def counts(self) -> dict[str, int]:
        """How many events it holds of each epoch; a second one with the same identity would count."""
        return dict(Counter(row.epoch for row in self._database.tables.event.select()))

    def days(self) -> list[str]:
        """The days on which its roll-ups count something."""
        settle(self._database)
        return sorted({str(date_of(row.day)) for row in self._database.tables.daily.select()})

    def take(self, data: bytes) -> bytes:
        """A carried file, long after; what goes back."""
        return carry.take(self._database, seed(self._key), data, _LATER).acks

    def revoke(self) -> None:
        """Take the site's token back."""
        tokens.revoke(self._database, "ban-ho")

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._database.close()


class Cutting(Line):
    """Cuts most connections after a few hundred bytes: before, amid or after the answer."""

    def __init__(self, port: int) -> None:
        self._chance = random.Random(5)
        self.cuts = 0
        super().__init__(port)

    def allowance(self) -> int:
        """Seldom enough."""
        return self._chance.choice([100, 300, 500, 700, 900, 1100, 1_000_000])

    def cut(self) -> None:
        """Count it."""
        self.cuts += 1
