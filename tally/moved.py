"""The section of the daily briefing on what moved since an earlier edition, line by line.

Computes nothing: changes come from reconcile, each with its cause.
"""

import datetime as dt
from collections import Counter

from tally import blocks, prose
from tally.blocks import Block, Inlines
from tally.chapters import linked, of_claims
from tally.doubts import numbered
from tally.evidence import Count, Night
from tally.model import KYIV, Estimate
from tally.reconcile import Change
from tally.reconcile.movement import ChangeKind
from tally.wording import (
    capital,
    date_words,
    grouped,
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
    "Ukraine": "Ukraine’s word",
    "Russia": "Russia’s word",
    "third_party": "a third party’s word",
    "unattributed": "no source named",
}
FIRST = "This is the first edition of the night: there is no earlier one to compare it with."
CAPTION = "What moved, and why"


@of_claims
def moved(night: Night) -> tuple[Block, ...]:
    """List each figure that is not what it was in the earlier edition, with its cause."""
    head = blocks.section("What moved", id="moved")
    if night.since is None:
        return (head, blocks.prose([FIRST]))
    since = _edition(night.since)
    if not night.moved:
        said = f"No figure of this night has moved since the edition of {since}."
        return (head, blocks.prose([said]))
    columns: list[dict[str, object]] = [
        {"label": "What", "width": 0.28, "scope": "row"},
        {"label": "Then", "align": "right", "width": 0.08},
        {"label": "Now", "align": "right", "width": 0.08},
        {"label": "Why", "width": 0.56},
    ]
    ordered = sorted(night.moved, key=lambda change: ORDER.index(change.kind))
    rows = [_row(night, change) for change in ordered]
    table = blocks.table(CAPTION, columns, rows, name="moved")
    return (head, blocks.prose([_counted(night, since)]), table)


def _counted(night: Night, since: str) -> str:
    """Say how many figures moved in which way, and how little was known before."""
    found = Counter(change.kind for change in night.moved)
    said = listed([f"{grouped(found[kind])} {kind}" for kind in ORDER if found[kind]])
    if all(change.kind == "new" for change in night.moved) and not _known_before(night):
        return f"In the edition of {since} nothing about this night was known: {said}."
    return f"Since the edition of {since}: {said}."


def _known_before(night: Night) -> bool:
    changed = {change.after for change in night.moved}
    return any(e not in changed for e in night.estimates if e.status != "partial")


def _row(night: Night, change: Change) -> list[Inlines]:
    about = change.after or change.before
    return [
        f"{_subject(night, about)} ({change.kind})" if about else change.kind,
        sign(_stated(change.before)),
        linked(night.count(change.after)) if change.after else sign(None),
        prose.with_links(capital(numbered(night, change.cause, change.cause_ids))),
    ]


def _stated(one: Estimate | None) -> Count | None:
    return Count(one.low, one.high, one.hedge) if one else None


def _subject(night: Night, about: Estimate) -> str:
    what = metric_words(about.metric, about.victims, attacker=about.attacker)
    place = night.names.place(about.place, about.admin1)
    pieces = (capital(what), place, window_words(about.window), WHOSE[about.side])
    return ", ".join(filter(None, pieces))


def _edition(moment: dt.datetime) -> str:
    """Name an edition by its moment on Kyiv's clock.

    >>> _edition(dt.datetime(2025, 5, 21, 8, tzinfo=KYIV))
    '21 May 2025, 08:00 Kyiv time'
    >>> _edition(dt.datetime(2025, 5, 21, 23, 59, 59, tzinfo=KYIV))
    '21 May 2025 (its end)'
    """
    local = moment.astimezone(KYIV)
    day = date_words(local.date())
    whole = local.time() == dt.time(23, 59, 59)
    return f"{day} (its end)" if whole else f"{day}, {local:%H:%M} Kyiv time"
