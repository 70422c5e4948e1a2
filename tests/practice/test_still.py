import pytest
from msgspec.structs import replace

from kiosk.errors import KioskError
from kiosk.pages import screen as shown
from kiosk.practice.still import met, still


def hands(seen):
    """What the hand of a screen points at."""
    buttons = [block.choice for block in seen.blocks if isinstance(block, shown.Button)]
    return [choice.text for choice in buttons if choice.pointed]


def test_a_screen_is_shown_as_the_taught_way_first_comes_to_it_with_the_hand(real):
    seen = still(real("tra-tien-qr"), "ten")
    assert (seen.still, seen.surface, seen.title) == (True, "app", "Chuyển tiền")
    assert [block.value for block in seen.blocks if isinstance(block, shown.Field)] == ["Ngân hàng tập", "LO THI HOA"]
    assert hands(seen) == ["Tiếp tục"]


def test_on_keys_the_hand_is_at_the_first_digit_and_none_is_in(real):
    keypad = next(block for block in still(real("tra-tien-qr"), "so-tien").blocks if isinstance(block, shown.Keypad))
    assert (keypad.entered, keypad.key) == (0, "3")


def test_a_screen_that_only_another_variant_comes_to_is_shown_in_that(real):
    pay = real("tra-tien-qr")
    assert hands(still(pay, "hoi")) == ["Quét mã thật"]
    assert [*met(pay)][-1] == "hoi"


def test_a_scenario_that_leads_nowhere_shows_nothing(real):
    pay = real("tra-tien-qr")
    lost = replace(pay, screens={name: screen for name, screen in pay.screens.items() if name != "quet"})
    with pytest.raises(KioskError, match=r"the scenario tra-tien-qr cannot be shown: .*quet"):
        still(lost, "ten")


@pytest.mark.parametrize("name", ["mat-tien", "khong-co"])
def test_a_screen_to_which_only_mistakes_lead_is_refused(real, name):
    with pytest.raises(KioskError, match=f"no right way of cong-an-goi comes to the screen {name}") as wrong:
        still(real("cong-an-goi"), name)
    assert wrong.value.hint.startswith("show one of reo, nghe,")
