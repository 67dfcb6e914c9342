"""The tables of the claims audit: claimants, contradictions, relations, what was not read.

Counts nothing: what they hold comes from audit and accuracy, words from audit_words,
pair_words and unread_words.
"""

from tally import audit_words as said
from tally import blocks, pair_words, unread_words
from tally.audit import Audit, Pair, Voiced, kinds, voices
from tally.audit_chapters import Opened
from tally.blocks import Block, Inline, Inlines
from tally.evidence import Count
from tally.language import say, spoken, to_say
from tally.model import Claim
from tally.score import ALSO, WHOLE, Score, f1
from tally.wording import SIDE_NAMES, grouped, listed, sign

MOST_VOICES = 18
WIDTHS = (0.08, 0.05, 0.06, 0.065, 0.065, 0.085, 0.08, 0.085, 0.105)
MOST_DOCUMENTS = 20
MOST_FINDINGS = 12
FIELDS = {
    "hedge": to_say("Hedge"),
    "attacker": to_say("Attacker"),
    "claimant_side": to_say("Side"),
    "admin1": to_say("Region"),
    "date_end": to_say("Day"),
    "victims": to_say("Victims"),
}
LANGUAGES = {
    "": to_say("All"),
    "en": to_say("In English"),
    "uk": to_say("In Ukrainian"),
    "ru": to_say("In Russian"),
}
COUNTED = (
    to_say("Documents"),
    to_say("Claims"),
    to_say("Figures: F1"),
    to_say("Whole: F1"),
)
UNLABELLED = to_say(
    "No labelled set names documents of this ledger, so how well they were read cannot be told. "
    "Label some and run scripts/score.py --gold FILE."
)
DEVELOPED = to_say(
    "These are documents that the grammar was developed on: expect less on others. What was "
    "measured on documents that nobody developed on is in the README, under Accuracy."
)
FIGURES_NOTE = to_say(
    "Figures: metric, low and high; whole claims: also hedge, kind of count, attacker, side and "
    "region; F1 is the harmonic mean of precision and recall. Then the share of matched claims "
    "with the same field."
)


def claimants(opened: Opened) -> tuple[Block, ...]:
    """List the claimants with what they claim and what became of it."""
    made = opened.audit
    if not made.claims:
        return ()
    columns: list[dict[str, object]] = [
        {"label": say("Who claims"), "width": 0.225, "scope": "row"},
        {"label": say("Side"), "width": 0.1},
        *(
            {"label": say(label), "align": "right", "width": width}
            for label, width in zip(said.VOICE_LABELS, WIDTHS, strict=True)
        ),
    ]
    every = voices(made)
    rows = [_voice(row) for row in every[:MOST_VOICES]]
    caption = said.more(
        say("Claims by subject, and what became of them"),
        len(every) - MOST_VOICES,
    )
    return (blocks.table(caption, columns, rows, name="claimants"),)


def contradictions(opened: Opened) -> tuple[Block, ...]:
    """List every pair of claims that contradict each other, and why we think so."""
    made = opened.audit
    if not made.pairs:
        return ()
    columns: list[dict[str, object]] = [
        {"label": say("About"), "width": 0.24, "scope": "row"},
        {"label": say("One says"), "width": 0.2},
        {"label": say("Another says"), "width": 0.2},
        {"label": say("Why we think so"), "width": 0.36},
    ]
    rows: list[list[Inlines]] = [
        [
            pair_words.pair_subject(made, pair),
            _saying(made, pair, pair.one),
            _saying(made, pair, pair.other),
            pair_words.reason(made, pair),
        ]
        for pair in made.pairs
    ]
    return (
        blocks.table(
            say("Claims that contradict each other"), columns, rows, name="contradictions"
        ),
    )


def relations(opened: Opened) -> tuple[Block, ...]:
    """List how claims stand to one another, and by which rules."""
    made = opened.audit
    if not made.claims:
        return ()
    columns: list[dict[str, object]] = [
        {"label": say("Relation"), "width": 0.17, "scope": "row"},
        {"label": say("Pairs"), "align": "right", "width": 0.08},
        {"label": say("Across documents"), "align": "right", "width": 0.13},
        {"label": say("What it means"), "width": 0.27},
        {"label": say("By which rule"), "width": 0.35},
    ]
    rows: list[list[Inlines]] = [
        [
            say(said.KIND_WORDS[kind.kind]),
            grouped(kind.pairs),
            grouped(kind.across),
            say(said.MEANINGS[kind.kind]),
            said.kind_rules(kind),
        ]
        for kind in kinds(made)
    ]
    head = blocks.section(say("How claims stand to one another"), id="relations")
    notes = [say("Pairs of claims, each with the rule that found it; a claim may be in several.")]
    return (
        head,
        blocks.table(
            say("Pairs of claims, by how the one stands to the other"),
            columns,
            rows,
            notes=notes,
            name="relations",
        ),
    )


def unread(opened: Opened) -> tuple[Block, ...]:
    """List what could not be read, what claims do not say, and what checks found."""
    made = opened.audit
    if not made.claims:
        return ()
    return (
        blocks.section(say("What could not be read"), id="unread"),
        blocks.prose([unread_words.unread_sentence(made.unread)]),
        *_documents(made),
        _missing(made),
        *_findings(made),
    )


