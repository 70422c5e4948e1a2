"""Which packages a card is made of, and which boards it runs on."""

import pytest

from kiosk.errors import KioskError
from provisioning import models
from provisioning.image import packages

TREES = {"bcm2837-rpi-3-b.dtb", "bcm2711-rpi-4-b.dtb", "bcm2712-rpi-5-b.dtb", "bcm2711-rpi-400.dtb"}
DEBIANS = {"bcm2835", "sdhci_iproc", "brcmfmac"}
FIRMWARE = {"brcm/brcmfmac43430-sdio.bin", "cypress/cyfmac43455-sdio.bin"}


def test_a_card_of_trixie_comes_from_the_archive_that_mmdebstrap_knows() -> None:
    choice = packages.choose("trixie", touchscreen=False)
    assert choice.archive
    assert choice.sources == ()
    assert choice.python == "3.13"
    assert "hostapd" in choice.packages
    assert "cage" not in choice.packages
    assert list(choice.packages) == sorted(choice.packages)


@pytest.mark.parametrize(("suite", "python"), [("trixie", "3.13"), ("bookworm", "3.11")])
def test_a_suite_has_its_own_interpreter_without_the_package_that_compiles_it(suite: str, python: str) -> None:
    found = packages.choose(suite, touchscreen=False).packages
    assert {f"python{python}-minimal", f"libpython{python}-stdlib"} <= set(found)
    assert not {f"python{python}", "python3"} & set(found)


def test_a_touchscreen_adds_its_programs() -> None:
    without = packages.choose("trixie", touchscreen=False).packages
    assert {"cage", "python3-webview"} <= set(packages.choose("trixie", touchscreen=True).packages) - set(without)


def test_a_workplace_may_bring_its_own_mirror_archive_and_kernel() -> None:
    rpi = "deb http://kho.noi-bo/raspberrypi trixie main"
    choice = packages.choose(
        "trixie", touchscreen=False, mirror="http://kho.noi-bo/debian", more=(rpi,), kernel=("linux-image-rpi-v8",)
    )
    assert not choice.archive
    assert all("kho.noi-bo" in line for line in choice.sources)
    assert choice.sources[-1] == rpi
    assert choice.kernel == ("linux-image-rpi-v8",)


def test_a_suite_that_nobody_tried_is_refused() -> None:
    with pytest.raises(KioskError, match="sid"):
        packages.choose("sid", touchscreen=False)


def test_boards_run_where_kernel_and_firmware_know_them() -> None:
    found = packages.models(trees=TREES, drivers=DEBIANS, firmware=FIRMWARE)
    assert found == ("pi-3b", "pi-4b")


def test_a_kernel_that_reads_the_card_of_a_pi_5_runs_on_it() -> None:
    assert "pi-5" in packages.models(trees=TREES, drivers=DEBIANS | {"sdhci_brcmstb"}, firmware=FIRMWARE)


def test_every_board_is_one_that_a_site_can_name_and_that_is_not_refused() -> None:
    known = {model.id for model in models.models().values() if model.image}
    assert set(packages.table().boards) == known
