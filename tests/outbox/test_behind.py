"""A box whose clock is 400 days late, with nobody to set it: its counts arrive, on their right day, and only there."""

import os
import sys
import time

import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.epochs import Quality
from kiosk.process import run
from kiosk.settings import Settings, Upload, render
from kiosk.usage.journal import Journal
from tests.outbox.fakes import view
from tests.outbox.province import Province

LATE = 400 * 86_400

pytestmark = pytest.mark.needs("faketime")


@pytest.fixture
def province(tmp_path, authority):
    running = Province(tmp_path / "province", authority("tinh").issue("localhost"))
    yield running
    running.stop()


def late_box(tmp_path, province, pin):
    """Seven events of a box, and its `kiosk upload` under a clock of 400 days before."""
    house = Settings(
        data=tmp_path / "data",
        run=tmp_path / "run",
        upload=Upload(url=province.url, token=str(province.token), pin=str(pin), key=province.key),
    )
    journal = Journal.open(house)
    epoch = journal.begin(device="ab" * 16, boot=clock.boot_id()).name
    journal.append([view(at) for at in range(7)])
    journal.learn(epoch, int(time.time() - LATE - clock.uptime()), Quality.SAVED)
    (tmp_path / "kiosk.toml").write_text(render(house))
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "KIOSK_DATA": str(house.data),
        "KIOSK_RUN": str(house.run),
        "KIOSK_CONFIG": str(tmp_path / "kiosk.toml"),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    command = ["faketime", "-f", f"-{LATE // 86_400}d", sys.executable, "-m", "kiosk", "upload"]

    def upload() -> str:
        return run(command, timeout=60, env=environ).out.decode()

    return journal, upload


def test_a_certificate_of_next_year_is_no_hindrance_and_the_answer_tells_the_day(tmp_path, province, authority):
    journal, upload = late_box(tmp_path, province, authority("again").file.with_name("tinh.pem"))
    assert "7 events in 2 batches" in upload()
    assert province.counts() == dict.fromkeys(journal.offsets(), 7)
    (offset,) = journal.offsets().values()
    assert offset.quality is Quality.COLLECTOR
    assert abs(offset.seconds - (time.time() - clock.uptime())) < 60
    assert province.days() == [time.strftime("%Y-%m-%d", time.gmtime(offset.seconds + 7 * 3600))]
    journal.close()


def test_whoever_is_not_pinned_gets_nothing_all_the_same(tmp_path, province, authority):
    journal, upload = late_box(tmp_path, province, authority("stranger").file)
    with pytest.raises(KioskError, match="not the pinned collector"):
        upload()
    assert province.counts() == {}
    journal.close()
