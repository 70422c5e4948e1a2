import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from msgspec.structs import replace

from kiosk.authoring.build import build, must
from kiosk.authoring.weight import HEADERS, MOST
from kiosk.errors import KioskError
from kiosk.events.line import What, of_request
from kiosk.narration import village
from kiosk.packs.library import Library
from kiosk.packs.manifest import Place
from kiosk.packs.store import Store
from kiosk.pages import shrink
from kiosk.pages.addresses import inside
from kiosk.pages.render import js
from kiosk.pages.words import read_words
from kiosk.practice.scenario import encode
from kiosk.publish.publish import publish
from kiosk.settings import Settings, Site
from tests.packs.made import FILES, entry, packed, whole
from tests.support.scenarios import TINY, read
from tests.support.voices import said, speak


@pytest.fixture(scope="module")
def pack(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of this checkout, silent: what is published does not depend on what is heard."""
    built = sorted((repository / ".build" / "packs").glob("doi-song-so-*.pack"))
    if built:
        return built[-1]
    out = tmp_path_factory.mktemp("packs")
    return must(build(repository / "content" / "doi-song-so", out, kept=repository / ".build" / "speech"))[0]


@pytest.fixture(scope="module")
def tiny(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of one lesson with its questions."""
    return must(build(data_dir / "packs" / "tiny", tmp_path_factory.mktemp("tiny"), kept=None))[0]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", run=tmp_path / "run", site=Site(languages=("vi", "en")))


def test_every_page_is_there_in_every_language_that_can_be_heard(settings: Settings, pack: Path) -> None:
    Store(settings.packs).install(pack)
    speak(settings, "en", said(settings, "en").first())
    village.install(settings)
    made = publish(settings, read_words())
    assert settings.current.resolve() == made
    pages = {str(page.relative_to(made)) for page in made.rglob("*.html")}
    assert {"index.html", "home.en.html", "help.html", "help.en.html", "connect.html", "topics.en.html"} <= pages
    cards = {page for page in pages if page.count("/") == 3}
    assert len(cards) == 2 * len({card.rsplit(".", 2)[0] for card in cards})
    assert all((made / f"{page}.gz").exists() for page in pages)


def _two_paths(folder: Path, topics: int, place: Place = "home", scenario: str | None = "quet-ma") -> Path:
    """A pack of two paths, in one topic or in two; place and scenario are those of the last."""
    one = whole()
    topic, path = one.topics[0], one.paths[0]
    more = (topic, replace(topic, id="giay-to", place=place))[:topics]
    paths = (path, replace(path, id="bai-hai", topic=more[-1].id, scenario=scenario))
    files = FILES | {"practice/quet-ma.json": encode(read(TINY[0]))}
    entries = tuple(entry(name, data) for name, data in sorted(files.items()))
    made = folder / "two.pack"
    made.write_bytes(packed(whole(topics=more, paths=paths, files=entries), files))
    return made


def test_a_path_says_that_a_machine_speaks_its_practice(settings: Settings, pack: Path) -> None:
    Store(settings.packs).install(pack)
    made = publish(settings, read_words())
    assert "giọng máy" in (made / "bai/doi-song-so/tra-tien-qr.vi.html").read_text(encoding="utf-8")


def test_a_question_leads_by_each_picture_to_its_answer_and_all_are_counted_as_cards(
    settings: Settings, tiny: Path
) -> None:
    Store(settings.packs).install(tiny)
    made = publish(settings, read_words())

    def links(name: str) -> list[str]:
        address = f"bai/tiny/quet-ma/{name}.vi.html"
        for each in (address, inside(address)):
            line = of_request(f"/{each}", status=200, wall=0, where="phone")
            assert line
            assert (line.what, line.name) == (What.CARD, f"tiny/quet-ma/{name}")
        shown = (made / address).read_text(encoding="utf-8")
        within = (made / inside(address)).read_text(encoding="utf-8")
        assert "<style>" not in within
        assert "<script" not in within
        assert shown.partition("<body>")[2] == shrink.alone(within).partition("<body>")[2]
        on = re.findall(r'class="(?:scene \w+|next) in" href="([\w-]+)\.vi\.html" data-s="\S+\.mp3', within)
        return list(dict.fromkeys(on)) + re.findall('name="stage" value="(together)"', shown)

    assert links("nam") == ["hoi-mot"]
    assert links("hoi-mot") == ["bam-tay", "bam-may"]
    assert links("bam-may") == ["hoi-mot"]
    assert links("bam-tay") == ["hoi-hai"]
    assert links("hoi-ba") == ["nghe-loa", "nghe-may", "nghe-gio"]
    assert links("nghe-loa") == ["together"]
    assert links("nghe-gio") == ["hoi-ba"]


def test_insides_are_asked_for_only_where_the_style_of_all_of_them_is(settings: Settings, tiny: Path) -> None:
    Store(settings.packs).install(tiny)
    lesson = publish(settings, read_words()) / "bai/tiny/quet-ma"
    whole = {page.name: page.read_text(encoding="utf-8") for page in lesson.glob("*.html")}
    first = [name for name, text in whole.items() if ' in"' in text]
    assert len(first) == 1
    assert f'tiny/quet-ma/{first[0]}"' in (lesson.with_suffix(".vi.html")).read_text(encoding="utf-8")
    insides = [page.read_text(encoding="utf-8") for page in lesson.glob("*.htm")]
    assert all(' in"' in text for text in insides)
    styles = {name: re.findall("<style>(.*)</style>", text)[0] for name, text in whole.items()}
    assert all(len(style) < len(styles[first[0]]) for name, style in styles.items() if name != first[0])
    assert ".picks{" in styles[first[0]]


def test_a_card_shows_a_screen_of_practice_and_only_pages_with_one_carry_its_style(
    settings: Settings, tiny: Path
) -> None:
    Store(settings.packs).install(tiny)
    lesson = publish(settings, read_words()) / "bai/tiny/quet-ma"
    shown = {page.stem: page.read_text(encoding="utf-8") for page in lesson.glob("*.vi.htm*") if page.suffix != ".gz"}
    assert {name for name, text in shown.items() if 'class="still"' in text} == {"bon.vi"}
    whole = {page.name: page.read_text(encoding="utf-8") for page in lesson.glob("*.html")}
    assert {name for name, text in whole.items() if ".still .phone{" in text} == {"mot.vi.html", "bon.vi.html"}
    still = whole["bon.vi.html"].partition('<div class="still" aria-hidden="true">')[2].partition("</a>")[0]
    assert re.sub("<[^>]+>", "", still) == "THỰC HÀNHĐiThôi"


def test_every_script_that_a_page_names_is_there(settings: Settings, tiny: Path) -> None:
    Store(settings.packs).install(tiny)
    made = publish(settings, read_words())
    named = {
        (page.parent / found).resolve()
        for page in made.rglob("*.html")
        for found in re.findall(r'<script src="([^"]+)"', page.read_text(encoding="utf-8"))
    }
    assert [script.parent.name for script in named] == ["m"]
    assert all(script.read_text(encoding="utf-8") == js("voice.js") for script in named)


def test_a_topic_of_several_paths_has_a_page_and_one_of_a_single_path_leads_straight_to_it(
    settings: Settings, tmp_path: Path
) -> None:
    Store(settings.packs).install(_two_paths(tmp_path, topics=1))
    made = publish(settings, read_words())
    for page in ("index.html", "topics.vi.html"):
        assert 'href="chu-de/tra-tien.vi.html"' in (made / page).read_text(encoding="utf-8")
    listed = (made / "chu-de/tra-tien.vi.html").read_text(encoding="utf-8")
    assert re.findall(r'href="\.\./(bai/[^"]*)"', listed) == ["bai/thu/quet-ma.vi.html", "bai/thu/bai-hai.vi.html"]
    assert 'href="../../chu-de/tra-tien.vi.html"' in (made / "bai/thu/quet-ma.vi.html").read_text(encoding="utf-8")

    after = Library.open(settings.packs).after
    assert [found and found[2].id for found in (after("thu", "quet-ma"), after("thu", "bai-hai"))] == ["bai-hai", None]

    Store(settings.packs).install(_two_paths(tmp_path, topics=2))
    made = publish(settings, read_words())
    for page in ("index.html", "topics.vi.html"):
        links = re.findall(r'href="(bai/[^"]*)"', (made / page).read_text(encoding="utf-8"))
        assert links == ["bai/thu/quet-ma.vi.html", "bai/thu/bai-hai.vi.html"]
    assert not (made / "chu-de").exists()


def test_paths_of_other_topics_stand_behind_bai_khac_and_nowhere_at_home(settings: Settings, tmp_path: Path) -> None:
    Store(settings.packs).install(_two_paths(tmp_path, topics=2, place="other"))
    made = publish(settings, read_words())
    links = {
        name: re.findall(r'href="(bai/[^"]*|topics[^"]*)"', (made / f"{name}.html").read_text(encoding="utf-8"))
        for name in ("index", "topics.vi")
    }
    assert links["index"] == ["bai/thu/quet-ma.vi.html", "topics.vi.html"]
    assert links["topics.vi"][:2] == ["bai/thu/bai-hai.vi.html", "bai/thu/quet-ma.vi.html"]
    other = (made / "bai/thu/bai-hai.vi.html").read_text(encoding="utf-8")
    assert other.index('href="../../topics.vi.html"') < other.index('href="../../help"')


def test_with_nothing_behind_it_the_home_page_has_no_bai_khac(settings: Settings, tmp_path: Path) -> None:
    Store(settings.packs).install(_two_paths(tmp_path, topics=2))
    made = publish(settings, read_words())
    assert "topics.vi.html" not in (made / "index.html").read_text(encoding="utf-8")
    assert "topics.vi.html" in (made / "help.html").read_text(encoding="utf-8")


def test_a_path_without_a_scenario_is_its_lesson_and_ends_with_other_lessons(
    settings: Settings, tmp_path: Path
) -> None:
    Store(settings.packs).install(_two_paths(tmp_path, topics=2, scenario=None))
    made = publish(settings, read_words())
    path = (made / "bai/thu/bai-hai.vi.html").read_text(encoding="utf-8")
    assert 'href="../../bai/thu/quet-ma/mot.vi.html"' in path
    assert "/tap" not in path


def test_every_topic_of_this_checkout_stays_within_eight_thousand_bytes(settings: Settings, pack: Path) -> None:
    Store(settings.packs).install(pack)
    made = publish(settings, read_words())
    sizes = {
        page.name: page.stat().st_size + HEADERS for page in (*made.glob("chu-de/*.gz"), *made.glob("topics.*.gz"))
    }
    assert {name: size for name, size in sizes.items() if size > MOST} == {}


def test_every_link_of_every_page_leads_to_something(settings: Settings, pack: Path) -> None:
    Store(settings.packs).install(pack)
    made = publish(settings, read_words())
    answered = {str(file.relative_to(made)) for file in made.rglob("*") if file.is_file()}
    answered |= {"", "help", "connect", "tap", "xong"}
    lost = set()
    for page in made.rglob("*.html"):
        stands = str(page.relative_to(made))
        if (
            over := stands.removeprefix("touch/")
        ) in answered:  # asked for by the address of the page that it is laid over
            stands = over
        here = f"http://x/{stands}"
        for link in re.findall(r'(?:href|action|src|data-s|data-g)="([^"]*)"', page.read_text(encoding="utf-8")):
            for one in [] if link.startswith("data:") else link.split():
                target = urljoin(here, one).removeprefix("http://x/").partition("#")[0]
                if target not in answered and not one.startswith(("tel:", "http://10.87.0.1")):
                    lost.add(f"{page.name}: {one}")
    assert lost == set()


def test_publishing_again_changes_nothing_and_no_pack_keeps_the_last_generation(settings: Settings, pack: Path) -> None:
    Store(settings.packs).install(pack)
    first = publish(settings, read_words())
    assert publish(settings, read_words()) == first
    Store(settings.packs).remove("doi-song-so")
    with pytest.raises(KioskError, match="no pack with lessons"):
        publish(settings, read_words())
    assert settings.current.resolve() == first


def test_a_damaged_pack_is_named_and_the_last_generation_stays(settings: Settings, pack: Path) -> None:
    Store(settings.packs).install(pack)
    first = publish(settings, read_words())
    for held in (settings.packs / "objects").glob("*/*"):
        if held.read_bytes().startswith(b'{"id":"tra-tien-qr","lang"'):
            held.unlink()
    with pytest.raises(KioskError, match="damaged"):
        publish(settings, read_words())
    assert settings.current.resolve() == first


def test_what_a_replaced_pack_left_behind_is_cleared(settings: Settings, pack: Path) -> None:
    store = Store(settings.packs)
    store.install(pack)
    left = store.object("ab" * 32)
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"an old sound")
    made = publish(settings, read_words())
    assert not left.exists()
    assert publish(settings, read_words()) == made
