"""The VietQR payload: built strictly, parsed leniently down to the field.

NAPAS "QR Format T&C v1.0" (09/2021), a profile of EMVCo's merchant-presented code: fields of a two-digit id, a
two-digit length and a value. A field inside another is named by its path: `38.01.00` is the bank's BIN.
"""

import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.errors import KioskError

PRACTICE_BIN: Final = "000000"
PRACTICE_ACCOUNT: Final = "0000000000"
PRACTICE_PURPOSE: Final = "THUC HANH"

_NAPAS = "A000000727"
_TO_ACCOUNT, _TO_CARD = "QRIBFTTA", "QRIBFTTC"
_STATIC, _DYNAMIC = "11", "12"
_MOST = 99  # characters that a two-digit length can say
_HEAD = 4  # characters of an id and a length
_CRC_TAG = "6304"

_TEXT = r"[ -~]+"  # the EMV common character set
_DIGITS = r"[0-9]+"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A request to be paid; empty text stands for an absent field.

    Attributes:
        bin: the bank's six digits.
        account: account or card number, at most 19 characters.
        card: whether `account` is a card's number.
        dynamic: made for one payment (12) rather than printed once (11).
        amount: đồng, digits and at most one ".", at most 13 characters; absent: the payer types it.
        category: merchant category, four digits.
        name: at most 25 characters; diacritics are stripped.
        city: at most 15 characters; diacritics are stripped.
        postcode: at most 10 characters.
        bill: bill number; this and the following at most 25 characters each and 99 in all.
        mobile: mobile number.
        store: store's label.
        loyalty: loyalty number.
        reference: reference label.
        customer: customer label.
        terminal: terminal label.
        purpose: what the payment is for.
        local_language: two letters, the language of `local_name`.
        local_name: the name with its own letters.
    """

    bin: str
    account: str
    card: bool = False
    dynamic: bool = False
    amount: str = ""
    category: str = ""
    name: str = ""
    city: str = ""
    postcode: str = ""
    bill: str = ""
    mobile: str = ""
    store: str = ""
    loyalty: str = ""
    reference: str = ""
    customer: str = ""
    terminal: str = ""
    purpose: str = ""
    local_language: str = ""
    local_name: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, named by its path."""

    field: str
    what: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a payload says: every field that could be read by its path, the transfer it asks for, and what is wrong."""

    fields: Mapping[str, str]
    transfer: Transfer
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a field must be: at most `most` characters, the whole of `pattern`; `must` be there."""

    name: str
    most: int
    pattern: str
    must: bool = False
    meaning: str = "letters, digits and signs without diacritics"


_RULES: Final[Mapping[str, _Rule]] = {
    "38.01.00": _Rule("bin", 6, r"[0-9]{6}", must=True, meaning="six digits"),
    "38.01.01": _Rule("account", 19, r"[0-9A-Za-z]+", must=True, meaning="letters and digits"),
    "52": _Rule("category", 4, r"[0-9]{4}", meaning="four digits"),
    "54": _Rule("amount", 13, r"(?=.*[1-9])[0-9]+(\.[0-9]*)?", meaning="a number above nothing"),
    "59": _Rule("name", 25, _TEXT),
    "60": _Rule("city", 15, _TEXT),
    "61": _Rule("postcode", 10, _TEXT),
    "62.01": _Rule("bill", 25, _TEXT),
    "62.02": _Rule("mobile", 25, _TEXT),
    "62.03": _Rule("store", 25, _TEXT),
    "62.04": _Rule("loyalty", 25, _TEXT),
    "62.05": _Rule("reference", 25, _TEXT),
    "62.06": _Rule("customer", 25, _TEXT),
    "62.07": _Rule("terminal", 25, _TEXT),
    "62.08": _Rule("purpose", 25, _TEXT),
    "64.00": _Rule("local_language", 2, r"[a-z]{2}", meaning="two small letters"),
    "64.01": _Rule("local_name", 25, r"[^\x00-\x1f\x7f]+", meaning="letters"),
}
# What every VietQR says, and what it may say.
_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "00": ("01",),
    "01": (_STATIC, _DYNAMIC),
    "38.00": (_NAPAS,),
    "38.02": (_TO_ACCOUNT, _TO_CARD),
    "53": ("704",),
    "58": ("VN",),
}
# Fields whose value is fields again, and must be whole for us; EMVCo's other templates may hold what they like.
_NESTED: Final = frozenset({"38", "38.01", "62", "64"})
_FOREIGN: Final = frozenset(f"{number:02}" for number in (*range(26, 52), *range(80, 100)))


def crc(text: str) -> str:
    """CRC-16/CCITT (0x1021, from 0xFFFF, no reflection) of the text, four upper-case hex digits."""
    return f"{binascii.crc_hqx(text.encode(errors='surrogatepass'), 0xFFFF):04X}"


