"""Sealing for the collector what others carry: only the holder of its key can read it.

One key pair serves for both: the Ed25519 key of acknowledgements, converted to Curve25519 as libsodium provides.
"""

from nacl.exceptions import CryptoError
from nacl.public import SealedBox
from nacl.signing import SigningKey

from kiosk.errors import KioskError
from kiosk.events.ack import verify_key


def seal(data: bytes, key: str) -> bytes:
    """The data so that only the collector can read it; 48 bytes longer.

    Args:
        data: anything.
        key: the collector's Ed25519 key, hex.

    Raises:
        KioskError: the key is none.
    """
    try:
        return SealedBox(verify_key(key).to_curve25519_public_key()).encrypt(data)
    except (RuntimeError, CryptoError) as wrong:
        raise KioskError("the collector's key is not a key", hint="copy upload.key from the collector") from wrong


def open_sealed(data: bytes, seed: bytes) -> bytes:
    """What was sealed for the key of this Ed25519 seed.

    Raises:
        KioskError: sealed for another key, or damaged.
    """
    try:
        return SealedBox(SigningKey(seed).to_curve25519_private_key()).decrypt(data)
    except (CryptoError, ValueError, TypeError) as wrong:
        raise KioskError("this cannot be opened: sealed for another collector, or damaged") from wrong
