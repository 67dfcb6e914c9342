"""The tables of the claims audit: claimants, contradictions, relations, what was not read.

Counts nothing: what they hold comes from audit and accuracy, words from audit_words.
"""

from tally import audit_words as said
from tally import blocks
from tally.audit import Audit, Pair, Voiced, kinds, voices
from tally.audit_chapters import Opened
from tally.blocks import Block, Inline, Inlines
from tally.evidence import Count
from tally.model import Claim
from tally.score import ALSO, WHOLE, Score, f1
from tally.wording import capital, grouped, sign

MOST_VOICES = 20
WIDTHS = (0.065, 0.055, 0.065, 0.08, 0.06, 0.065, 0.065, 0.08, 0.105)
MOST_DOCUMENTS = 20
MOST_FINDINGS = 12
FIELDS = {
    "hedge": "Hedge",
    "attacker": "Attacker",
    "claimant_side": "Side",
    "admin1": "Region",
    "date_end": "Day",
    "victims": "Victims",
}
LANGUAGES = {"": "All", "en": "English", "uk": "Ukrainian", "ru": "Russian"}


def claimants(opened: Opened) -> tuple[Block, ...]:
    """List the claimants with what they claim and what became of it."""
    made = opened.audit
    if not made.claims:
        return ()
    columns: list[dict[str, object]] = [
        {"label": "Who claims", "width": 0.24, "scope": "row"},
        {"label": "Side", "width": 0.13},
        *(
            {"label": label, "align": "right", "width": width}
            for label, width in zip(said.VOICE_LABELS, WIDTHS, strict=True)
        ),
    ]
    every = voices(made)
    rows = [_voice(row) for row in every[:MOST_VOICES]]
    caption = said.more(said.VOICES_CAPTION, len(every) - MOST_VOICES)
    return (blocks.table(caption, columns, rows, name="claimants"),)


def contradictions(opened: Opened) -> tuple[Block, ...]:
    """List every pair of claims that contradict each other, and why we think so."""
    made = opened.audit
    if not made.pairs:
        return ()
    columns: list[dict[str, object]] = [
        {"label": "About", "width": 0.24, "scope": "row"},
        {"label": "One says", "width": 0.2},
        {"label": "Another says", "width": 0.2},
        {"label": "Why we think so", "width": 0.36},
    ]
    rows: list[list[Inlines]] = [
        [
            said.pair_subject(made, pair),
            _saying(made, pair, pair.one),
            _saying(made, pair, pair.other),
            said.reason(made, pair),
        ]
        for pair in made.pairs
    ]
    return (blocks.table(said.COUNTER_CAPTION, columns, rows, name="contradictions"),)


def relations(opened: Opened) -> tuple[Block, ...]:
    """List how claims stand to one another, and by which rules."""
    made = opened.audit
    if not made.claims:
        return ()
    columns: list[dict[str, object]] = [
        {"label": "Relation", "width": 0.14, "scope": "row"},
        {"label": "Pairs", "align": "right", "width": 0.08},
        {"label": "Across documents", "align": "right", "width": 0.13},
        {"label": "What it means", "width": 0.3},
        {"label": "By which rule", "width": 0.35},
    ]
    rows: list[list[Inlines]] = [
        [
            capital(said.KIND_WORDS[kind.kind]),
            grouped(kind.pairs),
            grouped(kind.across),
            capital(said.MEANINGS[kind.kind]),
            capital(said.kind_rules(kind)),
        ]
        for kind in kinds(made)
    ]
    head = blocks.section("How claims stand to one another", id="relations")
    notes = [said.RELATIONS_NOTE]
    return (
        head,
        blocks.table(said.RELATIONS_CAPTION, columns, rows, notes=notes, name="relations"),
    )


def unread(opened: Opened) -> tuple[Block, ...]:
    """List what could not be read, what claims do not say, and what checks found."""
    made = opened.audit
    if not made.claims:
        return ()
    return (
        blocks.section("What could not be read", id="unread"),
        blocks.prose([said.unread_sentence(made.unread)]),
        *_documents(made),
        _missing(made),
        *_findings(made),
    )


