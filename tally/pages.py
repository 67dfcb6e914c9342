"""What is wrong with a page by itself: two tolls, two editions, days to come, places on no map.

Whether its words are still where they were found is asked here too, with its text at hand.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from tally.counts import counted, figure, is_part, least, noun
from tally.language import say, spoken
from tally.model import KYIV, TOLLS, Claim, Finding, Reconciled, published_at
from tally.name_tables import plain, seas
from tally.names import load_names, place_called


def two_tolls(reconciled: Reconciled) -> Iterator[Finding]:
    """Find two tolls that one claimant gives of one event in one document."""
    explained = {(r.claim_id, r.other_id) for r in reconciled.relations if is_part(r)}
    tolls: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in counted(reconciled):
        if claim.metric in TOLLS and claim.aggregation == "period":
            tolls[(*_event(claim), claim.document_id, claim.claimant)].append(claim)
    for found in tolls.values():
        wholes = [c for c in found if not any((c.id, o.id) in explained for o in found)]
        numbers = sorted({least(claim) for claim in wholes})
        if len(numbers) > 1:
            first = wholes[0]
            listed = " and ".join(map(str, numbers))
            spot = place_called(first.place, first.admin1)
            told = {
                "document": first.document_id,
                "listed": f" {say('and')} ".join(map(str, numbers)),
                "noun": noun(first),
                "who": _claimant(first) or say("the text itself"),
                "where": say(" in {place}", place=spot) if spot else "",
                "gap": str(numbers[-1] - numbers[0]),
            }
            yield Finding(
                "two_tolls",
                first.document_id,
                "one toll",
                listed,
                say(
                    "{document} gives {listed} {noun} from {who} for one event{where}: "
                    "{gap} apart; one of them is an earlier count.",
                    **told,
                ),
                tuple(claim.id for claim in wholes),
            )


def _claimant(claim: Claim) -> str:
    if spoken().keeps(claim.claimant):
        return claim.claimant
    return load_names().claimant(claim.claimant, claim.claimant_side)


def published_before_event(reconciled: Reconciled) -> Iterator[Finding]:
    """Find claims about a day that was still to come when their document came out."""
    for claim in counted(reconciled):
        day = _published_on(claim)
        if claim.period_end and claim.period_end > day:
            ahead = (claim.period_end - day).days
            yield Finding(
                "published_before_event",
                claim.document_id,
                f"no later than {day}",
                str(claim.period_end),
                say(
                    "{document} was published on {day}, its {figure} {noun} "
                    "is dated {date}: {n} {n:day|days} ahead.",
                    document=claim.document_id,
                    day=day,
                    figure=figure(claim),
                    noun=noun(claim),
                    date=claim.period_end,
                    n=ahead,
                ),
                (claim.id,),
            )


def _published_on(claim: Claim) -> dt.date:
    return published_at(claim.published).astimezone(KYIV).date()


def unknown_place(reconciled: Reconciled) -> Iterator[Finding]:
    """Find places that are named and that we can put on no map; seas have no region."""
    unknown: dict[str, list[Claim]] = defaultdict(list)
    for claim in counted(reconciled):
        if claim.place and not claim.admin1 and plain(claim.place) not in seas():
            unknown[claim.place].append(claim)
    for place, found in sorted(unknown.items()):
        yield Finding(
            "unknown_place",
            ", ".join(sorted({claim.document_id for claim in found})),
            "a region",
            place,
            say(
                "{place} is in no region that we know: {n} {n:figure is|figures are} on no map.",
                place=place_called(place, ()),
                n=len(found),
            ),
            tuple(claim.id for claim in found),
        )


def published_twice(reconciled: Reconciled) -> Iterator[Finding]:
    """Find documents that came out again with other figures."""
    editions: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in counted(reconciled):
        editions[claim.document_id][claim.published].append(claim)
    for document_id, found in editions.items():
        times = sorted(found)
        for before, after in pairwise(times):
            old, new = ({_stated(c) for c in found[time]} for time in (before, after))
            if old != new:
                changed = [c for c in (*found[before], *found[after]) if _stated(c) in old ^ new]
                yield Finding(
                    "published_twice",
                    document_id,
                    f"the figures of {before}",
                    f"those of {after}",
                    say(
                        "{document} came out on {before} and again on {after}: "
                        "{gone} of its figures went, {came} came.",
                        document=document_id,
                        before=before,
                        after=after,
                        gone=len(old - new),
                        came=len(new - old),
                    ),
                    tuple(claim.id for claim in changed),
                )


def _stated(claim: Claim) -> tuple[object, ...]:
    return (*_event(claim), claim.low, claim.high)


def _event(claim: Claim) -> tuple[object, ...]:
    where = (claim.place, claim.admin1, claim.window)
    return claim.metric, claim.attacker, *where, claim.period_start, claim.period_end, claim.victims


def spans_moved(claims: Iterable[Claim], texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the claims whose words are no longer where they were found.

    `texts` are the documents by id; a document that is not there has lost its words altogether.
    It is no part of `check`, which reads no text.
    """
    return tuple(_moved(claim, texts) for claim in claims if not _is_at_span(claim, texts))


def _is_at_span(claim: Claim, texts: Mapping[str, str]) -> bool:
    text = texts.get(claim.document_id, "")
    begin = text.find(claim.quote)
    while begin >= 0 and claim.quote:
        if begin <= claim.start < claim.end <= begin + len(claim.quote):
            return True
        begin = text.find(claim.quote, begin + 1)
    return False


def _moved(claim: Claim, texts: Mapping[str, str]) -> Finding:
    text = texts.get(claim.document_id)
    now = "" if text is None else text[claim.start : claim.end]
    there = say("{words} is there now", words=repr(now)) if now else say("nothing is there now")
    why = say("the document is gone") if text is None else there
    return Finding(
        "spans_moved",
        claim.document_id,
        claim.quote,
        now,
        say(
            "{document}: {figure} {noun} was read from {quote} at "
            "characters {start} to {end}: {why}. Rebuild the ledger.",
            document=claim.document_id,
            figure=figure(claim),
            noun=noun(claim),
            quote=repr(claim.quote),
            start=str(claim.start),
            end=str(claim.end),
            why=why,
        ),
        (claim.id,),
    )
