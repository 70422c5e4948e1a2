"""The village's voices behind the staff door: what there is to say, the microphone, and the ear of a second person."""

import hashlib
import sys
from functools import cached_property
from http import HTTPStatus
from threading import Lock, Thread
from typing import Any, Final

from flask import Flask, Response, abort, g, request

from kiosk import process
from kiosk.errors import KioskError
from kiosk.languages import languages
from kiosk.narration.desk import Desk
from kiosk.narration.recording import MOST, RefusedError
from kiosk.narration.takes import Take
from kiosk.pages.staff import Room
from kiosk.publish.sentences import Sentence
from kiosk.settings import Settings
from kiosk.web import guard
from kiosk.web.door import HOME, Door
from kiosk.web.files import send
from kiosk.web.guard import see_other

ROOM: Final = f"{HOME}/giong"
_TITLE: Final = "Giọng của bản"
_TEMPLATES: Final = "staff/voices"
_FILE: Final = "tep"  # of the form for who has no microphone here
_FORM: Final = "multipart/form-data"
_MOST_HEARD: Final = 2000


def register(app: Flask, settings: Settings, door: Door) -> None:
    """Put the room of voices behind the door.

    Args:
        app: the app; its guard lets a recording be larger than a form.
        settings: the house.
        door: the staff door.
    """
    room = _Voices(settings, door)
    guard.allow(app, f"{ROOM}/", MOST + 4096)
    door.add(Room(address=ROOM.lstrip("/"), title=_TITLE, picture="microphone", colour="sky", order=40), room.told)
    for rule, view, method in (
        (ROOM, room.every, "GET"),
        (ROOM, room.begin, "POST"),
        (f"{ROOM}/tieng/<name>.mp3", room.sound, "GET"),
        (f"{ROOM}/<lang>", room.lines, "GET"),
        (f"{ROOM}/<lang>/cau/<sentence>", room.sentence, "GET"),
        (f"{ROOM}/<lang>/cau/<sentence>", room.record, "POST"),
        (f"{ROOM}/<lang>/nghe", room.hear, "GET"),
        (f"{ROOM}/<lang>/nghe/<sentence>", room.judge, "POST"),
    ):
        app.add_url_rule(rule, view_func=view, methods=[method], endpoint=f"voices.{method}.{rule}")


