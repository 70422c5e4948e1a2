"""Vietnamese names as ASCII: host names and network names."""

import re
import unicodedata

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "’": "", "'": "", "–": "-"})
# "bản Nà Hường" is Nà Hường, but "thôn 5" and "tổ dân phố số 3" say nothing without their kind.
_KINDS = re.compile(
    r"^(?:bản|thôn|xóm|buôn|bon|plei|làng|ấp|khóm|khu phố|khu|tổ dân phố|tdp|tổ(?! dân))"
    r"\s+(?!số\b)(?=[^\W\d]['’]?[^\W\d])",
    re.IGNORECASE,
)
_COMMUNE = re.compile(r"^(?:xã|phường|thị trấn)\s+", re.IGNORECASE)
_BEFORE, _AFTER = "DomDom ", " KhongInternet"
_SSID = 32  # bytes, 802.11
_HOST = 32  # the site's id: short enough for a label on the box


def ascii_of(text: str) -> str:
    """The text in ASCII: marks dropped, đ as d, what has no letter of its own left out."""
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return " ".join("".join(letter for letter in apart if letter.isascii()).split())


def bare(village: str) -> str:
    """A village's name without "bản", "thôn" and the like, unless only a number would be left."""
    return _KINDS.sub("", unicodedata.normalize("NFC", village).strip())


def host_name(*parts: str) -> str:
    """A site's id of the parts: a-z, 0-9 and hyphens, 32 at most; empty when no part has a letter or digit."""
    joined = "-".join(re.sub(r"[^a-z0-9]+", "-", ascii_of(part).lower()).strip("-") for part in parts)
    return re.sub(r"-{2,}", "-", joined).strip("-")[:_HOST].strip("-")


def site_id(village: str, commune: str = "") -> str:
    """A village's id with its commune's, for a province has many of one name; the same whatever stands in a list."""
    return host_name(bare(village), _COMMUNE.sub("", unicodedata.normalize("NFC", commune).strip()))


def network_name(village: str) -> str:
    """`DomDom <ban> KhongInternet` in at most 32 bytes; a long name loses its spaces, then its first words."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", ascii_of(bare(village))).split()
    room = _SSID - len(_BEFORE) - len(_AFTER)
    short = _fit([word[0].upper() + word[1:] for word in words], room)
    return f"{_BEFORE}{short}{_AFTER}" if short else f"DomDom{_AFTER}"


def _fit(words: list[str], room: int) -> str:
    """The words in that many letters: as they are, without spaces, first words as initials, cut."""
    if len(spaced := " ".join(words)) <= room:
        return spaced
    for short in range(len(words)):
        joined = "".join([*(word[0] for word in words[:short]), *words[short:]])
        if len(joined) <= room:
            return joined
    return "".join(words)[:room]
