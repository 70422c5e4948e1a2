"""The kernel's modules: which must be loaded before which."""

from collections.abc import Iterable, Mapping

from kiosk.errors import KioskError

# What the first image of memory needs to find the system on a card, or on the disk of an emulated box.
FIRST = ("mmc_block", "bcm2835", "sdhci_iproc", "virtio_mmio", "virtio_blk", "squashfs", "overlay")
# The same, where the kernel has it: for boards that Debian's own does not run on.
MORE = ("sdhci_brcmstb",)


def parse(text: str) -> dict[str, tuple[str, ...]]:
    """Path of a module -> paths of those it needs, from the text of `modules.dep`."""
    rows = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {path.strip(): tuple(needs.split()) for path, _, needs in rows}


def order(needs: Mapping[str, tuple[str, ...]], built_in: str, names: Iterable[str]) -> list[str]:
    """The paths of these modules and of what they need, each after what it needs.

    Args:
        needs: as `parse` gives it.
        built_in: text of `modules.builtin`.
        names: of modules, with or without a hyphen.

    Raises:
        KioskError: the kernel has no such module.
    """
    paths = {_name(path): path for path in needs}
    inside = _names(built_in)
    found: list[str] = []
    for name in names:
        plain = name.replace("-", "_")
        if plain in paths:
            _add(needs, paths[plain], found)
        elif plain not in inside:
            raise KioskError(f"nhân này không có {name}", hint="chọn nhân khác: provision image --kernel")
    return found


def known(needs: Mapping[str, tuple[str, ...]], built_in: str) -> frozenset[str]:
    """The names of every module that the kernel has, inside or beside it."""
    return frozenset({_name(path) for path in needs} | _names(built_in))


def _names(built_in: str) -> set[str]:
    return {_name(line) for line in built_in.split()}


def _add(needs: Mapping[str, tuple[str, ...]], path: str, found: list[str]) -> None:
    for other in needs[path]:
        if other not in found:
            _add(needs, other, found)
    if path not in found:
        found.append(path)


def _name(path: str) -> str:
    return path.rpartition("/")[2].split(".ko", 1)[0].replace("-", "_")
