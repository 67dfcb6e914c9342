"""What a reader has chosen to look at, and the choices that there are; knows no screen.

Every choice is a value with its words, so that a widget, a notebook parameter and a message
offer the same.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tally.briefing import parse_as_of
from tally.errors import ParameterError
from tally.evidence import touches
from tally.explorer.corpus import Corpus
from tally.language import say, spoken, to_say
from tally.model import KYIV, Claim, Estimate, Metric, published_at
from tally.names import Names
from tally.series import Share
from tally.wording import capital, date_words, grouped, listed, metric_words

OWN, EVERY = "", "every"
WORDS = {
    OWN: to_say("Each side on what struck it"),
    "Ukraine": to_say("Ukraine’s side"),
    "Russia": to_say("Russia’s side"),
    "third_party": to_say("Third parties"),
    "unattributed": to_say("Reports that name no source"),
    EVERY: to_say("Everybody, side by side"),
}
EVERYWHERE, ANYBODY = to_say("Both countries"), to_say("Anybody")
LONGEST = 400
MONTH = dt.timedelta(days=30)
MOST_MOMENTS = 240

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The question: what is counted, when, where, on whose word, as known at which moment.

    `word` is a side, or OWN (the side that was struck), or EVERY; `place` ISO 3166-2 codes
    joined by ";", or the name of a place that no region holds, such as a sea; "" is everything.
    """

    start: dt.date
    end: dt.date
    metric: Metric = Metric.DRONES_INTERCEPTED
    place: str = ""
    word: str = OWN
    claimant: str = ""
    as_of: dt.datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins or is too long to be read."""
        if not 0 <= (self.end - self.start).days < LONGEST:
            message = to_say(
                "{start} to {end} is no span of 1 to {n} days; choose a last day that is not "
                "before the first, or a shorter span."
            )
            start, end = date_words(self.start), date_words(self.end)
            raise ParameterError(say(message, start=start, end=end, n=LONGEST))

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day, both included."""
        return self.start, self.end

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day of the span."""
        length = (self.end - self.start).days + 1
        return tuple(self.start + dt.timedelta(days=n) for n in range(length))

    def holds(self, claim: Claim, corpus: Corpus) -> bool:
        """Tell whether a claim is one that this selection asks for, whatever it was known."""
        return (
            claim.metric == self.metric
            and (not self.place or is_at(claim, self.place, corpus.names))
            and (self.word in (OWN, EVERY) or claim.claimant_side == self.word)
            and (not self.claimant or corpus.caller(claim) == self.claimant)
            and self.spans(claim)
            and self.is_out(claim)
        )

    def spans(self, claim: Claim) -> bool:
        """Tell whether a claim is about a day of the span."""
        return any(touches(claim, day) for day in self.days)

    def is_out(self, claim: Claim) -> bool:
        """Tell whether a claim had been published at the moment chosen."""
        return self.as_of is None or published_at(claim.published) <= self.as_of


def parse_selection(
    corpus: Corpus,
    start: str = "",
    end: str = "",
    metric: str = "",
    place: str = "",
    word: str = "",
    claimant: str = "",
    as_of: str = "",
) -> Selection:
    """Return the selection that notebook parameters ask for; ParameterError lists the choices."""
    first, last = parse_days(corpus.days, start, end)
    return Selection(
        first,
        last,
        Metric(_one("metric", metric or Metric.DRONES_INTERCEPTED, [str(m) for m in Metric])),
        _one("place", place, [key for key, _ in places(corpus.claims, corpus)]),
        _one("word", word, list(WORDS)),
        _one("claimant", claimant, [key for key, _ in claimants(corpus.claims, corpus)]),
        parse_as_of(as_of),
    )


def metrics() -> Choices:
    """Return what can be counted, in words."""
    return tuple((str(metric), capital(metric_words(metric))) for metric in Metric)


def words() -> Choices:
    """Return whose word can be asked for."""
    return tuple((word, capital(say(said))) for word, said in WORDS.items())


def place_key(about: Claim | Estimate | Share, names: Names) -> str:
    """Return what a place is chosen by: the regions that hold it, else its own printed name."""
    return ";".join(sorted(about.admin1)) or names.place(about.place)


def is_at(claim: Claim, place: str, names: Names) -> bool:
    """Tell whether a claim is about a place: within one of its regions, or of that very name."""
    held = not set(place.split(";")).isdisjoint(claim.admin1)
    return held or place_key(claim, names) == place


def places(claims: Iterable[Claim], corpus: Corpus) -> Choices:
    """Return the places that claims are about, by name, with how many claims each has."""
    found: Counter[str] = Counter()
    for claim in claims:
        key = place_key(claim, corpus.names)
        found.update({key, *claim.admin1} - {""})
    named = [(key, capital(place_words(key, corpus)), count) for key, count in found.items()]
    named.sort(key=lambda one: (_country(one[0]), spoken().order(one[1])))
    rows = tuple((key, f"{_country(key)[1]}{name} ({grouped(n)})") for key, name, n in named)
    return (("", say(EVERYWHERE)), *rows)


def place_words(key: str, corpus: Corpus) -> str:
    """Return the name of a place by its key."""
    return listed(place_names(key, corpus))


def place_names(key: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the names of the regions that make a place, or its own."""
    codes = key.split(";")
    if all(code in corpus.names.regions for code in codes):
        return tuple(corpus.names.regions[code] for code in codes)
    return (key,)


