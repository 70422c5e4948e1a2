"""Fewer bytes, the same meaning: what drawing a page does to our own style, script and markup."""

import re

_SCRIPT_TOKENS = re.compile(
    r"""(?P<gone>/\*.*?\*/|//[^\n]*)|(?P<kept>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[\w$]+)|(?P<space>\s+)|(?P<sign>.)""",
    re.DOTALL,
)


def style(text: str) -> str:
    """CSS without comments and needless space. Strings in it keep single spaces only."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    text = re.sub(r"(?<=[\w-]): (?=[^{}]*[;}])", ":", text)
    return text.replace(";}", "}").strip()


def script(text: str) -> str:
    """JavaScript without comments and needless space.

    Names are kept, and a script must end its statements with semicolons and hold no regular expression.
    """
    out: list[str] = []
    pending = False
    for match in _SCRIPT_TOKENS.finditer(text):
        if match.lastgroup in {"gone", "space"}:
            pending = True
            continue
        token = match.group()
        if pending and out and _wordy(out[-1][-1]) and _wordy(token[0]):
            out.append(" ")
        out.append(token)
        pending = False
    return "".join(out).replace(";}", "}")


def page(text: str) -> str:
    """HTML without the line breaks and indents between tags; a space on one line stays."""
    text = re.sub(r">\s*\n\s*<", "><", text)
    return re.sub(r"\s*\n\s*", " ", text).strip() + "\n"


def inside(text: str) -> str:
    """A page without its style and script, for who has them from the page before."""
    return re.sub(r"<(style|script)\b[^>]*>.*?</\1>", "", text, flags=re.DOTALL)


def alone(text: str) -> str:
    """A page that has no other page's style: its links lead to whole pages, not to insides."""
    return re.sub(r'(class="[^"]*?) ?\bin"', r'\1"', text)


def drawing(text: str) -> str:
    """SVG for standing inside HTML: no prolog, comments or namespace, one line, hidden from screen readers."""
    text = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text).replace("> <", "><").replace(" />", "/>").strip()
    text = re.sub(r"(\.\d*[1-9])0+(?![\d.])", r"\1", text)
    head, tag, rest = text.partition(">")
    head = re.sub(r' (?:xmlns|width|height|role|aria-label|aria-hidden|focusable|version)="[^"]*"', "", head)
    return f'{head} aria-hidden="true"{tag}{rest}'


def _wordy(letter: str) -> bool:
    return letter.isalnum() or letter in "_$"
