"""An image onto a card."""

import itertools
from collections.abc import Iterator

import pytest

from kiosk.errors import KioskError
from provisioning.card import MIB, room
from provisioning.flash.fat import Patch
from provisioning.flash.progress import Progress, Stage
from provisioning.flash.target import BLOCK
from provisioning.flash.write import patched, write
from tests.provisioning.flash.fake_card import Card, Deaf, Smaller, Torn, Worn

SIZE = 12 * MIB
IMAGE = b"".join(number.to_bytes(4, "big") * (BLOCK // 4) for number in range(SIZE // BLOCK))
NONCE = bytes(16)


def _read(offset: int, size: int) -> bytes:
    return IMAGE[offset : offset + size]


def _write(card: Card, *patches: Patch) -> Iterator[Progress]:
    ticks = itertools.count(1.0)
    return write(_read, SIZE, card, patches=patches, nonce=NONCE, clock=lambda: next(ticks))


def test_the_card_holds_the_image_with_what_is_its_own() -> None:
    card = Card()
    list(_write(card, Patch(5 * MIB - 3, b"na-huong")))
    held = card.read(0, SIZE)
    assert held[: 5 * MIB - 3] == IMAGE[: 5 * MIB - 3]
    assert held[5 * MIB - 3 : 5 * MIB + 5] == b"na-huong"
    assert held[5 * MIB + 5 :] == IMAGE[5 * MIB + 5 :]


def test_the_first_sector_comes_last_so_that_nothing_starts_from_half_a_card() -> None:
    card = Card()
    for progress in _write(card):
        if progress.stage is Stage.WRITE and progress.done < SIZE:
            assert card.read(0, BLOCK)[:512] == b"\0" * 512
    assert card.log[-1] == 0
    assert card.read(0, BLOCK) == IMAGE[:BLOCK]


def test_progress_counts_up_in_every_stage_and_tells_speed_and_time_left() -> None:
    seen = list(_write(Card()))
    assert [progress.stage for progress in seen] == [Stage.TRY, *[Stage.WRITE] * 3, *[Stage.VERIFY] * 3, Stage.DONE]
    assert [progress.done for progress in seen if progress.stage is Stage.WRITE] == [4 * MIB, 8 * MIB, 12 * MIB]
    assert seen[1].speed == 4 * MIB
    assert seen[1].left == 2.0
    assert str(seen[1]) == "ghi 33%, 4.2 MB/s, còn 2 giây"


def test_what_an_earlier_life_left_where_data_goes_is_wiped() -> None:
    card = Card(old=b"\xee" * BLOCK)
    list(_write(card))
    for area in room(card.size).areas:
        assert card.read(area.start, MIB) == b"\0" * MIB


def test_no_mark_of_the_trial_is_left_on_the_card() -> None:
    card = Card()
    list(_write(card))
    behind = [block for number, block in card.blocks.items() if number * BLOCK >= SIZE]
    assert behind
    assert all(block == b"\0" * BLOCK for block in behind)


@pytest.mark.parametrize("card", [Deaf(), Deaf(old=IMAGE[:BLOCK]), Smaller()], ids=["deaf", "deaf, used", "smaller"])
def test_a_card_that_keeps_nothing_or_lies_about_its_size_is_told_before_the_long_write(card: Card) -> None:
    with pytest.raises(KioskError, match="không giữ"):
        list(_write(card))
    assert len(card.log) <= 64


def test_a_card_that_forgets_a_block_is_found_by_reading_back() -> None:
    with pytest.raises(KioskError, match="MB thứ 8"):
        list(_write(Worn()))


def test_a_card_torn_out_half_way_has_no_partitions() -> None:
    card = Torn(after=66)
    with pytest.raises(OSError, match="Input/output"):
        list(_write(card))
    assert card.block(0)[510:512] != b"\x55\xaa"


def test_a_patch_falls_into_every_piece_that_it_touches() -> None:
    patch = Patch(3, b"abcd")
    assert patched(b"....", 0, [patch]) == b"...a"
    assert patched(b"....", 4, [patch]) == b"bcd."
    assert patched(b"....", 8, [patch]) == b"...."
