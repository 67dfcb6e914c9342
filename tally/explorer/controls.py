"""The widgets by which a selection is made; they know the choices and nothing of what is shown."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ipywidgets as widgets

from tally.explorer.corpus import Corpus
from tally.explorer.selection import (
    Choices,
    Selection,
    claimants,
    metrics,
    moment_words,
    moments,
    place_words,
    places,
    words,
)
from tally.language import say
from tally.model import Metric
from tally.wording import grouped

DAY, MOMENT = "172px", "400px"


class Controls:
    """A row of controls that always hold one selection, and say so when it changes."""

    def __init__(self, corpus: Corpus, selection: Selection, on_change: Callable[[], None]) -> None:
        """Show a selection; `on_change` is called after each change by the reader."""
        self._first, self._on_change = selection, on_change
        self._quiet = False
        self.start = widgets.DatePicker(layout=_wide(DAY))
        self.end = widgets.DatePicker(layout=_wide(DAY))
        self.metric = _dropdown(say("What is counted"), metrics())
        self.place = _dropdown(say("Where"), places(corpus.claims, corpus))
        self.word = _dropdown(say("Whose word"), words())
        self.claimant = _dropdown(say("Claimant"), claimants(corpus.claims, corpus))
        self._steps = _steps(corpus, selection.as_of)
        self.as_of = widgets.SelectionSlider(
            options=self._moments,
            description=say("As known on"),
            continuous_update=False,
            layout=_wide(MOMENT),
        )
        self.reset = widgets.Button(
            description=say("Start again"),
            tooltip=say("The selection at first"),
            layout=_wide("auto"),
        )
        self.row = widgets.Box(
            [*self._every, self.reset], layout=widgets.Layout(flex_flow="row wrap")
        )
        self.row.add_class("controls")
        self.put(selection)
        self._name_days()
        for control in (self.start, self.end):
            control.observe(lambda _: self._name_days(), "value")
        for control in self._every:
            control.observe(self._changed, "value")
        self.reset.on_click(lambda _: self.choose(self._first))

    @property
    def _every(self) -> list[widgets.Widget]:
        first = [self.metric, self.place, self.word, self.claimant]
        return [*first, self.start, self.end, self.as_of]

    @property
    def _moments(self) -> list[tuple[str, int]]:
        return [(moment_words(moment), step) for step, moment in enumerate(self._steps)]

    @property
    def _span(self) -> tuple[dt.date, dt.date]:
        return self.start.value or self._first.start, self.end.value or self._first.end

    def _name_days(self) -> None:
        """Say each day in words: a browser shows 5 June as 06/05 or 05/06, as its own habit is."""
        start, end = self._span
        self.start.description = say("First day: {day:d MMM y}", day=start)
        self.end.description = say("Last day: {day:d MMM y}", day=end)

    def read(self) -> Selection:
        """Return what is selected; ParameterError when it is no possible selection."""
        start, end = self._span
        return Selection(
            start,
            end,
            Metric(self.metric.value),
            self.place.value,
            self.word.value,
            self.claimant.value,
            self._steps[self.as_of.value],
        )

    def put(self, selection: Selection) -> None:
        """Show a selection without telling of it."""
        with self._silence():
            self.start.value, self.end.value = selection.start, selection.end
            self.metric.value, self.place.value = str(selection.metric), selection.place
            self.word.value, self.claimant.value = selection.word, selection.claimant
            self.as_of.value = self._steps.index(selection.as_of)

    def offer(self, corpus: Corpus, selection: Selection) -> None:
        """Offer what there is to choose in a corpus; what is selected stays."""
        place, claimant = selection.place, selection.claimant
        at = _keeping(places(corpus.claims, corpus), place, place_words(place, corpus))
        by = _keeping(claimants(corpus.claims, corpus), claimant, claimant)
        self._steps = _steps(corpus, selection.as_of)
        with self._silence():
            self.place.options, self.claimant.options = _options(at), _options(by)
            self.as_of.options = self._moments
        self.put(selection)

    def choose(self, selection: Selection) -> None:
        """Show a selection and tell of it once."""
        self.put(selection)
        self._on_change()

    @contextmanager
    def _silence(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def _changed(self, _change: object) -> None:
        if not self._quiet:
            self._on_change()


def _dropdown(description: str, choices: Choices) -> widgets.Dropdown:
    return widgets.Dropdown(options=_options(choices), description=description)


def _options(choices: Choices) -> list[tuple[str, str]]:
    return [(said, value) for value, said in choices]


def _keeping(choices: Choices, value: str, words: str) -> Choices:
    """Return choices, and what is selected where it is none of them."""
    missing = value not in {key for key, _ in choices}
    return (*choices, (value, f"{words} ({grouped(0)})")) if missing else choices


def _steps(corpus: Corpus, asked: dt.datetime | None) -> list[dt.datetime | None]:
    """Return the moments of the slider, the one asked for among them; the last is all there is."""
    return [*sorted({*moments(corpus), *([asked] if asked else [])}), None]


def _wide(width: str) -> widgets.Layout:
    return widgets.Layout(width=width)
