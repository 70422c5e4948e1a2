"""What first boot does to a system: files written whole or not at all, programs started. Tests give it other hands."""

import grp
import os
import pwd
import shutil
from collections.abc import Sequence
from pathlib import Path

from kiosk import process
from kiosk.durable import sync
from kiosk.process import Result


class Hands:
    """The hands of the real box.

    Args:
        root: the folder that stands for `/`.
    """

    def __init__(self, root: Path = Path("/")) -> None:
        self.root = root

    def at(self, path: str) -> Path:
        """Where a path of the box lies."""
        return self.root / path.lstrip("/")

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None when it is not there or cannot be read."""
        try:
            return self.at(path).read_bytes()
        except OSError:
            return None

    def write(self, path: str, data: bytes, *, mode: int = 0o644, group: str = "root") -> None:
        """Put a file in its place; a power cut leaves the old one or the new one."""
        target = self.at(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            self.own(draft, group)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        sync(target.parent)

    def remove(self, path: str) -> None:
        """Take a file away."""
        self.at(path).unlink(missing_ok=True)

    def move(self, path: str, target: str) -> None:
        """Give a file another name."""
        self.at(path).replace(self.at(target))
        sync(self.at(target).parent)

    def copy(self, path: str, target: str) -> None:
        """Copy a folder with owners and rights; a power cut leaves it whole or absent."""
        place = self.at(target)
        draft = place.with_name(f".{place.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.run(["cp", "--archive", str(self.at(path)), str(draft)])
        self.run(["sync", "--file-system", str(draft)])
        draft.replace(place)
        sync(place.parent)

    def give(self, path: Path, user: str) -> None:
        """Give a file to one program's user, for its eyes alone."""
        os.chown(path, pwd.getpwnam(user).pw_uid, -1)

    def own(self, path: Path, group: str) -> None:
        """Give a file to root and a group."""
        os.chown(path, 0, grp.getgrnam(group).gr_gid)

    def run(self, words: Sequence[str], *, check: bool = True) -> Result:
        """Run a program of the box."""
        return process.run(words, check=check, timeout=300)
