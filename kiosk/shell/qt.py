"""The window's engine on a laptop: Qt's WebEngine inside the window that pywebview made; runs on its thread alone."""

import sys
from collections.abc import Callable
from http import HTTPMethod
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QInputEvent, QMouseEvent, QScreen, QTouchEvent
from PySide6.QtWebEngineCore import (
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kiosk import clock
from kiosk.shell import allowed
from kiosk.shell.allowed import Input
from kiosk.shell.engine import Engine

_KINDS: Final = {
    QEvent.Type.KeyPress: Input.KEY,
    QEvent.Type.KeyRelease: Input.KEY,
    QEvent.Type.Shortcut: Input.KEY,
    QEvent.Type.ShortcutOverride: Input.KEY,
    QEvent.Type.InputMethod: Input.KEY,
    QEvent.Type.MouseButtonPress: Input.BUTTON,
    QEvent.Type.MouseButtonDblClick: Input.BUTTON,
    QEvent.Type.MouseButtonRelease: Input.BUTTON,
    QEvent.Type.TouchBegin: Input.TOUCH,
    QEvent.Type.TouchUpdate: Input.TOUCH,
    QEvent.Type.TouchEnd: Input.TOUCH,
    QEvent.Type.TouchCancel: Input.TOUCH,
    QEvent.Type.Wheel: Input.SCROLL,
    QEvent.Type.NativeGesture: Input.GESTURE,
    QEvent.Type.DragEnter: Input.GESTURE,
    QEvent.Type.DragMove: Input.GESTURE,
    QEvent.Type.Drop: Input.GESTURE,
    QEvent.Type.TabletPress: Input.GESTURE,
    QEvent.Type.TabletRelease: Input.GESTURE,
}
_HANDS: Final = {Input.BUTTON, Input.TOUCH}
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_OFF: Final = (
    "Accelerated2dCanvasEnabled",
    "AllowWindowActivationFromJavaScript",
    "BackForwardCacheEnabled",
    "DnsPrefetchEnabled",
    "ErrorPageEnabled",
    "FullScreenSupportEnabled",
    "HyperlinkAuditingEnabled",
    "JavascriptCanAccessClipboard",
    "JavascriptCanOpenWindows",
    "LocalContentCanAccessFileUrls",
    "LocalContentCanAccessRemoteUrls",
    "LocalStorageEnabled",
    "NavigateOnDropEnabled",
    "PdfViewerEnabled",
    "PlaybackRequiresUserGesture",
    "PluginsEnabled",
    "ScreenCaptureEnabled",
    "SpatialNavigationEnabled",
    "WebGLEnabled",
)
# This engine runs scripts before there is an <html>, on which they lean.
_WITH_ROOT: Final = """
new MutationObserver((_, seen) => {
  if (!document.documentElement) return;
  seen.disconnect();
  SCRIPT
}).observe(document, { childList: true })
"""
_kept: Final[list[QObject]] = []


def prepare() -> None:
    """Start the engine before pywebview does: by its leave any page would open microphone and camera unasked."""
    _kept.append(_app())
    _kept.append(QWebEngineProfile())


def soon(act: Callable[[], None]) -> None:
    """Do something on the window's thread."""
    QTimer.singleShot(0, _app(), act)


def _app() -> QApplication:
    here = QApplication.instance()
    return here if isinstance(here, QApplication) else QApplication(sys.argv[:1])


def engine(view: Any) -> Engine:
    """The engine inside pywebview's own window."""
    return Qt6(view)


class Qt6(Engine):
    """Qt's WebEngine.

    Args:
        view: pywebview's own window, a QMainWindow whose `webview` is a QWebEngineView.
    """

    def __init__(self, view: Any) -> None:
        self._window, self._web = view, view.webview
        self._shown = ""
        self.touched = clock.uptime()

    def harden(self, home: str, script: str, agent: str) -> None:
        """See Engine."""
        self._home, self._script, self._agent = home, script, agent
        self._begin()
        self._shade = QWidget(self._window)
        self._shade.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._guard = _Guard(self)
        self._window.windowHandle().installEventFilter(self._guard)
        _app().focusWindowChanged.connect(lambda _: _send_away())
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        for screen in QGuiApplication.screens():
            self._watch(screen)
        _app().screenAdded.connect(self._watch)
        _app().primaryScreenChanged.connect(lambda _: self._fill())

    def every(self, seconds: float, act: Callable[[], None]) -> None:
        """See Engine."""
        timer = QTimer(self._window)
        timer.timeout.connect(act)
        timer.start(round(seconds * 1000))

    def load(self, address: str) -> None:
        """See Engine."""
        self._page.load(QUrl(address))

    def show(self, html: str) -> None:
        """See Engine."""
        self._page.show(html)

    def ask(self, script: str) -> None:
        """See Engine."""
        self._page.runJavaScript(script, 0, lambda said: self.heard(str(said)))

    def tell(self, script: str) -> None:
        """See Engine."""
        self._page.runJavaScript(script)

    @property
    def address(self) -> str:
        """See Engine."""
        return self._shown

    @property
    def loading(self) -> bool:
        """See Engine."""
        return self._page.isLoading()

    @property
    def playing(self) -> bool:
        """See Engine."""
        return bool(self._page.recentlyAudible())

    @property
    def size(self) -> tuple[int, int]:
        """See Engine."""
        return self._window.width(), self._window.height()

    def lay(self, top: int, zoom: float) -> None:
        """See Engine."""
        if self._window.contentsMargins().top() != top:
            self._window.setContentsMargins(0, top, 0, 0)
        if abs(self._page.zoomFactor() - zoom) > 0.005:  # noqa: PLR2004  the engine keeps a float of its own
            self._page.setZoomFactor(zoom)

    def dim(self, light: float) -> None:
        """See Engine."""
        self._shade.setStyleSheet(f"background: rgba(0, 0, 0, {round((1 - light) * 255)})")
        self._shade.setGeometry(self._window.rect())
        self._shade.raise_()
        self._shade.setVisible(light < 1)

    def forget(self, then: Callable[[], None]) -> None:
        """See Engine. A profile that is in memory alone goes with its page, and with it all that it held."""
        self._shown = ""
        page, profile = self._page, self._profile
        profile.destroyed.connect(then)
        self._begin()
        page.deleteLater()
        profile.deleteLater()

    def _begin(self) -> None:
        """A profile and a page that know of nothing."""
        self._profile = _profile(self._agent, self._script)
        page = self._page = _Page(self._profile, self._home)
        page.urlChanged.connect(lambda _: self._moved(page))
        page.loadingChanged.connect(lambda told: self._loading(page, told))
        page.renderProcessTerminated.connect(lambda *_: self._died(page))
        page.permissionRequested.connect(self._permission)
        self._web.setPage(page)

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(lambda _: self._fill())
        self._fill()

    def _fill(self) -> None:
        """The whole screen, also where no window manager makes room, and after the screen was changed."""
        if self._window.frameless:
            self._window.setGeometry(QGuiApplication.primaryScreen().geometry())

    def _loading(self, page: "_Page", told: QWebEngineLoadingInfo) -> None:
        status, domain = told.status(), told.errorDomain()
        if page is not self._page or status is QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus:
            return
        answered = domain is QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain
        if answered and allowed.absent(told.errorCode()):
            self.away(told.url().toString(), page.sent)
        elif answered or status is QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
            self._arrived(page.url().toString())
        elif status is QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            self.away(told.url().toString(), page.sent)

    def _arrived(self, address: str) -> None:
        if allowed.allowed(address, self._home):
            self._shown = address
        elif self._shown:  # an empty page in place of an address that the engine itself refuses
            self.load(self._shown)

    def _moved(self, page: "_Page") -> None:
        """A page was swapped in place: its address changed, and nothing is loading."""
        address = page.url().toString()
        if page is self._page and self._shown and not page.isLoading() and allowed.allowed(address, self._home):
            self._shown = address

    def _died(self, page: "_Page") -> None:
        if page is self._page:
            self.died()

    def _permission(self, asked: QWebEnginePermission) -> None:
        sound = asked.permissionType() is QWebEnginePermission.PermissionType.MediaAudioCapture
        if sound and allowed.hears(allowed.path(self._shown, self._home), sound=True, video=False):
            asked.grant()
        else:
            asked.deny()


def _profile(agent: str, script: str) -> QWebEngineProfile:
    """A profile in memory alone, which keeps nothing to itself that it could do without."""
    profile = QWebEngineProfile()
    profile.setHttpUserAgent(agent)
    profile.downloadRequested.connect(lambda file: file.cancel())
    for name in _OFF:
        profile.settings().setAttribute(QWebEngineSettings.WebAttribute[name], False)  # noqa: FBT003  as Qt wants it
    layer = QWebEngineScript()
    layer.setSourceCode(_WITH_ROOT.replace("SCRIPT", script))
    layer.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    layer.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    profile.scripts().insert(layer)
    return profile


class _Page(QWebEnginePage):
    """A page that leads nowhere else and whose questions are not put to anybody.

    Attributes:
        sent: whether a form asked for what is shown or on its way.
    """

    def __init__(self, profile: QWebEngineProfile, home: str) -> None:
        super().__init__(profile)
        self._home, self._own = home, False
        self.sent = False
        self._asked = _Asked(self)
        self.setUrlRequestInterceptor(self._asked)

    def show(self, html: str) -> None:
        """A page that comes from nowhere."""
        self._own = True
        self.setHtml(html, QUrl(allowed.BLANK))

    def acceptNavigationRequest(self, url: QUrl | str, _: object, main: bool) -> bool:  # noqa: FBT001, N802  Qt's own
        address = QUrl(url)
        own = self._own and main and address.scheme() == "data"  # as which the engine loads it
        self._own = self._own and not own
        return own or allowed.allowed(address.toString(), self._home)

    def chooseFiles(self, *_: object) -> list[str]:  # noqa: N802
        return []

    def javaScriptAlert(self, *_: object) -> None:  # noqa: N802
        return None

    def javaScriptConfirm(self, *_: object) -> bool:  # noqa: N802
        return True  # whether it may be left

    def javaScriptPrompt(self, *_: object) -> tuple[bool, str]:  # noqa: N802
        return False, ""

    def javaScriptConsoleMessage(self, *_: object) -> None:  # noqa: N802
        return None


class _Asked(QWebEngineUrlRequestInterceptor):
    """Sees how a page is asked for."""

    def __init__(self, page: _Page) -> None:
        super().__init__(page)
        self._page = page

    def interceptRequest(self, asked: QWebEngineUrlRequestInfo) -> None:  # noqa: N802
        if asked.resourceType() is QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame:
            self._page.sent = bytes(asked.requestMethod().data()).decode() == HTTPMethod.POST


def _send_away() -> None:
    """Close what the engine itself would ask in a window of its own, such as a colour."""
    for other in QApplication.topLevelWidgets():
        if isinstance(other, QDialog) and other.isVisible():
            other.reject()


class _Guard(QObject):
    """Stands before all that a hand does to the window."""

    def __init__(self, engine: Qt6) -> None:
        super().__init__()
        self._engine = engine

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = _KINDS.get(event.type(), Input.ELSE)
        if kind in _HANDS:
            self._engine.touched = clock.uptime()
        return not allowed.passes(kind, number=_number(kind, event), held=_held(event))


def _number(kind: Input, event: QEvent) -> int:
    if kind is Input.BUTTON and isinstance(event, QMouseEvent):
        return 1 if event.button() is Qt.MouseButton.LeftButton else 2
    return event.pointCount() - 1 if isinstance(event, QTouchEvent) else 0


def _held(event: QEvent) -> bool:
    return isinstance(event, QInputEvent) and bool(event.modifiers() & _HELD)
