"""Sentences said aloud: by the machine (espeak-ng), or by the person who recorded them, levelled the same way.

Sounds are kept under the digest of all that they follow from, so that building again says only what is new.
"""

import hashlib
import os
import re
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from kiosk import process, sound
from kiosk.errors import KioskError
from kiosk.packs.manifest import Row, Voice

WORKERS = os.cpu_count() or 2  # ffmpeg and espeak-ng are the load; each uses one core
_DIGITS = 5  # more than that, or a zero in front, is a number to dial, not to count
_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+(?!\d)|\d+")


class Machine(Row, frozen=True):
    """How the machine speaks a language; see speech.toml. Sounds are kept under its bytes."""

    voice: str
    speed: int
    pitch: int
    amplitude: int
    gap: int
    sample: str
    words: dict[str, str]


class Machines(Machine, frozen=True):
    """The same, with its voice in each accent that it has."""

    accents: dict[str, str] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to be heard: a sentence in a language, in the machine's accent, or somebody's recording of it."""

    lang: str
    text: str
    recording: Path | None = None
    accent: str = ""

    @property
    def voice(self) -> Voice:
        """Whose voice it will be."""
        return "person" if self.recording else "machine"


@cache
def machines() -> Mapping[str, Machines]:
    """Every language that the machine speaks."""
    text = resources.files("kiosk.authoring").joinpath("speech.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, Machines])


def pronounced(text: str, lang: str) -> str:
    """A sentence as the machine is told to say it: words it would misread, and numbers one dials digit by digit."""
    words = machines()[lang].words
    if words:
        # The longest first, so that VietQR is not taken for Viet and QR.
        known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        text = re.sub(rf"(?<!\w)(?<!\d\.)({known})(?!\w|\.\d)", lambda found: words[found[1]], _apart(text))
    return _NUMBER.sub(_dialled, text)


def _apart(text: str) -> str:
    """30000đ: the unit stands apart from its number."""
    return re.sub(r"(?<=\d)(?=đ)", " ", text)


def _dialled(found: re.Match[str]) -> str:
    digits = found[0]
    if "." in digits:
        return digits.replace(".", "")
    dialled = len(digits) > 1 and (digits.startswith("0") or (len(digits) > _DIGITS and not digits.endswith("000")))
    return " ".join(digits) if dialled else digits


def machine(lang: str, accent: str = "") -> Machine:
    """How the machine speaks a language in that accent, or in its usual one where it has no other."""
    how = machines()[lang]
    voice = how.accents.get(accent, how.voice)
    return Machine(voice, how.speed, how.pitch, how.amplitude, how.gap, how.sample, how.words)


def say(text: str, lang: str, accent: str = "") -> bytes:
    """A sentence in the machine's voice, as WAV.

    Raises:
        KioskError: the machine does not speak this language, or espeak-ng is missing.
    """
    if lang not in machines():
        raise KioskError(f"no machine speaks {lang}: “{text}”", hint="put a recording beside the text")
    how = machine(lang, accent)
    command = ["espeak-ng", "-z", "--stdin", "--stdout", "-v", how.voice, "-s", how.speed, "-p", how.pitch]
    command += ["-a", how.amplitude, "-g", how.gap]
    return process.run([str(word) for word in command], data=pronounced(text, lang).encode()).out


def hear(wanted: Iterable[Wanted], kept: Path | None) -> dict[Wanted, sound.Speech]:
    """Every wanted sound, made by as many workers as there are cores.

    Args:
        wanted: what is to be heard; the same thing twice is made once.
        kept: the folder where made sounds are kept and found again; None: all are made.

    Raises:
        KioskError: a program is missing, a recording cannot be used, or no machine speaks the language.
    """
    once = list(dict.fromkeys(wanted))
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(WORKERS) as workers:
        return dict(zip(once, workers.map(lambda one: _one(one, kept), once), strict=True))


def _one(wanted: Wanted, kept: Path | None) -> sound.Speech:
    place = None if kept is None else kept / f"{_key(wanted)}.mp3"
    if place is not None and place.exists():
        return sound.Speech(place.read_bytes())
    made = sound.prepare(wanted.recording) if wanted.recording else _said(wanted)
    if place is not None:
        written = place.with_suffix(f".{threading.get_ident()}")
        written.write_bytes(made.mp3)
        written.replace(place)
    return made


def _said(wanted: Wanted) -> sound.Speech:
    return sound.prepare_at(say(wanted.text, wanted.lang, wanted.accent), _gain(wanted.lang, wanted.accent))


@cache
def _gain(lang: str, accent: str) -> float:
    """The machine speaks every sentence alike, so that one measure of its voice does for thousands."""
    return sound.gain(sound.trim(say(machines()[lang].sample, lang, accent)))


def _key(wanted: Wanted) -> str:
    """Everything that the bytes of a sound follow from."""
    digest = hashlib.sha256(f"{_tools()}\n{sound.RECIPE}\n".encode())
    if wanted.recording:
        digest.update(wanted.recording.read_bytes())
    elif wanted.lang in machines():
        how = msgspec.structs.replace(machine(wanted.lang, wanted.accent), words={})
        digest.update(msgspec.json.encode([how, pronounced(wanted.text, wanted.lang)]))
    return digest.hexdigest()


@cache
def _tools() -> str:
    """The versions of the programs."""
    return "\n".join(
        process.run(command).out.decode("utf-8", "replace").partition("\n")[0]
        for command in (["espeak-ng", "--version"], ["ffmpeg", "-version"])
    )
