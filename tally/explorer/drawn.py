"""A selection answered and drawn, from memory when it was asked before; knows no screen."""

from functools import lru_cache

from tally.explorer.corpus import Corpus
from tally.explorer.pictures import Picture, by_day
from tally.explorer.regions import by_map, by_place
from tally.explorer.selection import Selection
from tally.explorer.view import View, look


@lru_cache(maxsize=32)
def drawn(
    corpus: Corpus, selection: Selection
) -> tuple[View, Picture | None, Picture | None, Picture | None]:
    """Answer a selection and draw it: by day, on the map, and the places with the most."""
    view = look(corpus, selection)
    return view, by_day(view, corpus), by_map(view, corpus), by_place(view, corpus)
