from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.collector.days import date_of, day_of
from kiosk.collector.figures import languages
from kiosk.collector.figures.languages import LEAST, cells
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle
from kiosk.events.batch import encode
from tests.collector.conftest import NOW, a_batch, view

DAY = 86_400


@given(st.dictionaries(st.sampled_from(["vi", "blt", "hmv", "ium", "mtq"]), st.integers(0, 30)))
def test_no_language_can_be_read_with_a_cell_smaller_than_five(counts: dict[str, int]) -> None:
    shown = dict(cells(counts))
    apart = {lang: many for lang, many in counts.items() if many and lang not in shown}
    assert all(many >= LEAST for many in shown.values())
    assert all(counts[lang] == many for lang, many in shown.items() if lang)
    if shown:
        assert sum(shown.values()) == sum(counts.values())
        assert not apart or len(apart) >= 2


def test_small_cells_stand_together_and_take_the_next_with_them() -> None:
    assert cells({"vi": 40, "blt": 12, "hmv": 3, "ium": 1}) == (("vi", 40), ("", 16))
    assert cells({"vi": 40, "hmv": 3}) == (("", 43),)
    assert cells({"hmv": 3}) == ()
    assert cells({"vi": 40, "blt": 5}) == (("vi", 40), ("blt", 5))
    assert cells({}) == ()


def test_a_month_is_shown_once_it_is_over(province: Province, token: str) -> None:
    today = date_of(day_of(NOW))
    batch = a_batch(1, 9, offset=NOW - today.day * DAY)
    ingest(province, "ban-ho", encode(batch), NOW)
    ingest(province, "ban-ho", encode(replace(batch, epoch="ab" * 8, offset=replace(batch.offset, seconds=NOW - 99),
                                              events=((1, view(1, "hmv")),))), NOW)  # fmt: skip
    settle(province)
    assert languages.villages(province, NOW) == {"ban-ho": (("vi", 9),)}
