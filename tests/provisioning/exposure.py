"""How far systemd finds each unit exposed: 0 is shut in, 10 is open to all."""

import re
import shutil
from pathlib import Path

import msgspec

from kiosk.process import run
from provisioning.render import render
from provisioning.site_config import parse
from provisioning.tree import Rendered
from tests.provisioning import golden

UNITS = Path(__file__).resolve().parents[2] / "systemd"
# Of ours those that a phone, the province or a volunteer can reach; of Debian's those that do themselves.
OURS = ("kiosk-web", "kiosk-recorder", "kiosk-upload", "kiosk-health", "kiosk-carry@", "kiosk-handing", "kiosk-restart")
DEBIANS = ("nginx", "dnsmasq", "hostapd", "nftables", "wpa_supplicant@")
LIMIT = 2.0
_SYSTEM = "etc/systemd/system/"


def together(folder: Path) -> None:
    """Our units, Debian's, and what a site adds to both, in one folder."""
    for path in UNITS.glob("*.*"):
        shutil.copy(path, folder)
    for path, each in _of_a_site().items():
        if path.startswith(_SYSTEM) and ".service" in path:
            there = folder / path.removeprefix(_SYSTEM)
            there.parent.mkdir(exist_ok=True)
            there.write_text(each.text, encoding="utf-8")
            if there.parent != folder:
                _lay_theirs(folder, there.parent.name.removesuffix(".d"))


def _of_a_site() -> dict[str, Rendered]:
    """With a second radio, so that its program is there too."""
    config = parse((golden.SITES / golden.NAMES[0] / "site.toml").read_text(encoding="utf-8"))
    uplink = msgspec.structs.replace(config.uplink, kind="wifi", ssid="UBND xa", password="12345678")
    return render(msgspec.structs.replace(config, uplink=uplink))


def _lay_theirs(folder: Path, name: str) -> None:
    theirs = Path("/lib/systemd/system") / name
    if theirs.exists():
        shutil.copy(theirs, folder)
    else:
        (folder / name).write_text("[Service]\nExecStart=/bin/true\n")


def exposure(folder: Path, name: str) -> float:
    """Of one unit, as it lies there."""
    said = run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", folder / f"{name}.service"],
        env={"SYSTEMD_UNIT_PATH": f"{folder}:"},
    ).out.decode()
    return float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said)[1])
