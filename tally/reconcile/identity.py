"""Who speaks and what place is meant, whatever language a document says it in.

Names come from the vocabulary's speakers and gazetteer; what is not there is compared by its
consonants, so that Boryspil and Бориспільський meet. It compares names, never numbers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from tally import vocabulary
from tally.language import say, spoken
from tally.model import TOLLS, Claim
from tally.name_tables import plain, seas
from tally.names import ENGLISH, LANGUAGES, Names, load_names

MOSCOW = ("RU-MOS", "RU-MOW")
OFFICIALS = "officials"

BODIES = (
    ("air force", r"air force|повітрян|воздушн|воздушные силы"),
    ("general staff", r"general staff|генштаб|генеральн\w+ штаб"),
    ("national guard", r"national guard|національн\w+ гварді|нацгварді|национальн\w+ гварди"),
    ("emergency service", r"emergency|rescue|дснс|гсчс|мчс|чрезвычайн|надзвичайн"),
    ("prosecutors", r"prosecut|прокуратур"),
    ("police", r"police|поліці|полици"),
    ("investigators", r"investigative committee|следственн\w+ комитет|слідч\w+ комітет"),
    ("administration", r"administration|\bова\b|\bмва\b|\bмва\b|адміністрац|администрац|governor"),
    ("ministry of defence", r"defen[cs]e|оборон"),
)
GENERAL = re.compile(r"official|authorit|власт|влад|military\b|armed forces", re.IGNORECASE)
UNITS = re.compile(
    r"\b(region|oblast|district|raion|community|hromada|city|town|village|settlement|republic|krai"
    r"|county|municipality|province|the|of|область|області|областю|області|областью|области"
    r"|областей|областями|район\w*|громад\w*|общин\w*|округ\w*|республик\w*|кра[йяюе]|м|г|с|смт"
    r"|місто|місті|город\w*)\b",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(region|oblast|krai|republic|област\w+|кра[йяюе]|республик\w+)\b|щин[аиіуы]")
DISTRICT = re.compile(r"district|raion|район|округ")
COMMUNITY = re.compile(r"громад|общин|hromada|communit")
RAION = "raion"
AROUND = " district"  # the land around a town and the town of its name are two places
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьыъэюяё"
ROMAN = "a b v h h d e e zh z y i i i k l m n o p r s t u f h ts ch sh sh _ y _ e u a e"
LATIN = dict(zip(CYRILLIC, ROMAN.split(), strict=True))
ENDING = re.compile(
    r"(?<=\w\w)(sk(y|yy|yi|oi|a|oho|omu|omy|im|ym|om|u|ii|iy|aia|uu|e|i|yh|ih)?|ah|iah|ami)$"
)


@dataclass(frozen=True, slots=True, order=True)
class Locality:
    """A place to compare: whole units, one settlement or district in them, or a sea."""

    admin1: tuple[str, ...] = ()
    spot: str = ""


@cache
def names(lang: str = ENGLISH) -> Names:
    """Return the lookups of the vocabulary, read once; keys are English, whatever is spoken."""
    return load_names(lang)


def speaker(claim: Claim) -> str:
    """Return a key for who asserts a claim; "" where only media do.

    Copies through many outlets have one key; a governor and the administration that he heads too.
    """
    if claim.claimant_side == "unattributed":
        return ""
    return _speaker(claim.claimant, claim.claimant_side, claim.admin1)


def is_national(who: str) -> bool:
    """Tell whether a speaker's key is a body of the whole country, whose counts are final."""
    return who.startswith(("Ukraine ", "Russia "))


def called(claim: Claim) -> str:
    """Return how the claimant is called in a sentence, the publisher's word if nobody is named."""
    if not claim.claimant:
        return say("an unsourced report")
    return _called(spoken().code, claim.claimant, claim.claimant_side)


@lru_cache(maxsize=1 << 14)
def _called(lang: str, claimant: str, side: str) -> str:
    return names(lang).printed(claimant, side)


def locality(claim: Claim) -> Locality:
    """Return the place of a claim as a key; a bare "Bryansk" of drones means the region."""
    return _locality(claim.place, claim.admin1, claim.metric in TOLLS)


@cache
def _governors() -> dict[str, str]:
    return {
        row["name"]: row["admin1"]
        for row in vocabulary.rows("speakers")
        if row["kind"] in {"governor", "administration"} and row["admin1"]
    }


@cache
def _united_nations() -> frozenset[str]:
    """Return the names of the one organisation and of its bodies: they count together."""
    return frozenset(row["name"] for row in vocabulary.rows("speakers") if row["kind"] == "un")


@cache
def _region_forms() -> dict[str, frozenset[str]]:
    """Return every way a region is written, its bare adjective in a list of regions included."""
    columns = [f"{kind}_{lang}" for kind in ("forms", "adjectives") for lang in LANGUAGES]
    return {
        row["admin1"]: frozenset(
            plain(form) for column in columns for form in (row.get(column) or "").split("|") if form
        )
        for row in vocabulary.rows("regions")
    }


