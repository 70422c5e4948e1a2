"""Everything that is said of a rendered site before it is flashed: own rules and the real programs."""

from pathlib import Path

from kiosk.findings import Finding
from provisioning import tree
from provisioning.check import daemons, rules


def judge(folder: Path) -> list[Finding]:
    """The findings of a rendered site.

    Raises:
        KioskError: the folder holds none.
    """
    seen = tree.look(folder)
    said = rules.of_text(seen.site) if seen.site else []
    # What the site file was told already is not told again of the file made from it.
    again = [row for row in rules.of_tree(seen.files) if not any(each.what.endswith(row.what) for each in said)]
    return [*said, *again, *daemons.judge(tree.root_of(folder))]
