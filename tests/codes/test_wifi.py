import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes.wifi import join
from kiosk.errors import KioskError

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=63)


def read(text):
    """As Android's WifiUriParser does: fields end at a semicolon that no backslash stands before."""
    fields = re.findall(r"([A-Z]):((?:\\.|[^\\;])*);", text.removeprefix("WIFI:"))
    return {name: re.sub(r"\\(.)", r"\1", value) for name, value in fields}


@pytest.mark.parametrize(
    ("security", "password", "said"),
    [
        ("open", "", "WIFI:T:nopass;S:DomDom Ban Bo;;"),
        ("owe", "", "WIFI:T:nopass;S:DomDom Ban Bo;;"),
        ("wpa2", "muong-lay", "WIFI:T:WPA;S:DomDom Ban Bo;P:muong-lay;;"),
        ("wpa3", "muong-lay", "WIFI:T:WPA;R:1;S:DomDom Ban Bo;P:muong-lay;;"),
    ],
)
def test_each_security_has_its_form(security, password, said):
    assert join("DomDom Ban Bo", security=security, password=password) == said


def test_every_sign_of_the_form_is_escaped():
    assert join('a\\b;c,d:e"f') == r"WIFI:T:nopass;S:a\\b\;c\,d\:e\"f;;"


@given(ASCII, ASCII)
def test_any_name_and_password_are_read_back(ssid, password):
    fields = read(join(ssid, security="wpa2", password=password))
    assert (fields["S"], fields["P"], fields["T"]) == (ssid, password, "WPA")


@pytest.mark.parametrize(("security", "password"), [("open", "x"), ("owe", "x"), ("wpa2", ""), ("wep", "12345")])
def test_what_no_phone_could_join_is_refused(security, password):
    with pytest.raises(KioskError):
        join("DomDom", security=security, password=password)
