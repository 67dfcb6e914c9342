"""What a region profile answers first: its sentences and its tiles, their figures computed.

Knows regions, days and counts; chooses no figure itself.
"""

from collections.abc import Mapping, Sequence

from tally import runs
from tally.blocks import Inline
from tally.citing import cited
from tally.day_words import span_words
from tally.language import say, to_say
from tally.model import OPPONENT, TOLLS, Metric
from tally.names import Names
from tally.region import STOPPED, Peak, Profile, Standing
from tally.wording import SIDES, listed, sign

MOST_NAMED = 4
NOT_ADDED = to_say(
    "Days are set side by side and never added up: windows of neighbouring days may overlap, and "
    "tolls are raised for days afterwards. A figure of the region is the word of the side whose "
    "country it lies in; what anybody else says of it stands apart, under its own name."
)
HURT = to_say("{side!c} report people killed or injured in {region} on {n} of {all} days.{highest}")
NOBODY: Mapping[tuple[Metric, ...], str] = {
    TOLLS: to_say("{side!c} report nobody killed or injured in {region} in these days."),
    (Metric.KILLED,): to_say(
        "{side!c} report nobody killed in {region} in these days; nobody gives a number of injured."
    ),
    (Metric.INJURED,): to_say(
        "{side!c} report nobody injured in {region} in these days; nobody gives a number of killed."
    ),
    (): to_say("No figure of people killed or injured in {region} in these days is in the ledger."),
}
PEAKS = {
    Metric.KILLED: to_say("{number} {n:killed|killed}, on {day:d MMMM y}"),
    Metric.INJURED: to_say("{number} {n:injured|injured}, on {day:d MMMM y}"),
}
NO_DRONES: Mapping[str, str] = {
    "Ukraine": to_say("No figure of Russian drones stopped over {region} alone is in the ledger."),
    "Russia": to_say("No figure of Ukrainian drones stopped over {region} alone is in the ledger."),
}
DRONES: Mapping[str, str] = {
    "Ukraine": to_say(
        "{side!c} give a figure of Russian drones stopped over it for {n} of {all} nights; "
        "the highest is {highest}, on the night to {day:d MMMM y}."
    ),
    "Russia": to_say(
        "{side!c} give a figure of Ukrainian drones stopped over it for {n} of {all} nights; "
        "the highest is {highest}, on the night to {day:d MMMM y}."
    ),
}
DRONES_ONCE: Mapping[str, str] = {
    "Ukraine": to_say(
        "{side!c} give a figure of Russian drones stopped over it for one of {all} nights: "
        "{highest}, on the night to {day:d MMMM y}."
    ),
    "Russia": to_say(
        "{side!c} give a figure of Ukrainian drones stopped over it for one of {all} nights: "
        "{highest}, on the night to {day:d MMMM y}."
    ),
}
JOINT: Mapping[str, str] = {
    "Ukraine": to_say(
        "{side!c} give a figure of Russian drones stopped over {region} only together with "
        "{others}, for {n} of {all} nights; the highest is {highest}, on the night to "
        "{day:d MMMM y}."
    ),
    "Russia": to_say(
        "{side!c} give a figure of Ukrainian drones stopped over {region} only together with "
        "{others}, for {n} of {all} nights; the highest is {highest}, on the night to "
        "{day:d MMMM y}."
    ),
}
ALSO_JOINT = to_say(
    " For {n} more {n:night|nights} it is counted only together with {others}; the highest figure "
    "is {highest}, of the night to {day:d MMMM y}."
)
ON_WORD: Mapping[str, str] = {
    "Ukraine": to_say("on Ukraine’s word"),
    "Russia": to_say("on Russia’s word"),
}
LABELS = {
    Metric.KILLED: to_say("KILLED"),
    Metric.INJURED: to_say("INJURED"),
    STOPPED: to_say("DRONES STOPPED"),
}


def days_sentence(found: Profile) -> list[Inline]:
    """Say on how many days people are reported hurt, and which day is the gravest."""
    hurt = sum(one.hurt for one in found.days)
    slots = {"side": say(SIDES[found.side]), "region": found.name}
    if not hurt:
        told = [m for m in TOLLS if any(m in one.counts for one in found.days)]
        return runs.tell(NOBODY[tuple(told)], **slots)
    return runs.tell(HURT, n=hurt, all=len(found.days), highest=_highest(found), **slots)


def _highest(found: Profile) -> list[Inline]:
    figures: list[Inline] = []
    for metric in TOLLS:
        if peak := found.peak(metric):
            told = runs.tell(
                PEAKS[metric], number=_cited(found, peak), n=peak.count, day=_day(peak)
            )
            figures += runs.sentence("; ", told) if figures else told
    return runs.tell(" The highest figure in one day: {figures}.", figures=figures)


def drones_sentences(found: Profile, names: Names) -> list[list[Inline]]:
    """Say for how many nights drones are said to be stopped over the region, and the most.

    The region's own side first, alone and together with others; then what the other side says.
    """
    own, joint, theirs = found.peak(STOPPED), found.joint_peak, found.their_peak
    told = runs.tell(NO_DRONES[found.side], region=found.name)
    if own:
        nights = sum(STOPPED in one.counts for one in found.days)
        told = _stopped(found, found.side, own, nights)
    if joint:
        message = ALSO_JOINT if own else JOINT[found.side]
        told = (told if own else []) + _jointly(found, joint, names, message)
    if not theirs:
        return [told]
    other = OPPONENT[found.side]
    return [told, _stopped(found, other, theirs, sum(bool(one.theirs) for one in found.days))]


