"""An ordered list of steps that does nothing twice."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from provisioning.image.recipe import Make, Step, Told, build, keys


def _noted(made: list[str], name: str, *, fails: bool = False) -> Make:
    def make(out: Path, before: Mapping[str, Path]) -> None:
        made.append(name)
        (out / "result").write_text("".join((place / "result").read_text() for place in before.values()) + name)
        if fails:
            raise KioskError("power cut")

    return make


def _steps(made: list[str], **inputs: str) -> list[Step]:
    return [
        Step("tree", _noted(made, "tree"), (inputs.get("tree", ""),)),
        Step("own", _noted(made, "own"), (inputs.get("own", ""),)),
        Step("disk", _noted(made, "disk"), (), ("tree", "own")),
    ]


def _run(steps: list[Step], cache: Path) -> tuple[dict[str, Path], list[Told]]:
    told: list[Told] = []
    return build(steps, cache, told.append), told


def test_steps_are_made_in_order_and_read_the_results_before_them(tmp_path: Path) -> None:
    made: list[str] = []
    places, told = _run(_steps(made), tmp_path)
    assert made == ["tree", "own", "disk"]
    assert (places["disk"] / "result").read_text() == "treeowndisk"
    assert told[2] == Told(3, 3, "disk", cached=False)


def test_the_same_inputs_are_not_made_again(tmp_path: Path) -> None:
    made: list[str] = []
    _run(_steps(made), tmp_path)
    _, told = _run(_steps(made), tmp_path)
    assert len(made) == 3
    assert all(each.cached for each in told)


def test_another_input_makes_its_step_and_those_behind_it_again(tmp_path: Path) -> None:
    made: list[str] = []
    _run(_steps(made), tmp_path)
    _run(_steps(made, own="new code"), tmp_path)
    assert made[3:] == ["own", "disk"]


def test_a_run_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    made: list[str] = []
    steps = _steps(made)
    broken = [*steps[:1], Step("own", _noted(made, "own", fails=True), ("",)), steps[2]]
    with pytest.raises(KioskError, match="power cut"):
        _run(broken, tmp_path)
    places, _ = _run(steps, tmp_path)
    assert made == ["tree", "own", "own", "disk"]
    assert (places["disk"] / "result").read_text() == "treeowndisk"
    assert not list(tmp_path.glob("*.part"))


def test_the_cache_keeps_the_last_two_results_of_a_step(tmp_path: Path) -> None:
    for number in range(4):
        _run(_steps([], own=str(number)), tmp_path)
    assert len(list(tmp_path.glob("own-*"))) == 2
    assert len(list(tmp_path.glob("tree-*"))) == 1


def test_inputs_that_run_into_each_other_are_different_inputs() -> None:
    def key(*inputs: str) -> str:
        return keys([Step("a", _noted([], "a"), inputs)])["a"]

    assert len({key("ab", "c"), key("a", "bc"), key("abc"), key("abc", "")}) == 4


def test_a_step_before_its_own_inputs_is_an_error() -> None:
    steps = _steps([])
    with pytest.raises(KioskError, match="đứng trước"):
        keys(steps[::-1])
