"""The bytes of a spreadsheet saved as text: which encoding, which separator, which rows."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence

from kiosk.errors import KioskError

MOST = 4 * 1024 * 1024  # bytes; 43 villages are 10 KB
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE = 'trong Excel chọn Lưu thành, kiểu "CSV UTF-8 (phân cách bằng dấu phẩy)"'
_VIETNAMESE = frozenset("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz")
# A mark lost to a code page without it stands as "?" before the rest of its word.
_LOST = re.compile(r"\?(?=\w)")
_SEPARATORS = (",", ";", "\t")


def text_of(data: bytes) -> str:
    """The text, in whichever encoding Excel wrote it, marks on their letters, no byte order mark.

    Raises:
        KioskError: it is an Excel file itself, too long, or no encoding gives Vietnamese words.
    """
    if data.startswith(_ARCHIVES):
        raise KioskError("đây là tệp Excel, chưa phải CSV", hint=_SAVE)
    if len(data) > MOST:
        raise KioskError(f"tệp dài {len(data) // 1024} KB, quá lớn cho một danh sách bản", hint="xem lại có đúng tệp")
    text = unicodedata.normalize("NFC", _decoded(data)).replace("\0", "")
    if "\ufffd" in text:
        raise KioskError("không đọc được chữ trong tệp", hint=_SAVE)
    if _LOST.search(text):
        raise KioskError('tệp đã mất dấu tiếng Việt (chữ thành "?")', hint=_SAVE)
    return text


def rows_of(text: str, known: Callable[[Sequence[str]], int]) -> list[list[str]]:
    """The rows of cells, stripped; the separator is the one under which `known` counts most headings.

    Raises:
        KioskError: a cell is longer than any name.
    """
    named = re.match(r"sep=(.)\r?\n", text)
    body = text[named.end() :] if named else text
    separators = (named.group(1),) if named else _SEPARATORS
    try:
        tables = [_cells(body, separator) for separator in separators]
    except csv.Error as wrong:
        raise KioskError("tệp có ô quá dài hoặc dấu ngoặc kép không đóng", hint=_SAVE) from wrong
    return max(tables, key=lambda rows: known(next((row for row in rows if any(row)), [])))


def _cells(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [[_clean(cell) for cell in row] for row in reader]


def _clean(cell: str) -> str:
    """The cell on one line, without what no person typed: a terminal would obey it."""
    return " ".join("".join(letter for letter in cell if letter.isprintable() or letter.isspace()).split())


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:2000]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return min((data.decode(page, "replace") for page in ("cp1258", "cp1252")), key=_strange)


def _strange(text: str) -> int:
    """How many letters no Vietnamese word has: the right code page has fewest."""
    return sum(
        1
        for letter in unicodedata.normalize("NFC", text).lower()
        if (letter.isalpha() and letter not in _VIETNAMESE) or unicodedata.combining(letter) or letter == "\ufffd"
    )