def plain(text: str) -> str:
    """The text without diacritics, as the EMV common character set wants it."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def practice(*, account: str = PRACTICE_ACCOUNT, amount: str = "", name: str = "") -> str:
    """A well-formed code that can never move money: BIN 000000; with an amount, dynamic and marked THUC HANH.

    Raises:
        KioskError: a value does not fit its field.
    """
    purpose = PRACTICE_PURPOSE if amount else ""
    return build(
        Transfer(PRACTICE_BIN, account, amount=amount, name=name, purpose=purpose, dynamic=bool(amount)),
    )


def build(transfer: Transfer) -> str:
    """The payload of a transfer, strictly as NAPAS writes it.

    Raises:
        KioskError: a value does not fit; names the field by its path.
    """
    values = {path: _value(transfer, path) for path in _RULES}
    for path, value in values.items():
        wrong = _judge(path, value, strict=True)
        if wrong:
            raise KioskError(f"field {path} ({_RULES[path].name}) {wrong}", hint="correct the value")
    bank = _join("38.01", values)
    service = _TO_CARD if transfer.card else _TO_ACCOUNT
    whole = {
        **{path: value for path, value in values.items() if "." not in path},
        "00": "01",
        "01": _DYNAMIC if transfer.dynamic else _STATIC,
        "38": _field("00", _NAPAS) + _field("01", bank) + _field("02", service),
        "53": "704",
        "58": "VN",
        "62": _join("62", values),
        "64": _join("64", values),
    }
    text = "".join(_field(path, whole[path]) for path in sorted(whole) if whole[path]) + _CRC_TAG
    return text + crc(text)


def parse(text: str) -> Reading:
    """What a payload says, however badly it is made; never raises.

    Accepted without a word: a lower-case CRC, names longer than they may be, fields we do not know.
    """
    text = text.strip()
    found: dict[str, str] = {}
    problems = list(_walk(text, "", found))
    problems += _check_crc(text, found)
    for path, allowed in _FIXED.items():
        if path not in found:
            problems.append(Problem(path, "is missing"))
        elif found[path] not in allowed:
            problems.append(Problem(path, f"is not {' or '.join(allowed)}"))
    for path in _RULES:
        wrong = _judge(path, found.get(path, ""), strict=False)
        if wrong:
            problems.append(Problem(path, wrong))
    return Reading(found, _transfer(found), tuple(problems))


def _transfer(found: Mapping[str, str]) -> Transfer:
    values = {rule.name: found.get(path, "") for path, rule in _RULES.items()}
    return Transfer(card=found.get("38.02") == _TO_CARD, dynamic=found.get("01") == _DYNAMIC, **values)


def _value(transfer: Transfer, path: str) -> str:
    value: str = getattr(transfer, _RULES[path].name)
    return plain(value) if path[:2] in {"59", "60", "62"} else value


def _judge(path: str, value: str, *, strict: bool) -> str:
    """What is wrong with a value, as the rest of a sentence; empty when nothing is."""
    rule = _RULES[path]
    if not value:
        return "is missing" if rule.must else ""
    if strict and len(value) > rule.most:
        return f"has {len(value)} characters, {rule.most} fit"
    # A name in its own letters is against the rules and harmless: it is not refused when it is only read.
    if not strict and rule.pattern == _TEXT:
        return ""
    return "" if re.fullmatch(rule.pattern, value) else f"is not {rule.meaning}"


def _join(parent: str, values: Mapping[str, str]) -> str:
    """The fields directly under a template, one after the other."""
    inside = [(path.rpartition("."), value) for path, value in values.items() if value]
    return "".join(_field(path[2], value, parent) for path, value in inside if path[0] == parent)


def _field(tag: str, value: str, parent: str = "") -> str:
    if len(value) > _MOST:
        path = f"{parent}.{tag}" if parent else tag
        raise KioskError(f"field {path} has {len(value)} characters, {_MOST} fit", hint="shorten what it holds")
    return f"{tag}{len(value):02}{value}"


def _walk(text: str, parent: str, found: dict[str, str]) -> Iterator[Problem]:
    """Read the fields of a text into `found`, and those inside them; stops where the text cannot be cut further."""
    at = 0
    while at < len(text):
        head = text[at : at + _HEAD]
        path = f"{parent}.{head[:2]}" if parent else head[:2]
        if not re.fullmatch(r"[0-9]{4}", head):
            yield Problem(parent or "00", f"has no field at character {at + 1}")
            return
        size = int(head[2:])
        value = text[at + _HEAD : at + _HEAD + size]
        if len(value) < size or not size:
            yield Problem(path, f"says {size} characters, {len(value)} are there")
            list(_inside(path, value, found))  # what stands before the cut is still worth showing
            return
        if path in found:
            yield Problem(path, "is there twice")
        else:
            found[path] = value
            yield from _inside(path, value, found)
        at += _HEAD + size


def _inside(path: str, value: str, found: dict[str, str]) -> Iterable[Problem]:
    if path in _NESTED:
        return _walk(value, path, found)
    if path in _FOREIGN:
        list(_walk(value, path, found))
    return ()


def _check_crc(text: str, found: Mapping[str, str]) -> Iterator[Problem]:
    """The check over everything up to its own tag and length; it must be the last field."""
    said = found.get("63", "")
    if not said:
        yield Problem("63", "is missing")
    elif not text.endswith(f"{_CRC_TAG}{said}"):
        yield Problem("63", "is not the last field, or not four characters")
    elif said.upper() != crc(text[:-4]):
        yield Problem("63", f"is {said}, the text gives {crc(text[:-4])}")
