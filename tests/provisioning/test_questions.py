"""The questions at the terminal, answered by keys."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from kiosk.errors import KioskError
from provisioning.new_site import build
from provisioning.questions import ask

ENTER, DOWN, CANCEL = "\r", "\x1b[B", "\x03"
HELPER = f"Lò Thị Inh{ENTER}0000000001{ENTER}{ENTER}{ENTER}"
Answer = Callable[..., dict[str, Any]]


@pytest.fixture
def answer() -> Iterator[Answer]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):

        def answering(*typed: str, **given: Any) -> dict[str, Any]:
            keys.send_text("".join(typed))
            return ask({key.replace("__", "."): value for key, value in given.items()})

        yield answering


def test_a_village_is_told_by_answers_alone(answer: Answer) -> None:
    said = answer(
        f"bản Nà Hường{ENTER}", f"Bản Bo{ENTER}", f"Lai Châu{ENTER}",
        f"{DOWN}{ENTER}",  # the second board: Pi 3B
        "n",  # no touchscreen
        ENTER,  # as many people as usual
        f"{DOWN}{DOWN}{ENTER}",  # a 4G stick
        HELPER, f"274613{ENTER}",
    )  # fmt: skip
    config, wrong = build(said)
    assert wrong == []
    assert config is not None
    assert config.site.id == "na-huong-ban-bo"
    assert (config.box.model, config.box.touchscreen, config.uplink.kind) == ("pi-3b", False, "usb-modem")
    assert config.helper.name == "Lò Thị Inh"
    assert config.staff.pin.startswith("$argon2id$")


def test_what_the_flags_say_is_not_asked(answer: Answer) -> None:
    given = {
        "site__village": "x", "site__commune": "y", "site__province": "z", "box__model": "pi-zero-2w",
        "site__class_size": 9, "uplink__kind": "none", "helper__name": "a", "helper__phone": "113",
        "helper__hours": "b", "helper__police": "113", "staff__pin": "",
    }  # fmt: skip
    assert answer(**given) == {key.replace("__", "."): value for key, value in given.items()}


def test_a_second_network_asks_for_its_name(answer: Answer) -> None:
    said = answer(
        f"Nhà trưởng bản{ENTER}", f"hoa ban no{ENTER}", HELPER, ENTER,
        site__village="x", site__commune="y", site__province="z", box__model="pi-zero-2w", site__class_size=9,
        uplink__kind="wifi",
    )  # fmt: skip
    assert said["uplink.ssid"] == "Nhà trưởng bản"
    assert said["uplink.password"] == "hoa ban no"
    assert "staff.pin" not in said


def test_who_gives_up_has_made_nothing(answer: Answer) -> None:
    with pytest.raises(KioskError, match="chưa tạo tệp nào"):
        answer(CANCEL)
