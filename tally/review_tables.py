"""The tables of the period review, and the claims at its end.

Computes nothing: figures come from span, words from prose and wording.
"""

from collections.abc import Mapping

from tally import blocks, prose, runs
from tally.annex import claim_rows, columns, method
from tally.blocks import Block, Inline, Inlines
from tally.briefing import COUNTRIES
from tally.citing import linked, renumbered
from tally.doubts import numbered
from tally.evidence import Count, numbered_csv
from tally.language import say, to_say
from tally.model import TOLLS, Claim, Side
from tally.review_words import INSIDE
from tally.rising_chapter import toll_steps
from tally.series import ATTACKERS, Bar
from tally.span import (
    Day,
    Review,
    Revision,
    definition,
    regions,
    revisions,
    weapons,
)
from tally.wording import (
    METRICS,
    capital,
    date_words,
    grouped,
    listed,
    short_date,
    sign,
)

MOST_REGIONS = 10
BASIS = to_say("{n} {n:claim|claims} that the figures above rest on")
STOPPED_BY = {
    "Ukraine": to_say("Drones stopped by region, by Ukrainian claims{more}"),
    "Russia": to_say("Drones stopped by region, by Russian claims{more}"),
}
STOPPED_BY_OTHERS = to_say("Drones stopped by region, by other claims{more}")
DAY_COLUMNS = (
    to_say("Launched, Ukraine"),
    to_say("Stopped, Ukraine"),
    to_say("Share, Ukraine"),
    to_say("Lost, Ukraine"),
    to_say("Unaccounted, Ukraine"),
    to_say("Stopped, Russia"),
    to_say("Share, Russia"),
    to_say("Killed, Ukraine"),
    to_say("Injured, Ukraine"),
    to_say("Killed, Russia"),
    to_say("Injured, Russia"),
)
SHARES: Mapping[str, Side] = {"Share, Ukraine": "Russia", "Share, Russia": "Ukraine"}


def where(made: Review) -> tuple[Block, ...]:
    """List the regions that drones were said to be stopped over."""
    found = regions(made.days)
    if not made.evidence:
        return ()
    head = blocks.section(say("Where"), id="where")
    if not found:
        return (
            head,
            blocks.prose([say("No claim of these days splits drones stopped by region.")]),
        )
    columns: list[dict[str, object]] = [
        {"label": say("Region"), "width": 0.4, "scope": "row"},
        {"label": say("Days named"), "align": "right", "width": 0.15},
        {"label": say("Most in one night"), "align": "right", "width": 0.2},
        {"label": say("Night to"), "align": "right", "width": 0.25},
    ]
    shown = [head]
    for side in dict.fromkeys(row.side for row in found):
        rows: list[list[Inlines]] = [
            [capital(row.place), grouped(row.days), sign(row.most), date_words(row.on)]
            for row in found
            if row.side == side
        ]
        rest = len(rows) - MOST_REGIONS
        more = ""
        if rest > 0:
            more = say("; {n} {n:regions|regions} named less often {n:are|are} left out", n=rest)
        caption = say(STOPPED_BY.get(side, STOPPED_BY_OTHERS), more=more)
        named = f"where-{side.lower()}"
        shown.append(blocks.table(caption, columns, rows[:MOST_REGIONS], name=named))
    return tuple(shown)


def by_weapon(made: Review) -> tuple[Block, ...]:
    """Say which weapons the figures are about: missiles by day, and what tolls name."""
    if not made.evidence:
        return ()
    columns: list[dict[str, object]] = [
        {"label": say("Night to"), "width": 0.2, "scope": "row"},
        {"label": say("Whose word"), "width": 0.3},
        {"label": say("Launched"), "align": "right", "width": 0.15},
        {"label": say("Stopped"), "align": "right", "width": 0.15},
        {"label": say("Unaccounted for"), "align": "right", "width": 0.2},
    ]
    rows: list[list[Inlines]] = [
        [
            date_words(day.night.day),
            capital(prose.who(bar.voice)),
            linked(made, day, bar.launched),
            linked(made, day, bar.stopped),
            sign(bar.part("unaccounted for")),
        ]
        for attacker in ATTACKERS
        for day in made.days
        if (bar := day.bar(attacker, "missiles"))
    ]
    head = blocks.section(say("By weapon"), id="weapons")
    if not rows:
        return (head, blocks.prose([say("No figure of missiles in these days."), _named(made)]))
    table = blocks.table(say("Missiles"), columns, rows, name="missiles")
    return (head, table, blocks.prose([_named(made)], small=True))


def revised(made: Review) -> tuple[Block, ...]:
    """List the tolls that a later claim replaced."""
    if not made.evidence:
        return ()
    head = blocks.section(say("Tolls that were revised"), id="revised")
    found = revisions(made.days)
    if not found:
        return (head, blocks.prose([say("No toll of these days was replaced by a later one.")]))
    columns: list[dict[str, object]] = [
        {"label": say("Day"), "width": 0.16, "scope": "row"},
        {"label": say("What and where"), "width": 0.2},
        {"label": say("From"), "align": "right", "width": 0.07},
        {"label": say("To"), "align": "right", "width": 0.07},
        {"label": say("Why we think so"), "width": 0.5},
    ]
    rows: list[list[Inlines]] = [
        [
            short_date(each.day).replace(" ", "\u00a0"),
            _subject(each),
            _row_link(made, each.earlier),
            _row_link(made, each.later),
            runs.with_links(_reason(made, each)),
        ]
        for each in found
    ]
    table = blocks.table(say("Earlier and later figures"), columns, rows, name="revised")
    return (head, *_steps(made), table)


