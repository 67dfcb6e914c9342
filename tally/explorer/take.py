"""A selection to take along: its claims and figures as CSV, its charts as SVG, PNG and rows.

Returns names and bytes; writes no file.
"""

import base64
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import fields

from tally.cells import safe_csv
from tally.explorer.corpus import Corpus
from tally.explorer.phrases import about, answer, piece_words, standing, title
from tally.explorer.pictures import Picture
from tally.explorer.view import View
from tally.house.words import plain
from tally.language import say
from tally.ledger import as_cell
from tally.model import Claim
from tally.sheets import house_style

# The date of every file in the archive, so that the same selection gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FINE = 220


def claims_csv(claims: Iterable[Claim], view: View, corpus: Corpus) -> str:
    """Return claims with all their fields, and with their document's origin and their standing."""
    names = [field.name for field in fields(Claim)]
    header = [*names, "claimant_name", "place_name", "publisher", "url", "standing"]
    rows = []
    for claim in claims:
        document = corpus.documents.get(claim.document_id)
        origin = [document.publisher, document.url] if document else ["", ""]
        named = [corpus.caller(claim), corpus.where(claim)]
        cells = [as_cell(getattr(claim, name)) for name in names]
        rows.append([*cells, *named, *origin, standing(claim, view)])
    return safe_csv(header, rows)


def figures_csv(view: View, corpus: Corpus) -> str:
    """Return the figure of each day and panel, with its ends apart and the claims under it."""
    header = ["what", "side", "day", "low", "high", "hedge", "of_low", "of_high", "pieces"]
    rows = []
    for panel in view.panels:
        what = about(panel.attacker, view.selection, corpus)
        for mark in panel.marks:
            count, whole = mark.count, mark.whole
            ends = [count.low, count.high, count.hedge] if count else ["", "", ""]
            of = [whole.low, whole.high] if whole else ["", ""]
            pieces = "; ".join(piece_words(kind, each) for kind, each in mark.pieces)
            key = [what, panel.side, mark.day.isoformat()]
            rows.append([*key, *ends, *of, pieces, " ".join(mark.claim_ids)])
    return safe_csv([*header, "claim_ids"], rows)


def files(view: View, pictures: Iterable[Picture], corpus: Corpus) -> dict[str, bytes]:
    """Return every file of a selection by its name."""
    made = {
        "about.txt": _about(view, corpus).encode(),
        "claims.csv": claims_csv(view.claims, view, corpus).encode(),
        "figures.csv": figures_csv(view, corpus).encode(),
    }
    for picture in pictures:
        rows = picture.finished.data
        made[f"{picture.name}.svg"] = picture.finished.svg.encode()
        made[f"{picture.name}.png"] = _png(picture)
        made[f"{picture.name}.csv"] = safe_csv(rows["columns"], _rows(rows["rows"])).encode()
    return made


def archive(made: Mapping[str, bytes]) -> bytes:
    """Return files as one ZIP, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in sorted(made.items()):
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def address(data: bytes, mime: str) -> str:
    """Return bytes as an address that a link can save."""
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def stem(view: View) -> str:
    """Return what the files of a selection are called: by metric and days, in safe letters."""
    days = f"{view.selection.start.isoformat()}_{view.selection.end.isoformat()}"
    return f"tally_{view.selection.metric}_{days}"


def _about(view: View, corpus: Corpus) -> str:
    selection = view.selection
    asked = {
        "start": selection.start.isoformat(),
        "end": selection.end.isoformat(),
        "metric": str(selection.metric),
        "place": selection.place,
        "word": selection.word,
        "claimant": selection.claimant,
        "as_of": selection.as_of.isoformat() if selection.as_of else "",
    }
    lines = [title(view), "", *(plain(said) for said in answer(view, corpus)), ""]
    lines += [f'{name} = "{value}"' for name, value in asked.items()]
    lines += ["", say("A number is the word of whoever says it, never an established fact.")]
    return "\n".join(lines) + "\n"


def _png(picture: Picture) -> bytes:
    out = io.BytesIO()
    with house_style():
        picture.figure.savefig(out, format="png", dpi=_FINE, metadata={"Software": None})
    return out.getvalue()


def _rows(rows: Iterable[object]) -> list[list[object]]:
    return [list(row) if isinstance(row, list) else [row] for row in rows]
