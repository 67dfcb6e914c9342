"""What a document has said so far, and one sentence of it read into marks and frames."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from tally.grammar.chunks import PEOPLE, Chunk, Frame, cut
from tally.grammar.cues import cues, stems
from tally.grammar.draft import Draft
from tally.grammar.explosions import unexplained_in
from tally.grammar.gist import Gist
from tally.grammar.marked import Marked
from tally.grammar.marks import UNVERIFIED, Mark
from tally.grammar.place_runs import of_one_region
from tally.grammar.places import PlaceMark, find_places
from tally.grammar.sides import occupied_in
from tally.grammar.speakers import Speaker
from tally.grammar.telling import PLACE
from tally.grammar.told import NOWHERE, Told
from tally.grammar.voices import Voices
from tally.model import Place, Side
from tally.text import Sentence

HOURS = {"hours", "часов", "часа", "годин", "години"}


@dataclass(slots=True)
class Context:
    """What a document has said so far."""

    marked: Marked
    voices: Voices
    own: Side | None
    leaning: Side | None = None
    day: tuple[dt.date | None, dt.date | None] | None = None
    lead: tuple[dt.date | None, dt.date | None] | None = None
    lead_attack: bool = False
    window: str = ""
    day_paragraph: int = -1
    named_day: tuple[dt.date | None, dt.date | None] | None = None
    span: tuple[dt.date | None, dt.date | None] | None = None
    told: Told = NOWHERE
    struck: Told = NOWHERE
    place_paragraph: int = -1
    attacker: str = ""
    attacker_at: int = -99
    disputed_at: int = -99
    mined_at: int = -99
    frames: list[Frame] = field(default_factory=list)
    earlier: list[Frame] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    list_open: bool = False
    header: Mark | None = None
    joined: bool = False
    origins: bool = False
    weapon: str = ""
    doubted: bool = False
    other_deaths: bool = False
    foreign: bool = False
    peaceful: bool = False
    unexplained: bool = False
    mines: bool = False
    undated: bool = False
    _regions: frozenset[str] | None = None

    @property
    def text(self) -> str:
        """The whole text, cleaned."""
        return self.marked.text

    @property
    def lang(self) -> str:
        """The language of the text."""
        return self.marked.lang

    @property
    def published(self) -> dt.date | None:
        """The day of publication, else the one that the text states."""
        return self.marked.published

    @property
    def place(self) -> Place | None:
        """The place that the text told last, while it holds."""
        return self.told.place

    @property
    def regions(self) -> frozenset[str]:
        """The regions that the whole text names without doubt, read once when a name needs them."""
        if self._regions is None:
            named: list[str] = []
            for number in range(len(self.marked.lines)):
                if self.marked.scene(number) & PLACE:
                    places = find_places(self.marked.marks(number), self.lang)
                    for place in of_one_region(places, named):
                        named += place.admin1
            self._regions = frozenset(named)
        return self._regions

    def may_go_on(self, since: int) -> bool:
        """Tell whether a list is still open, or a figure was told at or after a sentence."""
        told = bool(self.drafts) and self.drafts[-1].sentence >= since
        return bool(self.frames) or self.header is not None or told

    def turn_away(self) -> None:
        """Forget what the text spoke of: it turns to another event."""
        self.voices.fall_silent()
        self.voices.named = []
        self.told = self.struck = NOWHERE
        self.attacker, self.weapon, self.window = "", "", ""
        self.attacker_at = self.mined_at = -99
        self.day, self.lead, self.list_open = None, None, False
        self.frames, self.earlier, self.other_deaths = [], [], False


@dataclass(frozen=True)
class Line:
    """One sentence, read: its marks, places, speakers and whose attack it speaks of.

    What every figure asks of the whole sentence is told once: a sentence may have many figures.
    `counted` are its chunks where it counts anything.
    """

    sentence: Sentence
    number: int
    marks: Sequence[Mark]
    gist: Gist
    places: list[PlaceMark]
    reporting: list[Speaker]
    attackers: list[tuple[int, str]]
    counted: Sequence[Chunk]
    frames: list[Frame]

    @cached_property
    def chunks(self) -> Sequence[Chunk]:
        """Its chunks, cut only when asked for where it counts nothing."""
        return self.counted or cut(self.marks, ())

    @cached_property
    def unverified(self) -> bool:
        """Whether the sentence says that something could not be verified."""
        return bool(self.gist.kinds & UNVERIFIED)

    @cached_property
    def tolls(self) -> frozenset[int]:
        """The marks of its counts of killed and hurt."""
        hurt = [frame.count for frame in self.frames if frame.event in PEOPLE]
        return frozenset(i for count in hurt for i in range(count.first, count.last + 1))

    @cached_property
    def civilians(self) -> bool:
        """Whether it speaks of civilians."""
        units = (mark.sense("units") for mark in self.marks)
        return any(unit is not None and unit.value == "civilian" for unit in units)

    @cached_property
    def loses(self) -> bool:
        """Whether it speaks of somebody who loses."""
        return any(not cues("losing").isdisjoint(word.split()) for word in self.gist.words)

    @cached_property
    def losses(self) -> bool:
        """Whether it speaks of losses."""
        return any(not cues("losses").isdisjoint(word.split()) for word in self.gist.words)

    @cached_property
    def past(self) -> bool:
        """Whether it speaks of all time since something began, not only of things that have."""
        return any(
            mark.sense("markers", "past")
            and not (i and _describes(self.marks[i - 1]))
            and not ranks_it(self.marks[max(0, i - SUPERLATIVE_REACH) : i])
            for i, mark in enumerate(self.marks)
        )

    @cached_property
    def hours(self) -> list[float]:
        """The numbers of hours that it counts: "37 drones in 95 hours"."""
        pairs = pairwise(self.marks)
        return [number.number or 0 for number, noun in pairs if noun.low in HOURS]

    @cached_property
    def occupied(self) -> bool:
        """Whether it is about territory that Russia holds."""
        return occupied_in(self.marks)

    @cached_property
    def unexplained(self) -> bool:
        """Whether it only speaks of explosions, nobody's attack."""
        return unexplained_in(self.marks)


SUPERLATIVE_REACH = 7


def ranks_it(before: Sequence[Mark]) -> bool:
    """Tell whether words only rank an attack: "the deadliest strike since the invasion began"."""
    ranks = [i for i, mark in enumerate(before) if mark.low.startswith(stems("superlative"))]
    return bool(ranks) and all((mark.number or 0) <= 1 for mark in before[ranks[-1] :])


def _describes(mark: Mark) -> bool:
    """Tell whether a word is a participle of many: "замінованих від початку вторгнення ділянок"."""
    return mark.tag == "word" and mark.low.endswith(("их", "ых"))
