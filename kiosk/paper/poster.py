"""The poster on the wall: how a phone gets in, in four pictures."""

from kiosk.paper import sheet
from kiosk.settings import Helper, Settings


def poster(settings: Settings, *, ssid: str = "", password: str = "") -> bytes:
    """The poster of a house as PDF.

    Args:
        settings: the house.
        ssid: its network; empty for a poster that fits every village: no code, no house, no helper.
        password: of the network, where it has one.
    """
    helper = settings.helper if ssid else Helper()
    values = {
        "name": settings.site.name if ssid else "",
        "address": settings.portal.address,
        "helper": ", ".join(each for each in (helper.name, helper.phone, helper.hours) if each),
        "ssid": ssid,
        "password": password,
        "join": sheet.join(ssid, security="wpa2" if password else "open", password=password) if ssid else "",
    }
    return sheet.draw([sheet.fill(sheet.form("poster"), values)])
