"""The collector's answer to a batch: what it holds now, what it set aside and why; signed.

On the wire: one line of JSON, and under it the Ed25519 signature of that line in hex.
"""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from kiosk.errors import KioskError
from kiosk.events.event import SEQ_MOST, check_device, check_epoch
from kiosk.events.ranges import Ranges

FORMAT = 1
_MOST_BYTES = 1 << 20
_REASON_MOST = 200
# What is signed is not only the line, so that no other document of the same key can pass for an ack.
_CONTEXT = b"domdom ack 1\n"


@dataclass(frozen=True, slots=True)
class Ack:
    """What the collector says of one batch; it stands by itself, for it may come back on a stick weeks later.

    Attributes:
        digest: SHA-256 of the batch's bytes, hex.
        device: whose events, 32 hex digits.
        epoch: of which epoch, 16 hex digits.
        accepted: the seqs that the collector holds, those told as gone included.
        aside: the seqs that it set aside, with the reason.
        revision: of the epoch's offset, as the batch brought it.
        now: the collector's time, seconds since 1970.
    """

    digest: str
    device: str
    epoch: str
    accepted: Ranges
    aside: tuple[tuple[Ranges, str], ...]
    revision: int
    now: int


_Number = Annotated[int, msgspec.Meta(ge=1, le=SEQ_MOST)]
_Span = tuple[_Number, _Number]
_Reason = Annotated[str, msgspec.Meta(max_length=_REASON_MOST)]


class _Aside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seqs: tuple[_Span, ...]
    reason: _Reason


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The JSON of an ack."""

    format: int
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    device: str
    epoch: str
    accepted: tuple[_Span, ...]
    aside: tuple[_Aside, ...]
    revision: Annotated[int, msgspec.Meta(ge=0, le=SEQ_MOST)]
    now: Annotated[int, msgspec.Meta(ge=0, le=SEQ_MOST)]


def encode(ack: Ack, seed: bytes) -> bytes:
    """The signed answer.

    Args:
        ack: what to say.
        seed: the collector's Ed25519 seed, 32 bytes.
    """
    line = msgspec.json.encode(
        _Document(
            format=FORMAT,
            digest=ack.digest,
            device=ack.device,
            epoch=ack.epoch,
            accepted=ack.accepted.spans,
            aside=tuple(_Aside(seqs.spans, reason[:_REASON_MOST]) for seqs, reason in ack.aside),
            revision=ack.revision,
            now=ack.now,
        )
    )
    return line + b"\n" + SigningKey(seed).sign(_CONTEXT + line).signature.hex().encode("ascii") + b"\n"


def decode(data: bytes, *, key: str = "") -> Ack:
    """The ack of an answer.

    Args:
        data: as `encode` wrote it.
        key: the collector's Ed25519 key, hex; empty: the signature is not checked.

    Raises:
        KioskError: not an ack, of another format, or not signed by that key.
    """
    line, _, rest = data.partition(b"\n")
    if len(data) > _MOST_BYTES:
        raise KioskError("the collector's answer is too long")
    if key:
        _verify(line, rest.strip(), key)
    try:
        document = msgspec.json.decode(line, type=_Document)
    except (msgspec.DecodeError, ValueError) as wrong:  # ValueError: not UTF-8
        raise KioskError(f"the collector's answer is not an acknowledgement: {wrong}") from wrong
    if document.format != FORMAT:
        raise KioskError(f"the collector answers in format {document.format}", hint="update the kiosk")
    check_device(document.device)
    check_epoch(document.epoch)
    return Ack(
        digest=document.digest,
        device=document.device,
        epoch=document.epoch,
        accepted=Ranges(document.accepted),
        aside=tuple((Ranges(row.seqs), row.reason) for row in document.aside),
        revision=document.revision,
        now=document.now,
    )


def public_key(seed: bytes) -> str:
    """The Ed25519 key, hex, that belongs to a seed of 32 bytes: what kiosk.toml holds as `upload.key`."""
    return SigningKey(seed).verify_key.encode().hex()


def verify_key(key: str) -> VerifyKey:
    """The key from its 64 hex digits.

    Raises:
        KioskError: not 64 hex digits.
    """
    try:
        return VerifyKey(bytes.fromhex(key))
    except (ValueError, CryptoError) as wrong:
        raise KioskError("the collector's key is not 64 hex digits", hint="copy upload.key from it") from wrong


def _verify(line: bytes, signature: bytes, key: str) -> None:
    try:
        verify_key(key).verify(_CONTEXT + line, bytes.fromhex(signature.decode("ascii")))
    except (ValueError, CryptoError) as wrong:
        raise KioskError("the answer is not signed by the collector's key", hint="compare upload.key") from wrong
