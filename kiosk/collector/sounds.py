"""How long each sound lasts, as the packs tell: the province's minutes of listening follow from it."""

from collections.abc import Mapping

from kiosk.collector.province import Province


def learn(province: Province, lengths: Mapping[str, int]) -> None:
    """Keep the lengths, in milliseconds by a sound's id; a sound that is known stays as it is."""
    with province.transaction():
        for sound, milliseconds in sorted(lengths.items()):
            province.run(_LEARN, (sound, milliseconds))


_LEARN = "INSERT INTO sound (sound, milliseconds) VALUES (?, ?) ON CONFLICT DO NOTHING"


def lengths(province: Province) -> dict[str, int]:
    """What is known."""
    return dict(province.rows("SELECT sound, milliseconds FROM sound"))
