"""The province where counts come in by hand: it knows one box's token, and there is no server."""

from pathlib import Path

from kiosk.collector import carry, tokens
from kiosk.collector.province import open_province
from kiosk.settings import Upload
from tests.outbox.fakes import KEY, SEED

NOW = 1_800_000_000


class Office:
    """An open province.

    Attributes:
        province: its database.
        upload: what a box that it knows is told of it.
    """

    def __init__(self, folder: Path) -> None:
        self.province = open_province(f"sqlite:///{folder}/province.db")
        token = folder / "token"
        token.write_text(tokens.issue(self.province, "ban-xa", "Bản Xa", NOW))
        self.upload = Upload(token=str(token), key=KEY)

    def take(self, data: bytes) -> carry.Taken:
        """A carried file, and the answer to it."""
        return carry.take(self.province, SEED, data, NOW)

    def close(self) -> None:
        self.province.close()
