"""The speakers of a document so far, and whom a bare title, a body or a pronoun of it means."""

from dataclasses import dataclass, field

from tally.grammar.sides import CRIMEA, HOME, OCCUPIED
from tally.grammar.speakers import Speaker
from tally.grammar.told import NOWHERE, Told
from tally.model import OPPONENT, Side

BODY = {
    "ministry": {"ministry"}, "міністерство": {"ministry"}, "министерство": {"ministry"},
    "governor": {"governor"}, "губернатор": {"governor"},
    "mayor": {"mayor"}, "мер": {"mayor"}, "мэр": {"mayor"},
    "ведомство": {"ministry", "emergency"}, "ведомстве": {"ministry", "emergency"},
    "відомство": {"ministry", "emergency", "army"},
    "military": {"army"}, "service": {"emergency"}, "police": {"police"},
}  # fmt: skip


STATE = {"army", "ministry", "emergency", "police", "prosecutor", "president"}


LOCAL = {"governor", "mayor", "emergency", "police", "prosecutor"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. `distance` counts the sentences since the speaker was named."""

    claimant: str
    side: Side
    admin1: tuple[str, ...] = ()
    distance: int = 0
    kind: str = ""


NOBODY = Attribution("", "unattributed")


@dataclass(slots=True)
class Voices:
    """The speakers of a document so far; `issuer` asserts whatever nobody else does.

    `story` is whom the text names as the source of all it tells: "Про це повідомив X", "Джерело:".
    """

    lang: str
    issuer: Attribution = NOBODY
    current: Attribution = NOBODY
    story: Attribution = NOBODY
    story_at: int = -99
    sentence: int = 0
    said_at: int = -99
    said_in: int = -1
    topic: str = ""
    places: set[str] = field(default_factory=set)
    told: Told = NOWHERE
    nationwide: bool = False
    others: bool = False
    stranger: bool = False
    only_acts: bool = False
    acted: bool = False
    bare: bool = False
    quoted_in: int = -1
    quotes: bool = False
    inside: bool = False
    quoted: Attribution = NOBODY
    quoted_at: int = -99
    pronoun: str = ""
    person: Speaker | None = None
    person_at: int = -99
    named: list[Speaker] = field(default_factory=list)
    heard: list[Speaker] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)

    @property
    def here(self) -> set[str]:
        """The regions where the sentence is."""
        place = self.told.place
        return set(place.admin1) if place is not None else set()

    def fall_silent(self) -> None:
        """Let nobody speak on: another story or another event begins."""
        self.current = self.story = NOBODY
        self.said_at = -99


def resolved(speaker: Speaker, voices: Voices) -> Attribution:
    """Give a bare title ("the governor") its earlier name; a body without a side the text's."""
    if not speaker.name and not speaker.text.lower().endswith(SEVERAL):
        for earlier in reversed(voices.named):
            elsewhere = voices.here and earlier.admin1 and not voices.here & set(earlier.admin1)
            others = speaker.side and earlier.side and speaker.side != earlier.side
            held = earlier.name and _holds(earlier, speaker, voices)
            if held and not (elsewhere or others):
                return Attribution(
                    earlier.text, earlier.side or "unattributed", earlier.admin1, 0, earlier.kind
                )
    if speaker.name == "The outlet":
        return Attribution("", "unattributed", (), 0, "media")
    return Attribution(
        speaker.text,
        speaker.side or _side_of_text(speaker, voices),
        speaker.admin1,
        0,
        speaker.kind,
    )


def _holds(named: Speaker, title: Speaker, voices: Voices) -> bool:
    """Tell whether who was named can hold an office, also where Russia installed them."""
    if (named.kind, title.kind) != ("occupation", "governor"):
        return named.kind == title.kind
    speaks = voices.sentence - voices.said_at <= STILL and voices.current.claimant == named.text
    return bool(voices.here & set(named.admin1)) or (speaks and not voices.here)


STILL = 2  # sentences in which who spoke last is meant by a title


HELD = CRIMEA | {"UA-09"}  # wholly under Russia
SEVERAL = ("governors", "губернаторы")


def _side_of_text(speaker: Speaker, voices: Voices) -> Side:
    """Return the side of a body named without its country ("Минобороны", "the governor")."""
    here = set(speaker.admin1) or voices.here
    if here and here <= CRIMEA and speaker.kind in LOCAL and voices.lang == "en":
        return "Russia"
    countries = {code[:2] for code in here - CRIMEA}
    if len(countries) == 1 and speaker.kind in {*LOCAL, "official"}:
        if voices.lang == "ru" and here <= HELD:
            return "Russia"
        if here & OCCUPIED and voices.lang != "uk":
            return "unattributed"  # whose attack it was will tell who holds the place
        return "Ukraine" if countries == {"UA"} else "Russia"
    for earlier in reversed(voices.named):
        elsewhere = voices.here and earlier.admin1 and not voices.here & set(earlier.admin1)
        state = earlier.name in OPPONENT  # "Moscow says"; other officials may be of either
        alike = earlier.kind == speaker.kind and not state
        if alike and earlier.side in {"Ukraine", "Russia"} and not elsewhere:
            return earlier.side
    if len(countries) == 1:
        return "Ukraine" if countries == {"UA"} else "Russia"
    if speaker.kind in STATE and voices.lang in HOME:
        return HOME[voices.lang]
    return "unattributed"


def bare_body(noun: str) -> Attribution:
    """Return a body that the text names nowhere: what it reports will tell whose it is."""
    return Attribution(noun, "unattributed", kind=min(BODY[noun]))


def meant(pronoun: str, voices: Voices) -> Attribution:
    """Return whom "the ministry" or "he" means: the last such body, else the last speaker."""
    kinds = BODY.get(pronoun)
    if kinds and voices.current.kind not in kinds:
        for earlier in reversed(voices.named):
            if earlier.kind in kinds and earlier.side:
                return Attribution(earlier.text, earlier.side, earlier.admin1, 0, earlier.kind)
        if voices.current.kind == "media":
            return bare_body(pronoun)
    return voices.current
