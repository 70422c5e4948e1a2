"""Practice codes for class tables: numbered, given out and collected, good for no money."""

from functools import cache
from importlib import resources

import msgspec

from kiosk.codes import vietqr
from kiosk.errors import KioskError
from kiosk.paper import sheet
from kiosk.settings import Settings

MOST = 96  # more than any class has tables
_A_SHEET = 6


class Stall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is paid: a title, a drawing, and how many đồng the code asks for; 0 where the payer types it."""

    title: str
    picture: str
    amount: int = 0


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stall: tuple[Stall, ...]


def codes(settings: Settings, count: int) -> bytes:
    """Sheets with that many codes, numbered from 1, as PDF.

    Raises:
        KioskError: the count is not from 1 to MOST.
    """
    if not 1 <= count <= MOST:
        raise KioskError(f"{count} codes are not printed", hint=f"ask for 1 to {MOST}")
    cards = [card(number) for number in range(1, count + 1)]
    text, values = sheet.form("codes"), {"name": settings.site.name, "count": str(count)}
    starts = range(0, count, _A_SHEET)
    return sheet.draw(sheet.fill(text, values, {"codes": cards[start : start + _A_SHEET]}) for start in starts)


def card(number: int) -> dict[str, str]:
    """What the form wants to know of the code with that number; its account ends in the number."""
    stall = _stalls()[(number - 1) % len(_stalls())]
    amount = str(stall.amount) if stall.amount else ""
    return {
        "number": str(number),
        "stall": stall.title,
        "picture": stall.picture,
        "amount": f"{stall.amount:,}".replace(",", ".") if amount else "",
        "code": vietqr.practice(account=f"{number:010}", amount=amount, name=stall.title.upper()),
    }


@cache
def _stalls() -> tuple[Stall, ...]:
    text = resources.files("kiosk.paper").joinpath("stalls.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=_File).stall
