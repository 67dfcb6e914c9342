"""Which claims are inside which: stated in a document, or stated of the same numbers elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tally.language import say, to_say
from tally.model import Claim, Relation, RelationKind
from tally.name_tables import plain, seas
from tally.names import place_called
from tally.reconcile.identity import OFFICIALS, locality
from tally.reconcile.incidents import Statement, number
from tally.reconcile.lines import Line, inside
from tally.reconcile.sentences import figure, whose
from tally.reconcile.strikes import TOGETHER

STATED = to_say("stated in the document")
STATED_ELSEWHERE = to_say("stated in another document")
OF_ONE_DAY = to_say("strikes of one day")
REGIONAL = to_say("region under a national toll")
Where = tuple[tuple[str, ...], str]
COUNTRY: Where = ((), "")
DIGESTED = frozenset({"past_day", "overnight", ""})


def parts(known: Mapping[str, Claim], lines: Sequence[Line]) -> tuple[Relation, ...]:
    """Return every part_of: as documents state them, then carried over to copies."""
    homes = {
        claim.id: statement
        for line in lines
        for statement in line.statements
        for claim in statement.claims
    }
    stated = [_stated(c, known[c.part_of]) for c in known.values() if c.part_of in known]
    return (*stated, *_carried(known, homes), *_regions(known), *_strikes(lines), *_places(lines))


def _stated(part: Claim, whole: Claim) -> Relation:
    sentence = say(
        "{document} counts {part} in its {whole}.",
        document=part.document_id,
        part=_bare(part),
        whole=_bare(whole),
    )
    return Relation(RelationKind.PART_OF, part.id, whole.id, STATED, sentence)


def _bare(claim: Claim) -> str:
    where = f" ({place_called(claim.place, claim.admin1)})" if claim.place else ""
    return f"{figure(claim)}{where}"


def _carried(known: Mapping[str, Claim], homes: Mapping[str, Statement]) -> Iterator[Relation]:
    """Yield the part_of of claims whose own document does not say it, but a copy does."""
    done: set[int] = set()
    for claim in known.values():
        if claim.part_of not in homes or claim.id not in homes:
            continue
        part, whole = homes[claim.id], homes[claim.part_of]
        if id(part) in done or part is whole:
            continue
        done.add(id(part))
        for copy in part.claims:
            if not copy.part_of:
                sentence = say(
                    "{copy} repeats the {part} that {document} counts in its {whole}.",
                    copy=whose(copy),
                    part=_bare(claim),
                    document=claim.document_id,
                    whole=_bare(known[claim.part_of]),
                )
                kind = RelationKind.PART_OF
                yield Relation(kind, copy.id, whole.best.id, STATED_ELSEWHERE, sentence)


def _regions(known: Mapping[str, Claim]) -> Iterator[Relation]:
    """Yield a region's share of the national toll of the past day that one digest gives."""
    wholes: dict[tuple[object, ...], Claim] = {}
    regions: set[tuple[object, ...]] = set()
    for claim in known.values():
        if claim.window == "past_day" and not claim.place and not claim.admin1:
            wholes.setdefault(_digest(claim), claim)
        if claim.admin1 and not locality(claim).spot:
            regions.add((*_digest(claim), claim.admin1))
    for claim in known.values():
        whole = wholes.get(_digest(claim)) if claim.admin1 and not claim.part_of else None
        inner = bool(locality(claim).spot) and (*_digest(claim), claim.admin1) in regions
        fits = whole is not None and number(claim) <= number(whole) and not inner
        if whole and fits and claim.window in DIGESTED and claim.victims in {"", "civilian"}:
            sentence = say(
                "{document} gives {part} under its toll of the past day, {whole}.",
                document=claim.document_id,
                part=_bare(claim),
                whole=_bare(whole),
            )
            kind = RelationKind.PART_OF
            yield Relation(kind, claim.id, whole.id, REGIONAL, sentence)


def _strikes(lines: Iterable[Line]) -> Iterator[Relation]:
    """Yield the toll of each strike under the toll that those of one day make together."""
    days: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.incident.scope == "event" and line.standing:
            days[line.side, line.incident.subject].append(line)
    for found in days.values():
        for whole in (line for line in found if line.incident.strike == TOGETHER):
            strikes = [line.standing[-1] for line in found if line is not whole]
            total = whole.standing[-1]
            terms = " + ".join(str(strike.number) for strike in strikes)
            for strike in strikes:
                sentence = say(
                    "{sum}: {part} is inside {whole}.",
                    sum=f"{terms} = {total.number}",
                    part=whose(strike.best),
                    whole=whose(total.best),
                )
                kind = RelationKind.PART_OF
                yield Relation(kind, strike.best.id, total.best.id, OF_ONE_DAY, sentence)


def _places(lines: Iterable[Line]) -> Iterator[Relation]:
    """Yield what one claimant counts in a place under his count over the same hours around it.

    Across documents: within one, it is the document that says what its total holds.
    """
    held: dict[tuple[object, ...], dict[Where, Line]] = defaultdict(dict)
    for line in lines:
        if line.standing and line.incident.day:
            place = line.incident.place
            held[_same_hours(line)].setdefault((place.admin1, place.spot), line)
    for found in held.values():
        for where, line in found.items() if len(found) > 1 else ():
            whole = next((found[w] for w in _around(where, line) if w in found), None)
            if whole and _is_counted_in(line.standing[-1], whole.standing[-1]):
                yield inside(line.standing[-1].best, whole.standing[-1].best)


def _same_hours(line: Line) -> tuple[object, ...]:
    incident, window = line.incident, line.window
    about = (incident.metric, incident.attacker, incident.victims, incident.strike)
    when = (incident.day, incident.start, window.begin, window.end, window.stated)
    return *about, line.side, incident.scope, *when


def _around(where: Where, line: Line) -> tuple[Where, ...]:
    """Return the region and the country that a place is in; a sea is in its total alone."""
    admin1, spot = where
    if not spot:
        return (COUNTRY,) if admin1 else ()
    if admin1:
        return (admin1, ""), COUNTRY
    return (COUNTRY,) if plain(line.standing[-1].best.place) in seas() else ()


def _is_counted_in(part: Statement, whole: Statement) -> bool:
    told = any(claim.part_of for claim in part.claims) or part.documents & whole.documents
    same = (part.speakers & whole.speakers) - {OFFICIALS}
    return bool(same) and not told and 0 < part.number <= whole.number


def _digest(claim: Claim) -> tuple[object, ...]:
    return claim.document_id, claim.metric, claim.attacker, claim.period_end
