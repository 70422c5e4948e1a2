import re
import string
from pathlib import Path

from kiosk.collector.dashboard.words import number, read


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_everything_and_fill_in_the_same() -> None:
    for word, (vietnamese, english) in read().items():
        assert vietnamese, word
        assert english, word
        assert _places(vietnamese) == _places(english), word


def test_every_word_of_a_template_is_known(repository: Path) -> None:
    templates = "".join(path.read_text() for path in (repository / "kiosk/collector/templates").glob("*.html"))
    asked = set(re.findall(r'\bt\([\'"]([a-z-]+)[\'"]\s*[,)]', templates))
    assert len(asked) > 60
    assert asked - read().keys() == set()


def test_numbers_are_written_as_each_language_does() -> None:
    assert (number(1234567, "vi"), number(1234567, "en")) == ("1.234.567", "1,234,567")
