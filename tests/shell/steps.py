"""The way of a finger from the attract screen to the keypad, on the smallest screen: 800 x 480."""

import time

from tests.shell.looks import at_home, at_keypad
from tests.support.screen import Screen, until

# In parts of the screen: a tile is touched twice, the first time says it.
_TOPIC, _PATH, _TOGETHER = (0.37, 0.4), (0.25, 0.4), (0.69, 0.45)
# Open the phone; the bank; scan a code; the code in the frame; the name is right, go on.
_PRACTICE = ((0.71, 0.72), (0.89, 0.19), (0.855, 0.27), (0.71, 0.38), (0.71, 0.655))
_SPOKEN = 0.7  # seconds after which a touch is meant, and its page stands


def to_keypad(seen: Screen) -> None:
    """From the attract screen to the amount that is typed when vegetables are paid for."""
    seen.touch(0.5, 0.87)
    until(lambda: at_home(seen), "home")
    for place in (_TOPIC, _TOPIC, _PATH, _PATH, _TOGETHER, _TOGETHER, *_PRACTICE):
        time.sleep(_SPOKEN)
        seen.touch(*place)
    until(lambda: at_keypad(seen), f"the keypad: {seen.log()}")
