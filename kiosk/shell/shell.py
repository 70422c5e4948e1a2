"""The touchscreen's rounds: what the window sees, what follows from it, and what is done about it."""

import json
import time
from importlib import resources
from typing import Final
from urllib.parse import urljoin

from kiosk import clock
from kiosk.pages import addresses
from kiosk.pages.render import Renderer
from kiosk.pages.views import View
from kiosk.pages.words import read_words
from kiosk.settings import Settings
from kiosk.shell import allowed, hours, visit
from kiosk.shell.engine import Engine
from kiosk.shell.layout import can_be_low, layout
from kiosk.shell.leave import PATH, Leave
from kiosk.shell.visit import Do, Pace, Phase, Seen, Visit
from kiosk.watchdog import Watchdog

ROUND: Final = 0.25  # seconds
_AGAIN: Final = 2.0  # seconds between two tries to reach the server
_STUCK: Final = 30.0  # seconds after which a page that does not come is begun anew
_NIGHT: Final = 0.3  # light of a screen before which nobody stands


class Shell:
    """The touchscreen of a house.

    Args:
        engine: of the window, not yet hardened.
        house: its settings.
        home: its root, such as http://127.0.0.1/.
        watchdog: the line to systemd.
    """

    def __init__(self, engine: Engine, house: Settings, home: str, watchdog: Watchdog) -> None:
        screen, lang = house.screen, house.site.languages[0]
        self._engine, self._home, self._watchdog = engine, home, watchdog
        self._pace = Pace(idle=screen.idle, practice=screen.practice, countdown=screen.countdown)
        self._quiet, self._night = hours.parse(screen.quiet), hours.parse(screen.night)
        self._attract = urljoin(home, addresses.touch("attract", lang))
        self._waiting = waiting(lang)
        self._visit = Visit()
        self._sounded = self._answered = self._tried = clock.uptime()
        self._wanted = self._attract
        self._low = self._cleared = False
        self._leave: Leave | None = None
        engine.away, engine.heard, engine.died = self._away, self._heard, self._died
        engine.harden(home, script(house), AGENT)

    def begin(self) -> None:
        """Start the rounds, as if somebody had just left."""
        self._end()
        self._engine.every(ROUND, self.round)
        self._watchdog.ready()

    def round(self) -> None:
        """One look, and what follows from it."""
        seen = self._look()
        if self._visit.phase is not Phase.LEAVING:
            reach = json.dumps(can_be_low(self._engine.size[1]))
            self._engine.ask(f"domdom.state({reach})")
        before = self._visit
        self._visit, do = visit.step(before, seen, self._pace)
        if before.phase is Phase.LEAVING:
            self._answered = seen.now
            self._arrive(seen)
        self._do(do, seen)
        self._fit()
        self._watchdog.alive()

    def _look(self) -> Seen:
        now = clock.uptime()
        if self._engine.playing:
            self._sounded = now
        minute = time.localtime(clock.wall())
        of_day = minute.tm_hour * 60 + minute.tm_min
        dark = self._night.hold(of_day)
        asleep = dark and self._visit.phase in {Phase.ATTRACT, Phase.LEAVING}
        self._engine.dim(_NIGHT if asleep else 1.0)
        return Seen(
            now=now,
            path=allowed.path(self._engine.address, self._home),
            touched=self._engine.touched,
            sounded=self._sounded,
            answered=self._answered,
            forgotten=self._forgotten,
            quiet=dark or self._quiet.hold(of_day),
        )

    @property
    def _forgotten(self) -> bool:
        return self._cleared and self._leave is not None and self._leave.heard.is_set()

    def _heard(self, said: str) -> None:
        self._answered = clock.uptime()
        self._low = said == "low"

    def _do(self, do: Do, seen: Seen) -> None:
        if do is Do.END:
            self._end()
        elif do is Do.ASK:
            self._engine.tell(f"domdom.asking({visit.remaining(self._visit, seen, self._pace)})")
        elif do is Do.GO_ON:
            self._engine.tell("domdom.goOn()")
        elif do is Do.INVITE:
            self._engine.tell("domdom.invite()")
        elif self._due(seen) and self._visit.phase is not Phase.LEAVING:
            self._go(self._wanted)

    def _end(self) -> None:
        """Nothing of the visit stays: not in the page, not in the engine, not on the server."""
        self._visit = Visit(Phase.LEAVING, clock.uptime())
        self._wanted, self._low, self._cleared, self._tried = self._attract, False, False, -_STUCK
        self._engine.forget(self._cleared_now)
        self._leave = Leave(self._home, AGENT)
        self._leave.begin()

    def _cleared_now(self) -> None:
        self._cleared = True

    def _arrive(self, seen: Seen) -> None:
        """On the way to the attract screen: as soon as all is forgotten, again when it does not come."""
        if self._forgotten and self._due(seen):
            self._go(self._attract)
        elif self._leave and self._leave.refused.is_set() and not self._leave.heard.is_set():
            self._wait()
        if self._forgotten and seen.now - self._visit.since > _STUCK:
            self._end()

    def _due(self, seen: Seen) -> bool:
        """Whether a page has to be asked for; not one on its way, for it would begin anew, under a finger perhaps."""
        return not seen.path and seen.now - self._tried > (_STUCK if self._engine.loading else _AGAIN)

    def _go(self, address: str) -> None:
        self._tried = clock.uptime()
        self._engine.load(address)

    def _away(self, address: str, sent: bool) -> None:  # noqa: FBT001  as the engine calls it
        """A page could not be had: say so kindly, and go there when the server is back; a form is not sent again."""
        if self._visit.phase is not Phase.LEAVING:
            if sent and allowed.path(address, self._home) == PATH:
                self._end()
                return
            self._wanted = self._engine.address if sent else address
        self._tried = clock.uptime()
        self._wait()

    def _wait(self) -> None:
        if self._engine.address != allowed.BLANK:
            self._engine.show(self._waiting)

    def _died(self) -> None:
        """The page's process ended by itself: begin anew, for what it held is lost."""
        self._end()

    def _fit(self) -> None:
        width, height = self._engine.size
        place = layout(width, height, low=self._low)
        self._engine.lay(place.top, place.zoom)


AGENT: Final = "DomDom/1 touchscreen"


def waiting(lang: str) -> str:
    """The page shown while the server does not answer."""
    return Renderer(read_words()).draw("touch/waiting.html", View(lang=lang))


def script(house: Settings) -> str:
    """What runs at the start of every page."""
    files = resources.files("kiosk.shell") / "static"
    told = {
        "lang": house.site.languages[0],
        "volume": house.screen.volume / 100,
        "countdown": house.screen.countdown,
        "absent": sorted(allowed.ABSENT),
        "style": (files / "touch.css").read_text(encoding="utf-8"),
    }
    return f"({(files / 'layer.js').read_text(encoding='utf-8').partition('*/')[2]})({json.dumps(told)})"
