import os

from kiosk.usage import viewlog
from kiosk.usage.viewlog import ViewLog

BOOT = "b" * 32


def opened(path):
    log = ViewLog(path, BOOT)
    log.resume("", 0)
    return log


def test_a_log_that_is_not_there_yet_is_waited_for(tmp_path):
    log = opened(tmp_path / "views.log")
    assert log.lines() == []
    assert log.name == ""
    (tmp_path / "views.log").write_text("one\n")
    assert log.lines() == ["one"]
    log.close()


def test_reading_goes_on_where_it_was_and_starts_anew_in_another_log(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("one\ntwo\n")
    log = opened(path)
    log.lines()
    name, read = log.name, log.read
    log.close()
    again = ViewLog(path, BOOT)
    again.resume(name, read)
    assert again.lines() == []
    again.close()
    later = ViewLog(path, "c" * 32)
    later.resume(name, read)
    assert later.lines() == ["one", "two"]
    later.close()


def test_a_hole_is_passed_over_when_nobody_knows_the_place(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("x" * 9999 + "\n" + "kept\n")
    log = opened(path)
    log.lines(10_000)
    log.punch()
    assert log.punches
    log.resume("", 0)
    assert log.lines() == ["kept"]
    log.close()


def test_what_was_read_gives_its_memory_back_and_the_size_stays(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("line\n" * 100_000)
    log = opened(path)
    while log.lines():
        pass
    log.punch()
    assert path.stat().st_size == 500_000
    assert path.stat().st_blocks == 0 or path.stat().st_blocks * 512 <= 4096
    with path.open("a") as file:
        file.write("after\n")
    assert log.lines() == ["after"]
    log.close()


def test_a_file_system_that_refuses_holes_is_asked_once(tmp_path, monkeypatch):
    path = tmp_path / "views.log"
    path.write_text("one\n")
    asked = []
    monkeypatch.setattr(viewlog, "_punch", lambda *_: asked.append(1) and False)
    log = opened(path)
    log.lines()
    log.punch()
    with path.open("a") as file:
        file.write("two\n")
    assert log.lines() == ["two"]
    log.punch()
    assert not log.punches
    assert len(asked) == 1
    log.close()


def test_a_log_that_was_moved_is_read_to_its_end_before_the_new_one(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("one\n")
    log = opened(path)
    log.lines()
    with path.open("a") as file:
        file.write("two\n")
    path.rename(tmp_path / "old.log")
    path.write_text("three\n")
    assert log.lines() == ["two"]
    assert log.lines() == ["three"]
    log.close()


def test_a_log_that_was_emptied_is_read_from_its_start(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("one\ntwo\n")
    log = opened(path)
    log.lines()
    os.truncate(path, 0)
    with path.open("a") as file:
        file.write("new\n")
    assert log.lines() == ["new"]
    log.close()


def test_a_place_inside_a_line_is_of_another_file(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("one\ntwo\n")
    log = opened(path)
    log.lines()
    log.resume(log.name, 2)
    assert log.lines() == ["one", "two"]
    log.close()


def test_another_file_in_its_place_is_followed_though_the_old_one_ends_in_half_a_line(tmp_path):
    path = tmp_path / "views.log"
    path.write_text("one\nhalf")
    log = opened(path)
    assert log.lines() == ["one"]
    assert log.lines() == []
    (tmp_path / "new").write_text("two\n")
    (tmp_path / "new").replace(path)
    assert log.lines() == ["two"]
    log.close()
