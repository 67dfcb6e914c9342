"""The event in a count's own words, the nearest one that can happen to what is counted."""

from collections.abc import Sequence
from itertools import pairwise

from tally.grammar.bare import said_plainly, unit_before
from tally.grammar.chunks import (
    PEOPLE,
    Chunk,
    Frame,
    fits,
    mode_of,
    of_things_unknown,
    tolls_wounds,
)
from tally.grammar.count import Count
from tally.grammar.cues import cues
from tally.grammar.killers import kills
from tally.grammar.marks import Mark
from tally.grammar.plainly import plainly_one
from tally.grammar.striking import destroys, struck
from tally.model import Quantity

WEAK = 12


MEANS = {"by", "through", "with", "using", "засобами", "средствами"}


def own_event(
    count: Count,
    chunk: Chunk,
    at: int,
    marks: Sequence[Mark],
    frames: Sequence[Frame],
    before: Sequence[Frame],
    weapon: str,
) -> Frame | None:
    """Take the nearest event of the count's own chunk that can happen to what is counted."""
    if _of_which_nothing(count, marks):
        return None
    best = _nearest_event(count, chunk, marks) if chunk.events else None
    if best is None or _not_its_own(best, count, chunk, marks, frames):
        return None
    event = struck(count, best, marks) or marks[best].event
    near = frames if event in {"launched", "hit"} else frames or before
    near = before if not frames and said_plainly(count, best, marks) else near
    goes_on = count.part or (event not in PEOPLE and said_plainly(count, best, marks))
    unit = count.unit or (
        "person" if event in PEOPLE else unit_before(count, near, marks, weapon if goes_on else "")
    )
    if unit in {"drone", "missile"} and destroys(count, best, marks):
        return Frame(count, "hit", "", best, "what destroyed something hit it", at, unit)
    if not unit or (count.implied and not plainly_one(count, best, event, marks)):
        return None
    return Frame(count, event, mode_of(marks[best]), best, f"{event} in chunk", at, unit)


