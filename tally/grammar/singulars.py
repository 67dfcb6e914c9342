"""Which singular nouns are plainly one person or one weapon, and which only describe."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.cues import cues, stems
from tally.grammar.marks import Mark
from tally.grammar.nouns import WITH_A_WEAPON
from tally.lexicon import lexicon

ONE_MORE = {"another", "another one", "other"}  # each may stand for a person
ARTICLES = {"a", "an", "one", "another", "the", "his", "her", "its", "their", "whose"}


def is_somebody(mark: Mark) -> bool:
    """Tell whether a word names people, or one that is counted by its singular."""
    return mark.unit == "person" or mark.sense("singulars") is not None


def adjectival(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a singular only describes the noun after it: "civilian population"."""
    following = marks[at + 1]
    if following.low.startswith(WITH_A_WEAPON):
        return True  # "ballistic missile factories"
    hits = following.low == "hits" and any(m.low == "on" for m in marks[at + 2 : at + 3])
    several = following.tag == "conj" and any(
        mark.low.startswith(("attack", "strike")) or mark.unit == "rocketlike"
        for mark in marks[at + 2 : at + 4]
    )
    if hits or several:
        return True
    word = marks[at].low in cues("adjective_too") and following.tag == "word"
    toll = following.low.startswith((*stems("toll_noun"), *TOLLS))
    plain = following.text.islower() and not following.text.endswith("ly")
    several = marks[at].unit == "person" and following.tag == "word" and not following.senses
    several &= following.text.endswith("s") and following.low not in cues("ends_in_s")
    return bool(following.unit) or (word and plain) or toll or several


TOLLS = ("deaths", "injuries", "death toll", "toll", "fatalities")


