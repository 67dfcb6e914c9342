"""What a claims audit says of two claims that contradict each other: who, about what, why.

Knows pairs; which claims contradict each other is decided by reconcile.
"""

from tally.audit import Audit, Pair
from tally.blocks import Inline
from tally.citing import renumbered
from tally.doubts import numbered
from tally.evidence import Count
from tally.hosts import publisher
from tally.imprint import naming_nobody
from tally.language import say, spoken, to_say
from tally.model import Metric
from tally.runs import with_links
from tally.wording import capital, metric_words, short_date, words

GROUPS = {
    Metric.KILLED: to_say("People killed"),
    Metric.INJURED: to_say("People injured"),
}
OTHERS = to_say("Drones and missiles")
DUMBBELLS = to_say(
    "The claim that came first is a full dot, the counter-claim a ring; an arrow: the end is open. "
    "Each group has a scale of its own, from nothing."
)


def pairs_title(made: Audit) -> str:
    """State how many claims contradict each other, how many across sides, and the widest."""
    crossing = sum(pair.crosses for pair in made.pairs)
    said = say(
        "{n} {n:pair|pairs} of claims {n:contradicts|contradict} each other, {crossing} of them "
        "between sides.",
        n=len(made.pairs),
        crossing=crossing or say("none"),
    )
    widest = max((p for p in made.pairs if gap(p)), key=gap, default=None)
    far = _widest(made, widest) if widest else ""
    return " ".join(filter(None, [said, far, say(DUMBBELLS)]))


def gap(pair: Pair) -> float:
    """Return how many times the one figure of a pair is the other."""
    ends = [Count(claim.low, claim.high, claim.hedge).drawn for claim in (pair.one, pair.other)]
    return max(ends) / max(min(ends), 1) - 1


def pair_subject(made: Audit, pair: Pair) -> str:
    """Say what a pair of claims is about, where and when."""
    claim = pair.other
    what = metric_words(claim.metric, claim.victims, attacker=claim.attacker)
    place = made.names.place(claim.place, claim.admin1)
    day = short_date(pair.day.night.day).replace(" ", "\u00a0")
    return ", ".join(filter(None, [capital(what), place, day]))


def pair_group(pair: Pair) -> str:
    """Name the group of a chart that a pair belongs to: one unit each."""
    return say(GROUPS.get(pair.other.metric, OTHERS))


def speaker(made: Audit, pair: Pair, *, first: bool) -> str:
    """Name who says the one or the other figure of a pair."""
    claim = pair.one if first else pair.other
    document = pair.day.night.documents.get(claim.document_id)
    name = made.names.printed(claim.claimant, claim.claimant_side)
    return name or naming_nobody(publisher(document))


def reason(made: Audit, pair: Pair) -> list[Inline]:
    """Say why two claims contradict each other, with rows of the evidence for documents."""
    ids = (pair.other.id, pair.one.id)
    told = renumbered(made.review, pair.day, numbered(pair.day.night, pair.sentence, ids))
    return with_links(capital(told))


def _widest(made: Audit, pair: Pair) -> str:
    one, other = (Count(c.low, c.high, c.hedge) for c in (pair.one, pair.other))
    return say(
        "The widest ({subject}): {one} according to {who} against {other} according to {whom}.",
        subject=pair_subject(made, pair),
        one=words(one),
        who=spoken().subject(speaker(made, pair, first=True)),
        other=words(other),
        whom=spoken().subject(speaker(made, pair, first=False)),
    )
