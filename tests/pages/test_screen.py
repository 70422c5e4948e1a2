"""Every surface, block and layer becomes a page that says the same."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from kiosk.codes import draw, vietqr
from kiosk.pages import screen
from kiosk.pages.attempt import AskingView, EndView, Note, ScreenView
from kiosk.pages.pictures import picture
from kiosk.pages.render import Renderer, js
from kiosk.pages.screen import Choice, Keypad, Words, grouped
from kiosk.pages.words import read_words
from tests.support import house_pages as house

SCREENS = sorted((Path(__file__).resolve().parents[1] / "data" / "screens").glob("*.toml"))
PAYLOAD = vietqr.practice(name="LO THI MAY")


@pytest.fixture(scope="module")
def renderer():
    return Renderer(read_words(), {"vi": {"tap.look_at_card": "m/00000000000000aa.mp3"}})


def drawn(value, name=""):
    """The same table with names of drawings replaced by their markup."""
    if isinstance(value, dict):
        return {key: drawn(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [drawn(inner, name) for inner in value]
    if value == "code":
        return draw.svg(PAYLOAD, label="Mã để tập")
    return picture(value) if name in {"icon", "drawing"} else value


def told(path):
    """The view of a screen kept as data."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert({"lang": "vi", "root": "../../../", **drawn(table)}, ScreenView)


def view(**more):
    return ScreenView(**{"lang": "vi", "root": "../../../", "surface": "app", "say": "Nhìn xem.", **more})


def page(renderer, **more):
    return renderer.draw("practice/page.html", view(**more))


