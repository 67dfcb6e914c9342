"""One night made up for the tests: both sides, a split by region, two claimants at odds."""

import dataclasses
import datetime as dt

from tally.evidence import Night, gather
from tally.model import (
    Claim,
    Document,
    Estimate,
    Metric,
    Reconciled,
    Relation,
    RelationKind,
)
from tally.names import Names

DAY = dt.date(2025, 5, 21)
NAMES = Names(
    {"RU-ORL": "Oryol Oblast", "UA-59": "Sumy Oblast", "UA-63": "Kharkiv Oblast"},
    {("", "сумщина"): "Sumy Oblast", ("UA-59", "ромнах"): "Romny"},
    {
        ("Russia", "минобороны рф"): "Russia's Ministry of Defence",
        ("Russia", "russia's ministry of defence"): "Russia's Ministry of Defence",
        ("", "ministry of defence"): "Ministry of Defence",
        ("Ukraine", "повітряні сили"): "Ukrainian Air Force",
        ("Ukraine", "ukrainian air force"): "Ukrainian Air Force",
        ("Russia", "вячеслав гладков"): "Vyacheslav Gladkov",
    },
)
DOCUMENTS: dict[str, Document] = {}

_CLAIM = Claim(
    id="", document_id="", lang="en", metric=Metric.KILLED, low=1, high=1, hedge="exact",
    aggregation="period", attacker="", claimant="", claimant_side="unattributed", place="",
    admin1=(), period_start=DAY, period_end=DAY, window="overnight", as_of="",
    published="2025-05-21", victims="", weapon="", mode="", part_of="", unverified=False,
    quote="", start=0, end=0, rule="by hand",
)  # fmt: skip
_MOD = {"attacker": "Ukraine", "claimant": "Минобороны РФ", "claimant_side": "Russia"}
_AIR = {"attacker": "Russia", "claimant": "Ukrainian Air Force", "claimant_side": "Ukraine"}
_LOCAL = {"attacker": "Russia", "claimant": "Governor Oleh Hryhorov", "claimant_side": "Ukraine"}
_SUMY = {**_LOCAL, "place": "Сумщина", "admin1": ("UA-59",)}
_KHARKIV = {**_LOCAL, "place": "Kharkiv", "admin1": ("UA-63",)}
_ORYOL = {"place": "Oryol", "admin1": ("RU-ORL",)}


def claim(claim_id: str, metric: str, low: int | None, high: int | None, **fields: object) -> Claim:
    """Return a claim with the quote and the document that show it."""
    figure = str(low if low is not None else high)
    quote = f"the report says {figure} {metric.replace('_', ' ')}"
    made = dataclasses.replace(
        _CLAIM, id=claim_id, document_id=f"doc-{claim_id}", metric=Metric(metric), low=low,
        high=high, quote=quote, start=20, end=20 + len(figure), **fields,
    )  # fmt: skip
    text = f"Now {quote}."
    DOCUMENTS[made.document_id] = Document(
        made.document_id, "en", made.published, "A Paper", "https://example.org/a", "A", text
    )
    return made


CLAIMS = (
    claim("ru-all", "drones_intercepted", 159, 159, **_MOD),
    claim("ru-oryol", "drones_intercepted", 53, 53, part_of="ru-all", **_MOD, **_ORYOL),
    claim("ru-black", "drones_intercepted", 51, 51, part_of="ru-all", place="Black Sea", **_MOD),
    claim("ru-early", "drones_intercepted", 127, 127, **{**_MOD, "window": "20:00-04:05"}),
    claim("ua-sent", "drones_launched", 76, 76, **_AIR),
    claim("ua-all", "drones_intercepted", 63, 63, **_AIR),
    claim("ua-shot", "drones_intercepted", 22, 22, part_of="ua-all", mode="shot_down", **_AIR),
    claim("ua-lost", "drones_lost", 41, 41, **_AIR),
    claim("sumy-k", "killed", 2, 2, **_SUMY),
    claim("sumy-i", "injured", 5, None, hedge="at_least", **_SUMY),
    claim("sumy-c", "injured", 2, 2, part_of="sumy-i", victims="child", **_SUMY),
    claim("kharkiv-i", "injured", 6, 6, **_KHARKIV),
    claim("kharkiv-j", "injured", 7, 7, **{**_KHARKIV, "claimant": "police"}),
    claim("week", "drones_intercepted", 485, 485, **{**_MOD, "window": ""},
          period_start=dt.date(2025, 5, 20), period_end=dt.date(2025, 5, 22)),
)  # fmt: skip


def estimate(claims: list[Claim], **fields: object) -> Estimate:
    """Return what claims say together, as wide as they are."""
    first = claims[0]
    lows = [c.low for c in claims if c.low is not None]
    highs = [c.high for c in claims]
    high = None if None in highs else max(h for h in highs if h is not None)
    made = Estimate(
        first.metric, first.claimant_side, first.attacker, first.place, first.admin1, DAY, DAY,
        first.window, min(lows), high, first.hedge if len(claims) == 1 else "range",
        "single source" if len(claims) == 1 else "contested",
        tuple(dict.fromkeys(c.claimant for c in claims)), tuple(c.id for c in claims),
    )  # fmt: skip
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


def sample_night(without: str = "", day: dt.date = DAY) -> Night:
    """Return the night; `without` leaves out the claims of one side."""
    claims = [c for c in CLAIMS if c.claimant_side != without]
    groups = [["ru-all"], ["ru-early"], ["ru-oryol"], ["ua-sent"], ["ua-all"], ["ua-lost"]]
    groups += [["sumy-k"], ["sumy-i"], ["kharkiv-i", "kharkiv-j"]]
    held = {c.id: c for c in claims}
    estimates = [estimate([held[i] for i in ids]) for ids in groups if set(ids) <= set(held)]
    relations = (
        Relation(RelationKind.CONTRADICTS, "kharkiv-j", "kharkiv-i", "same place", "7 against 6."),
        Relation(RelationKind.PART_OF, "ua-shot", "ua-all", "said so", "Part of it."),
    )
    reconciled = Reconciled(tuple(claims), relations, tuple(estimates), (), ())
    return gather(reconciled, day, DOCUMENTS, NAMES)
