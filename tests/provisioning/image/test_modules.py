"""Which modules are loaded before which."""

import pytest

from kiosk.errors import KioskError
from provisioning.image import modules

DEP = """\
kernel/fs/overlayfs/overlay.ko.xz:
kernel/drivers/mmc/host/sdhci-iproc.ko.xz: kernel/drivers/mmc/host/sdhci-pltfm.ko.xz kernel/drivers/mmc/host/sdhci.ko.xz
kernel/drivers/mmc/host/sdhci-pltfm.ko.xz: kernel/drivers/mmc/host/sdhci.ko.xz
kernel/drivers/mmc/host/sdhci.ko.xz:
"""
BUILT_IN = "kernel/drivers/mmc/core/mmc_block.ko\n"


def test_what_a_module_needs_is_loaded_before_it_and_once() -> None:
    needs = modules.parse(DEP)
    order = [path.rpartition("/")[2] for path in modules.order(needs, BUILT_IN, ["sdhci_iproc", "sdhci", "overlay"])]
    assert order == ["sdhci.ko.xz", "sdhci-pltfm.ko.xz", "sdhci-iproc.ko.xz", "overlay.ko.xz"]


def test_what_is_inside_the_kernel_is_not_loaded() -> None:
    assert modules.order(modules.parse(DEP), BUILT_IN, ["mmc-block"]) == []


def test_a_module_that_a_kernel_has_not_is_told() -> None:
    with pytest.raises(KioskError, match="squashfs"):
        modules.order(modules.parse(DEP), BUILT_IN, ["squashfs"])


def test_a_kernel_s_modules_are_known_by_name() -> None:
    assert modules.known(modules.parse(DEP), BUILT_IN) == {
        "overlay",
        "sdhci_iproc",
        "sdhci_pltfm",
        "sdhci",
        "mmc_block",
    }
