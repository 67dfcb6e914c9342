"""A document -> its claims. Knows nothing of the ledger."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from tally.grammar.draft import ENDLESS, IN_PIECES, PUBLISHED, Draft
from tally.grammar.issuers import publisher_itself
from tally.grammar.reading import read_document
from tally.grammar.voices import NOBODY, Attribution
from tally.grammar.whereabouts import LEAD
from tally.model import TOLLS, Claim, Document, Metric, Place, Span
from tally.text import Cleaned, clean
from tally.vocabulary import rows, table_path

QUOTE_WORDS = 12
DEEPEST = 4


def extract(document: Document) -> tuple[Claim, ...]:
    """Return the distinct claims of a document in the order of its text."""
    cleaned = clean(document.text)
    published = _day(document.published)
    publisher = partial(_issuer, document.publisher, document.lang)
    drafts = read_document(cleaned, document.lang, published, publisher)
    kept, merged = _distinct(drafts)
    claims: dict[int, Claim] = {}

    def build(draft: Draft, depth: int = 0) -> Claim:
        whole = draft.part_of and merged.get(id(draft.part_of), draft.part_of)
        if id(draft) not in claims:
            part_of = (
                build(whole, depth + 1).id
                if whole and whole is not draft and depth < DEEPEST
                else ""
            )
            claims[id(draft)] = _claim(document, cleaned, draft, part_of)
        return claims[id(draft)]

    asserted: dict[str, Claim] = {}
    for claim in map(build, kept):
        asserted.setdefault(claim.id, claim)  # said twice it is one claim: the first mention stays
    return tuple(asserted.values())


def _day(published: str | None) -> dt.date | None:
    return dt.datetime.fromisoformat(published).date() if published else None


def _issuer(publisher: str, lang: str) -> Attribution:
    """Return the publisher as claimant when it is a body that speaks for itself; a medium is not.

    What a medium says in its own voice is nobody's.
    """
    low = publisher.lower()
    known = _issuers(table_path("issuers"))
    named = next((issuer for name, issuer in known if name in low), None)
    return named or (publisher_itself(publisher, lang) if publisher else NOBODY)


@cache
def _issuers(path: Path) -> tuple[tuple[str, Attribution], ...]:
    del path
    return tuple(
        (
            row["publisher"].lower(),
            Attribution(row["name"], row["side"], (), 0, row["kind"]),  # type: ignore[arg-type]
        )
        for row in rows("issuers")
    )


def _distinct(drafts: Sequence[Draft]) -> tuple[list[Draft], dict[int, Draft]]:
    """Merge repetitions of one figure; return what is left and what each merged draft became."""
    kept: list[Draft] = []
    merged: dict[int, Draft] = {}
    alike: dict[tuple[Metric, int | None], list[Draft]] = defaultdict(list)
    for draft in drafts:
        candidates = alike[draft.metric, draft.quantity.low]
        twin = next((other for other in candidates if _same(other, draft)), None)
        if twin is None:
            kept.append(draft)
            candidates.append(draft)
            continue
        merged[id(draft)] = twin
        twin.reference &= draft.reference
        _take(twin, draft)
    _share(kept)
    return kept, merged


def _same(first: Draft, second: Draft) -> bool:
    if first.metric != second.metric or first.quantity.low != second.quantity.low:
        return False
    if second.reference:
        return True
    if second.part_of is first:
        return False
    if first.quantity != second.quantity and not (
        _bare_in_headline(first, second) or _hedged_once(first, second)
    ):
        return False
    if first.window and second.window and first.window != second.window and not first.headline:
        return False
    told_apart = first.victims and second.victims and not first.headline
    if first.victims != second.victims and (
        told_apart or first.part_of is not None or second.part_of is not None
    ):
        return False
    whole = (first.part_of is None) != (second.part_of is None)
    again = first.part_of is not None and _one_region(first, second)
    told = first.count.implied or first.victims or again
    if whole and not first.headline and not told:
        return False
    if first.attacker and second.attacker and first.attacker != second.attacker:
        return False
    if second.aggregation == "increment" != first.aggregation and not first.headline:
        return False
    dated = not (
        first.headline or _undated(first) or _undated(second) or _there_again(first, second)
    )
    if first.last != second.last and dated:
        return False
    return _same_place(first, second)


def _share(kept: Sequence[Draft]) -> None:
    """Give the figures of a headline the place and day that the body told for one of them."""
    headline = [draft for draft in kept if draft.headline]
    told = next((d for d in headline if d.place is not None and not _undated(d)), None)
    if told is None:
        return
    for draft in headline:
        if draft.place is None and _undated(draft) and draft.sentence == told.sentence:
            draft.place = told.place
            draft.first, draft.last = told.first, told.last


def _bare_in_headline(first: Draft, second: Draft) -> bool:
    """Tell whether a headline leaves out a hedge: "kills seven", below it "at least seven"."""
    hedges = {"at_least", "about", "more_than"}
    return first.headline and first.quantity.hedge == "exact" and second.quantity.hedge in hedges


def _hedged_once(first: Draft, second: Draft) -> bool:
    """Tell whether one toll is told with a hedge and without: "at least five", "five killed"."""
    hedges = {first.quantity.hedge, second.quantity.hedge}
    hedged = hedges == {"exact", "at_least"} and not first.count.implied
    return first.metric in TOLLS and hedged and _one_region(first, second)


def _undated(draft: Draft) -> bool:
    return draft.last is None or (PUBLISHED in draft.rules and draft.first == draft.last)


def _there_again(first: Draft, second: Draft) -> bool:
    """Tell whether a figure without a day of its own is given again of the very same place."""
    return not second.own_day and first.place is not None and first.place == second.place


def _same_place(first: Draft, second: Draft) -> bool:
    one, other = first.place, second.place
    if one and other and one.name != other.name and first.sentence == second.sentence:
        return False
    if one is None or other is None:
        return first.headline or one is other or _large(first) or _place_told_later(first, second)
    if second.sentence - first.sentence <= 1 and not _alike(one.name, other.name):
        return first.headline
    if one.admin1 and other.admin1:
        return set(one.admin1) <= set(other.admin1) or set(other.admin1) <= set(one.admin1)
    return one.name == other.name


def _place_told_later(first: Draft, second: Draft) -> bool:
    """Tell whether a lead leaves a place unnamed that the text below it names."""
    lead = first.sentence <= LEAD and first.place is None and not first.everywhere
    lead = lead and first.quantity == second.quantity and not first.count.implied
    lead = lead and first.part_of is None and second.part_of is None
    own = bool(second.regions) and not second.count.more
    return lead and own and second.sentence > first.sentence


def _one_region(first: Draft, second: Draft) -> bool:
    """Tell whether both figures are of one region: what is told there again is the same."""
    places = first.place, second.place
    codes = {place.admin1 for place in places if place is not None}
    return None not in places and len(codes) == 1 and () not in codes


def _alike(one: str, other: str) -> bool:
    """Tell whether two names may be one place's: cases of a name, a town and its region's name."""
    return not (one and other) or one[:4].lower() == other[:4].lower()


def _large(draft: Draft) -> bool:
    return (draft.quantity.low or draft.quantity.high or 0) >= 10


def _take(twin: Draft, draft: Draft) -> None:
    """Let a repetition add what the first mention did not say; a mere reference adds nothing."""
    twin.review += [reason for reason in draft.review if reason in {ENDLESS, IN_PIECES}]
    if draft.reference:
        return
    sided = twin.side == "unattributed" != draft.side and not draft.headline
    if draft.claimant and (not twin.claimant or sided or _names(draft, twin)):
        twin.claimant, twin.side = draft.claimant, draft.side
    if twin.quantity.hedge == "exact" and twin.quantity != draft.quantity:
        twin.quantity, twin.start, twin.end = draft.quantity, draft.start, draft.end
        twin.quote_start, twin.quote_end = draft.quote_start, draft.quote_end
    twin.attacker = twin.attacker or draft.attacker
    if twin.headline or twin.part_of is not None or _place_told_later(twin, draft):
        twin.place = twin.place or draft.place
    twin.victims = twin.victims or draft.victims
    twin.window = twin.window or draft.window
    twin.unverified |= draft.unverified
    twin.part_of = twin.part_of or (draft.part_of if draft.part_of is not twin else None)
    if (_undated(twin) or twin.headline) and not _undated(draft):
        twin.first, twin.last = draft.first, draft.last


def _names(draft: Draft, twin: Draft) -> bool:
    """Tell whether the body names who the headline only gives an office of: "– governor"."""
    fuller = len(draft.claimant.split()) > len(twin.claimant.split())
    return twin.headline and fuller and draft.side == twin.side


def _claim(document: Document, cleaned: Cleaned, draft: Draft, part_of: str) -> Claim:
    figure = cleaned.original(Span(draft.start, draft.end))
    quote = cleaned.original(Span(draft.quote_start, draft.quote_end))
    place = draft.place or Place("")
    metric = draft.metric
    asserted: list[object] = [
        document.id, metric, draft.quantity.low, draft.quantity.high, draft.quantity.hedge,
        draft.aggregation,
        draft.attacker, draft.claimant, place.name, list(place.admin1),
        str(draft.first or ""), str(draft.last or ""), draft.window, draft.victims,
    ]  # fmt: skip
    return Claim(
        id=_digest(asserted),
        document_id=document.id,
        lang=document.lang,
        metric=Metric(metric),
        low=draft.quantity.low,
        high=draft.quantity.high,
        hedge=draft.quantity.hedge,
        aggregation=draft.aggregation,
        attacker=draft.attacker,
        claimant=draft.claimant,
        claimant_side=draft.side,
        place=place.name,
        admin1=place.admin1,
        period_start=draft.first,
        period_end=draft.last,
        window=draft.window,
        as_of=draft.as_of,
        published=document.known_from,
        victims=draft.victims,
        weapon=draft.weapon,
        mode=draft.mode
        if metric in {Metric.DRONES_INTERCEPTED, Metric.MISSILES_INTERCEPTED}
        else "",
        part_of=part_of,
        unverified=draft.unverified,
        quote=" ".join(document.text[quote.start : quote.end].split()[:QUOTE_WORDS]),
        start=figure.start,
        end=figure.end,
        rule="; ".join(dict.fromkeys(draft.rules)),
        review="; ".join(dict.fromkeys(draft.review)),
    )


def _digest(asserted: list[object]) -> str:
    return hashlib.sha256(json.dumps(asserted, ensure_ascii=False).encode()).hexdigest()[:12]
