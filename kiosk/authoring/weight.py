"""What a topic's page weighs with its paths' pictures in it, on the wire of a slow Wi-Fi."""

import gzip
import hashlib
from collections.abc import Iterator
from typing import Final

from kiosk.authoring.contents import Contents
from kiosk.authoring.source import PathRow, TopicRow
from kiosk.findings import Finding, Level
from kiosk.pages import addresses
from kiosk.pages.render import Renderer
from kiosk.pages.views import Tile, TopicView

MOST: Final = 8_000  # bytes of the whole answer
HEADERS: Final = 500  # at most


def judge(contents: Contents) -> Iterator[Finding]:
    """Say of each topic that is too heavy how much, and which of its pictures to draw with fewer shapes."""
    for topic in contents.source.pack.topic:
        paths = [path for path in contents.source.pack.path if path.topic == topic.id]
        drawn = {topic.picture, *(path.picture for path in paths)} <= contents.drawings.keys()
        if not paths[1:] or not drawn:
            continue
        over = HEADERS + page(contents, topic, paths) - MOST
        if over > 0:
            heavy = sorted({path.picture for path in paths}, key=lambda name: -_alone(contents, name))
            what = f"with {len(paths)} pictures its page is {over} bytes over {MOST:,}; the heaviest: "
            said = ", ".join(f"{name} {_alone(contents, name)}" for name in heavy[:3])
            yield Finding(f"topic {topic.id}", Level.WARN, what + said, "draw these with fewer shapes")


def page(contents: Contents, topic: TopicRow, paths: list[PathRow]) -> int:
    """Bytes of a topic's page, packed."""
    lang = contents.source.pack.languages[0]
    tiles = tuple(
        Tile(
            title=path.title.get(lang, path.id),
            picture=contents.drawings[path.picture].decode(),
            colour=topic.colour,
            address=addresses.path(contents.source.pack.id, path.id, lang),
            sound=f"m/{hashlib.sha256(path.id.encode()).hexdigest()[:16]}.mp3",  # the true name packs no better
        )
        for path in paths
    )
    view = TopicView(
        lang=lang,
        first=lang,
        root="../",
        title=topic.title.get(lang, topic.id),
        picture=contents.drawings[topic.picture].decode(),
        colour=topic.colour,
        tiles=tiles,
    )
    return len(gzip.compress(Renderer(contents.words).topic(view).encode(), 9, mtime=0))


def _alone(contents: Contents, name: str) -> int:
    return len(gzip.compress(contents.drawings[name], 9, mtime=0))
