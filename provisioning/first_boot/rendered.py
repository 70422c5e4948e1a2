"""The site that is chosen, rendered and laid over the system."""

from importlib import resources

from provisioning.first_boot import site
from provisioning.first_boot.apply import Change, apply
from provisioning.first_boot.hands import Hands
from provisioning.first_boot.site import Chosen
from provisioning.render import render
from provisioning.site_config import parse


def choose_and_apply(hands: Hands, card: bytes | None) -> tuple[Chosen, Change]:
    """Make the box that of its site; which one that is, and what was changed.

    Args:
        hands: of the box, whose files are those of the nameless site that its image was made with.
        card: what lies on the boot partition; None when that cannot be read.
    """
    nameless = resources.files("provisioning").joinpath("nameless.toml").read_text(encoding="utf-8")
    chosen = site.choose(hands, card, nameless)
    return chosen, apply(hands, render(chosen.config), render(parse(nameless)))
