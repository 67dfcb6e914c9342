"""The explorer on the screen: controls, answer, charts, evidence and the document of a claim.

Wires widgets to the view and decides nothing about figures; whatever documents say is escaped.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec

import ipywidgets as widgets
from itables.widget import ITable
from markupsafe import escape

from tally import house
from tally.errors import TallyError
from tally.explorer.clickable import Clickable
from tally.explorer.controls import Controls
from tally.explorer.corpus import Corpus
from tally.explorer.drawn import drawn
from tally.explorer.phrases import answer, nothing, title
from tally.explorer.pictures import Picture, Spot
from tally.explorer.rows import COLUMNS, MOST_ROWS, ORDERS, as_table, as_told, chosen
from tally.explorer.selection import Selection
from tally.explorer.take import address, archive, claims_csv, figures_csv, files, stem
from tally.explorer.view import View, look
from tally.language import say, spoken, to_say
from tally.model import Claim

_SHARES = ("9%", "20%", "14%", "13%", "18%", "15%", "11%")
_LISTING: dict[str, Any] = {
    "autoWidth": False,
    "select": {"style": "single", "keys": True},
    "showIndex": False,
    "maxBytes": 0,
    "pageLength": 8,
    "lengthMenu": [8, 25, 100],
    "order": [],
    "classes": "display compact",
    "column_filters": "footer",
    "layout": {
        "topStart": "search",
        "topEnd": None,
        "bottomStart": "info",
        "bottomEnd": "paging",
    },
    "columnDefs": [
        {"targets": COLUMNS.index(shown), "orderData": [COLUMNS.index(hidden)]}
        for shown, hidden in ORDERS.items()
    ]
    + [
        {"targets": [COLUMNS.index(name) for name in ORDERS.values()], "visible": False},
        {"targets": 0, "className": "dt-right"},
        *({"targets": column, "width": width} for column, width in enumerate(_SHARES)),
    ],
    "style": "table-layout:auto;width:100%;margin:0",
}


_TURN = RLock()
_P = ParamSpec("_P")
_SHOWN = {"start": "_START_", "end": "_END_", "total": "_TOTAL_"}
SAVED = {"claims": to_say("claims (CSV)"), "figures": to_say("figures (CSV)")}


def _in_turn(do: Callable[_P, None]) -> Callable[_P, None]:
    """Let one thing be done after the other.

    JupyterLab has the kernel answer each widget in a thread of its own: a click during a change
    would else be overtaken by it, and the table show another selection than the words above it.
    """

    @wraps(do)
    def done(*args: _P.args, **kwargs: _P.kwargs) -> None:
        with _TURN:
            do(*args, **kwargs)

    return done


def _listing() -> dict[str, Any]:
    """Return how the table looks, its own words in the language that is spoken."""
    return {
        **_LISTING,
        "language": {
            "search": say("Search:"),
            "info": say("Claims {start} to {end} of {total}", **_SHOWN),
            "infoEmpty": "",
            "infoFiltered": say(" (of {max})", max="_MAX_"),
            "emptyTable": say("No claim."),
            "zeroRecords": say("No claim has these words."),
            "select": {"rows": ""},
        },
    }


class Explorer:
    """One explorer; a notebook shows `screen`."""

    def __init__(self, corpus: Corpus, selection: Selection) -> None:
        """Answer a selection and wait for the reader."""
        self._corpus = corpus
        self._view = look(corpus, selection)
        self._listed: tuple[Claim, ...] = ()
        self._spot: Spot | None = None
        self._pictures: tuple[Picture, ...] = ()
        self.controls = Controls(corpus, selection, self.refresh)
        self.masthead, self.message, self.answer = (widgets.HTML() for _ in range(3))
        self.by_day, self.by_map, self.by_place = (Clickable(self.pick) for _ in range(3))
        self.listing = ITable(as_table((), self._view, corpus), **_listing())
        self.shown, self.claim, self.save = (widgets.HTML() for _ in range(3))
        self.all = _button(say("Show all claims"), say("The claims of the whole selection again"))
        self.pack = _button(say("Pack everything as one ZIP"), say("Charts and tables in one file"))
        self.packed = widgets.HTML()
        self.listing.observe(self._on_row, "selected_rows")
        self.all.on_click(lambda _: self.list_claims())
        self.pack.on_click(lambda _: self._pack())
        self.screen = self._screen()
        self.refresh()

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

    @_in_turn
    def refresh(self) -> None:
        """Answer what the controls hold; what cannot be answered is said, the rest stays."""
        try:
            asked = self.controls.read()
            self._reach(asked)
            self._view, *made = drawn(self._corpus, asked)
        except TallyError as error:
            self._say([str(error)], alarm=True)
            return
        self._pictures = tuple(picture for picture in made if picture)
        self._say(nothing(self._view, self._corpus) if self._view.is_empty else [])
        known = say("All that the ledger holds") if self._view.selection.as_of is None else ""
        kicker = say("Explore")
        self.masthead.value = _html("masthead", kicker=kicker, title=title(self._view), known=known)
        self.answer.value = _html("answer", sentences=self._sentences())
        charts = (self.by_day, self.by_map, self.by_place)
        for chart, picture in zip(charts, made, strict=True):
            chart.put(picture)
        for part in (self.answer, self.evidence, self.saving):
            part.layout.display = "none" if self._view.is_empty else ""
        self.list_claims()
        self._offer()

    def _reach(self, asked: Selection) -> None:
        """Read of a big ledger what is about other days than those read so far."""
        corpus = self._corpus.reaching(asked.span)
        if corpus is not self._corpus:
            self._corpus = corpus
            self.controls.offer(corpus, asked)

    @_in_turn
    def pick(self, spot: Spot) -> None:
        """Follow a click on a chart: to a place, or to the claims of a day."""
        if spot.place:
            asked = self.controls.read()
            place = "" if asked.place == spot.place else spot.place
            self.controls.choose(replace(asked, place=place))
        else:
            self.list_claims(spot)

    @_in_turn
    def list_claims(self, spot: Spot | None = None) -> None:
        """List the claims under a spot, or all of them, and show the first."""
        self._spot = spot
        self._listed = chosen(self._view, spot.claim_ids if spot else ())
        self.all.layout.display = "" if spot else "none"
        self.shown.value = f'<div class="tally"><p>{self._count_words()}</p></div>'
        rows = [0] if self._listed else []
        self.listing.update(
            as_table(self._listed, self._view, self._corpus), selected_rows=rows, **_LISTING
        )
        self.show(self._listed[0] if self._listed else None)

    def show(self, claim: Claim | None) -> None:
        """Show a claim's sentence with its figure marked, and its document."""
        told = as_told(claim, self._view, self._corpus) if claim else None
        self.claim.value = _html("claim", c=told) if told else ""

    @_in_turn
    def _on_row(self, change: dict[str, Any]) -> None:
        rows: list[int] = change["new"]
        if rows and rows[0] < len(self._listed):
            self.show(self._listed[rows[0]])

    def _sentences(self) -> list[dict[str, Any]]:
        said = answer(self._view, self._corpus)
        sides = [panel.side for panel in self._view.panels]
        return [{"side": s, "words": w} for s, w in zip(sides, said, strict=True)]

    def _count_words(self) -> str:
        """Say how many claims are listed, and which."""
        n = len(self._listed)
        if self._spot:
            message = to_say("{n} {n:claim|claims} under {spot}")
            return str(escape(say(message, n=n, spot=self._spot.words)))
        said = say("{n} {n:claim|claims} in this selection", n=n)
        more = say("; the first {n} are listed, the CSV holds all", n=MOST_ROWS)
        return f"{said}{more if n > MOST_ROWS else ''}"

    def _offer(self) -> None:
        """Offer the selection as files; the archive takes longer and is made when asked for."""
        called = stem(self._view)
        texts = {
            "claims": claims_csv(self._view.claims, self._view, self._corpus),
            "figures": figures_csv(self._view, self._corpus),
        }
        self.packed.value = ""
        self.save.value = _html(
            "save",
            label=say("Save this selection:"),
            files=[
                {
                    "name": f"{called}_{name}.csv",
                    "href": address(text.encode(), "text/csv"),
                    "words": say(SAVED[name]),
                }
                for name, text in texts.items()
            ],
        )

    @_in_turn
    def _pack(self) -> None:
        data = archive(files(self._view, self._pictures, self._corpus))
        name = f"{stem(self._view)}.zip"
        link = {"name": name, "href": address(data, "application/zip"), "words": name}
        label = say("Ready to save:")
        self.packed.value = _html("save", label=label, files=[link])

    def _say(self, paragraphs: list[str], alarm: bool = False) -> None:
        told = _html("message", paragraphs=paragraphs, alarm=alarm)
        self.message.value = told if paragraphs else ""

    def _screen(self) -> widgets.VBox:
        style = widgets.HTML(f"<style>{house.lab_css()}{house.style('explore.css')}</style>")
        charts = _row("charts", self.by_day, self.by_map, self.by_place)
        listing = _row("listing", _row("shown", self.shown, self.all), self.listing)
        self.evidence = _row("evidence", listing, self.claim)
        self.saving = _row("saving", self.save, self.pack, self.packed)
        parts = [style, self.masthead, self.controls.row, self.message, self.answer]
        screen = widgets.VBox([*parts, charts, self.evidence, self.saving])
        screen.add_class("tally-explorer")
        return screen


def _row(name: str, *parts: widgets.Widget) -> widgets.Box:
    """Keep widgets together; the style sheet lays them out by the name."""
    row = widgets.Box(parts)
    row.add_class(name)
    return row


def _button(description: str, tooltip: str) -> widgets.Button:
    layout = widgets.Layout(width="auto")
    return widgets.Button(description=description, tooltip=tooltip, layout=layout)


def _html(piece: str, **told: object) -> str:
    made = house.environment().get_template("explore.html.j2").render(piece=piece, told=told)
    return f'<div class="tally" lang="{spoken().code}">{made}</div>'
