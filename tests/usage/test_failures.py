from contextlib import closing

import msgspec
import pytest

from kiosk import clock
from kiosk.device import look as looks
from kiosk.device import start as starts
from kiosk.device.look import Look
from kiosk.device.services import Service
from kiosk.device.start import Start
from kiosk.live import errors
from kiosk.usage import recorder, report
from kiosk.usage.recorder import record_once
from kiosk.usage.session import Session
from tests.usage.house import recorded


def came_up(settings, start):
    settings.run.mkdir(exist_ok=True)
    starts.place(settings).write_bytes(msgspec.json.encode(start))


def seen(settings, *services):
    settings.run.mkdir(exist_ok=True)
    looks.keep(settings, Look(clock.boot_id(), 1, services=services))


def told(settings):
    return [event.values for event in recorded(settings, "error")]


def test_data_set_aside_at_the_start_reaches_the_counts_once(settings, monkeypatch):
    came_up(settings, Start(data="aside"))
    record_once(settings)
    record_once(settings)
    assert told(settings) == [("data", "set-aside")]
    monkeypatch.setattr(clock, "boot_id", lambda: "f" * 32)
    came_up(settings, Start(data="kept", wrong="dòng 3: sai", trouble=("radio: rfkill says 00:11:22:33:44:55",)))
    record_once(settings)
    assert told(settings)[1:] == [("site", "refused"), ("first-boot", "radio")]


def test_a_new_state_db_does_not_tell_the_start_again(settings):
    came_up(settings, Start(data="memory"))
    record_once(settings)
    settings.state.unlink()
    record_once(settings)
    assert told(settings) == [("data", "in-memory")]


def test_a_service_that_failed_is_told_when_it_fails_again_and_not_before(settings, monkeypatch):
    monkeypatch.setattr(errors, "AGAIN_SECONDS", 0)
    nginx = Service("nginx.service", restarts=1, result="oom-kill")
    for services in (
        [Service("nginx.service")],
        [nginx, Service("wpa_supplicant@up0.service", active="failed", result="exit-code")],
        [nginx, Service("kiosk-shell.service", active="failed", wanted=False)],
        [msgspec.structs.replace(nginx, restarts=2, result="success")],
    ):
        seen(settings, *services)
        with closing(Session(settings)) as session:  # a recorder of its own each time
            session.tick()
            session.finish()
    assert told(settings) == [
        ("nginx", "oom-kill"), ("wpa_supplicant-up0", "exit-code"), ("nginx", "restarted"),
    ]  # fmt: skip


def test_the_last_errors_are_kept_for_the_status_over_a_power_cut(settings, monkeypatch):
    for area in ("web", "upload", "web", "carry"):
        monkeypatch.setattr(errors, "AGAIN_SECONDS", 0)
        errors.leave(settings, area, "broken")
    record_once(settings)
    settings.state.unlink()
    assert report.read(settings).errors == ("carry broken", "web broken", "upload broken")


@pytest.mark.usefixtures("journal")
def test_a_damaged_usage_db_is_told_from_the_new_one(settings):
    settings.usage.write_bytes(b"nonsense" * 4096)
    with recorder.alone(settings):
        recorder._troubled(settings, recorder.DamagedError("malformed"))
    record_once(settings)
    assert told(settings) == [("recorder", "damaged")]
