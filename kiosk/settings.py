"""Everything that varies from house to house, parsed once: kiosk.toml and the four variables of the environment.

No other module reads the environment, and no other module writes kiosk.toml.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import tomli_w

from kiosk.errors import KioskError
from kiosk.languages import languages


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of kiosk.toml."""


class Site(Section, frozen=True):
    """The village: its id in counts, the name people read, its languages, the first one chosen at the start.

    `setting` is what every attempt made here carries unless a class is open or it comes from the touchscreen:
    `alone` in a village, `test` on a laptop. `mong_script` is how Mông is written here, where it is written at all.
    """

    id: str = "thu"
    name: str = "Nhà văn hóa bản thử"
    languages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)] = ("vi",)
    setting: Literal["alone", "class", "staff", "touchscreen", "test"] = "test"
    mong_script: Literal["none", "rpa", "1961"] = "none"


class Helper(Section, frozen=True):
    """Who helps in person, when, and the commune police's own number; shown on the help page, never counted."""

    name: str = ""
    phone: str = ""
    hours: str = ""
    police: str = ""


class Portal(Section, frozen=True):
    """The portal as phones see it.

    Attributes:
        address: the gateway's address.
        capture: the address that every captured name resolves to.
        host: the name under which the portal may also be asked for.
        certificate: whether the site has a certificate that phones trust (enables RFC 8908 and staff pages).
        lease: seconds after which a released station is captured again.
        longest: seconds after which it is captured again in any case.
        proxied: whether nginx stands before us and says who asks (unix sockets only).
    """

    address: str = "10.87.0.1"
    capture: str = "198.51.100.1"
    host: str = "domdom.home.arpa"
    certificate: bool = False
    lease: int = 3600
    longest: int = 43_200
    proxied: bool = False


class Radio(Section, frozen=True):
    """What the Wi-Fi should be, for the status to compare with what it is, and for the touchscreen to invite into it.

    Attributes:
        country: the rules it should follow; empty where nobody said.
        stations: phones that it holds at once; 0 when that is not known.
        ssid: its name; empty where there is none to invite into.
        security: open, owe, wpa2 or wpa3.
        password: what hangs on the wall, where `security` asks for one.
    """

    country: str = ""
    stations: int = 0
    ssid: str = ""
    security: str = "open"
    password: str = ""


class Screen(Section, frozen=True):
    """The touchscreen.

    Attributes:
        quiet: hours without spoken invitation, such as 20:00-06:00, by the house's own clock; empty: none.
        night: hours at which it is dark while nobody stands before it, silent too; empty: none.
        volume: percent, until a visitor turns it up or down.
        idle: seconds without touch or sound after which it asks whether anybody is there.
        practice: the same inside practice.
        countdown: seconds that it asks.
    """

    quiet: str = "11:30-13:30"
    night: str = "21:00-05:30"
    volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 65
    idle: float = 90
    practice: float = 180
    countdown: float = 15


class Staff(Section, frozen=True):
    """The staff door: the path of the file with the argon2 hash of the volunteers' PIN; empty: the door stays shut."""

    pin: str = ""


class Upload(Section, frozen=True):
    """Where the counts go.

    Attributes:
        url: the collector's address; empty when counts leave only by hand.
        token: path of the file with the bearer token.
        pin: path of the CA or certificate that the collector's chain must end in (PEM).
        key: the collector's Ed25519 key that signs acknowledgements, hex; empty: not checked.
        daily: bytes that may go over the link in a day, for one that is paid by what it carries; 0 for all.
    """

    url: str = ""
    token: str = ""
    pin: str = ""
    key: str = ""
    daily: Annotated[int, msgspec.Meta(ge=0)] = 0


class Counting(Section, frozen=True):
    """Bounds of usage.db: most KiB, and how often the recorder commits (seconds, events)."""

    most_kib: int = 262_144
    every: float = 10.0
    events: int = 200


