import pytest

from kiosk.collector.people import audit, person, sessions
from kiosk.collector.people.person import Person, Role
from kiosk.collector.province import Province
from kiosk.errors import KioskError
from tests.collector.conftest import NOW

LAN = Person("lan.nv", Role.PROVINCE)


def test_a_cookie_lasts_half_a_day_or_two_hours_without_a_page(province: Province) -> None:
    password = person.add(province, LAN, NOW)
    cookie = sessions.enter(province, " Lan.NV ", password, NOW)
    assert sessions.whose(province, cookie, NOW + 7000) == LAN
    assert sessions.whose(province, cookie, NOW + 14_000) == LAN
    assert sessions.whose(province, cookie, NOW + 14_000 + 7201) is None
    for hour in range(1, 12):
        sessions.whose(province, cookie, NOW + hour * 3600)
    assert sessions.whose(province, cookie, NOW + 12 * 3600 + 1) is None
    assert sessions.whose(province, "guessed", NOW) is None


def test_leaving_a_new_password_and_being_removed_each_end_it(province: Province) -> None:
    password = person.add(province, LAN, NOW)
    cookie = sessions.enter(province, "lan.nv", password, NOW)
    sessions.leave(province, cookie)
    assert sessions.whose(province, cookie, NOW) is None
    cookie = sessions.enter(province, "lan.nv", password, NOW)
    newer = person.add(province, LAN, NOW)
    assert sessions.whose(province, cookie, NOW) is None
    cookie = sessions.enter(province, "lan.nv", newer, NOW)
    assert person.remove(province, "lan.nv")
    assert sessions.whose(province, cookie, NOW) is None
    assert not person.remove(province, "lan.nv")


@pytest.mark.parametrize("login", ["lan.nv", "nobody", "' OR 1=1 --", "\0"[:0] + "x" * 500])
def test_after_five_failures_even_the_right_password_waits_and_longer_each_time(province: Province, login: str) -> None:
    password = person.add(province, LAN, NOW)
    for _ in range(5):
        with pytest.raises(sessions.NotLetInError) as wrong:
            sessions.enter(province, login, "guess", NOW)
        assert wrong.value.wait == 0
    with pytest.raises(sessions.NotLetInError) as soon:
        sessions.enter(province, login, password, NOW + 1)
    assert soon.value.wait == 14
    with pytest.raises(sessions.NotLetInError):
        sessions.enter(province, login, "guess", NOW + 15)
    with pytest.raises(sessions.NotLetInError) as longer:
        sessions.enter(province, login, password, NOW + 16)
    assert longer.value.wait == 29
    if login == "lan.nv":
        sessions.enter(province, login, password, NOW + 60)
    lines = [(line.login, line.outcome) for line in audit.read(province)]
    assert ("lan.nv" if login == "lan.nv" else "?", "wrong") in lines
    assert all(known in ("lan.nv", "?") for known, _ in lines)


def test_no_password_and_no_cookie_is_kept(province: Province) -> None:
    password = person.add(province, LAN, NOW)
    cookie = sessions.enter(province, "lan.nv", password, NOW)
    held = str([province.rows(f"SELECT * FROM {name}") for name in ("person", "session", "audit", "knock")])
    assert "$argon2id$" in held
    assert password not in held
    assert cookie not in held


@pytest.mark.parametrize(
    ("who", "password"),
    [
        (Person("Lan", Role.PROVINCE), ""),
        (Person("a" * 61, Role.PROVINCE), ""),
        (Person("lan", Role.COMMUNE), ""),
        (Person("lan", Role.PROVINCE, "Bản Bo"), ""),
        (Person("lan", Role.PROVINCE), "short"),
    ],
)
def test_who_cannot_be_is_refused(province: Province, who: Person, password: str) -> None:
    with pytest.raises(KioskError):
        person.add(province, who, NOW, password)
    assert person.everybody(province) == []


def test_the_audit_forgets_after_two_years(province: Province) -> None:
    audit.write(province, LAN, "see", "/", NOW - 800 * 86_400)
    audit.write(province, LAN, "see", "/boxes", NOW)
    audit.forget(province, NOW)
    assert [line.what for line in audit.read(province)] == ["/boxes"]
