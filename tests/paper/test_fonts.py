from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.paper import fonts
from tests.support.printed import needs_fonts


def test_missing_fonts_are_said_with_the_package_that_has_them(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "_FOLDER", tmp_path)
    fonts.load.cache_clear()
    with pytest.raises(KioskError, match="apt-get install fonts-noto-core"):
        fonts.load()


@needs_fonts
def test_each_stretch_is_set_in_a_font_that_has_its_letters():
    assert fonts.markup("Bản ꪒꪮꪣ", bold=False) == f'Bản <font name="{fonts.TAI_VIET}">ꪒꪮꪣ</font>'
    assert fonts.markup("a\x02b\x02c", bold=False) == "a<b>b</b>c"
    assert fonts.markup("<&>\n", bold=True) == "<b>&lt;&amp;&gt;<br/></b>"


@needs_fonts
def test_bold_is_wider():
    assert fonts.width("Nà Hường", 10, bold=True) > fonts.width("Nà Hường", 10, bold=False)


def test_the_package_in_ci_is_the_one_that_is_printed_with(repository: Path):
    rows = (repository / ".ci/packages.txt").read_text(encoding="utf-8")
    assert f"file:{fonts._FOLDER}/NotoSans-Regular.ttf" in rows
