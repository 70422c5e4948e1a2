"""A scenario is added as one YAML file by following content/SCENARIOS.md alone: its own example, copied."""

import shutil

import pytest

from kiosk.authoring import build, proof
from kiosk.packs.library import Library
from kiosk.packs.store import Store
from kiosk.practice.engine import apply
from kiosk.practice.graph import start
from kiosk.practice.scenario import decode
from kiosk.practice.walks import walk, walk_with_mistakes
from tests.support import guide
from tests.support.scenarios import ROOT

CONTENT = ROOT / "content" / "doi-song-so"
EMPTY = """\
id = "trong"
kind = "lessons"
languages = ["vi"]
title = { vi = "Gói trống" }

[[topic]]
id = "tra-tien"
title = { vi = "Trả tiền" }
colour = "gold"
picture = "stall.svg"

"""


@pytest.fixture
def pack(tmp_path):
    """A pack without scenarios: one topic, and the lesson that the guide's path begins with."""
    folder = tmp_path / "trong"
    shutil.copytree(CONTENT / "media", folder / "media")
    (folder / "lessons").mkdir()
    lesson = (CONTENT / "lessons" / "tra-tien-qr.vi.md").read_text(encoding="utf-8")
    drawn = lesson.replace("![](tra-tien-qr/ten)", "![](xem-lai.svg)")  # there is no scenario yet to show a screen of
    (folder / "lessons" / "tra-tien-qr.vi.md").write_text(drawn, encoding="utf-8")
    (folder / "practice").mkdir()
    (folder / "pack.toml").write_text(EMPTY, encoding="utf-8")
    return folder


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_a_scenario_copied_from_the_guide_builds_proves_and_is_walked(pack, tmp_path, kept):
    with (pack / "pack.toml").open("a", encoding="utf-8") as table:
        table.write(guide.path_table())
    (pack / "practice" / "nhan-hang.yaml").write_text(guide.whole(), encoding="utf-8")

    path, manifest = build.must(build.build(pack, tmp_path / "out", kept=kept))
    ((_, found),) = proof.judge_pack(path).values()
    assert found == []

    store = Store(tmp_path / "packs")
    store.install(path)
    library = Library.open(store.folder)
    ((_, learning),) = library.shelves()[0].paths
    assert learning.scenario == "nhan-hang"
    scenario = decode(library.read(manifest.id, f"practice/{learning.scenario}.json"), "x")
    for variant in scenario.variants:
        for actions in (walk(scenario, variant.id), walk_with_mistakes(scenario, variant.id)):
            state = start(scenario, variant.id)
            for action in actions:
                state, _ = apply(scenario, state, action)
            assert state.place == "done"
