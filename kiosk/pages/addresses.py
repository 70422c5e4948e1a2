"""Where every page stands in a generation, relative to its root.

The site's first language has the plain home address; every other page names its language.
"""

TOUCH = "touch"  # the folder of what the touchscreen sees; a page in it stands before one of the same name outside


def home(lang: str, first: str) -> str:
    """The home page; empty for the site's first language, whose file is index.html."""
    return "" if lang == first else f"home.{lang}.html"


def topics(lang: str) -> str:
    """The page of all topics."""
    return f"topics.{lang}.html"


def topic(name: str, lang: str) -> str:
    """The page of one topic: its paths."""
    return f"chu-de/{name}.{lang}.html"


def path(pack: str, name: str, lang: str) -> str:
    """The page of one path: its three stages."""
    return f"bai/{pack}/{name}.{lang}.html"


def card(pack: str, lesson: str, name: str, lang: str) -> str:
    """One card of a lesson; a view of it is counted by this address."""
    return f"bai/{pack}/{lesson}/{name}.{lang}.html"


def inside(page: str) -> str:
    """What the script fetches in place of a page of a lesson when style and script are there already."""
    return page.removesuffix("l")


def help_page(lang: str, first: str) -> str:
    """The help page; asked for by its short name in the first language."""
    return "help" if lang == first else f"help.{lang}.html"


def done(lang: str) -> str:
    """The page behind Xong."""
    return f"done.{lang}.html"


def connect(lang: str, first: str) -> str:
    """The page that lets a phone use its own browser here; asked for by its short name in the first language."""
    return "connect" if lang == first else f"connect.{lang}.html"


def connected(lang: str) -> str:
    """The page after it."""
    return f"connected.{lang}.html"


def missing(lang: str) -> str:
    """The page shown for an unknown address."""
    return f"missing.{lang}.html"


def touch(name: str, lang: str) -> str:
    """A page that only the touchscreen asks for: attract, join, layer."""
    return f"{TOUCH}/{name}.{lang}.html"


def script(digest: str) -> str:
    """A script that pages name; like a sound it is kept for ever, for its content gives the name."""
    return f"m/{digest}.js"


def root(address: str) -> str:
    """The way back from an address to the root: one `../` for each folder."""
    return "../" * address.partition("?")[0].count("/")
