import json
import signal
import subprocess
import sys

import pytest

from kiosk.process import environment, run


@pytest.fixture
def env(tmp_path):
    return {"KIOSK_DATA": str(tmp_path / "data"), "KIOSK_RUN": str(tmp_path / "run")}


def kiosk(*words, env, check=True):
    return run([sys.executable, "-m", "kiosk", *words], env=env, check=check)


def test_what_waits_is_recorded_once_and_shown_by_the_status(env, tmp_path):
    log = tmp_path / "run" / "views" / "views.log"
    log.parent.mkdir(parents=True)
    log.write_text("card p/l/one vi 200 all 1800000000.000 phone -\n")
    kiosk("record", "--once", env=env)
    told = json.loads(kiosk("status", "--json", env=env, check=False).out)
    assert [counts["view"] for counts in told["days"].values()] == [1]
    table = kiosk("status", env=env, check=False)
    assert table.code == 1
    assert "Bộ ghi số liệu không chạy." in table.out.decode()


def test_a_recorder_told_to_end_commits_what_was_read_and_a_second_one_refuses(env, tmp_path):
    log = tmp_path / "run" / "views" / "views.log"
    log.parent.mkdir(parents=True)
    recorder = subprocess.Popen([sys.executable, "-m", "kiosk", "record"], env=environment(env))
    while not (tmp_path / "run" / "recorder.json").exists():
        assert recorder.poll() is None
    log.write_text("card p/l/one vi 200 all 1800000000.000 phone -\n")
    second = kiosk("record", env=env, check=False)
    assert second.code == 1
    assert second.err.decode().startswith("kiosk: another recorder runs")
    assert second.err.count(b"\n") == 1
    recorder.send_signal(signal.SIGTERM)
    assert recorder.wait() == 0
    told = json.loads(kiosk("status", "--json", env=env, check=False).out)
    assert [counts["view"] for counts in told["days"].values()] == [1]
