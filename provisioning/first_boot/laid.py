"""What the card's site was rendered to, kept beside it: the next start of the same site lays that, and renders nothing.

Loading what judges and renders a site takes longer than all else of a start, and almost no start finds another site.
"""

import zlib
from contextlib import suppress
from typing import Final

import msgspec

from provisioning.first_boot.hands import Hands
from provisioning.tree import Rendered

KEPT: Final = "var/lib/kiosk/system/laid"
_SUM: Final = 4  # bytes, big end first


class Laid(msgspec.Struct, frozen=True):
    """The files of a site.

    Attributes:
        image: id of the image whose templates they come from.
        site: bytes of the card's own file.
        files: path -> file.
        others: paths of the image that this site has no use for.
    """

    image: bytes
    site: bytes
    files: dict[str, Rendered]
    others: tuple[str, ...]


def find(hands: Hands, image: bytes, site: bytes | None) -> Laid | None:
    """What is kept of this very file and this very image; None when there is nothing, or it is damaged."""
    kept = unpack(hands.read(KEPT) or b"")
    return kept if kept and (kept.image, kept.site) == (image, site) else None


def keep(hands: Hands, laid: Laid) -> None:
    """Keep it for the next start of its image, for root's eyes alone: a site file holds secrets."""
    if laid.image:
        with suppress(OSError):  # a full card renders once more
            hands.write(KEPT, pack(laid), mode=0o600)


def pack(laid: Laid) -> bytes:
    """The bytes of its file: a sum, and what it is of."""
    body = msgspec.msgpack.encode(laid)
    return zlib.crc32(body).to_bytes(_SUM, "big") + body


def unpack(raw: bytes) -> Laid | None:
    """What the bytes hold; None when they are damaged or of another version."""
    body = raw[_SUM:]
    if zlib.crc32(body).to_bytes(_SUM, "big") != raw[:_SUM]:
        return None
    try:
        return msgspec.msgpack.decode(body, type=Laid)
    except msgspec.DecodeError:
        return None
