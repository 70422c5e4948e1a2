import re

from kiosk.device.stations import station_key

SALT, OTHER = "00" * 16, "01" * 16


def test_a_key_is_sixteen_hex_digits_and_always_the_same():
    key = station_key("10.87.0.21", "5a:12:34:56:78:9a", SALT)
    assert re.fullmatch("[0-9a-f]{16}", key)
    assert key == station_key("10.87.0.21", "5a:12:34:56:78:9a", SALT)


def test_address_phone_and_salt_each_change_the_key():
    keys = {
        station_key("10.87.0.21", "5a:12:34:56:78:9a", SALT),
        station_key("10.87.0.22", "5a:12:34:56:78:9a", SALT),
        station_key("10.87.0.21", "5a:12:34:56:78:9b", SALT),
        station_key("10.87.0.21", "", SALT),
        station_key("10.87.0.21", "5a:12:34:56:78:9a", OTHER),
    }
    assert len(keys) == 5
