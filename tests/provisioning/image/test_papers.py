"""What lies beside an image."""

import json
from pathlib import Path

from kiosk.process import run
from provisioning.image import papers
from provisioning.image.lock import Pin

STATUS = """\
Package: nginx-light
Status: install ok installed
Architecture: arm64
Source: nginx (1.26.3-3)
Version: 1.26.3-3+deb13u1
Description: a server
 Version: not this line

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1
"""


def test_installed_packages_are_read_and_removed_ones_are_not() -> None:
    (part,) = papers.installed(STATUS)
    assert (part.name, part.version, part.source) == ("nginx-light", "1.26.3-3+deb13u1", "nginx (1.26.3-3)")
    assert part.url == "pkg:deb/debian/nginx-light@1.26.3-3+deb13u1?arch=arm64"


def test_unpacked_packages_are_known_by_their_files() -> None:
    (part,) = papers.unpacked(["raspi-firmware_1%3a1.20240424+ds-6_all.deb"])
    assert (part.name, part.version) == ("raspi-firmware", "1:1.20240424+ds-6")


def test_the_bill_names_every_part_once_and_says_what_the_image_contains() -> None:
    parts = [*papers.installed(STATUS), *papers.wheels([Pin("flask", "3.1.3", "", frozenset())])]
    bill = json.loads(papers.spdx("domdom-1", 1763769600, parts, "ab" * 32))
    assert bill["spdxVersion"] == "SPDX-2.3"
    assert bill["creationInfo"]["created"] == "2025-11-22T00:00:00Z"
    assert [each["name"] for each in bill["packages"]] == ["domdom-1", "nginx-light", "flask"]
    ids = [each["SPDXID"] for each in bill["packages"]]
    assert len(set(ids)) == len(ids)
    contained = {row["relatedSpdxElement"] for row in bill["relationships"] if row["relationshipType"] == "CONTAINS"}
    assert contained == set(ids[1:])


def test_the_same_parts_in_any_order_give_the_same_bill() -> None:
    parts = papers.wheels([Pin("a", "1", "", frozenset()), Pin("b", "2", "", frozenset())])
    assert papers.spdx("i", 0, parts, "") == papers.spdx("i", 0, parts[::-1], "")


def test_checksums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("1")
    (tmp_path / "two").write_text("2")
    (tmp_path / "sums").write_text(papers.checksums([tmp_path / "one", tmp_path / "two"]))
    assert run(["sha256sum", "--check", "sums"], cwd=tmp_path).code == 0
