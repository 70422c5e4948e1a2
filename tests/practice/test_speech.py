from msgspec.structs import replace

from kiosk.practice.engine import apply, begin
from kiosk.practice.speech import sound, spoken
from kiosk.practice.state import Choose
from kiosk.practice.view import view


def voiced(scenario):
    """The scenario as a build leaves it: every sentence with a sound of its own name."""
    sounds = {}
    for key, texts in spoken(scenario):
        for lang, text in texts.items():
            if text:
                sounds.setdefault(lang, {})[key] = f"media/{key}.{lang}.mp3"
    return replace(scenario, sounds=sounds)


def test_keys_are_there_once_and_name_files(every):
    keys = [key for key, _ in spoken(every)]
    assert len(set(keys)) == len(keys)
    assert all(set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-") for key in keys)


def test_no_sentence_is_spoken_with_a_hole_in_it(every):
    assert not [text for _, texts in spoken(every) for text in texts.values() if "{" in text or not text.strip()]


def test_only_what_depends_on_the_variant_is_spoken_once_for_each(real):
    keys = [key for key, _ in spoken(real("cong-an-goi"))]
    assert "reo.say" in keys
    assert {"nghe.m1.doi-otp", "nghe.m1.nhac-can-cuoc"} <= set(keys)
    assert "nghe.say.doi-otp" not in keys


def test_on_arrival_everything_is_heard_and_after_a_mistake_only_what_helps(real):
    call = voiced(real("cong-an-goi"))
    state = replace(begin(call, "together", "alone"), screen="nghe")
    assert view(call, state).sounds == (
        "media/nghe.say.vi.mp3", "media/nghe.m1.doi-otp.vi.mp3", "media/nghe.lead.vi.mp3",
    )  # fmt: skip
    state, _ = apply(call, state, Choose(2))
    seen = view(call, replace(state, screen="nghe", place="caught"))
    assert seen.sounds == ("media/nghe.hint.vi.mp3",)


def test_every_sentence_that_is_shown_has_its_sound(every):
    every = voiced(every)
    for variant in every.variants:
        state = replace(begin(every, "together", "alone"), variant=variant.id)
        assert all(view(every, state).sounds)
        assert len(view(every, state).sounds) >= 1


def test_a_language_without_a_sound_is_heard_in_vietnamese(tiny):
    home = voiced(tiny("home"))
    assert sound(home, "nha.say", "en") == "media/nha.say.en.mp3"
    assert sound(home, "nha.say", "hmv") == "media/nha.say.vi.mp3"
    assert sound(home, "nha.c9", "en") == ""
