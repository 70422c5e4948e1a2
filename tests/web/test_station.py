import threading

import pytest

from kiosk import clock
from kiosk.web.station import Stations


@pytest.mark.parametrize(
    ("host", "captured"),
    [
        ("127.0.0.1:8080", False),
        ("localhost:8080", False),
        ("10.87.0.1", False),
        ("192.168.1.7:8080", False),
        ("[::1]:8080", False),
        ("may-tinh", False),
        ("may-tinh.local", False),
        ("domdom.home.arpa", False),
        ("DOMDOM.home.arpa.", False),
        ("", False),
        ("198.51.100.1", True),
        ("captive.apple.com", True),
        ("connectivitycheck.gstatic.com:80", True),
        ("10.87.0.1.evil.example", True),
    ],
)
def test_on_a_laptop_the_host_says_whether_we_are_meant(settings, store, host, captured):
    assert Stations(settings, store).captured({"HTTP_HOST": host}) is captured


def test_behind_nginx_only_its_word_counts(proxied, store):
    stations = Stations(proxied, store)
    assert stations.captured({"HTTP_HOST": "10.87.0.1", "HTTP_X_KIOSK_CAPTURED": "1"})
    assert not stations.captured({"HTTP_HOST": "captive.apple.com", "HTTP_X_KIOSK_CAPTURED": "0"})
    assert not stations.captured({"HTTP_HOST": "captive.apple.com"})


def test_without_nginx_its_words_are_not_believed(settings, store):
    stations = Stations(settings, store)
    said = {"HTTP_X_KIOSK_ADDRESS": "10.87.0.9", "HTTP_X_KIOSK_WHERE": "touchscreen", "HTTP_X_KIOSK_CAPTURED": "1"}
    assert stations.of({"REMOTE_ADDR": "192.168.1.7", **said}) == stations.of({"REMOTE_ADDR": "192.168.1.7"})
    assert not stations.captured({"HTTP_HOST": "localhost", **said})


def test_nginx_says_who_and_where(proxied, store):
    stations = Stations(proxied, store)
    phone = stations.of({"REMOTE_ADDR": "", "HTTP_X_KIOSK_ADDRESS": "10.87.0.21"})
    screen = stations.of({"HTTP_X_KIOSK_ADDRESS": "127.0.0.1", "HTTP_X_KIOSK_WHERE": "touchscreen"})
    assert (phone.where, screen.where) == ("phone", "touchscreen")
    assert phone.key != screen.key


def test_a_station_keeps_its_key_across_processes(settings, store):
    environ = {"REMOTE_ADDR": "192.168.1.7"}
    assert Stations(settings, store).of(environ) == Stations(settings, store).of(environ)


def test_the_lease_is_part_of_the_key(settings, store):
    stations = Stations(settings, store)
    environ = {"REMOTE_ADDR": "10.87.0.21"}
    bare = stations.of(environ).key
    settings.leases.write_text("1790003600 5a:12:34:56:78:9a 10.87.0.21 * *\n")
    leased = stations.of(environ).key
    settings.leases.write_text("1790003600 5a:12:34:56:78:9b 10.87.0.21 * *\n0 02:00:00:00:00:01 10.87.0.2 * *\n")
    assert len({bare, leased, stations.of(environ).key}) == 3


def test_a_lease_file_that_is_just_being_written_ends_no_release(settings, store):
    stations = Stations(settings, store)
    environ = {"REMOTE_ADDR": "10.87.0.21"}
    lease = "0 5a:12:34:56:78:9a 10.87.0.21 * *\n"
    settings.leases.write_text(lease)
    before = stations.of(environ)
    assert stations.release(before, "android")
    for text in ("", lease[:20], lease):
        settings.leases.write_text(text)
        assert stations.of(environ) == before
        assert stations.is_released(environ)
    settings.leases.write_text("0 5a:12:34:56:78:9a 10.87.0.22 * *\n")
    assert not stations.is_released(environ)


@pytest.mark.parametrize(("looked", "released"), [(True, True), (False, False)])
def test_who_asks_nothing_between_two_renewals_stays_let_out_because_somebody_looks(
    settings, store, monkeypatch, looked, released
):
    at = [1_000.0]
    monkeypatch.setattr(clock, "uptime", lambda: at[0])
    monkeypatch.setattr(clock, "wall", lambda: 1_790_000_000 + at[0])
    stations = Stations(settings, store)

    def renews() -> None:
        settings.leases.write_text(f"{int(clock.wall()) + 3600} 5a:12:34:56:78:9a 10.87.0.21 * *\n")

    renews()
    environ = {"REMOTE_ADDR": "10.87.0.21"}
    assert stations.release(stations.of(environ), "android")
    for _ in range(3):
        at[0] += 1_800
        renews()
        if looked:
            stations.refresh()
    assert stations.is_released(environ) is released


def test_a_release_ends_with_its_lease_also_if_nobody_asks(settings, store, monkeypatch):
    at = [1_000.0]
    monkeypatch.setattr(clock, "uptime", lambda: at[0])
    monkeypatch.setattr(clock, "wall", lambda: 1_790_000_000 + at[0])
    stations = Stations(settings, store)
    settings.leases.write_text("1790004600 5a:12:34:56:78:9a 10.87.0.21 * *\n")
    environ = {"REMOTE_ADDR": "10.87.0.21"}
    assert stations.release(stations.of(environ), "android")
    settings.leases.write_text("1790004600 5a:12:34:56:78:9b 10.87.0.22 * *\n")
    stations.refresh()
    assert not store.tables.released.select().exists()


def test_somebody_looks_until_told_to_stop(settings, store, monkeypatch):
    stop, stations = threading.Event(), Stations(settings, store)
    monkeypatch.setattr(stations, "refresh", stop.set)
    stations.keep_fresh(stop, 0.01)
    assert stop.is_set()
