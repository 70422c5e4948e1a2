import sys
import time
from pathlib import Path

import pytest

from kiosk import process
from kiosk.errors import KioskError


def test_a_program_reads_what_it_is_given_and_nothing_else() -> None:
    assert process.run(["cat"], data=b"abc").out == b"abc"
    assert process.run(["cat"]).out == b""


def test_a_program_sees_only_a_small_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    seen = process.run(["env"], env={"A": "b"}).out.decode().split()
    assert "A=b" in seen
    assert not any(line.startswith("SECRET") for line in seen)


def test_a_failure_shows_a_line_to_paste() -> None:
    with pytest.raises(KioskError, match="exit code 3: sorry") as failed:
        process.run(["sh", "-c", "echo sorry >&2; exit 3"])
    assert failed.value.hint == "sh -c 'echo sorry >&2; exit 3'"


def test_a_missing_program_is_named() -> None:
    with pytest.raises(KioskError, match="no-such-program is not installed"):
        process.run(["no-such-program"])


def test_a_program_that_does_not_end_is_ended() -> None:
    with pytest.raises(KioskError, match="did not end"):
        process.run(["sleep", "9"], timeout=0.1)


def test_a_limited_program_cannot_take_all_memory() -> None:
    hungry = [sys.executable, "-c", "bytearray(900_000_000)"]
    done = process.run(hungry, check=False, limits=process.limited(memory=400_000_000, seconds=20))
    assert done.code != 0
    assert b"MemoryError" in done.err


def test_a_child_ends_when_it_is_asked_and_is_ended_when_it_will_not(tmp_path: Path) -> None:
    mark = tmp_path / "ended"
    polite = process.Child(["sh", "-c", f"trap 'touch {mark}; exit' TERM; touch {tmp_path}/up; sleep 9 & wait"], {})
    while not (tmp_path / "up").exists():
        time.sleep(0.01)
    polite.stop(5)
    assert mark.exists()
    process.Child(["sh", "-c", "trap '' TERM; sleep 9"], {}).stop(0.2)
