import pytest

from kiosk.collector.figures.chance import Share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(81, 263, 0.255, 0.366), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0, 1)]
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    share = Share(part, whole)
    assert (round(share.low, 3), round(share.high, 3)) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))