def claimants(claims: Iterable[Claim], corpus: Corpus) -> Choices:
    """Return who says something in these claims, those with most claims first."""
    found: Counter[str] = Counter(name for claim in claims if (name := corpus.caller(claim)))
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return (("", say(ANYBODY)), *((name, f"{name} ({grouped(count)})") for name, count in ranked))


def moments(corpus: Corpus) -> tuple[dt.datetime, ...]:
    """Return the moments to step through: each publication, of a long ledger the last of a day."""
    every = corpus.moments
    if len(every) <= MOST_MOMENTS:
        return every
    last = {moment.astimezone(KYIV).date(): moment for moment in every}
    return tuple(last.values())[-MOST_MOMENTS:]


def moment_words(moment: dt.datetime | None) -> str:
    """Name a moment in few letters, on Kyiv's clock; the end of a day is that day.

    >>> moment_words(published_at("2025-05-22")), moment_words(None)
    ('22 May 2025', 'now')
    """
    if moment is None:
        return say("now")
    local = moment.astimezone(KYIV)
    clock = "" if (local.hour, local.minute) == (23, 59) else f", {local:%H:%M}"
    return f"{date_words(local.date())}{clock}"


def parse_days(days: Sequence[dt.date], start: str, end: str) -> tuple[dt.date, dt.date]:
    """Return the days asked for; what is not said is the last month of `days`, the ledger's."""
    if not days:
        msg = "the ledger holds no claim that is about a day; rebuild it with scripts/extract.py."
        raise ParameterError(msg)
    last = _day("end", end) or days[-1]
    near = [day for day in days if last - MONTH <= day <= last]
    return _day("start", start) or (near[0] if near else last), last


def _day(name: str, value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError as error:
        msg = f"{name} {value!r} is not a date; give one such as 2025-05-14."
        raise ParameterError(msg) from error


def _one(name: str, value: str, choices: Iterable[str]) -> str:
    known = list(choices)
    if value in known:
        return value
    shown = ", ".join(repr(choice) for choice in known[:40])
    more = f" and {len(known) - 40} more" if len(known) > 40 else ""
    msg = f"{name} {value!r} is not known here; choose one of {shown}{more}."
    raise ParameterError(msg)


def _country(key: str) -> tuple[int, str]:
    """Order places by country and name it."""
    codes = {code[:3] for code in key.split(";")}
    if codes == {"UA-"}:
        return 0, f"{say('Ukraine')}: "
    return (1, f"{say('Russia')}: ") if codes == {"RU-"} else (2, "")
