"""Findings of the content: whether phones find pages, and whether every pack can be read."""

from collections.abc import Iterator

from kiosk.findings import Finding, Level
from kiosk.packs.library import Library
from kiosk.settings import Settings


def pages(settings: Settings, library: Library) -> list[Finding]:
    """Whether the house has pages, of which packs, in which of its languages."""
    return [*_published(settings, library), *_damaged(library), *_languages(settings, library)]


def _published(settings: Settings, library: Library) -> Iterator[Finding]:
    names = ", ".join(f"{pack.id} {pack.version[:6]}" for pack in library.packs)
    if settings.current.exists():
        yield Finding("bài", Level.OK, f"Trang đã dựng; gói bài: {names or 'không có'}.")
    elif names:
        yield Finding("bài", Level.FAIL, f"Có gói bài {names} nhưng chưa dựng trang.", "Chạy: kiosk publish")
    else:
        remedy = "Cài bài rồi dựng trang: kiosk pack install TỆP, rồi kiosk publish"
        yield Finding("bài", Level.FAIL, "Chưa có gói bài nào, điện thoại không thấy gì.", remedy)


def _damaged(library: Library) -> Iterator[Finding]:
    for found in library.findings:
        name = found.area.removeprefix("pack ")
        remedy = "Cài lại gói: kiosk pack install TỆP, rồi kiosk publish"
        yield Finding("bài", found.level, f"Gói {name} hỏng ({found.what}).", remedy)


def _languages(settings: Settings, library: Library) -> Iterator[Finding]:
    spoken = {code for pack in library.packs for code in pack.languages}
    without = [code for code in settings.site.languages if code not in spoken]
    if without and library.packs:
        what = f"Chưa có bài nào bằng tiếng {', '.join(without)}; máy dùng tiếng gần nhất."
        yield Finding("bài", Level.NOTE, what, "Hỏi tỉnh gói bài của tiếng ấy, hoặc thu giọng người trong bản.")
