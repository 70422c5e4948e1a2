"""Findings of the content: whether phones find pages, and whether every pack can be read."""

from collections.abc import Iterator

from kiosk.findings import Finding, Level
from kiosk.languages import languages
from kiosk.packs.library import Library
from kiosk.publish import offered
from kiosk.publish.offered import Heard
from kiosk.settings import Settings

_RECORD = "Thu giọng trong bản: cửa tổ công nghệ số, Giọng của bản; hoặc kiosk voice."


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
    found = offered.read(settings)
    if found is None or not library.packs:
        return
    for code, heard in found.heard.items():
        name = languages()[code].vietnamese if code in languages() else code
        yield _voice(name, heard, shown=code in found.languages)


def _voice(name: str, heard: Heard, *, shown: bool) -> Finding:
    every = heard.person + heard.machine + heard.silent
    if not shown:
        return Finding("giọng", Level.NOTE, f"Tiếng {name} còn ẩn: {heard.silent} trên {every} câu chưa thu.", _RECORD)
    if heard.person == every:
        return Finding("giọng", Level.OK, f"Tiếng {name}: người nói đủ {every} câu đầu.")
    if not heard.person:
        return Finding("giọng", Level.NOTE, f"Tiếng {name} chưa có giọng người, máy nói {every} câu đầu.", _RECORD)
    what = f"Tiếng {name}: người nói {heard.person} trên {every} câu đầu, còn lại máy nói."
    return Finding("giọng", Level.NOTE, what, _RECORD)
