"""What the engine's libraries are told before they are loaded: a window of flat pages and MP3 needs little of them.

The figures are the proportional set size of all the window's processes at home on 800 x 480; see docs/touchscreen.md.
"""

import os
from typing import Final

_TOLD: Final = {
    # Nothing here is drawn by OpenGL, yet Gdk asks for a visual of it, and WebKit's own process for a device and for
    # buffers of it: each alone would load Mesa and its compiler into this process, 22 MiB.
    "GDK_GL": "disable",
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "WEBKIT_WEB_RENDER_DEVICE_FILE": os.devnull,
    # MP3 by the decoder made for it, where FFmpeg's is installed too; a box without a loudspeaker does not look for
    # one by libraries that no card has: 24 MiB on a desk.
    "GST_PLUGIN_FEATURE_RANK": "mpg123audiodec:MAX,jackaudiosink:NONE,openalsink:NONE,oss4sink:NONE,osssink:NONE",
    # Pages with so little script need no compiler: 4 MiB, and nothing is compiled from what a page says.
    "JSC_useJIT": "0",
}


def prepare() -> None:
    """Say it to this process and to those it will start; what somebody has set already stays."""
    for name, value in _TOLD.items():
        os.environ.setdefault(name, value)
