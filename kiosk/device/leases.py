"""The lease file of dnsmasq: which phone holds which address now. Host names in it are never read."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# expiry, MAC (with the hardware's type in front when it is not Ethernet), address; what follows is not ours to know.
_LINE: Final = re.compile(
    r"(?P<expires>[0-9]{1,12}) (?:[0-9a-fA-F]{2}-)?(?P<mac>[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}) "
    r"(?P<address>[0-9]{1,3}(?:\.[0-9]{1,3}){3}) "
)


@dataclass(frozen=True, slots=True)
class Lease:
    """An address held by a phone.

    Attributes:
        address: IPv4.
        mac: six pairs of lower-case hex digits.
        expires: seconds since 1970 by dnsmasq's clock; 0 for never.
    """

    address: str
    mac: str
    expires: int

    def left(self, wall: float, usual: int) -> int:
        """Whole seconds until it lapses, at most `usual`; nothing or less once it has lapsed.

        Args:
            wall: seconds since 1970 by the same clock; it may have jumped since the lease was given.
            usual: seconds of a new lease.
        """
        return usual if not self.expires else min(usual, int(self.expires - wall))


def parse_leases(text: str) -> dict[str, Lease]:
    """The leases by address; lines of DHCPv6 and broken ones are passed over, the last of an address counts."""
    found = (_LINE.match(line) for line in text.splitlines())
    leases = (Lease(line["address"], line["mac"].lower(), int(line["expires"])) for line in found if line)
    return {lease.address: lease for lease in leases}


def read_leases(path: Path) -> dict[str, Lease] | None:
    """The leases in a file; None where there is none (a laptop gives no addresses), or none that is whole.

    dnsmasq empties the file and writes it anew: whoever looks meanwhile finds nothing, or half a line at its end.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return parse_leases(text) if text.endswith("\n") else None
