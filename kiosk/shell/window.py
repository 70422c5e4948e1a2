"""The window: made by pywebview, kept by the shell. The only module that knows pywebview."""

import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from kiosk.errors import KioskError
from kiosk.settings import Settings
from kiosk.shell import thrift
from kiosk.shell.shell import Shell, waiting
from kiosk.watchdog import Watchdog

Gui = Literal["gtk", "qt"]
_INDIGO: Final = "#1d2b5a"
# Debian's own PyGObject fits the interpreter that it was built for, and an environment of the same version.
_DEBIAN: Final = Path("/usr/lib/python3/dist-packages")
_HINTS: Final = {
    "gtk": "on Debian: apt install gir1.2-webkit2-4.1 python3-gi",
    "qt": "pip install 'domdom[window]', or on Debian: apt install gir1.2-webkit2-4.1 python3-gi",
}


def run(
    house: Settings, home: str, watchdog: Watchdog, *, size: tuple[int, int] | None = None, engine: Gui | None = None
) -> None:
    """Show the house until a signal.

    Args:
        house: its settings.
        home: its root, such as http://127.0.0.1/.
        watchdog: the line to systemd.
        size: of a window on a desk; the whole screen without.
        engine: which draws; without, Debian's WebKitGTK where it is there, else Qt's.

    Raises:
        KioskError: no engine, or no screen.
    """
    if sys.platform == "linux" and not os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}:
        raise KioskError("no screen", hint="run it where a desktop runs; DISPLAY or WAYLAND_DISPLAY names its screen")
    thrift.prepare()
    if (_DEBIAN / "gi").is_dir():
        sys.path.append(str(_DEBIAN))
    try:
        import webview  # noqa: PLC0415  only who shows a window needs it
    except ModuleNotFoundError as missing:
        raise KioskError("the touchscreen needs pywebview", hint="pip install 'domdom[window]'") from missing
    gui = engine or _there()
    kind = _kind(gui)
    if gui == "qt":
        kind.prepare()
    webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False
    webview.settings["ALLOW_DOWNLOADS"] = False
    width, height = size or (800, 480)
    window = webview.create_window(
        "Đom Đóm",
        html=waiting(house.site.languages[0]),
        width=width,
        height=height,
        frameless=size is None,
        easy_drag=False,
        fullscreen=size is None,
        background_color=_INDIGO,
    )
    if window is None:
        raise KioskError("no window", hint="start it again")
    window.events.closing += lambda: False
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    try:
        webview.start(_or_end(lambda: _keep(window, gui, house, home, watchdog)), gui=gui, private_mode=True)
    except webview.WebViewException as wrong:
        raise KioskError(f"no window: {wrong}", hint=_HINTS[gui]) from wrong


def _there() -> Gui:
    """Debian's engine where it is there, else Qt's."""
    try:
        gi = importlib.import_module("gi")
        gi.require_version("WebKit2", "4.1")
    except (ImportError, ValueError):
        return "qt"
    return "gtk"


def _kind(gui: Gui) -> Any:
    """The module that knows an engine.

    Raises:
        KioskError: the engine is not installed.
    """
    try:
        return importlib.import_module(f"kiosk.shell.{gui}")
    except (ImportError, ValueError) as missing:
        raise KioskError(f"no engine: {missing}", hint=_HINTS[gui]) from missing


def _keep(window: Any, gui: Gui, house: Settings, home: str, watchdog: Watchdog) -> None:
    """As soon as the window is there, let the shell keep it; on a thread of pywebview's, the engine has its own."""
    window.events.shown.wait()
    kind = _kind(gui)
    view = importlib.import_module(f"webview.platforms.{gui}").BrowserView.instances[window.uid]
    kind.soon(_or_end(lambda: Shell(kind.engine(view), house, home, watchdog).begin()))


def _or_end(begin: Callable[[], None]) -> Callable[[], None]:
    """An unguarded window shows nothing: pywebview would only log what went wrong and go on."""

    def guarded() -> None:
        try:
            begin()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            os._exit(1)

    return guarded
