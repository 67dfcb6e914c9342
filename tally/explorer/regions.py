"""Where: the map of regions as tiles and the places with the most, by the greatest of a day.

Computes no figure; what a click on a place chooses is kept beside it.
"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from tally import charts
from tally.charts.tiles import plot_tiles, tile_cells
from tally.explorer.corpus import Corpus
from tally.explorer.phrases import ON_WORD, legend, title
from tally.explorer.pictures import Picture, Spot, source
from tally.explorer.selection import place_words
from tally.explorer.view import Region, View
from tally.language import say
from tally.mapping import tile_code
from tally.names import load_tiles
from tally.wording import SIDE_NAMES, capital, listed, short_date, sign, words

MOST_REGIONS = 8
ROW, EDGE = 0.205, 0.05
SIZE = "half"

Told = Mapping[str, Sequence[Region]]


def by_map(view: View, corpus: Corpus) -> Picture | None:
    """Draw a tile a region with its greatest figure of a day; None where no region has any."""
    told = _told(view)
    if not told:
        return None
    table = pd.DataFrame([_tile(code, at, told, view) for code, at in load_tiles().items()])
    shown = [region for held in told.values() for region in held]
    figure = plot_tiles(table, SIZE)
    finished = charts.finish(
        figure,
        _rows(shown, corpus),
        source=source(corpus, (i for region in shown for i in region.claim_ids)),
        alt=say(
            "A grid of tiles, one a region. {listing}.",
            listing="; ".join(region_words(region, corpus) for region in shown),
        ),
    )
    spots = tuple(_tile_spots(table, told, view, corpus))
    return Picture(
        "map",
        say("By region: the most in one day"),
        _caption(view, told, corpus),
        finished,
        spots,
        figure,
    )


def by_place(view: View, corpus: Corpus) -> Picture | None:
    """Draw the places with the greatest figure in one day; None where no claim names any."""
    shown = view.regions[:MOST_REGIONS]
    if not shown:
        return None
    table = pd.DataFrame([_bar(region, corpus) for region in shown])
    figure = charts.plot_regions(table, SIZE)
    finished = charts.finish(
        figure,
        _rows(shown, corpus),
        source=source(corpus, (i for region in shown for i in region.claim_ids)),
        alt=say(
            "Bars by place, the most in one day of {span}: {listing}.",
            span=title(view),
            listing="; ".join(region_words(region, corpus) for region in shown),
        ),
    )
    rest = len(view.regions) - len(shown)
    more = say("{n} more {n:place has|places have} less. ", n=rest) if rest else ""
    caption = more + say("Click a place to see it alone, again to see all.")
    spots = tuple(_bar_spots(shown, view, corpus))
    return Picture(
        "by-place", say("By place: the most in one day"), caption, finished, spots, figure
    )


def region_words(region: Region, corpus: Corpus) -> str:
    """Say the greatest day of a region, and on whose word."""
    return say(
        "{place}: {figure} on {date:d MMMM}, {word}",
        place=capital(place_words(region.key, corpus)),
        figure=words(region.count),
        date=region.day,
        word=say(ON_WORD[region.side]),
    )


def _told(view: View) -> Told:
    """Return what is said of each region that has a tile, the greatest first."""
    told: dict[str, list[Region]] = {}
    for region in view.regions:
        if region.key in load_tiles():
            told.setdefault(region.key, []).append(region)
    return told


def _tile(code: str, at: tuple[int, int], told: Told, view: View) -> dict[str, object]:
    first = told[code][0] if code in told else None
    return {
        "key": code,
        "code": tile_code(code),
        "col": at[0],
        "row": at[1],
        "side": first.side if first else "unattributed",
        "legend": legend(first.side, view.selection) if first else "",
        "drawn": first.count.drawn if first else None,
        "sign": sign(first.count) if first else "",
        "marked": code in view.selection.place.split(";"),
    }


def _tile_spots(table: pd.DataFrame, told: Told, view: View, corpus: Corpus) -> Iterator[Spot]:
    """Give a spot a tile with a figure; also the one chosen, which a click lets go."""
    chosen = view.selection.place
    for cell in tile_cells(table, SIZE):
        code = str(table["key"][cell.row])
        if code in told or code == chosen:
            held = told.get(code, ())
            said = "; ".join(region_words(region, corpus) for region in held)
            none = say("{place}: no figure", place=capital(place_words(code, corpus)))
            at = (cell.left, cell.top, cell.width, cell.height)
            ids = tuple(i for region in held for i in region.claim_ids)
            yield Spot(said or none, *at, ids, code, code == chosen)


def _caption(view: View, told: Told, corpus: Corpus) -> str:
    """Say what a tile shows and does, and what has no tile."""
    several = any(len(held) > 1 for held in told.values())
    others = [
        f"{place_words(region.key, corpus)} ({sign(region.count)})"
        for region in view.regions
        if region.key not in told
    ]
    notes = [
        say("The darker, the more; each colour has its own scale."),
        say("Click a region to see it alone, again to see all."),
        say("Where several speak, the highest is drawn.") if several else "",
        say("Not on the map: {others}.", others=listed(others)) if others else "",
    ]
    return " ".join(note for note in notes if note)


def _bar(region: Region, corpus: Corpus) -> dict[str, object]:
    return {
        "place": capital(place_words(region.key, corpus)),
        "side": region.side,
        "kind": "located",
        "low": region.count.low,
        "high": region.count.high,
        "sign": f"{sign(region.count)} · {short_date(region.day)}",
    }


def _bar_spots(shown: Sequence[Region], view: View, corpus: Corpus) -> Iterator[Spot]:
    height = ROW * len(shown) + EDGE
    for index, region in enumerate(shown):
        at = (0.0, (EDGE + ROW * index) / height, 1.0, ROW / height)
        chosen = region.key == view.selection.place
        yield Spot(region_words(region, corpus), *at, region.claim_ids, region.key, chosen)


def _rows(shown: Sequence[Region], corpus: Corpus) -> pd.DataFrame:
    """Return the figures of places as rows to take along."""
    rows = [
        (
            capital(place_words(region.key, corpus)),
            say(SIDE_NAMES[region.side]),
            sign(region.count),
            region.day.isoformat(),
        )
        for region in shown
    ]
    columns = [say("Place"), say("Whose word"), say("Most in one day"), say("Day")]
    return pd.DataFrame(rows, columns=columns)
