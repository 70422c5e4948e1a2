"""What programs tell systemd of themselves."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import settings
from kiosk.watchdog import UNWATCHED, Watchdog


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(30)
        yield ear


def _heard(ear: socket.socket, wanted: str) -> bool:
    return any(wanted in ear.recv(4096).decode().split("\n") for _ in range(5))


def test_ready_and_alive_are_datagrams(systemd: socket.socket) -> None:
    dog = Watchdog(systemd.getsockname())
    dog.ready()
    dog.alive()
    assert [systemd.recv(64), systemd.recv(64)] == [b"READY=1", b"WATCHDOG=1"]


def test_an_abstract_address_begins_with_an_at() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"\0domdom-{os.getpid()}")
        ear.settimeout(5)
        Watchdog(f"@domdom-{os.getpid()}").alive()
        assert ear.recv(64) == b"WATCHDOG=1"


def test_nobody_listening_is_no_error(tmp_path: Path) -> None:
    UNWATCHED.ready()
    Watchdog(str(tmp_path / "gone")).alive()


def test_the_address_comes_from_the_environment() -> None:
    assert settings.notify_socket({"NOTIFY_SOCKET": "/run/x"}) == "/run/x"
    assert settings.notify_socket({}) == ""


@pytest.mark.parametrize("command", [["record"], ["serve", "--no-record", "--bind", "unix:{run}/web.sock"]])
def test_recorder_and_server_say_that_they_began_and_that_they_live(
    tmp_path: Path, systemd: socket.socket, command: list[str]
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (tmp_path / "kiosk.toml").write_text("")
    environ = {
        "PATH": os.environ["PATH"], "KIOSK_DATA": str(tmp_path), "KIOSK_RUN": str(run),
        "NOTIFY_SOCKET": systemd.getsockname(),
    }  # fmt: skip
    words = [sys.executable, "-m", "kiosk", *(word.format(run=run) for word in command)]
    with subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL) as child:
        try:
            assert _heard(systemd, "READY=1")
            assert _heard(systemd, "WATCHDOG=1")
            assert _heard(systemd, "WATCHDOG=1")
        finally:
            child.terminate()