@cache
def _spots() -> dict[tuple[str, tuple[str, ...]], str]:
    """Return the settlement or district that a form means in its region, by one name for all.

    A bare adjective of a district means it, where no settlement is called so.
    """
    found: dict[tuple[str, tuple[str, ...]], str] = {}
    rows = list(vocabulary.rows("settlements"))
    for row in rows:
        for form in _forms(row, "forms"):
            found[plain(form), (row["admin1"],)] = _spot(row)
    for row in rows:
        for form in _forms(row, "adjectives") if row["kind"] == RAION else ():
            found.setdefault((plain(form), (row["admin1"],)), _spot(row))
    return found


def _spot(row: Mapping[str, str]) -> str:
    return f"{skeleton(row['name_en'])}{AROUND if row['kind'] == RAION else ''}"


def _forms(row: Mapping[str, str], kind: str) -> Iterator[str]:
    columns = (f"{kind}_{lang}" for lang in LANGUAGES)
    return (form for column in columns for form in (row.get(column) or "").split("|") if form)


@cache
def _speaker(claimant: str, side: str, admin1: tuple[str, ...]) -> str:
    name = names().claimant(claimant, side)
    if name in _governors():
        return f"administration {_governors()[name]}"
    if name in _united_nations():
        return "united nations"
    words = name.casefold()
    body = next((key for key, pattern in BODIES if re.search(pattern, words)), "")
    person = _surname(name)
    if person and body in {"", "administration"}:
        known = names().claimant(person, side)
        region = _governors().get(known, "")
        return f"administration {region}" if region else skeleton(person)
    if body == "administration":
        return f"administration {';'.join(admin1)}"
    if body:
        return f"{side} {body}"
    return OFFICIALS if GENERAL.search(words) or not claimant else skeleton(name)


def _surname(name: str) -> str:
    """Return the surname in "the governor, Mykola Kalashnyk"; "" for a body."""
    words = name.replace(",", " ").split()
    capitals = [word for word in words if word[:1].isupper() and not word.isupper()]
    two = len(words) > 1 and words[-2:] == capitals[-2:]
    bodily = any(re.search(pattern, name.casefold()) for _, pattern in BODIES[:-2])
    institutional = re.search(r"(?i)administration|адм[иі]н|ministry|ministerstvo|ова\b", name)
    return words[-1] if two and not bodily and not institutional else ""


@cache
def _locality(place: str, admin1: tuple[str, ...], of_people: bool) -> Locality:
    if not of_people and admin1 and set(admin1) <= set(MOSCOW):
        return Locality(MOSCOW)
    if not place:
        return Locality(tuple(sorted(admin1)))
    if len(admin1) > 1 or _is_whole(place, admin1, of_people):
        return Locality(tuple(sorted(admin1)))
    known = (
        _spots().get((plain(place), admin1)) if admin1 else skeleton(seas().get(plain(place), ""))
    )
    return Locality(admin1, spot_of(place, known))


def spot_of(place: str, known: str | None = None) -> str:
    """Return the key of a settlement, or of the land around one, by its known name or its own."""
    if known:
        return known
    spot = skeleton(place) or plain(place)
    return f"{spot}{AROUND}" if DISTRICT.search(place.casefold()) else spot


def _is_whole(place: str, admin1: tuple[str, ...], of_people: bool) -> bool:
    if not admin1:
        return False
    region = names().regions.get(admin1[0], "")
    lowered = place.casefold()
    city = not UNITS.search(region) or admin1[0] in {"UA-30", "UA-40", "RU-MOW", "RU-SPE"}
    # Of people "в Курську" is the city; in a list of drones it is short for the region.
    own = of_people and not city and (plain(place), admin1) in _spots()
    if WHOLE.search(lowered) or (plain(place) in _region_forms().get(admin1[0], ()) and not own):
        return True
    district = DISTRICT.search(lowered) or COMMUNITY.search(lowered)
    same = skeleton(place) == skeleton(region) or lowered in {"capital", "the capital"}
    return not district and same and (city or not of_people)


@cache
def skeleton(name: str) -> str:
    """Return what is left of a name without its case, script, endings and vowels.

    >>> skeleton("Шостки"), skeleton("Shostka hromada")
    ('shstk', 'shstk')
    >>> skeleton("Бориспільському районі"), skeleton("Boryspil district")
    ('brspl', 'brspl')
    """
    words = re.sub(r"['’\u02bc`-]", "", UNITS.sub(" ", name.casefold())).split()
    latin = "".join(LATIN.get(letter, letter) for letter in " ".join(words))
    bare = " ".join(ENDING.sub("", word) or word for word in latin.replace("_", "").split())
    folded = bare.replace("kh", "h").replace("g", "h").replace("w", "v").replace("tz", "ts")
    return re.sub(r"[aeiouyj'\W_]", "", folded)
