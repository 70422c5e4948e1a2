"""Values become pages: one request each, style, script and drawings inside, the same bytes for the same value."""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kiosk.pages import addresses, shrink
from kiosk.pages.pictures import picture
from kiosk.pages.views import (
    AnswerView,
    CardView,
    ConnectedView,
    ConnectView,
    DoneView,
    HelpView,
    HomeView,
    ListView,
    NotFoundView,
    PathView,
    QuestionView,
    TopicView,
    View,
)
from kiosk.pages.words import Words

# language -> word id -> address of its sound, relative to the root
Voices = Mapping[str, Mapping[str, str]]


class Renderer:
    """Draws every page of the villagers.

    Args:
        words: the catalogues.
        voices: what the installed voices say of them; a word without a sound has no loudspeaker.
    """

    def __init__(self, words: Words, voices: Voices | None = None) -> None:
        self._words = words
        self._voices: Voices = voices or {}
        self._templates = _environment()

    def draw(self, template: str, view: View, **more: object) -> str:
        """Any template of the folder as HTML text; `more` are further names that it reads."""
        text = self._templates.get_template(template).render(
            view=view,
            w=partial(self._word, view.lang),
            say=partial(self._sound, view),
            **more,
        )
        return shrink.page(text)

    def home(self, view: HomeView) -> str:
        """The home page."""
        return self.draw("home.html", view)

    def topics(self, view: ListView) -> str:
        """The page behind Bài khác."""
        return self.draw("topics.html", view)

    def topic(self, view: TopicView) -> str:
        """A topic's page."""
        return self.draw("topic.html", view)

    def path(self, view: PathView) -> str:
        """A path's page."""
        return self.draw("path.html", view)

    def card(self, view: CardView) -> str:
        """A card's page."""
        return self.draw("card.html", view)

    def question(self, view: QuestionView) -> str:
        """A question's page."""
        return self.draw("question.html", view)

    def answer(self, view: AnswerView) -> str:
        """The page of an answer."""
        return self.draw("answer.html", view)

    def help(self, view: HelpView) -> str:
        """The help page."""
        return self.draw("help.html", view)

    def done(self, view: DoneView) -> str:
        """The page behind Xong."""
        return self.draw("done.html", view)

    def connect(self, view: ConnectView) -> str:
        """The page before the phone's own browser."""
        return self.draw("connect.html", view)

    def connected(self, view: ConnectedView) -> str:
        """The page after it."""
        return self.draw("connected.html", view)

    def missing(self, view: NotFoundView) -> str:
        """The page of an unknown address."""
        return self.draw("missing.html", view)

    def _word(self, lang: str, word: str, **values: object) -> str:
        return self._words.text(word, lang, **values)

    def _sound(self, view: View, word: str) -> str:
        address = self._voices.get(view.lang, {}).get(word, "")
        return view.at(address) if address else ""


@cache
def css(*names: str) -> Markup:
    """Files of static/, shrunk and joined."""
    return Markup("".join(shrink.style(_static(name)) for name in names))  # noqa: S704  our own files


@cache
def js(name: str) -> Markup:
    """A file of static/, shrunk."""
    return Markup(shrink.script(_static(name)))  # noqa: S704  our own file


@cache
def script_address(name: str) -> str:
    """Where a generation has a file of static/ that some pages name and do not carry; named by its content."""
    return addresses.script(hashlib.sha256(js(name).encode()).hexdigest()[:16])


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("kiosk.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(css=css, js=js, script=script_address, at=addresses, picture=_picture)
    made.filters.update(drawing=_drawing, lines=_lines, whole=_whole)
    return made


def _picture(name: str) -> Markup:
    return Markup(picture(name))  # noqa: S704  our own drawing


def _drawing(svg: str) -> Markup:
    """A pack's drawing; packs are verified, and their drawings linted to hold no script."""
    return Markup(shrink.drawing(svg))  # noqa: S704


def _lines(text: str) -> Markup:
    """A line for each sentence."""
    return Markup(" <br>").join(_whole(line) for line in text.replace(". ", ".\n").split("\n"))


def _whole(text: str) -> Markup:
    """A text whose hyphened words (Wi-Fi) stay on one line; old phones have no letter for a hard hyphen."""
    return Markup(" ").join(
        Markup("<span class=whole>{}</span>").format(word) if "-" in word else word for word in text.split(" ")
    )


def _static(name: str) -> str:
    return resources.files("kiosk.pages").joinpath("static", name).read_text(encoding="utf-8")
