import msgspec
import pytest

from kiosk.errors import KioskError
from kiosk.narration import mp3, takes, village
from kiosk.narration.coverage import coverage
from kiosk.narration.shelf import Shelf
from kiosk.packs.manifest import version_of
from kiosk.packs.store import Store
from kiosk.pages.words import read_words
from kiosk.publish.offered import published
from kiosk.publish.publish import publish
from kiosk.settings import Settings, Site
from tests.packs.made import packed
from tests.support.voices import SECONDS, hum, said, speak


def shown(house):
    """What phones get once everything approved is published."""
    village.install(house)
    return publish(house, read_words())


def test_a_language_is_offered_once_home_help_and_a_whole_path_are_heard(house):
    script = said(house, "blt")
    first = script.first()
    speak(house, "blt", first[:-1])
    made = shown(house)
    assert published(house) == ("vi",)
    assert not (made / "home.blt.html").exists()
    assert 'lang="blt"' not in (made / "index.html").read_text(encoding="utf-8")

    speak(house, "blt", first[-1:], start=len(first))
    made = shown(house)
    assert published(house) == ("vi", "blt")
    home = (made / "index.html").read_text(encoding="utf-8")
    assert home.count('class="lang"') == 2
    assert 'aria-label="Tiếng Thái Đen"' in home
    assert "<path" in home.partition('class="drawn"')[2].partition("</b>")[0]


def test_what_is_recorded_is_heard_on_home_card_path_and_in_practice(house):
    script = said(house, "blt")
    frame = speak(house, "blt", script.every())
    made = shown(house)
    sounds = {take.text: f"m/{take.sound}.mp3" for take in frame.approved}
    assert all((made / sound).read_bytes() for sound in sounds.values())
    home = (made / "home.blt.html").read_text(encoding="utf-8")
    assert sounds["Đây là chỗ tập. Bấm sai không sao."] in home
    assert sounds["Trả tiền"] in home
    card = (made / "bai/thu/quet-ma/mot.blt.html").read_text(encoding="utf-8")
    assert sounds["Quét đi."] in card
    assert "giọng máy" not in card
    assert sounds["Quét đi."] in (made / "bai/thu/quet-ma.blt.html").read_text(encoding="utf-8")


def test_a_site_whose_languages_are_all_unheard_speaks_vietnamese(house):
    only = Settings(data=house.data, run=house.run, site=Site(languages=("blt",)))
    made = shown(only)
    assert published(only) == ("vi",)
    assert (made / "missing.blt.html").exists()
    assert 'lang="vi"' in (made / "index.html").read_text(encoding="utf-8")


def test_no_update_takes_the_place_of_the_villages_voice(house, tmp_path):
    speak(house, "blt", said(house, "blt").first())
    shown(house)
    pack = village.export(Shelf(house.voices), "blt", tmp_path / "stick")
    with pytest.raises(KioskError, match="kiosk voice merge"):
        Store(house.packs).install(pack)
    manifest, files = village.packed(Shelf(house.voices), "blt")
    lessons = msgspec.structs.replace(manifest, kind="lessons", version="")
    forged = tmp_path / "forged.pack"
    lessons = msgspec.structs.replace(lessons, version=version_of(lessons))
    forged.write_bytes(packed(lessons, files))
    with pytest.raises(KioskError, match="kiosk voice merge"):
        Store(house.packs).install(forged)


def test_recordings_travel_to_the_next_village_and_stay_with_both(house, tmp_path):
    speak(house, "blt", said(house, "blt").first())
    pack = village.export(Shelf(house.voices), "blt", tmp_path / "stick")
    other = Settings(data=tmp_path / "other", run=tmp_path / "run")
    done = village.merge(Shelf(other.voices), pack)
    assert (done.language, done.gained, done.held) == ("blt", done.held, len(said(house, "blt").first()))
    assert village.packed(Shelf(other.voices), "blt")[0] == village.packed(Shelf(house.voices), "blt")[0]
    assert village.merge(Shelf(other.voices), pack).gained == 0


