"""What a person would say of a picture of the touchscreen: attract, home, keypad, the question."""

from itertools import pairwise

from PIL import Image, ImageChops

from tests.support.screen import Screen

CASH, PAPERS, CALLS = (255, 216, 115), (169, 216, 245), (255, 181, 158)
SKY, RICE, GOLD, CARD = (22, 33, 74), (255, 247, 230), (244, 183, 40), (255, 225, 77)
INK, WHITE = (29, 36, 64), (255, 255, 255)


def share(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    """The part of a picture that is of one colour."""
    far = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).convert("L")
    return far.histogram()[0] / (picture.width * picture.height)


def at_attract(seen: Screen) -> bool:
    """The night sky, and gold where one touches."""
    picture = seen.picture()
    sky = picture.crop((0, 0, seen.width // 8, seen.height // 12))
    place = (seen.width * 0.45, seen.height * 0.8, seen.width * 0.6, seen.height * 0.92)
    return share(sky, SKY) > 0.8 and share(picture.crop(tuple(map(int, place))), GOLD) > 0.3


def at_home(seen: Screen) -> bool:
    """Tiles of the three topics on rice, the indigo bar below."""
    picture = seen.picture()
    return all(share(picture, colour) > 0.03 for colour in (RICE, CASH, PAPERS, CALLS))


def at_keypad(seen: Screen) -> bool:
    """The yellow card, and below it the keys: four rows of white, each in ink."""
    picture = seen.picture()
    keys = picture.crop((seen.width * 9 // 20, seen.height * 2 // 5, seen.width, seen.height * 5 // 6))
    rows = [keys.crop((0, top, keys.width, top + 1)) for top in range(keys.height)]
    edges = [share(row, INK) > 0.5 for row in rows]
    return (
        share(picture, CARD) > 0.03
        and share(keys, WHITE) > 0.5
        and sum(edge and not before for before, edge in pairwise(edges)) >= 5
    )


def asks(seen: Screen) -> bool:
    """The page lies in the dark, a box of rice on it."""
    picture = seen.picture()
    edge = picture.crop((0, seen.height // 3, seen.width // 20, seen.height // 2))
    return max(max(pixel) for _, pixel in edge.getcolors(1 << 24)) < 100 and share(picture, RICE) > 0.1


def waits(seen: Screen) -> bool:
    """The night without anything to touch."""
    picture = seen.picture()
    sky = picture.crop((0, 0, seen.width // 8, seen.height // 12))
    return share(sky, SKY) > 0.8 and share(picture, GOLD) < 0.01
