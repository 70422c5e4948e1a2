"""An event as an xAPI 1.0.3 statement: whose village, what was done, on what; never who, and never in which language.

docs/xapi.md lists the verbs and activities; a test holds it against what is here.
"""

import datetime
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.events.event import Value

HOME = "https://domdom.home.arpa"  # of accounts and activities; a name that no Internet has, so nobody else's
BASE = f"{HOME}/xapi"
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}/")
_VERB = "http://adlnet.gov/expapi/verbs/"
_TYPE = "http://adlnet.gov/expapi/activities/"

Statement = dict[str, Any]
_Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its identity and its moment, seconds since 1970."""

    site: str
    device: str
    epoch: str
    seq: int
    kind: str
    fields: Mapping[str, Value]
    moment: int


def statement(told: Told) -> Statement | None:
    """The statement, the same at every call; None for what is no learning (a box's health) or a test of a box."""
    make = _KINDS.get(told.kind)
    if make is None or told.fields.get("setting") == "test":
        return None
    return {"id": id_of(told), "actor": _group(told.site), "timestamp": _iso(told.moment), **make(told.fields)}


def id_of(told: Told) -> str:
    """The statement's id: it follows from the event's identity."""
    return str(uuid.uuid5(_NAMES, f"{told.site}/{told.device}/{told.epoch}/{told.seq}"))


def _group(site: str) -> _Body:
    """A village's box is shared: an identified group that names no member."""
    return {"objectType": "Group", "account": {"homePage": HOME, "name": site}}


def _iso(moment: int) -> str:
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _did(verb: str, activity: str, kind: str, **more: Any) -> _Body:
    return {
        "verb": {"id": _VERB + verb, "display": {"en": verb}},
        "object": _activity(activity, kind),
        **{name: value for name, value in more.items() if value},
    }


def _activity(path: str, kind: str) -> _Body:
    return {"objectType": "Activity", "id": f"{BASE}/{path}", "definition": {"type": _TYPE + kind}}


def _more(fields: Mapping[str, Value], *names: str) -> _Body:
    """Words beside: as extensions, whose ids stand under ours."""
    return {"extensions": {f"{BASE}/extension/{name}": fields[name] for name in names if fields.get(name) is not None}}


def _inside(scenario: Value) -> _Body:
    return {"contextActivities": {"parent": [_activity(f"scenario/{scenario}", "simulation")]}}


def _view(fields: Mapping[str, Value]) -> _Body:
    return _did("experienced", f"card/{fields['card']}", "media", context=_more(fields, "where"))


def _play(fields: Mapping[str, Value]) -> _Body:
    """Which sound it was would tell its language."""
    return _did("experienced", "sound", "media", context=_more(fields, "where"))


def _attempt(fields: Mapping[str, Value]) -> _Body:
    done = fields["outcome"] == "done"
    result = {
        "completion": done,
        "success": fields["unaided"] is True,
        "duration": f"PT{fields['seconds']}S",
        **_more(fields, "mistakes", "hints", "helps"),
    }
    context = _more(fields, "variant", "stage", "setting")
    verb = "completed" if done else "terminated"
    return _did(verb, f"scenario/{fields['scenario']}", "simulation", result=result, context=context)


def _step(fields: Mapping[str, Value]) -> _Body:
    result = {
        "success": fields["outcome"] == "right",
        "duration": f"PT{fields['seconds']}S",
        **_more(fields, "outcome"),
    }
    context = _inside(fields["scenario"]) | _more(fields, "variant", "setting")
    return _did(
        "progressed", f"screen/{fields['scenario']}/{fields['screen']}", "interaction", result=result, context=context
    )


def _trap(fields: Mapping[str, Value]) -> _Body:
    able = fields["outcome"] in ("escaped", "went_on")
    context = _inside(fields["scenario"]) | _more(fields, "variant", "setting", "twin")
    result = {"success": able, **_more(fields, "outcome")}
    verb = "passed" if able else "failed"
    return _did(verb, f"trap/{fields['scenario']}", "assessment", result=result, context=context)


def _check(fields: Mapping[str, Value]) -> _Body:
    able = fields["result"] == "done"
    context = _more(fields, "variant", "setting")
    return _did(
        "passed" if able else "failed",
        f"skill/{fields['skill']}",
        "assessment",
        result={"success": able},
        context=context,
    )


def _visit(fields: Mapping[str, Value]) -> _Body:
    result = {"duration": f"PT{fields['seconds']}S", **_more(fields, "attempts")}
    return _did("terminated", "practice", "course", result=result, context=_more(fields, "where"))


def _help(fields: Mapping[str, Value]) -> _Body:
    return _did("experienced", f"help/{fields['page']}", "media")


_KINDS: Mapping[str, Callable[[Mapping[str, Value]], _Body]] = {
    "view": _view,
    "play": _play,
    "attempt": _attempt,
    "step": _step,
    "trap": _trap,
    "check": _check,
    "visit": _visit,
    "help": _help,
}
KINDS = tuple(_KINDS)
