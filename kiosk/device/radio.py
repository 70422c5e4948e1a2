"""The radio as it really is: whose rules it follows, who is on it, whom it turned away. No address is kept."""

import re
from dataclasses import dataclass

import msgspec

from kiosk.errors import KioskError
from kiosk.process import run

# iw's names for rules that are nobody's: the world's, those built into a driver, several that were intersected.
_NO_COUNTRY = frozenset({"00", "98", "99"})
_PHY = re.compile(r"phy#(\d+)")
_COUNTRY = re.compile(r"country ([A-Z0-9]{2}):")
_CHANNEL = re.compile(r"\* [\d.]+ MHz \[(\d+)\](.*)")
_BARRED = re.compile(r"disabled|no.IR|passive|radar", re.IGNORECASE)
_SIGNAL = re.compile(r"signal:\s+(-?\d+)")
_VERSION = re.compile(r"Firmware: \S+ .*?version (\S+)")
_TURNED_AWAY = "no more room for new STAs"
_REJECTED = "Firmware rejected country setting"
_UNDERVOLTED = "Undervoltage detected"


class Radio(msgspec.Struct, frozen=True):
    """The radio that serves phones, at one look.

    Attributes:
        interface: its name.
        driver: of the kernel.
        firmware: version of what runs on the chip; empty where it does not say.
        country: the rules in force; empty where the driver follows its own.
        rejected: whether the chip refused a country since the system started.
        channel: it sends on; 0 when it does not say.
        channels: on which it may begin to send.
        stations: on it now.
        signal_dbm: their median signal; None without any.
        refused: how often it turned somebody away in the last hour; None where the log cannot be read.
    """

    interface: str
    driver: str = ""
    firmware: str = ""
    country: str = ""
    rejected: bool = False
    channel: int = 0
    channels: tuple[int, ...] = ()
    stations: int = 0
    signal_dbm: int | None = None
    refused: int | None = None


@dataclass(frozen=True, slots=True)
class Interface:
    """An access point's interface, the number of its phy, its channel."""

    name: str
    phy: int
    channel: int


@dataclass(frozen=True, slots=True)
class Log:
    """What kernel and hostapd wrote: the chip's firmware, whether it refused a country, whether power was low."""

    firmware: str = ""
    rejected: bool = False
    undervolted: bool = False
    refused: int = 0


def parse_interfaces(text: str) -> Interface | None:
    """The access point in `iw dev`; None when nothing serves."""
    phy, name, channel, serves = 0, "", 0, False
    for line in [*text.splitlines(), "phy#0"]:
        word, _, rest = line.strip().partition(" ")
        if (start := _PHY.match(word)) or word == "Interface":
            if serves:
                return Interface(name, phy, channel)
            phy, name, channel = (int(start.group(1)) if start else phy), rest, 0
        elif word == "type":
            serves = rest == "AP"
        elif word == "channel":
            channel = int(rest.split()[0])
    return None


def parse_country(text: str, phy: int) -> str:
    """The country whose rules a phy follows, from `iw reg get`; empty where it follows its driver's own."""
    found: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        if said := _COUNTRY.match(line):
            found.setdefault(section, said.group(1))
        elif line and not line[0].isspace():
            section = line.split()[0]
    country = found.get(f"phy#{phy}", found.get("global", ""))
    return "" if country in _NO_COUNTRY and f"phy#{phy}" in found else country


def parse_channels(text: str) -> tuple[int, ...]:
    """The channels on which a radio may begin to send, from `iw phy`."""
    found = _CHANNEL.findall(text)
    return tuple(sorted({int(number) for number, rest in found if not _BARRED.search(rest)}))


def parse_stations(text: str) -> tuple[int, int | None]:
    """How many are on the radio and their median signal in dBm, from `iw dev … station dump`."""
    blocks = re.split(r"^Station ", text, flags=re.MULTILINE)[1:]
    inside = [block for block in blocks if not re.search(r"authorized:\s+no", block)]
    signals = sorted(int(found.group(1)) for block in inside if (found := _SIGNAL.search(block)))
    return len(inside), signals[(len(signals) - 1) // 2] if signals else None


def parse_driver(text: str) -> tuple[str, str]:
    """Driver and firmware, from `ethtool -i`."""
    rows = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    return rows.get("driver", "").strip(), rows.get("firmware-version", "").strip()


def parse_log(text: str) -> Log:
    """From lines of the kernel and of hostapd, the newest last; their addresses are not read."""
    versions = _VERSION.findall(text)
    return Log(versions[-1] if versions else "", _REJECTED in text, _UNDERVOLTED in text, text.count(_TURNED_AWAY))


def read_radio(kernel: Log | None, serving: Log | None) -> Radio | None:
    """The radio that serves now; None when none does, or when nobody can say.

    Args:
        kernel: what the kernel wrote since the system started; None where that cannot be read.
        serving: what hostapd wrote in the last hour; likewise.
    """
    here = parse_interfaces(_said("iw", "dev"))
    if here is None:
        return None
    driver, firmware = parse_driver(_said("ethtool", "-i", here.name))
    stations, signal = parse_stations(_said("iw", "dev", here.name, "station", "dump"))
    return Radio(
        interface=here.name,
        driver=driver,
        firmware=(kernel.firmware if kernel else "") or firmware,
        country=parse_country(_said("iw", "reg", "get"), here.phy),
        rejected=bool(kernel and kernel.rejected),
        channel=here.channel,
        channels=parse_channels(_said("iw", "phy", f"phy{here.phy}", "info")),
        stations=stations,
        signal_dbm=signal,
        refused=serving.refused if serving else None,
    )


def read_kernel_log() -> Log | None:
    """What the kernel wrote of radio and power since the system started."""
    wanted = f"{_REJECTED}|{_UNDERVOLTED}|Firmware: BCM"
    return _log("-b", "_TRANSPORT=kernel", "-g", wanted)


def read_serving_log() -> Log | None:
    """What hostapd wrote in the last hour of whom it turned away; its unit has it say so."""
    return _log("--since=-1h", "_SYSTEMD_UNIT=hostapd.service", "-g", _TURNED_AWAY)


def _log(*which: str) -> Log | None:
    # Ends with 1 when nothing matches; words on stderr mean that the log may not be read.
    try:
        done = run(["journalctl", "-q", "--no-pager", "-o", "cat", *which], timeout=10, check=False)
    except KioskError:
        return None
    text = done.out.decode("utf-8", "replace")
    return parse_log(text) if text or not done.err.strip() else None


def _said(*command: str) -> str:
    try:
        return run(command, timeout=5, check=False).out.decode("utf-8", "replace")
    except KioskError:
        return ""
