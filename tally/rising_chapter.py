"""The chart of tolls that moved over time, for every briefing that spans days.

Computes nothing: what a toll was comes from `rising`, the picture from charts.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from tally import charts, imprint
from tally.blocks import Block
from tally.chapters import placed
from tally.charts.steps import plot_steps
from tally.drawing import PHONE
from tally.evidence import Count
from tally.hosts import publisher
from tally.language import say, to_say
from tally.model import KYIV, Claim, Document, Estimate
from tally.moved import WHOSE
from tally.names import Names
from tally.reconcile import Step
from tally.rising import Rising
from tally.series import country_of
from tally.wording import COUNTRY_NAMES, METRICS, capital, date_words, short_date, sign

END_OF_DAY = dt.time(23, 59, 59)
HOW = to_say(
    "Each toll as it was known from day to day, on a scale of its own; a band runs from the least "
    "to the most that was said, a small arrow means that the end is open."
)


def toll_steps(
    shown: Sequence[Rising],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    names: Names,
    name: str = "steps",
) -> Block:
    """Draw how tolls came to be, a step at each document that moved one; `shown` is not empty."""
    days = [_when(step)[0] for one in shown for step in one.steps]
    first, last = min(days), max(days) + dt.timedelta(days=1)
    table = pd.DataFrame([_row(one, step, first, names) for one in shown for step in one.steps])
    dates = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    table.attrs["ticks"] = [short_date(date) for date in dates]
    rows = table[["heading", "note", "when", "sign"]].rename(
        columns={
            "heading": say("Toll"),
            "note": say("Whose word"),
            "when": say("Known from"),
            "sign": say("Figure"),
        }
    )
    alt = "; ".join(
        f"{heading} ({note}): " + _told(held)
        for (heading, note), held in table.groupby(["heading", "note"], sort=False)
    )
    finished = charts.finish(
        plot_steps(table),
        rows,
        source=_source(shown, claims, documents),
        alt=say("Steps. {listing}.", listing=alt),
        narrow=plot_steps(table, PHONE),
    )
    return placed(finished, f"{_finding(shown, names)} {say(HOW)}", name)


def _told(held: pd.DataFrame) -> str:
    rows = held.to_dict("records")
    return ", ".join(say("{sign} from {when}", sign=r["sign"], when=r["when"]) for r in rows)


def _row(one: Rising, step: Step, first: dt.date, names: Names) -> dict[str, object]:
    day, hours = _when(step)
    count = _count(step.estimate)
    return {
        "heading": toll_name(one.toll, names),
        "note": capital(say(WHOSE[one.toll.side])),
        "side": one.toll.side,
        "at": (day - first).days + hours / 24,
        "low": count.low,
        "high": count.high,
        "sign": sign(count),
        "when": date_words(day) + (f", {step.at.astimezone(KYIV):%H:%M}" if hours else ""),
    }


def toll_name(toll: Estimate, names: Names) -> str:
    """Name a toll by what it counts, where and when."""
    country = country_of(toll)
    place = names.place(toll.place, toll.admin1) or (country and say(COUNTRY_NAMES[country]))
    day = short_date(toll.period_end) if toll.period_end else ""
    return ", ".join(filter(None, [capital(say(METRICS[toll.metric])), place, day]))


def _when(step: Step) -> tuple[dt.date, float]:
    """Return the day from which a step was known, and the hours into it; a bare date is its day."""
    local = step.at.astimezone(KYIV)
    bare = local.time() == END_OF_DAY
    return local.date(), 0.0 if bare else local.hour + local.minute / 60


def _count(one: Estimate | None) -> Count:
    return Count(one.low, one.high, one.hedge) if one else Count(None, None)


def _finding(shown: Sequence[Rising], names: Names) -> str:
    """State how many tolls moved, and which moved most, on whose word."""
    most = max(shown, key=_change)
    then, now = (_count(most.steps[at].estimate) for at in (0, -1))
    many = say("One toll")
    if len(shown) > 1:
        many = say("{n} {n:tolls|tolls}", n=len(shown))
    return say(
        "{many} moved after the first figure. The largest change, on {whose}: "
        "from {then} to {now} ({toll}).",
        many=many,
        whose=say(WHOSE[most.toll.side]),
        toll=toll_name(most.toll, names),
        then=sign(then),
        now=sign(now),
    )


def _change(one: Rising) -> int:
    then, now = (_count(one.steps[at].estimate).drawn for at in (0, -1))
    return abs(now - then)


def _source(
    shown: Sequence[Rising], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> str:
    steps = [step.estimate for one in shown for step in one.steps if step.estimate]
    ids = dict.fromkeys(claim_id for estimate in steps for claim_id in estimate.claim_ids)
    held = (documents.get(claims[i].document_id) for i in ids if i in claims)
    return imprint.source_line([publisher(document) for document in held if document], len(ids))
