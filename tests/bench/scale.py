"""The dashboard's pages over very many real events in PostgreSQL: `python -m tests.bench.scale 100000000 [FOLDER]`.

1,500 villages each send the frozen day, day after day, until so many events lie there. The events are put in by the
server itself, as ingest would have stored them. All villages did the same, so their roll-ups are the same: those of
some villages are counted from their events by `rebuild`'s own steps, which is timed; the others' are copies, and of
those some are counted after all and compared. About 200 bytes of disk an event; not part of `make bench`.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kiosk.collector import habits, places
from kiosk.collector.app import create_app
from kiosk.collector.days import day_of, month_of
from kiosk.collector.people import person
from kiosk.collector.people.person import Person, Role
from kiosk.collector.province import Province, open_province
from kiosk.collector.rollups import totals
from kiosk.collector.rollups.details import SUMS
from kiosk.collector.rollups.settle import settle_site
from kiosk.collector.settings import CollectorSettings
from kiosk.events.kinds import kinds
from tests.bench.make_day import EVENTS, read_day
from tests.support.fleet import invent
from tests.support.postgres import postgres

SITES = 1500
DAY = 86_400
COUNTED = 12  # villages whose roll-ups are counted from their events
PAGES = ("/", "/villages", "/villages/ban-7", "/practice", "/practice/doi-song-so/cong-an-goi", "/league", "/boxes",
         "/?commune={}", "/practice?commune={}")  # fmt: skip
_ROLLUPS = {
    "daily": "day, kind, many", "language": "month, lang, many", "holding": "undated, late, lost, aside, doubted",
    "detail": f"month, kind, what, many, {', '.join(SUMS)}", "habit": "last, usual",
}  # fmt: skip


def main() -> None:
    many = int(sys.argv[1])
    with postgres(durable=True) as server:
        url, now = server.url(), int(time.time())
        days = -(-many // (SITES * EVENTS))
        with closing(open_province(url)) as province:
            _say("villages and epochs", lambda: _epochs(province, now, days))
            _say("events", lambda: _events(province))
            _say("key", lambda: _key(province))
            _say("analyse", lambda: province.run("ANALYZE"))
            ((held,),) = province.rows("SELECT count(*) FROM event")
            print(f"{held} events of {SITES} villages, {days} days")
            seconds = _say(f"roll-ups of {COUNTED} villages", lambda: _count(province, range(COUNTED)))
            print(f"  one village after the other, all would take {seconds / COUNTED * SITES / 60:.0f} minutes")
            _say("the others' roll-ups", lambda: _copy(province))
            _compare(province)
            _say("totals", lambda: totals.settle(province))
            _say("analyse", lambda: province.run("ANALYZE"))
        _pages(url, now)


def _key(province: Province) -> None:
    """Each partition's first: the whole's is then theirs."""
    province.run("SET maintenance_work_mem = '1GB'")
    for part in _parts(province):
        province.run(f"ALTER TABLE {part} ADD PRIMARY KEY (site, device, epoch, seq)")
    province.run("ALTER TABLE event ADD PRIMARY KEY (site, device, epoch, seq)")


def _parts(province: Province) -> list[str]:
    query = "SELECT relid::text FROM pg_partition_tree('event') WHERE isleaf ORDER BY 1"
    return [name for (name,) in province.rows(query)]


def _say(what: str, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{what}: {seconds:.1f} s", flush=True)
    return seconds


def _epochs(province: Province, now: int, days: int) -> None:
    places.learn(province, [village.place for village in invent(SITES)])
    top = max(event.at for _, event in read_day())
    province.run(
        "INSERT INTO epoch (site, device, epoch, seconds, quality, revision, doubted, first_at, last_at, stale) "
        "SELECT site, decode(md5(site), 'hex'), decode(lpad(to_hex(back), 16, '0'), 'hex'), "
        "? - back * ?, 5, 1, false, 0, ?, true FROM site, generate_series(1, ?) AS back",
        (now // DAY * DAY - 30_000, DAY, top, days),
    )
    province.run(
        "INSERT INTO device (site, device, first_heard, last_heard, version) "
        "SELECT site, decode(md5(site), 'hex'), ?, ?, '0.1.0' FROM site",
        (now - days * DAY, now),
    )
    province.run(
        "INSERT INTO contact SELECT site, ? - back FROM site, generate_series(0, ?) AS back", (day_of(now), days - 1)
    )
    months = range(month_of(day_of(now - days * DAY)), month_of(day_of(now)) + 1)
    for month in months:
        province.run("INSERT INTO due SELECT site, ? FROM site", (month,))


def _events(province: Province) -> None:
    """Without their key, which is made once they lie there."""
    province.run("ALTER TABLE event DROP CONSTRAINT event_pkey")
    province.run("CREATE TEMPORARY TABLE one (seq BIGINT, kind SMALLINT, at INTEGER, payload TEXT)")
    for seq, event in read_day():
        province.run("INSERT INTO one VALUES (?, ?, ?, ?)", (seq, kinds()[event.kind].code, event.at, event.payload()))
    for number, part in enumerate(_parts(province)):
        province.run(
            f"INSERT INTO {part} SELECT site, device, epoch, seq, kind, at, payload FROM epoch, one "
            "WHERE satisfies_hash_partition('event'::regclass, 16, ?, site)", (number,)
        )  # fmt: skip


def _count(province: Province, numbers: range) -> None:
    for number in numbers:
        settle_site(province, f"ban-{number}")
        habits.learn(province, f"ban-{number}")


def _copy(province: Province) -> None:
    """Village 0's roll-ups for everybody who has none."""
    others = "site.site NOT IN (SELECT site FROM holding)"
    for table, columns in sorted(_ROLLUPS.items(), key=lambda row: row[0] == "holding"):
        own = f"(SELECT {columns} FROM {table} WHERE site = 'ban-0') AS own"
        province.run(f"INSERT INTO {table} (site, {columns}) SELECT site.site, own.* FROM site, {own} WHERE {others}")
        if table == "daily":
            province.run(
                "INSERT INTO health SELECT site.site, decode(md5(site.site), 'hex'), day, looks, celsius, lowvolts, "
                "slowed, disk, memory, stations, refused, signal, card_errors, worn FROM health, site "
                f"WHERE health.site = 'ban-0' AND {others}"
            )
    province.run("UPDATE epoch SET held = ?, stale = false WHERE stale", (EVENTS,))
    province.run("DELETE FROM due")
    with province.transaction():
        totals.move(province, {commune for (commune,) in province.rows("SELECT DISTINCT commune FROM site")})


