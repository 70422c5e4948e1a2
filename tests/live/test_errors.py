from contextlib import closing

import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.event import is_name
from kiosk.live import errors, outgoing
from kiosk.live.store import LiveStore


@pytest.fixture
def store(settings):
    with closing(LiveStore.open(settings)) as opened:
        yield opened


def told(store):
    return [event.values for _, event in outgoing.after(store, 0, 100)]


def test_an_error_is_told_once_an_hour(store, monkeypatch):
    now = clock.uptime()
    for later in (0, 10, errors.AGAIN_SECONDS - 1, errors.AGAIN_SECONDS):
        monkeypatch.setattr(clock, "uptime", lambda later=later: now + later)
        errors.tell(store, "web", "broken")
        errors.tell(store, "upload", "broken")
    assert told(store) == [("web", "broken"), ("upload", "broken")] * 2


def test_what_an_error_said_is_not_told(store):
    with pytest.raises(KioskError) as caught:
        raise KioskError("Mrs Lò Thị Hoa, 0912345678, cannot be read")
    errors.tell(store, "web", caught.value)
    ((area, code),) = told(store)
    assert (area, code.rpartition("/")[0]) == ("web", "KioskError/test_errors.py")


@pytest.mark.parametrize("text", ["wpa_supplicant@up0", "", "đĩa đầy", "x" * 500, "../../etc/passwd", "-", "a b/c d"])
def test_any_word_becomes_a_name_that_an_event_may_hold(text):
    assert is_name(errors.named(text))


def test_a_program_without_a_memory_folder_goes_on(settings, tmp_path):
    (settings.run.parent / "run").write_text("")
    errors.leave(settings, "upload", "broken")
