import pytest

from kiosk.device import health
from kiosk.device.health import Memory


@pytest.mark.parametrize(("text", "celsius"), [("48312\n", 48), ("-1500", -2), ("", None), ("hot", None)])
def test_a_temperature_is_read_in_whole_degrees(text, celsius):
    assert health.parse_temperature(text) == celsius


@pytest.mark.parametrize(
    ("text", "low", "slow", "was_low"),
    [
        ("throttled=0x0\n", False, False, False),
        ("throttled=0x1\n", True, False, False),
        ("throttled=0x50005\n", True, True, True),
        ("50000\n", False, False, True),
        ("throttled=0x8", False, True, False),
    ],
)
def test_the_firmware_is_understood(text, low, slow, was_low):
    seen = health.parse_throttled(text)
    assert (seen.undervolted, seen.slowed, seen.was_undervolted) == (low, slow, was_low)


@pytest.mark.parametrize("text", ["error: not registered", ""])
def test_a_firmware_that_does_not_say_is_none(text):
    assert health.parse_throttled(text) is None


def test_debians_kernel_tells_low_voltage_alone(tmp_path):
    for name, sensor, alarm in (("hwmon0", "cpu_thermal", ""), ("hwmon1", "rpi_volt", "1\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(f"{sensor}\n")
        (tmp_path / name / "in0_lcrit_alarm").write_text(alarm)
    assert health.read_throttled(tmp_path / "none", tmp_path).undervolted
    (tmp_path / "hwmon1" / "in0_lcrit_alarm").write_text("0\n")
    assert health.read_throttled(tmp_path / "none", tmp_path).bits == 0


def test_memory_is_read_from_the_kernels_table():
    text = "MemTotal:         945364 kB\nMemFree: 1 kB\nMemAvailable:     512000 kB\n"
    assert health.parse_meminfo(text) == Memory(500, 923)
    assert health.parse_meminfo("MemTotal: 1 kB\n") is None
    assert health.parse_meminfo("MemTotal:\nMemAvailable: 2\n") is None


def test_a_machine_that_cannot_say_says_nothing(tmp_path):
    assert health.read_temperature(tmp_path / "none") is None
    assert health.read_throttled(tmp_path / "none", tmp_path) is None
    assert health.read_memory(tmp_path / "none") is None
    assert health.read_disk(tmp_path / "none") is None


def test_this_machine_is_looked_at_whole(tmp_path):
    seen = health.read_health(tmp_path)
    assert seen.disk is not None
    assert 0 < seen.disk.free_mib <= seen.disk.total_mib
    assert seen.memory is not None
    assert seen.memory.available_mib <= seen.memory.total_mib
