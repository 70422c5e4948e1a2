"""Debian's tree for the card, and the kernel's packages, which are unpacked and not configured."""

from pathlib import Path
from shlex import quote
from typing import Final

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning.image.packages import Choice

TREE: Final = "tree.tar"
KERNEL: Final = "kernel"
_OPTIONS: Final = (
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=APT::Install-Recommends "false"',
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/info/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-include=/usr/share/doc/*/copyright",
    # Names of a hundred thousand devices, compiled for half a minute under emulation: a card asks for none.
    "--dpkgopt=path-exclude=*/udev/hwdb.d/*",
    "--dpkgopt=force-unsafe-io",
)
_SECONDS: Final = 3600


def make(choice: Choice, day: int, out: Path) -> None:
    """Fill `out` with the tree as an archive and with the kernel's packages.

    Args:
        choice: what the card is made of.
        day: seconds; no file of the tree is younger.
        out: an empty folder, by its whole path: apt reads any other one below a folder of its own.

    Raises:
        KioskError: no kernel came.
    """
    folder = out / KERNEL
    (folder / "partial").mkdir(parents=True)
    fetch = (
        f"APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get -y -qq -o Dir::Cache::archives={folder} -o APT::Sandbox::User=root"
        f" install --download-only --no-install-recommends {' '.join(choice.kernel)}"
    )
    words: list[str | Path] = ["mmdebstrap", "--arch=arm64", "--variant=essential", "--mode=root", "--quiet", *_OPTIONS]
    wanted: list[str | Path] = [f"--include={','.join(choice.packages)}", f"--customize-hook={fetch}"]
    run([*words, *wanted, *sources(choice, out / TREE)], env={"SOURCE_DATE_EPOCH": str(day)}, timeout=_SECONDS)
    (folder / "partial").rmdir()
    (folder / "lock").unlink(missing_ok=True)
    if not kernel(out):
        raise KioskError(f"không tải được {', '.join(choice.kernel)}", hint="xem lại --kernel và kho gói")


def sources(choice: Choice, target: Path) -> list[str | Path]:
    """Where packages come from, the suite and the target, as words of mmdebstrap."""
    if not choice.archive:
        return [choice.suite, target, *choice.sources]
    # A source that is named takes the place of the archive; one that is added once that is written does not.
    added = [f'--setup-hook=echo {quote(line)} >> "$1/etc/apt/sources.list"' for line in choice.sources]
    return [f"--components={','.join(choice.components)}", *added, choice.suite, target]


def unpack(made: Path, tree: Path) -> None:
    """Lay the tree out as files, the kernel's packages over it."""
    tree.mkdir()
    run(["tar", "--extract", "--numeric-owner", "--xattrs", "-f", made / TREE, "-C", tree], timeout=_SECONDS)
    for package in kernel(made):
        _over(package, tree)


def kernel(made: Path) -> list[Path]:
    """The packages that are unpacked: kernel and firmware, not what would make a first image of memory."""
    wanted = ("linux-image-[0-9]*", "raspi-firmware_*", "firmware-*")
    return sorted(path for pattern in wanted for path in (made / KERNEL).glob(f"{pattern}.deb"))


def _over(package: Path, tree: Path) -> None:
    """By tar, which goes through the links of the tree's root where dpkg would replace them."""
    data = run(["dpkg-deb", "--fsys-tarfile", package], timeout=_SECONDS).out
    run(["tar", "--extract", "--keep-directory-symlink", "--numeric-owner", "-f", "-", "-C", tree], data=data)
