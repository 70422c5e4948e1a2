"""What programs write down of errors, without the people: addresses, host names, agents and long numbers go."""

import logging
import re
from ipaddress import IPv6Address
from pathlib import PurePath
from typing import Final

from kiosk.errors import origin

# Each is replaced by its word. Order matters: an agent holds numbers, a MAC looks like an IPv6 address.
_REQUEST: Final = re.compile(r"(?<=Invalid request).*", re.DOTALL)  # gunicorn quotes what was sent
_AGENT: Final = re.compile(r"(?:Mozilla|Dalvik|okhttp|CFNetwork|CaptiveNetworkSupport)[-/].*", re.DOTALL)
_MAC: Final = re.compile(r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7}\b", re.IGNORECASE)
_V4: Final = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)")
_V6: Final = re.compile(r"(?<![\w:])[0-9a-f:]*:[0-9a-f:]*(?:%\w+)?", re.IGNORECASE)
_HOST: Final = re.compile(r"(?<![\w/.-])(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+(?![\w(])", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d(?:[ .-]?\d){5,}")
# Names with dots that are files and modules of ours rather than hosts.
_SUFFIXES: Final = frozenset({".py", ".db", ".log", ".toml", ".html", ".pack", ".leases", ".sock", ".json", ".gz"})
_PACKAGES: Final = ("kiosk.", "gunicorn.", "flask.", "werkzeug.", "peewee.", "sqlite3.")
_MOST: Final = 2_000  # characters of a message


def clean(text: str) -> str:
    """The text with addresses, MACs, host names, agents and runs of six digits or more replaced."""
    text = _REQUEST.sub("", text[:_MOST])
    text = _AGENT.sub("[agent]", text)
    text = _MAC.sub("[mac]", text)
    text = _V4.sub("[address]", text)
    text = _V6.sub(_v6, text)
    text = _HOST.sub(_host, text)
    return _DIGITS.sub("[number]", text)


class Private(logging.Filter):
    """Cleans every record; a stack trace becomes the one line where the error arose."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; never drops one."""
        message = clean(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            message = f"{message}: {place(record.exc_info[1])}"
        record.msg, record.args = message, ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def protect(*names: str) -> None:
    """Clean all that these loggers' handlers write from now on, the root's too; calling it again changes nothing."""
    for name in ("", *names):
        for handler in logging.getLogger(name).handlers:
            if not any(isinstance(known, Private) for known in handler.filters):
                handler.addFilter(Private())


def place(error: BaseException) -> str:
    """Where an error arose: its class and our innermost line, never its message, which may quote a request."""
    found = origin(error)
    where = f"{found.file}, line {found.line}" if found.file else "nowhere"
    return f"{found.kind} in {where}"


def _v6(found: re.Match[str]) -> str:
    try:
        IPv6Address(found[0])
    except ValueError:
        return found[0]
    return "[address]"


def _host(found: re.Match[str]) -> str:
    name = found[0]
    ours = PurePath(name).suffix in _SUFFIXES or name.startswith(_PACKAGES)
    return name if ours else "[host]"
