"""How well extracted claims meet labelled ones: figures, whole claims, each field.

The numbers are those of the guidelines that the gold sets are labelled by. A claim matches a
labelled one of the same document when metric, low and high are equal; matching is one to one, and
among equals the pair that agrees on most fields is taken. Claims that repeat each other count once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tally.labels import Label, Labelled

FIGURE = ("metric", "low", "high")
WHOLE = ("hedge", "aggregation", "attacker", "claimant_side", "admin1")
ALSO = ("date_end", "victims", "is_part", "unverified")
STRICT = ("date_start", "window", "place", "claimant")
ALL = (*WHOLE, *ALSO, *STRICT)
REPEATS = (*FIGURE, "admin1", "attacker", "date_end", "victims")
GAP = 13


@dataclass(frozen=True, slots=True)
class Matching:
    """The claims of one document, paired (labelled, extracted), and what found no partner."""

    pairs: tuple[tuple[Label, Label], ...]
    missed: tuple[Label, ...]
    invented: tuple[Label, ...]


@dataclass(slots=True)
class Score:
    """Counts over documents; `fields` holds for each field how many pairs agree, and of how many.

    `whole` pairs agree in the fields of WHOLE, `equal` ones in every field that is labelled.
    """

    documents: int = 0
    perfect: int = 0
    gold: int = 0
    predicted: int = 0
    figures: int = 0
    whole: int = 0
    equal: int = 0
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)


def values(label: Label, names: Iterable[str]) -> tuple[object, ...]:
    """Return the values of some fields."""
    return tuple(getattr(label, name) for name in names)


def distinct(labels: Iterable[Label], gold: Iterable[Label] = ()) -> list[Label]:
    """Return claims without those that repeat an earlier one.

    Where the labelled claims themselves hold a figure several times (one killed in each of two
    districts of a region), as many are kept.
    """
    left = Counter(values(label, REPEATS) for label in gold)
    seen: set[tuple[object, ...]] = set()
    kept: list[Label] = []
    for label in labels:
        key = values(label, REPEATS)
        if key not in seen or left[key] > 0:
            kept.append(label)
        seen.add(key)
        left[key] -= 1
    return kept


def match(
    gold: Sequence[Label], predicted: Sequence[Label], fields: Sequence[str] = (*WHOLE, *ALSO)
) -> Matching:
    """Pair claims of equal figures one to one, those that agree on most of `fields` first."""
    candidates = sorted(
        (-sum(getattr(one, name) == getattr(other, name) for name in fields), g, p)
        for g, one in enumerate(gold)
        for p, other in enumerate(predicted)
        if values(one, FIGURE) == values(other, FIGURE)
    )
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in candidates:
        if g not in paired and p not in taken:
            paired[g] = p
            taken.add(p)
    return Matching(
        tuple((gold[g], predicted[p]) for g, p in paired.items()),
        tuple(label for g, label in enumerate(gold) if g not in paired),
        tuple(label for p, label in enumerate(predicted) if p not in taken),
    )


def score(gold: Iterable[Labelled], predicted: Mapping[str, Sequence[Label]]) -> Score:
    """Return the counts over labelled documents; one without predictions was read as empty."""
    total = Score()
    for document in gold:
        found = distinct(predicted.get(document.id, ()), document.labels)
        pairs = match(document.labels, found).pairs
        whole = sum(values(one, WHOLE) == values(other, WHOLE) for one, other in pairs)
        total.documents += 1
        total.gold += len(document.labels)
        total.predicted += len(found)
        total.figures += len(pairs)
        total.whole += whole
        total.equal += sum(not differing(one, other) for one, other in pairs)
        total.perfect += whole == len(document.labels) == len(found)
        for name in ALL:
            _add(total, name, [pair for pair in pairs if _told(pair[0], name)])
    return total


def _add(total: Score, name: str, pairs: Sequence[tuple[Label, Label]]) -> None:
    right, of = total.fields.get(name, (0, 0))
    right += sum(getattr(one, name) == getattr(other, name) for one, other in pairs)
    total.fields[name] = (right, of + len(pairs))


def _told(label: Label, name: str) -> bool:
    """Tell whether a field is compared: not a last day nobody knows, nor an unlabelled window."""
    return not (name == "date_end" and not label.date_end) and getattr(label, name) is not None


def differing(gold: Label, other: Label, fields: Sequence[str] = ALL) -> list[str]:
    """Return the fields in which a claim differs from the labelled one it is paired with."""
    return [
        name for name in fields if _told(gold, name) and getattr(gold, name) != getattr(other, name)
    ]


def f1(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Return precision, recall and F1; of nothing asked and nothing found each is 1.

    >>> f1(3, 4, 6)
    (0.75, 0.5, 0.6)
    """
    precision = right / predicted if predicted else 1.0
    recall = right / gold if gold else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def as_lines(name: str, total: Score) -> str:
    """Return a score as lines for a terminal."""
    figure = "P {:.3f} R {:.3f} F1 {:.3f}".format(*f1(total.figures, total.predicted, total.gold))
    whole = "P {:.3f} R {:.3f} F1 {:.3f}".format(*f1(total.whole, total.predicted, total.gold))
    # A long name stands on a line of its own, so that the figures stay below one another.
    named = f"{name:{GAP}}" if len(name) < GAP else f"{name}\n{'':{GAP}}"
    lines = [
        f"{named}documents {total.documents:4}  claims {total.gold:4}  figure {figure}   "
        f"whole {whole}   documents all right {total.perfect / max(1, total.documents):.3f}",
        " " * GAP + _shares(total, (*WHOLE, *ALSO)),
        f"{'  strictly':{GAP}}"
        + _shares(total, STRICT)
        + f"  every field {total.equal / max(1, total.figures):.3f}",
    ]
    return "\n".join(lines)


def _shares(total: Score, names: Iterable[str]) -> str:
    shares = ((name, *total.fields.get(name, (0, 0))) for name in names)
    return "  ".join(f"{name} {right / of:.3f}" for name, right, of in shares if of)


def errors(document: Labelled, predicted: Sequence[Label], fields: Sequence[str]) -> list[str]:
    """Return a line for each claim missed, invented or differing in one of `fields`."""
    found = match(document.labels, distinct(predicted, document.labels))
    lines = [f"  missed    {describe(label)}" for label in found.missed]
    lines += [f"  invented  {describe(label)} | {label.rule}" for label in found.invented]
    for gold, other in found.pairs:
        wrong = differing(gold, other, fields)
        if wrong:
            told = "; ".join(f"{n}: {_say(other, n)} for {_say(gold, n)}" for n in wrong)
            lines.append(f"  differs   {describe(gold)} | {told} | {other.rule}")
    return lines


def describe(label: Label) -> str:
    """Return a claim in one line: metric, figure, where, its words."""
    ends = ["–" if end is None else str(end) for end in (label.low, label.high)]
    number = ends[0] if ends[0] == ends[1] else "…".join(ends)
    where = ";".join(label.admin1) or "–"
    return f"{label.metric} {number} {where} | {label.quote}"


def _say(label: Label, name: str) -> str:
    value = getattr(label, name)
    return ";".join(value) or "–" if isinstance(value, tuple) else str(value or "–")
