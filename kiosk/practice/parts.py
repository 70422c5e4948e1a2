"""A scenario's blocks and layers as pages.screen shows them: words filled, drawings drawn, choices numbered."""

from collections.abc import Callable, Iterator
from functools import singledispatchmethod

from kiosk.codes import vietqr
from kiosk.pages import screen as shown
from kiosk.practice import blocks as b
from kiosk.practice.blocks import AnyBlock, AnyLayer, Choice
from kiosk.practice.engine import LED, level, pointed
from kiosk.practice.layout import Layout, holds, lay
from kiosk.practice.scenario import Scenario
from kiosk.practice.state import Choose, Digit, State
from kiosk.practice.texts import Text, fill

# (what: "picture" or "code"; its name, path in the pack or payload; what it is) -> markup
Draw = Callable[[str, str, str], str]
# What can be tapped on one part, in its order.
Taps = tuple[shown.Choice, ...]


def undrawn(what: str, name: str, label: str) -> str:  # noqa: ARG001  the signature of a Draw
    """Names instead of drawings, for who only compares."""
    return f"{what}:{name}"


class Parts:
    """Turns the parts of the present screen into what a page shows.

    Args:
        scenario: the scenario.
        state: where she is.
        lang: the language of the page.
        draw: makes markup of a drawing's name or a code's payload.
    """

    def __init__(self, scenario: Scenario, state: State, lang: str, draw: Draw) -> None:
        self.layout: Layout = lay(scenario, state)
        self._scenario = scenario
        self._state = state
        self._lang = lang
        self._draw = draw
        self._hand = pointed(scenario, state)
        self._led = level(state) == LED and self._hand is not None

    def words(self, text: Text) -> str:
        """Words in the language of the page, with their values."""
        return fill(text, self.layout.values, self._lang)

    def blocks(self) -> tuple[shown.AnyBlock, ...]:
        """The screen's blocks, from above; a button that is not there in this state leaves nothing."""
        return tuple(found for found in self._built() if not isinstance(found, shown.Layer))

    def layers(self) -> tuple[shown.Layer, ...]:
        """What lies over them."""
        return tuple(found for found in self._built() if isinstance(found, shown.Layer))

    def _built(self) -> Iterator[shown.AnyBlock | shown.Layer]:
        for index, part in self.layout.parts:
            taps = tuple(self._tap(placed.n, placed.choice) for placed in self.layout.choices if placed.part == index)
            if taps or not isinstance(part, b.Button):
                yield self._build(part, taps)

    def _tap(self, n: int, choice: Choice) -> shown.Choice:
        here = self._hand == Choose(n)
        icon = self._picture(choice.icon, self.words(choice.text))
        number = n if here or not self._led else 0
        return shown.Choice(number, self.words(choice.text), self.words(choice.detail), icon, here)

    def _picture(self, name: str, label: str) -> str:
        return self._draw("picture", self._scenario.pictures.get(name, name), label) if name else ""

    @singledispatchmethod
    def _build(self, part: AnyBlock | AnyLayer, taps: Taps) -> shown.AnyBlock | shown.Layer:
        raise NotImplementedError(type(part))

    @_build.register
    def _(self, part: b.Header, taps: Taps) -> shown.Header:
        text = self.words(part.text)
        return shown.Header(text, self._picture(part.icon, text), taps[0] if taps else None)

    @_build.register
    def _(self, _: b.Tiles, taps: Taps) -> shown.Tiles:
        return shown.Tiles(taps)

    @_build.register
    def _(self, _: b.List, taps: Taps) -> shown.List:
        return shown.List(taps)

    @_build.register
    def _(self, part: b.Field, _: Taps) -> shown.Field:
        return shown.Field(self.words(part.label), self.words(part.value))

    @_build.register
    def _(self, part: b.Tick, taps: Taps) -> shown.Tick:
        return shown.Tick(taps[0], self.layout.values.get(part.name) == "1")

    @_build.register
    def _(self, part: b.Keypad, _: Taps) -> shown.Keypad:
        return shown.Keypad(
            card=self.words(part.card),
            digits=self.layout.digits(part),
            entered=self._state.entered,
            label=self.words(part.label),
            form=part.form,
            pointed=isinstance(self._hand, Digit),
        )

    @_build.register
    def _(self, part: b.Scanner, taps: Taps) -> shown.Scanner:
        return shown.Scanner(taps, self.words(part.text))

    @_build.register
    def _(self, part: b.Qr, _: Taps) -> shown.Qr:
        label = self.words(part.label)
        payee = self.words(part.payee)
        code = vietqr.practice(name=payee, amount=self.words(part.amount)) if payee else self.words(part.text)
        return shown.Qr(self._draw("code", code, label), label)

    @_build.register
    def _(self, part: b.Message, taps: Taps) -> shown.Message:
        return shown.Message(self.words(part.text), self.words(part.who), part.mine, taps[0] if taps else None)

    @_build.register
    def _(self, part: b.Receipt, _: Taps) -> shown.Receipt:
        rows = tuple(
            shown.Row(self.words(row.label), self.words(row.value))
            for row in part.rows
            if holds(row.when, self.layout.variant, self.layout.values)
        )
        return shown.Receipt(self.words(part.title), rows, part.done)

    @_build.register
    def _(self, part: b.Words, _: Taps) -> shown.Words:
        return shown.Words(self.words(part.text), part.strong)

    @_build.register
    def _(self, part: b.Button, taps: Taps) -> shown.Button:
        return shown.Button(taps[0], part.weak)

    @_build.register
    def _(self, part: b.Picture, _: Taps) -> shown.Picture:
        label = self.words(part.text)
        return shown.Picture(self._picture(part.name, label), label)

    @_build.register
    def _(self, part: b.Toast, _: Taps) -> shown.Layer:
        return shown.Layer("toast", self.words(part.text))

    @_build.register
    def _(self, part: b.Banner, taps: Taps) -> shown.Layer:
        title = self.words(part.title)
        return shown.Layer("banner", self.words(part.text), title, self._picture(part.icon, title), taps)

    @_build.register
    def _(self, part: b.Dialog, taps: Taps) -> shown.Layer:
        title = self.words(part.title)
        return shown.Layer("dialog", self.words(part.text), title, self._picture(part.icon, title), taps)
