"""The explorer on the screen: controls, answer, charts, evidence and the document of a claim.

Wires widgets to the view and decides nothing about figures; whatever documents say is escaped.
"""

from dataclasses import replace
from typing import Any

import ipywidgets as widgets
from itables.widget import ITable
from markupsafe import escape

from tally import house
from tally.errors import TallyError
from tally.explorer.clickable import Clickable
from tally.explorer.controls import Controls
from tally.explorer.corpus import Corpus
from tally.explorer.phrases import answer, nothing, title
from tally.explorer.pictures import Picture, Spot, drawn
from tally.explorer.rows import COLUMNS, MOST_ROWS, ORDERS, as_table, as_told, chosen
from tally.explorer.selection import Selection
from tally.explorer.take import address, archive, claims_csv, figures_csv, files, stem
from tally.explorer.view import View, look
from tally.model import Claim
from tally.wording import grouped

_SHARES = ("9%", "20%", "14%", "13%", "18%", "15%", "11%")
_LISTING: dict[str, Any] = {
    "autoWidth": False,
    "select": "single",
    "showIndex": False,
    "maxBytes": 0,
    "pageLength": 8,
    "lengthMenu": [8, 25, 100],
    "order": [],
    "classes": "display compact",
    "column_filters": "header",
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
        self.by_day, self.by_place = Clickable(self.pick), Clickable(self.pick)
        self.listing = ITable(as_table((), self._view, corpus), **_LISTING)
        self.shown, self.claim, self.save = (widgets.HTML() for _ in range(3))
        self.all = _button("Show all claims", "The claims of the whole selection again")
        self.pack = _button("Pack everything as one ZIP", "Charts and tables in one file")
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

    def refresh(self) -> None:
        """Answer what the controls hold; what cannot be answered is said, the rest stays."""
        try:
            self._view, *made = drawn(self._corpus, self.controls.read())
        except TallyError as error:
            self._say([str(error)], alarm=True)
            return
        self._pictures = tuple(picture for picture in made if picture)
        self._say(nothing(self._view, self._corpus) if self._view.is_empty else [])
        known = "All that the ledger holds" if self._view.selection.as_of is None else ""
        self.masthead.value = _html("masthead", title=title(self._view), known=known)
        self.answer.value = _html("answer", sentences=self._sentences())
        self.by_day.put(made[0])
        self.by_place.put(made[1])
        self.list_claims()
        self._offer()

    def pick(self, spot: Spot) -> None:
        """Follow a click on a chart: to a place, or to the claims of a day."""
        if spot.place:
            asked = self.controls.read()
            place = "" if asked.place == spot.place else spot.place
            self.controls.choose(replace(asked, place=place))
        else:
            self.list_claims(spot)

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
        count = f"{grouped(len(self._listed))} {'claim' if len(self._listed) == 1 else 'claims'}"
        if self._spot:
            return str(escape(f"{count} under {self._spot.words}"))
        more = f"; the first {grouped(MOST_ROWS)} are listed, the CSV holds all"
        return f"{count} in this selection{more if len(self._listed) > MOST_ROWS else ''}"

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
            files=[
                {
                    "name": f"{called}_{name}.csv",
                    "href": address(text.encode(), "text/csv"),
                    "words": f"{name} (CSV)",
                }
                for name, text in texts.items()
            ],
        )

    def _pack(self) -> None:
        data = archive(files(self._view, self._pictures, self._corpus))
        name = f"{stem(self._view)}.zip"
        link = {"name": name, "href": address(data, "application/zip"), "words": name}
        self.packed.value = _html("save", files=[link])

    def _say(self, paragraphs: list[str], alarm: bool = False) -> None:
        told = _html("message", paragraphs=paragraphs, alarm=alarm)
        self.message.value = told if paragraphs else ""

    def _screen(self) -> widgets.VBox:
        style = widgets.HTML(f"<style>{house.lab_css()}{house.style('explore.css')}</style>")
        charts = _row("charts", (self.by_day, "1 1 30rem"), (self.by_place, "1 1 15rem"))
        shown = _row("shown", (self.shown, "0 1 auto"), (self.all, "0 0 auto"))
        listing = widgets.VBox([shown, self.listing])
        listing.add_class("listing")
        evidence = _row("evidence", (listing, "1 1 34rem"), (self.claim, "1 1 17rem"))
        saving = _row("saving", (self.save, "0 1 auto"), (self.pack, "0 0 auto"))
        saving.children = (*saving.children, self.packed)
        parts = [style, self.masthead, self.controls.row, self.message, self.answer]
        screen = widgets.VBox([*parts, charts, evidence, saving])
        screen.add_class("tally-explorer")
        return screen


def _row(name: str, *parts: tuple[widgets.Widget, str]) -> widgets.Box:
    for widget, flex in parts:
        widget.layout.flex = flex
        widget.layout.min_width = "0"
    layout = widgets.Layout(flex_flow="row wrap")
    row = widgets.Box([widget for widget, _ in parts], layout=layout)
    row.add_class(name)
    return row


def _button(description: str, tooltip: str) -> widgets.Button:
    layout = widgets.Layout(width="auto")
    return widgets.Button(description=description, tooltip=tooltip, layout=layout)


def _html(piece: str, **told: object) -> str:
    made = house.environment().get_template("explore.html.j2").render(piece=piece, told=told)
    return f'<div class="tally">{made}</div>'
