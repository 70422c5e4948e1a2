"""What lies beside an image: what is inside (SPDX), checksums, and the manifest that flashing reads."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from provisioning.image.lock import Pin


@dataclass(frozen=True, slots=True)
class Part:
    """A package inside.

    Attributes:
        name: as its maker calls it.
        version: exactly this one.
        url: as `pkg:` names it everywhere.
        source: the source package, where it has another name.
    """

    name: str
    version: str
    url: str
    source: str = ""


def installed(status: str) -> list[Part]:
    """The packages of a tree, from the text of `var/lib/dpkg/status`."""
    found = []
    for block in status.split("\n\n"):
        rows = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(" "))
        if rows.get("Status") == "install ok installed":
            found.append(debian(rows["Package"], rows["Version"], rows["Architecture"], rows.get("Source", "")))
    return found


def debian(name: str, version: str, architecture: str, source: str = "") -> Part:
    """A package of Debian's."""
    return Part(name, version, f"pkg:deb/debian/{name}@{version}?arch={architecture}", source)


def unpacked(names: Iterable[str]) -> list[Part]:
    """The packages of files `name_version_arch.deb`."""
    rows = (name.removesuffix(".deb").split("_") for name in names)
    return [debian(name, version.replace("%3a", ":"), architecture) for name, version, architecture in rows]


def wheels(pins: Iterable[Pin]) -> list[Part]:
    """The Python packages of a lock."""
    return [Part(pin.name, pin.version, f"pkg:pypi/{pin.name}@{pin.version}") for pin in pins]


def spdx(image: str, day: int, parts: Sequence[Part], sha256: str) -> str:
    """The software bill of materials of an image, SPDX 2.3 as JSON.

    Args:
        image: its id.
        day: seconds; when its sources were taken.
        parts: what is inside.
        sha256: of the unpacked image.
    """
    whole = {
        "SPDXID": "SPDXRef-image", "name": image, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
        "checksums": [{"algorithm": "SHA256", "checksumValue": sha256}],
    }  # fmt: skip
    listed = [_package(number, part) for number, part in enumerate(sorted(parts, key=lambda part: part.url), 1)]
    document: dict[str, Any] = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": image,
        "documentNamespace": f"urn:domdom:image:{sha256}",
        "creationInfo": {
            "created": datetime.fromtimestamp(day, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: provision image"],
        },
        "packages": [whole, *listed],
        "relationships": [
            _related("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-image"),
            *(_related("SPDXRef-image", "CONTAINS", each["SPDXID"]) for each in listed),
        ],
    }
    return json.dumps(document, indent=1) + "\n"


def checksums(paths: Iterable[Path]) -> str:
    """What `sha256sum --check` reads."""
    return "".join(f"{digest(path)}  {path.name}\n" for path in paths)


def digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package(number: int, part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {
        "SPDXID": f"SPDXRef-{number}",
        "name": part.name,
        "versionInfo": part.version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "externalRefs": [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": part.url}
        ],
    }
    return {**found, "sourceInfo": f"built from {part.source}"} if part.source else found


def _related(one: str, how: str, other: str) -> dict[str, str]:
    return {"spdxElementId": one, "relationshipType": how, "relatedSpdxElement": other}
