import gzip
import re
from html.parser import HTMLParser

import pytest

from kiosk.pages.render import script_address
from kiosk.pages.views import Greeting, HelpView, HomeView, PathView
from tests.support import house_pages as house

VOID = {"meta", "link", "br", "input", "img", "hr"}
# What a server puts before a page, its policy among it; measured for ours below this.
HEADERS = 500


class Page(HTMLParser):
    """The start tags of a page, and whether its tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module", params=["spoken", "silent"])
def site(request):
    return house.site(house.renderer(silent=request.param == "silent"), languages=3)


def test_the_same_value_gives_the_same_bytes():
    assert house.site(house.renderer()) == house.site(house.renderer())


def test_tags_are_balanced_and_ids_are_single(site):
    for address, text in site.items():
        page = Page(text)
        assert page.open == [], address
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), address


def test_a_page_is_one_request(site):
    for address, text in site.items():
        page = Page(text)
        assert [attrs["href"].partition(",")[0] for attrs in page.all("link")] == ["data:"], address
        named = [attrs["src"] for attrs in page.all("script") if "src" in attrs]
        lesson = address.count("/") == 3 and address.endswith(".html")
        assert named == ([f"../../../{script_address('voice.js')}"] if lesson else []), address
        assert not page.all("img")
        assert all(attrs["preload"] == "none" for attrs in page.all("audio")), address
        assert "@import" not in text
        assert set(re.findall(r"url\([\"']?(\w+)", text)) <= {"data"}, address


def test_links_never_leave_the_house(site):
    for address, text in site.items():
        for _, attrs in Page(text).tags:
            link = attrs.get("href") or attrs.get("action") or attrs.get("src") or ""
            assert not re.match(r"(?!data:|tel:)\w+:|//", link), (address, link)


def test_zoom_is_never_disabled_and_the_language_is_named(site):
    for address, text in site.items():
        page = Page(text)
        assert page.all("html")[0]["lang"] == "vi", address
        views = [attrs["content"] for attrs in page.all("meta") if attrs.get("name") == "viewport"]
        assert views == ["width=device-width"], address


def test_every_page_has_one_heading_and_the_bar(site):
    for address, text in site.items():
        page = Page(text)
        assert len(page.all("h1")) == 1, address
        links = {attrs.get("href", "").lstrip("./") for attrs in page.all("a")}
        assert {"topics.vi.html", "help"} <= links, address
        assert any(attrs["action"].endswith("xong") for attrs in page.all("form")), address


@pytest.mark.parametrize("languages", [1, 2, 3])
def test_the_first_page_stays_within_six_thousand_bytes_with_its_headers(languages):
    text = house.renderer().home(house.home(languages))
    assert len(gzip.compress(text.encode(), 9)) + HEADERS <= 6000


def test_a_card_stays_within_eight_thousand_bytes():
    text = house.renderer().card(house.card(2))
    assert len(gzip.compress(text.encode(), 9)) + HEADERS <= 8000


def test_a_topic_of_nine_paths_stays_within_eight_thousand_bytes():
    text = house.renderer().topic(house.topic())
    assert text.count('class="pic"') == 9
    assert len(gzip.compress(text.encode(), 9)) + HEADERS <= 8000


def test_a_tile_of_a_topic_is_said_by_the_first_tap_and_warns_with_the_second_where_money_is():
    page = Page(house.renderer().topic(house.topic()))
    tiles = [a for a in page.all("a") if "tile" in a.get("class", "")]
    assert [a["class"] for a in tiles] == ["tile gold two"] * 9
    assert len({a["data-s"] for a in tiles}) == len({a["href"] for a in tiles}) == 9
    assert ["data-g" in a for a in tiles] == [place % 2 == 0 for place in range(9)]


def test_a_path_of_several_leads_back_to_its_topic_and_one_alone_to_the_home_page():
    several = Page(house.renderer().path(house.path(up="chu-de/tien.vi.html")))
    assert "../../chu-de/tien.vi.html" in [a["href"] for a in several.all("a")]
    assert "../../" in [a["href"] for a in Page(house.renderer().path(house.path())).all("a")]


def test_the_last_card_of_a_lesson_without_practice_leads_to_other_lessons():
    page = Page(house.renderer().card(house.card(house.CARDS, scenario="")))
    assert [a["href"] for a in page.all("a") if a.get("class") == "next"] == ["../../../topics.vi.html"]
    assert not [form for form in page.all("form") if form["action"].endswith("tap")]


def test_what_an_author_writes_is_text():
    text = house.renderer().card(house.card(1, title="<script>1</script>", sentences=('"<b>&',)))
    assert "<script>1" not in text
    assert "&#34;&lt;b&gt;&amp;" in text


def test_without_a_sound_there_is_no_loudspeaker_no_player_and_no_second_tap():
    silent = house.renderer(silent=True)
    card = silent.card(house.card(1, sound=""))
    assert "<audio" not in card
    assert "giọng máy" not in card
    assert 'class="disc say"' not in card
    one = HomeView(
        lang="vi",
        greetings=(Greeting(lang="vi", name="Tiếng Việt", pattern="star"),),
        tiles=(house.tiles()[0].__class__(title="A", picture="<svg></svg>", colour="gold", address="a.html"),),
    )
    assert "two" not in re.search(r'class="(tile[^"]*)"', silent.home(one)).group(1)


def test_a_machines_voice_is_labelled_and_a_persons_is_not():
    assert "giọng máy" in house.renderer().card(house.card(1))
    assert "giọng máy" not in house.renderer().card(house.card(1, voice="person"))


def test_next_brings_the_next_card_and_its_voice_in_one_tap():
    page = Page(house.renderer().card(house.card(3)))
    nexts = [a for a in page.all("a") if a.get("href") == "../../../" + house.step(4).address]
    assert len(nexts) == 2
    assert {a["data-s"] for a in nexts} == {"../../../" + house.step(4).sound}


def test_the_first_card_goes_back_to_the_path_and_the_last_goes_on_to_practice():
    first, last = (Page(house.renderer().card(house.card(number))) for number in (1, house.CARDS))
    backs = [a["href"] for a in first.all("a") if a.get("class") == "back"]
    assert backs == ["../../../bai/doi-song-so/tra-tien.vi.html"]
    fields = {attrs["name"]: attrs["value"] for attrs in last.all("input")}
    assert fields == {"pack": "doi-song-so", "scenario": "tra-tien", "stage": "together", "lang": "vi"}
    assert last.all("form")[0] == {"method": "post", "action": "../../../tap"}


def test_a_path_has_three_stages_the_two_of_practice_as_forms():
    page = Page(house.renderer().path(house.path()))
    assert [attrs["value"] for attrs in page.all("input") if attrs["name"] == "stage"] == ["together", "alone"]
    watch = next(a for a in page.all("a") if "two" in a.get("class", ""))
    assert watch["href"] == "../../" + house.step(1).address
    assert watch["data-g"] == "../../" + house.step(1).sound


def test_entering_vneid_or_a_bank_is_said_to_be_practice_and_other_paths_are_not():
    warning = "VNeID thật không bao giờ hiện ra từ"
    assert warning in house.renderer().path(house.path())
    assert warning not in house.renderer().path(house.path(trust=False))


def test_a_path_without_practice_has_one_stage():
    assert 'name="stage"' not in house.renderer().path(house.path(scenario=""))


def test_one_language_is_a_greeting_and_several_are_a_choice():
    one, three = (Page(house.renderer().home(house.home(count))) for count in (1, 3))
    assert any(a.get("class") == "top one" for a in one.all("header"))
    chosen = [attrs for tag, attrs in three.tags if "lang" in attrs and tag in {"a", "button"}]
    assert [a["lang"] for a in chosen] == ["vi", "en", "blt"]
    assert [a["lang"] for a in chosen if a.get("aria-current")] == ["vi"]
    assert chosen[1]["data-s"] == "m/00000000000000a1.mp3"


def test_help_shows_the_house_helper_or_whom_to_ask():
    full = house.renderer().help(HelpView(lang="vi", helper="Chị Mai", phone="0000 000 001", hours="8 giờ", police=""))
    assert 'href="tel:0000000001"' in full
    assert "Chị Mai" in full
    assert "công an xã " not in full.partition("0000 000 001")[0]
    empty = house.renderer().help(HelpView(lang="vi"))
    assert "Hỏi cán bộ ở nhà văn hóa." in empty


def test_connect_says_first_what_the_phone_loses_and_agrees_by_a_form():
    text = house.site(house.renderer())["connect.html"]
    assert 0 < text.index("Tin nhắn sẽ không đến.") < text.index("<form")
    assert [form["action"] for form in Page(text).all("form")] == ["connect", "xong"]


def test_an_english_page_is_english():
    view = PathView(**{**house.path().__dict__, "lang": "en"})
    text = house.renderer().path(view)
    assert '<html lang="en">' in text
    assert "Do it together" in text
