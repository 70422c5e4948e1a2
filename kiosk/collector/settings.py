"""What one collector is told: its database and its key."""

from dataclasses import dataclass
from pathlib import Path

import nacl.utils

from kiosk.errors import KioskError

_SEED = 32  # bytes


@dataclass(frozen=True)
class CollectorSettings:
    """A collector.

    Attributes:
        database: a URL such as sqlite:///province.db or postgresql://…
        key: path of the Ed25519 seed that signs acknowledgements and opens what is carried; made when it is missing.
        packs: folder of packs, for titles; None: ids are shown.
    """

    database: str
    key: Path
    packs: Path | None = None


def seed(path: Path) -> bytes:
    """The collector's seed, 32 bytes; made for its owner's eyes only when there is none yet.

    Raises:
        KioskError: the file holds something else, or cannot be written.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(nacl.utils.random(_SEED).hex().encode())
        data = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as wrong:
        raise KioskError(f"the key file {path} cannot be used: {wrong}", hint="give another --key") from wrong
    if len(data) != _SEED:
        raise KioskError(f"the key file {path} does not hold a key", hint="give another --key")
    return data
