"""What a machine must have."""

from pathlib import Path

import pytest

from kiosk.findings import Level
from provisioning.image import needs

GOOD = {"has": lambda _: True, "root": True, "emulates": True, "free": 10_000_000_000, "packs": 2}


def test_a_machine_with_everything_is_told_nothing() -> None:
    assert needs.judge(**GOOD) == []


@pytest.mark.parametrize(
    ("lack", "remedy"),
    [
        ({"has": lambda name: name not in ("mcopy", "mksquashfs")}, "sudo apt install mtools squashfs-tools"),
        ({"root": False}, "sudo"),
        ({"emulates": False}, "binfmt-support"),
        ({"free": 1_000_000_000}, "4 GB"),
        ({"packs": 0}, "make setup"),
    ],
)
def test_what_is_missing_is_told_with_how_to_get_it(lack: dict[str, object], remedy: str) -> None:
    (finding,) = needs.judge(**{**GOOD, **lack})
    assert finding.level is Level.FAIL
    assert remedy in finding.remedy


def test_this_machine_is_looked_at_before_its_cache_exists(tmp_path: Path) -> None:
    assert [row for row in needs.look(tmp_path / "not/yet", 1) if row.area == "bài học"] == []
