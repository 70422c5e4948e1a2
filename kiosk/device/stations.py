"""A station without its address: the key under which the box knows it until the next start."""

from hashlib import blake2b

_BYTES = 8


def station_key(address: str, mac: str, salt: str) -> str:
    """The key of a station, 16 hex digits.

    Another phone that takes over the address has another key, and no key can be turned back once the salt is gone.

    Args:
        address: its IP address.
        mac: of its current lease; empty where nobody gives leases.
        salt: 32 hex digits, new at every start, kept in memory only.
    """
    return blake2b(f"{address} {mac}".encode(), key=bytes.fromhex(salt), digest_size=_BYTES).hexdigest()
