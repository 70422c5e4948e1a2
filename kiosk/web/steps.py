"""Where an attempt stands becomes the page that shows it."""

from collections.abc import Mapping
from typing import NamedTuple

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.epochs import Offset, Quality
from kiosk.pages.attempt import AskingView, EndView, Note, ScreenView
from kiosk.pages.pictures import picture
from kiosk.pages.render import Renderer
from kiosk.pages.views import NotFoundView, Tile, UnfinishedView, Way
from kiosk.pages.words import Words
from kiosk.practice.attempts import Standing
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Stage
from kiosk.practice.texts import fill
from kiosk.practice.view import Shown, view
from kiosk.publish.drawings import Drawings
from kiosk.publish.home import in_language, path_tile
from kiosk.publish.offered import published
from kiosk.publish.voices import address, said, voices
from kiosk.settings import Settings
from kiosk.usage import note
from kiosk.web.hours import may_call, time_of

ROOT = "../../../"  # from /tap/<visit>/<attempt>/<serial>
_UNDRAWN = "app-unknown"


class Wanted(NamedTuple):
    """What is to be practised, and how."""

    pack: str
    scenario: str
    stage: Stage


class Steps:
    """Draws the pages of practice with the voices of the installed packs.

    Args:
        settings: the house.
        shelf: the scenarios and their library.
        words: the catalogues.
    """

    def __init__(self, settings: Settings, shelf: Shelf, words: Words) -> None:
        self._settings = settings
        self._shelf = shelf
        self._words = words
        self._voices: Mapping[str, Mapping[str, str]] = {}
        self._renderer = Renderer(words)
        self._spoken_by: object = None

    def language(self, wanted: str) -> str:
        """That language if the site speaks it, else the site's first."""
        codes = published(self._settings)
        return wanted if wanted in codes else codes[0]

    def page(self, standing: Standing, lang: str, nonce: str = "") -> str:
        """The page of an attempt in that language; the nonce asks for the phone's time."""
        renderer = self._speaking()
        shown = view(standing.scenario, standing.state, lang, _Drawings(self._shelf.library, standing.pack).draw)
        if shown.place == "done":
            return renderer.draw("practice/end.html", self._end(standing, shown, lang))
        if shown.asking:
            return renderer.draw("practice/asking.html", self._asking(standing, shown, lang))
        template = "practice/caught.html" if shown.place == "caught" else "practice/page.html"
        return renderer.draw(template, self._screen(standing, shown, lang, nonce))

    def unfinished(self, standing: Standing, wanted: Wanted, lang: str) -> str:
        """The page that offers to go on with an attempt before another is begun."""
        state, shown = standing.state, view(standing.scenario, standing.state, lang)
        same = wanted == Wanted(standing.pack, state.scenario, state.stage)
        return self._speaking().draw(
            "practice/unfinished.html",
            UnfinishedView(
                lang=lang,
                first=self._first,
                root=ROOT,
                begun=self._way(Wanted(standing.pack, state.scenario, state.stage), lang),
                address=f"tap/{standing.visit}/{standing.number}/{state.serial}",
                pack=wanted.pack,
                scenario=wanted.scenario,
                stage=wanted.stage,
                wanted=None if same else self._way(wanted, lang),
                step=shown.step,
                steps=shown.steps,
                visit=standing.visit,
            ),
        )

    def knows(self, wanted: Wanted) -> bool:
        """Whether there is such a thing to practise."""
        return self._shelf.find(wanted.pack, wanted.scenario) is not None

    def _way(self, wanted: Wanted, lang: str) -> Way:
        """What can be practised, as its path shows it; by its own title where no path leads to it."""
        library = self._shelf.library
        drawings = _Drawings(library, wanted.pack)
        found = library.practised(wanted.pack, wanted.scenario)
        if found is None:
            scenario = self._shelf.scenario(wanted.pack, wanted.scenario)
            return Way(title=fill(scenario.title, scenario.persona, lang), picture=picture(wanted.stage))
        topic, path = found
        return Way(
            title=in_language(path.title, lang),
            picture=drawings.draw("icon", path.picture, ""),
            colour=topic.colour,
            sound=said(library, path, lang),
        )

    def gone(self, lang: str, root: str = ROOT) -> str:
        """The page of an attempt that is no more."""
        return self._speaking().draw("practice/gone.html", NotFoundView(lang=lang, first=self._first, root=root))

    @property
    def _first(self) -> str:
        """The language that the pages begin in."""
        return published(self._settings)[0]

    def _speaking(self) -> Renderer:
        library = self._shelf.library
        if library is not self._spoken_by:
            self._voices = voices(library, self._words, self._settings.site.languages)
            self._renderer = Renderer(self._words, self._voices)
            self._spoken_by = library
        return self._renderer

    def _screen(self, standing: Standing, shown: Shown, lang: str, nonce: str) -> ScreenView:
        caught = shown.place == "caught"
        note, first = self._note(shown, lang)
        said = [self._heard(shown.word, lang)] if caught else [address(sound) for sound in shown.sounds]
        return ScreenView(
            lang=lang,
            first=self._first,
            root=ROOT,
            nonce=nonce,
            surface=shown.surface,
            say=self._words.text(shown.word, lang) if caught else shown.say,
            sounds=_from_root(first, *said),
            title=shown.title,
            address=shown.address,
            blocks=shown.blocks,
            layers=shown.layers,
            note=note,
            stage=shown.stage,
            step=shown.step,
            steps=shown.steps,
            back=shown.back,
            hints=shown.hints and not caught,
            visit=standing.visit,
        )

    def _note(self, shown: Shown, lang: str) -> tuple[Note | None, str]:
        """The word above the prompt, and its sound."""
        if shown.note is None:
            if not shown.trust:
                return None, ""
            return Note("trust", self._words.text("trust", lang)), self._heard("trust", lang)
        if shown.note.word:
            return Note(shown.note.kind, self._words.text(shown.note.word, lang)), self._heard(shown.note.word, lang)
        return Note(shown.note.kind, shown.note.text), address(shown.note.sound)

    def _time(self) -> tuple[float, Quality]:
        told = note.read(self._settings) or note.Note()
        return time_of(
            clock.wall(),
            clock.uptime(),
            synchronized=clock.synchronized(),
            offset=Offset(told.seconds, told.quality if told.boot == clock.boot_id() else Quality.UNKNOWN, 0),
        )

    def _asking(self, standing: Standing, shown: Shown, lang: str) -> AskingView:
        helper = self._settings.helper
        return AskingView(
            lang=lang,
            first=self._first,
            root=ROOT,
            surface=shown.surface,
            say=self._words.text("tap.asking", lang),
            sounds=_from_root(self._heard("tap.asking", lang)),
            visit=standing.visit,
            helper=helper.name,
            phone=helper.phone,
            hours=helper.hours,
            call=may_call(helper.hours, *self._time()),
        )

    def _end(self, standing: Standing, shown: Shown, lang: str) -> EndView:
        unaided = self._heard("tap.unaided", lang) if shown.unaided else ""
        return EndView(
            lang=lang,
            first=self._first,
            root=ROOT,
            title=shown.name,
            say=self._words.text("tap.end", lang),
            sounds=_from_root(self._heard("tap.end", lang), unaided),
            pack=standing.pack,
            scenario=shown.scenario,
            stage=shown.stage,
            step=shown.steps,
            steps=shown.steps,
            unaided=shown.unaided,
            visit=standing.visit,
            then=self._then(standing.pack, shown.scenario, lang) if shown.stage == "alone" else None,
        )

    def _then(self, pack: str, scenario: str, lang: str) -> Tile | None:
        """The path behind the one that ends with that scenario."""
        library = self._shelf.library
        done = library.practised(pack, scenario)
        found = library.after(pack, done[1].id) if done else None
        try:
            return path_tile(library, *found, lang) if found else None
        except KioskError:  # a worn card: what is done is praised all the same
            return None

    def _heard(self, word: str, lang: str) -> str:
        return self._voices.get(lang, {}).get(word, "")


class _Drawings(Drawings):
    """The drawings of a step, which goes on without one that a worn card or a pack replaced just now has lost."""

    def draw(self, what: str, name: str, label: str) -> str:
        """See practice.parts.Draw."""
        try:
            return super().draw(what, name, label)
        except (KioskError, OSError):
            return picture(_UNDRAWN)


def _from_root(*sounds: str) -> tuple[str, ...]:
    return tuple(f"{ROOT}{sound}" for sound in sounds if sound)
