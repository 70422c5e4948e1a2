"""The three golden sites, and `python -m tests.provisioning.golden`, which renders them anew.

Look at the difference before keeping it.
"""

from pathlib import Path

from provisioning import tree
from provisioning.check.judge import judge
from provisioning.render import render
from provisioning.show import table
from provisioning.site_config import parse
from provisioning.tree import Rendered

SITES = Path(__file__).resolve().parents[1] / "data" / "sites"
NAMES = ("pi-3b-modem", "pi-zero-2w-open", "pi-4b-touch")
CHECK = "check.txt"


def rendered(name: str) -> dict[str, Rendered]:
    """A golden site's files."""
    return render(parse((SITES / name / tree.SITE).read_text(encoding="utf-8"), name))


def said(folder: Path, name: str) -> str:
    """What is said of a golden site that is laid into an empty folder."""
    text = (SITES / name / tree.SITE).read_text(encoding="utf-8")
    tree.lay(folder, text, {path: (each.text, each.mode) for path, each in rendered(name).items()})
    return f"{table(judge(folder))}\n"


def main() -> None:
    import shutil  # noqa: PLC0415  only this command writes
    import tempfile  # noqa: PLC0415

    for name in NAMES:
        root = SITES / name / tree.ROOT
        shutil.rmtree(root, ignore_errors=True)
        for path, each in rendered(name).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(each.text, encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            (SITES / name / CHECK).write_text(said(Path(folder) / name, name), encoding="utf-8")


if __name__ == "__main__":
    main()
