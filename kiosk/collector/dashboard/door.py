"""In and out: the form of login and password, the way out, and the choice of language."""

import time

from flask import Flask, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.collector.dashboard import guard
from kiosk.collector.dashboard.words import LANGUAGES
from kiosk.collector.people import audit, sessions
from kiosk.collector.people.person import everybody
from kiosk.collector.province import Province

OPEN = ("login", "tongue", "static")
TONGUE = "tongue"
_YEAR = 366 * 86_400


def register(app: Flask, province: Province) -> None:
    """Add the door's addresses."""

    @app.get("/login")
    def login() -> str:
        return render_template("login.html", said="", nobody=not everybody(province))

    @app.post("/login", endpoint="enter")
    def enter() -> Response:
        guard.own_page()
        form = request.form
        try:
            cookie = sessions.enter(province, form.get("login", ""), form.get("password", ""), int(time.time()))
        except sessions.NotLetInError as wrong:
            page = render_template("login.html", said="login-wait" if wrong.wait else "login-wrong", wait=wrong.wait)
            answer = make_response(page, 429 if wrong.wait else 401)
            if wrong.wait:
                answer.headers["Retry-After"] = str(wrong.wait)
            return answer
        answer = make_response(redirect(url_for("overview"), 303))
        answer.set_cookie(
            guard.COOKIE, cookie, max_age=sessions.LONGEST, httponly=True, samesite="Strict", secure=request.is_secure
        )
        return answer

    @app.post("/logout")
    def logout() -> Response:
        sessions.leave(province, request.cookies.get(guard.COOKIE, ""))
        audit.write(province, guard.person(), "logout", "", int(time.time()))
        answer = make_response(redirect(url_for("login"), 303))
        answer.delete_cookie(guard.COOKIE)
        return answer

    @app.get("/tongue/<lang>")
    def tongue(lang: str) -> Response:
        to = request.args.get("to", "/")
        answer = make_response(redirect(to if _own(to) else "/", 303))
        if lang in LANGUAGES:
            answer.set_cookie(TONGUE, lang, max_age=_YEAR, samesite="Strict", httponly=True)
        return answer


def _own(path: str) -> bool:
    """Whether it is a path of ours and no other site's address."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
