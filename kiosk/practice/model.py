"""The format looked at from outside: its schema for editors, its keys for the guide and for who mistypes one."""

import re
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc
from types import MappingProxyType, UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec

from kiosk.practice.blocks import AnyBlock, AnyLayer
from kiosk.practice.scenario import Scenario

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)$", re.MULTILINE)

BLOCKS: Mapping[str, type] = MappingProxyType({str(one.__struct_config__.tag): one for one in get_args(AnyBlock)})
LAYERS: Mapping[str, type] = MappingProxyType({str(one.__struct_config__.tag): one for one in get_args(AnyLayer)})


@cache
def structs() -> Mapping[str, type]:
    """Every part of the format by its name, the scenario first."""
    found: dict[str, type] = {}
    waiting: list[Any] = [Scenario]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            if one.__name__ not in found:
                found[one.__name__] = one
                waiting += typing.get_type_hints(one).values()
        else:
            waiting += get_args(one)
    return found


@cache
def described(struct: type) -> Mapping[str, str]:
    """What each key of a part means, from its documentation and that of what it is built on."""
    found: dict[str, str] = {}
    for one in reversed(struct.__mro__):
        found |= {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(cleandoc(one.__doc__ or ""))}
    return {field.encode_name: found.get(field.name, "") for field in msgspec.structs.fields(struct)}


def known_keys() -> frozenset[str]:
    """Every key that may stand somewhere in a file."""
    named = (field.encode_name for one in structs().values() for field in msgspec.structs.fields(one))
    return frozenset(named) | {"block", "layer"}


@cache
def known_kinds() -> Mapping[str, tuple[str, ...]]:
    """Key -> the words that it may be, for every key that is one of a few words."""
    found = {"block": tuple(BLOCKS), "layer": tuple(LAYERS)}
    for one in structs().values():
        for key, kind in typing.get_type_hints(one).items():
            if words := tuple(_words(kind)):
                found[key] = words
    return found


def _words(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    elif get_origin(kind) in {typing.Union, UnionType}:
        for one in get_args(kind):
            yield from _words(one)


def schema() -> dict[str, Any]:
    """The JSON Schema of the format; each part and key says what it means."""
    made: dict[str, Any] = msgspec.to_builtins(msgspec.json.schema(Scenario))
    for name, part in made["$defs"].items():
        struct = structs()[name]
        part["description"] = (struct.__doc__ or "").partition("\n\n")[0]
        for key, text in described(struct).items():
            told = part["properties"][key]
            # A keyword beside $ref is not read by every editor.
            told = {"allOf": [told]} if "$ref" in told else told
            part["properties"][key] = {**told, "description": text}
    # Editors know regular expressions as JavaScript writes them.
    text = msgspec.json.encode({"$schema": "https://json-schema.org/draft/2020-12/schema", **made}).decode()
    decoded: dict[str, Any] = msgspec.json.decode(text.replace("\\\\Z", "$"))
    return decoded