def accuracy_table(opened: Opened) -> tuple[Block, ...]:
    """Show how well the documents were read where somebody labelled them."""
    if not opened.audit.claims:
        return ()
    head = blocks.section("Accuracy", id="accuracy")
    if not opened.scores:
        return (head, blocks.prose([said.UNLABELLED]))
    labels = ["Documents", "Claims", "Figures: F1", "Whole: F1", *FIELDS.values()]
    columns: list[dict[str, object]] = [{"label": "Language", "width": 0.13, "scope": "row"}]
    columns += [{"label": each, "align": "right", "width": 0.87 / len(labels)} for each in labels]
    rows: list[list[Inlines]] = [
        [LANGUAGES.get(lang, lang), *_scored(total)] for lang, total in opened.scores.items()
    ]
    table = blocks.table(
        said.ACCURACY_CAPTION, columns, rows, notes=[said.FIGURES_NOTE], name="accuracy"
    )
    return (head, blocks.prose([said.DEVELOPED]), table)


def _voice(row: Voiced) -> list[Inlines]:
    fates = row.fates
    replaced = fates.get("raised", 0) + fates.get("lowered", 0)
    counts = (row.claims, row.days, *row.subjects, fates.get("repeats", 0), replaced)
    name = row.name or said.NAMELESS_VOICE
    told = map(grouped, (*counts, fates.get("contradicted", 0)))
    return [name, said.SIDE_WORDS[row.side], *told]


def _scored(total: Score) -> list[str]:
    figures = f1(total.figures, total.predicted, total.gold)[2]
    whole = f1(total.whole, total.predicted, total.gold)[2]
    shares = (total.fields.get(name, (0, 0)) for name in (*WHOLE, *ALSO) if name in FIELDS)
    fields = [right / of if of else 1.0 for right, of in shares]
    counts = [grouped(total.documents), grouped(total.gold)]
    return [*counts, *(f"{100 * share:.1f}" for share in (figures, whole, *fields))]


def _documents(made: Audit) -> list[Block]:
    shown: list[Block] = []
    if made.unread.silent:
        columns: list[dict[str, object]] = [{"label": "Document", "width": 1.0, "scope": "row"}]
        rows: list[list[Inlines]] = [
            [blocks.link(each.url, said.document_words(each))]
            for each in made.unread.silent[:MOST_DOCUMENTS]
        ]
        caption = said.more(said.SILENT_CAPTION, len(made.unread.silent) - MOST_DOCUMENTS)
        shown.append(blocks.table(caption, columns, rows, name="silent"))
    if made.unread.refused:
        columns = [{"label": "Why it was refused", "width": 1.0, "scope": "row"}]
        told: list[list[Inlines]] = [[each] for each in made.unread.refused[:MOST_DOCUMENTS]]
        caption = said.more(said.REFUSED_CAPTION, len(made.unread.refused) - MOST_DOCUMENTS)
        shown.append(blocks.table(caption, columns, told, name="refused"))
    return shown


def _missing(made: Audit) -> Block:
    columns: list[dict[str, object]] = [
        {"label": "What is missing", "width": 0.75, "scope": "row"},
        {"label": "Claims", "align": "right", "width": 0.25},
    ]
    rows: list[list[Inlines]] = [[what, many] for what, many in said.missing_rows(made)]
    return blocks.table(said.MISSING_CAPTION, columns, rows, name="missing")


def _findings(made: Audit) -> list[Block]:
    others = [finding for finding in made.findings if finding.check != "contradictions"]
    if not others:
        return [blocks.prose([said.NO_FINDINGS])]
    columns: list[dict[str, object]] = [
        {"label": "What was found", "width": 0.27, "scope": "row"},
        {"label": "Expected", "align": "right", "width": 0.11},
        {"label": "Found", "align": "right", "width": 0.11},
        {"label": "In words", "width": 0.51},
    ]
    rows: list[list[Inlines]] = [
        [said.check_words(each.check), each.expected, each.found, said.finding_words(made, each)]
        for each in others[:MOST_FINDINGS]
    ]
    caption = said.more(said.FINDINGS_CAPTION, len(others) - MOST_FINDINGS)
    return [blocks.table(caption, columns, rows, name="findings")]


def _saying(made: Audit, pair: Pair, claim: Claim) -> list[Inline]:
    count = Count(claim.low, claim.high, claim.hedge)
    row = made.review.numbers[claim.id]
    return [
        blocks.link(f"#claim-{row}", sign(count)),
        blocks.text(f" {said.speaker(made, pair, first=claim is pair.one)} "),
        blocks.link(f"#claim-{row}", f"[{row}]"),
    ]
