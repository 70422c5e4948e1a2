"""The way of a finger from the attract screen to the keypad, on the smallest screen: 800 x 480."""

import time

from tests.shell.looks import at_home, at_keypad
from tests.support.screen import Screen, until

# In parts of the screen. A tile that is touched first says what it is, and is lit; the second touch leads on.
_TILES = ((0.37, 0.4), (0.25, 0.4), (0.69, 0.45))
# Open the phone; the bank; scan a code; the code in the frame; the name is right, go on.
_PRACTICE = ((0.71, 0.72), (0.89, 0.19), (0.855, 0.27), (0.71, 0.38), (0.71, 0.655))
_HEAD = (0.0, 0.08)  # rows in which a page says which it is
_BODY = (0.2, 0.8)
_MEANT = 0.3  # seconds after which a touch is no trembling hand's


def to_keypad(seen: Screen) -> None:
    """From the attract screen to the amount that is typed when vegetables are paid for."""
    _touch(seen, (0.5, 0.87), _HEAD)
    until(lambda: at_home(seen), "home")
    for tile in _TILES:
        _touch(seen, tile, _BODY)
        _touch(seen, tile, _HEAD)
    for place in _PRACTICE:
        _touch(seen, place, _HEAD)
    until(lambda: at_keypad(seen), f"the keypad: {seen.log()}")


def _touch(seen: Screen, place: tuple[float, float], rows: tuple[float, float]) -> None:
    """Touch, and wait until it is seen there."""
    time.sleep(_MEANT)
    before = seen.sight.rows(*rows)
    seen.touch(*place)
    until(lambda: seen.sight.rows(*rows) != before, f"what a touch at {place} leads to: {seen.log()}")
