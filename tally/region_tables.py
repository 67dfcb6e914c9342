"""The tables of the region profile: what disagrees, and who speaks of the region.

Computes nothing: figures come from region, words from region_words and wording.
"""

from tally import blocks, prose
from tally import region_words as said
from tally.blocks import Block, Inline, Inlines
from tally.citing import linked, renumbered
from tally.doubts import Doubt
from tally.evidence import Night
from tally.region import Profile, RegionDay, publishers, region_doubts, speakers
from tally.wording import capital, grouped, metric_words

MOST_SAYINGS = 6
MOST_REASONS = 2
MOST_SPEAKERS = 15
MOST_PUBLISHERS = 12


def disagreements(found: Profile) -> tuple[Block, ...]:
    """List the questions that claims about the region leave, day by day."""
    if not found.review.evidence:
        return ()
    head = blocks.section("What disagrees", id="disagrees")
    made = region_doubts(found)
    if not made:
        return (head, blocks.prose([said.ALL_AGREE]))
    columns: list[dict[str, object]] = [
        {"label": "Day", "width": 0.11, "scope": "row"},
        {"label": "What", "width": 0.19},
        {"label": "Who says which", "width": 0.35},
        {"label": "Why we think so", "width": 0.35},
    ]
    rows: list[list[Inlines]] = [
        [
            f"{one.day.night.day.day}\u00a0{one.day.night.day:%b}",
            _about(one.day.night, doubt),
            _sayings(found, one, doubt),
            prose.with_links(_why(found, one, doubt)),
        ]
        for one, doubt in made
    ]
    return (head, blocks.table(said.DISAGREES, columns, rows, name="disagrees"))


def sources(found: Profile) -> tuple[Block, ...]:
    """List who speaks of the region, and who prints it."""
    if not found.review.evidence:
        return ()
    return (
        blocks.section("Its sources", id="sources"),
        blocks.prose([said.sources_sentence(found)]),
        _speakers(found),
        _publishers(found),
    )


def _speakers(found: Profile) -> Block:
    columns: list[dict[str, object]] = [
        {"label": "Who says so", "width": 0.36, "scope": "row"},
        {"label": "Side", "width": 0.17},
        {"label": "Claims", "align": "right", "width": 0.09},
        {"label": "Days", "align": "right", "width": 0.08},
        {"label": "Of what", "width": 0.3},
    ]
    every = speakers(found)
    rows: list[list[Inlines]] = [
        [
            one.name or said.NAMELESS,
            said.SIDE_WORDS[one.side],
            grouped(one.claims),
            str(one.days),
            ", ".join(metric_words(metric) for metric in one.metrics),
        ]
        for one in every[:MOST_SPEAKERS]
    ]
    caption = said.more(said.SPEAKERS, len(every) - MOST_SPEAKERS)
    return blocks.table(caption, columns, rows, name="speakers")


def _publishers(found: Profile) -> Block:
    columns: list[dict[str, object]] = [
        {"label": "Printed by", "width": 0.6, "scope": "row"},
        {"label": "Documents", "align": "right", "width": 0.2},
        {"label": "Claims", "align": "right", "width": 0.2},
    ]
    every = publishers(found)
    rows: list[list[Inlines]] = [
        [name if name not in prose.NAMELESS else said.UNPRINTED, str(documents), str(claims)]
        for name, documents, claims in every[:MOST_PUBLISHERS]
    ]
    caption = said.more(said.PUBLISHERS, len(every) - MOST_PUBLISHERS)
    return blocks.table(caption, columns, rows, name="publishers")


def _about(night: Night, doubt: Doubt) -> str:
    what = metric_words(doubt.metric, attacker=doubt.attacker) if doubt.metric else doubt.kind
    place = night.names.place(doubt.place, doubt.admin1)
    return f"{capital(what)}, {place} ({doubt.kind})"


def _sayings(found: Profile, one: RegionDay, doubt: Doubt) -> list[Inline]:
    run: list[Inline] = []
    names = one.day.night.names
    for index, saying in enumerate(doubt.sayings[:MOST_SAYINGS]):
        who = names.claimant(saying.claimant, saying.side) or said.reported(saying.publisher)
        run += [blocks.text("; " if index else ""), linked(found.review, one.day, saying.count)]
        run.append(blocks.text(f" {who}"))
        run += prose.references(found.review.rows(one.day, saying.count))
    rest = len(doubt.sayings) - MOST_SAYINGS
    return [*run, blocks.text(f"; and {rest} more")] if rest > 0 else run


def _why(found: Profile, one: RegionDay, doubt: Doubt) -> str:
    reasons = " ".join(capital(reason) for reason in doubt.reasons[:MOST_REASONS])
    return renumbered(found.review, one.day, reasons).replace("'", "’")
