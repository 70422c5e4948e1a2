"""Many cards at once, each in a thread of its own: one that is torn out stops no other."""

import errno
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from provisioning.flash.plan import Job
from provisioning.flash.progress import Progress
from provisioning.flash.source import Image
from provisioning.flash.target import Disk, Target
from provisioning.flash.write import write

Report = Callable[[Job, Progress], None]
Open = Callable[[Path], Target]

_GONE = (errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOMEDIUM)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a card ended; `wrong` is None when it is flashed."""

    job: Job
    wrong: KioskError | None = None


def flash(
    image: Image, jobs: Sequence[Job], report: Report, done: Callable[[Outcome], None], opened: Open = Disk
) -> list[Outcome]:
    """Flash every card; the outcomes in the order of the jobs.

    Args:
        image: what goes onto them.
        jobs: the cards.
        report: told of every step, from the card's own thread.
        done: told of every outcome when it is there, from the card's own thread.
        opened: how a card is opened.
    """

    def one(job: Job) -> Outcome:
        outcome = _one(image, job, report, opened)
        done(outcome)
        return outcome

    with ThreadPoolExecutor(max(1, len(jobs))) as pool:
        return list(pool.map(one, jobs))


def _one(image: Image, job: Job, report: Report, opened: Open) -> Outcome:
    try:
        target = opened(Path(job.disk.path))
    except KioskError as wrong:
        return Outcome(job, wrong)
    except OSError as wrong:
        return Outcome(job, _torn(job, wrong))
    try:
        patches, nonce = image.with_site(job.text), secrets.token_bytes(16)
        size = image.manifest.size
        for progress in write(image.read, size, target, patches=patches, nonce=nonce, clock=time.monotonic):
            report(job, progress)
    except KioskError as wrong:
        return Outcome(job, wrong)
    except OSError as wrong:
        return Outcome(job, _torn(job, wrong))
    finally:
        target.close()
    return Outcome(job)


def _torn(job: Job, wrong: OSError) -> KioskError:
    if wrong.errno in _GONE or isinstance(wrong, FileNotFoundError):
        return KioskError(f"thẻ {job.disk.path} bị rút ra hoặc hỏng", hint="cắm lại rồi ghi lại từ đầu")
    return KioskError(f"{job.disk.path}: {wrong.strerror}", hint="cắm lại thẻ rồi thử lại")
