"""Every statement into a file, one JSON a line: what `forward` would send to an empty record store."""

from pathlib import Path

import msgspec

from kiosk.collector.province import Province
from kiosk.collector.xapi import select
from kiosk.errors import KioskError


def export(province: Province, path: Path, now: int) -> int:
    """Write the file; the number of statements.

    Raises:
        KioskError: it cannot be written.
    """
    written = 0
    try:
        with path.open("wb") as file:
            for epoch in select.dated(province, now):
                for _, made in select.statements(province, epoch):
                    if made is not None:
                        file.write(msgspec.json.encode(made) + b"\n")
                        written += 1
    except OSError as wrong:
        raise KioskError(f"{path} cannot be written: {wrong.strerror}", hint="name another file") from wrong
    return written
