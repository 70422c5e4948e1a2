"""Roll-ups brought up to date: what is due is counted anew from the events, whatever their order."""

import random

from kiosk.collector import timeline
from kiosk.collector.province import Province
from kiosk.collector.rollups import epochs, month, totals
from kiosk.collector.tables import Tables

_WAITING = "SELECT site FROM due UNION SELECT site FROM epoch WHERE stale ORDER BY site"


def waiting(province: Province) -> list[str]:
    """The sites whose roll-ups are not up to date."""
    return [site for (site,) in province.rows(_WAITING)]


def settle(province: Province, *, most: int = 0) -> int:
    """Bring roll-ups up to date, a site in a transaction; how many sites still wait.

    Args:
        province: the database.
        most: sites that are done now; 0 for all. Totals follow when no site is left: none is added up in vain.
    """
    sites = waiting(province)
    random.shuffle(sites)  # two who settle at once should not wait for each other
    now = sites[:most] if most else sites
    for site in now:
        settle_site(province, site)
    if len(now) == len(sites):
        totals.settle(province)
    return len(sites) - len(now)


def settle_site(province: Province, site: str) -> None:
    """Count one site's stale epochs and due months anew."""
    due = province.tables.due
    with province.transaction(site):
        epochs.count(province, site)
        for row in due.select().where(due.site == site).order_by(due.month):
            month.count(province, site, row.month)
        due.delete().where(due.site == site).execute()


def rebuild(province: Province, now: int) -> None:
    """Throw every roll-up away and count all of them anew from the events.

    A time that was not believed is judged again by what the clock says now, seconds since 1970.
    """
    for row in list(province.tables.site.select()):
        with province.transaction(row.site):
            _forget(province.tables, row.site)
            timeline.judge(province, row.site, now)
        settle_site(province, row.site)
    with province.transaction():
        for table in ("total", "course", "duetotal"):
            province.run(f"DELETE FROM {table}")  # noqa: S608  our own names
        totals.move(province, {row.commune for row in province.tables.site.select()})
    totals.settle(province)


def _forget(tables: Tables, site: str) -> None:
    for table in (tables.daily, tables.detail, tables.language, tables.health, tables.due):
        table.delete().where(table.site == site).execute()
    tables.epoch.update(stale=True).where(tables.epoch.site == site).execute()
