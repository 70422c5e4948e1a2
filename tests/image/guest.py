"""A card in an emulated box: started, spoken to, and its plug pulled.

The card is the one that `provision flash` writes; nothing on it is changed. What the laboratory needs inside (simulated
radios, a shell to speak to) comes through a second archive behind the first image of memory.
"""

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.process import environment
from provisioning.image import cpio

_HERE = Path(__file__).parent
_BARE = ("-no-reboot", "-display", "none")
# A machine of no make, and a Pi as far as it is emulated: its slot for cards, no radio, no firmware.
_VIRT = ("-M", "virt", "-cpu", "cortex-a72", "-smp", "2", "-m", "1024", "-nodefaults", *_BARE)
_PI = ("-M", "raspi3b", "-dtb", "bcm2837-rpi-3-b.dtb", *_BARE)
# Eight nanoseconds an instruction, about as fast as a machine of today emulates a busy one.
_LEAPS = ("-icount", "shift=3,sleep=off")
MACHINES = ("virt", "raspi3b")
PATIENCE = 600  # seconds; an emulated processor beside other work is slow


@dataclass
class Guest:
    """A running box.

    Attributes:
        log: what its kernel and systemd print.
        began: when it was switched on.
    """

    process: "subprocess.Popen[bytes]"
    shell: socket.socket
    log: Path
    began: float
    _read: bytearray = field(default_factory=bytearray)
    _number: int = 0

    def sh(self, command: str, *, check: bool = True, patience: float = PATIENCE) -> str:
        """Run a command inside; what it prints, and on failure an error with it."""
        self._number += 1
        mark = f"--{self._number}--"
        self.shell.sendall(f"{{ {command}\n}} 2>&1 </dev/null; echo '{mark}'$?\n".encode())
        text = self._until(mark.encode(), patience)
        said, _, code = text.rpartition(mark)
        if check and code.strip() != "0":
            raise AssertionError(f"{command}: {code.strip()}: {said}")
        return said.strip()

    def wait(self, command: str, patience: float = PATIENCE) -> float:
        """Wait until a command succeeds inside; seconds since the box was switched on."""
        until = time.monotonic() + patience
        while self.sh(f"{command} >/dev/null && echo yes || true").rpartition("\n")[2] != "yes":
            if time.monotonic() > until:
                raise AssertionError(f"never: {command}\n{self.journal()}")
            time.sleep(1)
        return time.monotonic() - self.began

    def begin(self, command: str) -> None:
        """Start a command that goes on until the power goes."""
        self.shell.sendall(f"{{ {command}\n}} 2>/dev/null </dev/null\n".encode())

    def cut_after(self, seconds: float) -> list[str]:
        """Pull the plug after so long; the whole lines that what was begun had said by then."""
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0:
            self._hear(rest)
        self.cut()
        return self._read.decode(errors="replace").splitlines()[: self._read.count(b"\n")]

    def uptime(self) -> float:
        """Seconds since its kernel started."""
        return float(self.sh("cat /proc/uptime").split()[0])

    def journal(self, *words: str) -> str:
        """The end of its journal."""
        return self.sh(f"journalctl --no-pager -n 60 -o short-monotonic {' '.join(words)}", check=False)

    def cut(self) -> None:
        """Pull the plug."""
        self.process.kill()
        self.process.wait()
        self.shell.close()

    def _until(self, mark: bytes, patience: float) -> str:
        until = time.monotonic() + patience
        while not (mark in self._read and self._read.endswith(b"\n")):
            if not self._hear(until - time.monotonic()):
                raise AssertionError(f"the box fell silent: {self._read.decode(errors='replace')}\n{self._end()}")
        text = self._read.decode(errors="replace").replace("\r\n", "\n")
        self._read.clear()
        return text

    def _hear(self, patience: float) -> bool:
        """Read what comes; False when nothing came for so long."""
        self.shell.settimeout(max(0.1, patience))
        try:
            part = self.shell.recv(65536)
        except TimeoutError:
            part = b""
        self._read += part
        return bool(part)

    def _end(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@contextlib.contextmanager
def boot(
    card: Path, files: Path, place: Path, *, radios: int = 2, more: Mapping[str, cpio.Entry] | None = None,
    machine: str = "virt", hurried: bool = False,
) -> Iterator[Guest]:  # fmt: skip
    """A card's box for the length of a block, spoken to as soon as its shell is there.

    Args:
        card: the flashed file.
        files: what lies on its boot partition: kernel, first image of memory, command line.
        place: a folder for sockets and logs.
        radios: simulated ones; the first is the box's own.
        more: path in the system -> what the laboratory lays there beside its own.
        machine: of MACHINES.
        hurried: whether its clock goes by what it does, and leaps where it does nothing: an hour of rest in minutes.
    """
    place.mkdir(parents=True, exist_ok=True)
    memory, path, log = place / "memory", place / "shell", place / "log"
    # The kernel wants each archive to begin on a round place.
    first = (files / "initrd.img").read_bytes()
    inside = _laboratory(radios, dict(more or {}) | _SHELLS[machine])
    memory.write_bytes(first + b"\0" * (-len(first) % 512) + inside)
    line = (files / "cmdline.txt").read_text().strip().replace("console=tty1 quiet loglevel=3", "console=ttyAMA0")
    line = line.replace("systemd.show_status=no", "systemd.show_status=yes")
    path.unlink(missing_ok=True)
    words = [
        "qemu-system-aarch64", "-kernel", "vmlinuz", "-initrd", memory, "-append", line, "-serial", f"file:{log}",
        "-chardev", f"socket,id=shell,path={path},server=on,wait=off", *_attached(machine, card),
        *(_LEAPS if hurried else ()),
    ]  # fmt: skip
    began = time.monotonic()
    quiet = subprocess.DEVNULL
    started = subprocess.Popen([str(word) for word in words], env=environment(), stdin=quiet, cwd=files)
    guest = Guest(started, _connected(path, started), log, began)
    try:
        guest._until(b"ready", PATIENCE)
        yield guest
    finally:
        if started.poll() is None:
            guest.cut()


def _attached(machine: str, card: Path) -> tuple[str, ...]:
    """The machine with its card and its shell."""
    drive = f"file={card},format=raw,cache=writeback"
    if machine == "raspi3b":
        return (*_PI, "-drive", f"{drive},if=sd", "-serial", "chardev:shell")
    disk = ("-drive", f"{drive},if=none,id=card", "-device", "virtio-blk-device,drive=card")
    shell = ("-device", "virtio-serial-device", "-device", "virtconsole,chardev=shell")
    return (*_VIRT, *disk, *shell, "-device", "virtio-rng-device")


def _spoken_at(place: str) -> Mapping[str, cpio.Entry]:
    name = "etc/systemd/system/laboratory-shell.service"
    return {name: cpio.Entry((_HERE / "inside" / name).read_bytes().replace(b"hvc0", place.encode()))}


_SHELLS = {"virt": _spoken_at("hvc0"), "raspi3b": _spoken_at("ttyS1")}


def _laboratory(radios: int, more: Mapping[str, cpio.Entry]) -> bytes:
    """What the laboratory lays over the system, in memory, before it starts."""
    inside = {path.relative_to(_HERE / "inside").as_posix(): path for path in sorted((_HERE / "inside").rglob("*"))}
    entries = {f"laboratory/{name}": cpio.program(path.read_bytes()) for name, path in inside.items() if path.is_file()}
    # The first program calls this one last.
    entries["bin/switch_root"] = cpio.program((_HERE / "switch_root").read_bytes())
    entries["laboratory/etc/modprobe.d/air.conf"] = cpio.Entry(f"options mac80211_hwsim radios={radios}\n".encode())
    return cpio.pack(entries | {f"laboratory/{path}": entry for path, entry in more.items()})


def _connected(path: Path, started: "subprocess.Popen[bytes]") -> socket.socket:
    shell = socket.socket(socket.AF_UNIX)
    until = time.monotonic() + PATIENCE
    while started.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            shell.connect(str(path))
            return shell
        time.sleep(0.1)
    raise AssertionError("the emulator did not start")
