"""A Frictionless Data Package: a folder of CSV files with schema, licence and sources."""

import json
from pathlib import Path

from tally.errors import ExchangeError
from tally.exchange.cells import from_csv, to_csv
from tally.exchange.columns import TABLES, TITLES, field
from tally.exchange.exported import (
    CAUTIONS,
    LOSS_COLUMNS,
    Edition,
    Loss,
    texts_left,
)
from tally.exchange.records import from_cells
from tally.exchange.tables import rows
from tally.files import write_whole
from tally.model import Claim

DESCRIPTOR = "datapackage.json"
LICENCES = {
    "MIT": "https://opensource.org/license/mit",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "ODC-BY-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
DEFUSED = (
    "A cell that begins with a sign of a formula (= + - @ and their like) or with an apostrophe "
    "has an apostrophe in front, so that no spreadsheet runs it; take one away to read it."
)


def write_datapackage(edition: Edition, path: Path) -> tuple[Loss, ...]:
    """Write the folder; its datapackage.json comes last, so that what it names is there."""
    path.mkdir(parents=True, exist_ok=True)
    if (path / DESCRIPTOR).exists():
        (path / DESCRIPTOR).unlink()
    for table, columns in TABLES.items():
        write_whole(path / f"{table}.csv", to_csv(columns, rows(edition, table)))
    text = json.dumps(describe(edition), ensure_ascii=False, indent=2)
    write_whole(path / DESCRIPTOR, text + "\n")
    return (texts_left(edition),)


def read_datapackage(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a folder that `write_datapackage` wrote."""
    try:
        text = (path / "claims.csv").read_bytes().decode()
    except OSError as error:
        msg = f"{path}: no claims.csv in it ({error.strerror}); give the folder of a data package"
        raise ExchangeError(msg) from error
    return tuple(from_cells(row) for row in from_csv(text))


def describe(edition: Edition) -> dict[str, object]:
    """Return the descriptor of the package."""
    held: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": "tally-claims",
        "title": "Attributed numbers of the Russia-Ukraine war, with their doubt and their sources",
        "description": "\n\n".join([_scope(edition), *CAUTIONS, DEFUSED]),
        "sources": _sources(edition),
        "resources": [_resource(table) for table in (*TABLES, "losses")],
    }
    if edition.licence:
        licence = {"name": edition.licence, "path": LICENCES.get(edition.licence, "")}
        held["licenses"] = [{key: value for key, value in licence.items() if value}]
    return held


def _scope(edition: Edition) -> str:
    first, last = edition.span
    days = f" about {first or 'the first day'} to {last or 'the last'}" if first or last else ""
    known = f", as known on {edition.as_of}" if edition.as_of else ""
    return f"{len(edition.claims):,} claims{days}{known}."


def _sources(edition: Edition) -> list[dict[str, str]]:
    """Return each document once: what frictionless calls a source has a title and an address."""
    made = []
    for document in edition.used().values():
        title = ": ".join(filter(None, [document.publisher, document.title])) or document.id
        web = document.url.startswith(("http://", "https://"))
        made.append({"title": title, "path": document.url} if web else {"title": title})
    return made


def _resource(table: str) -> dict[str, object]:
    columns = LOSS_COLUMNS if table == "losses" else TABLES[table]
    schema: dict[str, object] = {
        "fields": [field(table, name) for name in columns],
        "missingValues": [""],
    }
    if "id" in columns:
        schema["primaryKey"] = ["id"]
    if table == "claims":
        schema["foreignKeys"] = [
            {"fields": ["part_of"], "reference": {"resource": "", "fields": ["id"]}}
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": TITLES[table],
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
