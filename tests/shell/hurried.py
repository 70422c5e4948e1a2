"""The real window in a hurry, for visit after visit: it looks around more often, and no sound holds a visit up."""

from functools import partial

from kiosk.cli.shell import shell
from kiosk.shell import shell as rounds

if __name__ == "__main__":
    rounds.ROUND = 0.05
    rounds.Pace = partial(rounds.Pace, listening=0)
    shell()
