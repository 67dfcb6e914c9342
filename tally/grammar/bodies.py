"""Bodies that no table knows, told by whose they are: "Ukraine's Ministry of Youth says".

A country's name or a nationality tells the side: "the Chinese embassy said" is a third party's.
"""

from collections.abc import Sequence
from functools import cache

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.nations import by_whom_told
from tally.model import Side


def of_another_country(mark: Mark) -> bool:
    """Tell whether a word names a third country, its people or what is theirs: "Polish"."""
    word = mark.low.removesuffix("'s")
    named = mark.text[:1].isupper() and word in cues("foreign", "en")  # "US", not "us"
    return named or word.startswith(_foreign_stems())


@cache
def _foreign_stems() -> tuple[str, ...]:
    return stems("foreign", "uk") + stems("foreign", "ru")


@cache
def owners() -> frozenset[str]:
    """Return the words that may stand before a body and tell whose it is."""
    foreign = cues("foreign", "en")
    return frozenset({*OWNERS, *foreign, *(f"{word}'s" for word in foreign)})


def body_of(marks: Sequence[Mark], i: int) -> tuple[str, Side] | None:
    """Return the body that begins with its owner and says something, and its side."""
    side: Side = OWNERS.get(marks[i].low, "third_party")
    for last in range(i + 1, min(i + LONGEST_BODY, len(marks))):
        mark = marks[last]
        said = any(m.sense("markers", "report") for m in _past_comma(marks, last))
        if said or (mark.tag in {"comma", "sign"} and by_whom_told(marks, i)):
            last -= marks[last - 1].low in cues("also")
            name = _without_seat(marks[i:last])
            text = " ".join(m.text for m in name)
            return (text, side) if len(name) > 1 and _body(name) else None
        if mark.event or mark.number is not None or mark.sense("speakers") or mark.tag == "comma":
            return None
    return None


def _past_comma(marks: Sequence[Mark], i: int) -> Sequence[Mark]:
    """Return the mark that may say it, behind the comma of an aside: "X, Ukraine's firm, said"."""
    return marks[i + 1 : i + 2] if marks[i].tag == "comma" else marks[i : i + 1]


def _without_seat(name: Sequence[Mark]) -> Sequence[Mark]:
    """Return a body without where it sits: "the Indian embassy in Moscow said"."""
    seated = len(name) > 2 and name[-1].sense("places") and name[-2].is_a("over")
    return name[:-2] if seated else name


def _body(name: Sequence[Mark]) -> bool:
    """Tell whether words name a body: by its noun, or as something that a country owns."""
    owned = name[0].low.endswith("'s") and name[1].text[:1].isupper()
    place = name[-1].sense("places") is not None  # "Ukraine's Donetsk region"
    return (owned and not place) or name[-1].low.startswith(stems("body"))


LONGEST_BODY = 8  # marks
OWNERS: dict[str, Side] = {
    "ukraine's": "Ukraine",
    "kyiv's": "Ukraine",
    "ukrainian": "Ukraine",
    "russia's": "Russia",
    "moscow's": "Russia",
    "russian": "Russia",
}
