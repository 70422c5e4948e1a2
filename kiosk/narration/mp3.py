"""Whether bytes are a sound as kiosk/sound.py writes it: nothing but whole frames of small MP3."""

from typing import Final

from kiosk.sound import BITRATE, RATE

_HEADER: Final = 4
_SYNC: Final = b"\xff\xf3"  # MPEG-2, layer III, no checksum
_FORM: Final = 0x40  # 32 kbit/s at 22.05 kHz, the padding bit aside
_MASK: Final = 0xFC
_MONO: Final = 0xC0
_PAD: Final = 0x02
_SAMPLES: Final = 576  # of a frame


def seconds(data: bytes) -> float:
    """How long it plays; 0 when anything in it is no such frame."""
    place, frames = 0, 0
    while place < len(data):
        length = _frame(data[place : place + _HEADER])
        if not length or place + length > len(data):
            return 0.0
        place, frames = place + length, frames + 1
    return frames * _SAMPLES / RATE


def _frame(header: bytes) -> int:
    """Bytes of the frame that begins so; 0 when none does."""
    if len(header) < _HEADER or header[:2] != _SYNC or header[2] & _MASK != _FORM or header[3] & _MONO != _MONO:
        return 0
    return _SAMPLES // 8 * BITRATE // RATE + bool(header[2] & _PAD)
