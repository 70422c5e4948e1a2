"""The touchscreen's command where it cannot show anything: one line that says what to do."""

import sys

import pytest

from kiosk.process import run


@pytest.mark.parametrize("engine", ["gtk", "qt"])
def test_without_a_screen_it_says_so_in_one_line(engine: str) -> None:
    said = run([sys.executable, "-m", "kiosk", "shell", "--engine", engine], check=False)
    assert said.code == 1
    assert said.err.decode().count("\n") == 1
    assert b"no screen" in said.err
    assert b"DISPLAY" in said.err
