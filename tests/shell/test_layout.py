import pytest

from kiosk.shell.layout import layout

SIZES = [(800, 480), (1024, 600), (1280, 800), (1920, 1080), (480, 800), (600, 1024), (800, 1280), (1080, 1920)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_screen_shows_about_the_same_page(width: int, height: int) -> None:
    place = layout(width, height)
    assert place.top == 0
    seen = width / place.zoom, height / place.zoom
    if width > height:
        assert 799 <= seen[0] <= 980
        assert 479 <= seen[1] <= 560
    else:
        assert 479 <= seen[0] <= 525
        assert seen[1] >= 799


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (800, 1280), (1080, 1920)])
def test_the_low_mode_leaves_the_upper_part_free(width: int, height: int) -> None:
    place = layout(width, height, low=True)
    assert 0.4 < place.top / height < 0.45
    assert (height - place.top) / place.zoom >= 479


def test_a_small_screen_has_nothing_to_bring_down() -> None:
    assert layout(800, 480, low=True) == layout(800, 480)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (16, 9000), (9000, 16), (0, 0)])
def test_no_screen_is_too_odd(width: int, height: int) -> None:
    assert layout(width, height, low=True).zoom > 0
