"""Pictures: an SVG is held to what old phones draw and pages may carry, and written again without what nobody sees.

A picture is put into the page itself, so it may hold no script, no style, no words and nothing from elsewhere, and
its ids are made its own, because several pictures share a page.
"""

import hashlib
import io
import re
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from kiosk.errors import KioskError

MOST = 6 * 1024

_XLINK = "xlink:href"
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_GROUPS = {"svg", "g", "defs", "use", "symbol", "clipPath", "mask", "linearGradient", "radialGradient", "stop"}
_GEOMETRY = {
    "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "points",
    "viewBox", "transform", "gradientTransform", "gradientUnits", "clipPathUnits", "maskUnits", "offset",
    "preserveAspectRatio", "spreadMethod",
}  # fmt: skip
_PAINT = {
    "fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "opacity", "stop-color",
    "stop-opacity", "clip-path", "mask", "color",
}  # fmt: skip
_ELEMENTS = _SHAPES | _GROUPS
_ATTRIBUTES = _GEOMETRY | _PAINT | {"id", "xmlns", "xmlns:xlink", _XLINK}
_NAMESPACES = {"xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink"}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([\w-]+)['\"]?\s*\)")
_WHY = {
    "script": "script",
    "style": "a style sheet, which would reach the whole page",
    "text": "text: words belong to the lesson, where they are spoken",
    "image": "a picture inside the picture",
    "foreignObject": "HTML",
    "a": "a link",
    "animate": "animation, which drains old phones",
}


def clean(data: bytes, where: str) -> bytes:
    """An SVG as a pack holds it: the same drawing in fewer bytes, the same bytes for the same drawing.

    Raises:
        KioskError: not SVG, larger than MOST bytes when written again, or something that a page may not carry;
            names file and line.
    """
    reader = _Reader(where)
    try:
        reader.parser.ParseFile(io.BytesIO(data))
    except expat.ExpatError as wrong:
        said = expat.errors.messages[wrong.code]
        raise KioskError(f"{where}:{wrong.lineno}: not SVG: {said}", hint="save it again as plain SVG") from wrong
    made = reader.written()
    if len(made) > MOST:
        raise KioskError(f"{where}:1: {len(made)} bytes, at most {MOST} are taken", hint="draw it with fewer shapes")
    return made


class _Reader:
    """Follows expat through the file and writes what is kept."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self._parts: list[tuple[str, dict[str, str]]] = []
        self._depth = 0

    def _refuse(self, what: str, hint: str = "draw it with shapes only") -> KioskError:
        return KioskError(f"{self.where}:{self.parser.CurrentLineNumber}: {what}", hint=hint)

    def _doctype(self, *_: object) -> None:
        """Entities are declared there; without it expat has none to blow up."""
        raise self._refuse("a document type", "delete the <!DOCTYPE ...> line")

    def _instruction(self, name: str, _: str) -> None:
        """It could name a style sheet."""
        raise self._refuse(f"<?{name} ...?>", f"delete the <?{name} ...?> line")

    def _words(self, text: str) -> None:
        if text.strip():
            raise self._refuse("text", "words belong to the lesson, where they are spoken")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name not in _ELEMENTS:
            raise self._refuse(_WHY.get(name, f"<{name}>"))
        if not self._depth and (name != "svg" or "viewBox" not in attributes):
            raise self._refuse("no <svg> with a viewBox", 'begin with <svg xmlns="..." viewBox="0 0 ...">')
        for key, value in attributes.items():
            self._attribute(key, value)
        self._depth += 1
        self._parts.append((name, {key: _short(key, value) for key, value in attributes.items()}))

    def _attribute(self, key: str, value: str) -> None:
        if key == "href":
            raise self._refuse("href", "write xlink:href, which old phones know")
        if key not in _ATTRIBUTES:
            raise self._refuse(f"the attribute {key}" if not key.startswith("on") else f"script ({key})")
        if key in _NAMESPACES and value != _NAMESPACES[key]:
            raise self._refuse(f"{key} of something else than SVG")
        if key not in _NAMESPACES and _leads_outside(key, value):
            raise self._refuse(f"a reference outside the file ({value[:40]})", "refer only to #ids of this file")

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._parts.append((f"/{name}", {}))

    def written(self) -> bytes:
        """The kept parts as text, with ids of its own."""
        used = {found for _, attributes in self._parts for found in _referred(attributes)}
        mark = hashlib.sha256(repr(self._parts).encode()).hexdigest()[:5]
        return "".join(_tags([(name, _own(attributes, used, f"p{mark}")) for name, attributes in self._parts])).encode()


def _leads_outside(key: str, value: str) -> bool:
    """Whether a value names something outside the file, in any case of its letters; escapes could spell it unseen."""
    if key == _XLINK:
        return not value.startswith("#")
    return any(sign in value for sign in ":\\") or ("url" in value.lower() and not _REFERENCE.fullmatch(value))


def _referred(attributes: Mapping[str, str]) -> set[str]:
    found = {name for value in attributes.values() for name in _REFERENCE.findall(value)}
    return found | ({attributes[_XLINK][1:]} if _XLINK in attributes else set())


def _own(attributes: Mapping[str, str], used: set[str], mark: str) -> dict[str, str]:
    """The attributes with marked ids; an id that nothing refers to goes."""
    kept: dict[str, str] = {}
    for key, value in attributes.items():
        if key == "id":
            kept |= {key: mark + value} if value in used else {}
        elif key == _XLINK:
            kept[key] = f"#{mark}{value[1:]}"
        else:
            kept[key] = _REFERENCE.sub(lambda found: f"url(#{mark}{found[1]})", value)
    return kept


def _tags(parts: list[tuple[str, dict[str, str]]]) -> list[str]:
    tags: list[str] = []
    for place, (name, attributes) in enumerate(parts):
        if name.startswith("/"):
            empty = parts[place - 1][0] == name[1:]
            tags[-1:] = [tags[-1].removesuffix(">") + "/>"] if empty else [tags[-1], f"<{name}>"]
        else:
            written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
            tags.append(f"<{name}{written}>")
    return tags


def _short(key: str, value: str) -> str:
    """A value with no space and no zero that changes nothing."""
    value = " ".join(value.split())
    if key in _GEOMETRY and key not in ("gradientUnits", "clipPathUnits", "maskUnits", "preserveAspectRatio"):
        value = re.sub(r"(\.\d*[1-9])0+(?!\d)", r"\1", value)
        value = re.sub(r"(?<=\d)\.0+(?![\d.])", "", value)
    if key == "d":
        value = re.sub(r" ?([A-Za-z]) ?", r"\1", value)
        value = re.sub(r"[ ,]*([ ,])-", "-", value)
    return value
