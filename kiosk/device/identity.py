"""Who this box is: an id and a key made on it at its first start, bound to its board.

The site moves to another board with its card; the board then gets an id of its own, and events that wait stay
under the old one.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tomli_w

from kiosk.durable import sync
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from nacl.signing import SigningKey

_SERIAL = Path("/proc/device-tree/serial-number")
_ID_BYTES = 16
_SEED_BYTES = 32
_REMEDY = "move it away; a new id is made, and events that wait keep the old one"


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One box.

    Attributes:
        id: 128 random bits, 32 hex digits.
        seed: of its Ed25519 key, 64 hex digits; never leaves the box.
        public: that key's public half, 64 hex digits.
        board: a digest of id and board serial; empty where the board has none.
        former: the ids that other boards had with this card, newest last.
    """

    id: str
    seed: str
    public: str
    board: str = ""
    former: tuple[str, ...] = ()

    @property
    def key(self) -> "SigningKey":
        """The key that signs for this box."""
        return _key(bytes.fromhex(self.seed))


def parse_serial(raw: bytes) -> str:
    """The board's serial from the device tree's NUL-terminated bytes."""
    return raw.rstrip(b"\0").decode("ascii", "replace").strip()


def read_serial(path: Path = _SERIAL) -> str:
    """The board's serial; empty on a machine that has none."""
    try:
        return parse_serial(path.read_bytes())
    except OSError:
        return ""


def parse(text: str, *, where: str = "device.toml") -> Device:
    """A device from the text of its file.

    Raises:
        KioskError: not such a file, or an id or key of the wrong form.
    """
    try:
        device = msgspec.toml.decode(text, type=Device)
        lengths = tuple(len(bytes.fromhex(part)) for part in (device.id, device.seed, device.public))
    except (msgspec.DecodeError, ValueError) as wrong:
        raise KioskError(f"{where} is damaged: {wrong}", hint=_REMEDY) from wrong
    if lengths != (_ID_BYTES, _SEED_BYTES, _SEED_BYTES):
        raise KioskError(f"{where} is damaged: the id has not 32 hex digits, or a key not 64", hint=_REMEDY)
    return device


def load(path: Path, *, serial: str) -> Device:
    """The device of this file, made at the first start, renewed when the board is another.

    Args:
        path: settings.device.
        serial: the board's, from `read_serial`; empty is taken as the same board.

    Raises:
        KioskError: the file is damaged, or cannot be written.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _made(path, make(serial))
    device = parse(text, where=str(path))
    if not serial or not device.board or device.board == _bound(device.id, serial):
        return device
    fresh = make(serial, former=(*device.former, device.id))
    _write(path, fresh)
    return fresh


def make(serial: str, *, former: tuple[str, ...] = ()) -> Device:
    """A new device for the board with this serial."""
    own, seed = os.urandom(_ID_BYTES), os.urandom(_SEED_BYTES)
    return Device(own.hex(), seed.hex(), bytes(_key(seed).verify_key).hex(), _bound(own.hex(), serial), former)


def _key(seed: bytes) -> "SigningKey":
    # A megabyte of cryptography; of what runs all the time nothing signs.
    from nacl.signing import SigningKey  # noqa: PLC0415

    return SigningKey(seed)


def _bound(own: str, serial: str) -> str:
    return hashlib.blake2b(serial.encode(), key=bytes.fromhex(own), digest_size=16).hexdigest() if serial else ""


def _made(path: Path, device: Device) -> Device:
    draft = _draft(path, device)
    try:
        os.link(draft, path)  # fails when another service was first
    except FileExistsError:
        return parse(path.read_text(encoding="utf-8"), where=str(path))
    finally:
        draft.unlink()
    sync(path.parent)
    return device


def _write(path: Path, device: Device) -> None:
    _draft(path, device).replace(path)
    sync(path.parent)


def _draft(path: Path, device: Device) -> Path:
    draft = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(tomli_w.dumps(msgspec.to_builtins(device)).encode())
        sync(draft)
    except OSError as wrong:
        raise KioskError(f"{path} cannot be written: {wrong.strerror}", hint="check KIOSK_DATA") from wrong
    return draft
