"""Our own drawings, by name, ready to stand inside a page."""

from functools import cache
from importlib import resources

from kiosk.pages import shrink

_FOLDER = "pictures"


@cache
def picture(name: str) -> str:
    """The drawing `pictures/<name>.svg` as markup; a name may hold a folder, as in `patterns/star`.

    Raises:
        FileNotFoundError: nobody drew it.
    """
    file = resources.files("kiosk.pages").joinpath(_FOLDER, f"{name}.svg")
    return shrink.drawing(file.read_text(encoding="utf-8"))
