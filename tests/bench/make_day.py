"""A synthetic day of one site, the same at every run: what tests/data/day.jsonl holds, frozen, one event a line.

`python -m tests.bench.make_day > tests/data/day.jsonl` wrote it.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.events.event import Event, make

DAY = Path(__file__).resolve().parent.parent / "data" / "day.jsonl"
EVENTS = 300
_PACK = "doi-song-so"
_LESSONS = {
    "tra-tien-qr": ["cho-tap", "mo-quet", "soi-ma", "xem-ten", "so-tien", "xem-lai", "ma-pin", "bien-lai"],
    "xuat-trinh-giay-to": ["cho-tap", "thoat-ra", "giay-to-trong-may", "vi-giay-to", "xuat-trinh", "passcode"],
    "cong-an-goi": ["so-la", "goi-hinh", "dang-voi", "doi-tien", "tat-may", "so-tren-the", "cong-an-xa", "bao-ca-ban"],
}
_SCREENS = {
    "tra-tien-qr": ["nha", "quet", "ten", "so-tien", "xem-lai", "pin", "bien-lai"],
    "xuat-trinh-giay-to": ["nha", "vneid", "vi", "passcode", "chon", "dua"],
    "cong-an-goi": ["cuoc-goi", "goi-hinh", "doi-tien", "nguoi-than", "tat-may"],
}
_SYSTEMS = ["android", "android", "android", "samsung", "xiaomi", "ios", "windows"]
_VERSION = "0.1.0"


class _Day:
    """The day in the making: one source of chance, events as they happen."""

    def __init__(self) -> None:
        self.chance = random.Random(20_260_107)
        self.events: list[Event] = []
        self.sounds: dict[str, str] = {}

    def add(self, kind: str, at: float, /, **fields: str | int | bool | None) -> None:
        self.events.append(make(kind, int(at), **fields))

    def sound(self, card: str) -> str:
        return self.sounds.setdefault(card, f"{self.chance.getrandbits(64):016x}")

    def house(self) -> None:
        """What the box says of itself."""
        self.add("start", 21, version=_VERSION, reason="boot", board="Raspberry-Pi-4-Model-B-Rev-1.4")
        self.add("pack", 40, pack=_PACK, version="3fa81c")
        self.add("pack", 40, pack="giong-may-vi", version="90b7de")
        self.add("dropped", 24, kind="all", count=37)
        self.add("error", 5150, area="voice", code="missing")
        self.add("error", 30_400, area="upload", code="unreachable")
        for hour in range(12):
            measured = hour != 3  # once the probes of the board did not answer
            self.add(
                "health", 40 + hour * 3600, celsius=self.chance.randint(48, 63) if measured else None,
                throttled=0x50000 if hour == 7 else 0, disk_free_mib=21_480 - hour if measured else None,
                memory_mib=self.chance.randint(300, 340), stations=self.chance.randint(0, 7),
                refused=0 if hour != 7 else 2, signal_dbm=-self.chance.randint(48, 75) if measured else None,
                uptime_hours=hour, version=_VERSION, card_errors=0 if measured else None,
                written_mib=18_240 + 9 * hour if measured else None, worn_percent=10 if hour == 11 else None,
            )  # fmt: skip
        self.add("sum", 43_000, kind="view", what=f"{_PACK}/tra-tien-qr/soi-ma", lang="blt", where="phone", count=14)
        self.add("sum", 43_000, kind="play", where="touchscreen", count=9)
        self.add("stations", 43_100, least=11, most=11, where="phone")
        self.add("stations", 43_100, least=2, most=3, where="touchscreen")

    def visit(self, begin: float, where: str, setting: str) -> None:
        """One person: a lesson, then its practice."""
        at, lang = begin, self.chance.choice(["vi", "vi", "vi", "blt", "hmv"])
        path = self.chance.choice(list(_LESSONS))
        if where == "phone":
            system = self.chance.choice(_SYSTEMS)
            self.add("portal", at, system=system, what="shown")
            if self.chance.random() < 0.2:
                self.add("portal", at + 9, system=system, what="released")
        at = self._lesson(at + 12, path, lang, where)
        attempts = 0
        for stage in ("together", "alone")[: self.chance.randint(0, 2)]:
            at = self._attempt(at, path, stage, setting)
            attempts += 1
        if self.chance.random() < 0.3:
            self.add("help", at, page="help")
        self.add("visit", at + 30, where=where, seconds=int(at - begin), attempts=attempts)

    def _lesson(self, at: float, path: str, lang: str, where: str) -> float:
        cards = _LESSONS[path]
        for depth, card in enumerate(cards[: self.chance.randint(3, len(cards))], 1):
            name = f"{_PACK}/{path}/{card}"
            self.add("view", at, card=name, lang=lang, where=where, depth=depth)
            if self.chance.random() < 0.7:
                self.add("play", at + 1, sound=self.sound(f"{name}.{lang}"), lang=lang, where=where)
            at += self.chance.uniform(9, 40)
        return at

    def _attempt(self, at: float, path: str, stage: str, setting: str) -> float:
        scenario, variant, begin = f"{_PACK}/{path}", f"v{self.chance.randint(1, 5)}", at
        counts = {"wrong": 0, "hint": 0, "help": 0, "right": 0}
        for screen in _SCREENS[path]:
            outcome = self.chance.choices(["right", "wrong", "hint", "help"], [8, 2, 1, 0.4])[0]
            seconds = self.chance.randint(3, 45)
            at += seconds
            counts[outcome] += 1
            self.add("step", at, scenario=scenario, variant=variant, screen=screen, setting=setting, outcome=outcome,
                     seconds=seconds)  # fmt: skip
        twin = self.chance.choice(["trap", "honest"])
        ends = ["escaped", "caught"] if twin == "trap" else ["went_on", "refused"]
        self.add("trap", at, scenario=scenario, variant=variant, twin=twin, setting=setting,
                 outcome=self.chance.choice(ends))  # fmt: skip
        self.add("attempt", at, scenario=scenario, variant=variant, stage=stage, setting=setting,
                 outcome=self.chance.choice(["done", "done", "left"]),
                 unaided=stage == "alone" and not (counts["wrong"] or counts["hint"] or counts["help"]),
                 mistakes=counts["wrong"], hints=counts["hint"], helps=counts["help"],
                 seconds=int(at - begin))  # fmt: skip
        return at + 5


def day() -> list[Event]:
    """The 300 events, in order of commit."""
    made = _Day()
    made.house()
    made.add("check", 28_000, skill="tra-tien-qr", result="done", variant="v4", setting="staff")
    made.add("check", 28_200, skill="cong-an-goi", result="not_yet", variant="v2", setting="staff")
    made.add("household", 30_000, households=4, adults=11, vneid=6, pays=3, services=1)
    made.add("portal", 33_000, system="android", what="captured")
    begin = 2_000.0
    while len(made.events) < EVENTS:
        where = made.chance.choice(["phone", "phone", "phone", "touchscreen"])
        setting = "touchscreen" if where == "touchscreen" else made.chance.choice(["alone", "alone", "class"])
        made.visit(begin, where, setting)
        begin += made.chance.uniform(300, 3000)
    # The recorder commits every 10 s: first what the view log says, then what the services said.
    logged = {"view", "play", "help"}
    return sorted(made.events[:EVENTS], key=lambda event: (event.at // 10, event.kind not in logged, event.at))


def lines() -> Iterator[str]:
    """The day as JSON, a line each."""
    for seq, event in enumerate(day(), 1):
        yield msgspec.json.encode({"seq": seq, "kind": event.kind, "at": event.at, "fields": event.fields()}).decode()


def read_day(path: Path = DAY) -> list[tuple[int, Event]]:
    """The frozen day, numbered."""
    rows = [msgspec.json.decode(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["seq"], make(row["kind"], row["at"], **row["fields"])) for row in rows]


if __name__ == "__main__":
    for line in lines():
        print(line)
