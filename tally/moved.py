"""The section of the daily briefing on what moved since an earlier edition, line by line.

Computes nothing: changes come from reconcile, each with its cause.
"""

import datetime as dt
from collections import Counter

from tally import blocks, runs
from tally.blocks import Block, Inlines
from tally.chapters import of_claims
from tally.doubts import numbered
from tally.evidence import Count, Night
from tally.language import say, to_say
from tally.model import KYIV, Estimate
from tally.reconcile import Change
from tally.reconcile.movement import KINDS, ChangeKind
from tally.wording import (
    capital,
    known_words,
    listed,
    metric_words,
    sign,
    window_words,
)

ORDER: tuple[ChangeKind, ...] = (
    "newly contested",
    "raised",
    "lowered",
    "withdrawn",
    "doubt changed",
    "new",
)
WHOSE = {
    "Ukraine": to_say("Ukraine’s word"),
    "Russia": to_say("Russia’s word"),
    "third_party": to_say("a third party’s word"),
    "unattributed": to_say("no source named"),
}
FIRST = to_say(
    "This is the first edition of the night: there is no earlier one to compare it with."
)
CAPTION = to_say("What moved, and why")
MOVED: dict[ChangeKind, str] = {
    "newly contested": to_say("{n} newly contested"),
    "raised": to_say("{n} raised"),
    "lowered": to_say("{n} lowered"),
    "withdrawn": to_say("{n} withdrawn"),
    "doubt changed": to_say("{n} doubt changed"),
    "new": to_say("{n} new"),
}


@of_claims
def moved(night: Night) -> tuple[Block, ...]:
    """List each figure that is not what it was in the earlier edition, with its cause."""
    head = blocks.section(say("What moved"), id="moved")
    if night.since is None:
        return (head, blocks.prose([say(FIRST)]))
    since = _edition(night.since)
    if not night.moved:
        said = say("No figure of this night has moved since the edition of {since}.", since=since)
        return (head, blocks.prose([said]))
    columns: list[dict[str, object]] = [
        {"label": say("What"), "width": 0.27, "scope": "row"},
        {"label": say("Then"), "align": "right", "width": 0.09},
        {"label": say("Now"), "align": "right", "width": 0.09},
        {"label": say("Why"), "width": 0.55},
    ]
    ordered = sorted(night.moved, key=lambda change: ORDER.index(change.kind))
    rows = [_row(night, change) for change in ordered]
    table = blocks.table(say(CAPTION), columns, rows, name="moved")
    return (head, blocks.prose([_counted(night, since)]), table)


def _counted(night: Night, since: str) -> str:
    """Say how many figures moved in which way, and how little was known before."""
    found = Counter(change.kind for change in night.moved)
    said = listed([say(MOVED[kind], n=found[kind]) for kind in ORDER if found[kind]])
    if all(change.kind == "new" for change in night.moved) and not _known_before(night):
        return say(
            "In the edition of {since} nothing about this night was known: {moved}.",
            since=since,
            moved=said,
        )
    return say("Since the edition of {since}: {moved}.", since=since, moved=said)


def _known_before(night: Night) -> bool:
    changed = {change.after for change in night.moved}
    return any(e not in changed for e in night.estimates if e.status != "partial")


def _row(night: Night, change: Change) -> list[Inlines]:
    about, kind = change.after or change.before, say(KINDS[change.kind])
    return [
        f"{_subject(night, about)} ({kind})" if about else kind,
        sign(_stated(change.before)),
        runs.linked(night.count(change.after)) if change.after else sign(None),
        runs.with_links(capital(numbered(night, change.cause, change.cause_ids))),
    ]


def _stated(one: Estimate | None) -> Count | None:
    return Count(one.low, one.high, one.hedge) if one else None


def _subject(night: Night, about: Estimate) -> str:
    what = metric_words(about.metric, about.victims, attacker=about.attacker)
    place = night.names.place(about.place, about.admin1)
    pieces = (capital(what), place, window_words(about.window), say(WHOSE[about.side]))
    return ", ".join(filter(None, pieces))


def _edition(moment: dt.datetime) -> str:
    """Name an edition by its moment on Kyiv's clock.

    >>> _edition(dt.datetime(2025, 5, 21, 8, tzinfo=KYIV))
    '21 May 2025, 08:00 Kyiv time'
    >>> _edition(dt.datetime(2025, 5, 21, 23, 59, 59, tzinfo=KYIV))
    '21 May 2025, end of day'
    """
    local = moment.astimezone(KYIV)
    if local.time() == dt.time(23, 59, 59):
        return say("{day:d MMMM y}, end of day", day=local.date())
    return known_words(moment.isoformat())
