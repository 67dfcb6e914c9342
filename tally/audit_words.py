"""What a claims audit says: every sentence, heading and label of it, its counts computed.

Knows the tables of the audit; counts nothing itself that they do not hold.
"""

from collections.abc import Mapping, Sequence

from tally.audit import SIDES, Audit, Fate, Kind, Pair, Unread, Voiced
from tally.blocks import Inline
from tally.citing import renumbered
from tally.doubts import numbered
from tally.evidence import Count
from tally.language import to_say
from tally.model import Document, Finding, RelationKind, Side
from tally.prose import NAMELESS, with_links
from tally.wording import capital, grouped, listed, metric_words, words

KICKER = "CLAIMS AUDIT"
WHOSE: Mapping[Side, str] = {
    "Ukraine": "Ukraine’s side",
    "Russia": "Russia’s side",
    "third_party": "third parties",
    "unattributed": "reports that name no source",
}
SIDE_WORDS: Mapping[Side, str] = {
    "Ukraine": "Ukraine",
    "Russia": "Russia",
    "third_party": "third party",
    "unattributed": "no source named",
}
FATE_WORDS: Mapping[Fate, str] = {
    "stands": "stand as given",
    "repeats": "repeat an earlier claim",
    "raised": "raised later",
    "lowered": "lowered later",
    "contradicted": "contradicted",
    "set aside": "set aside by a ruling",
}
# How a piece of a bar is drawn; keep in step with the kinds of drawing.
DRAWN: Mapping[Fate, str] = {
    "stands": "stands",
    "repeats": "repeats",
    "raised": "replaced",
    "lowered": "replaced",
    "contradicted": "contradicted",
    "set aside": "contradicted",
}
SUBJECTS = ("Drones", "Missiles", "Killed", "Injured")
VOICE_LABELS = ("Claims", "Days", *SUBJECTS, "Repeat", "Replaced", "Contradicted")
MEANINGS: Mapping[RelationKind, str] = {
    RelationKind.PART_OF: "the one is a part of the other, and never added to it",
    RelationKind.REPEATS: "the same statement in another document or language: one voice",
    RelationKind.UPDATES: "the same toll, later: the earlier figure is replaced",
    RelationKind.CORRECTS: "a lower figure, another place or split, later",
    RelationKind.CONTRADICTS: "different claimants or figures that cannot both hold",
    RelationKind.OVERLAPS: "windows that share hours: both stand, they are not added",
    RelationKind.OTHER_SCOPE: "other hours of the same day: both stand, apart",
}
KIND_WORDS: Mapping[RelationKind, str] = {
    kind: str(kind).replace("_", " ") for kind in RelationKind
}
CHECKS: Mapping[str, str] = {
    "contradictions": "claims that contradict each other",
    "parts_exceed_total": "parts that exceed their total",
    "fates_exceed_launched": "more accounted for than launched",
    "cumulative_falls": "running totals that fall",
    "days_exceed_total": "nights that exceed the total of their days",
    "steps_disagree": "days that do not fit the running totals",
    "two_tolls": "two tolls of one claimant in one document",
}
FARED = (
    "Every claim once. Solid: stands as given; light: repeats an earlier claim; crossed: replaced "
    "by a later figure; hatched: contradicted or set aside."
)
DUMBBELLS = (
    "The claim that came first is a full dot, the counter-claim a ring; an arrow: the end is open. "
    "Each group has a scale of its own, from nothing."
)
NO_PAIRS = "No claim of these days contradicts another."
EQUAL = "The pairs that contradict each other give the same figure for different things."
COUNTER_CAPTION = "Claims that contradict each other"
RELATIONS_CAPTION = "How claims stand to one another"
RELATIONS_NOTE = "Pairs of claims, each with the rule that found it; a claim may be in several."
VOICES_CAPTION = "Who claims what how often: claims by subject, and what became of them"
MISSING_CAPTION = "What the claims do not say"
FINDINGS_CAPTION = "What checks found"
NO_FINDINGS = "No check found anything amiss in the claims of these days."
REFUSED_CAPTION = "Documents that were refused"
SILENT_CAPTION = "Documents without a claim"
UNLABELLED = (
    "No labelled set names documents of this ledger, so how well they were read cannot be told. "
    "Label some and run scripts/score.py --gold FILE."
)
DEVELOPED = (
    "These are documents that the grammar was developed on: expect less on others. What was "
    "measured on documents that nobody developed on is in the README, under Accuracy."
)
ACCURACY_CAPTION = "Extracted claims against labelled ones, in per cent"
FIGURES_NOTE = (
    "Figures: metric, low and high; whole claims: also hedge, kind of count, attacker, side and "
    "region; F1 is the harmonic mean of precision and recall. Then the share of matched claims "
    "with the same field."
)
BASIS = to_say("{n} {n:claim|claims} that contradict each other")
EVERY_CLAIM = "every claim of these days, with what became of it"
NAMELESS_VOICE = "Nobody named"


