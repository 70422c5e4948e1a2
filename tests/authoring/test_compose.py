import re

import pytest

from kiosk.authoring import compose, described, parts, pictures


def drawn(*lines):
    return pictures.clean(compose.draw(described.read("\n".join(lines), "x")), "x").decode()


def moved(svg):
    """Where the groups of a picture begin, in order."""
    return [(float(x), float(y)) for x, y in re.findall(r'<g transform="translate\((\S+) (\S+?)\)', svg)]


def test_a_picture_is_320_x_200_and_the_same_every_time():
    lines = ("- ground: market", "- seller: {at: left, mood: glad}", "- hand-phone: {at: right, shows: qr}")
    once = drawn(*lines)
    assert once.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">')
    assert once == drawn(*lines)
    assert len(once) < pictures.MOST


@pytest.mark.parametrize(("word", "x"), [("left", 76), ("middle", 160), ("right", 244), ("top-left", 76)])
def test_a_word_says_where_a_part_stands(word, x):
    assert moved(drawn(f"- clock: {word}"))[0][0] == x


def test_x_and_y_are_the_middle_of_a_part():
    assert moved(drawn("- clock: {x: 100, y: 50}"))[0] == (100, 50)


def test_x_and_y_are_the_tip_of_a_pointing_hand():
    svg = drawn("- hand-point: {x: 100, y: 50}")
    assert 'transform="translate(100 50) scale(.92)"' in svg.replace("0.92", ".92")


def test_a_high_and_a_low_place_differ():
    high, low = moved(drawn("- clock: top"))[0][1], moved(drawn("- clock: bottom"))[0][1]
    assert high < 100 < low


def test_an_outline_keeps_its_width_when_a_part_grows():
    assert 'scale(2)" stroke-width="1.5"' in drawn("- tick: {scale: 1.6666667}")


def test_what_a_mirrored_phone_shows_stays_readable():
    svg = drawn("- hand-phone: {mirror: true, shows: qr}")
    assert len(re.findall(r"scale\(-", svg)) == 2


def test_a_mood_changes_the_face_only():
    worried, glad = drawn("- woman: {mood: worry}"), drawn("- woman: {mood: glad}")
    assert worried != glad
    assert parts.drawing("parts", "woman").body.split("><")[0] in worried


def test_a_person_s_arm_has_the_sleeve_of_the_person():
    assert 'color="#ffb59e"' in drawn("- woman: {does: waves}")
    assert 'color="#1d2b5a"' in drawn("- woman-elder: {holds: money}")


def test_several_icons_stand_two_and_two_on_a_phone():
    svg = drawn("- phone: {shows: [app-bank, app-chat, app-phone, app-vneid]}")
    places = moved(svg)[1:]
    assert len({x for x, _ in places}) == len({y for _, y in places}) == 2


def test_what_somebody_says_stands_towards_the_middle():
    left, right = moved(drawn("- woman: {at: left, says: money}")), moved(drawn("- woman: {at: right, says: money}"))
    assert left[0][0] < left[1][0]
    assert right[0][0] > right[1][0]


@pytest.mark.parametrize(("at", "mirrored"), [("left", False), ("right", True)])
def test_a_tapping_hand_comes_from_where_there_is_room(at, mirrored):
    svg = drawn(f"- phone: {{at: {at}, shows: keypad, tap: middle}}")
    assert ("scale(-" in svg) == mirrored


def test_a_phone_shows_the_screen_of_that_name_and_a_hand_the_thing():
    assert drawn("- phone: {shows: id-card}") != drawn("- phone")
    thing, screen = parts.drawing("parts", "id-card").box, parts.drawing("screens", "id-card").box
    assert thing != screen
    assert f"translate({-thing[0] - thing[2] / 2:g} {-thing[1] - thing[3] / 2:g})" in drawn(
        "- hand-give: {shows: id-card}"
    )


def test_a_tile_shows_less_with_thicker_outlines():
    tile = drawn("- frame: tile", "- ground: hills", "- woman: left")
    assert 'viewBox="40 4 240 192"' in tile
    assert '<g fill="none" stroke="#1d2440" stroke-width="5.4"' in tile
    assert moved(tile)[0][0] > moved(drawn("- woman: left"))[0][0]


def test_a_phone_in_a_hand_shows_screens_too():
    screen = parts.drawing("screens", "qr").middle
    assert f"translate({-screen[0]:g} {-screen[1]:g})" in drawn("- hand-phone: {shows: qr}")


def test_a_paper_that_shows_something_has_no_lines_behind_it():
    lines = "M12 24h22M12 36h36M12 48h36M12 60h24"
    assert lines in drawn("- paper")
    assert lines not in drawn("- paper: {shows: number}")


def test_a_finger_taps_below_an_icon_and_on_a_screen_s_own_button():
    def tip(shows, at):
        return float(re.findall(r'translate\(\S+ (\S+)\)"/>', drawn(f"- phone: {{shows: {shows}, tap: {at}}}"))[0])

    assert tip("app-bank", "middle") > tip("keypad", "middle")
    assert tip("[app-bank, app-chat, app-phone]", "top") > tip("keypad", "top")


def test_who_goes_on_below_the_picture_is_cut_where_somebody_thinks_of_them():
    svg = drawn("- woman: {at: left, thinks: [grandchild, grandchild]}")
    (mark,) = set(re.findall(r'<clipPath id="([^"]+)"', svg))
    assert svg.count(f'clip-path="url(#{mark})"') == 2
    assert "clipPath" not in drawn("- woman: {at: left, thinks: house}")
