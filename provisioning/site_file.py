"""A SiteConfig as a file that a technician reads and changes: every field with its meaning, unused ones as comments."""

from functools import cache
from importlib import resources
from typing import Any

import msgspec
import tomli_w

from provisioning.site_config import SiteConfig

_HEAD = """\
# Đom Đóm: {name}
# Sửa xong thì kiểm tra: provision site check {id}.toml
# Dòng có dấu # ở đầu là chưa dùng; bỏ dấu # để dùng. Tệp này có thể chứa mật khẩu và mã: đừng gửi cho người khác.
"""


def write(config: SiteConfig) -> str:
    """The text of the site file; `parse` reads it back to the same value."""
    table = msgspec.to_builtins(config)
    parts = [_HEAD.format(name=config.site.name, id=config.site.id), _line("packs", table["packs"], meaning("packs"))]
    parts += [
        _section(field.name, field.type, table[field.name])
        for field in msgspec.structs.fields(SiteConfig)
        if isinstance(table[field.name], dict)
    ]
    return "\n".join(parts)


def meaning(key: str) -> str:
    """What a field ("wifi.ssid") or, with "_", a section ("wifi._") is, in Vietnamese."""
    found: Any = _meanings()
    for part in key.split("."):
        found = found[part]
    return str(found)


@cache
def _meanings() -> dict[str, Any]:
    text = resources.files("provisioning").joinpath("site_file.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = msgspec.toml.decode(text)
    return found


def _section(name: str, kind: type[msgspec.Struct], values: dict[str, Any]) -> str:
    rows = "".join(
        _line(field.name, values[field.name], meaning(f"{name}.{field.name}"), unused=values[field.name] == "")
        for field in msgspec.structs.fields(kind)
    )
    return f"# {meaning(f'{name}._')}\n[{name}]\n{rows}"


def _line(name: str, value: Any, said: str, *, unused: bool = False) -> str:
    if isinstance(value, str) and "\n" in value:
        return f"# {said}\n{tomli_w.dumps({name: value}, multiline_strings=True)}"
    if isinstance(value, list | tuple):
        listed = ", ".join(f'"{each}"' for each in value)  # names of packs and languages hold no quotes
        return f"{name} = [{listed}]  # {said}\n"
    text = tomli_w.dumps({name: value}).rstrip("\n")
    return f"{'# ' if unused else ''}{text}  # {said}\n"