def lead(made: Audit) -> list[str]:
    """Answer who claims, how claims fared and what could not be read."""
    sides = [f"{_of(made.of(side))} of {WHOSE[side]}" for side in SIDES if made.of(side)]
    replaced = made.count("raised") + made.count("lowered")
    statements = len(made.claims) - made.count("repeats")
    return [
        f"The ledger holds {claims_of(len(made.claims))} about these days, in "
        f"{documents_of(made.documents)}: {listed(sides)}.",
        f"{capital(_of(made.count('repeats')))} repeat an earlier one. Of the other "
        f"{grouped(statements)}, {_of(made.count('stands'))} stand as given, "
        f"{_of(replaced)} {'was' if replaced == 1 else 'were'} replaced by a later figure and "
        f"{_of(made.count('contradicted'))} {_is(made.count('contradicted'))} contradicted.",
        f"{unread_sentence(made.unread)} {capital(_of(made.unread.doubtful))} of the claims "
        f"{_gives(made.unread.doubtful)} a reason to look again.",
    ]


def tiles(made: Audit) -> list[dict[str, str]]:
    """Return the headline counts."""
    raised, lowered = made.count("raised"), made.count("lowered")
    crossing = sum(pair.crosses for pair in made.pairs)
    return [
        _tile("CLAIMS", len(made.claims), f"in {documents_of(made.documents)}"),
        _tile("REPEAT ANOTHER", made.count("repeats"), "the same statement once more"),
        _tile("REPLACED LATER", raised + lowered, f"{_of(raised)} raised, {_of(lowered)} lowered"),
        _tile("CONTRADICTIONS", len(made.pairs), f"{_of(crossing)} between sides"),
        _tile("TO LOOK AT AGAIN", made.unread.doubtful, "for the reasons listed below"),
    ]


def nothing(span: str, known: str) -> list[str]:
    """Say that there is nothing to audit, and what the ledger does hold."""
    held = f"Its claims are of {known}." if known else "The ledger is empty."
    return [
        f"The ledger holds no claim about {span}, so there is nothing to audit: no claimant, no "
        "relation, no contradiction.",
        "That says only that no document about these days was known, not that nothing happened. "
        + held,
    ]


def voices_title(made: Audit, shown: Sequence[Voiced]) -> str:
    """State who makes most claims on either side."""
    said = []
    for side in ("Ukraine", "Russia"):
        first = next((row for row in shown if row.side == side and row.name), None)
        if first:
            share = f"{grouped(first.claims)} of {grouped(made.of(side))} claims"
            said.append(f"{first.name} speaks most for {WHOSE[side]} ({share})")
    return f"{capital(listed(said))}." if said else "No claimant is named."


def fared_heading(made: Audit, side: Side) -> str:
    """Head the bar of a side with what became of its claims."""
    stands, all_of = made.count("stands", side), made.of(side)
    return f"Of {claims_of(all_of)} of {WHOSE[side]}, {grouped(stands)} stand as given"


def fate_words(fate: Fate, number: int) -> str:
    """Name a piece of a bar with its number."""
    return f"{grouped(number)} {FATE_WORDS[fate]}"


def pairs_title(made: Audit) -> str:
    """State how many claims contradict each other, how many across sides, and the widest."""
    crossing = sum(pair.crosses for pair in made.pairs)
    many = "One pair" if len(made.pairs) == 1 else f"{grouped(len(made.pairs))} pairs"
    verb = "contradicts" if len(made.pairs) == 1 else "contradict"
    widest = max((p for p in made.pairs if gap(p)), key=gap, default=None)
    far = f" The widest: {pair_subject(made, widest)}, {_versus(made, widest)}." if widest else ""
    return (
        f"{many} of claims {verb} each other, {_of(crossing)} of them between sides.{far} "
        f"{DUMBBELLS}"
    )


def gap(pair: Pair) -> float:
    """Return how many times the one figure of a pair is the other."""
    ends = [Count(claim.low, claim.high, claim.hedge).drawn for claim in (pair.one, pair.other)]
    return max(ends) / max(min(ends), 1) - 1


