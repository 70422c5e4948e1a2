import pytest

from kiosk.errors import KioskError
from kiosk.narration import takes
from kiosk.narration.takes import Frame, Take
from kiosk.packs.village import sentence_id

TEXT = "Bấm vào dòng mua hàng."
ONE = Take(TEXT, "1" * 16, 2.0, "morning")
TWO = Take(TEXT, "2" * 16, 2.5, "noon")


def test_who_recorded_does_not_approve_in_the_same_sitting() -> None:
    frame = takes.record(Frame("blt"), ONE)
    with pytest.raises(KioskError, match="same sitting"):
        takes.approve(frame, ONE.id, "morning")
    approved = takes.approve(frame, ONE.id, "evening")
    assert [(take.approved, take.sitting) for take in approved.takes] == [(True, "")]


def test_the_old_voice_stays_until_the_new_one_is_approved() -> None:
    frame = takes.approve(takes.record(Frame("blt"), ONE), ONE.id, "evening")
    frame = takes.record(frame, TWO)
    assert [take.sound[0] for take in frame.approved] == ["1"]
    assert [take.sound[0] for take in takes.reject(frame, ONE.id).takes] == ["1"]
    assert [take.sound[0] for take in takes.approve(frame, ONE.id, "evening").takes] == ["2"]


def test_recording_again_replaces_what_waits_and_nothing_else() -> None:
    other = Take("Xong", "3" * 16, 1.0, "morning")
    frame = takes.record(takes.record(takes.record(Frame("blt"), ONE), other), TWO)
    assert sorted(take.sound[0] for take in frame.waiting) == ["2", "3"]


def test_what_does_not_wait_is_neither_approved_nor_rejected() -> None:
    with pytest.raises(KioskError, match="waits"):
        takes.approve(Frame("blt"), ONE.id, "evening")
    with pytest.raises(KioskError, match="waits"):
        takes.reject(Frame("blt"), ONE.id)


def test_another_village_fills_gaps_and_replaces_nothing() -> None:
    own = takes.approve(takes.record(Frame("blt", thanks=("Bà Ín",)), ONE), ONE.id, "evening")
    other = Take("Xong", "3" * 16, 1.0)
    merged, gained = takes.merge(own, (TWO, other), ("Ông Pâng", "Bà Ín"))
    assert gained == 1
    assert {take.text: take.sound[0] for take in merged.approved} == {TEXT: "1", "Xong": "3"}
    assert merged.thanks == ("Bà Ín", "Ông Pâng")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_what_is_no_name_is_not_thanked(name: str) -> None:
    with pytest.raises(KioskError, match="not a name"):
        takes.thank(Frame("blt"), name)


def test_a_sentence_is_known_by_its_words_alone() -> None:
    assert sentence_id("Bấm  XONG.") == sentence_id("bấm xong")
    assert sentence_id("Bấm xong") != sentence_id("Bam xong")
    assert sentence_id("Trả 30.000 đồng") != sentence_id("Trả 3.000 đồng")
