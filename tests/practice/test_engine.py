import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from kiosk.practice.engine import LED, POINT, WORD, apply, begin, draw, level, pointed
from kiosk.practice.route import lengths, route
from kiosk.practice.state import (
    AttemptDone,
    Back,
    Choose,
    Digit,
    Erase,
    Help,
    Hint,
    State,
    StepDone,
    TrapMet,
    Whole,
    decode_state,
    encode_state,
    parse_action,
    print_action,
)
from kiosk.practice.walks import walk
from tests.support.scenarios import REAL, read


def run(scenario, state, *actions):
    """The state after all of them, and everything that came of it."""
    outcomes = []
    for action in actions:
        state, more = apply(scenario, state, action)
        outcomes += more
    return state, outcomes


def alone(scenario, variant, **changes):
    return replace(begin(scenario, "alone", "alone"), variant=variant, **changes)


def test_the_right_way_without_help_is_unaided(every):
    for variant in every.variants:
        state, outcomes = run(every, alone(every, variant.id), *walk(every, variant.id))
        assert state.place == "done"
        assert outcomes[-1] == AttemptDone("done", unaided=True, mistakes=0, hints=0, helps=0)


@pytest.mark.parametrize(
    "changes",
    [{"fresh": False}, {"setting": "class"}, {"stage": "together"}, {"helps": 1}, {"slips": 1}, {"hints": {"tin": 1}}],
)
def test_one_reason_is_enough_not_to_be_unaided(tiny, changes):
    sms = tiny("sms")
    _, outcomes = run(sms, alone(sms, "hen", **changes), *walk(sms, "hen"))
    assert not outcomes[-1].unaided


def test_a_wrong_tap_away_from_a_decision_leaves_it_unaided(tiny):
    home = tiny("home")
    state, outcomes = run(home, alone(home, "mot"), Choose(1), Choose(2))
    assert outcomes[0] == StepDone("nha", "wrong")
    assert outcomes[-1] == AttemptDone("done", unaided=True, mistakes=1, hints=0, helps=0)
    assert state.serial == 2


def test_several_answers_can_be_right(tiny):
    gallery = tiny("gallery")
    for n in (2, 3):
        assert run(gallery, alone(gallery, "mot"), Choose(n))[0].place == "done"


@pytest.mark.parametrize(
    ("variant", "n", "outcome", "place"),
    [("gia", 2, "escaped", "done"), ("gia", 1, "caught", "caught"), ("that", 1, "went_on", "done"),
     ("that", 2, "refused", "caught")],
)  # fmt: skip
def test_a_decision_is_counted_by_its_twin(tiny, variant, n, outcome, place):
    store = tiny("store")
    state, outcomes = run(store, alone(store, variant), Choose(n))
    twin = "trap" if variant == "gia" else "honest"
    assert TrapMet("cua-hang", twin, outcome) in outcomes
    assert state.place == place


def test_who_was_caught_comes_back_to_the_decision_and_only_the_first_answer_counts(tiny):
    store = tiny("store")
    state, outcomes = run(store, alone(store, "gia"), Choose(1), Choose(0))
    assert (state.place, state.screen) == ("at", "cua-hang")
    state, outcomes = run(store, alone(store, "gia"), Choose(1), Choose(0), Choose(2))
    assert [met.outcome for met in outcomes if isinstance(met, TrapMet)] == ["caught"]
    assert outcomes[-1] == AttemptDone("done", unaided=False, mistakes=1, hints=0, helps=0)


def test_a_consequence_is_shown_before_the_gentle_word_and_counts_nothing(tiny):
    browser = tiny("browser")
    state, _ = run(browser, alone(browser, "gia"), Choose(3))
    assert (state.screen, state.deciding, state.place) == ("hong", "trang", "at")
    state, more = run(browser, state, Choose(1))
    assert (state.place, more) == ("caught", [])
    state, _ = run(browser, state, Back())
    assert (state.screen, state.place, state.deciding, state.path) == ("trang", "at", "", ())


def test_the_phones_way_back_leaves_a_consequence_too(tiny):
    browser = tiny("browser")
    state, _ = run(browser, alone(browser, "gia"), Choose(3), Back())
    assert (state.screen, state.deciding) == ("trang", "")


def test_nothing_beneath_a_dialog_can_be_tapped(tiny):
    browser = tiny("browser")
    before = alone(browser, "that")
    assert apply(browser, before, Choose(1)) == (before, ())


def test_a_wrong_digit_is_refused_and_leaves_no_trace_of_itself(tiny):
    app = tiny("app")
    traces = set()
    for digit in "123456789":
        state, outcomes = run(app, alone(app, "mot"), Digit("0"), Digit(digit))
        assert state.entered == 1
        assert outcomes == [StepDone("so", "wrong")]
        traces.add(encode_state(state))
    assert len(traces) == 1


def test_a_digit_can_be_taken_back_but_not_before_the_first(tiny):
    app = tiny("app")
    state, _ = run(app, alone(app, "mot"), Digit("0"), Digit("0"), Erase())
    assert state.entered == 1
    before = alone(app, "mot")
    assert apply(app, before, Erase())[0] is before


def test_with_script_the_whole_number_goes_as_one_without_a_digit(tiny):
    app = tiny("app")
    one_by_one, _ = run(app, alone(app, "mot"), *map(Digit, "0000000001"))
    whole, outcomes = run(app, alone(app, "mot"), Whole(2))
    assert whole.screen == one_by_one.screen == "tien"
    assert [step.outcome for step in outcomes] == ["wrong", "wrong", "right"]


