import pytest

from kiosk.authoring import links, source
from kiosk.authoring.contents import read
from kiosk.findings import Level
from kiosk.pages.words import read_words

LESSON, SCENARIO = "lessons/quet-ma.vi.md", "practice/quet-ma.yaml"
ASTRAY = "\n  lac:\n    surface: app\n    say: Lạc.\n    blocks:\n      - {block: button, choice: {text: Đi, go: hai}}"


def refused(folder):
    found = links.judge(read(source.read(folder), read_words()))
    failed = (one for one in found if one.level is Level.FAIL and one.area.startswith(LESSON))
    return [(one.area, one.what, one.remedy) for one in failed]


def edit(path, *changes):
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("shown", "what", "remedy"),
    [
        ("quet-mau/dau", "there is no scenario quet-mau", "did you mean quet-ma?"),
        ("x/dau", "there is no scenario x", "there is quet-ma"),
        ("quet-ma/dao", "the scenario quet-ma has no screen dao", "did you mean dau?"),
        ("quet-ma/x", "the scenario quet-ma has no screen x", "there is dau, hai, ba, bon, lac"),
        ("quet-ma/lac", "no right way of quet-ma comes to the screen lac", "show one of dau, hai, ba, bon"),
    ],
)
def test_a_card_shows_only_a_screen_that_is_met_in_practice(tiny, shown, what, remedy):
    edit(tiny / SCENARIO, ("trả mà.}", "trả mà., astray: lac}"), ("go: end}", f"go: end}}{ASTRAY}"))
    assert refused(tiny) == []
    edit(tiny / LESSON, ("quet-ma/dau", shown))
    assert refused(tiny) == [(f"{LESSON}:18", what, remedy)]


def test_of_a_scenario_that_cannot_be_read_or_walked_only_its_own_file_says_so(tiny):
    edit(tiny / SCENARIO, ("go: hai", "go: khong-co"))
    assert refused(tiny) == []
    edit(tiny / SCENARIO, ("surface: app", "surface: apps"))
    assert refused(tiny) == []
