"""The tables of the region profile: what disagrees, and who speaks of the region.

Computes nothing: figures come from region, words from region_titles and wording.
"""

from dataclasses import replace

from tally import blocks, imprint, runs
from tally import region_titles as titles
from tally.blocks import Block, Inline, Inlines
from tally.chapters import about, sayings, why
from tally.citing import in_review, renumbered
from tally.doubts import Doubt
from tally.language import say
from tally.region import Profile, RegionDay, publishers, region_doubts, speakers
from tally.wording import SIDE_NAMES, capital, grouped, metric_words, short_date

MOST_SPEAKERS = 15
MOST_PUBLISHERS = 12


def disagreements(found: Profile) -> tuple[Block, ...]:
    """List the questions that claims about the region leave, day by day."""
    if not found.review.evidence:
        return ()
    head = blocks.section(say("What disagrees"), id="disagrees")
    made = region_doubts(found)
    if not made:
        return (head, blocks.prose([say(titles.ALL_AGREE)]))
    columns: list[dict[str, object]] = [
        {"label": say("Day"), "width": 0.11, "scope": "row"},
        {"label": say("What"), "width": 0.19},
        {"label": say("Who says which"), "width": 0.35},
        {"label": say("Why we think so"), "width": 0.35},
    ]
    rows: list[list[Inlines]] = [
        [
            short_date(one.day.night.day).replace(" ", "\u00a0"),
            about(one.day.night, doubt),
            _sayings(found, one, doubt),
            runs.with_links(renumbered(found.review, one.day, why(doubt))),
        ]
        for one, doubt in made
    ]
    caption = say("Claims about it that disagree or were revised")
    return (head, blocks.table(caption, columns, rows, name="disagrees"))


def sources(found: Profile) -> tuple[Block, ...]:
    """List who speaks of the region, and who prints it."""
    if not found.review.evidence:
        return ()
    return (
        blocks.section(say("Its sources"), id="sources"),
        blocks.prose([titles.sources_sentence(found)]),
        _speakers(found),
        _publishers(found),
    )


def _speakers(found: Profile) -> Block:
    columns: list[dict[str, object]] = [
        {"label": say("Who says so"), "width": 0.36, "scope": "row"},
        {"label": say("Side"), "width": 0.17},
        {"label": say("Claims"), "align": "right", "width": 0.09},
        {"label": say("Days"), "align": "right", "width": 0.08},
        {"label": say("Of what"), "width": 0.3},
    ]
    every = speakers(found)
    rows: list[list[Inlines]] = [
        [
            one.name or say("Nobody named"),
            say(SIDE_NAMES[one.side]),
            grouped(one.claims),
            str(one.days),
            ", ".join(metric_words(metric) for metric in one.metrics),
        ]
        for one in every[:MOST_SPEAKERS]
    ]
    caption = say("Who speaks of it; copies of one report count each")
    caption = titles.more(caption, len(every) - MOST_SPEAKERS)
    return blocks.table(caption, columns, rows, name="speakers")


def _publishers(found: Profile) -> Block:
    columns: list[dict[str, object]] = [
        {"label": say("Printed by"), "width": 0.6, "scope": "row"},
        {"label": say("Documents"), "align": "right", "width": 0.2},
        {"label": say("Claims"), "align": "right", "width": 0.2},
    ]
    every = publishers(found)
    rows: list[list[Inlines]] = [
        [
            capital(imprint.printed_by(name)) if name in imprint.NAMELESS else name,
            grouped(documents),
            grouped(claims),
        ]
        for name, documents, claims in every[:MOST_PUBLISHERS]
    ]
    caption = titles.more(say("Who prints it"), len(every) - MOST_PUBLISHERS)
    return blocks.table(caption, columns, rows, name="publishers")


def _sayings(found: Profile, one: RegionDay, doubt: Doubt) -> list[Inline]:
    review, day = found.review, one.day
    said = [replace(each, count=in_review(review, day, each.count)) for each in doubt.sayings]
    return sayings(day.night, said)
