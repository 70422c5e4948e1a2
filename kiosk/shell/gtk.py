"""The window's engine on the device: WebKitGTK inside the window that pywebview made; runs on its thread alone."""

from collections.abc import Callable
from http import HTTPMethod
from typing import Any, Final

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")

from gi.repository import Gdk, GLib, Gtk, WebKit2  # noqa: E402

from kiosk import clock  # noqa: E402
from kiosk.shell import allowed  # noqa: E402
from kiosk.shell.allowed import Input  # noqa: E402
from kiosk.shell.engine import Engine  # noqa: E402

_KINDS: Final = {
    Gdk.EventType.KEY_PRESS: Input.KEY,
    Gdk.EventType.KEY_RELEASE: Input.KEY,
    Gdk.EventType.BUTTON_PRESS: Input.BUTTON,
    Gdk.EventType.DOUBLE_BUTTON_PRESS: Input.BUTTON,
    Gdk.EventType.TRIPLE_BUTTON_PRESS: Input.BUTTON,
    Gdk.EventType.BUTTON_RELEASE: Input.BUTTON,
    Gdk.EventType.TOUCH_BEGIN: Input.TOUCH,
    Gdk.EventType.TOUCH_UPDATE: Input.TOUCH,
    Gdk.EventType.TOUCH_END: Input.TOUCH,
    Gdk.EventType.TOUCH_CANCEL: Input.TOUCH,
    Gdk.EventType.SCROLL: Input.SCROLL,
    Gdk.EventType.TOUCHPAD_PINCH: Input.GESTURE,
    Gdk.EventType.TOUCHPAD_SWIPE: Input.GESTURE,
    Gdk.EventType.DRAG_ENTER: Input.GESTURE,
    Gdk.EventType.DRAG_MOTION: Input.GESTURE,
    Gdk.EventType.DROP_START: Input.GESTURE,
}
_ANSWER: Final = "answer"
_HANDS: Final = {Input.BUTTON, Input.TOUCH}
# Signals by which a page asks for something outside of itself: each is answered with "done", and nothing is done.
_REFUSED: Final = (
    "authenticate",
    "context-menu",
    "enter-fullscreen",
    "print",
    "run-color-chooser",
    "run-file-chooser",
    "script-dialog",
    "show-notification",
    "show-option-menu",
)


def soon(act: Callable[[], None]) -> None:
    """Do something on the window's thread."""

    def once() -> bool:
        act()
        return False

    GLib.idle_add(once)


def engine(view: Any) -> Engine:
    """The engine inside pywebview's own view of its window."""
    return Gtk3(view)