def _stopped(found: Profile, side: str, peak: Peak, nights: int) -> list[Inline]:
    return runs.tell(
        (DRONES if nights > 1 else DRONES_ONCE)[side],
        side=say(SIDES[side]),
        region=found.name,
        n=nights,
        all=len(found.days),
        highest=_cited(found, peak),
        day=_day(peak),
    )


def _jointly(found: Profile, joint: Peak, names: Names, message: str) -> list[Inline]:
    return runs.tell(
        message,
        side=say(SIDES[found.side]),
        region=found.name,
        others=joined_words(found, names),
        n=sum(bool(one.joint) for one in found.days),
        all=len(found.days),
        highest=_cited(found, joint),
        day=_day(joint),
    )


def joined_words(found: Profile, names: Names) -> str:
    """Name the regions that joint figures hold beside this one."""
    return listed([names.place("", (code,)) for code in found.joined])


def place_sentence(found: Profile, names: Names) -> str:
    """Say where the region stands among all that are named in these days."""
    own = found.standing
    if own is None:
        return ""
    ahead = [one for one in found.standings if one.hurt > own.hurt]
    message = to_say(
        "Of {n} regions of both countries that are named in these days, {ahead} "
        "{ahead:has|have} more days with people reported hurt: {shown}."
    )
    if not own.hurt:
        message = to_say(
            "Of {n} regions of both countries that are named in these days, {ahead} "
            "{ahead:has|have} days with people reported hurt; this one none."
        )
    if not ahead:
        message = to_say(
            "Of {n} regions of both countries that are named in these days, none has more days "
            "with people reported hurt{also}."
        )
    return say(
        message,
        n=len(found.standings),
        ahead=len(ahead),
        shown=_first(ahead, names),
        also=_level(found, own),
    )


def _first(ahead: Sequence[Standing], names: Names) -> str:
    first = [f"{names.place('', (one.code,))} ({one.hurt})" for one in ahead[:MOST_NAMED]]
    rest = len(ahead) - MOST_NAMED
    if rest <= 0:
        return listed(first)
    return say("{first} and {n} more", first=", ".join(first), n=rest)


def _level(found: Profile, own: Standing) -> str:
    """Say how many others stand level; days that nobody has are no standing."""
    level = sum(one.hurt == own.hurt for one in found.standings) - 1
    return say("; {n} {n:has|have} as many", n=level) if level and own.hurt else ""


def tiles(found: Profile, names: Names) -> list[dict[str, str]]:
    """Return the headline numbers, each with what it rests on."""
    named = sum(bool(one.claims) for one in found.days)
    hurt = sum(one.hurt for one in found.days)
    documents = {claim.document_id for _, claim in found.review.evidence}
    return [
        {
            "label": say("DAYS NAMED"),
            "value": say("{part} of {whole}", part=str(named), whole=str(len(found.days))),
            "note": say(
                "{n} {n:claim|claims} of {documents} {documents:document|documents}",
                n=len(found.review.evidence),
                documents=len(documents),
            ),
        },
        {
            "label": say("PEOPLE HURT"),
            "value": say("{n} of {all} {all:day|days}", n=hurt, all=len(found.days)),
            "note": say(ON_WORD[found.side]),
        },
        *(_peak_tile(found, metric) for metric in TOLLS),
        _drones_tile(found, names),
    ]


def _drones_tile(found: Profile, names: Names) -> dict[str, str]:
    """Return the highest figure of the region alone, else of it and others, else of the others."""
    joint, theirs = found.joint_peak, found.their_peak
    if found.peak(STOPPED) or not (peak := joint or theirs):
        return _peak_tile(found, STOPPED)
    message = to_say("most in one night, together with {others}, to {day:d MMMM y}")
    note = say(message, others=joined_words(found, names), day=_day(peak))
    if not joint:
        message = to_say("{whose}; most in one night, to {day:d MMMM y}")
        note = say(message, whose=say(ON_WORD[OPPONENT[found.side]]), day=_day(peak))
    return {"label": say(LABELS[STOPPED]), "value": sign(peak.count), "note": note}


def _peak_tile(found: Profile, metric: Metric) -> dict[str, str]:
    peak, note = found.peak(metric), say("nobody gave a figure")
    if peak is None and any(claim.metric == metric for _, claim in found.review.evidence):
        note = say("no figure is counted")
    elif peak and metric == STOPPED:
        note = say("most in one night, to {day:d MMMM y}", day=_day(peak))
    elif peak:
        note = say("most in one day, {day:d MMMM y}", day=_day(peak))
    value = sign(peak.count if peak else None)
    return {"label": say(LABELS[metric]), "value": value, "note": note}


def nothing(found: Profile) -> list[str]:
    """Say that no claim names the region, what is missing, and what the ledger does hold."""
    made = found.review
    others = sum(bool(one.named) for one in found.standings)
    held = say("The ledger is empty.")
    if others:
        held = say(
            "The ledger does name {n} other {n:region|regions} in these days.",
            n=others,
        )
    elif made.known:
        known = span_words(made.known[0], made.known[-1])
        held = say("The ledger’s claims are of {span}.", span=known)
    return [
        say(
            "The ledger holds no claim about {region} for {span}, neither of drones stopped over "
            "it nor of people killed or injured in it.",
            region=found.name,
            span=span_words(made.start, made.end),
        ),
        say(
            "That says only that no document about it was known, not that nothing happened. "
            "{found}",
            found=held,
        ),
    ]


def _cited(found: Profile, peak: Peak) -> list[Inline]:
    return cited(found.review, peak.day.day, peak.count)


def _day(peak: Peak) -> object:
    return peak.day.day.night.day
