"""The pages: each asks who may see it, takes its figures, and draws them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask, abort, render_template, request

from kiosk.collector.dashboard import drawn, guard
from kiosk.collector.dashboard.drawn import Line
from kiosk.collector.days import date_of, day_of, first_day
from kiosk.collector.figures import boxes, course, households, languages, league, skills, use
from kiosk.collector.figures.lessons import lessons
from kiosk.collector.figures.practice import practice
from kiosk.collector.figures.scope import Scope, rows, this_month
from kiosk.collector.figures.villages import Voice, days, villages
from kiosk.collector.people import audit
from kiosk.collector.people.person import Role
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import REACHED
from kiosk.collector.rollups.settle import settle
from kiosk.collector.titles import Titles

_SITES_NOW = 3  # that a page counts before it is shown; the rest is the roller's
_WEEKS_DAYS = 56
_PAGE = 50  # villages
_LESSONS = 12
_USERS = (Role.PROVINCE, Role.COMMUNE)


@dataclass(frozen=True, slots=True)
class House:
    """What every page takes its figures from."""

    province: Province
    titles: Titles


def register(app: Flask, province: Province, titles: Titles) -> None:
    """Add the addresses of the pages."""
    house = House(province, titles)
    for rule, page in _PAGES.items():
        app.add_url_rule(rule, page.__name__, partial(page, house))


def overview(house: House) -> str:
    """The first page: who is heard, what is used, where people fail."""
    now, commune = int(time.time()), guard.commune(request.args.get("commune", ""))
    left, scope = settle(house.province, most=_SITES_NOW), Scope(commune)
    found = villages(house.province, now, commune=commune)
    shown: dict[str, object] = {}
    if guard.person().sees_use:
        months = use.use(house.province, scope, now)
        first, lines = course.course(house.province, scope, now, _WEEKS_DAYS)
        shown = {
            "months": months,
            "course": lambda say: drawn.over_days(first, [Line(say(_NAMES[kind]), lines[kind]) for kind in lines]),
            "skills": skills.skills(house.province, scope, now, house.titles.topics),
            "practice": practice(house.province, now, commune=commune),
        }
    return render_template(
        "overview.html", commune=commune, villages=found, map=drawn.map_of(found), left=left, **shown
    )


def list_villages(house: House) -> str:
    """Every village, a page of them at a time."""
    now, commune = int(time.time()), guard.commune(request.args.get("commune", ""))
    every = villages(house.province, now, commune=commune)
    voice = request.args.get("voice", "")
    found = [village for village in every if village.voice == voice] if voice in set(Voice) else list(every)
    pages = max(1, -(-len(found) // _PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    here = found[(page - 1) * _PAGE : page * _PAGE]
    sparks = days(house.province, [one.site for one in here], now, "view") if guard.person().sees_use else {}
    return render_template(
        "villages.html", villages=here, sparks=sparks, page=page, pages=pages, many=len(found), voice=voice,
        commune=commune, communes=_communes(house.province),
    )  # fmt: skip


def village(house: House, site: str) -> str:
    """One village."""
    now = int(time.time())
    found = villages(house.province, now, site=site)
    if not found or guard.person().commune not in ("", found[0].commune):
        abort(403 if guard.person().commune else 404)
    scope = Scope(site=site)
    shown: dict[str, object] = {}
    if guard.person().sees_use:
        first, lines = course.course(house.province, scope, now, _WEEKS_DAYS)
        shown = {
            "months": use.use(house.province, scope, now),
            "course": lambda say: drawn.over_days(first, [Line(say(_NAMES[kind]), lines[kind]) for kind in lines]),
            "skills": skills.skills(house.province, scope, now, house.titles.topics),
            "practice": practice(house.province, now, site=site),
            "visits": households.visits(house.province, scope, now),
            "languages": languages.villages(house.province, now).get(site, ()),
            "language_month": f"{date_of(first_day(languages.shown_month(now))):%m/%Y}",
        }
    mine = boxes.boxes(house.province, now, site=site)
    return render_template("village.html", village=found[0], boxes=mine, date=date_of, **shown)


def show_practice(house: House) -> str:
    """The five skills over time, every scenario, the lessons opened most."""
    guard.only(*_USERS)
    now, commune = int(time.time()), guard.commune(request.args.get("commune", ""))
    scope, month = Scope(commune), this_month(now)
    return render_template(
        "practice.html",
        commune=commune,
        communes=_communes(house.province),
        skills=skills.skills(house.province, scope, now, house.titles.topics),
        months=use.use(house.province, scope, now),
        practice=practice(house.province, now, commune=commune),
        visits=households.visits(house.province, scope, now),
        lessons=lessons(rows(house.province, scope, ("view",), month - 2, month))[:_LESSONS],
        reached=REACHED,
        over_months=drawn.over_months,
        line=Line,
    )


def funnel(house: House, pack: str, scenario: str) -> str:
    """One scenario step by step."""
    guard.only(*_USERS)
    now, commune = int(time.time()), guard.commune(request.args.get("commune", ""))
    name = f"{pack}/{scenario}"
    found = [one for one in practice(house.province, now, commune=commune) if one.id == name]
    if not found:
        abort(404)
    return render_template("scenario.html", scenario=found[0], commune=commune, communes=_communes(house.province))


def show_league(house: House) -> str:
    """Who can do it, by watched checks."""
    guard.only(*_USERS)
    now, commune = int(time.time()), guard.commune(request.args.get("commune", ""))
    return render_template(
        "league.html",
        commune=commune,
        communes=_communes(house.province),
        of_communes=None if commune else league.communes(house.province, now),
        of_villages=league.villages(house.province, now, commune),
    )


def show_boxes(house: House) -> str:
    """The boxes, those that want a hand first."""
    now, commune = int(time.time()), guard.commune(request.args.get("commune", ""))
    found = boxes.boxes(house.province, now, commune=commune)
    return render_template(
        "boxes.html",
        commune=commune,
        communes=_communes(house.province),
        amiss=[box for box in found if box.amiss],
        well=sum(not box.amiss for box in found),
        held=[village for village in villages(house.province, now, commune=commune) if village.holdings.amiss],
        date=date_of,
    )


def show_audit(house: House) -> str:
    """Who looked."""
    guard.only(Role.PROVINCE)
    return render_template("audit.html", entries=list(audit.read(house.province)), when=_when)


_NAMES = {"view": "views", "play": "plays", "attempt": "attempts"}


def _communes(province: Province) -> list[str]:
    """What may be chosen; nothing for a commune's own role."""
    if guard.person().commune:
        return []
    return [name for (name,) in province.rows("SELECT DISTINCT commune FROM site WHERE commune <> '' ORDER BY commune")]


def _when(seconds: int) -> str:
    """A moment in Viet Nam, to the minute."""
    local = seconds + 7 * 3600
    return f"{date_of(day_of(seconds)):%d/%m/%Y} {local // 3600 % 24:02}:{local // 60 % 60:02}"


_PAGES: dict[str, Callable[..., str]] = {
    "/": overview,
    "/villages": list_villages,
    "/villages/<site>": village,
    "/practice": show_practice,
    "/practice/<pack>/<scenario>": funnel,
    "/league": show_league,
    "/boxes": show_boxes,
    "/audit": show_audit,
}