def pair_subject(made: Audit, pair: Pair) -> str:
    """Say what a pair of claims is about, where and when."""
    claim, day = pair.other, pair.day.night.day
    what = metric_words(claim.metric, claim.victims, attacker=claim.attacker)
    place = made.names.place(claim.place, claim.admin1)
    return ", ".join(filter(None, [capital(what), place, f"{day.day} {day:%b}"]))


def pair_group(pair: Pair) -> str:
    """Name the group of a chart that a pair belongs to: one unit each."""
    return {"killed": "People killed", "injured": "People injured"}.get(
        pair.other.metric, "Drones and missiles"
    )


def speaker(made: Audit, pair: Pair, *, first: bool) -> str:
    """Name who says the one or the other figure of a pair."""
    claim = pair.one if first else pair.other
    name = made.names.claimant(claim.claimant, claim.claimant_side)
    if name:
        return name
    document = pair.day.night.documents.get(claim.document_id)
    printed = document.publisher if document else ""
    return f"{'a report' if printed in NAMELESS else printed}, naming no source"


def kind_rules(kind: Kind) -> str:
    """List the rules that found a kind of relation."""
    return "; ".join(f"{rule} ({grouped(many)})" for rule, many in kind.rules.items())


def missing_rows(made: Audit) -> list[tuple[str, str]]:
    """Return what claims do not say and the reasons to look again, with how many."""
    unread = made.unread
    rows = [
        ("nobody is named who says it", unread.nobody),
        ("people hurt, and no place is named", unread.nowhere),
        ("no day can be told (in no briefing)", unread.undated),
        *((f"look again: {reason}", many) for reason, many in unread.reasons.items()),
    ]
    return [(capital(what), grouped(many)) for what, many in rows]


def check_words(check: str) -> str:
    """Name a check in words."""
    return capital(CHECKS.get(check, check.replace("_", " ")))


def claims_of(many: int) -> str:
    """Count claims."""
    return f"{grouped(many)} {'claim' if many == 1 else 'claims'}"


def documents_of(many: int) -> str:
    """Count documents."""
    return f"{grouped(many)} {'document' if many == 1 else 'documents'}"


def document_words(document: Document) -> str:
    """Name a document."""
    printed = "a publisher that is not named"
    if document.publisher not in NAMELESS:
        printed = document.publisher
    title = document.title or document.id
    return ", ".join(filter(None, [title, printed, document.published]))


def more(caption: str, rest: int) -> str:
    """Say how many rows a table leaves out."""
    return f"{caption}; {grouped(rest)} more are left out" if rest > 0 else caption


def reason(made: Audit, pair: Pair) -> list[Inline]:
    """Say why two claims contradict each other, with rows of the evidence for documents."""
    ids = (pair.other.id, pair.one.id)
    told = renumbered(made.review, pair.day, numbered(pair.day.night, pair.sentence, ids))
    return with_links(capital(told))


def finding_words(made: Audit, finding: Finding) -> str:
    """Set the sentence of a finding, its documents named by who printed them."""
    told = finding.sentence.replace("'", "’")
    documents = made.review.days[0].night.documents
    for name in finding.where.split(", "):
        document = documents.get(name)
        if document and document.publisher not in NAMELESS:
            told = told.replace(name, f"{document.publisher} ({document.published})")
    return capital(told)


def unread_sentence(unread: Unread) -> str:
    """Say whether documents gave no claim or were refused."""
    silent, refused = len(unread.silent), len(unread.refused)
    if not silent and not refused:
        return f"All {documents_of(unread.documents)} of the corpus were read."
    said = [f"{documents_of(silent)} without a claim"] * bool(silent)
    said += [f"{documents_of(refused)} refused"] * bool(refused)
    return f"Not read: {listed(said)}."


def _versus(made: Audit, pair: Pair) -> str:
    one, other = (Count(c.low, c.high, c.hedge) for c in (pair.one, pair.other))
    return (
        f"{words(one)} by {speaker(made, pair, first=True)} against {words(other)} by "
        f"{speaker(made, pair, first=False)}"
    )


def _tile(label: str, value: int, note: str) -> dict[str, str]:
    return {"label": label, "value": grouped(value), "note": note}


def _of(number: int) -> str:
    return grouped(number) if number else "none"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _gives(number: int) -> str:
    return "gives" if number == 1 else "give"
