import re
from importlib import resources

import pytest

from kiosk.pages.words import Catalogue, Words, chain, read_words

_ASKED = re.compile(r"""\b(?:w|say|said)\(\s*["']([a-z0-9_.]+)["']\s*([~,)])""")
_MADE = re.compile(r"""\bw\("([a-z0-9_.]+)" ~ \w+(?: ~ "([a-z0-9_.]+)")?""")
_WORD = re.compile(r"""["']([a-z0-9_]+(?:\.[a-z0-9_]+)+|volume|trust|title|bar|listen)["']""")
_PLACE = re.compile(r"{(\w+)}")


def _texts(folder: str, ending: str) -> str:
    def below(place) -> str:
        files = sorted(place.iterdir(), key=lambda file: file.name)
        return "\n".join(
            below(file) if file.is_dir() else file.read_text(encoding="utf-8") if file.name.endswith(ending) else ""
            for file in files
        )

    return below(resources.files("kiosk") / folder)


@pytest.fixture(scope="module")
def templates() -> str:
    return _texts("pages/templates", ".html")


def test_every_word_of_a_template_stands_in_vietnamese_and_in_english(templates):
    asked = {word for word, after in _ASKED.findall(templates) if after != "~"}
    assert len(asked) > 40
    for lang in ("vi", "en"):
        assert asked - set(read_words().catalogues[lang].words) == set()


def test_a_word_made_of_a_prefix_and_a_name_has_at_least_one_entry(templates):
    prefixes = {word for word, after in _ASKED.findall(templates) if after == "~"}
    assert prefixes
    for prefix in prefixes:
        assert any(word.startswith(prefix) for word in read_words().catalogues["vi"].words), prefix


def test_no_word_stands_unused(templates):
    named = set(_WORD.findall(templates)) | set(_WORD.findall(_texts("", ".py")))
    made = [re.compile(rf"{re.escape(start)}[a-z0-9_]+{re.escape(end)}") for start, end in _MADE.findall(templates)]
    words = set(read_words().catalogues["vi"].words) - named
    assert {word for word in words if not any(pattern.fullmatch(word) for pattern in made)} == set()


def test_both_languages_hold_the_same_words_speak_the_same_and_fill_the_same_places():
    vi, en = (read_words().catalogues[lang] for lang in ("vi", "en"))
    assert set(vi.words) == set(en.words)
    assert vi.spoken == en.spoken
    for word, text in vi.words.items():
        assert text, word
        assert en.words[word], word
        assert set(_PLACE.findall(text)) == set(_PLACE.findall(en.words[word])), word


def test_every_text_that_a_loudspeaker_says_is_marked_as_spoken(templates):
    said = set(re.findall(r"""\b(?:say|said)\(\s*["']([a-z0-9_.]+)["']\s*\)""", templates))
    assert said
    assert said - read_words().spoken() == set()


def test_a_language_without_the_word_falls_back_and_an_unknown_word_is_an_error():
    vi, en = Catalogue({"a": "một {n}", "b": "hai"}, frozenset()), Catalogue({"b": "two"}, frozenset())
    words = Words({"vi": vi, "en": en})
    assert words.text("b", "en") == "two"
    assert words.text("a", "en", n=7) == "một 7"
    assert words.text("b", "hmv") == "hai"
    with pytest.raises(KeyError):
        words.text("c", "en")


def test_the_chain_of_fallbacks_ends_in_the_source():
    assert chain("en") == ("en", "vi")
    assert chain("vi") == ("vi",)
    assert chain("xx") == ("xx", "vi")
