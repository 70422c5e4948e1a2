from dataclasses import replace

import pytest

from kiosk.shell.visit import Do, Pace, Phase, Seen, Visit, patience, remaining, step

PACE = Pace(idle=90, practice=180, countdown=15)
ATTRACT, HOME, TAP, DONE = "/touch/attract.vi.html", "/", "/tap/x/1/2", "/done.vi.html"


def seen(now: float, path: str = HOME, **more: float) -> Seen:
    values = {"touched": 0.0, "sounded": 0.0, "answered": now} | more
    return Seen(now=now, path=path, **values)


def using(now: float = 0) -> Visit:
    return Visit(Phase.USING, now)


def test_nobody_is_let_in_before_the_last_visit_is_forgotten() -> None:
    leaving = Visit(Phase.LEAVING, 0)
    assert step(leaving, replace(seen(1, ATTRACT), forgotten=False), PACE) == (leaving, Do.NOTHING)
    assert step(leaving, seen(1, ""), PACE) == (leaving, Do.NOTHING)
    assert step(leaving, seen(1, HOME), PACE) == (Visit(Phase.ATTRACT, 1), Do.NOTHING)  # touched within one round
    assert step(leaving, seen(1, ATTRACT), PACE) == (Visit(Phase.ATTRACT, 1), Do.NOTHING)


def test_a_touch_that_leaves_the_attract_screen_begins_a_visit() -> None:
    assert step(Visit(Phase.ATTRACT, 0), seen(5, HOME), PACE) == (using(5), Do.NOTHING)


def test_it_invites_now_and_then_but_not_at_silent_hours() -> None:
    waiting = Visit(Phase.ATTRACT, 0)
    assert step(waiting, seen(59, ATTRACT), PACE) == (waiting, Do.NOTHING)
    assert step(waiting, seen(61, ATTRACT), PACE) == (Visit(Phase.ATTRACT, 61), Do.INVITE)
    assert step(waiting, replace(seen(61, ATTRACT), quiet=True), PACE) == (waiting, Do.NOTHING)


@pytest.mark.parametrize(("path", "seconds"), [(HOME, 90), (TAP, 180), ("/staff", 180), ("/staff/status", 180),
                                               (DONE, 8), ("/bai/tap/x.vi.html", 90)])  # fmt: skip
def test_a_page_is_left_alone_for_a_while(path: str, seconds: float) -> None:
    assert patience(path, PACE) == seconds


def test_after_the_last_touch_or_sound_it_asks() -> None:
    assert step(using(), seen(89.9), PACE) == (using(), Do.NOTHING)
    assert step(using(), seen(90), PACE) == (Visit(Phase.ASKING, 90), Do.ASK)
    assert step(using(), seen(120, touched=20, sounded=40), PACE) == (using(), Do.NOTHING)
    assert step(using(), seen(130, touched=20, sounded=40), PACE) == (Visit(Phase.ASKING, 130), Do.ASK)
    assert step(using(), seen(90, TAP), PACE) == (using(), Do.NOTHING)


def test_a_sound_that_never_ends_keeps_nobody_there_for_ever() -> None:
    assert step(using(), seen(389.9, sounded=389.9), PACE) == (using(), Do.NOTHING)
    assert step(using(), seen(390, sounded=390), PACE) == (Visit(Phase.ASKING, 390), Do.ASK)
    assert step(using(), seen(600, touched=300, sounded=600), PACE) == (using(), Do.NOTHING)
    assert step(using(), seen(690, touched=300, sounded=690), PACE) == (Visit(Phase.ASKING, 690), Do.ASK)


def test_a_touch_while_it_asks_goes_on() -> None:
    asking = Visit(Phase.ASKING, 90)
    assert step(asking, seen(95, touched=94), PACE) == (using(95), Do.GO_ON)
    assert step(asking, seen(95, sounded=94), PACE) == (asking, Do.ASK)  # its own question


def test_nobody_answers_and_the_visit_ends() -> None:
    asking = Visit(Phase.ASKING, 90)
    assert step(asking, seen(104.9), PACE) == (asking, Do.ASK)
    assert step(asking, seen(105), PACE) == (Visit(Phase.LEAVING, 105), Do.END)
    assert [remaining(asking, seen(now), PACE) for now in (90, 97.6, 105, 200)] == [15, 7, 0, 0]


def test_behind_xong_it_ends_soon_and_asks_nobody() -> None:
    assert step(using(), seen(7, DONE), PACE) == (using(), Do.NOTHING)
    assert step(using(), seen(8, DONE), PACE) == (Visit(Phase.LEAVING, 8), Do.END)
    assert step(using(), seen(8, DONE, sounded=5), PACE) == (using(), Do.NOTHING)


def test_whoever_goes_to_the_attract_screen_has_ended() -> None:
    assert step(using(), seen(5, ATTRACT), PACE) == (Visit(Phase.LEAVING, 5), Do.END)


@pytest.mark.parametrize("phase", [Phase.ATTRACT, Phase.USING, Phase.ASKING])
def test_a_page_that_says_nothing_is_given_up(phase: Phase) -> None:
    at = Visit(phase, 90)
    path = ATTRACT if phase is Phase.ATTRACT else HOME
    assert step(at, seen(100, path, answered=89.9), PACE) == (Visit(Phase.LEAVING, 100), Do.END)
    assert step(at, seen(100, path, answered=91, touched=91, sounded=91), PACE)[1] is not Do.END


def test_while_the_server_is_away_nobody_is_asked() -> None:
    assert step(using(), seen(50, ""), PACE) == (using(), Do.NOTHING)
    assert step(using(), seen(90, ""), PACE) == (Visit(Phase.LEAVING, 90), Do.END)
    assert step(Visit(Phase.ATTRACT, 0), seen(500, ""), PACE) == (Visit(Phase.ATTRACT, 0), Do.NOTHING)
