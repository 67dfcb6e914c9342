"""What the claims say together as a table with HXL tags (Humanitarian Exchange Language 1.1).

HXL has no tag for drones: what is counted stands in `#indicator+name`, its bounds in
`#indicator+value`; people killed and injured stand under `#affected` as well.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tally.exchange.cells import restore, to_csv
from tally.exchange.exported import Edition, Loss, texts_left
from tally.exchange.places import point
from tally.exchange.records import estimate_ids
from tally.files import write_whole
from tally.ledger import as_cell
from tally.model import Claim, Estimate, Metric, published_at

TAGS = {
    "Id": "#meta+id",
    "First day": "#date+start",
    "Last day": "#date+end",
    "Reported": "#date+reported",
    "What is counted": "#indicator+name",
    "At least": "#indicator+value+num+min",
    "At most": "#indicator+value+num+max",
    "Doubt": "#indicator+hedge",
    "Killed, at least": "#affected+killed+min",
    "Killed, at most": "#affected+killed+max",
    "Injured, at least": "#affected+injured+min",
    "Injured, at most": "#affected+injured+max",
    "Kind of people": "#affected+type",
    "Whose weapons": "#group+attacker+name",
    "Whose word": "#meta+claimant+side",
    "Claimants": "#meta+claimant+name",
    "Status": "#status",
    "Country": "#country+code",
    "Region": "#adm1+name",
    "Region, ISO 3166-2": "#adm1+code+iso",
    "Region, p-code": "#adm1+code+v_pcode",
    "Place": "#loc+name",
    "Latitude": "#geo+lat",
    "Longitude": "#geo+lon",
    "Hours": "#date+window",
    "Words": "#description+quote",
    "Publishers": "#meta+source",
    "Addresses": "#meta+url",
}
# Ukraine's p-codes are the digits of ISO 3166-2 but for these.
PCODES = {"UA-09": "UA44", "UA-30": "UA80", "UA-40": "UA85", "UA-43": "UA01", "UA-77": "UA73"}
COUNTRIES = {"UA": "UKR", "RU": "RUS"}


def write_hxl(edition: Edition, path: Path) -> tuple[Loss, ...]:
    """Write a row an estimate under a header and its tags, and return what no tag holds."""
    rows = [list(_row(edition, name, e)) for name, e in estimate_ids(edition.estimates).items()]
    write_whole(path, to_csv(list(TAGS), [list(TAGS.values()), *rows]))
    return (texts_left(edition), *_losses(edition))


def read_hxl(path: Path) -> tuple[dict[str, str], ...]:
    """Return the rows of a file that `write_hxl` wrote, by tag, as they were before defusing."""
    text = path.read_bytes().decode()
    _, tags, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return tuple(dict(zip(tags, map(restore, row), strict=True)) for row in rows)


def pcode(code: str) -> str:
    """Return the humanitarian p-code of a region of Ukraine, "" for Russia, which has none here.

    >>> pcode("UA-59"), pcode("UA-30"), pcode("RU-BEL")
    ('UA59', 'UA80', '')
    """
    return PCODES.get(code, code.replace("-", "")) if code.startswith("UA-") else ""


def _row(edition: Edition, name: str, estimate: Estimate) -> Iterator[str]:
    claims = [edition.claim(i) for i in estimate.claim_ids]
    found = (edition.documents.get(claim.document_id) for claim in claims)
    documents = [document for document in found if document]
    one = estimate.admin1[0] if len(estimate.admin1) == 1 else ""
    at = point(estimate.place, estimate.admin1)
    low, high = as_cell(estimate.low), as_cell(estimate.high)
    killed, injured = (estimate.metric == metric for metric in (Metric.KILLED, Metric.INJURED))
    yield name
    yield as_cell(estimate.period_start)
    yield as_cell(estimate.period_end)
    yield _reported(claims)
    yield from (str(estimate.metric), low, high, estimate.hedge)
    yield from (low if killed else "", high if killed else "")
    yield from (low if injured else "", high if injured else "")
    yield from (estimate.victims, estimate.attacker, estimate.side)
    yield "; ".join(estimate.claimants)
    yield estimate.status
    yield _country(estimate)
    yield " and ".join(edition.names.place("", (code,)) for code in estimate.admin1)
    yield ";".join(estimate.admin1)
    yield pcode(one)
    yield estimate.place
    yield from (f"{at[1]:.4f}", f"{at[0]:.4f}") if at else ("", "")
    yield estimate.window
    yield claims[0].quote if claims else ""
    yield "; ".join(dict.fromkeys(d.publisher for d in documents if d.publisher))
    yield " ".join(dict.fromkeys(d.url for d in documents if d.url))


def _reported(claims: list[Claim]) -> str:
    latest = max((published_at(claim.published) for claim in claims), default=None)
    return latest.date().isoformat() if latest else ""


def _country(estimate: Estimate) -> str:
    found = {COUNTRIES.get(code[:2], "") for code in estimate.admin1}
    if found:
        return found.pop() if len(found) == 1 else ""
    return {"Russia": "UKR", "Ukraine": "RUS"}.get(estimate.attacker, "")


def _losses(edition: Edition) -> Iterator[Loss]:
    for name, estimate in estimate_ids(edition.estimates).items():
        if estimate.mode:
            yield Loss(name, "mode", estimate.mode, "HXL has no tag for how drones are stopped")
        if len(estimate.admin1) > 1:
            codes = ";".join(estimate.admin1)
            yield Loss(name, "admin1", codes, "a row has one #adm1+code+v_pcode")
    held = {i for estimate in edition.estimates for i in estimate.claim_ids}
    for claim in edition.claims:
        if claim.id not in held:
            why = "no estimate rests on it: replaced, refused or a part; rows are estimates"
            yield Loss(claim.id, "claim", claim.quote, why)
