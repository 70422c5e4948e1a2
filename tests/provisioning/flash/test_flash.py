"""Many cards at once."""

from pathlib import Path

import pytest

from provisioning.flash.flash import Outcome, flash
from provisioning.flash.plan import Job
from provisioning.flash.progress import Stage
from provisioning.flash.sd_cards import Disk
from provisioning.flash.source import open_image
from provisioning.flash.target import Target
from provisioning.site_config import parse
from tests.provisioning.flash.fake_card import Card, Deaf, Torn

pytestmark = pytest.mark.needs("mkfs.vfat", "mcopy")


def _job(text: str, path: str) -> Job:
    return Job(text, parse(text), Disk(path, 8_000_000_000, portable=True))


def test_a_card_torn_out_and_a_deaf_one_stop_no_other(image: Path, plain: str) -> None:
    cards = {"/dev/sdb": Torn(after=70), "/dev/sdc": Card(), "/dev/sdd": Deaf()}
    jobs = [_job(plain.replace("na-huong", f"ban-{path[-1]}"), path) for path in (*cards, "/dev/sde")]
    stages: dict[str, list[Stage]] = {job.disk.path: [] for job in jobs}
    told: list[Outcome] = []

    def opened(path: Path) -> Target:
        return cards[str(path)] if str(path) in cards else _gone()

    outcomes = flash(
        open_image(image), jobs, lambda job, now: stages[job.disk.path].append(now.stage), told.append, opened
    )

    wrong = [outcome.wrong.message if outcome.wrong else "" for outcome in outcomes]
    assert "bị rút ra" in wrong[0]
    assert wrong[1] == ""
    assert "không giữ" in wrong[2]
    assert "bị rút ra" in wrong[3]
    assert stages["/dev/sdc"][-1] is Stage.DONE
    assert stages["/dev/sdb"][-1] is Stage.WRITE
    assert len(told) == 4
    held = b"".join(block for _, block in sorted(cards["/dev/sdc"].blocks.items()))
    assert b'id = "ban-c"' in held


def _gone() -> Target:
    raise FileNotFoundError(2, "No such file or directory")
