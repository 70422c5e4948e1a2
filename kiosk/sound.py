"""Speech made ready for old phones: measured, trimmed, levelled, encoded as small MP3 by ffmpeg.

The same input gives the same bytes with the same ffmpeg; no tag, date or encoder's name is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk import process
from kiosk.errors import KioskError

RATE = 22_050  # Hz; what espeak-ng makes and the lowest at which 32 kbit/s keeps speech clear
BITRATE = 32_000  # bits a second
LOUDNESS = -16.0  # LUFS: EBU R128's measure, at the level phones' own speakers need outdoors
CEILING = 0.84  # of full scale, -1.5 dB: what MP3 decoders need above the wave
LONGEST = 120.0  # seconds; a recording left running is refused

_WIDTH = 2  # bytes a sample
_ROUNDS = 2  # of measuring again behind the limiter
# Said in full: "-" is `fd:` to a newer ffmpeg, which the whitelist of protocols does not let in.
_IN, _OUT = "pipe:0", "pipe:1"
_QUIETLY = ("-nostdin", "-hide_banner", "-v", "error")
_QUIET = "start_periods=1:start_threshold=-45dB:start_silence=0.04"
_TRIM = f"silenceremove={_QUIET},areverse,silenceremove={_QUIET},areverse"
_RAW = ("-f", "s16le", "-ar", str(RATE), "-ac", "1")
_MP3 = ("-c:a", "libmp3lame", "-b:a", str(BITRATE), "-flags:a", "+bitexact", "-fflags", "+bitexact")
_BARE = ("-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3")
# Three more rounds of a short word: R128 gates on blocks of 0.4 s and measures nothing below that.
_LOUD = "aloop=loop=3:size=2000000000,ebur128=framelog=verbose"
# What the bytes of a sound follow from beside the recording and ffmpeg.
RECIPE = repr((_TRIM, _RAW, _MP3, _BARE, _LOUD, LOUDNESS, CEILING, _ROUNDS))
_INTEGRATED = re.compile(r"Integrated loudness:\s+I:\s+(-?[\d.]+|-inf|nan) LUFS")

Limits = Callable[[], None] | None


@dataclass(frozen=True, slots=True)
class Speech:
    """A piece of speech as MP3, mono, BITRATE."""

    mp3: bytes

    @property
    def seconds(self) -> float:
        """How long it plays: the bit rate is constant."""
        return round(len(self.mp3) * 8 / BITRATE, 2)


def prepare(source: Path | bytes, *, limits: Limits = None) -> Speech:
    """Trim, level and encode a recording.

    Args:
        source: a file in any form that ffmpeg reads, or a WAV's bytes.
        limits: bounds for ffmpeg when the recording comes from a stranger; see `process.limited`.

    Raises:
        KioskError: not sound, silent, or longer than LONGEST.
    """
    wave = trim(source, limits=limits)
    made = process.run(
        ["ffmpeg", *_QUIETLY, *_RAW, "-i", _IN, "-af", _level(gain(wave)), *_MP3, *_BARE, _OUT], data=wave
    )
    return Speech(made.out)


def prepare_at(wav: bytes, decibels: float) -> Speech:
    """Trim and encode the WAV of a voice whose gain is known: one program where `prepare` needs five."""
    shaped = ["-af", f"{_TRIM},{_level(decibels)}", "-ar", str(RATE), "-ac", "1"]
    return Speech(process.run(["ffmpeg", *_QUIETLY, "-i", _IN, *shaped, *_MP3, *_BARE, _OUT], data=wav).out)


def trim(source: Path | bytes, *, limits: Limits = None) -> bytes:
    """The samples of a recording, mono, 16 bit at RATE, without the silence at both ends.

    Raises:
        KioskError: not sound, silent, or longer than LONGEST.
    """
    file = _IN if isinstance(source, bytes) else f"file:{source}"
    data = source if isinstance(source, bytes) else None
    command = ["ffmpeg", *_QUIETLY, "-protocol_whitelist", "file,pipe", "-i", file, "-vn", "-t", str(LONGEST + 1)]
    wave = process.run([*command, "-af", _TRIM, *_RAW, _OUT], data=data, limits=limits).out
    name = "the sound" if isinstance(source, bytes) else source.name
    if not wave:
        raise KioskError(f"{name} is silent", hint="record it again, nearer to the microphone")
    if len(wave) > LONGEST * RATE * _WIDTH:
        raise KioskError(f"{name} is longer than {LONGEST:g} s", hint="cut it")
    return wave


def loudness(source: Path | bytes) -> float:
    """Integrated loudness in LUFS of a file, or of samples as `trim` gives them; -70 when nothing is heard.

    Raises:
        KioskError: not sound.
    """
    return _measured(source, _LOUD)


def gain(wave: bytes) -> float:
    """How many dB bring samples to LOUDNESS, counting what the limiter takes away."""
    decibels = min(LOUDNESS - loudness(wave), 40.0)
    for _ in range(_ROUNDS):
        decibels += LOUDNESS - _measured(wave, f"{_level(decibels)},{_LOUD}")
    return decibels


def _measured(source: Path | bytes, filters: str) -> float:
    opened = ["-i", f"file:{source}"] if isinstance(source, Path) else [*_RAW, "-i", _IN]
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-v", "info", *opened, "-af", filters]
    data = source if isinstance(source, bytes) else None
    seen = process.run([*command, "-f", "null", _OUT], data=data).err.decode("utf-8", "replace")
    found = _INTEGRATED.search(seen)
    return float(found[1]) if found and found[1][-1].isdecimal() else -70.0


def _level(decibels: float) -> str:
    return f"volume={decibels:.2f}dB,alimiter=limit={CEILING}:level=0:attack=2:release=40"
