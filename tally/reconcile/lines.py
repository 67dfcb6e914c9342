"""One side's word on one incident over one window: which numbers stand, and what they replaced.

The rules here decide `repeats`, `updates`, `corrects` and `contradicts`; no number is averaged.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from tally.counts import ROUNDED
from tally.language import say, to_say
from tally.model import TOLLS, Claim, Metric, Relation, RelationKind, Side, published_at
from tally.reconcile.identity import speaker
from tally.reconcile.incidents import Incident, Statement, number, order, state
from tally.reconcile.sentences import published_when, said, stated, whose
from tally.reconcile.succession import RISING, allows, compare
from tally.reconcile.windows import Window, by_moscow, window_of

SHOT_AND_LOST = to_say("shot down and lost")
MORNING_AFTER = to_say("night and morning")
INSIDE = to_say("place inside a place")
DIED = to_say("some of the injured died")
MISSILES = frozenset({Metric.MISSILES_LAUNCHED, Metric.MISSILES_INTERCEPTED, Metric.MISSILES_HIT})
# Keyed by whether people are counted.
RISEN = {
    True: to_say("; tolls rise, so the higher is taken as the later"),
    False: to_say("; counts rise, so the higher is taken as the later"),
}
HEDGED = frozenset({"about", "at_least", "more_than", "at_most", "less_than"})


@dataclass(slots=True)
class Line:
    """Statements of one side that count the same thing over the same hours."""

    incident: Incident
    side: Side
    window: Window
    standing: list[Statement]
    parts: list[Statement] = field(default_factory=list)
    replaced: list[Statement] = field(default_factory=list)
    weaker: list[Statement] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    @property
    def statements(self) -> list[Statement]:
        """Every statement of the line, whatever became of it."""
        return [*self.standing, *self.parts, *self.replaced, *self.weaker]


@dataclass(frozen=True, slots=True)
class Context:
    """What the lines of one incident are drawn with, from outside it.

    `addends` are numbers that may make a sum with one of its own, each with the name of the rule;
    `companions` the killed given beside each claim of injured; `accepted` what rulings chose.
    """

    addends: tuple[tuple[str, int], ...]
    companions: Mapping[str, int]
    accepted: Container[str]


def draw(incident: Incident, context: Context) -> list[Line]:
    """Return the lines of an incident, each with what stands."""
    lines = []
    for side, claims in _by_side(incident).items():
        for window, held in _by_window(incident, claims):
            line = Line(incident, side, window, state(held))
            _round(line)
            _set_parts_apart(line, context.addends)
            _set_kinds_apart(line)
            _play(line, context.companions)
            _settle(line, context.accepted)
            lines.append(line)
    return lines


def _by_side(incident: Incident) -> dict[Side, list[Claim]]:
    """Give media figures to the one side that speaks of the event, or that gives their number."""
    held: dict[Side, list[Claim]] = {}
    for claim in incident.claims:
        if claim.claimant_side != "unattributed":
            held.setdefault(claim.claimant_side, []).append(claim)
    said = {side: list(claims) for side, claims in held.items()}
    for claim in incident.claims:
        if claim.claimant_side == "unattributed":
            held.setdefault(_side_of_copy(claim, said), []).append(claim)
    return {side: sorted(held[side], key=order) for side in sorted(held)}


def _side_of_copy(claim: Claim, said: Mapping[Side, list[Claim]]) -> Side:
    same = [side for side, claims in said.items() if any(_gives(claim, c) for c in claims)]
    belligerents = [side for side in said if side != "third_party"]
    if len(same) == 1:
        return same[0]
    if claim.metric in TOLLS and len(belligerents) == 1:
        return belligerents[0]
    return "unattributed"


def _by_window(incident: Incident, claims: list[Claim]) -> list[tuple[Window, list[Claim]]]:
    if incident.metric in TOLLS or incident.scope == "days":
        return [(window_of(claims[0]), claims)]
    held: dict[Window, list[Claim]] = {}
    for claim in claims:
        if window_of(claim).stated:
            held.setdefault(window_of(claim), []).append(claim)
    _join_clocks(held)
    stated = sorted(held, key=lambda window: (window.begin - window.end, window.begin))
    vague = [claim for claim in claims if not window_of(claim).stated]
    for claim in sorted(vague, key=lambda c: window_of(c).scope == "unsaid"):
        homes = list(held) if window_of(claim).scope == "unsaid" else stated
        home = next((w for w in homes if _fits(claim, w, held[w])), window_of(claim))
        held.setdefault(home, []).append(claim)
    return [(window, sorted(held[window], key=order)) for window in held]


def _join_clocks(held: dict[Window, list[Claim]]) -> None:
    """Put hours told by the clock of Kyiv with the same hours and numbers by that of Moscow."""
    for window in sorted(held, key=lambda window: -window.begin):
        home = held.get(by_moscow(window), [])
        told = {number(claim) for claim in home}
        if home is not held[window] and {number(claim) for claim in held[window]} <= told:
            home += held.pop(window)


def _fits(claim: Claim, window: Window, held: list[Claim]) -> bool:
    """Tell whether a claim of "overnight" gives the number of these clock times."""
    return window_of(claim).shares(window) and any(_gives(claim, c) for c in held)


def _gives(claim: Claim, other: Claim) -> bool:
    return number(claim) == number(other) or _rounds(claim, other)


def _rounds(claim: Claim, exact: Claim) -> bool:
    """Tell whether a word of doubt only rounds a number.

    Of tolls, media round to tens: "at least 12", and an official's "about 50", are counts.
    """
    value, full = number(claim), number(exact)
    hedged = claim.hedge in HEDGED and exact.hedge not in HEDGED
    if claim.metric in TOLLS:
        hedged = hedged and claim.hedge == "about" and value % 10 == 0 and not speaker(claim)
    way = claim.hedge == "about" or (value <= full if claim.high is None else value >= full)
    return hedged and way and abs(full - value) <= ROUNDED * full


def _round(line: Line) -> None:
    """Merge "about 150" into the 159 that it rounds."""
    for statement in list(line.standing):
        exact = [s for s in line.standing if s is not statement]
        home = next((s for s in exact if any(_rounds(statement.best, c) for c in s.claims)), None)
        if home:
            home.claims.extend(statement.claims)
            home.rounded |= {claim.id for claim in statement.claims}
            home.speakers |= statement.speakers
            line.standing.remove(statement)


def _set_parts_apart(line: Line, addends: Iterable[tuple[str, int]]) -> None:
    """Take out what the documents, or shot down + lost = stopped, show to be inside another."""
    given = tuple(addends)
    homes = {claim.id: statement for statement in line.standing for claim in statement.claims}
    numbers = {statement.number: statement for statement in line.standing}
    for statement in list(line.standing):
        parents = {claim.part_of for claim in statement.claims if claim.part_of in homes}
        whole = next((homes[i] for i in sorted(parents) if homes[i] is not statement), None)
        sums = [(rule, n) for rule, n in given if n and statement.number + n in numbers]
        if whole is None and sums:
            rule, other = sums[0]
            whole = numbers[statement.number + other]
            line.relations.append(_adds_up(rule, statement, other, whole))
        if whole:
            line.standing.remove(statement)
            line.parts.append(statement)


def _set_kinds_apart(line: Line) -> None:
    """Take out missiles of one kind: "five Iskanders and one Kh-59" are two counts, no total."""
    if line.incident.metric not in MISSILES:
        return
    held: dict[str, list[Statement]] = {}
    for statement in line.standing:
        for document in statement.documents:
            held.setdefault(document, []).append(statement)
    for kinds in held.values():
        several = [statement for statement in kinds if statement in line.standing]
        most = max((statement.number for statement in several), default=0)
        if len(several) > 1 and sum(s.number for s in several) != 2 * most:
            line.standing = [s for s in line.standing if s not in several]
            line.parts += several
        elif len(several) > 1:
            line.parts += [s for s in several if s.number != most]
            line.standing = [s for s in line.standing if s not in line.parts]


def _adds_up(rule: str, part: Statement, other: int, whole: Statement) -> Relation:
    sentence = say(
        "{sum} ({rule}): {part} is inside {whole}.",
        sum=f"{part.number} + {other} = {whole.number}",
        rule=say(rule),
        part=whose(part.best),
        whole=whose(whole.best),
    )
    return Relation(RelationKind.PART_OF, part.best.id, whole.best.id, rule, sentence)


def _play(line: Line, companions: Mapping[str, int]) -> None:
    """Let the statements come out in turn; a later word of the same people replaces the former."""
    highest: dict[str, int] = {}
    for statement in line.standing:
        for who in statement.speakers:
            highest[who] = max(highest.get(who, 0), statement.number)

    def turn(statement: Statement) -> tuple[object, ...]:
        first = statement.first
        beside = (_companion(statement, companions) or 0) if paired else 0
        return published_at(first.published), beside, statement.number, first.id

    paired = all(_companion(s, companions) is not None for s in line.standing)
    standing: list[Statement] = []
    for statement in sorted(line.standing, key=turn):
        firmer = next((s for s in standing if allows(statement, s)), None)
        if firmer:
            line.weaker.append(statement)
            line.relations.append(_weaker(statement, firmer))
            continue
        wider = standing if len(line.incident.place.admin1) > 1 else ()
        whole = next((s for s in wider if _is_of_part(statement, s)), None)
        if whole:
            line.parts.append(statement)
            line.relations.append(inside(statement.best, whole.best))
            continue
        rivals = []
        for former in list(standing):
            kind, rule = compare(line.incident, former, statement, highest)
            if _some_died(former, statement, companions):
                kind, rule = RelationKind.CORRECTS, DIED
            if kind == RelationKind.CONTRADICTS:
                rivals.append((former, rule))
                continue
            standing.remove(former)
            line.replaced.append(former)
            line.relations.append(_replaces(kind, rule, former, statement))
        line.relations += [_contradicts(former, statement, rule) for former, rule in rivals[-2:]]
        standing.append(statement)
    line.standing = standing


def _weaker(weak: Statement, firm: Statement) -> Relation:
    sentence = say(
        "{weak} leaves room for {firm}: it takes back nothing.",
        weak=whose(weak.best),
        firm=whose(firm.best),
    )
    kind = RelationKind.REPEATS
    return Relation(kind, weak.best.id, firm.best.id, to_say("weaker word"), sentence)


def _companion(statement: Statement, companions: Mapping[str, int]) -> int | None:
    """Return the killed first given beside this number of injured: it tells which came first."""
    beside = [companions[claim.id] for claim in statement.claims if claim.id in companions]
    return min(beside, default=None)


def _is_of_part(statement: Statement, whole: Statement) -> bool:
    """Tell whether a number is of one of the regions that a higher one is of."""
    regions = set(whole.best.admin1)
    return statement.number <= whole.number and set(statement.best.admin1) < regions


def inside(part: Claim, whole: Claim) -> Relation:
    """Return that a claim is inside one of a wider place over the same hours."""
    sentence = say(
        "{part} is inside {whole}: one place holds the other.",
        part=whose(part),
        whole=whose(whole),
    )
    return Relation(RelationKind.PART_OF, part.id, whole.id, INSIDE, sentence)


def _some_died(former: Statement, later: Statement, companions: Mapping[str, int]) -> bool:
    """Tell whether the injured are fewer by as many as the dead beside them are more."""
    fewer = former.number - later.number
    if fewer <= 0:
        return False
    before, after = _companion(former, companions), _companion(later, companions)
    return before is not None and after is not None and after - before == fewer


def _replaces(kind: RelationKind, rule: str, former: Statement, later: Statement) -> Relation:
    new, old = later.first, former.best
    same = speaker(new) and speaker(new) == speaker(old)
    rising = rule == RISING
    sentence = say(
        "{new} replaces {old}, {when} ({document}){why}.",
        new=whose(new),
        old=say("their own figure of {said}", said=said(old)) if same else stated(old),
        when=published_when(former.first, new),
        document=old.document_id,
        why=say(RISEN[new.metric in TOLLS]) if rising else "",
    )
    return Relation(kind, new.id, old.id, rule, sentence)


def _contradicts(former: Statement, later: Statement, rule: str) -> Relation:
    sentence = say(
        "{later} does not agree with {former}: {gap} apart, {rule}.",
        later=whose(later.best),
        former=whose(former.best),
        gap=str(abs(later.number - former.number)),
        rule=say(rule),
    )
    return Relation(RelationKind.CONTRADICTS, later.best.id, former.best.id, rule, sentence)


def _settle(line: Line, accepted: Container[str]) -> None:
    """Let a ruling choose among figures that stand; the contradiction stays in the relations."""
    chosen = [s for s in line.standing if any(claim.id in accepted for claim in s.claims)]
    if chosen:
        line.replaced += [s for s in line.standing if s not in chosen]
        line.standing = chosen
