"""A phone of the lab: a namespace with a real DHCP client, which asks names and pages as phones do."""

import contextlib
import gzip
import re
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lab.box import Box
from tests.lab.ground import ground
from tests.lab.net import Space, space
from tests.lab.traces import NAME

A, AAAA, SVCB, HTTPS = 1, 28, 64, 65
WEBVIEW = (
    "Mozilla/5.0 (Linux; Android 10; SM-A105G Build/QP1A.190711.020; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/119.0.6045.66 Mobile Safari/537.36"
)
_IPV4 = re.compile(r"[\d.]+")
# What udhcpc calls with its findings in the environment.
_SCRIPT = """#!/bin/sh
[ "$1" = bound ] || [ "$1" = renew ] || exit 0
ip addr replace "$ip/$mask" dev "$interface"
ip route replace default via "$router"
env > "{file}"
"""


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in lower case, body, and what it cost."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    bytes: int
    seconds: float


@dataclass
class Phone:
    """A phone in the air of a box.

    Attributes:
        space: its namespace.
        met: where its box's lab notes who was there.
        lease: what DHCP gave: ip, mask, router, dns, lease, opt114 where it came.
    """

    space: Space
    folder: Path
    met: set[str]
    lease: dict[str, str] = field(default_factory=dict)

    @property
    def mac(self) -> str:
        """Its card's address."""
        return self.space.run("cat", "/sys/class/net/wlan0/address").out.decode().strip()

    def join(self, wish: str = "") -> float:
        """Get a lease, or renew it, where possible of the address wished for; returns the seconds that took."""
        file, script = self.folder / "lease", self.folder / "udhcpc"
        script.write_text(_SCRIPT.format(file=file), encoding="ascii")
        script.chmod(0o755)
        began = time.monotonic()
        self.space.run(
            "busybox", "udhcpc", "-i", "wlan0", "-q", "-n", "-f", "-t", "20", "-T", "1", "-O", "114", "-x",
            f"hostname:{NAME}", "-s", str(script), *(["-r", wish] if wish else []),
        )  # fmt: skip
        took = time.monotonic() - began
        self.lease = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
        self.met |= {self.mac, self.lease["ip"]}
        return took

    def leave(self) -> None:
        """Give the lease back and go."""
        card, own = bytes.fromhex(self.mac.replace(":", "")), socket.inet_aton(self.lease["ip"])
        self.space.call(lambda: _release(card, own, self.lease["router"]))
        self.space.ip("addr", "flush", "dev", "wlan0")

    def lookup(self, name: str, kind: int = A, server: str = "") -> tuple[int, list[bytes]]:
        """What DNS answers: its code, and the data of each record."""
        return self.space.call(lambda: self._resolve(server, name, kind))

    def ask(
        self, url: str, agent: str = WEBVIEW, *, method: str = "GET", to: str = "", body: bytes = b"", **headers: str
    ) -> Answer:
        """One request on a connection of its own: "host/path"; `to` is an address that is asked without DNS."""
        return self.space.call(lambda: self.ask_here(url, agent, method=method, to=to, body=body, **headers))

    def ask_here(
        self, url: str, agent: str = WEBVIEW, *, method: str = "GET", to: str = "", body: bytes = b"", **headers: str
    ) -> Answer:
        """The same, by a thread that is already inside."""
        host, slash, path = url.partition("/")
        there = to or (host if _IPV4.fullmatch(host) else socket.inet_ntoa(self._resolve("", host, A)[1][0]))
        lines = {"Host": host, "User-Agent": agent, "Connection": "close", **{
            name.replace("_", "-"): value for name, value in headers.items()
        }}  # fmt: skip
        if body or method == "POST":
            form = {"Content-Length": str(len(body)), "Content-Type": "application/x-www-form-urlencoded"}
            lines = {**form, **lines}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        sent = f"{method} {slash}{path} HTTP/1.1\r\n{head}\r\n".encode() + body
        return _exchange(there, sent)

    def _resolve(self, server: str, name: str, kind: int) -> tuple[int, list[bytes]]:
        return _resolve(server or self.lease["dns"], name, kind)

    def open_ports(self, address: str, ports: range) -> dict[int, str]:
        """Every port that is not refused at once: "open" or "silent"."""
        with ThreadPoolExecutor(8) as many:
            found = many.map(lambda port: (port, self.space.call(lambda: knock(address, port))), ports)
        return {port: state for port, state in found if state != "refused"}


@contextlib.contextmanager
def phone(box: Box, name: str) -> Iterator[Phone]:
    """A phone in the air, not yet joined."""
    with TemporaryDirectory(dir=ground().folder) as folder, space(name) as own:
        box.plug(own)
        yield Phone(own, Path(folder), box.met)


def _resolve(server: str, name: str, kind: int) -> tuple[int, list[bytes]]:
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    question = struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(5)
        line.connect((server, 53))
        line.send(question)
        answer = line.recv(4096)
    code, count, at = answer[3] & 0x0F, struct.unpack(">H", answer[6:8])[0], len(question)
    found = []
    for _ in range(count):
        at += 2  # dnsmasq points at the question's name
        _, _, _, size = struct.unpack(">HHIH", answer[at : at + 10])
        found.append(answer[at + 10 : at + 10 + size])
        at += 10 + size
    return code, found


def _release(card: bytes, own: bytes, server: str) -> None:
    """A DHCPRELEASE, which busybox sends only for a lease that it still holds."""
    head = struct.pack(">BBBBIHH4s12s16s", 1, 1, 6, 0, 7, 0, 0, own, b"", card) + bytes(192)
    options = b"\x63\x82\x53\x63\x35\x01\x07\x36\x04" + socket.inet_aton(server) + b"\x3d\x07\x01" + card
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((socket.inet_ntoa(own), 68))
        line.sendto(head + options + b"\xff", (server, 67))


def _exchange(address: str, sent: bytes) -> Answer:
    began = time.monotonic()
    got = b""
    with socket.create_connection((address, 80), timeout=10) as line:
        line.sendall(sent)
        while part := line.recv(65536):
            got += part
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(int(first.split()[1]) if first else 0, headers, body, len(got), time.monotonic() - began)


def knock(address: str, port: int) -> str:
    """Whether a TCP port is open, refused or silent, for who calls from the present namespace."""
    try:
        socket.create_connection((address, port), timeout=1).close()
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "silent"
    return "open"