def test_a_ticked_box_lets_the_button_appear(tiny):
    app = tiny("app")
    before = alone(app, "mot", screen="dong-y")
    assert apply(app, before, Choose(2))[0] is before
    assert run(app, before, Choose(1), Choose(2))[0].screen == "het"


def test_in_together_each_mistake_brings_more_help_until_only_the_right_thing_answers(tiny):
    home = tiny("home")
    state = begin(home, "together", "alone")
    levels = [level(state)]
    for _ in range(3):
        state, _ = apply(home, state, Choose(1))
        levels.append(level(state))
    assert levels == [0, WORD, POINT, LED]
    assert pointed(home, state) == Choose(2)
    assert apply(home, state, Choose(1))[0] is state
    assert apply(home, state, Choose(2))[0].place == "done"


def test_who_is_led_through_a_number_can_press_only_the_next_key(tiny):
    lock = tiny("lock")
    state, _ = run(lock, begin(lock, "together", "alone"), Digit("9"), Digit("9"), Digit("9"))
    assert pointed(lock, state) == Digit("1")
    assert apply(lock, state, Digit("3"))[0] is state
    assert run(lock, state, *map(Digit, "1357"))[0].place == "done"
    assert run(lock, state, Whole())[0].place == "done"


def test_alone_no_mistake_brings_help_unasked(tiny):
    home = tiny("home")
    state, _ = run(home, alone(home, "mot"), *[Choose(1)] * 5)
    assert level(state) == 0
    assert pointed(home, state) is None
    state, outcomes = run(home, state, Hint(), Hint())
    assert (level(state), pointed(home, state)) == (POINT, Choose(2))
    assert outcomes == [StepDone("nha", "hint")] * 2


def test_a_call_for_help_fills_the_screen_and_lands_where_she_was(tiny):
    lock = tiny("lock")
    state, outcomes = run(lock, alone(lock, "mot"), Digit("1"), Help())
    assert (state.asking, outcomes) == (True, [StepDone("khoa", "help")])
    assert apply(lock, state, Help())[0] is state
    state, _ = run(lock, state, Back())
    assert (state.asking, state.entered, state.helps) == (False, 1, 1)


def test_after_the_end_nothing_happens(tiny):
    home = tiny("home")
    state, _ = run(home, alone(home, "mot"), Choose(2))
    for action in (Choose(1), Digit("1"), Erase(), Hint(), Help(), Back(), Whole()):
        assert apply(home, state, action) == (state, ())


def test_together_always_meets_the_teaching_variant(every):
    state = begin(every, "together", "alone", seen=[variant.id for variant in every.variants], seed=5)
    assert state.variant == every.teach
    assert not state.fresh


def test_unseen_variants_are_drawn_first_and_a_seed_decides(real):
    pay = real("tra-tien-qr")
    seen = []
    for seed in range(4):
        drawn = draw(pay, seen, seed)
        assert drawn == draw(pay, seen, seed)
        assert drawn.id not in seen
        seen.append(drawn.id)
    assert draw(pay, seen, 9).id != pay.teach


def test_traps_and_honest_twins_are_drawn_equally_often(real):
    pay = real("tra-tien-qr")
    drawn = [draw(pay, [pay.teach], seed).twin for seed in range(400)]
    assert 140 < drawn.count("trap") < 260


@pytest.mark.parametrize("text", ["c3", "d7", "w2", "erase", "hint", "help", "back"])
def test_an_action_is_read_back_as_it_was_written(text):
    assert print_action(parse_action(text)) == text


@pytest.mark.parametrize("text", ["", "c", "c-1", "c1000", "d12", "d", "d٣", "C3", "c3 ", "c3\n", "hint2", "x1", "0"])
def test_anything_else_is_no_action(text):
    assert parse_action(text) is None


ACTIONS = some.one_of(
    some.integers(0, 12).map(Choose),
    some.sampled_from("0123456789").map(Digit),
    some.integers(0, 999).map(Whole),
    some.sampled_from([Erase(), Hint(), Help(), Back()]),
)


@settings(max_examples=150, deadline=None)
@given(
    some.sampled_from(REAL), some.sampled_from(["together", "alone"]), some.integers(), some.lists(ACTIONS, max_size=60)
)
def test_whatever_is_tapped_the_state_stays_small_and_readable(path, stage, seed, actions):
    scenario = read(path)
    state = begin(scenario, stage, "touchscreen", seed=seed)
    for action in actions:
        after, outcomes = apply(scenario, state, action)
        assert after.serial == state.serial + (after != state)
        assert not outcomes or after != state
        state = after
        text = encode_state(state)
        assert len(text) <= 2048
        assert decode_state(text) == state


def test_no_state_on_any_way_holds_the_number_on_the_card(real):
    papers = real("xuat-trinh-giay-to")
    for variant in papers.variants:
        state = alone(papers, variant.id)
        for action in walk(papers, variant.id):
            state, _ = apply(papers, state, action)
            assert not any(part in encode_state(state) for part in ("246", "468", "681", "813"))


def test_the_length_of_each_variants_way_is_worked_out_once(real):
    scenario = real("tra-tien-qr")
    first = lengths(scenario)
    assert first == {one.id: len(route(scenario, State("x", one.id, "alone", "alone", scenario.start)))
                     for one in scenario.variants}  # fmt: skip
    assert lengths(scenario) is first
    other = replace(scenario, start="bien-lai")
    assert lengths(other) != first
    assert lengths(scenario) is first
