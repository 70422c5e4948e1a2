"""`make bench`: every budget beside its anchor, both measured in this run.

Each module here that has `rows()` gives lines of (what, figure, anchor, budget). Name modules to run only those.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

HEAD = ("what", "measured", "anchor", "budget")


def _modules(wanted: list[str]) -> list[str]:
    known = [found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]) if found.name != "__main__"]
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    return [name for name in known if not wanted or name in wanted]


def _show(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main() -> None:
    rows: list[tuple[str, ...]] = [HEAD]
    for name in _modules(sys.argv[1:]):
        module = importlib.import_module(f"tests.bench.{name}")
        if hasattr(module, "rows"):
            print(f"measuring {name} ...", file=sys.stderr)
            rows.extend(module.rows())
    print(_show(rows))


if __name__ == "__main__":
    main()
