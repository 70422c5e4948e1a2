import stat

import pytest

from kiosk import clock
from kiosk.device import look
from kiosk.device.look import Look
from kiosk.device.radio import Log, Radio
from kiosk.device.services import Service
from kiosk.settings import Settings

SEEN = Look(clock.boot_id(), 90, Radio("wlan0", stations=3), (Service("nginx.service"),), undervolted=True)


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, run=tmp_path)


def test_a_look_is_read_by_those_that_may_not_look_themselves(settings):
    look.keep(settings, SEEN)
    assert look.read(settings) == SEEN
    assert stat.S_IMODE(look.place(settings).stat().st_mode) == 0o644
    assert list(settings.run.iterdir()) == [look.place(settings)]


def test_a_look_of_another_start_is_none(settings):
    look.keep(settings, Look("0" * 32, 90, Radio("wlan0")))
    assert look.read(settings) is None


def test_a_look_that_saw_nothing_replaces_none(settings):
    look.keep(settings, SEEN)
    look.keep(settings, Look(clock.boot_id(), 100))
    assert look.read(settings) == SEEN


def test_without_a_folder_nothing_is_left_and_nothing_breaks(tmp_path):
    nowhere = Settings(data=tmp_path, run=tmp_path / "none")
    look.keep(nowhere, SEEN)
    assert look.read(nowhere) is None


def test_a_broken_note_is_none(settings):
    look.place(settings).write_text("{")
    assert look.read(settings) is None


def test_everything_is_looked_at_once(monkeypatch):
    monkeypatch.setattr(look, "read_kernel_log", lambda: Log(undervolted=True))
    monkeypatch.setattr(look, "read_serving_log", lambda: None)
    monkeypatch.setattr(look, "read_radio", lambda kernel, serving: Radio("wlan0"))
    monkeypatch.setattr(look, "read_services", lambda units: tuple(Service(unit) for unit in units))
    seen = look.take(["nginx.service"])
    assert seen.boot == clock.boot_id()
    assert seen.radio == Radio("wlan0")
    assert seen.services == (Service("nginx.service"),)
    assert seen.undervolted


def test_this_machine_is_looked_at_without_harm():
    assert look.take(["nginx.service"]).at > 0
