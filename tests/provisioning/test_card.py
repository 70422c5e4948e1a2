"""What lies where on a card."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from provisioning import card
from provisioning.card import MIB, Manifest


@given(st.integers(card.SMALLEST, 2_000_000_000_000))
def test_areas_for_data_lie_behind_the_system_and_apart_on_every_card(size: int) -> None:
    areas = card.room(size).areas
    assert len(areas) >= 2
    assert areas[0].start == card.SECOND.end
    assert areas[-1].end <= size
    assert all(one.end <= other.start for one, other in itertools.pairwise(areas))
    assert all(area.start % (4 * MIB) == 0 and area.size % (4 * MIB) == 0 for area in areas)


def test_the_next_area_is_another_and_after_the_last_comes_the_first() -> None:
    room = card.room(32_000_000_000)
    assert room.after(None) == room.areas[0]
    seen, area = [], None
    for _ in room.areas:
        area = room.after(area)
        seen.append(area)
    assert tuple(seen) == room.areas
    assert room.after(area) == room.areas[0]


def test_a_card_of_4_gb_holds_it_and_one_of_2_gb_is_too_small() -> None:
    assert card.room(4_000_000_000).areas
    with pytest.raises(KioskError, match=r"2\.0 GB nhỏ quá"):
        card.room(2_000_000_000)


def test_a_manifest_is_read_back_and_another_file_is_none() -> None:
    value = Manifest(
        "domdom-1", "trixie", "2026-11-22", touchscreen=False, models=("pi-3b",), size=1, sha256="0", packages=3
    )
    assert card.manifest(card.render(value), "x.json") == value
    with pytest.raises(KioskError, match=r"x\.json"):
        card.manifest("{}", "x.json")
