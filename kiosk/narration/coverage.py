"""How much of a language has been recorded: in cards, words and minutes, and what is still missing."""

from dataclasses import dataclass

from kiosk.narration.takes import Frame
from kiosk.publish.sentences import Script, Sentence

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    done: int
    of: int

    def __str__(self) -> str:
        """As in 3/12."""
        return f"{self.done}/{self.of}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a language all may hear.

    Attributes:
        cards: of all lessons.
        words: of the interface.
        sentences: of everything.
        first: of what the language needs before it is offered.
        minutes: of approved recordings.
        waiting: recordings that nobody else has heard yet.
        unused: approved recordings of sentences that no installed pack says any more.
    """

    cards: Part
    words: Part
    sentences: Part
    first: Part
    minutes: float
    waiting: int
    unused: int


def coverage(script: Script, frame: Frame, path: str = "") -> Coverage:
    """The coverage of a language.

    Args:
        script: everything to be said in it.
        frame: what is recorded.
        path: the path that `first` is about; the first one unless named.

    Raises:
        KeyError: there is no such path.
    """
    said = {take.id for take in frame.approved}
    every = script.every()

    def part(sentences: tuple[Sentence, ...]) -> Part:
        return Part(sum(row.id in said for row in sentences), len(sentences))

    return Coverage(
        cards=part(tuple(row for row in every if row.name.startswith("card:"))),
        words=part(tuple(row for row in every if ":" not in row.name)),
        sentences=part(every),
        first=part(script.first(path)),
        minutes=round(sum(take.seconds for take in frame.approved) / _MINUTE, 1),
        waiting=len(frame.waiting),
        unused=len(said - {row.id for row in every}),
    )
