import pytest

from kiosk.authoring import proof, scenarios
from kiosk.findings import Level
from kiosk.practice.pictured import pictures
from kiosk.practice.scenario import encode, from_builtins
from tests.packs.made import entry, packed, sealed
from tests.support.desk import dressed, media
from tests.support.scenarios import REAL, TINY
from tests.support.wrong import changed, told, written

CASES = [(name, case, said) for name in ("cases", "packed") for case, said in told(name)["cases"].items()]


@pytest.fixture
def file(tmp_path):
    """Where a scenario of a pack stands; the pack is there once `pack.toml` is."""
    (tmp_path / "practice").mkdir()
    return tmp_path / "practice" / "thu.yaml"


def judged(file):
    return proof.judge(scenarios.load(file, "thu.yaml"), file, "thu.yaml")


@pytest.mark.parametrize(("name", "case"), [(name, said) for name, _, said in CASES], ids=[one for _, one, _ in CASES])
def test_each_error_is_one_line_with_its_place_and_what_to_do(file, name, case):
    if name == "packed":
        (file.parent.parent / "pack.toml").touch()
    text = written(changed(name, case))
    file.write_text(text, encoding="utf-8")
    found = [finding for finding in judged(file) if case["says"] in finding.what]
    assert found
    where, _, line = found[0].area.partition(":")
    assert where == "thu.yaml"
    assert text.splitlines()[int(line) - 1].strip().startswith(case["at"])
    assert found[0].level is Level.FAIL
    assert found[0].remedy
    assert "\n" not in found[0].what + found[0].remedy


@pytest.mark.parametrize("name", ["cases", "packed"])
def test_what_the_wrong_ones_are_made_from_is_right(file, name):
    if name == "packed":
        (file.parent.parent / "pack.toml").touch()
    file.write_text(written(changed(name, {})), encoding="utf-8")
    assert judged(file) == []


def test_outside_a_pack_nobody_asks_for_its_drawings(file):
    file.write_text(
        written(changed("packed", {"set": {"screens.mot.blocks.0.name": "khong-co.svg"}})), encoding="utf-8"
    )
    assert judged(file) == []


def test_a_picture_described_in_parts_is_there(file):
    (file.parent.parent / "pack.toml").touch()
    (file.parent.parent / "media").mkdir()
    (file.parent.parent / "media" / "hai-nguoi.yaml").touch()
    text = written(changed("packed", {"set": {"screens.mot.blocks.0.name": "hai-nguoi.svg"}}))
    file.write_text(text, encoding="utf-8")
    assert judged(file) == []


@pytest.mark.parametrize("path", [*TINY, *REAL], ids=lambda path: path.stem)
def test_every_scenario_there_is_proves(path):
    assert proof.judge(scenarios.load(path, path.name), path, path.name) == []


def built(path, scenario, lost=()):
    """A pack with that scenario as a build leaves it, but for the members that were lost."""
    drawings = {name: f"pictures/{place:016x}.svg" for place, name in enumerate(pictures(scenario))}
    whole = dressed(scenario, {name: drawn for name, drawn in drawings.items() if name.endswith(".svg")})
    made = dict.fromkeys((*whole.sounds["vi"].values(), *whole.pictures.values()), b"x")
    files = {"practice/thu.json": encode(whole), **{name: data for name, data in made.items() if name not in lost}}
    files = dict(sorted(files.items()))
    path.write_bytes(packed(sealed(files=tuple(entry(*file) for file in files.items())), files))
    return path


@pytest.mark.parametrize("case", [said for name, _, said in CASES if name == "packed"] + [{}], ids=str)
def test_a_built_pack_is_judged_as_its_source_was(file, case):
    (file.parent.parent / "pack.toml").touch()
    file.write_text(written(changed("packed", case)), encoding="utf-8")
    scenario = scenarios.load(file, "thu.yaml")
    ((where, (read, found)),) = proof.judge_pack(built(file.parent / "thu.pack", scenario)).items()
    assert (where, read.screens) == ("practice/thu.json", scenario.screens)
    assert {(one.what, one.remedy) for one in found} == {
        (one.what, one.remedy) for one in judged(file) if "no media/" not in one.what
    }


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_scenario_proves_in_a_pack_too(path, tmp_path):
    ((_, found),) = proof.judge_pack(built(tmp_path / "thu.pack", scenarios.load(path, path.name))).values()
    assert found == []


def test_a_sound_or_a_picture_that_a_pack_lost_is_named(tmp_path):
    scenario = from_builtins(changed("packed", {"set": {"screens.mot.blocks.0.name": "tay.svg"}}), "thu.yaml")
    pack = built(tmp_path / "thu.pack", scenario, lost=(media("thu.vi.hoi.say"), "pictures/0000000000000000.svg"))
    ((_, found),) = proof.judge_pack(pack).values()
    assert [one.what for one in found] == ["hoi.say has no sound in vi", "there is no picture tay.svg"]
    assert all(one.area == f"{pack}: practice/thu.json" for one in found)
