"""An edition as tables of cells: claims, estimates, relations, findings, documents."""

from collections.abc import Iterator

from tally.exchange.exported import Edition
from tally.exchange.records import estimate_cells, estimate_ids, to_cells
from tally.ledger import as_cell


def rows(edition: Edition, table: str) -> Iterator[list[str]]:
    """Give the rows of a table of `columns.TABLES`."""
    if table == "claims":
        yield from map(to_cells, edition.claims)
    elif table == "estimates":
        for name, estimate in estimate_ids(edition.estimates).items():
            yield estimate_cells(name, estimate)
    elif table == "relations":
        held = {claim.id for claim in edition.claims}
        for one in edition.reconciled.relations:
            if {one.claim_id, one.other_id} <= held:
                yield [one.kind, one.claim_id, one.other_id, one.rule, one.sentence]
    elif table == "findings":
        for found in edition.findings:
            said = [found.check, found.where, found.expected, found.found, found.sentence]
            yield [*said, as_cell(found.claim_ids)]
    else:
        for document in edition.used().values():
            origin = [document.id, document.publisher, document.url, document.published or ""]
            yield [*origin, document.lang, document.title, as_cell(document.digest)]
