"""What the page is made from by which a volunteer's phone carries the counts."""

from dataclasses import dataclass
from typing import Literal

from kiosk.pages.views import View


@dataclass(frozen=True, kw_only=True)
class HandingView(View):
    """For a volunteer, in Vietnamese only.

    Attributes:
        name: the house's, as people read it.
        stage: `none` before anything was asked for, `working`, `ready`, `empty` when nothing waits, `failed`.
        file: name of the file that can be taken.
        events: in it.
        kib: its size.
        returned: events that the province holds, by what this or another phone brought.
        refused: files of the province that could not be read.
        said: why it failed.
    """

    name: str
    stage: Literal["none", "working", "ready", "empty", "failed"] = "none"
    file: str = ""
    events: int = 0
    kib: int = 0
    returned: int = 0
    refused: int = 0
    said: str = ""
