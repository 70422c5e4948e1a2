from kiosk.usage.presence import Count, Presence


def seen(presence, tokens, day=5, at=10):
    return [event for token in tokens if (event := presence.see(token, day, at))]


def test_a_station_counts_once_a_day():
    presence = Presence(Count(5))
    seen(presence, "aab")
    assert presence.count == Count(5, 2, 2)


def test_after_a_power_cut_the_count_is_a_range():
    presence = Presence(Count(5, 7, 7))
    seen(presence, "abc")
    assert presence.count == Count(5, 7, 10)


def test_another_day_closes_the_day_before_at_its_last_sight():
    presence = Presence(Count(5))
    seen(presence, "ab", at=40)
    (event,) = seen(presence, "c", day=6, at=99)
    assert (event.at, event.values) == (40, (2, 2, "phone"))
    assert presence.count == Count(6, 1, 1)


def test_the_same_count_is_told_once():
    presence = Presence(Count(5, 3, 3))
    assert presence.tell() is None
    seen(presence, "a")
    assert presence.tell().values[:2] == (3, 4)
    assert presence.tell() is None


def test_a_better_time_moves_the_day_and_keeps_who_was_seen():
    presence = Presence(Count(0))
    seen(presence, "ab", day=0)
    presence.shift(20_000)
    assert seen(presence, "b", day=20_000) == []
    assert presence.count == Count(20_000, 2, 2)


def test_nothing_seen_is_nothing_told():
    assert Presence(Count(5)).tell() is None
