"""What every template may use: words, numbers and names in the asker's language."""

import time

from flask import Flask, g, request

from kiosk.collector.dashboard.door import TONGUE
from kiosk.collector.dashboard.words import LANGUAGES, number, percent, speaker
from kiosk.collector.days import date_of, day_of, first_day
from kiosk.collector.titles import Titles
from kiosk.languages import languages


def register(app: Flask, titles: Titles) -> None:
    """Give it to the templates."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["percent"] = percent
    app.jinja_env.filters["month"] = _month
    app.jinja_env.filters["language"] = _language

    @app.context_processor
    def given() -> dict[str, object]:
        lang = request.cookies.get(TONGUE, LANGUAGES[0])
        lang = lang if lang in LANGUAGES else LANGUAGES[0]
        return {
            "t": speaker(lang),
            "lang": lang,
            "other": LANGUAGES[1 - LANGUAGES.index(lang)],
            "person": g.get("person"),
            "today": f"{date_of(day_of(int(time.time()))):%d/%m/%Y}",
            "titles": titles,
            "percent": percent,
            "count": lambda value: number(int(value), lang),
        }


def _month(value: int) -> str:
    return f"{date_of(first_day(value)):%m/%Y}"


def _language(code: str) -> str:
    known = languages().get(code)
    return f"Tiếng {known.vietnamese}" if known else code
