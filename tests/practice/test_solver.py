import pytest

from kiosk.errors import KioskError
from kiosk.practice.engine import apply, begin
from kiosk.practice.graph import explore
from kiosk.practice.scenario import from_builtins
from kiosk.practice.solver import judge, prove
from kiosk.practice.state import Choose, Digit, Hint
from kiosk.practice.walks import walk, walk_with_mistakes
from tests.support.wrong import changed, told

CASES = told("cases")["cases"]


def right():
    return from_builtins(changed("cases", {}), "thu.yaml")


def test_every_scenario_there_is_can_be_practised(every):
    assert judge(every) == []


def test_the_scenario_that_the_wrong_ones_are_made_from_is_right():
    assert judge(right()) == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_solver_finds(case):
    findings = judge(from_builtins(changed("cases", case), "thu.yaml"))
    said = [finding.what for finding in findings]
    assert any(case["says"] in what for what in said), said
    assert all(finding.area == "scenario thu" and finding.remedy and "\n" not in finding.what for finding in findings)


def test_what_is_wrong_in_several_variants_is_said_once():
    scenario = changed("cases", {"set": {"screens.het.blocks": []}})
    said = [finding.what for finding in judge(from_builtins(scenario, "thu.yaml"))]
    assert said.count("screen het has no right way to the end") == 1
    assert not [what for what in said if "het" in what and "variant" in what]


def test_a_scenario_of_no_pack_may_be_as_short_as_it_likes(tiny):
    home = tiny("home")
    assert judge(home) == []
    assert [finding.what for finding in judge(home, packed=True)][:2] == [
        "no sources", "1 variants; a scenario has at least 3",
    ]  # fmt: skip


def test_a_wrong_scenario_is_refused_in_one_line():
    with pytest.raises(KioskError, match=r"^scenario thu: teach names xa, .* — name one of that, gia$"):
        prove(from_builtins(changed("cases", {"set": {"teach": "xa"}}), "thu.yaml"))


def test_the_walk_ends_and_every_step_of_it_counts(every):
    for variant in every.variants:
        state = begin(every, "alone", "test")
        state = type(state)(every.id, variant.id, "alone", "test", every.start)
        for action in walk(every, variant.id):
            after, _ = apply(every, state, action)
            assert after != state
            state = after
        assert state.place == "done"


def test_the_walk_with_mistakes_meets_every_wrong_tap_and_still_ends(real):
    for name in ("tra-tien-qr", "xuat-trinh-giay-to", "cong-an-goi"):
        scenario = real(name)
        for variant in scenario.variants:
            actions = walk_with_mistakes(scenario, variant.id)
            state = type(begin(scenario, "alone", "test"))(scenario.id, variant.id, "alone", "test", scenario.start)
            places = set()
            for action in actions:
                state, _ = apply(scenario, state, action)
                places.add(state.place)
            assert places == {"at", "caught", "done"}
            assert {type(action) for action in actions} >= {Choose, Digit, Hint} or name == "cong-an-goi"


def test_every_screen_of_the_three_paths_is_met_by_somebody(real):
    for name in ("tra-tien-qr", "xuat-trinh-giay-to", "cong-an-goi"):
        scenario = real(name)
        met = {state.screen for variant in scenario.variants for state in explore(scenario, variant.id).states.values()}
        assert met == set(scenario.screens)
        assert len(scenario.variants) >= 3