class _Voices:
    """What each address of the room answers."""

    def __init__(self, settings: Settings, door: Door) -> None:
        self._settings = settings
        self._door = door
        self._heard: dict[tuple[str, str], None] = {}
        self._publishing = Lock()

    @cached_property
    def _desk(self) -> Desk:
        # It reads the packs: not before somebody comes in.
        return Desk(self._settings)

    def told(self) -> tuple[str, bool]:
        """What its tile says."""
        shelf = self._desk.shelf
        waiting = sum(len(shelf.read(lang).waiting) for lang in shelf.languages())
        return (f"{waiting} câu chờ nghe", True) if waiting else ("", False)

    def every(self) -> Response:
        """The languages of the house."""
        spoken = self._desk.languages()
        begun = {row.language.code for row in spoken}
        others = [row for row in languages().values() if row.code not in begun]
        return self._page("languages", _TITLE, spoken=spoken, others=others)

    def begin(self) -> Response:
        """Another language."""
        lang = request.form.get("lang", "")
        self._known(lang)
        self._desk.shelf.begin(lang)
        return see_other(f"{ROOM}/{lang}")

    def lines(self, lang: str) -> Response:
        """The sentences of a path, in the order of use."""
        self._known(lang)
        path, said = request.args.get("bai", ""), self._desk.script(lang)
        if path and path not in {part.name for part in said.paths}:
            abort(HTTPStatus.NOT_FOUND)
        lines = self._desk.lines(lang, path)
        return self._page(
            "lines",
            f"Tiếng {languages()[lang].vietnamese}",
            spoken=self._desk.spoken(lang, path),
            lines=lines,
            next=next((line for line in lines if not line.state), None),
            paths=said.paths,
            path=path,
        )

    def sentence(self, lang: str, sentence: str) -> Response:
        """One sentence, to be recorded."""
        row = self._row(lang, sentence)
        frame = self._desk.shelf.read(lang)
        follows = [line.sentence for line in self._desk.lines(lang, every=True) if not line.state]
        return self._page(
            "sentence",
            f"Tiếng {languages()[lang].vietnamese}",
            row=row,
            lang=lang,
            take=frame.find(row.id, approved=False),
            approved=frame.find(row.id, approved=True),
            refused=request.args.get("loi", ""),
            next=next((line for line in follows if line.id != row.id), None),
        )

    def record(self, lang: str, sentence: str) -> Response:
        """A recording came: of the microphone as it is, or a file in a form."""
        row = self._row(lang, sentence)
        file = request.files.get(_FILE) if request.mimetype == _FORM else None
        data = file.read() if file else request.get_data()
        here = f"{ROOM}/{lang}/cau/{row.id}"
        try:
            self._desk.record_bytes(lang, row, data, _sitting())
        except RefusedError as refused:
            return see_other(f"{here}?loi={refused.reason}")
        except KioskError:
            return see_other(f"{here}?loi=kept")
        return see_other(here)

    def hear(self, lang: str) -> Response:
        """The next recording that this sitting may judge."""
        self._known(lang)
        waiting = self._desk.shelf.read(lang).waiting
        others = [take for take in waiting if take.sitting != _sitting()]
        return self._page(
            "hear",
            f"Nghe duyệt, tiếng {languages()[lang].vietnamese}",
            lang=lang,
            take=others[0] if others else None,
            left=len(others),
            own=len(waiting) - len(others),
        )

    def judge(self, lang: str, sentence: str) -> Response:
        """Right, so that all hear it; or wrong, so that it is recorded again."""
        self._known(lang)
        take = self._desk.shelf.read(lang).find(sentence, approved=False)
        if take is None or not self._was_heard(take):
            return see_other(f"{ROOM}/{lang}/nghe")
        if request.form.get("do") == "dung":
            self._approve(lang, take)
        else:
            self._desk.reject(lang, take.id)
        return see_other(f"{ROOM}/{lang}/nghe")

    def sound(self, name: str) -> Response:
        """A recording; who listens to it may judge it."""
        file = self._desk.shelf.sound(name)
        if not name.isalnum() or not file.is_file():
            abort(HTTPStatus.NOT_FOUND)
        self._heard[_sitting(), name] = None
        while len(self._heard) > _MOST_HEARD:
            self._heard.pop(next(iter(self._heard)))
        response = send(file)
        response.headers["Cache-Control"] = guard.NO_STORE
        return response

    def _approve(self, lang: str, take: Take) -> None:
        try:
            self._desk.approve(lang, take.id, _sitting())
        except KioskError:  # the same sitting: the page says that somebody else has to hear it
            return
        self._republish()

    def _was_heard(self, take: Take) -> bool:
        return (_sitting(), take.sound) in self._heard

    def _republish(self) -> None:
        """Ask for new pages: on a box a unit of its own makes them, on a laptop a program beside this one."""
        self._settings.publish_wanted.touch()
        if not self._settings.portal.proxied:
            Thread(target=self._publish, name="publish").start()

    def _publish(self) -> None:
        with self._publishing:
            if self._settings.publish_wanted.exists():
                command = [sys.executable, "-m", "kiosk", "publish"]
                process.run(command, env=self._settings.environ, timeout=600, check=False)

    def _known(self, lang: str) -> None:
        if lang not in languages():
            abort(HTTPStatus.NOT_FOUND)

    def _row(self, lang: str, sentence: str) -> Sentence:
        self._known(lang)
        try:
            return self._desk.sentence(lang, sentence)
        except KioskError:
            abort(HTTPStatus.NOT_FOUND)

    def _page(self, template: str, title: str, **more: Any) -> Response:
        return self._door.page(f"{_TEMPLATES}/{template}.html", title, **more)


def _sitting() -> str:
    """This opening of the door, as a number that opens nothing and says nothing of anybody."""
    return hashlib.blake2b(b"sitting", key=g.session.encode(), digest_size=8).hexdigest()
