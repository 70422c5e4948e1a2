"""A recording as it comes from a phone, a stick or a microphone becomes speech like all other, or is refused."""

import io
import math
import wave
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import msgspec

from kiosk import process, sound
from kiosk.errors import KioskError

LONGEST: Final = 60.0  # seconds; a card takes twelve
SHORTEST: Final = 0.25  # seconds of voice
MOST: Final = 12 * 1024 * 1024  # bytes; a minute of WAV at 48 kHz in stereo

# What phones, recorders and browsers write. Nothing here can name another file to be read.
_FORMATS: Final = "wav,w64,aiff,flac,mp3,aac,amr,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,caf"
_BOUNDS: Final = process.limited(memory=768 * 1024 * 1024, seconds=30)
_READ: Final = ("-v", "error", "-protocol_whitelist", "file", "-format_whitelist", _FORMATS)
_WINDOW: Final = sound.RATE // 20  # samples of 50 ms
_FULL: Final = 32_768
_AT_THE_EDGE: Final = 32_100  # of _FULL: what a cut wave keeps after it was resampled
_CUT: Final = 0.002  # of all samples; clean speech levelled to the top stays below a tenth of it
_HEARD: Final = -42.0  # dB of full scale in the loudest window: less is a room, not a voice
_ALIVE: Final = 8.0  # dB between the loud and the soft of speech; a hum or a hiss has less


Reason = Literal["large", "film", "text", "damaged", "long", "short", "silent", "clipped", "noise"]
_WHAT: Final[Mapping[Reason, tuple[str, str]]] = MappingProxyType(
    {
        "large": (f"is larger than {MOST >> 20} MB", "record one sentence at a time"),
        "film": ("is a film, not a recording", "give a recording of the voice alone"),
        "text": ("is not sound", "give a recording: wav, mp3, m4a, ogg or webm"),
        "damaged": ("is damaged", "record it again"),
        "long": (f"is longer than {LONGEST:g} s", "record one sentence at a time"),
        "short": ("is too short", "say the whole sentence, then stop"),
        "silent": ("is silent", "record it again, nearer to the microphone"),
        "clipped": ("is clipped: too loud for the microphone", "record it again, further away"),
        "noise": ("holds only noise", "record it again in a quiet place"),
    }
)


class RefusedError(KioskError):
    """A recording that cannot be used.

    Attributes:
        reason: why, for a page that says it in its own words.
    """

    def __init__(self, name: str, reason: Reason) -> None:
        what, hint = _WHAT[reason]
        super().__init__(f"{name} {what}", hint=hint)
        self.reason: Reason = reason


def prepare(source: Path) -> sound.Speech:
    """Read a recording within bounds, judge it, trim it, level it, encode it.

    Raises:
        RefusedError: not sound, a film, silent, only noise, clipped, too long or too short; says what to do.
    """
    if source.stat().st_size > MOST:
        raise RefusedError(source.name, "large")
    _look(source)
    samples = _samples(source)
    judge(samples, source.name)
    speech = sound.prepare(_wav(samples))
    if speech.seconds < SHORTEST:
        raise RefusedError(source.name, "short")
    return speech


def judge(samples: "array[int]", name: str) -> None:
    """Refuse what cannot be used.

    Args:
        samples: mono, 16 bit, at sound.RATE.
        name: what it is called in the refusal.

    Raises:
        RefusedError: silent, too long, clipped or nothing but noise.
    """
    if len(samples) > LONGEST * sound.RATE:
        raise RefusedError(name, "long")
    levels = sorted(_levels(samples))
    if not levels or levels[-1] < _HEARD:
        raise RefusedError(name, "silent")
    edge = sum(1 for sample in samples if sample >= _AT_THE_EDGE or sample <= -_AT_THE_EDGE)
    if edge > _CUT * len(samples):
        raise RefusedError(name, "clipped")
    if levels[-1] - levels[len(levels) // 20] < _ALIVE:
        raise RefusedError(name, "noise")


def _levels(samples: "array[int]") -> Iterator[float]:
    """How loud each window is, in dB of full scale; every third sample tells."""
    for start in range(0, len(samples) - _WINDOW + 1, _WINDOW):
        power = sum(sample * sample for sample in samples[start : start + _WINDOW : 3]) / (_WINDOW / 3)
        yield 10 * math.log10(max(power, 1.0) / _FULL**2)


def _look(source: Path) -> None:
    """Refuse what is not one sound: a film, a picture, a text, whatever its name says."""
    asked = "stream=codec_type:stream_disposition=attached_pic"
    command = ["ffprobe", *_READ, "-show_entries", asked, "-of", "json", f"file:{source}"]
    seen = process.run(command, check=False, limits=_BOUNDS, timeout=60)
    streams: list[dict[str, Any]] = msgspec.json.decode(seen.out or b"{}").get("streams", []) if not seen.code else []
    if any(row.get("codec_type") == "video" and not row["disposition"]["attached_pic"] for row in streams):
        raise RefusedError(source.name, "film")
    if not any(row.get("codec_type") == "audio" for row in streams):
        raise RefusedError(source.name, "text")


def _samples(source: Path) -> "array[int]":
    form = ("-map", "0:a:0", "-t", str(LONGEST + 1), "-f", "s16le", "-ar", str(sound.RATE), "-ac", "1", "pipe:1")
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-threads", "1", *_READ, "-i", f"file:{source}", *form]
    command[command.index("file")] = "file,pipe"
    made = process.run(command, check=False, limits=_BOUNDS, timeout=90)
    if made.code or not made.out:
        raise RefusedError(source.name, "damaged")
    samples = array("h")
    samples.frombytes(made.out[: len(made.out) // 2 * 2])
    return samples


def _wav(samples: "array[int]") -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as form:
        form.setnchannels(1)
        form.setsampwidth(2)
        form.setframerate(sound.RATE)
        form.writeframes(samples.tobytes())
    return target.getvalue()
