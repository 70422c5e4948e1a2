"""A province that nobody lives in: villages with places, habits and skills, and what their boxes would send of a year.

Everything follows from a seed. What is sent are real batches of real events; only who made them is invented.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, hypot, sin

from kiosk.collector.places import Place
from kiosk.collector.titles import Titles
from kiosk.events.batch import Batch
from kiosk.events.epochs import Offset, Quality
from kiosk.events.event import Event, make

DAY = 86_400
_FIRST = ["Nà", "Huổi", "Pa", "Nậm", "Phiêng", "Bản", "Tà", "Chiềng", "Pu", "Lùng", "Sìn", "Mường", "Khun", "Pắc"]
_SECOND = ["Lốc", "Hán", "Tấu", "Khoang", "Sang", "Mít", "Đon", "Thẳm", "Cát", "Luông", "Pho", "Vàng", "Bung", "Kẹm",
           "Hin", "Ngòi", "Củng", "Than", "Xôm", "Lả"]  # fmt: skip
_NORTH, _EAST, _WIDE = 22.35, 103.15, 0.62  # degrees
_OF_A_COMMUNE = 14
_TONGUES = ["vi", "blt", "hmv", "ium"]
# unaided: a year ago, now
_RISING = {"tra-tien": (0.34, 0.62), "giay-to": (0.18, 0.41), "nguoi-la": (0.27, 0.55), "bai-khac": (0.3, 0.58)}
_WALK = [
    "nha", "hoi", "quay", "cuoc-goi", "ngan-hang", "quet", "ten", "so-tien", "noi-dung", "xem-lai", "pin", "bien-lai",
]  # fmt: skip
_OLD, _NEW = "0.1.0", "0.1.1"


@dataclass(frozen=True, slots=True)
class Village:
    """A village: where it is, how often it is heard, since when it is silent (days), how busy and how able it is."""

    number: int
    place: Place
    every: int
    silent: int
    busy: float
    able: float


def invent(many: int, seed: int = 7) -> list[Village]:
    """So many villages in communes of about fourteen."""
    chance = random.Random(seed)
    points = _spread(chance, many)
    seats = chance.sample(points, max(1, many // _OF_A_COMMUNE))
    names = _names(chance, len(seats))
    able = {name: chance.gauss(0, 0.07) for name in names}
    found = []
    for number, (x, y) in enumerate(points):
        commune = names[min(range(len(seats)), key=lambda seat: hypot(seats[seat][0] - x, seats[seat][1] - y))]
        where = Place(
            f"ban-{number}", f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}", commune,
            round((_NORTH + y * _WIDE * 1.0) * 1e6), round((_EAST + x * _WIDE) * 1e6),
        )  # fmt: skip
        every = chance.choices([1, 2, 7, 28], [55, 27, 16, 2])[0]
        quiet = chance.choices([0, chance.randint(5, 13), chance.randint(20, 90)], [93, 4, 3])[0]
        found.append(Village(number, where, every, quiet, chance.lognormvariate(0, 0.5), able[commune]))
    return found


def _spread(chance: random.Random, many: int) -> list[tuple[float, float]]:
    """Points on a crooked land, as far from each other as villages are: many in valleys, few on heights."""
    waves = [(wave, chance.uniform(0, 6.3), 0.34 / wave) for wave in range(2, 7)]

    def inside(x: float, y: float) -> bool:
        turn = atan2(y, x)
        return hypot(x, y * 0.82) < 0.7 + 0.5 * sum(deep * sin(wave * turn + shift) for wave, shift, deep in waves)

    gap, found = 1.75 / many**0.5, []
    while len(found) < many:
        found = []
        rows = int(1.6 / gap)
        for row in range(-rows, rows + 1):
            for column in range(-rows, rows + 1):
                x = (column + (row % 2) / 2) * gap + chance.gauss(0, gap * 0.24)
                y = row * gap * 0.866 + chance.gauss(0, gap * 0.24)
                valley = 0.5 + 0.5 * sin(5 * x + 2 * cos(4 * y)) * cos(4 * y - x)
                if inside(x, y) and chance.random() < 0.45 + 0.55 * valley:
                    found.append((x, y))
        gap *= 0.97
    chance.shuffle(found)
    return found[:many]


def _names(chance: random.Random, many: int) -> list[str]:
    every = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    chance.shuffle(every)
    return [every[n] if n < len(every) else f"{every[n % len(every)]} {n // len(every) + 1}" for n in range(many)]


def year(village: Village, titles: Titles, now: int, days: int, every: int = 28) -> Iterator[tuple[int, Batch]]:
    """What a village's box sends of its last days, and when: a stretch of so many days in one start."""
    chance = random.Random(village.number)
    last = now - village.silent * DAY
    for back in range(days, 0, -every):
        begin = now - back * DAY
        events = list(_stretch(village, titles, chance, begin, min(last, begin + every * DAY), 1 - back / days))
        if events:
            offset = Offset(begin, Quality.SYNCED, 1)
            batch = Batch(f"{village.number + 1:032x}", f"{back:016x}", offset, _NEW if village.number % 9 else _OLD)
            numbered = tuple(enumerate(sorted(events, key=lambda event: event.at), 1))
            yield min(last, begin + every * DAY), replace(batch, events=numbered)


def words(village: Village, now: int, days: int) -> Iterator[int]:
    """The moments at which it was heard, though it had nothing new to say."""
    for back in range(days, village.silent - 1, -village.every):
        yield now - back * DAY


