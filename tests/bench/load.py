"""What phones do to a box, from inside their namespace; prints what it saw as JSON. Started by device.py.

`exact CARD N`: N requests for a card over 200 connections. `open CARD SECONDS`: 50 pages and 10 probes a second, each
on a connection of its own, whether or not the ones before were answered. `class CARD SECONDS SOUND`: the same while
200 phones draw a sound at 1 Mbit/s each. `noise - SECONDS`: 50 phones that each call five unknown hosts a second.
"""

import asyncio
import contextlib
import itertools
import json
import socket
import struct
import sys
import time

_PORTAL, _CAPTURE = "10.87.0.1", "198.51.100.1"
_SOURCES = [f"10.87.8.{number}" for number in range(1, 201)]
_PAGES, _PROBES, _NOISE = 50, 10, 250  # a second
_RATE = 125_000  # bytes a second
_PART = 16_384
_AGENT = "Dalvik/2.1.0 (Linux; U; Android 9; SM-J260G Build/M1AJB)"


class Seen:
    """Milliseconds of each kind, and what went wrong."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {"page": [], "probe": [], "noise": []}
        self.refused = 0
        self.drawn = 0

    def p99(self, kind: str) -> float:
        figures = sorted(self.took[kind])
        return figures[int(len(figures) * 0.99)] if figures else 0.0


def _asks(host: str, path: str, more: str = "Connection: close\r\n") -> bytes:
    head = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {_AGENT}\r\nAccept-Encoding: gzip\r\n{more}\r\n"
    return head.encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """Status of the next response, and bytes of its body, which is read."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), length


async def _once(seen: Seen, kind: str, source: str, address: str, request: bytes, wanted: tuple[int, ...]) -> None:
    began = time.monotonic()
    try:
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection(address, 80, local_addr=(source, 0))
            with contextlib.closing(writer):
                writer.write(request)
                status, _ = await _answer(reader)
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        status = 0
    seen.refused += status not in wanted
    seen.took[kind].append((time.monotonic() - began) * 1000)


async def _steadily(rate: int, seconds: float, start: object) -> None:
    """Start one after another by the clock, however long each takes."""
    running, began = set(), time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        task = asyncio.create_task(start())
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)


async def _open(seen: Seen, card: str, seconds: float) -> None:
    turns = itertools.cycle(_SOURCES)
    page, probe = _asks(_PORTAL, card), _asks("connectivitycheck.gstatic.com", "generate_204")
    await asyncio.gather(
        _steadily(_PAGES, seconds, lambda: _once(seen, "page", next(turns), _PORTAL, page, (200,))),
        _steadily(_PROBES, seconds, lambda: _once(seen, "probe", next(turns), _CAPTURE, probe, (302, 204))),
    )


async def _draws(seen: Seen, source: str, sound: str, until: float) -> None:
    reader, writer = await asyncio.open_connection(_PORTAL, 80, local_addr=(source, 0), limit=_PART)
    line = writer.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _PART)
    request, due = _asks(_PORTAL, sound, ""), time.monotonic()
    with contextlib.closing(writer):
        while time.monotonic() < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head[:16]:
                seen.refused += 1
                return
            left = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            while left:
                part = await reader.read(min(_PART, left))
                left -= len(part)
                seen.drawn += len(part)
                due += len(part) / _RATE
                await asyncio.sleep(max(0.0, due - time.monotonic()))


async def _class(seen: Seen, card: str, seconds: float, sound: str) -> None:
    until = time.monotonic() + seconds + 2
    drawing = [asyncio.create_task(_draws(seen, source, sound, until)) for source in _SOURCES]
    await asyncio.sleep(1)
    await _open(seen, card, seconds)
    await asyncio.gather(*drawing)


async def _exact(seen: Seen, card: str, count: int) -> int:
    request = _asks(_PORTAL, card, "")

    async def some(source: str) -> int:
        reader, writer = await asyncio.open_connection(_PORTAL, 80, local_addr=(source, 0))
        with contextlib.closing(writer):
            got = 0
            for _ in range(count // len(_SOURCES)):
                writer.write(request)
                got += (await _answer(reader))[0] == 200
        return got

    return sum(await asyncio.gather(*(some(source) for source in _SOURCES)))


def _name(source: str, name: str) -> bytes:
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((source, 0))
        line.settimeout(2)
        line.connect((_PORTAL, 53))
        line.send(struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", 1, 1))
        return line.recv(512)


async def _noise(seen: Seen, seconds: float) -> None:
    turns, numbers = itertools.cycle(_SOURCES[:50]), itertools.count()

    async def calls() -> None:
        host, source = f"api{next(numbers)}.telemetry.example", next(turns)
        try:
            await asyncio.to_thread(_name, source, host)
        except OSError:
            seen.refused += 1
        await _once(seen, "noise", source, _CAPTURE, _asks(host, "v1/ping?x=1"), (302,))

    await _steadily(_NOISE, seconds, calls)


async def main(what: str, card: str, amount: int, sound: str = "") -> None:
    seen, began, answers = Seen(), time.monotonic(), 0
    if what == "exact":
        answers = await _exact(seen, card, amount)
    elif what == "open":
        await _open(seen, card, amount)
    elif what == "class":
        await _class(seen, card, amount, sound)
    else:
        await _noise(seen, amount)
        answers = len(seen.took["noise"])
    mbit = seen.drawn * 8 / 1e6 / (time.monotonic() - began)
    found = {"page": seen.p99("page"), "probe": seen.p99("probe"), "refused": seen.refused, "answers": answers}
    print(json.dumps({**found, "mbit": mbit}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:]))
