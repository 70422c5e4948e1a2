"""Wheels on the card."""

import zipfile
from pathlib import Path

from provisioning.image.wheels import install, without_scripts

NAME = "nghe_thu-1.0"
INSIDE = {
    "nghe_thu.py": "SOUND = 1\n",
    f"{NAME}.dist-info/METADATA": "Metadata-Version: 2.1\nName: nghe-thu\nVersion: 1.0\n",
    f"{NAME}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{NAME}.dist-info/RECORD": "",
}


def _laid_out(place: Path) -> dict[str, bytes]:
    wheel, library = place / f"{NAME}-py3-none-any.whl", place / "library"
    place.mkdir()
    with zipfile.ZipFile(wheel, "w") as file:
        for path, text in INSIDE.items():
            file.writestr(zipfile.ZipInfo(path), text)
    install([wheel], "3.13", library)
    return {str(path.relative_to(library)): path.read_bytes() for path in library.rglob("*") if path.is_file()}


def test_where_a_wheel_lay_leaves_no_trace_on_the_card(tmp_path: Path) -> None:
    here, there = _laid_out(tmp_path / "here"), _laid_out(tmp_path / "another-place")
    assert here["nghe_thu.py"] == b"SOUND = 1\n"
    assert here == there
    assert not [path for path, text in here.items() if b"/here/" in text]


def test_what_names_the_builder_s_interpreter_is_in_no_list() -> None:
    record = "../../bin/flask,sha256=Ux,220\nflask/__init__.py,sha256=ab,1\nbin/x,,\n"
    assert without_scripts(record) == "flask/__init__.py,sha256=ab,1\nbin/x,,\n"