class Gtk3(Engine):
    """WebKitGTK.

    Args:
        view: pywebview's own view of its window, whose `window` and `webview` are Gtk's.
    """

    def __init__(self, view: Any) -> None:
        self._window, self._web = view.window, view.webview
        self._fresh = self._web.get_session_state()
        self._shown = ""
        self._sent = False
        self.touched = clock.uptime()
        # Pywebview's own answers, and its bridge from a page's script to Python.
        for own in (view.on_navigation, view.on_drag_data, view.on_load_finish, view.on_request):
            self._web.disconnect_by_func(own)
        self._said = self._web.get_user_content_manager()
        self._said.disconnect_by_func(view.on_js_bridge_call)
        self._said.unregister_script_message_handler("jsBridge")

    def harden(self, home: str, script: str, agent: str) -> None:
        """See Engine."""
        self._home = home
        settings = self._web.get_settings()
        for name, value in _settings(agent).items():
            settings.set_property(name, value)
        self._said.register_script_message_handler(_ANSWER)
        self._said.connect(f"script-message-received::{_ANSWER}", self._answer)
        self._said.add_script(
            WebKit2.UserScript(
                script, WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START, None, None
            )
        )
        self._policies = WebKit2.WebsitePolicies(autoplay=WebKit2.AutoplayPolicy.ALLOW)
        for name in _REFUSED:
            self._web.connect(name, lambda *_: True)
        self._web.connect("create", lambda *_: None)
        self._web.connect("query-tooltip", lambda web, *_: web.stop_emission_by_name("query-tooltip"))
        self._web.connect("decide-policy", self._decide)
        self._web.connect("permission-request", self._permission)
        self._web.connect("load-failed", self._failed)
        self._web.connect("load-changed", self._changed)
        self._web.connect("notify::uri", self._moved)
        self._web.connect("web-process-terminated", self._died)
        self._web.get_context().connect("download-started", lambda _, download: download.cancel())
        self._window.get_screen().connect("size-changed", self._fill)
        self._fill(self._window.get_screen())
        blank = Gdk.Cursor.new_for_display(self._window.get_display(), Gdk.CursorType.BLANK_CURSOR)
        self._window.get_window().set_cursor(blank)
        Gdk.event_handler_set(self._event)

    def every(self, seconds: float, act: Callable[[], None]) -> None:
        """See Engine."""

        def again() -> bool:
            act()
            return True

        GLib.timeout_add(round(seconds * 1000), again)

    def load(self, address: str) -> None:
        """See Engine."""
        self._web.load_uri(address)

    def show(self, html: str) -> None:
        """See Engine."""
        self._web.load_html(html, allowed.BLANK)

    def ask(self, script: str) -> None:
        """See Engine. By a message: each answer through a callback would keep 100 bytes, 40 MB in a day of rounds."""
        self.tell(f"webkit.messageHandlers.{_ANSWER}.postMessage(String({script}))")

    def tell(self, script: str) -> None:
        """See Engine."""
        self._web.evaluate_javascript(script, -1, None, None, None, None)

    @property
    def address(self) -> str:
        """See Engine."""
        return self._shown

    @property
    def loading(self) -> bool:
        """See Engine."""
        return bool(self._web.is_loading())

    @property
    def playing(self) -> bool:
        """See Engine."""
        return bool(self._web.is_playing_audio())

    @property
    def size(self) -> tuple[int, int]:
        """See Engine."""
        return self._window.get_allocated_width(), self._window.get_allocated_height()

    def lay(self, top: int, zoom: float) -> None:
        """See Engine."""
        if self._web.get_margin_top() != top:
            self._web.set_margin_top(top)
        if abs(self._web.get_zoom_level() - zoom) > 0.005:  # noqa: PLR2004  the engine keeps a float of its own
            self._web.set_zoom_level(zoom)

    def dim(self, light: float) -> None:
        """See Engine."""
        self._web.set_opacity(light)

    def forget(self, then: Callable[[], None]) -> None:
        """See Engine."""
        self._shown = ""
        self._web.stop_loading()
        self._web.terminate_web_process()
        self._web.restore_session_state(self._fresh)

        def cleared(manager: Any, result: Any) -> None:
            manager.clear_finish(result)
            then()

        data = self._web.get_website_data_manager()
        data.clear(WebKit2.WebsiteDataTypes.ALL, 0, None, cleared)

    def _fill(self, screen: Any) -> None:
        """The whole screen, also where no window manager makes room, and after the screen was changed."""
        if not self._window.get_decorated():
            self._window.move(0, 0)
            self._window.resize(screen.get_width(), screen.get_height())

    def _event(self, event: Any, *_: object) -> None:
        kind = _KINDS.get(event.type, Input.ELSE)
        if kind in _HANDS:
            self.touched = clock.uptime()
        if allowed.passes(kind, number=_number(kind, event), held=bool(event.get_state()[1] & _HELD)):
            Gtk.main_do_event(event)

    def _answer(self, _: Any, result: Any) -> None:
        self.heard(result.get_js_value().to_string())

    def _decide(self, _: Any, decision: Any, kind: Any) -> bool:
        if kind is WebKit2.PolicyDecisionType.NEW_WINDOW_ACTION:
            decision.ignore()
        elif kind is WebKit2.PolicyDecisionType.NAVIGATION_ACTION:
            self._asked(decision)
        elif decision.is_main_frame_main_resource():
            self._answered(decision)
        else:
            decision.use()
        return True

    def _asked(self, decision: Any) -> None:
        request = decision.get_navigation_action().get_request()
        if allowed.allowed(request.get_uri(), self._home):
            self._sent = request.get_http_method() == HTTPMethod.POST
            decision.use_with_policies(self._policies)
        else:
            decision.ignore()

    def _answered(self, decision: Any) -> None:
        answer = decision.get_response()
        if allowed.absent(answer.get_status_code()):
            decision.ignore()
            self.away(answer.get_uri(), self._sent)
        elif allowed.shown(answer.get_mime_type() or ""):
            decision.use()
        else:
            decision.ignore()

    def _permission(self, _: Any, request: Any) -> bool:
        media = isinstance(request, WebKit2.UserMediaPermissionRequest)
        here = allowed.path(self._shown, self._home)
        if media and allowed.hears(
            here,
            sound=request.get_property("is-for-audio-device"),
            video=request.get_property("is-for-video-device"),
        ):
            request.allow()
        else:
            request.deny()
        return True

    def _changed(self, web: Any, event: Any) -> None:
        if event is WebKit2.LoadEvent.COMMITTED or (event is WebKit2.LoadEvent.FINISHED and self._shown):
            self._shown = web.get_uri() or ""  # when all has come, once more: it may have been swapped before that

    def _moved(self, web: Any, _: object) -> None:
        """A page was swapped in place: its address changed, and nothing is loading."""
        if self._shown and not web.is_loading():
            self._shown = web.get_uri() or ""

    def _failed(self, _: Any, __: Any, address: str, error: Any) -> bool:
        cancelled = error.matches(WebKit2.network_error_quark(), WebKit2.NetworkError.CANCELLED)
        policy = error.domain == GLib.quark_to_string(WebKit2.policy_error_quark())
        if not cancelled and not policy:
            self.away(address, self._sent)
        return True

    def _died(self, _: Any, reason: Any) -> None:
        if reason is not WebKit2.WebProcessTerminationReason.TERMINATED_BY_API:
            self.died()


_HELD: Final = Gdk.ModifierType.CONTROL_MASK | Gdk.ModifierType.MOD1_MASK | Gdk.ModifierType.SUPER_MASK


def _number(kind: Input, event: Any) -> int:
    if kind is Input.BUTTON:
        return int(event.button.button)
    return 0 if kind is not Input.TOUCH or event.touch.emulating_pointer else 1


def _settings(agent: str) -> dict[str, object]:
    return {
        "user-agent": agent,
        "allow-file-access-from-file-urls": False,
        "allow-universal-access-from-file-urls": False,
        "allow-modal-dialogs": False,
        "enable-back-forward-navigation-gestures": False,
        "enable-caret-browsing": False,
        "enable-developer-extras": False,
        "enable-fullscreen": False,
        "enable-html5-database": False,
        "enable-html5-local-storage": False,
        "enable-mediasource": False,
        "enable-page-cache": False,
        "enable-spatial-navigation": False,
        "enable-tabs-to-links": False,
        "enable-webaudio": False,
        "enable-webgl": False,
        # Flat pages that do not move: a compositor would hold each of them once more, 130 MiB in all.
        "hardware-acceleration-policy": WebKit2.HardwareAccelerationPolicy.NEVER,
        "javascript-can-access-clipboard": False,
        "javascript-can-open-windows-automatically": False,
        "media-playback-requires-user-gesture": False,
        "print-backgrounds": False,
    }
