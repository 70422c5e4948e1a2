"""The card's interpreter for this machine's own processor: what an emulated one compiles in minutes takes it seconds.

What is compiled depends on the interpreter's version, not on the processor.
"""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from kiosk.process import run
from provisioning.image import debian
from provisioning.image.packages import Choice

ROOT: Final = "root"
# For commands and, without docstrings and asserts, for services; no start asks again whether it is up to date.
_LEVELS: Final = ("-o", "0", "-o", "2", "--invalidation-mode", "unchecked-hash")


def make(choice: Choice, out: Path) -> None:
    """Unpack it into `out`, where it can be had: an office's own archive need not know this processor."""
    if not choice.archive or os.uname().machine == "aarch64":
        return
    # base-files brings the links of the root that the interpreter is found through.
    wanted = f"--include=base-files,{','.join(choice.interpreter)}"
    words = ["mmdebstrap", "--variant=extract", "--mode=root", "--quiet", '--aptopt=APT::Install-Recommends "false"']
    run([*words, wanted, *debian.sources(choice, out / ROOT)], timeout=1800)


def compile_all(made: Path, tree: Path, python: str, parts: tuple[str, ...]) -> None:
    """Compile folders of a tree in place, by what `make` left in `made`, or else by the tree's own interpreter.

    Args:
        made: the folder that `make` filled.
        tree: the card's.
        python: version of its interpreter.
        parts: below the root of the tree.
    """
    by = made / ROOT if (made / ROOT).exists() else tree
    with tempfile.TemporaryDirectory(dir=by) as work:
        place = Path(work)
        inside = f"/{place.name}"
        words = ["-m", "compileall", "-q", "-f", *_LEVELS, "-s", inside, "-p", "/"]

        def one(part: str) -> None:
            shutil.copytree(tree / part, place / part, symlinks=True)
            chroot: list[str | Path] = ["chroot", by, f"/usr/bin/python{python}", *words, f"{inside}/{part}"]
            run(chroot, env={"PYTHONHASHSEED": "0"}, timeout=1800)

        # Each part in a process of its own: the interpreter may be emulated.
        with ThreadPoolExecutor() as pool:
            list(pool.map(one, parts))
        for part in parts:
            shutil.rmtree(tree / part)
            (place / part).replace(tree / part)