def _stretch(
    village: Village, titles: Titles, chance: random.Random, begin: int, end: int, grown: float
) -> Iterator[Event]:
    paths = sorted(titles.topics)
    sounds = sorted(titles.sounds)
    for day in range(max(0, (end - begin) // DAY)):
        at = day * DAY + chance.randint(1000, 30_000)
        weekday = (begin // DAY + day) % 7
        season = 1 + 0.35 * sin((begin + day * DAY) / DAY / 58) + 0.5 * grown
        people = round(chance.expovariate(1 / (0.2 * village.busy * season * (1.8 if weekday in (2, 5) else 1))))
        if people:
            least = max(1, people - (chance.random() < 0.15))
            yield make("stations", at + 3000, least=least, most=people, where="phone")
        for _ in range(people):
            at += chance.randint(60, 900)
            yield from _visit(village, titles, chance, chance.choice(paths), sounds, at, grown)
        if day % 7 == 0:
            yield _health(village, chance, at + 20_000)
            if chance.random() < 0.05 * village.busy:
                yield _round(village, chance, at + 22_000, grown)
            if grown > 0.5 and chance.random() < 0.035 * village.busy:
                yield from _checks(village, chance, paths, at + 21_000)


def _visit(
    village: Village, titles: Titles, chance: random.Random, path: str, sounds: Sequence[str], at: int, grown: float
) -> Iterator[Event]:
    lang = chance.choices(_TONGUES, [5, 3, 2, 1])[0]
    far = chance.choices(range(1, 9), [9, 8, 8, 11, 12, 16, 18, 18 - hash_of(path) % 9])[0]
    for depth, card in enumerate("abcdefgh"[:far], 1):
        yield make("view", at, card=f"{path}/{card}", lang=lang, where="phone", depth=depth)
        if chance.random() < 0.8:
            yield make("play", at, sound=chance.choice(sounds), where="phone")
    if path in titles.scenarios and chance.random() < 0.7:
        yield from _attempt(village, titles, chance, path, at, grown)


def _attempt(
    village: Village, titles: Titles, chance: random.Random, path: str, at: int, grown: float
) -> Iterator[Event]:
    low, high = _RISING[titles.topics[path]]
    hard = (hash_of(path) % 9 - 4) * 0.03
    stage = chance.choice(["together", "alone", "alone"])
    unaided = stage == "alone" and chance.random() < low + (high - low) * grown + village.able - hard
    screens = sorted((screen for scenario, screen in titles.screens if scenario == path), key=_place)[:7]
    weak = screens[hash_of(path) % len(screens)] if screens else ""
    done = chance.random() < 0.82 - hard
    for number, screen in enumerate(screens if done else screens[: chance.randint(1, len(screens))]):
        if not unaided and chance.random() < (0.55 if screen == weak else 0.08 + 0.02 * number):
            yield make("step", at + number, scenario=path, variant="v1", screen=screen, setting="alone",
                       outcome=chance.choice(["wrong", "wrong", "hint", "help"]), seconds=9)  # fmt: skip
        yield make("step", at + number, scenario=path, variant="v1", screen=screen, setting="alone", outcome="right",
                   seconds=6)  # fmt: skip
    if done and chance.random() < 0.5:
        caught = chance.random() > 0.45 + 0.35 * grown + village.able - hard
        yield make("trap", at + 20, scenario=path, variant="v1", twin="trap", setting="alone",
                   outcome="caught" if caught else "escaped")  # fmt: skip
    yield make("attempt", at + 30, scenario=path, variant="v1", stage=stage, setting="alone",
               outcome="done" if done else "left", unaided=unaided and done, mistakes=0, hints=0, helps=0,
               seconds=90)  # fmt: skip


def _checks(village: Village, chance: random.Random, paths: Sequence[str], at: int) -> Iterator[Event]:
    for _ in range(chance.randint(4, 12)):
        able = chance.random() < 0.62 + 2.2 * village.able
        yield make("check", at, skill=chance.choice(paths), result="done" if able else "not_yet",
                   variant="v9", setting="staff")  # fmt: skip


def _round(village: Village, chance: random.Random, at: int, grown: float) -> Event:
    """A volunteer's visits to some households."""
    homes = chance.randint(3, 12)
    met = sum(chance.randint(1, 3) for _ in range(homes))
    able = [round(met * min(1.0, max(0.0, share + 0.25 * grown + village.able))) for share in (0.42, 0.2, 0.1)]
    return make("household", at, households=homes, adults=met, vneid=able[0], pays=able[1], services=able[2])


def _health(village: Village, chance: random.Random, at: int) -> Event:
    sick = village.number % 47
    return make(
        "health", at, celsius=chance.randint(48, 62) + (26 if sick == 1 else 0), throttled=0x50005 if sick == 2 else 0,
        disk_free_mib=chance.randint(9000, 21_000) if sick != 3 else 320, memory_mib=310, stations=chance.randint(0, 9),
        refused=30 if sick == 4 else 0, signal_dbm=-chance.randint(48, 70) - (20 if sick == 5 else 0), uptime_hours=30,
        version=_NEW,
    )  # fmt: skip


def _place(screen: str) -> tuple[int, str]:
    """About where in a scenario a screen comes: packs do not tell."""
    return _WALK.index(screen) if screen in _WALK else len(_WALK) // 2, screen


def hash_of(text: str) -> int:
    """The same number for a text in every process."""
    return sum(place * ord(letter) for place, letter in enumerate(text, 1))
