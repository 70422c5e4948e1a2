"""The Python packages of a card as wheels: those that the lock names, by their hashes, and our own."""

import hashlib
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kiosk.process import run
from provisioning.image import lock
from provisioning.image.lock import Pin

_PLATFORMS: Final = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")
_QUIET: Final = ("--quiet", "--disable-pip-version-check", "--no-deps")
_OWN: Final = ("kiosk", "provisioning")
_BESIDE: Final = ("pyproject.toml", "README.md", "LICENSE")


def pins(source: Path) -> list[Pin]:
    """What runs on a card, of the checkout's lock."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return lock.needed(
        lock.parse((source / "requirements.lock").read_text(encoding="utf-8")), map(str, project["dependencies"])
    )


def download(wanted: list[Pin], python: str, out: Path) -> None:
    """Fetch wheels for the card's processor and interpreter; a wheel with another hash is refused."""
    listed = out / "requirements.txt"
    listed.write_text("".join(pin.text for pin in wanted), encoding="utf-8")
    words: list[str | Path] = ["download", *_QUIET, "--require-hashes", *_alike(python), "-d", out, "-r", listed]
    run([sys.executable, "-m", "pip", *words], timeout=1800)


def install(wheels: Sequence[Path], python: str, library: Path) -> None:
    """Lay wheels out for the card's processor and interpreter.

    By name: of what comes by its path pip writes down that path, which is another on each machine.
    """
    found: list[str | Path] = [f"--find-links={folder}" for folder in sorted({wheel.parent for wheel in wheels})]
    names = ["==".join(wheel.name.split("-")[:2]) for wheel in wheels]
    words = ["install", *_QUIET, "--no-compile", "--no-index", *_alike(python), "--ignore-requires-python"]
    run([sys.executable, "-m", "pip", *words, "--target", library, *found, *names], timeout=600)
    for record in sorted(library.glob("*.dist-info/RECORD")):
        record.write_text(without_scripts(record.read_text(encoding="utf-8")), encoding="utf-8")


def without_scripts(record: str) -> str:
    """What was installed, but for programs: a card has its own, and theirs name the interpreter of this machine."""
    return "".join(line for line in record.splitlines(keepends=True) if not line.startswith("../../bin/"))


def own(source: Path, day: int, out: Path) -> None:
    """Build our own wheel from the files of the checkout, nothing of it younger than `day` (seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in files(source):
            target = copy / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        words: list[str | Path] = ["-m", "pip", "wheel", *_QUIET, "--no-build-isolation", "-w", out, copy]
        run([sys.executable, *words], env={"SOURCE_DATE_EPOCH": str(day)}, timeout=600)


def files(source: Path) -> Iterator[Path]:
    """The files of the checkout that our wheel is made of."""
    for name in _OWN:
        yield from sorted(
            path for path in (source / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )
    yield from (source / name for name in _BESIDE)


def digest(paths: Iterator[Path], source: Path) -> str:
    """One number for the names and contents of files: what a step depends on."""
    found = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        found.update(f"{path.relative_to(source)}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def _alike(python: str) -> list[str]:
    """The card's processor and interpreter, in pip's words."""
    platforms = [word for name in _PLATFORMS for word in ("--platform", name)]
    return [*platforms, "--python-version", python, "--implementation", "cp", "--only-binary=:all:"]
