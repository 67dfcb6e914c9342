"""How lines of different hours stand to one another: sharing hours, or counting another scope."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tally.language import say, to_say
from tally.model import TOLLS, Claim, Relation, RelationKind
from tally.reconcile.identity import Locality
from tally.reconcile.lines import Line
from tally.reconcile.sentences import said, whose
from tally.reconcile.windows import Window, window_of

INSIDE = to_say("window inside a window")
DIGESTS = {
    RelationKind.REPEATS: to_say("{one} repeats {other}: taken as one toll, not two."),
    RelationKind.UPDATES: to_say("{one} is higher than {other}: taken as one toll, not two."),
    RelationKind.CONTRADICTS: to_say("{one} is lower than {other}: taken as one toll, not two."),
}
SCOPES = {
    "night": to_say("the night"),
    "day": to_say("the daytime"),
    "past_day": to_say("the past day"),
    "": to_say("the day"),
}


def is_inside(line: Line, lines: Iterable[Line]) -> bool:
    """Tell whether another line counts all the hours of this one and more."""
    mine = line.window
    return mine.stated and any(
        other.window.holds(mine) and other.window != mine and _claims(other) for other in lines
    )


def overlaps(lines: Sequence[Line]) -> Iterator[Relation]:
    """Yield the windows of one side and incident that share hours: neither adds to the other."""
    stated = sorted(
        (line for line in lines if line.window.stated and _claims(line)),
        key=lambda line: (line.window.begin, -line.window.end),
    )
    for number, line in enumerate(stated):
        for other in stated[number + 1 :]:
            if other.window.begin >= line.window.end:
                break
            yield _overlap(line, other)


def disagreements(lines: Sequence[Line]) -> Iterator[Relation]:
    """Yield where two sides give different numbers of one event; neither is taken over."""
    for number, line in enumerate(lines):
        for other in lines[number + 1 :]:
            mine, theirs = _claims(line), _claims(other)
            comparable = line.window == other.window or not line.window.stated
            if line.side != other.side and mine and theirs and comparable:
                yield from _disagree(mine[0], theirs[0])


def other_scopes(lines: Iterable[Line]) -> Iterator[Relation]:
    """Yield a night beside a day, and one day inside several: counts of other hours."""
    days: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.incident.day and _claims(line):
            days[_subject(line)].append(line)
    for found in days.values():
        widest = max(found, key=_length)
        for line in found:
            if line.incident.scope != widest.incident.scope and _worth_saying(line, widest):
                yield _other_scope(line, widest)


def _worth_saying(line: Line, wider: Line) -> bool:
    """Tell whether the two could be taken for one another: a country's totals, and tolls."""
    unsaid = "unsaid" in (line.incident.scope, wider.incident.scope)
    whole = line.incident.place == Locality()
    return not unsaid and (whole or line.incident.metric in TOLLS)


def digests(lines: Iterable[Line]) -> Iterator[Relation]:
    """Yield how a digest's toll of the past day stands to the toll of the event itself.

    Only for a settlement: a region's day may hold several events. The digest of a morning speaks
    of that day or the one before.
    """
    held = list(lines)
    events = {_event(line, line.incident.day): line for line in held if _is_local(line, "event")}
    told = {_event(line, line.incident.day): line for line in held if _is_local(line, "past_day")}
    for key, line in told.items():
        if line.incident.day:
            eve = _event(line, line.incident.day - dt.timedelta(days=1))
            event = events.get(key) or (events.get(eve) if eve not in told else None)
            if event:
                yield _digest(line, event)


def _is_local(line: Line, scope: str) -> bool:
    spot = line.incident.place.spot
    return line.incident.scope == scope and bool(spot and _claims(line))


def _event(line: Line, day: dt.date | None) -> tuple[object, ...]:
    incident = line.incident
    return incident.metric, incident.attacker, incident.victims, line.side, incident.place, day


def _digest(line: Line, event: Line) -> Relation:
    one, other = line.standing[-1].best, event.standing[-1].best
    mine, theirs = line.standing[-1].number, event.standing[-1].number
    kind = RelationKind.CONTRADICTS if mine < theirs else RelationKind.UPDATES
    kind = RelationKind.REPEATS if mine == theirs else kind
    sentence = say(DIGESTS[kind], one=whose(one), other=whose(other))
    return Relation(kind, one.id, other.id, to_say("digest of the past day"), sentence)


def _claims(line: Line) -> list[Claim]:
    return [statement.best for statement in line.standing]


def _subject(line: Line) -> tuple[object, ...]:
    return line.side, line.incident.subject


def _length(line: Line) -> tuple[float, str]:
    return line.window.end - line.window.begin, line.incident.label


def _overlap(line: Line, other: Line) -> Relation:
    one, two = _claims(other)[0], _claims(line)[0]
    rule = INSIDE if line.window.holds(other.window) else to_say("windows share hours")
    if other.window.holds(line.window) and other.window != line.window:
        one, two, rule = two, one, INSIDE
    message = to_say("{one} shares hours with {two} ({document}): they are not added.")
    if rule == INSIDE:
        message = to_say("{one} lies inside {two} ({document}): they are not added.")
    sentence = say(message, one=whose(one), two=said(two), document=two.document_id)
    return Relation(RelationKind.OVERLAPS, one.id, two.id, rule, sentence)


def _disagree(one: Claim, other: Claim) -> Iterator[Relation]:
    if not _agree(one, other) and not _agree(other, one):
        message = to_say("{one} stands against {other}: two accounts, kept apart.")
        sentence = say(message, one=whose(one), other=whose(other))
        yield Relation(RelationKind.CONTRADICTS, one.id, other.id, to_say("two accounts"), sentence)


def _agree(one: Claim, other: Claim) -> bool:
    """Tell whether a figure allows another: the same, or "at least 60" beside 79."""
    same = (one.low, one.high) == (other.low, other.high)
    allows = one.low is not None and one.high is None and other.low is not None
    return same or (allows and (one.low or 0) <= (other.low or 0))


def _other_scope(line: Line, wider: Line) -> Relation:
    one, other = _claims(line)[0], _claims(wider)[0]
    sentence = say(
        "{one} counts {span}, {other} {wider}: neither replaces the other.",
        one=whose(one),
        span=_span(window_of(one), one),
        other=whose(other),
        wider=_span(window_of(other), other),
    )
    return Relation(RelationKind.OTHER_SCOPE, one.id, other.id, to_say("other hours"), sentence)


def _span(window: Window, claim: Claim) -> str:
    if window.scope == "days" and claim.period_start and claim.period_end:
        start, end = claim.period_start, claim.period_end
        return say("{start:d MMMM} to {end:d MMMM}", start=start, end=end)
    return say(SCOPES.get(window.scope, SCOPES[""]))
