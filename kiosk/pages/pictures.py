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
    return shrink.drawing(source(name))


def source(name: str) -> str:
    """The drawing as a whole SVG document, for paper.

    Raises:
        FileNotFoundError: nobody drew it.
    """
    return resources.files("kiosk.pages").joinpath(_FOLDER, f"{name}.svg").read_text(encoding="utf-8")
