import pytest

from kiosk.device import health
from kiosk.device.health import Memory, Throttled


@pytest.mark.parametrize(("text", "celsius"), [("48312\n", 48), ("-1500", -2), ("", None), ("hot", None)])
def test_a_temperature_is_read_in_whole_degrees(text, celsius):
    assert health.parse_temperature(text) == celsius


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("throttled=0x0\n", Throttled()),
        ("throttled=0x1\n", Throttled(undervolted=True)),
        ("throttled=0x50005\n", Throttled(True, True, True, True)),
        ("50000\n", Throttled(was_undervolted=True, was_slowed=True)),
        ("throttled=0x8", Throttled(slowed=True)),
        ("error: not registered", None),
        ("", None),
    ],
)
def test_the_firmware_is_understood(text, seen):
    assert health.parse_throttled(text) == seen


def test_memory_is_read_from_the_kernels_table():
    text = "MemTotal:         945364 kB\nMemFree: 1 kB\nMemAvailable:     512000 kB\n"
    assert health.parse_meminfo(text) == Memory(500, 923)
    assert health.parse_meminfo("MemTotal: 1 kB\n") is None
    assert health.parse_meminfo("MemTotal:\nMemAvailable: 2\n") is None


def test_a_machine_that_cannot_say_says_nothing(tmp_path):
    assert health.read_temperature(tmp_path / "none") is None
    assert health.read_throttled(tmp_path / "none") is None
    assert health.read_memory(tmp_path / "none") is None
    assert health.read_disk(tmp_path / "none") is None


def test_this_machine_is_looked_at_whole(tmp_path):
    seen = health.read_health(tmp_path)
    assert seen.disk is not None
    assert 0 < seen.disk.free_mib <= seen.disk.total_mib
    assert seen.memory is not None
    assert seen.memory.available_mib <= seen.memory.total_mib
