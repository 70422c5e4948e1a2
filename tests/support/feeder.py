"""Puts real-looking numbers into every place of a request that a program or a person could put them."""

import contextlib
import http.client
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kiosk.practice.state import print_action
from kiosk.practice.walks import walk
from tests.support import memory
from tests.support.harm_house import HarmHouse
from tests.support.numbers import Numbers
from tests.support.practice_house import PACK
from tests.support.scenarios import TINY, read

_PATIENCE = 150.0  # seconds; what requests left in circles is freed every minute
_FORM = "application/x-www-form-urlencoded"
# The real fields, and what a form of the real app would have: also where we have no such field.
FIELDS = ("pack", "scenario", "stage", "lang", "anew", "visit", "do", "name", "cccd", "so_the", "otp", "mat_khau")
FORMS = ("tap", "xong", "connect", "help", "captive-api", "lop", "vote")
PLACES = (
    "",
    "help",
    "tap",
    "connect",
    "status.json",
    "topics.vi.html",
    f"bai/{PACK}/x/y.vi.html",
    "m/x.mp3",
    "khong-co",
)
HEADERS = (
    "User-Agent", "Referer", "Cookie", "X-Forwarded-For", "X-Kiosk-Address", "X-Kiosk-Where", "Authorization",
    "Accept-Language", "If-None-Match", "Range", "X-Anything",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")


@dataclass
class Feeder:
    """Sends requests to a house.

    Attributes:
        port: the house's, on loopback.
        numbers: those that were put in.
    """

    port: int
    numbers: Numbers

    def everywhere(self) -> None:
        """Every place there is."""
        self.forms()
        for path in TINY:
            self.steps(path.stem)
        self.requests()
        self.broken()

    def send(self, method: str, target: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """One request; its status and where it leads on."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.putrequest(method, f"/{target}", skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        if body:
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body or None)
        with contextlib.closing(line), line.getresponse() as answer:
            answer.read()
            return answer.status, answer.headers.get("Location", "")

    def post(self, target: str, **fields: str) -> str:
        """A form; where it leads on, seen from the root."""
        _, location = self.send("POST", target, urlencode(fields).encode(), **{"Content-Type": _FORM})
        return location if location.startswith("tap/") else f"{target.rpartition('/')[0]}/{location}"

    def forms(self) -> None:
        """Every field of every form."""
        whole = {"pack": PACK, "scenario": "app", "stage": "alone", "lang": "vi", "anew": "1"}
        for form in FORMS:
            for field in FIELDS:
                self.post(form, **{**whole, field: self.numbers.one(f"POST {form}, {field}")})

    def steps(self, scenario: str) -> None:
        """Every step of a scenario: its fields, its address, and its keypad digit by digit."""
        told = next(read(path) for path in TINY if path.stem == scenario)
        address = self.post("tap", pack=PACK, scenario=scenario, stage="together", anew="1")
        for action in walk(told, told.teach):
            for field in ("do", "visit", "lang", "so"):
                address = self.post(address, **{field: self.numbers.one(f"{scenario}, field {field}")})
            self.send("GET", f"{address}?so={quote(self.numbers.one(f'{scenario}, query'))}")
            self.send("GET", f"{address}/{quote(self.numbers.one(f'{scenario}, path'))}")
            address = self.post(address, do=print_action(action))
        address = self.post("tap", pack=PACK, scenario=scenario, stage="alone", anew="1")
        for number in self.numbers.three(f"{scenario}, key by key"):
            for digit in number:
                address = self.post(address, do=f"d{digit}")

    def requests(self) -> None:
        """Query, path, body, headers and host of any page, by any method."""
        for method in METHODS:
            for place in PLACES:
                said = f"{method} /{place}"
                self.send(method, f"{place}?q={quote(self.numbers.one(f'{said}, query'))}")
                self.send(method, f"{place}/{quote(self.numbers.one(f'{said}, path'))}")
                self.send(method, place, self.numbers.one(f"{said}, body").encode(), **{"Content-Type": _FORM})
                self.send(method, place, Host=f"{self.numbers.three(f'{said}, host')[2]}.example")
                for header in HEADERS:
                    self.send(method, place, **{header: self.numbers.one(f"{said}, {header}")})

    def broken(self) -> None:
        """Bodies of another kind, too much of one, and what is no request."""
        part = f'--x\r\nContent-Disposition: form-data; name="do"; filename="{self.numbers.one("file name")}"'
        body = f"{part}\r\n\r\n{self.numbers.one('file')}\r\n--x--".encode()
        self.send("POST", "tap", body, **{"Content-Type": "multipart/form-data; boundary=x"})
        self.send("POST", "tap", self.numbers.one("JSON").encode(), **{"Content-Type": "application/json"})
        self.send("POST", "tap", self.numbers.one("too long").encode() * 400, **{"Content-Type": _FORM})
        self.send("GET", f"?{self.numbers.three('long query')[0] * 100}")
        for method in (self.numbers.three("method")[1], "G\x00T"):
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                self.send(method, "")

    def visit(self) -> str:
        """A visit from its beginning to its end; its id."""
        address = self.post("tap", pack=PACK, scenario="app", stage="alone", lang="vi", anew="1")
        visit = address.split("/")[1]
        self.send("GET", address)
        self.post("xong", visit=visit)
        return visit

    def idle(self, times: int) -> None:
        """Ordinary pages, as the next visitors ask for them."""
        for _ in range(times):
            self.send("GET", "")


def left_in_processes(
    house: HarmHouse, fed: Feeder, found_in: Callable[[bytes], Iterable[str]]
) -> dict[str, list[str]]:
    """What is found in the memory of the house's processes, by process, once it has had its time to go."""
    end = time.monotonic() + _PATIENCE
    while True:
        left: dict[str, list[str]] = {}
        for pid in memory.family(house.server.pid):
            found = {one for piece in memory.pieces(pid) for one in found_in(piece)}
            left |= {f"{pid} {memory.command(pid)}": sorted(found)[:20]} if found else {}
        if not left or time.monotonic() > end:
            return left
        time.sleep(5)
        fed.idle(20)
