import random
from pathlib import Path

from kiosk.authoring import links, source, weight
from kiosk.authoring.contents import Contents, read
from kiosk.findings import Level
from kiosk.pages.words import read_words

_PATHS = 9


def _grown(tiny: Path, shapes: int) -> Contents:
    """The tiny source with nine paths in its topic, each with a picture of that many shapes."""
    rows = []
    for number in range(_PATHS):
        chance = random.Random(number)
        drawn = "".join(f"<path d='M{chance.random()}{chance.random()}h9'/>" for _ in range(shapes))
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 96'>{drawn}</svg>"
        (tiny / "media" / f"hinh-{number}.svg").write_text(svg, encoding="utf-8")
        rows.append(
            f'[[path]]\nid = "duong-{number}"\ntopic = "tra-tien"\ntitle = {{ vi = "Đường {number}" }}\n'
            f'lesson = "quet-ma"\nscenario = "quet-ma"\npicture = "hinh-{number}.svg"\n'
        )
    pack = tiny / "pack.toml"
    pack.write_text(pack.read_text(encoding="utf-8") + "\n".join(rows), encoding="utf-8")
    return read(source.read(tiny), read_words())


def test_nine_light_pictures_are_nothing_to_speak_of(tiny: Path) -> None:
    assert list(weight.judge(_grown(tiny, 2))) == []


def test_nine_heavy_pictures_are_said_with_the_heaviest_first(tiny: Path) -> None:
    contents = _grown(tiny, 30)
    (found,) = weight.judge(contents)
    assert found.level is Level.WARN
    assert found.what.startswith("with 10 pictures its page is ")
    assert ".svg" in found.what.partition("the heaviest: ")[2].split(", ")[2]
    assert found in list(links.judge(contents))


def test_a_topic_of_one_path_has_no_page_to_weigh(tiny: Path) -> None:
    assert list(weight.judge(read(source.read(tiny), read_words()))) == []
