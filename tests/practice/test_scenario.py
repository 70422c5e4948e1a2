import subprocess
import sys
from typing import get_args

import pytest

from kiosk.errors import KioskError
from kiosk.practice.engine import begin
from kiosk.practice.scenario import Surface, decode, encode, from_builtins
from kiosk.practice.state import encode_state

SMALL = {
    "id": "thu",
    "title": "Thử",
    "variants": [{"id": "mot"}],
    "teach": "mot",
    "start": "nha",
    "screens": {"nha": {"surface": "home", "say": "Xin chào."}},
}


# A new program, for only the first ones that it decodes count; it says nothing and ends well.
AT_ONCE = """
import sys, threading
sys.setswitchinterval(1e-6)
from kiosk.practice.{module} import {name} as decode
data, gate = sys.stdin.buffer.read(), threading.Barrier(10)
threads = [threading.Thread(target=lambda: (gate.wait(), decode(data{more}))) for _ in range(10)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


@pytest.mark.parametrize(
    ("module", "name", "more"), [("scenario", "decode", ', "thu"'), ("state", "decode_state", ".decode()")]
)
def test_the_first_ones_may_be_decoded_by_many_threads_at_once(real, module, name, more):
    scenario = real("tra-tien-qr")
    data = (
        encode(scenario) if module == "scenario" else encode_state(begin(scenario, "together", "touchscreen")).encode()
    )
    script = AT_ONCE.format(module=module, name=name, more=more)
    for _ in range(4):
        ran = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_scenario_survives_the_built_pack(every):
    assert decode(encode(every), "thu") == every


def test_the_same_scenario_gives_the_same_bytes(every):
    assert encode(every) == encode(decode(encode(every), "thu"))


def test_there_is_a_tiny_scenario_for_every_surface(tiny):
    for surface in get_args(Surface):
        assert surface in {screen.surface for screen in tiny(surface).screens.values()}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "unknown field `colour`"),
        ({"id": "Không hợp lệ"}, "matching regex"),
        ({"id": "thu\n"}, "matching regex"),
        ({"screens": {"nha": {"surface": "television", "say": ""}}}, "television"),
        ({"screens": {"nha": {"surface": "home", "say": "", "blocks": [{"block": "video"}]}}}, "video"),
        ({"screens": {"nha": {"surface": "home"}}}, "`say`"),
    ],
)
def test_what_is_not_a_scenario_is_refused_and_says_where(change, says):
    with pytest.raises(KioskError, match=r"^thu\.yaml: ") as refused:
        from_builtins(SMALL | change, "thu.yaml")
    assert says in str(refused.value)


def test_a_pack_with_a_damaged_scenario_is_refused():
    with pytest.raises(KioskError, match="build the pack again"):
        decode(b'{"id": ', "practice/thu.json")


def test_an_unknown_variant_is_an_error_that_names_the_scenario(tiny):
    with pytest.raises(KioskError, match="scenario store has no variant hai"):
        tiny("store").variant("hai")