def strings(value):
    """Every string of a view that a person reads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"icon", "drawing", "code", "kind", "block", "form", "digits", "surface", "stage"}:
                yield from strings(inner)


def test_every_surface_has_a_screen_among_the_samples():
    assert {told(path).surface for path in SCREENS} == set(screen.Surface.__args__)


def test_every_block_and_layer_has_one_too():
    shown = [told(path) for path in SCREENS]
    kinds = {block.kind for one in shown for block in one.blocks} | {"header", "tick"}
    assert kinds == {block.__struct_config__.tag for block in screen.AnyBlock.__args__}
    assert {layer.kind for one in shown for layer in one.layers} == set(screen.LayerKind.__args__)


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.stem)
def test_a_screen_bears_its_words_its_band_and_its_keys(renderer, path):
    shown = told(path)
    text = renderer.draw("practice/page.html", shown)
    readable = re.sub(r"<br>|<[^>]+>", " ", text).replace("&#34;", '"')
    missing = [word for word in strings(tomllib.loads(path.read_text(encoding="utf-8"))) if word not in readable]
    assert [word for word in missing if word not in text] == []
    assert "THỰC HÀNH" in text
    assert len(re.findall("<h1", text)) == 1
    for do in ("back", "hint", "help"):
        assert f'name="do" value="{do}"' in text
    assert 'formaction="../../../xong"' in text


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.stem)
def test_every_choice_is_a_button_of_a_form_once(renderer, path):
    text = renderer.draw("practice/page.html", told(path))
    dialog = 'class="dialog"' in text
    numbers = sorted({int(number) for number in re.findall(r"number = (\d+)", path.read_text(encoding="utf-8"))})
    sent = [int(number) for number in re.findall(r'name="do" value="c(\d+)"', text)]
    assert sorted(sent) == ([2, 3] if dialog else numbers)


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.stem)
def test_as_the_picture_of_a_card_a_screen_says_the_same_and_nothing_answers(renderer, path):
    shown = replace(told(path), step=0, steps=0)
    common = {name: getattr(shown, name) for name in screen.Screen.__dataclass_fields__}
    still = house.card(2, picture=screen.Screen(**{**common, "still": True}))
    text = re.search('<div class="still" aria-hidden="true">(.*?)</a>', renderer.card(still))[1]
    live = re.search(r'<div class="phone.*?(?=</form>)', renderer.draw("practice/page.html", shown))[0]
    assert re.sub(r"<[^>]+>", "", text) == re.sub(r"<[^>]+>", "", live)
    assert text.count(" pointed") == live.count(" pointed")
    assert re.findall(r"<(button|form|input|audio|a)\b", text) == []
    assert re.findall(r' (id|name|value|tabindex|href|data-\w+|role="?status)\b', text) == []


def test_a_choice_without_a_number_cannot_be_tapped(renderer):
    text = page(
        renderer,
        blocks=(
            screen.List(
                (Choice(0, "Chỉ để đọc"), Choice(2, "Bấm được")),
            ),
        ),
    )
    assert '<div class="row idle"><span><b>Chỉ để đọc' in text
    assert len(re.findall('class="row[ "]', text)) == 2
    assert 'value="c0"' not in text


def test_what_a_scenario_says_is_text_not_markup(renderer):
    text = page(renderer, title="<i>x", blocks=(Words("<script>alert(1)</script>"),), say='"><b>')
    assert "<script>alert" not in text
    assert "<i>x" not in text


def test_the_hand_points_at_one_thing(renderer):
    choices = (Choice(1, "a"), Choice(2, "b", pointed=True))
    text = page(renderer, blocks=(screen.List(choices),))
    assert re.findall(r'class="row pointed" name="do" value="(\w+)"', text) == ["c2"]
    assert text.count(" pointed") == 1


def test_the_yellow_card_shows_the_number_and_the_field_shows_what_is_in(renderer):
    keypad = Keypad(card="Số để tập", digits="099000000001", entered=4)
    text = page(renderer, blocks=(keypad,))
    assert re.findall(r"<i>(\d{3})</i>", text) == ["099", "000", "000", "001"]
    assert ' led" data-n="099000000001" data-i="4">' in text
    assert keypad.slots == (("0", "9", "9"), ("0", "", ""), ("", "", ""), ("", "", ""))


def test_a_secret_shows_dots():
    assert Keypad("PIN", "246810", entered=2, form="secret").slots == (("●", "●", ""), ("", "", ""))


def test_the_hand_goes_to_the_next_key(renderer):
    text = page(renderer, blocks=(Keypad("PIN", "246810", entered=2, pointed=True),))
    assert 'class="key pointed" name="do" value="d6"' in text
    assert Keypad("PIN", "246810", entered=6, pointed=True).key == ""


@pytest.mark.parametrize(
    ("digits", "groups"),
    [
        ("", ()),
        ("5", ("5",)),
        ("156", ("156",)),
        ("2468", ("2468",)),
        ("45000", ("45", "000")),
        ("246810", ("246", "810")),
        ("0000000001", ("0000", "000", "001")),
        ("099000000001", ("099", "000", "000", "001")),
    ],
)
def test_digits_stand_in_groups_as_they_are_read(digits, groups):
    assert grouped(digits) == groups
    assert "".join(grouped(digits)) == digits


def test_a_mistake_is_told_without_red(renderer):
    text = page(renderer, note=Note("wrong", "Chưa đúng."))
    assert 'class="note wrong" role="status"' in text
    style = text[text.index("<style>") : text.index("</style>")]
    practice = style[style.index(".phone") :]
    assert "#d8322a" not in practice
    assert "red" not in practice


def test_without_script_every_sound_has_a_player(renderer):
    text = page(renderer, sounds=("../../../m/1.mp3", "../../../m/2.mp3"))
    assert 'data-s="../../../m/1.mp3 ../../../m/2.mp3"' in text
    assert re.findall(r'<audio controls preload="none" src="([^"]+)"', text) == ["../../../m/1.mp3", "../../../m/2.mp3"]


def test_a_step_without_sound_has_no_loudspeaker(renderer):
    text = page(renderer)
    assert "<audio" not in text
    assert "data-s" not in text[text.index("<body>") :]


def test_a_code_stands_beside_its_warning(renderer):
    text = page(renderer, blocks=(screen.Qr(draw.svg(PAYLOAD, label="x"), "LO THI MAY"),))
    assert re.search(r'<div class="qr"><b>THỰC HÀNH</b><svg', text)


def test_the_code_in_the_finder_is_the_practice_code():
    path = re.search(r' d="([^"]+)"', draw.svg(vietqr.practice(), label="")).group(1)
    assert path in picture("practice-code")


def test_the_end_offers_to_go_on_alone_first(renderer):
    view = EndView(lang="vi", root="../../../", title="x", say="y", pack="p", scenario="s", stage="together")
    text = renderer.draw("practice/end.html", view)
    assert re.findall(r'name="stage" value="(\w+)"', text) == ["alone", "together"]
    assert "Không cần máy nhắc" not in text


def test_the_end_praises_who_needed_no_reminder(renderer):
    view = EndView(
        lang="vi", root="../../../", title="x", say="y", pack="p", scenario="s", stage="alone", unaided=True
    )  # fmt: skip
    text = renderer.draw("practice/end.html", view)
    assert re.findall(r'name="stage" value="(\w+)"', text) == ["alone"]
    assert "Không cần máy nhắc" in text


def test_a_call_for_a_person_without_a_number_has_no_link(renderer):
    view = AskingView(lang="vi", root="../../../", surface="app", say="Giơ tay lên.")
    assert "tel:" not in renderer.draw("practice/asking.html", view)


def test_the_script_fits_in_fifteen_hundred_bytes():
    assert len(js("practice.js").encode()) <= 1500


def test_who_speaks_is_named_once_beside_the_portrait(renderer):
    said = screen.Message("Của bà con ba mươi nghìn.", who="Cô Hoa")
    beside = page(renderer, blocks=(screen.Picture(picture("person-seller"), "Cô Hoa"), said))
    alone = page(renderer, blocks=(said,))
    assert beside.count("<b>Cô Hoa</b>") == alone.count("<b>Cô Hoa</b>") == 1
    assert '<div class="speech"><div class="bubble"><p>Của bà con' in beside


def test_who_chats_is_known_by_an_initial_not_by_a_strangers_face(renderer):
    assert '<i class="initial" aria-hidden="true">S</i>' in page(renderer, surface="chat", title="Cô Sua")
    assert "initial" not in page(renderer, surface="chat", title="").split("<body>")[1]
