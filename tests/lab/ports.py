"""What a scanner finds from a phone's place: nmap over every TCP port of both addresses, and the usual UDP ones."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from tests.lab.box import CAPTURE, PORTAL
from tests.lab.phone import Phone

# Names, leases, files, time, names of neighbours, management, printing, tunnels, calls, discovery, traffic of the box.
UDP = (
    53, 67, 68, 69, 111, 123, 137, 138, 161, 162, 389, 443, 500, 514, 520, 546, 547, 623, 631, 853, 1194, 1434, 1701,
    1812, 1900, 2049, 3478, 3702, 4500, 5060, 5353, 5355, 5683, 8443, 11211, 27015, 33434, 47808, 49152, 51820,
)  # fmt: skip


@dataclass(frozen=True)
class Scan:
    """What was found at an address: port -> state, of those that are not closed; and how the others answered."""

    open: dict[str, str]
    others: str


def scan(phone: Phone, address: str) -> Scan:
    """Every TCP port and the usual UDP ones of an address, asked from the phone's namespace."""
    words = ["nmap", "-n", "-Pn", "-T4", "--min-rate", "800", "-oX", "-"]
    ports = f"T:1-65535,U:{','.join(map(str, UDP))}"
    told = phone.space.run(*words, "-sT", "-sU", "-p", ports, address, timeout=280).out
    host = ET.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", told)).find("host")
    found, others = {}, []
    for port in host.iter("port"):
        state = port.find("state").get("state")
        if state != "closed":
            found[f"{port.get('protocol')} {port.get('portid')}"] = state
    for extra in host.iter("extraports"):
        others.append(f"{extra.get('count')} {extra.get('state')}")
    return Scan(found, ", ".join(others))


def scans(phone: Phone) -> dict[str, Scan]:
    """Both addresses of the box."""
    return {address: scan(phone, address) for address in (PORTAL, CAPTURE)}
