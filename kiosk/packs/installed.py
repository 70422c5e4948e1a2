"""What is installed, by its manifests alone: for the recorder, which needs nothing of what puts it there."""

from pathlib import Path

from kiosk.packs.manifest import named


def place(folder: Path) -> Path:
    """Where a store keeps its manifests."""
    return folder / "installed"


def manifests(folder: Path) -> list[Path]:
    """The manifests of a store, in order of their ids."""
    return sorted(place(folder).glob("*.json"))


def versions(folder: Path) -> dict[str, str]:
    """Id -> version of what a store holds; a manifest that cannot be read is left out."""
    found = (named(path.read_bytes()) for path in manifests(folder))
    return dict(each for each in found if each)
