"""Every system that the kiosk knows, from joining to being let out again."""

from collections.abc import Callable

import pytest

from kiosk.portal.probes import Probe
from kiosk.practice.shelf import Shelf
from tests.lab import matrix
from tests.lab.box import Box
from tests.lab.phone import Phone

PHONES = Callable[[], Phone]


@pytest.mark.parametrize("probe", matrix.clients(), ids=lambda probe: probe.client)
def test_sheet_lesson_practice_xong_and_connect(house: Box, a_phone: PHONES, probe: Probe) -> None:
    way = matrix.way(a_phone(), probe, Shelf(house.data / "packs"))
    assert [name for name, stage in way.stages.items() if not stage.ok] == []
    assert way.no_data, "AAAA, HTTPS and SVCB of its hosts"
