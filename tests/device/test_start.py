from kiosk.device import start
from kiosk.device.start import Start
from kiosk.settings import Settings


def test_what_the_start_left_is_read(tmp_path):
    house = Settings(run=tmp_path)
    start.place(house).write_bytes(b'{"data":"aside","site":"card","fingerprint":"89fc-dbe5","trouble":["radio: x"]}')
    assert start.read(house) == Start(data="aside", site="card", fingerprint="89fc-dbe5", trouble=("radio: x",))


def test_a_laptop_or_a_damaged_file_leaves_nothing(tmp_path):
    house = Settings(run=tmp_path)
    assert start.read(house) is None
    start.place(house).write_bytes(b"{")
    assert start.read(house) is None