def _of_which_nothing(count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether "one of which" has no weapon before it: "fired shots, one of which hit"."""
    which = any(mark.low.endswith("which") for mark in marks[count.last + 1 : count.last + 3])
    weapon = any(m.unit in {"drone", "missile"} for m in marks[: count.first])
    return which and not count.unit and not weapon


def _only_suffered(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether something was suffered, not people hurt: "suffered 1,000 casualties"."""
    if marks[i].low != "suffered":
        return False
    losses = any(mark.event == "mixed" for mark in marks[i + 1 : i + 4])
    return losses or count.unit != "person" or count.first > i


def _nearest_event(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> int | None:
    """Return the mark of the event that costs least to reach, or None."""
    best: tuple[int, int] | None = None
    dead = (count.implied or count.quantity == ONE) and _died(chunk, marks)
    found = any(marks[i].low in cues("bodies") for i in chunk.events)
    told = any(marks[i].low in AS_WHAT for i in chunk.events)
    for i in sorted(chunk.events, key=lambda i: abs(i - count.first)):
        if best is not None and abs(i - count.first) - (count.last - count.first) > best[0]:
            break
        if not fits(marks[i].event, count.unit) or (dead and marks[i].event == "injured"):
            continue
        if _of_somebody(i, count, marks) or _only_lost(i, count, marks):
            continue
        if _of_number_before(i, count, chunk, marks):
            continue
        if (found or told) and marks[i].event == "mixed":
            continue  # bodies, not people, were pulled from the rubble; "lost 120, all killed"
        if (
            _of_another(i, count, marks)
            or kills(i, count, marks)
            or _only_fired(i, count, chunk, marks)
            or _only_suffered(i, count, marks)
        ):
            continue
        cost = _distance(i, count, marks) + (WEAK if mode_of(marks[i]) == "weak" else 0)
        if (best is None or (cost, i) < best) and not _taken(i, count, chunk, marks):
            best = cost, i
    return _disarmed(best, chunk, marks)[1] if best is not None else None


ONE = Quantity(1, 1)


def _only_lost(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a side lost the people whose end follows the number: "lost around 60 dead"."""
    after = marks[count.last + 1 : count.last + 2]
    told = bool(after) and after[0].event in PEOPLE and not count.unit
    return told and i < count.first and marks[i].event == "lost"


def _of_number_before(i: int, count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether an event is of the number before it: the first of "4 dead 22 wounded"."""
    behind = count.last + 1 < len(marks) and count.last + 1 in chunk.events
    own = behind and fits(marks[count.last + 1].event, count.unit)
    return own and any(c.last + 1 == i < count.first for c in chunk.counts)


def _of_somebody(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether a hurt person is only whose something is: "с именем погибшего военкора".

    A body is told so, and whom somebody found: "тіло загиблого", "знайшли пораненого чоловіка".
    """
    word = marks[i].low
    if not count.implied or not 0 < i < count.first or not word.endswith(("ого", "его")):
        return False
    owner = marks[i - 1]
    thing = owner.tag == "word" and not owner.senses and owner.text.islower()
    thing = thing or owner.sense("markers", "accident") is not None
    return thing and not owner.low.endswith(FINITE) and not _body(owner)


def _body(mark: Mark) -> bool:
    return mark.low in cues("bodies") or mark.low.startswith(("тіл", "тел"))


FINITE = ("ли", "ла", "в", "л", "но", "то", "ть", "ет", "ит", "ют", "ят", "є", "є", "уть", "ти")


def _only_fired(i: int, count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether an event is only how weapons came: "a missile fired at the city".

    So it is within what is counted: "збито 60 запущених ворогом дронів".
    """
    came = (count.implied and i > count.last) or count.first < i <= count.last
    came |= i == count.last + 1 and _stopped_before(count, chunk, marks)
    if not came or marks[i].event != "launched":
        return False
    return any(marks[at].event in {"intercepted", "hit", "lost"} for at in chunk.events)


def _stopped_before(count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether a verb before says what became of weapons: "downed overnight 20 launched at"."""
    own = [at for at in chunk.events if at < count.first and marks[at].event == "intercepted"]
    return bool(own) and not any(own[-1] < c.first < count.first for c in chunk.counts)


def _not_its_own(
    i: int, count: Count, chunk: Chunk, marks: Sequence[Mark], frames: Sequence[Frame]
) -> bool:
    """Tell whether an event near a count is not what happened to it."""
    event, mode = marks[i].event, mode_of(marks[i])
    if mode == "damage" and not destroys(count, i, marks):
        return True
    if count.implied and event == "hit" and marks[i].low.endswith(IMPERSONAL):
        return True  # "БпЛА … було уражено будинок": what was struck is named behind
    if count.implied and mode in NUMBERED:
        return True
    if count.implied and (_supposed(chunk, i, marks) or (chunk.negated and event != "lost")):
        return True
    last = frames[-1].event if frames else ""
    if event == "launched" and last == "intercepted" and _in_which(i, count, marks):
        return True
    if mode == "weak" and last == "intercepted" and (chunk.part or count.part):
        return True
    if count.unit:
        return False
    if event not in PEOPLE and of_things_unknown(count, marks):
        return True
    wound = i == count.last + 1 and mode == "wound" and not count.more
    wound = wound and not tolls_wounds(marks, i)
    aside = wound or _of_unknown(count, i, marks)
    return aside or (event in {"launched", "hit"} and last in PEOPLE)


IMPERSONAL = ("ено", "єно")
# "Не стало актора" is seldom the war's doing, and a drone that "reached Kazan" hit nothing there.
NUMBERED = {"many", "arrived"}


def _in_which(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether an attack is only when it was: "downed 42 drones, one missile in attacks"."""
    between = marks[count.last + 1 : i]
    told = bool(between) and between[0].low in cues("circumstance")
    return told and all(mark.sense("units", "mod") or mark.tag == "word" for mark in between[1:])


def _of_unknown(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a bare number counts an unknown noun: "2 знищених «Сонцепьоки»"."""
    if i != count.last + 1 or marks[i].event in PEOPLE or not marks[i].text.endswith(PARTICIPLE):
        return False
    after = [mark for mark in marks[i + 1 : i + 3] if mark.tag != "quote"]
    return bool(after) and after[0].tag == "word"


PARTICIPLE = ("их", "ых")


def _supposed(chunk: Chunk, event: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a death is only imagined or feared: "если человек …", "опасность гибели"."""
    if chunk.opener == "sub" and marks[chunk.first - 1].low in {"если", "якщо", "if"}:
        return True
    before = marks[max(chunk.first, event - 3) : event]
    return any(mark.low.startswith(FEARED) for mark in before)


FEARED = ("опасност", "угроз", "риск", "небезпек", "загроз", "ризик", "risk", "threat", "danger")


def _died(chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether somebody wounded died: "скончался раненый мужчина" is one killed."""
    if not any(marks[i].event == "killed" for i in chunk.events):
        return False
    beside = all(after.first - one.last == 1 for one, after in pairwise(chunk.counts))
    return beside and all(count.quantity == ONE for count in chunk.counts)


def _disarmed(best: tuple[int, int], chunk: Chunk, marks: Sequence[Mark]) -> tuple[int, int]:
    """Let the means decide: what is "stopped by electronic warfare" is lost, not shot down."""
    means = [i for i in chunk.events if best[1] < i <= best[1] + 2 and marks[i].event == "lost"]
    by = means and bool(MEANS & {*marks[means[0]].low.split(), marks[means[0] - 1].text})
    return (best[0], means[0]) if by and marks[best[1]].event == "intercepted" else best


def _taken(i: int, count: Count, chunk: Chunk, marks: Sequence[Mark]) -> bool:
    """Tell whether another count of the chunk stands between this one and the event."""
    low, high = sorted((i, count.first))
    between = [
        c for c in chunk.counts if c is not count and low < c.first < high and c.unit != "other"
    ]
    told = marks[count.last + 1 : between[0].first] if between else ()
    if any(mark.low in cues("among") for mark in told):
        return False  # "five children were among 22 people wounded"
    described = {at for c in chunk.counts for at in range(c.first, c.last + 1)}
    others = [at for at in chunk.events if at not in described]  # "120 запущених дронів"
    return any(fits(marks[i].event, c.unit) for c in between) and len(others) > 1


def _of_another(i: int, count: Count, marks: Sequence[Mark]) -> bool:
    """Tell whether an event belongs to the noun after it: "дівчина загиблого воїна"."""
    if _told_to(count, i, marks):
        return True
    word = marks[i].low
    following = marks[i + 1] if i + 1 < len(marks) else None
    if i <= count.last or following is None:
        return False
    if word.startswith(DEATH) and (following.unit == "person" or count.implied):
        return True
    if word in {"death", "deaths"} and following.low == "of":
        return True  # "a soldier said it caused the death of many"
    if word == "body" and any(m.sense("markers", "outof") for m in marks[count.last + 1 : i]):
        return True  # "five members of the body"
    whose = i == count.last + 1 and count.mods and following.unit == "person"
    if whose and word.endswith(("их", "ых")):
        return True  # "300 дітей загиблих захисників"
    noun = following.unit == "person" or (following.tag == "word" and following.text.islower())
    return count.implied and word.endswith(("ого", "их", "ої", "ой")) and noun


def _told_to(count: Count, i: int, marks: Sequence[Mark]) -> bool:
    """Tell whether a death is what somebody is told of: "дитині повідомили про загибель батька"."""
    between = marks[count.last + 1 : i]
    return any(mark.low in {"про", "о", "об"} for mark in between[-1:])


AS_WHAT = {
    "убитыми", "погибшими", "ранеными", "убитими", "вбитими", "загиблими", "пораненими",
}  # fmt: skip
DEATH = ("загибел", "гибел", "смерт")


def _distance(i: int, count: Count, marks: Sequence[Mark]) -> int:
    """Return how far the event stands from the count; a participle after its noun is nearest."""
    if i > count.last:
        steps = i - count.last
        return (
            steps * 2
            if steps > 1 and not any(m.tag == "aux" for m in marks[count.last : i])
            else steps
        )
    if i >= count.first:
        return 0
    if all(m.sense("markers", "all") or m.low == "the" for m in marks[i + 1 : count.first]):
        return 1  # "shot down all 12 drones launched at it"
    return (count.first - i) * 2 - 1
