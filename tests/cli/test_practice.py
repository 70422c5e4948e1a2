import json

import pytest
from click.testing import CliRunner

from kiosk.cli.practice import practice
from kiosk.errors import KioskError
from kiosk.practice.scenario import encode
from tests.packs.made import entry, packed, sealed
from tests.support.scenarios import ROOT, read


def run(*words):
    return CliRunner().invoke(practice, [str(word) for word in words])


def test_check_says_what_it_proved_of_each_scenario_in_a_folder():
    done = run("check", ROOT / "content/doi-song-so/practice")
    assert done.exit_code == 0
    assert "tra-tien-qr.yaml: 11 screens, 10 to 11 steps, 4 variants, 2 traps with their twins" in done.output
    assert len(done.output.splitlines()) == len(list((ROOT / "content/doi-song-so/practice").glob("*.yaml")))


def test_check_judges_every_file_and_then_fails(tmp_path):
    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    right = (ROOT / "tests/data/scenarios/home.yaml").read_text(encoding="utf-8")
    (tmp_path / "b.yaml").write_text(right.replace("go: end", "go: mat"), encoding="utf-8")
    (tmp_path / "home.yaml").write_text(right, encoding="utf-8")
    done = run("check", tmp_path)
    lines = done.output.splitlines()
    assert lines[0].startswith(f"{tmp_path}/a.yaml:1: ")
    assert lines[1].startswith(f"{tmp_path}/b.yaml:16: screen mat is led to and not there")
    assert "the end attained from each" in lines[-1]
    assert isinstance(done.exception, KioskError)
    assert done.exception.message == "2 of 3 scenarios cannot be practised"


def test_a_folder_without_scenarios_is_an_error(tmp_path):
    assert isinstance(run("check", tmp_path).exception, KioskError)


def test_the_schema_is_printed_as_json():
    assert json.loads(run("schema").output)["$ref"].endswith("Scenario")


@pytest.mark.parametrize("command", ["check", "schema"])
def test_every_command_shows_an_example(command):
    assert "Examples:" in run(command, "--help").output


def test_check_reads_a_built_pack(tmp_path):
    data = encode(read(ROOT / "tests/data/scenarios/home.yaml"))
    path = tmp_path / "thu.pack"
    path.write_bytes(packed(sealed(files=(entry("practice/home.json", data),)), {"practice/home.json": data}))
    done = run("check", path)
    assert f"{path}: practice/home.json: no sources — add app, url" in done.output
    assert "nha.say has no sound in vi — build the pack again" in done.output
    assert done.exception.message == "1 of 1 scenarios cannot be practised"