def of_some_rank(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether somebody only shows how old the counted are: "18 children, the youngest a …"."""
    back = at - 1
    while back > 0 and (marks[back].low in ARTICLES or aged(marks[back])):
        back -= 1
    return back >= 0 and marks[back].low in {"youngest", "oldest", "eldest"}


def depicted(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether somebody is only in a picture: "a statue of a Russian soldier"."""
    before = [mark.low for mark in marks[max(0, at - PIECES) : at]]
    return any(
        noun in cues("depiction") and of in {"of", "of a", "of the"}
        for noun, of in pairwise(before)
    )


def in_pieces(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether only pieces of a weapon are told of: "debris from a downed drone"."""
    before = [mark.low for mark in marks[max(0, at - PIECES) : at]]
    of = max((i for i, word in enumerate(before) if word in {"from", "of"}), default=0)
    return of > 0 and before[of - 1].startswith(stems("debris"))


PIECES = 5  # marks from "debris" to the weapon: "debris from a downed Russian drone"


def describes_a_thing(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a word for people is of what was struck: "civilian homes", "цивільних авто"."""
    after = marks[at + 1] if at + 1 < len(marks) else None
    if after is None or after.tag != "word" or after.senses or not after.text.islower():
        return False
    word = marks[at].low
    if len(after.text) <= SHORT or after.text.startswith(CITIZENS):
        return False
    return word == "civilian" or word.endswith(ADJECTIVE)


SHORT = 3  # letters of a preposition
CITIZENS = ("громадян", "граждан")
ADJECTIVE = ("их", "ых", "им", "ым", "ими", "ыми", "ий", "ый", "ой", "у", "ую", "і", "ые", "ие")


def aged(mark: Mark) -> bool:
    """Tell whether a word is an age before a noun: "seven-year-old"."""
    return mark.low.endswith(("year-old", "month-old", "week-old", "day-old"))


def of_age(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether an age beside a noun is an adult's: "22-річна дівчина", "девушка (22 года)"."""
    return (_years(marks, at) or 0) >= OF_AGE


def under_age(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether an age beside a noun is a child's: "16-летний парень"."""
    return 0 < (_years(marks, at) or OF_AGE) < OF_AGE


def _years(marks: Sequence[Mark], at: int) -> int | None:
    before = [AGE.match(mark.text) for mark in marks[max(0, at - 3) : at]]
    told = [int(found[1]) for found in before if found is not None]
    if at + 2 < len(marks) and marks[at + 1].tag == "open" and marks[at + 2].number is not None:
        told.append(round(marks[at + 2].number or 0))
    if marks[at].age is not None:
        told.append(round(marks[at].age or 0))
    return told[-1] if told else None


OF_AGE = 18
AGE = re.compile(r"(\d{1,3})[-– ](?:річн|летн|year[- ]old)", re.IGNORECASE)


def apposed(marks: Sequence[Mark], at: int) -> str:
    """Return who somebody is by a noun behind a dash: "парень - подросток 2008 г.р."."""
    after = marks[at + 1 : at + 3]
    if len(after) < 2 or after[0].tag != "dash":
        return ""
    sense = after[1].sense("units", "person")
    return sense.value if sense else ""


def years_alone(marks: Sequence[Mark], at: int, lang: str) -> int:
    """Return the age that stands for a person, or 0: "an 11-year-old", "33-летний Иван"."""
    if lang != "en":
        return _years_of_name(marks, at)
    if not aged(marks[at]):
        return 0
    after = marks[at + 1 : at + 3]
    if after and after[0].event:
        after = after[1:]  # "an 11-year-old killed in …", not "a 29-year-old wounded veteran"
    if after and (after[0].tag in NOUNS or after[0].unit or after[0].sense("singulars")):
        return 0
    first = marks[at].low.split("-")[0]
    if first.isdigit():
        return int(first)
    _, senses = lexicon("en").match([first], 0)
    return next((int(float(s.value)) for s in senses if s.table == "numerals" and s.value), 0)


def _years_of_name(marks: Sequence[Mark], at: int) -> int:
    """Return the age of somebody who is told by it and a name, in the singular, or 0."""
    told = ONE_AGED.match(marks[at].text)
    after = marks[at + 1 : at + 4]
    person = any(is_somebody(mark) for mark in after[:3])
    named = any(mark.text[:1].isupper() for mark in after[:2])
    return int(told[1]) if told and named and not person else 0


ONE_AGED = re.compile(
    r"(\d{1,3})[-–](?:летн(?:ий|яя|его|юю|ей|ему|им)|річн(?:ий|а|ого|у|ої|ій|ому|им|ою))$",
    re.IGNORECASE,
)
NOUNS = {"word", "dash", "quote", "sign"}


def names_event(mark: Mark) -> bool:
    """Tell whether an event is a noun that takes a genitive: "уничтожение беспилотника"."""
    return mark.event in {"intercepted", "lost"} and mark.low.endswith(NOUN_ENDINGS)


def of_several(mark: Mark) -> bool:
    """Tell whether an adjective is plural, so that "погибших солдат" are not one."""
    return not mark.sense("markers") and mark.low.endswith(OF_SEVERAL)


OF_SEVERAL = ("ых", "их", "ыми", "ими")


def one_of_many(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a "one" counts nobody: "one of thousands of people killed"."""
    following = marks[at + 1 : at + 3]
    if len(following) < 2 or not following[0].sense("markers", "outof"):
        return False
    return any(following[1].sense("numerals", tag) for tag in ("vague", "multiplier"))


NOUN_ENDINGS = ("ние", "нии", "нию", "нием", "ния", "ння", "нні", "нням", "ття", "тті")


def official_fell(marks: Sequence[Mark], at: int, lang: str) -> bool:
    """Tell whether an office behind a verb is who died or was hurt: "погиб глава администрации".

    In English it stands before: "a Russian official was injured", "official killed in X".
    """
    if lang == "en":
        return _official_was(marks, at)
    mark, before = marks[at], marks[at - 1] if at else None
    if before is not None and before.tag == "quote" and at > 1:
        before = marks[at - 2]  # "ранен «министр» ЛНР"
    office = mark.sense("titles") is not None or mark.low in cues("head", lang)
    return office and before is not None and before.low in FELL


def _official_was(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether an office in the singular, without a name, stands before what befell it.

    "A mayor was killed"; "the mayor and his wife were killed" is two.
    """
    mark, behind = marks[at], marks[at + 1 : at + 7]
    official = mark.sense("speakers") is not None and mark.low.endswith("official")
    title = mark.sense("titles") is not None and mark.text.islower() and mark.low[-1] != "s"
    if not (official or title):
        return False
    if len(behind) > 2 and behind[0].tag == "conj" and behind[1].low in OWNERS:
        behind = behind[3:]
    after = [mark for mark in behind if mark.tag != "aux"]
    whom = after[1:2] and (after[1].number is not None or after[1].unit == "person")
    if not after or whom:
        return False
    told = {"killed", "injured"} if official else set()
    return after[0].event in told or after[0].low in FELL_IN_ENGLISH


OWNERS = {"his", "her"}
FELL_IN_ENGLISH = {"killed", "injured", "wounded", "hurt", "died", "dies", "shot dead"}
FELL = {
    "погиб", "погибла", "ранен", "ранена", "убит", "убита", "скончался", "скончалась",
    "загинув", "загинула", "поранено", "поранений", "поранена", "вбито", "убито", "помер",
    "померла",
}  # fmt: skip


def says_of_a_thing(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a word that can be a person is the verb of a thing: "Постраждала і лікарня"."""
    rest = marks[at + 1 : at + 3]
    if rest and rest[0].tag == "conj":
        rest = rest[1:]
    land = bool(rest) and bool(rest[0].sense("places") or rest[0].sense("countries"))
    return bool(rest) and (rest[0].tag == "word" or land)


def says_how(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether "wounded" only says of what somebody died: "помер чоловік, поранений учора"."""
    before = at - 1
    if before > 0 and marks[before].tag == "sub":
        before -= 1
    if before < 1 or marks[before].tag != "comma" or not marks[before - 1].sense("singulars"):
        return False
    return any(mark.event == "killed" for mark in marks[:before])


def stands_for_a_thing(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether "one" stands for a thing just named: "the largest one in terms of …"."""
    before = marks[at - 1].low if at else ""
    after = marks[at + 1] if at + 1 < len(marks) else None
    follows = [mark.low for mark in marks[at + 1 : at + 3]]
    if follows == ["of", "a"] or follows[:1] == ["of a"]:
        return True  # pictures: "among them one of a dead child"
    return before.endswith(("est", "ier")) and not (after is not None and after.unit)


def accompanies(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether a person is named beside another one: "чоловік із дружиною"."""
    before = marks[at - 1].low if at > 1 else ""
    return before in {"із", "з", "зі", "с", "со"} and bool(marks[at - 2].sense("singulars"))


def stands_alone(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether "another" or "the other" stands for a person: "another wounded"."""
    after = marks[at + 1 : at + 3]
    if marks[at].low == "the other":
        return at > 0 and marks[at - 1].event == "killed"
    if marks[at].low == "other":
        back = marks[max(0, at - 2) : at]
        return len(back) == 2 and back[1].low == "the" and back[0].event == "killed"
    return bool(after) and (
        (after[0].is_a("over") and marks[at].text.islower())
        or after[0].event in {"killed", "injured"}
        or (after[0].tag == "aux" and after[-1].event in {"killed", "injured"})
    )


def in_relative(marks: Sequence[Mark], at: int) -> bool:
    """Tell whether somebody is whom a clause speaks of: "a man who challenged a soldier was shot".

    What is said behind them is of the person before the clause.
    """
    for back in range(at - 1, max(0, at - RELATIVE), -1):
        if marks[back].tag in {"comma", "semicolon"} or marks[back].event:
            return False
        if marks[back].low in {"who", "that"}:
            person = is_somebody(marks[back - 1])
            between = marks[back + 1 : at]
            verb = any(mark.tag == "word" and mark.low not in ARTICLES for mark in between)
            after = marks[at + 1 : at + 4]
            passive = bool(after) and (after[0].is_a("aux") or after[0].low == "being")
            return person and verb and passive and any(mark.event for mark in after)
    return False


RELATIVE = 9  # marks from "who" to the last person of its clause
