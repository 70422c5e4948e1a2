"""A PDF as paper: its pages as pictures, its words, the codes that a phone reads on it."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

FONT = "file:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
needs_fonts = pytest.mark.needs(FONT)
needs_paper = pytest.mark.needs(FONT, "pdftoppm", "pdftotext")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word on a page: where it begins and ends, in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Printed:
    """A document written to a file, looked at with poppler."""

    def __init__(self, document: bytes, folder: Path) -> None:
        self._file = folder / "printed.pdf"
        self._file.write_bytes(document)

    def words(self, page: int = 0) -> str:
        """All words of a page, or of all pages, with single spaces."""
        return " ".join(self._run("pdftotext", *_only(page), str(self._file), "-").split())

    def places(self, page: int) -> list[Word]:
        """Each word of a page and where it stands."""
        found = WORD.findall(self._run("pdftotext", "-bbox", *_only(page), str(self._file), "-"))
        return [Word(text, *(float(each) for each in sides)) for *sides, text in found]

    def picture(self, page: int, *, dpi: int = 150, grey: bool = False) -> Image.Image:
        """A page as an office printer puts it down."""
        out = self._file.with_suffix("")
        self._run("pdftoppm", "-r", str(dpi), "-png", "-singlefile", *_only(page), *(["-gray"] if grey else []),
                  str(self._file), str(out))  # fmt: skip
        with Image.open(out.with_suffix(".png")) as image:
            return image.convert("L" if grey else "RGB")

    def codes(self, page: int, **look: int | bool) -> list[str]:
        """What a phone reads on a page, from the top down."""
        found = zxingcpp.read_barcodes(self.picture(page, **look))
        return [
            code.text
            for code in sorted(found, key=lambda code: (code.position.top_left.y // 40, code.position.top_left.x))
        ]

    def pages(self) -> int:
        """How many sides it has."""
        return int(re.search(r"Pages:\s+(\d+)", self._run("pdfinfo", str(self._file))).group(1))

    def fonts(self) -> list[list[str]]:
        """A row of `pdffonts` for each font: name, type, encoding, embedded, subset, unicode."""
        rows = self._run("pdffonts", str(self._file)).splitlines()[2:]
        return [row.split()[:6] for row in rows]

    @staticmethod
    def _run(*words: str) -> str:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def _only(page: int) -> list[str]:
    return ["-f", str(page), "-l", str(page)] if page else []
