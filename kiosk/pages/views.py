"""What each page is made from. A sound is an address relative to the root, such as `m/0123456789abcdef.mp3`, or ""."""

from dataclasses import dataclass

from kiosk.pages import addresses
from kiosk.pages.screen import Screen


@dataclass(frozen=True, kw_only=True)
class View:
    """What every page knows.

    Attributes:
        lang: the page's language.
        first: the site's first language.
        root: the relative way to the root: "", "../", "../../"…
        beside: the folder that the page lies in, where most of its links lead to what lies beside it.
    """

    lang: str
    first: str = "vi"
    root: str = ""
    beside: str = ""

    def at(self, address: str) -> str:
        """The link from this page to an address of the root."""
        if self.beside and address.startswith(self.beside):
            return address.removeprefix(self.beside)
        return f"{self.root}{address}" or "./"

    @property
    def home(self) -> str:
        """Link to the home page in this language."""
        return self.at(addresses.home(self.lang, self.first))

    @property
    def topics(self) -> str:
        """Link to all topics."""
        return self.at(addresses.topics(self.lang))

    @property
    def help(self) -> str:
        """Link to help."""
        return self.at(addresses.help_page(self.lang, self.first))

    @property
    def done(self) -> str:
        """Link to Xong."""
        return self.at(addresses.done(self.lang))

    @property
    def connect(self) -> str:
        """Link to the page that lets the phone use its own browser."""
        return self.at(addresses.connect(self.lang, self.first))


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """A language to choose on the home page.

    Attributes:
        lang: its code.
        name: its own name; empty where none may be shown.
        pattern: of pictures/patterns.
        label: its name in Vietnamese, for who hears the page read.
        drawn: whether the name is a drawing of pictures/names.
        sound: says, in it, "whoever speaks this, tap here".
    """

    lang: str
    name: str
    pattern: str
    label: str = ""
    drawn: bool = False
    sound: str = ""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A way in: a topic, or a path on its topic's page.

    Attributes:
        title: at most two lines at 320 px.
        picture: SVG markup.
        colour: gold, sky, clay or rice.
        address: where it leads, relative to the root.
        sound: says the title.
        trust: whether it leads to VNeID or bank practice, so that the warning is said on entering.
        opening: what else is said on entering; "" for nothing.
    """

    title: str
    picture: str
    colour: str
    address: str
    sound: str = ""
    trust: bool = False
    opening: str = ""


@dataclass(frozen=True, kw_only=True)
class HomeView(View):
    """The first page: greetings of the site's languages (one or more), one tile a topic; whether Bài khác has more."""

    greetings: tuple[Greeting, ...]
    tiles: tuple[Tile, ...]
    others: bool = True