def test_a_pack_that_is_no_sound_or_no_village_is_refused_and_nothing_changes(house, tmp_path):
    lessons = tmp_path / "thu.pack"
    with pytest.raises(KioskError, match="holds no recordings"):
        village.merge(Shelf(house.voices), lessons)
    rows = said(house, "blt").first()[:2]
    speak(house, "blt", rows)
    shelf = Shelf(house.voices)
    frame = shelf.read("blt")
    text = shelf.keep(b"not a sound")
    shelf.change("blt", lambda now: msgspec.structs.replace(
        now, takes=(*now.takes[1:], msgspec.structs.replace(now.takes[0], sound=text))
    ))  # fmt: skip
    shelf.keep(b"not a sound")
    pack = village.export(shelf, "blt", tmp_path / "stick")
    other = Shelf(tmp_path / "other")
    with pytest.raises(KioskError, match="not a sound"):
        village.merge(other, pack)
    assert other.languages() == ()
    assert frame != shelf.read("blt")


def test_a_lost_recording_is_said_and_the_pages_stay(house):
    frame = speak(house, "blt", said(house, "blt").first())
    before = shown(house)
    shelf = Shelf(house.voices)
    shelf.sound(frame.approved[0].sound).unlink()
    with pytest.raises(KioskError, match="damaged"):
        village.install(house)
    assert house.current.resolve() == before


def test_a_changed_sentence_asks_for_a_new_recording_and_the_old_one_is_kept(house):
    frame = speak(house, "blt", said(house, "blt").every())
    assert coverage(said(house, "blt"), frame).unused == 0
    Store(house.packs).remove("thu")
    found = coverage(said(house, "blt"), frame)
    assert found.unused > 0
    assert found.minutes == round(len(frame.takes) * SECONDS / 60, 1)


def test_who_wishes_it_is_thanked_on_the_help_page_of_that_language_alone(house):
    speak(house, "blt", said(house, "blt").first())
    Shelf(house.voices).change("blt", lambda frame: takes.thank(frame, "Bà <Ín>"))
    made = shown(house)
    assert "Bà &lt;Ín&gt;" in (made / "help.blt.html").read_text(encoding="utf-8")
    assert "Ín" not in (made / "help.html").read_text(encoding="utf-8")


def test_coverage_counts_cards_words_and_minutes(house):
    script = said(house, "blt")
    card = [row for row in script.every() if row.name.startswith("card:")]
    word = [row for row in script.every() if row.name == "bar.done"]
    found = coverage(script, speak(house, "blt", [*card, *word]))
    assert (found.cards.done, found.words.done, found.sentences.done) == (len(card), 1, len(card) + 1)
    assert found.cards.of == len(card)
    assert found.words.of == len([word for word in read_words().spoken() if ":" not in word]) - _twice()


def _twice():
    """Words that say the same as another word."""
    words = read_words()
    texts = [words.text(word, "vi").casefold().strip(".") for word in words.spoken()]
    return len(texts) - len(set(texts))


def test_an_unknown_language_is_refused_by_its_code(house):
    with pytest.raises(KioskError, match="'qqq'"):
        Shelf(house.voices).begin("qqq")
    with pytest.raises(KioskError, match=r"'\.\./x'"):
        Shelf(house.voices).read("../x")
    assert not house.voices.exists()


def test_a_frame_that_cannot_be_read_is_named(house):
    shelf = Shelf(house.voices)
    assert shelf.begin("blt")
    assert not shelf.begin("blt")
    (house.voices / "blt.json").write_bytes(b"{")
    with pytest.raises(KioskError, match=r"blt\.json cannot be read"):
        shelf.read("blt")


def test_what_no_take_speaks_of_is_swept(house):
    shelf = Shelf(house.voices)
    lost = shelf.keep(hum(77))
    speak(house, "blt", said(house, "blt").first()[:1])
    assert not shelf.sound(lost).exists()


@pytest.mark.parametrize("data", [b"", b"RIFF", hum()[:-1], hum() + b"x", b"\xff\xfb" + hum()[2:]])
def test_what_is_not_whole_frames_of_small_mp3_has_no_length(data):
    assert mp3.seconds(data) == 0


def test_the_length_of_a_sound_follows_from_its_frames():
    assert mp3.seconds(hum(frames=383)) == pytest.approx(10, abs=0.01)
