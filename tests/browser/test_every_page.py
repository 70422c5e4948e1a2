"""One lesson and the house's own pages, as `python -m tests.browser.every_page` tries all of them."""

import pytest

from tests.browser.every_page import addresses_of, judged, lessons_of, walked

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_lesson_is_gone_through_to_what_follows_it(browser, whole_house, script):
    pack, path, lesson = next(lessons_of(whole_house))
    assert list(walked(browser, whole_house, pack, path, lesson, script=script)) == []


def test_axe_finds_nothing_on_a_real_lesson_and_on_the_pages_around_it(browser, whole_house):
    _, _, lesson = next(lessons_of(whole_house))
    pages = addresses_of(whole_house, lesson.id)
    assert len(pages) > len(lesson.cards) + len(lesson.questions)
    around = [address for address in addresses_of(whole_house) if "/" not in address]
    assert {"index.html", "help.html", "topics.vi.html"} <= set(around)
    assert list(judged(browser, whole_house, pages + around)) == []
