"""Each thing that the recorder itself tells, from its cause to usage.db; the web's causes stand in tests/web."""

from contextlib import closing

from kiosk import clock
from kiosk.device import health
from kiosk.device.card import Card
from kiosk.events.line import Line, Part, What
from kiosk.packs.store import Store
from kiosk.usage import evidence, pairing
from kiosk.usage.recorder import record_once
from kiosk.usage.session import Session
from tests.packs.made import packed, sealed
from tests.usage.house import log, recorded, view


def portal(system, station, where="phone"):
    return Line(What.PORTAL, system, "", 200, Part.ALL, clock.wall(), where, station)


def test_the_portal_is_shown_once_an_hour_to_a_phone_and_never_to_the_touchscreen(settings):
    log(
        settings, portal("android", "aaaa"), portal("android", "aaaa"), portal("apple", "bbbb"),
        portal("linux", "cccc", "touchscreen"), portal("other", ""), portal("other", ""),
    )  # fmt: skip
    record_once(settings)
    assert [event.values for event in recorded(settings, "portal")] == [
        ("android", "shown"), ("apple", "shown"), ("other", "shown"), ("other", "shown"),
    ]  # fmt: skip


def test_a_view_says_how_many_cards_of_its_lesson_this_station_has_opened_and_each_number_once(settings):
    log(settings, *(view(f"p/{lesson}", station=station) for station, lesson in (
        ("aaaa", "one/a"), ("aaaa", "one/b"), ("bbbb", "one/b"), ("aaaa", "one/a"), ("aaaa", "two/a"),
        ("aaaa", "one/c"), ("", "one/d"),
    )))  # fmt: skip
    record_once(settings)
    assert [event.fields()["depth"] for event in recorded(settings, "view")] == [1, 2, 1, None, 1, 3, None]


def test_a_pack_is_told_when_it_is_new_or_another(settings, tmp_path):
    for title in ("Một", "Một", "Hai"):
        pack = tmp_path / "thu.pack"
        pack.write_bytes(packed(sealed(title={"vi": title}), {}))
        Store(settings.packs).install(pack)
        with closing(Session(settings)) as session:  # a recorder of its own each time
            session.tick()
            session.finish()
    versions = [sealed(title={"vi": title}).version[:6] for title in ("Một", "Hai")]
    assert [event.values for event in recorded(settings, "pack")] == [("thu", name) for name in versions]


def test_the_wear_of_the_card_is_told_with_the_health(settings, monkeypatch):
    monkeypatch.setattr(evidence, "read_card", lambda _: Card("mmcblk0p3", 2, 5120, 30))
    told = evidence.health_event(settings).fields()
    assert (told["card_errors"], told["written_mib"], told["worn_percent"]) == (2, 5120, 30)


def test_the_board_is_told_with_the_start(settings, monkeypatch, tmp_path):
    (tmp_path / "model").write_bytes(b"Raspberry Pi 4 Model B Rev 1.4\0")
    monkeypatch.setattr(pairing, "board", lambda: health.board.__wrapped__(tmp_path / "model"))
    record_once(settings)
    assert [event.fields()["board"] for event in recorded(settings, "start")] == ["Raspberry-Pi-4-Model-B-Rev-1.4"]