def accuracy_table(opened: Opened) -> tuple[Block, ...]:
    """Show how well the documents were read where somebody labelled them."""
    if not opened.audit.claims:
        return ()
    head = blocks.section(say("Accuracy"), id="accuracy")
    if not opened.scores:
        return (head, blocks.prose([say(UNLABELLED)]))
    labels = [*COUNTED, *FIELDS.values()]
    columns: list[dict[str, object]] = [{"label": say("Language"), "width": 0.13, "scope": "row"}]
    heads = [say(each) for each in labels]
    # A figure takes as much as a head of six letters and the gap.
    letters = [max(len(head), 7) for head in heads]
    columns += [
        {"label": head, "align": "right", "width": 0.87 * each / sum(letters)}
        for head, each in zip(heads, letters, strict=True)
    ]
    rows: list[list[Inlines]] = [
        [say(LANGUAGES.get(lang, lang)), *_scored(total)] for lang, total in opened.scores.items()
    ]
    table = blocks.table(
        say("Extracted claims against labelled ones, in per cent"),
        columns,
        rows,
        notes=[say(FIGURES_NOTE)],
        name="accuracy",
    )
    return (head, blocks.prose([say(DEVELOPED)]), table)


def _voice(row: Voiced) -> list[Inlines]:
    fates = row.fates
    replaced = fates.get("raised", 0) + fates.get("lowered", 0)
    counts = (row.claims, row.days, *row.subjects, fates.get("repeats", 0), replaced)
    name = row.name or say("Nobody named")
    told = map(grouped, (*counts, fates.get("contradicted", 0)))
    return [name, say(SIDE_NAMES[row.side]), *told]


def _scored(total: Score) -> list[str]:
    figures = f1(total.figures, total.predicted, total.gold)[2]
    whole = f1(total.whole, total.predicted, total.gold)[2]
    shares = (total.fields.get(name, (0, 0)) for name in (*WHOLE, *ALSO) if name in FIELDS)
    fields = [right / of if of else 1.0 for right, of in shares]
    counts = [grouped(total.documents), grouped(total.gold)]
    return [*counts, *map(spoken().share, (figures, whole, *fields))]


def _documents(made: Audit) -> list[Block]:
    shown: list[Block] = []
    if made.unread.silent:
        columns: list[dict[str, object]] = [
            {"label": say("Document"), "width": 1.0, "scope": "row"}
        ]
        rows: list[list[Inlines]] = [
            [blocks.link(each.url, unread_words.document_words(each))]
            for each in made.unread.silent[:MOST_DOCUMENTS]
        ]
        caption = said.more(
            say("Documents without a claim"), len(made.unread.silent) - MOST_DOCUMENTS
        )
        shown.append(blocks.table(caption, columns, rows, name="silent"))
    if made.unread.refused:
        columns = [{"label": say("Why it was refused"), "width": 1.0, "scope": "row"}]
        told: list[list[Inlines]] = [[each] for each in made.unread.refused[:MOST_DOCUMENTS]]
        caption = said.more(
            say("Documents that were refused"), len(made.unread.refused) - MOST_DOCUMENTS
        )
        shown.append(blocks.table(caption, columns, told, name="refused"))
    return shown


def _missing(made: Audit) -> Block:
    columns: list[dict[str, object]] = [
        {"label": say("What is missing"), "width": 0.75, "scope": "row"},
        {"label": say("Claims"), "align": "right", "width": 0.25},
    ]
    rows: list[list[Inlines]] = [[what, many] for what, many in unread_words.missing_rows(made)]
    return blocks.table(say("What the claims do not say"), columns, rows, name="missing")


def _findings(made: Audit) -> list[Block]:
    others = [finding for finding in made.findings if finding.check != "contradictions"]
    if not others:
        return [blocks.prose([say("No check found anything amiss in the claims of these days.")])]
    columns: list[dict[str, object]] = [
        {"label": say("What was found"), "width": 0.27, "scope": "row"},
        {"label": say("Expected"), "align": "right", "width": 0.11},
        {"label": say("Found"), "align": "right", "width": 0.11},
        {"label": say("In words"), "width": 0.51},
    ]
    rows: list[list[Inlines]] = [
        [
            unread_words.check_words(each.check),
            say("one toll") if each.check == "two_tolls" else each.expected,
            listed(each.found.split(" and ")),
            unread_words.finding_words(made, each),
        ]
        for each in others[:MOST_FINDINGS]
    ]
    caption = said.more(say("What checks found"), len(others) - MOST_FINDINGS)
    return [blocks.table(caption, columns, rows, name="findings")]


def _saying(made: Audit, pair: Pair, claim: Claim) -> list[Inline]:
    count = Count(claim.low, claim.high, claim.hedge)
    row = made.review.numbers[claim.id]
    return [
        blocks.link(f"#claim-{row}", sign(count)),
        blocks.text(f":\u00a0{pair_words.speaker(made, pair, first=claim is pair.one)} "),
        blocks.link(f"#claim-{row}", f"[{row}]"),
    ]
