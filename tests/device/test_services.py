import pytest

from kiosk.device import services
from kiosk.device.services import Service, parse_services
from kiosk.errors import KioskError
from kiosk.process import Result


@pytest.fixture(scope="module")
def said(data_dir):
    """What systemctl printed, by the name of its file."""
    return lambda name: (data_dir / "device" / f"{name}.txt").read_text(encoding="utf-8")


def test_each_unit_is_read_with_its_state(said):
    seen = {service.unit: service for service in parse_services(said("systemctl-well"))}
    assert len(seen) == 13
    assert seen["hostapd.service"] == Service("hostapd.service")
    assert seen["nftables.service"] == Service("nftables.service", sub="exited")
    assert seen["kiosk-health.timer"] == Service("kiosk-health.timer", sub="waiting")
    assert all(service.well for service in seen.values() if service.wanted)


def test_what_nothing_asks_for_is_not_wanted(said):
    (shell,) = [row for row in parse_services(said("systemctl-well")) if row.unit == "kiosk-shell.service"]
    assert not shell.wanted
    assert not shell.well


def test_failures_and_restarts_are_told(said):
    seen = {service.unit: service for service in parse_services(said("systemctl-ill"))}
    assert (seen["hostapd.service"].sub, seen["hostapd.service"].restarts) == ("auto-restart", 27)
    assert seen["nftables.service"].result == "exit-code"
    assert seen["dnsmasq.service"].load == "not-found"
    assert seen["kiosk-web.service"].well
    assert seen["kiosk-web.service"].restarts == 8


def test_text_of_another_kind_holds_no_unit():
    assert parse_services("") == ()
    assert parse_services("Failed to connect to bus: Host is down\n\nnonsense") == ()


def test_systemd_is_asked_once_for_all(monkeypatch, said):
    asked = []

    def run(command, **_):
        asked.append(command)
        return Result(0, said("systemctl-well").encode(), b"")

    monkeypatch.setattr(services, "run", run)
    assert len(services.read_services(["hostapd.service", "nftables.service"])) == 13
    assert asked[0][-3:] == ["--", "hostapd.service", "nftables.service"]
    assert len(asked) == 1


def test_where_systemd_does_not_answer_there_are_none(monkeypatch):
    def run(*_, **__):
        raise KioskError("systemctl failed")

    monkeypatch.setattr(services, "run", run)
    assert services.read_services(["nginx.service"]) == ()
