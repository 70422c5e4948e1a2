"""A small house as page views, for the tests of pages and of what browsers make of them."""

import hashlib

from kiosk.pages import addresses, prune
from kiosk.pages.pictures import picture
from kiosk.pages.render import Renderer, js
from kiosk.pages.screen import Button, Choice, Field, Keypad, Layer, Screen, Tiles
from kiosk.pages.views import (
    AnswerView,
    CardView,
    ConnectedView,
    ConnectView,
    DoneView,
    Greeting,
    HelpView,
    HomeView,
    ListView,
    NotFoundView,
    PathView,
    Pick,
    QuestionView,
    Step,
    Tile,
    TopicView,
)
from kiosk.pages.words import read_words
from kiosk.publish.lessons import whole

PACK, LESSON, CARDS = "doi-song-so", "tra-tien", 8
STILLS = (2, CARDS)  # of the cards, those that show a screen
SENTENCES = (
    ("Chị Lan mua rau ở sạp.", "Mở ứng dụng ngân hàng, bấm hình ô vuông để quét mã."),
    ("Chờ cô bán hàng xem điện thoại của cô. Thấy đủ tiền, cô mới đưa rau.",),
)
GREETINGS = (
    Greeting(lang="vi", name="Tiếng Việt", pattern="star", sound="m/00000000000000a0.mp3"),
    Greeting(lang="en", name="English", pattern="plain", sound="m/00000000000000a1.mp3"),
    Greeting(lang="blt", name="Thái", pattern="diamond", sound="m/00000000000000a2.mp3"),
)


def sound(number: int) -> str:
    return f"m/{number:016x}.mp3"


def voices() -> dict[str, str]:
    return {word: sound(0x1000 + place) for place, word in enumerate(sorted(read_words().spoken()))}


def renderer(*, silent: bool = False) -> Renderer:
    return Renderer(read_words(), {} if silent else {"vi": voices()})


def tiles() -> tuple[Tile, ...]:
    rows = (
        ("Trả tiền, nhận tiền", "stall", "gold"),
        ("Giấy tờ của tôi", "papers", "sky"),
        ("Người lạ gọi", "call", "clay"),
    )
    return tuple(
        Tile(
            title=title,
            picture=picture(drawing),
            colour=colour,
            address=addresses.path(PACK, LESSON, "vi"),
            sound=sound(place + 1),
            trust=True,
        )
        for place, (title, drawing, colour) in enumerate(rows)
    )


def home(languages: int = 1) -> HomeView:
    return HomeView(lang="vi", greetings=GREETINGS[:languages], tiles=tiles())


def topics() -> ListView:
    return ListView(lang="vi", tiles=tiles())


def topic(drawings: tuple[str, ...] = ()) -> TopicView:
    """A topic of nine paths, with those drawings or the house's own."""
    titles = (
        "Quét mã trả tiền", "Chuyển tới số tài khoản", "Mã trong ảnh", "Chuyển nhầm tiền", "Bán hàng bằng mã in",
        "Bán hàng, mã có số tiền", "Trả tiền điện", "Trả tiền nước", "Loa báo tiền",
    )  # fmt: skip
    shown = drawings or tuple(map(picture, ("stall", "papers", "call", "no-messages", "machine", "volume-keys",
                                            "lost-money", "not-secure", "forget-network")))  # fmt: skip
    return TopicView(
        lang="vi",
        root="../",
        title="Trả tiền, nhận tiền",
        picture=picture("stall"),
        colour="gold",
        sound=sound(1),
        tiles=tuple(
            Tile(
                title=title,
                picture=drawing,
                colour="gold",
                address=addresses.path(PACK, f"{LESSON}-{place}" if place else LESSON, "vi"),
                # As names of sounds are: digits without order, which do not pack.
                sound=f"m/{hashlib.sha256(title.encode()).hexdigest()[:16]}.mp3",
                trust=place % 2 == 0,
            )
            for place, (title, drawing) in enumerate(zip(titles, shown, strict=True))
        ),
    )


def path(**changed: object) -> PathView:
    values: dict[str, object] = {
        "lang": "vi",
        "root": "../../",
        "title": "Quét mã trả tiền ở sạp hàng",
        "picture": picture("stall"),
        "colour": "gold",
        "pack": PACK,
        "watch": step(1).address,
        "watch_sound": step(1).sound,
        "scenario": "tra-tien",
        "sound": sound(1),
        "trust": True,
    }
    return PathView(**(values | changed))


