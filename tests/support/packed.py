"""A pack made by hand and installed, for tests that need only its files."""

import hashlib
from pathlib import Path

import msgspec

from kiosk.packs import archive, manifest
from kiosk.packs.store import Store


def install(folder: Path, files: dict[str, bytes], name: str = "thu") -> manifest.Manifest:
    """Install those files as a pack into the store of that folder, in place of an older one."""
    rows = tuple(
        manifest.File(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in sorted(files.items())
    )
    made = manifest.Manifest(1, name, "", "lessons", {"vi": "Thử"}, ("vi",), (), (), (), rows)
    made = msgspec.structs.replace(made, version=manifest.version_of(made))
    path = folder / f"{made.name}"
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        archive.write(made, files, target)
    Store(folder).install(path)
    path.unlink()
    return made