def _compare(province: Province) -> None:
    """Some copies against what their own events give."""
    for number in random.Random(5).sample(range(COUNTED, SITES), 3):
        site = f"ban-{number}"
        before = _held(province, site)
        province.run("UPDATE epoch SET stale = true WHERE site = ?", (site,))
        province.run("INSERT INTO due SELECT DISTINCT site, month FROM detail WHERE site = ?", (site,))
        settle_site(province, site)
        if _held(province, site) != before:
            raise AssertionError(f"the roll-ups of {site} are not what its events give")


def _held(province: Province, site: str) -> list[object]:
    return [
        sorted(province.rows(f"SELECT {columns} FROM {table} WHERE site = ?", (site,)))
        for table, columns in _ROLLUPS.items()
    ]


def _pages(url: str, now: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(CollectorSettings(url, Path(folder) / "key"))
        province = app.extensions["province"]
        password = person.add(province, Person("lan", Role.PROVINCE), now)
        ((commune,),) = province.rows("SELECT min(commune) FROM site")
        browser = app.test_client()
        browser.post("/login", data={"login": "lan", "password": password})
        for page in PAGES:
            took = []
            for _ in range(8):
                start = time.perf_counter()
                answer = browser.get(page.format(commune))
                took.append((time.perf_counter() - start) * 1000)
                if answer.status_code != 200:
                    raise AssertionError(f"{page}: {answer.status_code}")
            print(f"{page.format(commune):<40} first {took[0]:.0f} ms, then {statistics.median(took[1:]):.0f} ms")
        province.close()


if __name__ == "__main__":
    main()
