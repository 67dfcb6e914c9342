"""What each column of an export means: one text for the data package and the workbook."""

from typing import get_args

from tally.exchange.records import CLAIM_COLUMNS, ESTIMATE_COLUMNS
from tally.model import Aggregation, Estimate, Hedge, Metric, RelationKind, Side

Field = dict[str, object]

SIDES = get_args(Side)
METRICS = tuple(map(str, Metric))
STATUSES = get_args(Estimate.__annotations__["status"])
RELATIONS = tuple(map(str, RelationKind))

TEXTS = {
    "id": "A hash of what is asserted; it stays while that stays.",
    "document_id": "The document that the claim was read from.",
    "lang": "Language of the document: en, uk, ru.",
    "metric": "What is counted.",
    "low": "The least that is said; empty when there is no lower end, never zero for not said.",
    "high": "The most that is said; empty when there is no upper end.",
    "hedge": "The doubt as worded.",
    "aggregation": "period: an event, night, day or some days; increment: on top of an earlier "
    "count; cumulative: a running total.",
    "attacker": "Whose weapons: Russia or Ukraine; empty when the text does not tell.",
    "claimant": "Who asserts the figure, as the text names it; empty: the publisher itself.",
    "claimant_side": "Whose word it is.",
    "place": "The finest place that the figure is about, as written; empty: a whole country.",
    "admin1": "ISO 3166-2 codes of the first-level units, joined by a semicolon.",
    "period_start": "First day of what happened; a night is dated by its morning.",
    "period_end": "Last day of what happened.",
    "window": "The hours as stated.",
    "as_of": "The hour that the figure is good for.",
    "published": "When the document came out: a day, or a time with its offset.",
    "victims": "Of killed and injured: civilian, child, military, responder; empty: not said.",
    "weapon": "What was sent, stopped or lost, in the words of the text.",
    "mode": "Of an interception, how; where it changes, a series breaks.",
    "part_of": "The claim of the same document that this one is a part of; never add the two.",
    "unverified": "Whether the document says that the figure could not be verified.",
    "quote": "At most twelve words that show the figure.",
    "start": "Where the figure begins in the stored text, in characters.",
    "end": "Where it ends, not included.",
    "rule": "The rules that made the claim.",
    "review": "Reasons to look again.",
    "side": "The side whose word it is; the two are never one estimate.",
    "status": "single source, agreed, updated, contested, or partial (a part or a window).",
    "claimants": "Independent claimants, joined by a semicolon.",
    "claim_ids": "The claims that it rests on, best first, joined by a semicolon.",
    "incident": "The event that the figure is about.",
    "publisher": "Who printed the document.",
    "url": "Where it was read.",
    "title": "Its title.",
    "digest": "Whether the text is a summary in our own words.",
    "kind": "How the first claim stands to the second.",
    "claim_id": "The later claim.",
    "other_id": "The earlier claim.",
    "sentence": "Why, in a sentence.",
    "record": "The claim, estimate or table that something is missing of.",
    "field": "The column.",
    "value": "What is missing.",
    "why": "Why it cannot be held.",
    "check": "The check that found it.",
    "where": "The documents concerned.",
    "expected": "What should hold.",
    "found": "What does.",
}
TYPES = {
    "low": "integer", "high": "integer", "start": "integer", "end": "integer",
    "period_start": "date", "period_end": "date", "unverified": "boolean", "digest": "boolean",
}  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {
    "metric": METRICS,
    "hedge": get_args(Hedge),
    "aggregation": get_args(Aggregation),
    "claimant_side": SIDES,
    "side": SIDES,
    "status": STATUSES,
    "kind": RELATIONS,
}
REQUIRED = frozenset({"id", "document_id", "metric", "hedge", "claimant_side", "side", "published"})
COUNTS = frozenset({"low", "high", "start", "end"})
DOCUMENT_COLUMNS = ("id", "publisher", "url", "published", "lang", "title", "digest")
RELATION_COLUMNS = ("kind", "claim_id", "other_id", "rule", "sentence")
FINDING_COLUMNS = ("check", "where", "expected", "found", "sentence", "claim_ids")
TABLES = {
    "claims": CLAIM_COLUMNS,
    "estimates": ESTIMATE_COLUMNS,
    "relations": RELATION_COLUMNS,
    "findings": FINDING_COLUMNS,
    "documents": DOCUMENT_COLUMNS,
}
TITLES = {
    "claims": "Every number of the documents as one attributed claim",
    "estimates": "What the claims say together, side by side and never averaged",
    "relations": "How claims stand to one another: repeats, updates, parts, contradictions",
    "findings": "What is wrong with the claims",
    "documents": "The documents that the claims were read from, without their texts",
    "losses": "What this export cannot hold",
}


def field(table: str, name: str) -> Field:
    """Return a column as Table Schema describes it."""
    text = TEXTS[name]
    if table == "documents" and name == "id":
        text = "The id that claims name the document by."
    if table == "estimates" and name == "id":
        text = "A hash of what the estimate is about; it stays while the number moves."
    made: Field = {"name": name, "type": TYPES.get(name, "string"), "description": text}
    if made["type"] == "boolean":
        made |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: Field = {}
    if name in REQUIRED and not (table == "documents" and name == "published"):
        constraints["required"] = True
    if name in COUNTS:
        constraints["minimum"] = 0
    if name in CHOICES:
        constraints["enum"] = list(CHOICES[name])
    if name == "id":
        constraints["unique"] = True
    return {**made, "constraints": constraints} if constraints else made
