from kiosk import clock
from kiosk.device import look as looks
from kiosk.device.look import Look
from kiosk.device.radio import Radio
from kiosk.usage.evidence import HOUR, health_event

AIR = Radio("wlan0", "brcmfmac", stations=7, signal_dbm=-61, refused=3)


def left(settings, at, radio=AIR):
    settings.run.mkdir(exist_ok=True)
    looks.keep(settings, Look(clock.boot_id(), at, radio))


def test_the_health_event_has_the_air_as_it_was_last_seen(settings):
    left(settings, int(clock.uptime()))
    told = health_event(settings).fields()
    assert (told["stations"], told["signal_dbm"], told["refused"]) == (7, -61, 3)


def test_what_nobody_has_seen_is_left_out(settings):
    told = health_event(settings).fields()
    assert (told["stations"], told["signal_dbm"], told["refused"]) == (None, None, None)
    left(settings, int(clock.uptime()), Radio("wlan0", stations=0))
    told = health_event(settings).fields()
    assert (told["stations"], told["signal_dbm"], told["refused"]) == (0, None, None)


def test_an_old_look_is_not_told_as_now(settings):
    left(settings, int(clock.uptime()) - HOUR - 1)
    assert health_event(settings).fields()["stations"] is None