class Settings(Section, frozen=True):
    """One house, frozen. Folders and the port come from the environment, the rest from kiosk.toml."""

    data: Path = Path("/var/lib/kiosk")
    run: Path = Path("/run/kiosk")
    config: Path = Path("/var/lib/kiosk/kiosk.toml")
    port: int = 8080
    site: Site = Site()
    helper: Helper = Helper()
    portal: Portal = Portal()
    radio: Radio = Radio()
    screen: Screen = Screen()
    upload: Upload = Upload()
    staff: Staff = Staff()
    counting: Counting = Counting()

    @property
    def environ(self) -> dict[str, str]:
        """The variables that give another process of ours the same settings."""
        return {
            "KIOSK_DATA": str(self.data),
            "KIOSK_RUN": str(self.run),
            "KIOSK_PORT": str(self.port),
            **({"KIOSK_CONFIG": str(self.config)} if self.config != self.data / "kiosk.toml" else {}),
        }

    @property
    def packs(self) -> Path:
        """The content-addressed store of packs."""
        return self.data / "packs"

    @property
    def voices(self) -> Path:
        """What the village's own people have recorded; no update touches it."""
        return self.data / "voices"

    @property
    def generations(self) -> Path:
        """Every published generation, a folder each."""
        return self.data / "generations"

    @property
    def current(self) -> Path:
        """The link to the generation that phones see."""
        return self.data / "current"

    @property
    def usage(self) -> Path:
        """usage.db: the events that wait or were acknowledged."""
        return self.data / "usage.db"

    @property
    def device(self) -> Path:
        """device.toml: this box's id and key, made at its first start."""
        return self.data / "device.toml"

    @property
    def handed(self) -> Path:
        """The folder in memory from which a phone takes the counts along, and to which it brings answers."""
        return self.run / "handed"

    @property
    def state(self) -> Path:
        """state.db, in memory."""
        return self.run / "state.db"

    @property
    def views(self) -> Path:
        """The view log, in memory."""
        return self.run / "views" / "views.log"

    @property
    def touch_socket(self) -> Path:
        """Where nginx brings what the touchscreen asks."""
        return self.run / "touch.sock"

    @property
    def staff_socket(self) -> Path:
        """Where nginx brings what comes over a certificate that the site has, to port 8443."""
        return self.run / "staff.sock"

    @property
    def publish_wanted(self) -> Path:
        """There when the pages are to be made anew; whoever begins to make them takes it away."""
        return self.run / "publish"

    @property
    def restart(self) -> Path:
        """What asks the system for a restart by being there: systemd/kiosk-restart.path."""
        return self.run / "restart"

    @property
    def leases(self) -> Path:
        """The lease file of dnsmasq, in memory; absent on a laptop."""
        return self.run / "dnsmasq.leases"


_PLACES = ("data", "run", "config", "port")


def parse(text: str, *, data: Path, run: Path, port: int, config: Path | None = None) -> Settings:
    """Settings from the text of a kiosk.toml; `config` is the file it came from.

    Raises:
        KioskError: not TOML, an unknown key, a value of the wrong kind or a language unknown here; names the key.
    """
    where = config or data / "kiosk.toml"
    places = {"data": str(data), "run": str(run), "config": str(where), "port": port}
    try:
        table = msgspec.toml.decode(text)
        unwanted = [name for name in _PLACES if name in table]
        if unwanted:
            raise KioskError(
                f"{where}: {unwanted[0]} does not belong here", hint="set KIOSK_DATA, KIOSK_RUN or KIOSK_PORT"
            )
        house = msgspec.convert({**table, **places}, Settings, dec_hook=_path)
    except msgspec.ValidationError as wrong:
        raise KioskError(f"{where}: {wrong}", hint="correct that line") from wrong
    except msgspec.DecodeError as wrong:
        raise KioskError(f"{where} is not TOML: {wrong}", hint="correct that line") from wrong
    strange = [code for code in house.site.languages if code not in languages()]
    if strange:
        raise KioskError(f"{where}: site.languages names {strange[0]!r}", hint=f"one of {', '.join(languages())}")
    return house


def render(settings: Settings) -> str:
    """The text of kiosk.toml for these settings; `parse` reads it back to the same value."""
    table = msgspec.to_builtins(settings, enc_hook=str)
    return tomli_w.dumps({key: value for key, value in table.items() if key not in _PLACES})


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process: KIOSK_CONFIG, KIOSK_DATA, KIOSK_RUN, KIOSK_PORT.

    Raises:
        KioskError: the file cannot be read or parsed, or KIOSK_PORT is not a port.
    """
    env = os.environ if environ is None else environ
    data = Path(env.get("KIOSK_DATA", "/var/lib/kiosk"))
    config = Path(env.get("KIOSK_CONFIG", data / "kiosk.toml"))
    text = config.read_text(encoding="utf-8") if config.exists() else ""
    if not text and "KIOSK_CONFIG" in env:
        raise KioskError(f"KIOSK_CONFIG names {config}, which is empty or missing", hint="correct the path")
    run = Path(env.get("KIOSK_RUN", "/run/kiosk"))
    return parse(text, data=data, run=run, port=_port(env.get("KIOSK_PORT", "8080")), config=config)


def notify_socket(environ: Mapping[str, str] | None = None) -> str:
    """Where systemd hears of this process; empty outside of a unit."""
    return (os.environ if environ is None else environ).get("NOTIFY_SOCKET", "")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:  # noqa: PLR2004  ports are 16 bits
        raise KioskError(f"KIOSK_PORT is {text!r}", hint="give a number from 1 to 65535")
    return int(text)


def _path(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value))
    raise NotImplementedError
