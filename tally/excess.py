"""Totals that are smaller than what they hold: parts of a document's total, a night's drones."""

from collections import defaultdict
from collections.abc import Iterator

from tally.counts import ceiling, counted, is_part, least, most, noun, part_name
from tally.language import say, to_say
from tally.model import Claim, Finding, Quantity, Reconciled


def parts_exceed_total(reconciled: Reconciled) -> Iterator[Finding]:
    """Find totals that are smaller than the parts their own document gives."""
    known = {claim.id: claim for claim in counted(reconciled)}
    parts: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for relation in filter(is_part, reconciled.relations):
        part, whole = known[relation.claim_id], known[relation.other_id]
        if part.document_id == whole.document_id:
            parts[whole.id, _axis(part, whole)].append(part)
    for (whole_id, _), unsorted in parts.items():
        whole, found = known[whole_id], sorted(unsorted, key=lambda part: (part.start, part.id))
        total, limit = sum(least(part) for part in found), most(whole)
        if total > ceiling(whole):
            yield _too_many(whole, found, total, limit)


def _axis(part: Claim, whole: Claim) -> str:
    """Name what a part is told apart by: parts of one kind add up, a part of its own does not."""
    alike = part.victims == whole.victims or {part.victims, whole.victims} <= {"", "civilian"}
    return "place" if alike and part.place != whole.place else part.id


def _too_many(whole: Claim, found: list[Claim], total: int, limit: int) -> Finding:
    least_of_all = whole.high is None
    terms = " + ".join(str(least(part)) for part in found)
    message = to_say(
        "{document}: {places} is {total} {noun}, the total was given as {limit}: {excess}."
    )
    if len(found) > 1:
        message = to_say(
            "{document}: {places} add up to {total} {noun} ({terms}), "
            "the total was given as {limit}: {excess}."
        )
    above, too_many = say("{n} above it", n=total - limit), say("{n} too many", n=total - limit)
    floor = Quantity(limit, None if least_of_all else limit, "at_least")
    return Finding(
        "parts_exceed_total",
        whole.document_id,
        f"≥ {limit}" if least_of_all else str(limit),
        str(total),
        say(
            message,
            document=whole.document_id,
            places=tuple(map(part_name, found)),
            total=total,
            noun=noun(whole),
            terms=terms,
            limit=floor,
            excess=above if least_of_all else too_many,
        ),
        (whole.id, *(part.id for part in found)),
    )


def fates_exceed_launched(reconciled: Reconciled) -> Iterator[Finding]:
    """Find nights on which more drones came down, were lost or hit than were launched."""
    for balance in reconciled.balances:
        if balance.launched is None or balance.remainder is None or balance.remainder >= 0:
            continue
        told = balance.intercepted, balance.lost, balance.hit, balance.airborne
        fates = [n for n in told if n is not None]
        yield Finding(
            "fates_exceed_launched",
            f"{balance.attacker} {balance.period_end}",
            f"at most {balance.launched}",
            str(sum(fates)),
            say(
                "Night to {day:d MMMM}: {sum} {n:drones|drones} are accounted for, "
                "{launched} were launched: {excess} too many.",
                day=balance.period_end,
                sum=f"{' + '.join(map(str, fates))} = {sum(fates)}",
                n=sum(fates),
                launched=str(balance.launched),
                excess=str(-balance.remainder),
            ),
            balance.claim_ids,
        )
