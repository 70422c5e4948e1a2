import io
import logging
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.web.log import Private, clean, place, protect


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Invalid request from ip=10.87.0.21: Invalid HTTP method: 'lang=vi&so=0'", "Invalid request"),
        ("peer 10.87.0.21:51514 left", "peer [address]:51514 left"),
        ("peer fe80::1ff:fe23:4567:890a%wlan0 left", "peer [address] left"),
        ("peer 2001:db8::1. left", "peer [address]. left"),
        ("peer ::1 left", "peer [address] left"),
        ("station 5a:12:34:56:78:9a gone", "station [mac] gone"),
        ("station 5A-12-34-56-78-9A gone", "station [mac] gone"),
        ("asked captive.apple.com for it", "asked [host] for it"),
        ("host api.zalo.me:80", "host [host]:80"),
        ("by Mozilla/5.0 (Linux; Android 10; SM-A105G) x", "by [agent]"),
        ("typed 012345 here", "typed [number] here"),
        ("call 0912 345 678", "call [number]"),
        ("card 099200012345", "card [number]"),
        ("ValueError in portal.py, line 123", "ValueError in portal.py, line 123"),
        ("kiosk.web.app took 12:30:45", "kiosk.web.app took 12:30:45"),
        ("disk 80% full, 12345 KiB", "disk 80% full, 12345 KiB"),
        ("Đĩa đầy: state.db", "Đĩa đầy: state.db"),
    ],
)
def test_people_are_taken_out_of_a_line_and_the_rest_stays(text, cleaned):
    assert clean(text) == cleaned


@given(st.ip_addresses(v=4), st.ip_addresses(v=6), st.text(" :=,()", min_size=1, max_size=3))
def test_no_address_stays(four, six, between):
    left = clean(f"x{between[0]} {four} {six} y")
    assert str(four) not in left
    assert str(six) not in left.replace("[address]", "")


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_no_long_number_stays(text):
    assert not re.search(r"[0-9]{6}", clean(text))


def logger_of(stream):
    logger = logging.getLogger("tests.private")
    logger.handlers[:] = [logging.StreamHandler(stream)]
    logger.propagate = False
    return logger


def test_a_trace_becomes_one_line_without_its_message():
    stream = io.StringIO()
    logger = logger_of(stream)
    protect("tests.private")
    protect("tests.private")
    try:
        int("0912345678 from 10.87.0.21")
    except ValueError:
        logger.exception("request of %s failed", "10.87.0.21")
    assert stream.getvalue().startswith("request of [address] failed: ValueError in test_log.py, line ")
    assert stream.getvalue().count("\n") == 1
    assert sum(isinstance(known, Private) for known in logger.handlers[0].filters) == 1


def test_the_place_of_an_error_is_our_innermost_line():
    try:
        clean(None)
    except TypeError:
        assert place(sys.exc_info()[1]).startswith("TypeError in log.py, line ")
    assert place(ValueError()) == "ValueError in nowhere"
