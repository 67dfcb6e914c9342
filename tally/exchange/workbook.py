"""A workbook (xlsx) with notes: claims, what they say together, documents, and what is lost.

Text stays text: no cell is a formula, whatever it begins with.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tally.errors import ExchangeError
from tally.exchange.columns import TABLES, TITLES, TYPES, field
from tally.exchange.exported import CAUTIONS, LOSS_COLUMNS, Edition, Loss, texts_left
from tally.exchange.extras import library
from tally.exchange.records import from_cells
from tally.exchange.tables import rows
from tally.files import write_whole_bytes
from tally.model import Claim

WHAT = "A workbook"
MOST_ROWS = 1_048_575
LONGEST = 32_767
WIDTHS = {"id": 14, "quote": 60, "sentence": 80, "title": 60, "url": 50, "claimant": 34, "why": 60}
WIDTH = 16
# What XML cannot hold, and what would be read as standing for it.
UNHELD = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# openpyxl writes the hour of saving into the properties.
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
STILL = rb"\g<1>2022-02-24T00:00:00Z"
MADE = dt.datetime(2022, 2, 24)


def write_workbook(edition: Edition, path: Path) -> tuple[Loss, ...]:
    """Write the workbook; the same edition gives the same bytes."""
    openpyxl = library("openpyxl", WHAT)
    book = openpyxl.Workbook()
    losses = [texts_left(edition)]
    _notes(book.active, edition)
    for table, columns in TABLES.items():
        sheet = book.create_sheet(table.capitalize())
        losses += _fill(sheet, table, columns, rows(edition, table))
    cells = [[loss.record, loss.field, loss.value, loss.why] for loss in losses]
    _fill(book.create_sheet("Losses"), "losses", LOSS_COLUMNS, cells)
    book.properties.title = "Tally: attributed claims"
    book.properties.creator = "Tally"
    book.properties.created = book.properties.modified = MADE
    write_whole_bytes(path, _still(book))
    return tuple(losses)


def read_workbook(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a workbook that `write_workbook` wrote."""
    openpyxl = library("openpyxl", WHAT)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        sheet = book["Claims"]
    except Exception as error:
        msg = f"{path.name}: no workbook with a sheet Claims ({error}); export it anew"
        raise ExchangeError(msg) from error
    header, *found = ([_cell_text(value) for value in row] for row in sheet.values)
    return tuple(from_cells(dict(zip(header, row, strict=True))) for row in found)


def _notes(sheet: Any, edition: Edition) -> None:
    """Fill the first sheet: what this is, how to read it, what each column means."""
    styles = library("openpyxl.styles", WHAT)
    sheet.title = "Notes"
    first, last = edition.span
    lines = [
        ["Attributed numbers of the Russia-Ukraine war"],
        [],
        ["Claims", str(len(edition.claims))],
        ["Days", f"{first or 'all'} to {last or 'all'}" if first or last else "all"],
        ["As known on", edition.as_of or "all that is known"],
        ["Licence", edition.licence or "not stated"],
        [],
        ["How to read this"],
        *([caution] for caution in CAUTIONS),
        [],
        ["Sheet", "Column", "Meaning"],
        *([t.capitalize(), "", TITLES[t]] for t in (*TABLES, "losses")),
        [],
    ]
    for table, columns in TABLES.items():
        lines += [[table.capitalize(), c, str(field(table, c)["description"])] for c in columns]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            _set_text(cell, text)
            cell.alignment = styles.Alignment(vertical="top", wrap_text=column == 3)
    for number, line in enumerate(lines, start=1):
        if line in (lines[0], ["How to read this"], ["Sheet", "Column", "Meaning"]):
            for cell in sheet[number]:
                cell.font = styles.Font(bold=True, size=14 if number == 1 else 11)
    for letter, width in (("A", 18), ("B", 18), ("C", 100)):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False


def _fill(
    sheet: Any, table: str, columns: Sequence[str], found: Iterable[Sequence[str]]
) -> list[Loss]:
    styles, utils = library("openpyxl.styles", WHAT), library("openpyxl.utils", WHAT)
    losses: list[Loss] = []
    head = styles.PatternFill("solid", fgColor="E8ECF1")
    for column, name in enumerate(columns, start=1):
        cell = sheet.cell(1, column)
        _set_text(cell, name)
        cell.font, cell.fill = styles.Font(bold=True), head
        letter = utils.get_column_letter(column)
        sheet.column_dimensions[letter].width = WIDTHS.get(name, WIDTH)
    for number, row in enumerate(found, start=2):
        if number > MOST_ROWS + 1:
            msg = f"a sheet holds {MOST_ROWS:,} rows, {table} has more; export fewer days."
            raise ExchangeError(msg)
        for column, (name, text) in enumerate(zip(columns, row, strict=True), start=1):
            if len(text) > LONGEST:
                why = f"a cell holds {LONGEST:,} characters"
                losses.append(Loss(row[0], name, text[LONGEST:], why))
            _set(sheet.cell(number, column), TYPES.get(name, ""), text[:LONGEST])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    return losses


def _set(cell: Any, kind: str, text: str) -> None:
    """Set a cell to a count, day, truth value or text; what was not said stays empty."""
    if not text:
        return
    if kind == "integer":
        cell.value, cell.number_format = int(text), "#,##0"
    elif kind == "date":
        cell.value, cell.number_format = dt.date.fromisoformat(text), "yyyy-mm-dd"
    elif kind == "boolean":
        cell.value = text == "true"
    else:
        _set_text(cell, text)


def _set_text(cell: Any, text: str) -> None:
    """Set a cell to text that stays text, also when somebody edits it."""
    cell.value = UNHELD.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@'\t"


def _cell_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    text = "" if value is None else str(value)
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _still(book: Any) -> bytes:
    """Return the bytes of a workbook with the hour of writing taken out of its archive."""
    out, still = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            named = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            named.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(named, MODIFIED.sub(STILL, made.read(entry.filename)))
    return still.getvalue()
