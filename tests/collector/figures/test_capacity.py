"""What is said of skills, of use and of a league, from events whose counts are known."""

from dataclasses import replace

from kiosk.collector import places, sounds, tokens
from kiosk.collector.figures import league, skills, use
from kiosk.collector.figures.boxes import boxes
from kiosk.collector.figures.league import Verdict
from kiosk.collector.figures.scope import Scope
from kiosk.collector.ingest import ingest
from kiosk.collector.places import Place
from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle
from kiosk.events.batch import encode
from kiosk.events.event import Event, make
from tests.collector.conftest import NOW, a_batch


def _take(province: Province, site: str, *events: Event, device: str = "ab" * 16) -> None:
    batch = replace(a_batch(1, 1), device=device, events=tuple(enumerate(events, 1)))
    ingest(province, site, encode(batch), NOW)


def _place(province: Province, *sites: str) -> None:
    places.learn(province, [Place(site, site, site[:1], None, None) for site in sites])


def _check(result: str, setting: str = "staff") -> Event:
    return make("check", 5, skill="tra-tien-qr", result=result, variant="v", setting=setting)


def test_a_league_ranks_only_watched_checks_and_sets_the_uncertain_apart(province: Province) -> None:
    _place(province, "a1", "a2", "b1", "b2")
    able, not_yet = _check("done"), _check("not_yet")
    attempt = make("attempt", 9, scenario="p/s", variant="v", stage="alone", setting="alone", outcome="done",
                   unaided=True, mistakes=0, hints=0, helps=0, seconds=1)  # fmt: skip
    _take(province, "a1", *[able] * 58, *[not_yet] * 2)
    _take(province, "a2", *[able] * 20, *[not_yet] * 40, *[attempt] * 500, *[_check("done", "test")] * 99)
    _take(province, "b1", *[able] * 39, *[not_yet] * 21)
    _take(province, "b2", *[able] * 4)
    settle(province)
    found = league.villages(province, NOW)
    assert (found.whole.part, found.whole.whole) == (121, 184)
    assert [(one.id, one.verdict) for one in found.ranked] == [
        ("a1", Verdict.ABOVE), ("b1", Verdict.LIKE), ("a2", Verdict.BELOW),
    ]  # fmt: skip
    assert [one.id for one in found.uncertain] == ["b2"]
    assert [one.id for one in league.villages(province, NOW, "b").ranked] == ["b1"]
    assert {one.id: one.share.whole for one in league.communes(province, NOW).ranked} == {"a": 120, "b": 64}


def test_totals_follow_a_village_that_changes_its_commune(province: Province) -> None:
    _place(province, "a1", "a2")
    for site in ("a1", "a2"):
        _take(province, site, *[_check("done")] * 30)
    settle(province)
    places.learn(province, [Place("a2", "Bản Hai", "z", None, None)])
    settle(province)
    assert {one.id: one.share.whole for one in league.communes(province, NOW).ranked} == {"a": 30, "z": 30}


def test_a_skill_counts_what_its_scenarios_and_topics_say(province: Province) -> None:
    _place(province, "a1")
    made = {"variant": "v", "stage": "alone", "setting": "alone", "outcome": "done", "mistakes": 0, "hints": 0,
            "helps": 0, "seconds": 1}  # fmt: skip
    _take(
        province, "a1", make("attempt", 1, scenario="p/tra-tien-qr", unaided=True, **made),
        make("attempt", 2, scenario="p/moi", unaided=False, **made),
        make("attempt", 3, scenario="p/la", unaided=True, **made),
        make("trap", 4, scenario="p/hoi-otp", variant="v", twin="trap", setting="alone", outcome="escaped"),
    )  # fmt: skip
    settle(province)
    for scope in (Scope(), Scope("a"), Scope(site="a1")):
        found = {one.id: one for one in skills.skills(province, scope, NOW, {"p/moi": "mua-sam"})}
        assert list(found) == ["public-services", "payment", "shopping", "protection", "local-platforms"]
        assert (found["payment"].lately().part, found["payment"].attempts) == (1, 1)
        assert (found["shopping"].lately().part, found["shopping"].lately().whole) == (0, 1)
        assert (found["protection"].escaped, found["protection"].traps) == (1, 1)


def test_visitors_are_a_range_whose_last_word_of_the_day_holds_and_sound_is_minutes(province: Province) -> None:
    tokens.issue(province, "a1", "Bản Một", NOW)
    sounds.learn(province, {"ab" * 8: 90_000})
    _take(
        province, "a1",
        make("stations", 10, least=3, most=3, where="phone"), make("stations", 60, least=5, most=8, where="phone"),
        make("stations", 70, least=1, most=1, where="touchscreen"),
        *[make("play", 20, sound="ab" * 8, where="phone")] * 4, make("play", 30, sound="cd" * 8, where="phone"),
    )  # fmt: skip
    settle(province)
    month = use.use(province, Scope(), NOW)[-1]
    assert (month.least, month.most) == (6, 9)
    assert (month.plays, month.minutes, month.unmeasured) == (5, 6, 1)


def test_a_box_says_the_worst_of_its_days_and_what_to_do(province: Province) -> None:
    _place(province, "a1", "b1")
    values = {"memory_mib": 300, "signal_dbm": -60, "uptime_hours": 1, "version": "0.1.0"}
    _take(
        province, "a1", make("health", 1, celsius=50, throttled=0, disk_free_mib=9000, stations=2, refused=0, **values),
        make("health", 2, celsius=84, throttled=0x50005, disk_free_mib=100, stations=7, refused=25, card_errors=3,
             **values),
    )  # fmt: skip
    _take(province, "b1", make("health", 1, **values), device="cd" * 16)
    settle(province)
    sick, well = boxes(province, NOW)
    assert (sick.celsius, sick.disk, sick.stations, sick.refused) == (84, 100, 7, 25)
    assert sick.amiss == ("hot", "lowvolts", "disk", "card", "refused")
    assert (well.celsius, well.memory, well.amiss) == (None, 300, ())
