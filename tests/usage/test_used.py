from kiosk.events.event import make
from kiosk.usage import used


def seen(card, lang="vi"):
    return make("view", 5, card=card, lang=lang, where="phone")


def test_the_opened_cards_of_a_lesson_are_counted_in_every_language(settings, journal):
    journal.append(
        [seen("a/mot/x"), seen("a/mot/y"), seen("a/mot/y", "en"), seen("a/hai/x"), make("help", 5, page="h")]
    )
    assert used.lessons(settings) == {"a/mot": 3, "a/hai": 1}


def test_nothing_is_known_where_nothing_was_counted_or_the_database_is_no_database(settings):
    assert used.lessons(settings) == {}
    settings.usage.parent.mkdir(parents=True)
    settings.usage.write_bytes(b"no database" * 100)
    assert used.lessons(settings) == {}