def _steps(made: Review) -> list[Block]:
    """Draw the gravest tolls that moved from one day's documents to the next's."""
    if not made.rising:
        return []
    claims = {claim.id: claim for day in made.days for claim in day.night.claims}
    night = made.days[0].night
    return [toll_steps(made.rising, claims, night.documents, night.names)]


def table_of_days(made: Review) -> tuple[Block, ...]:
    """List every day with the figures of both sides."""
    if not made.evidence:
        return ()
    columns: list[dict[str, object]] = [{"label": say("Night to"), "width": 0.13, "scope": "row"}]
    bare = {label for label, attacker in SHARES.items() if not _is_rated(made, attacker)}
    labels = [label for label in DAY_COLUMNS if label not in bare]
    told = [dict(zip(DAY_COLUMNS, _cells(made, day), strict=True)) for day in made.days]
    letters = [_letters(say(label), [cells[label] for cells in told]) for label in labels]
    for label, needed in zip(labels, letters, strict=True):
        width = 0.87 * needed / sum(letters)
        columns.append({"label": say(label), "align": "right", "width": width})
    rows: list[list[Inlines]] = [
        [short_date(day.night.day), *(cells[label] for label in labels)]
        for day, cells in zip(made.days, told, strict=True)
    ]
    note = say(
        "Ukraine: Russian drones, on Ukraine’s word, and people hurt there; Russia: Ukrainian "
        "drones, on Russia’s word, and people hurt there; lost: from radar; {mark}: those lost "
        "from radar are inside the figure of those stopped. Share: those stopped of those "
        "launched, where the same claimant gives both figures of the same hours; that of a marked "
        "figure does not compare with one that is not. A dash: nobody gave a number.",
        mark=INSIDE,
    )
    table = blocks.table(say("The days of the span"), columns, rows, notes=[note], name="days")
    return (blocks.section(say("The days"), id="days"), table)


def _letters(label: str, cells: list[Inlines]) -> int:
    """Return the width, in letters, in which no word of a head and no figure breaks."""
    return 2 + max(*map(len, label.split()), *(len(blocks.plain(cell)) for cell in cells))


def _reason(made: Review, each: Revision) -> str:
    """Return the sentence of a revision, its documents named by the rows of the evidence."""
    day = next(day for day in made.days if day.night.day == each.day)
    told = numbered(day.night, each.sentence, (each.later.id, each.earlier.id))
    return capital(renumbered(made, day, told))


def _subject(each: Revision) -> str:
    place = each.names.place(each.later.place, each.later.admin1)
    return capital(f"{say(METRICS[each.later.metric])}{f', {place}' if place else ''}")


def evidence(made: Review, what: str = BASIS, name: str = "", **slots: object) -> tuple[Block, ...]:
    """List every claim that a figure of the review rests on, and carry the rows as a file.

    `what` is the message that says which claims these are, with its slots; `name` begins the
    name of the file.
    """
    if not made.evidence:
        return ()
    shown = [(day.night, claim) for day, claim in made.evidence]
    ids = [f"claim-{row}" for row in range(1, len(shown) + 1)]
    count = len(shown)
    caption = say(what, n=count, **slots)
    described = say("the {claims}", claims=caption)
    rows = claim_rows(shown, dated=True)
    stem = f"{name}{made.start}-to-{made.end}"
    return (
        blocks.section(say("Evidence"), id="evidence"),
        blocks.table(caption, columns(), rows, ids, name="evidence"),
        blocks.section(say("How to read this"), level=3),
        blocks.prose(method(shown), small=True),
        blocks.attach(f"{stem}-claims.csv", "text/csv", numbered_csv(shown), described),
    )


def _is_rated(made: Review, attacker: Side) -> bool:
    bars = (day.bar(attacker) for day in made.days)
    return any(bar and bar.rate for bar in bars)


def _cells(made: Review, day: Day) -> list[Inlines]:
    """Return the figures of a day, one for each of the columns."""
    at, other = day.bar("Russia"), day.bar("Ukraine")
    people = [day.tolls[metric, country] for country in COUNTRIES for metric in TOLLS]
    return [
        linked(made, day, at.launched if at else None),
        _stopped(made, day, at),
        _rate(at),
        linked(made, day, at.part("lost") if at else None),
        sign(at.part("unaccounted for") if at else None),
        _stopped(made, day, other),
        _rate(other),
        *(linked(made, day, count) for count in people),
    ]


def _stopped(made: Review, day: Day, bar: Bar | None) -> list[Inline]:
    """Return those stopped, marked where the lost are inside."""
    run = [linked(made, day, bar.stopped if bar else None)]
    if definition(bar) == "inside":
        # Before the figure, so that the digits of a column stand below each other.
        run.insert(0, blocks.text(f"{INSIDE}\u00a0"))
    return run


def _rate(bar: Bar | None) -> str:
    return f"{sign(bar.rate)}%" if bar and bar.rate else sign(None)


def _named(made: Review) -> str:
    found = weapons(made.days)
    named = [f"{weapon} ({count[0]})" for weapon, count in found.items() if weapon]
    total = sum(count[0] for count in found.values())
    if not named:
        return say("None of the {n} {n:claims|claims} of people hurt names the weapon.", n=total)
    return say(
        "Of {n} {n:claims|claims} of people hurt, these name the weapon: {weapons}.",
        n=total,
        weapons=listed(named),
    )


def _row_link(made: Review, claim: Claim) -> Inline:
    count = Count(claim.low, claim.high, claim.hedge)
    return blocks.link(f"#claim-{made.numbers[claim.id]}", sign(count))
