"""How far a card is: a value that a terminal, a page or a test can show."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is done with a card, in order."""

    TRY = "thử thẻ"
    WRITE = "ghi"
    VERIFY = "đọc lại"
    DONE = "xong"


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of one card.

    Attributes:
        stage: what is being done.
        done: bytes of this stage behind us.
        total: bytes of this stage.
        speed: bytes a second, over the stage so far; 0 when that cannot be said yet.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    speed: float = 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the stage ends; None when that cannot be said yet."""
        return (self.total - self.done) / self.speed if self.speed else None

    def __str__(self) -> str:
        """One short line."""
        if not self.total:
            return str(self.stage)
        words = [f"{self.stage} {100 * self.done // self.total}%"]
        if self.speed:
            words.append(f"{self.speed / 1e6:.1f} MB/s")
        if self.left is not None and self.done < self.total:
            words.append(f"còn {_time(self.left)}")
        return ", ".join(words)


class Meter:
    """Measures one stage."""

    def __init__(self, stage: Stage, total: int, clock: Callable[[], float]) -> None:
        self._stage, self._total, self._clock, self._began = stage, total, clock, clock()

    def at(self, done: int) -> Progress:
        """The progress when so many bytes are behind us."""
        passed = self._clock() - self._began
        return Progress(self._stage, done, self._total, done / passed if passed > 0 and done else 0.0)


def _time(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} phút {whole % 60:02} giây" if whole >= 60 else f"{whole} giây"  # noqa: PLR2004  a minute