def step(number: int) -> Step:
    return Step(address=addresses.card(PACK, LESSON, f"c{number}", "vi"), sound=sound(0x20 + number))


def card(number: int, **changed: object) -> CardView:
    values: dict[str, object] = {
        "lang": "vi",
        "root": "../../../",
        "title": "Quét mã trả tiền ở sạp hàng",
        "picture": still(keys=number == CARDS) if number in STILLS else picture("stall"),
        "colour": "gold",
        "number": number,
        "total": CARDS,
        "sentences": SENTENCES[number % 2],
        "path": addresses.path(PACK, LESSON, "vi"),
        "pack": PACK,
        "scenario": "tra-tien",
        "sound": step(number).sound,
        "back": step(number - 1) if number > 1 else None,
        "next": step(number + 1) if number < CARDS else None,
    }
    return CardView(**(values | changed))


def still(*, keys: bool) -> Screen:
    """A screen of practice as the picture of a card: keys, or else something to read and to tap."""
    on = Choice(number=1, text="Tiếp tục", icon=picture("next"), pointed=True)
    tiles = Tiles(tiles=(Choice(number=2, text="Hóa đơn", icon=picture("app-bills")),) * 3)
    dial = Keypad(card="Tiền rau", digits="30000", label="Số tiền", pointed=True)
    return Screen(
        surface="app",
        title="Chuyển tiền",
        blocks=(dial,) if keys else (Field(label="Tên người nhận", value="LO THI HOA"), tiles, Button(choice=on)),
        layers=() if keys else (Layer("toast", "Đã sao chép"),),
        still=True,
    )


def named(name: str, number: int) -> Step:
    return Step(address=addresses.card(PACK, LESSON, name, "vi"), sound=sound(0x40 + number))


QUESTION, RIGHT, WRONG = named("hoi", 0), named("dung", 1), named("sai", 2)


def question(drawings: tuple[str, ...] = ("stall", "call")) -> QuestionView:
    """A question whose first picture is the right one."""
    ways = (RIGHT, WRONG, named("khac", 3))
    return QuestionView(
        lang="vi",
        root="../../../",
        title="Quét mã trả tiền ở sạp hàng",
        colour="gold",
        number=2,
        total=3,
        sentences=("Máy hiện tên người lạ.", "Bà con làm gì tiếp theo đây?"),
        sound=QUESTION.sound,
        back=step(CARDS),
        picks=tuple(
            Pick(address=way.address, sound=way.sound, picture=picture(drawing))
            for way, drawing in zip(ways, drawings, strict=False)
        ),
    )


def answer(*, right: bool) -> AnswerView:
    given = RIGHT if right else WRONG
    shown = card(
        2, picture=picture("stall"), sound=given.sound, back=QUESTION, next=step(1) if right else None, total=3
    )
    return AnswerView(right=right, **{name: getattr(shown, name) for name in shown.__dataclass_fields__})


def site(render: Renderer, languages: int = 1) -> dict[str, str]:
    """Every kind of page by its address, as a generation holds them."""
    helped = HelpView(
        lang="vi", helper="Chị Lò Thị Mai", phone="0000 000 001", hours="8 giờ đến 17 giờ", police="0000 000 002"
    )
    pages = {
        "index.html": render.home(home(languages)),
        addresses.topics("vi"): render.topics(topics()),
        addresses.topic("tien", "vi"): render.topic(topic()),
        addresses.path(PACK, LESSON, "vi"): render.path(path()),
        "help.html": render.help(helped),
        addresses.done("vi"): render.done(DoneView(lang="vi")),
        "connect.html": render.connect(ConnectView(lang="vi")),
        addresses.connected("vi"): render.connected(ConnectedView(lang="vi", address="10.87.0.1")),
        addresses.missing("vi"): render.missing(NotFoundView(lang="vi")),
    }
    lesson = {step(number).address: render.card(card(number)) for number in range(1, CARDS + 1)}
    lesson[QUESTION.address] = render.question(question())
    lesson[named("hoi-ba", 4).address] = render.question(question(("stall", "call", "papers")))
    lesson[RIGHT.address] = render.answer(answer(right=True))
    lesson[WRONG.address] = render.answer(answer(right=False))
    return {address: prune.page(text, script=js("voice.js")) for address, text in pages.items()} | dict(whole(lesson))
