"""The site that is chosen, rendered."""

from importlib import resources

from provisioning.first_boot import site
from provisioning.first_boot.hands import Hands
from provisioning.first_boot.laid import Laid
from provisioning.first_boot.site import Chosen
from provisioning.render import render
from provisioning.site_config import parse


def choose_and_render(hands: Hands, image: bytes, card: bytes | None) -> tuple[Chosen, Laid]:
    """Which site this box is, and its files.

    Args:
        hands: of the box, whose files are those of the nameless site that its image was made with.
        image: its id.
        card: what lies on the boot partition; None when that cannot be read.
    """
    nameless = resources.files("provisioning").joinpath("nameless.toml").read_text(encoding="utf-8")
    chosen = site.choose(hands, card, nameless)
    files = render(chosen.config)
    others = tuple(path for path in render(parse(nameless)) if path not in files)
    return chosen, Laid(image, card or b"", files, others)