@dataclass(frozen=True, kw_only=True)
class ListView(View):
    """Behind Bài khác: every topic of the home page, and the paths that are in none of them."""

    tiles: tuple[Tile, ...]
    others: tuple[Tile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TopicView(View):
    """A topic and its paths, a tile each; `picture`, `colour` and `sound` as in Tile."""

    title: str
    picture: str
    colour: str
    tiles: tuple[Tile, ...]
    sound: str = ""


@dataclass(frozen=True, kw_only=True)
class PathView(View):
    """A path and its three stages.

    Attributes:
        up: address of the topic's page, relative to the root; empty where the topic has no other path.
        watch: address of the lesson's first card, likewise.
        watch_sound: that card's sound, so that one tap brings the card and its voice.
        pack: hidden in the forms that start practice.
        scenario: likewise; empty when the lesson is all there is.
        then: where that leads on to: the next path; none behind the last, which leads to all topics.
        trust: as in Tile.
        machine: whether the practice is spoken by a machine, so that the page says so.
    """

    title: str
    picture: str
    colour: str
    pack: str
    watch: str
    scenario: str
    up: str = ""
    watch_sound: str = ""
    sound: str = ""
    trust: bool = False
    machine: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A neighbouring card: its address relative to the root and its sound."""

    address: str
    sound: str = ""


@dataclass(frozen=True, kw_only=True)
class CardView(View):
    """A card of a lesson.

    Attributes:
        title: the lesson's.
        picture: SVG markup, or a still screen.
        number: from 1, of `total`.
        sentences: one or two.
        voice: "machine" or "person".
        back: the card before; none on the first, where back leads to the path.
        next: the card after, or the first question; none where practice follows, or other lessons.
        path: address of the path's page.
        pack: hidden in the last card's form.
        scenario: likewise; empty when the lesson is all there is.
    """

    title: str
    picture: str | Screen
    colour: str
    number: int
    total: int
    sentences: tuple[str, ...]
    path: str
    pack: str
    scenario: str = ""
    sound: str = ""
    voice: str = "machine"
    back: Step | None = None
    next: Step | None = None
    then: Tile | None = None


@dataclass(frozen=True, kw_only=True)
class Pick(Step):
    """A picture that can be touched for an answer: SVG markup."""

    picture: str


@dataclass(frozen=True, kw_only=True)
class QuestionView(View):
    """A question of a lesson, answered by touching one of the pictures; the rest as in a card.

    Attributes:
        number: from 1, of `total` questions.
        picks: in the order shown.
        back: the card or question before.
    """

    title: str
    colour: str
    number: int
    total: int
    sentences: tuple[str, ...]
    picks: tuple[Pick, ...]
    back: Step
    sound: str = ""
    voice: str = "machine"


@dataclass(frozen=True, kw_only=True)
class AnswerView(CardView):
    """What is said once a picture was touched; `number` and `total` are the question's, `back` is the question.

    Attributes:
        right: whether it is the right one; from any other the way leads back to the question.
    """

    picture: str
    right: bool


@dataclass(frozen=True, kw_only=True)
class HelpView(View):
    """Help, with the house's own helper, and the names of those who wish to be thanked for their voices.

    What is empty is left out.
    """

    helper: str = ""
    phone: str = ""
    hours: str = ""
    police: str = ""
    thanks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DoneView(View):
    """After Xong: how to leave."""


@dataclass(frozen=True, kw_only=True)
class ConnectView(View):
    """Before the phone is let into its own browser: what it loses first."""


@dataclass(frozen=True, kw_only=True)
class ConnectedView(View):
    """After it: the address to type, and what the phone may ask."""

    address: str


@dataclass(frozen=True, kw_only=True)
class NotFoundView(View):
    """No such page, with a way home; shown at any depth, so its links begin at the host's root."""

    root: str = "/"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A thing that can be practised, as a tile: its picture, title and sound, and its topic's colour."""

    title: str
    picture: str
    colour: str = "sky"
    sound: str = ""


@dataclass(frozen=True, kw_only=True)
class UnfinishedView(View):
    """What was begun and not finished, and what she was about to begin.

    Attributes:
        begun: what was begun.
        address: where it goes on, relative to the root.
        step: where it stands, of `steps`.
        wanted: what she was about to begin; None when that is the same thing.
        pack: hidden in the form that begins it.
        scenario: likewise.
        stage: likewise.
        visit: what Xong ends.
    """

    begun: Way
    address: str
    pack: str
    scenario: str
    stage: str
    wanted: Way | None = None
    step: int = 0
    steps: int = 0
    visit: str = ""


@dataclass(frozen=True, kw_only=True)
class AttractView(View):
    """What the touchscreen shows while nobody is there: the house and its topics.

    Attributes:
        name: of the house.
        tiles: its topics.
        voices: sounds that invite, one after the other, each in a language of the site.
    """

    name: str
    tiles: tuple[Tile, ...]
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JoinView(View):
    """How a phone joins this house's network.

    Attributes:
        ssid: the network's name.
        password: where it has one.
        code: what a camera reads, as SVG.
    """

    ssid: str
    code: str
    password: str = ""
