"""A written site file: read back to the same site, explained to whoever changes it."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioning import faults
from provisioning.site_config import Box, Helper, Site, SiteConfig, Uplink, Wifi, parse
from provisioning.site_file import meaning, write


@pytest.mark.parametrize("name", ["pi-3b-modem", "pi-zero-2w-open", "pi-4b-touch"])
def test_a_site_file_is_written_as_it_was_read(name: str, data_dir: Path) -> None:
    text = (data_dir / "sites" / name / "site.toml").read_text(encoding="utf-8")
    assert write(parse(text)) == text


def test_every_field_has_its_meaning() -> None:
    for section in msgspec.structs.fields(SiteConfig):
        if not faults.is_section(section.type):
            assert meaning(section.name)
            continue
        for name in ("_", *(field.name for field in msgspec.structs.fields(section.type))):
            assert meaning(f"{section.name}.{name}")


def test_every_field_stands_in_the_file_used_or_not(plain: str) -> None:
    text = write(parse(plain))
    for section in msgspec.structs.fields(SiteConfig):
        if faults.is_section(section.type):
            part = text.partition(f"[{section.name}]\n")[2].partition("\n\n")[0]
            for field in msgspec.structs.fields(section.type):
                assert f"\n{field.name} = " in f"\n{part}".replace("\n# ", "\n")


letters = st.from_regex(r"\A[a-zđơưăâêôàáảãạĐH][a-zđơưăâêôàáảãạ .,()/&+:'’–-]{0,40}\Z")


@given(letters, letters, st.from_regex(r"\A0[0-9]{9}\Z"), st.sampled_from(["vi", "en"]), st.booleans())
def test_any_site_is_read_back_as_it_was(village: str, helper: str, phone: str, lang: str, touch: bool) -> None:
    site = SiteConfig(
        site=Site(id="a-1", name=village, village=village, languages=(lang,)),
        box=Box(model="pi-4b", touchscreen=touch),
        wifi=Wifi(ssid="A b", security="wpa2", password="""!#$%&()*+,-./:;<=>?@[]^_|~ 1"""),
        uplink=Uplink(kind="wifi", ssid="Nhà văn hóa", password="#[a] = 12"),
        helper=Helper(name=helper, phone=phone),
    )
    assert parse(write(site)) == site
