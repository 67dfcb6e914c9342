"""The sections of the daily briefing before its evidence: pictures, tables and what they say.

Computes nothing: figures come from series and tolls, words from prose, pictures from charts.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps

import pandas as pd

from tally import blocks, charts, imprint, prose, runs
from tally.blocks import Block, Inline, Inlines
from tally.charts import Finished
from tally.charts.clocks import plot_clock
from tally.doubts import Doubt, Saying, doubts
from tally.drawing import PHONE
from tally.evidence import Count, Night
from tally.hosts import publisher
from tally.language import say, to_say
from tally.model import Side
from tally.series import ATTACKERS, Bar, Split, bars, split
from tally.windows import Window, windows
from tally.wording import (
    capital,
    metric_words,
    sign,
)

MOST_PLACES = 18
STOPPED = to_say(
    "All bars are on one scale, each on the word of one side. Hatched: what that side’s own "
    "figures leave unaccounted for or unlocated."
)
WINDOWS = to_say(
    "Windows as stated. Where they overlap, one may hold the other: they are not added."
)
KINDS = {
    "contradict": to_say("contradictory"),
    "corrected": to_say("corrected"),
    "updated": to_say("updated"),
    "windows overlap": to_say("windows overlap"),
    "parts exceed total": to_say("parts exceed total"),
    "fates exceed launched": to_say("fates exceed launched"),
    "contradictions": to_say("contradictions"),
    "two tolls": to_say("two tolls"),
    "cumulative falls": to_say("cumulative falls"),
    "days exceed total": to_say("days exceed total"),
    "steps disagree": to_say("steps disagree"),
    "published twice": to_say("published twice"),
    "published before event": to_say("published before event"),
    "unknown place": to_say("unknown place"),
    "spans moved": to_say("spans moved"),
}
MOST_SAYINGS = 6
MOST_REASONS = 2


Chapter = Callable[[Night], tuple[Block, ...]]


def of_claims(chapter: Chapter) -> Chapter:
    """Leave a chapter out of a night without claims: the opening says that there are none."""

    @wraps(chapter)
    def told(night: Night) -> tuple[Block, ...]:
        return chapter(night) if night.claims else ()

    return told


@of_claims
def stopped(night: Night) -> tuple[Block, ...]:
    """Show what each side says it stopped."""
    drawn = bars(night)
    head = blocks.section(say("What each side says it stopped"), id="stopped")
    missing = [blocks.prose(prose.missing_side(drawn))] if prose.missing_side(drawn) else []
    if not drawn:
        return (head, *missing)
    table = pd.DataFrame([row for bar in drawn for row in _pieces(bar)])
    bars_told = ". ".join(_bar_alt(rows) for _, rows in table.groupby("heading", sort=False))
    counts = [count for bar in drawn for count in (bar.whole, *(p.count for p in bar.parts))]
    shown = charts.finish(
        charts.plot_stopped(table),
        table[["heading", "words"]].rename(
            columns={"heading": say("Whose word, of what"), "words": say("Part")}
        ),
        source=source(night, counts),
        alt=say("Stacked bars. {bars}", bars=bars_told),
        narrow=charts.plot_stopped(table, PHONE),
    )
    return (head, *missing, placed(shown, say(STOPPED), "stopped"))


@of_claims
def where(night: Night) -> tuple[Block, ...]:
    """Show where the drones stopped are said to have been stopped."""
    found = [made for attacker in reversed(ATTACKERS) if (made := split(night, attacker))]
    if not found:
        return ()
    shown = [block for one in found for block in _regions(night, one)]
    return (blocks.section(say("Where"), id="where"), *shown)


@of_claims
def clock(night: Night) -> tuple[Block, ...]:
    """Show the windows that figures are stated for, where any has clock times."""
    made = windows(night)
    if not made:
        return ()
    table = pd.DataFrame([_window_row(window) for window in made])
    said = [f"{row['label']} ({row['heading']})" for row in table.to_dict("records")]
    shown = charts.finish(
        plot_clock(table),
        table[["heading", "label"]].rename(
            columns={
                "heading": say("Whose word, of what"),
                "label": say("Figure and window as stated"),
            }
        ),
        source=source(night, [window.count for window in made]),
        alt=say("A line of time with one bar a window: {windows}.", windows="; ".join(said)),
        narrow=plot_clock(table, PHONE),
    )
    head = blocks.section(say("The night by the clock"), id="clock")
    return (head, placed(shown, _clock_title(made, said), "clock"))


def _clock_title(made: Sequence[Window], said: Sequence[str]) -> str:
    """State the widest window, or the only one."""
    if len(made) == 1:
        return say("One window is stated: {only}.", only=said[0])
    widest = max(zip(made, said, strict=True), key=lambda held: held[0].end - held[0].begin)[1]
    return say("The widest: {widest}. {note}", widest=widest, note=say(WINDOWS))


@of_claims
def disagreements(night: Night) -> tuple[Block, ...]:
    """List what disagrees: what about, who says which, why we think so."""
    made = doubts(night)
    head = blocks.section(say("What disagrees"), id="disagrees")
    if not made:
        nothing = say("No claim of this night contradicts or revises another.")
        return (head, blocks.prose([nothing]))
    columns: list[dict[str, object]] = [
        {"label": say("What"), "width": 0.24, "scope": "row"},
        {"label": say("Who says which"), "width": 0.42},
        {"label": say("Why we think so"), "width": 0.34},
    ]
    rows: list[list[Inlines]] = [
        [
            about(night, doubt),
            sayings(night, doubt.sayings),
            runs.with_links(why(doubt)),
        ]
        for doubt in made
    ]
    caption = say("Claims that disagree or were revised")
    return (head, blocks.table(caption, columns, rows, name="disagrees"))


def placed(shown: Finished, caption: Inlines, name: str) -> Block:
    """Return a finished chart as a block."""
    return blocks.figure(
        shown.svg, shown.alt, caption, shown.source, shown.data, name, shown.narrow
    )


def source(night: Night, counts: Iterable[Count]) -> str:
    """Name the publishers of the claims that these figures rest on."""
    rows = sorted({row for count in counts for row in count.numbers})
    claims = [night.claims[row - 1] for row in rows]
    documents = (night.documents.get(claim.document_id) for claim in claims)
    return imprint.source_line([publisher(d) for d in documents if d], len(claims))


def _pieces(bar: Bar) -> list[dict[str, object]]:
    parts = bar.parts or ()
    heading = capital(prose.bar_title(bar))
    if bar.stopped is None:
        parts = ()
    rows = [
        {
            "heading": heading,
            "side": bar.side,
            "kind": part.kind,
            "drawn": part.count.drawn,
            "reach": part.count.high or part.count.drawn,
            "sign": sign(part.count),
            "words": prose.part_words(part),
        }
        for part in parts
    ]
    if rows:
        return rows
    whole = {
        "kind": "not located",
        "drawn": bar.whole.drawn,
        "reach": bar.whole.drawn,
        "sign": sign(bar.whole),
    }
    return [
        {
            "heading": heading,
            "side": bar.side,
            **whole,
            "words": say("{whole} launched, no figure of those stopped", whole=bar.whole),
        }
    ]


def _bar_alt(rows: pd.DataFrame) -> str:
    return f"{rows['heading'].iloc[0]}: {', '.join(str(part) for part in rows['words'])}"


def _regions(night: Night, found: Split) -> tuple[Block, ...]:
    rows = [
        ranged(capital(prose.share_place(share, night.names)), found.side, "located", share.count)
        for share in found.shares
    ]
    if found.unlocated:
        rest = Count(found.unlocated, found.unlocated)
        rows.append(ranged(say("not located"), found.side, "not located", rest))
    table = pd.DataFrame(rows)
    title = prose.split_title(found, night.names)
    listing = ", ".join(f"{row['place']} {row['sign']}" for row in rows)
    shown = charts.finish(
        charts.plot_regions(table),
        table[["place", "sign"]].rename(
            columns={"place": say("Region"), "sign": say("Drones stopped")}
        ),
        source=source(night, [found.total, *(share.count for share in found.shares)]),
        alt=say("Bars by region: {listing}.", listing=listing),
        narrow=charts.plot_regions(table, PHONE),
    )
    note = blocks.prose([prose.split_sum(found)], small=True)
    if len(rows) == 1:
        return (blocks.prose([f"{title}."]), note)
    return (placed(shown, f"{title}.", f"where-{found.side.lower()}"), note)


def ranged(place: str, side: Side, kind: str, count: Count) -> dict[str, object]:
    """Return the row of a chart: a bar with its span."""
    return {
        "place": place,
        "side": side,
        "kind": kind,
        "low": count.low,
        "high": count.high,
        "sign": sign(count),
    }


def _window_row(window: Window) -> dict[str, object]:
    subject = prose.who(window.voice)
    what = metric_words(window.metric, attacker=window.attacker)
    return {
        "heading": f"{capital(subject)}: {what}",
        "label": f"{sign(window.count)}, {window.window.replace('-', '–')}",
        "side": window.side,
        "begin": window.begin,
        "end": window.end,
    }


def about(night: Night, doubt: Doubt) -> str:
    """Say what a question is about, where, and of which kind it is."""
    kind = say(KINDS[doubt.kind])
    what = metric_words(doubt.metric, attacker=doubt.attacker) if doubt.metric else kind
    place = night.names.place(doubt.place, doubt.admin1)
    return f"{capital(what)}{f', {place}' if place else ''} ({kind})"


def why(doubt: Doubt) -> str:
    """Say why a question is one, its claims by their rows of the night."""
    said = " ".join(capital(reason) for reason in doubt.reasons[:MOST_REASONS])
    return said.replace("'", "’")


def sayings(night: Night, said: Sequence[Saying]) -> list[Inline]:
    """List who says which figure, each with the rows that its count names."""
    run: list[Inline] = []
    for index, saying in enumerate(said[:MOST_SAYINGS]):
        run.append(blocks.text("; " if index else ""))
        run += [runs.linked(saying.count), blocks.text(f":\u00a0{_speaker(night, saying)}")]
        run += runs.references(saying.count.numbers)
    rest = len(said) - MOST_SAYINGS
    return [*run, *runs.tell("; and {n} more", n=rest)] if rest > 0 else run


def _speaker(night: Night, saying: Saying) -> str:
    name = night.names.printed(saying.claimant, saying.side)
    return name or imprint.naming_nobody(saying.publisher)
