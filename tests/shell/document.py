"""Writes the table of docs/touchscreen.md anew, from what is tried now: `python -m tests.shell.document`."""

from tests.lab.document import put
from tests.shell.ways import tried
from tests.support.house import ROOT

PAGE = ROOT / "docs" / "touchscreen.md"
SECTION = "ways"


def main() -> None:
    rows = [("what was tried", "what came of it"), *tried()]
    PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), SECTION, rows, "*Under Xvfb, with Debian's WebKitGTK.*"))


if __name__ == "__main__":
    main()
