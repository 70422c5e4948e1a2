import msgspec
import pytest
from msgspec.structs import replace

from kiosk.codes import vietqr
from kiosk.pages import screen as shown
from kiosk.practice.engine import apply, begin
from kiosk.practice.state import Choose, Digit, Hint, State
from kiosk.practice.view import view
from kiosk.practice.walks import walk


def at(scenario, variant, stage="alone", **changes):
    return replace(begin(scenario, stage, "alone"), variant=variant, **changes)


def blocks(seen, kind):
    return [block for block in seen.blocks if isinstance(block, kind)]


def test_every_screen_on_every_right_way_can_be_shown(every):
    for variant in every.variants:
        state = State(every.id, variant.id, "together", "alone", every.start)
        steps = [view(every, state).step]
        for action in walk(every, variant.id):
            seen = view(every, state)
            assert seen.say
            assert seen.surface == every.screens[state.screen].surface
            assert "{" not in msgspec.json.encode((seen.say, seen.title, seen.address)).decode()
            state, _ = apply(every, state, action)
            steps.append(view(every, state).step)
        assert steps == sorted(steps)
        assert view(every, state).unaided is False


def test_the_twins_show_another_name_and_nothing_else(real):
    pay = real("tra-tien-qr")
    honest, trap = (view(pay, at(pay, name, screen="ten")) for name in ("rau-dung-ten", "rau-dan-de"))
    names = [blocks(seen, shown.Field)[1].value for seen in (honest, trap)]
    assert names == ["LO THI HOA", "PHAM QUOC TUAN"]
    assert blocks(honest, shown.Button) == blocks(trap, shown.Button)
    assert (honest.say, honest.title) == (trap.say, trap.title)


def test_a_number_of_a_choice_is_the_one_that_the_engine_takes(tiny):
    browser = tiny("browser")
    dialog = view(browser, at(browser, "gia")).layers[0]
    assert [(choice.number, choice.text) for choice in dialog.choices] == [(2, "Không cho phép"), (3, "Cho phép")]


def test_together_says_what_to_tap_and_alone_does_not(tiny):
    home = tiny("home")
    assert view(home, at(home, "mot", "together")).say == "Có thông báo ở trên cùng. Bấm vào thông báo."
    assert view(home, at(home, "mot")).say == "Có thông báo ở trên cùng."
    assert view(home, at(home, "mot"), "en").say == "There is a notification at the top."


def test_a_wrong_tap_says_why_then_a_hand_points_then_only_the_right_thing_is_left(tiny):
    home = tiny("home")
    state = at(home, "mot", "together")
    state, _ = apply(home, state, Choose(1))
    seen = view(home, state)
    assert (seen.note.kind, seen.note.text) == ("wrong", "Đây là máy ảnh.")
    assert not [tile for tile in blocks(seen, shown.Tiles)[0].tiles if tile.pointed]
    state, _ = apply(home, state, Choose(1))
    tiles = blocks(view(home, state), shown.Tiles)[0].tiles
    assert [(tile.number, tile.pointed) for tile in tiles] == [(1, False), (2, True)]
    state, _ = apply(home, state, Choose(1))
    seen = view(home, state)
    assert [tile.number for tile in blocks(seen, shown.Tiles)[0].tiles] == [0, 2]
    assert not seen.hints


def test_a_mistake_without_words_of_its_own_gets_one_of_the_catalogue(tiny):
    lock = tiny("lock")
    state, _ = apply(lock, at(lock, "mot"), Digit("9"))
    assert view(lock, state).note.word == "tap.look_at_card"
    state, _ = apply(lock, replace(state, last=0), Hint())
    state, _ = apply(lock, state, Hint())
    seen = view(lock, state)
    assert seen.note.word == "tap.point"
    assert blocks(seen, shown.Keypad)[0].key == "1"


@pytest.mark.parametrize(("variant", "n", "word"), [("gia", 1, "tap.caught"), ("that", 2, "tap.refused")])
def test_the_gentle_word_depends_on_the_twin(tiny, variant, n, word):
    store = tiny("store")
    state, _ = apply(store, at(store, variant), Choose(n))
    assert view(store, state).word == word


def test_a_consequence_and_the_gentle_word_stand_at_the_step_of_their_decision(real):
    call = real("cong-an-goi")
    state, steps = at(call, "doi-otp"), []
    for n in (2, 2, 1, 0):
        state, _ = apply(call, state, Choose(n))
        steps.append((state.screen, state.place, view(call, state).step))
    assert steps == [("nghe", "at", 2), ("mat-tien", "at", 2), ("mat-tien", "caught", 2), ("nghe", "at", 2)]


def test_a_payment_code_belongs_to_nobody_and_says_that_it_is_practice(tiny):
    paper = tiny("paper")
    (code,) = blocks(view(paper, at(paper, "mot")), shown.Qr)
    reading = vietqr.parse(code.code.removeprefix("code:"))
    assert reading.problems == ()
    assert (reading.transfer.bin, reading.transfer.account) == ("000000", "0000000000")
    assert (reading.transfer.amount, reading.transfer.purpose) == ("35000", "THUC HANH")


def test_pictures_of_the_pack_are_drawn_from_their_path_in_it(tiny):
    person = replace(tiny("person"), pictures={"person-buyer": "pictures/00.svg"})
    asked = []
    view(person, at(person, "du"), draw=lambda what, name, label: asked.append((what, name, label)) or "")
    assert ("picture", "pictures/00.svg", "Người mua") in asked
    assert ("picture", "app-bank", "Ngân hàng") in asked


def test_the_trust_sentence_belongs_to_the_entry_of_bank_and_papers(real):
    for name, wanted in (("tra-tien-qr", True), ("xuat-trinh-giay-to", True), ("cong-an-goi", False)):
        scenario = real(name)
        state = begin(scenario, "together", "alone")
        assert view(scenario, state).trust is wanted
        state, _ = apply(scenario, state, walk(scenario, scenario.teach)[0])
        assert not view(scenario, state).trust


def test_the_count_of_steps_does_not_tell_a_trap_from_its_twin(every):
    ways = {variant.id: _until_decision(every, variant.id) for variant in every.variants}
    for one in every.variants:
        for twin in every.variants:
            if one.pair and one.pair == twin.pair:
                assert ways[one.id] == ways[twin.id]


def _until_decision(scenario, variant):
    state, counts = at(scenario, variant), []
    for action in walk(scenario, variant):
        seen = view(scenario, state)
        counts.append((seen.step, seen.steps))
        if scenario.screens[state.screen].decision:
            break
        state, _ = apply(scenario, state, action)
    return counts
