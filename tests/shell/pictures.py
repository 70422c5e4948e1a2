"""The pictures of docs/touchscreen.md: `python -m tests.shell.pictures FOLDER`."""

import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from tests.shell.conftest import QUICK
from tests.shell.looks import asks, at_attract, at_home
from tests.shell.steps import to_keypad
from tests.support.house import house
from tests.support.screen import Screen, screen, until

SIZES = ((800, 480), (1024, 600), (1280, 800), (1920, 1080), (800, 1280))
_WIDEST = 1024  # pixels that a picture is kept in
_COLOURS = 64


def main() -> None:
    folder = Path(sys.argv[1])
    with house(QUICK) as village:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as home, screen(village.environ, Path(home), size=size) as seen:
                until(lambda now=seen: at_attract(now), "attract")
                _save(seen, folder, "attract")
                seen.touch(0.5, 0.87)
                until(lambda now=seen: at_home(now), "home")
                _save(seen, folder, "home")
                if size == SIZES[0]:
                    until(lambda now=seen: asks(now), "the question")
                    _save(seen, folder, "asks")
                    until(lambda now=seen: at_attract(now), "attract again")
                    to_keypad(seen)
                    _save(seen, folder, "keypad")


def _save(seen: Screen, folder: Path, what: str) -> None:
    time.sleep(1)
    shot = seen.picture()
    if shot.width > _WIDEST:
        shot = shot.resize((_WIDEST, round(_WIDEST * shot.height / shot.width)), Image.Resampling.LANCZOS)
    name = f"touch-{what}-{seen.width}x{seen.height}.png"
    shot.quantize(_COLOURS, dither=Image.Dither.NONE).save(folder / name, optimize=True)


if __name__ == "__main__":
    main()
