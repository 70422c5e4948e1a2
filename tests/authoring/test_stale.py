import datetime
import shutil

import pytest

from kiosk.authoring.stale import readings
from kiosk.practice.scenario import encode
from tests.packs.made import entry, packed, sealed
from tests.support.scenarios import read

SOURCE = """\
sources:
  - app: Ngân hàng tập
    url: https://example.invalid/{name}
    checked: {day}
"""


@pytest.fixture
def folder(tmp_path, data_dir):
    """The tiny pack with a source in its scenario and another in its lesson."""
    made = tmp_path / "tiny"
    shutil.copytree(data_dir / "packs" / "tiny", made)
    told = made / "practice" / "quet-ma.yaml"
    about = SOURCE.format(name="man-hinh", day="2026-01-10")
    kept = [line for line in told.read_text(encoding="utf-8").splitlines() if not line.startswith("sources")]
    told.write_text("\n".join([*kept, about]), encoding="utf-8")
    lesson = made / "lessons" / "quet-ma.vi.md"
    about = SOURCE.format(name="bai", day="2026-03-01")
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("---\n", f"---\n{about}", 1), encoding="utf-8")
    return made


def test_a_source_folder_names_its_sources_with_their_lines_the_oldest_first(folder):
    first, second = readings(folder)
    line = (folder / "practice/quet-ma.yaml").read_text(encoding="utf-8").splitlines().index("sources:") + 3
    assert first.where == f"{folder}/practice/quet-ma.yaml:{line}"
    assert second.where == f"{folder}/lessons/quet-ma.vi.md:4"
    assert first.source.url == "https://example.invalid/man-hinh"
    assert first.age(datetime.date(2026, 1, 20)) == 10


def test_a_built_pack_names_those_of_its_scenarios(folder, tmp_path):
    data = encode(read(folder / "practice/quet-ma.yaml"))
    path = tmp_path / "thu.pack"
    path.write_bytes(packed(sealed(files=(entry("practice/quet-ma.json", data),)), {"practice/quet-ma.json": data}))
    (only,) = readings(path)
    assert only.where == "thu.pack: practice/quet-ma.json"
    assert only.source == readings(folder)[0].source


def test_what_people_practise_says_where_it_was_read(repository):
    assert {reading.where.rpartition(":")[0] for reading in readings(repository / "content/doi-song-so")} >= {
        str(path) for path in (repository / "content/doi-song-so/practice").glob("*.yaml")
    }
