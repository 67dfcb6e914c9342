"""Briefings in Ukrainian: numerals, hedges, cases, dates, sentences, and no English left over."""

import ast
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_briefing import shown
from sample_night import CLAIMS, sample_night

from tally import (
    audit_chapters,
    audit_tables,
    audit_words,
    blocks,
    briefing,
    chapters,
    hurt,
    imprint,
    prose,
    region_chapters,
    region_tables,
    region_words,
    review,
    review_tables,
    unread_words,
)
from tally.annex import evidence, who_words
from tally.blocks import Block
from tally.day_words import days_words, span_words
from tally.documents import load_documents
from tally.errors import ParameterError
from tally.evidence import Count, Night, Voice, gather
from tally.language import say, speak, speaking, spoken
from tally.language.catalogue import load_catalogue
from tally.language.messages import parse
from tally.language.ukrainian import Ukrainian, declined
from tally.ledger import load_ledger
from tally.mapping import tile_map
from tally.model import KYIV, Metric
from tally.moved import moved
from tally.names import load_letters, load_names
from tally.reconcile import moved_on, reconcile
from tally.render.html import page_html
from tally.render.page import read_page
from tally.render.pdf import page_pdf
from tally.review_regions import side_by_side
from tally.rulings import load_rulings
from tally.series import Bar, bars, split
from tally.span import review as review_span
from tally.tolls import toll_sum
from tally.wording import (
    date_words,
    known_words,
    night_words,
    sign,
    window_words,
    words,
)

ROOT = Path(__file__).parent.parent
CATALOGUE = load_catalogue(ROOT / "tally" / "language" / "uk.po")
SAYING = ("say", "tell", "to_say")
# Slots that only another language than English needs.
MORE_SLOTS = {"claimant", "country"}
NIGHT = dt.date(2025, 5, 21)
LATIN = re.compile("[A-Za-z]{2,}")


@pytest.fixture
def ukrainian() -> Iterator[None]:
    with speaking("uk"):
        yield


# The catalogue


def messages() -> dict[str, str]:
    """Return every message of the package, and where it is said."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tally").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in SAYING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, f"{path.relative_to(ROOT)}:{node.lineno}")
            elif name in SAYING:
                assert not isinstance(first, ast.JoinedStr), f"{path}:{node.lineno}: use slots"
    return found


MESSAGES = messages()


def test_every_message_has_its_translation() -> None:
    missing = [f'# {at}\nmsgid "{text}"' for text, at in MESSAGES.items() if text not in CATALOGUE]
    assert not missing, "add to tally/language/uk.po:\n" + "\n".join(missing)


def test_nothing_is_translated_that_nobody_says() -> None:
    assert not CATALOGUE.keys() - MESSAGES.keys()


def slots(message: str) -> set[str]:
    return {name for _, name, _, _ in parse(message) if name is not None}


def test_slots_and_forms() -> None:
    for message, said in CATALOGUE.items():
        check_translation(message, said)


def check_translation(message: str, said: str) -> None:
    assert slots(said) <= slots(message) | MORE_SLOTS
    for text, forms in ((message, {2}), (said, {3, 4})):
        for _, _, spec, capital in parse(text):
            assert capital in (None, "c")
            assert "|" not in spec or len(spec.split("|")) in forms, text
    assert not re.search("[ыэъёЫЭЪЁ]", said), "that is Russian"
    assert message.endswith(" ") == said.endswith(" ")
    assert not message.startswith(" ") or said[0] in " ,;"


# Numerals and hedges

PEOPLE = [
    # n -> English, Ukrainian
    (0, "none killed", "убито 0 людей"),
    (1, "1 killed", "убито 1 людину"),
    (2, "2 killed", "убито 2 людей"),
    (5, "5 killed", "убито 5 людей"),
    (11, "11 killed", "убито 11 людей"),
    (21, "21 killed", "убито 21 людину"),
    (22, "22 killed", "убито 22 людей"),
    (25, "25 killed", "убито 25 людей"),
    (101, "101 killed", "убито 101 людину"),
    (112, "112 killed", "убито 112 людей"),
]


@pytest.mark.parametrize(("n", "english", "ukrainian"), PEOPLE)
def test_people(n: int, english: str, ukrainian: str) -> None:
    for code, said in (("en", english), ("uk", ukrainian)):
        with speaking(code):
            assert say(prose.PEOPLE[Metric.KILLED], number=Count(n, n)) == said


DRONES = [
    # low, high, hedge -> English, Ukrainian: what a side says of Russian drones
    (0, 0, "exact", "none Russian drones were", "0 російських безпілотників"),
    (1, 1, "exact", "1 Russian drone was", "1 російський безпілотник"),
    (2, 2, "exact", "2 Russian drones were", "2 російські безпілотники"),
    (5, 5, "exact", "5 Russian drones were", "5 російських безпілотників"),
    (11, 11, "exact", "11 Russian drones were", "11 російських безпілотників"),
    (21, 21, "exact", "21 Russian drones were", "21 російський безпілотник"),
    (22, 22, "exact", "22 Russian drones were", "22 російські безпілотники"),
    (25, 25, "exact", "25 Russian drones were", "25 російських безпілотників"),
    (101, 101, "exact", "101 Russian drones were", "101 російський безпілотник"),
    (112, 112, "exact", "112 Russian drones were", "112 російських безпілотників"),
    (1177, 1177, "exact", "1,177 Russian drones were",
     "1\N{NARROW NO-BREAK SPACE}177 російських безпілотників"),
    (21, None, "at_least", "at least 21 Russian drones were",
     "щонайменше 21 російський безпілотник"),
    (22, None, "at_least", "at least 22 Russian drones were",
     "щонайменше 22 російські безпілотники"),
    (1, None, "at_least", "at least 1 Russian drone was", "щонайменше 1 російський безпілотник"),
    (101, None, "more_than", "more than 101 Russian drones were",
     "понад 101 російський безпілотник"),
    (300, None, "more_than", "more than 300 Russian drones were",
     "понад 300 російських безпілотників"),
    (None, 21, "at_most", "up to 21 Russian drones were", "до 21 російського безпілотника"),
    (None, 22, "at_most", "up to 22 Russian drones were", "до 22 російських безпілотників"),
    (None, 70, "at_most", "up to 70 Russian drones were", "до 70 російських безпілотників"),
    (None, 21, "less_than", "fewer than 21 Russian drones were",
     "менш ніж 21 російський безпілотник"),
    (None, 25, "less_than", "fewer than 25 Russian drones were",
     "менш ніж 25 російських безпілотників"),
    (101, 101, "about", "about 101 Russian drones were", "близько 101 російського безпілотника"),
    (2, 2, "about", "about 2 Russian drones were", "близько 2 російських безпілотників"),
    (5, 22, "range", "5 to 22 Russian drones were", "від 5 до 22 російських безпілотників"),
    (5, 21, "range", "5 to 21 Russian drones were", "від 5 до 21 російського безпілотника"),
]  # fmt: skip


@pytest.mark.parametrize(("low", "high", "hedge", "english", "ukrainian"), DRONES)
def test_drones_and_hedges(low, high, hedge, english: str, ukrainian: str) -> None:
    bar = Bar(
        "Russia", "drones", "Ukraine", Voice("", "Ukraine"), "", None, Count(low, high, hedge), ()
    )
    assert prose.bar_title(bar) == f"Ukrainian officials say {english} stopped"
    with speaking("uk"):
        assert prose.bar_title(bar) == f"за даними української влади, знешкоджено {ukrainian}"


@given(st.integers(0, 10**6))
def test_the_plural_depends_on_the_last_two_digits(n: int) -> None:
    form = Ukrainian().form(n, ("one", "few", "many"))
    assert form == Ukrainian().form(n % 100 + 100, ("one", "few", "many"))
    teens = 11 <= n % 100 <= 14
    assert (form == "one") == (n % 10 == 1 and not teens)
    assert (form == "few") == (n % 10 in (2, 3, 4) and not teens)


SIGNS = [
    (Count(0, 0), "жодного", "0"),
    (Count(23, None, "at_least"), "≥ 23", "щонайменше 23"),
    (Count(1177, 1548, "range"), "1\u202f177–1\u202f548", "від 1\u202f177 до 1\u202f548"),
    (Count(300, 300, "about"), "~300", "близько 300"),
    (Count(None, None), "—", "невказана кількість"),
]


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(("count", "shown", "said"), SIGNS)
def test_signs(count: Count, shown: str, said: str) -> None:
    assert (sign(count), words(count)) == (shown, said)


# Names and dates

ACCORDING = [
    ("Повітряні сили ЗСУ", "за даними Повітряних сил ЗСУ"),
    ("Міноборони Росії", "за даними Міноборони Росії"),
    ("українська влада", "за даними української влади"),
    ("російська влада", "за даними російської влади"),
    ("Олег Кіпер", "за словами Олега Кіпера"),
    ("Наталя Гуменюк", "за словами Наталі Гуменюк"),
    ("В’ячеслав Гладков", "за словами В’ячеслава Гладкова"),
    ("губернатор Олег Синєгубов", "за словами губернатора Олега Синєгубова"),
    (
        "виконувач обов’язків мера Артем Кобзар",
        "за словами виконувача обов’язків мера Артема Кобзара",
    ),
    ("голова області Serhiy Nobody", "за словами голови області Serhiy Nobody"),
    ("повідомлення без названого джерела", "за повідомленнями без названого джерела"),
    ("A Paper", "як повідомляє A Paper"),
    (
        "Сумська обласна військова адміністрація",
        "за даними Сумської обласної військової адміністрації",
    ),
    ("Київська міська рада", "як повідомляє Київська міська рада"),
]


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(("name", "phrase"), ACCORDING)
def test_who_says_so(name: str, phrase: str) -> None:
    assert spoken().case(name, "according") == phrase


TOGETHER = [
    (("ДСНС України",), "за даними ДСНС України"),
    (("ДСНС України", "Олег Кіпер"), "за даними ДСНС України і за словами Олега Кіпера"),
    (("ДСНС України", "місцева влада"), "за даними ДСНС України і місцевої влади"),
    (
        ("ДСНС України", "повідомлення без названого джерела", "місцева влада"),
        "за даними ДСНС України і місцевої влади та за повідомленнями без названого джерела",
    ),
    (("A Paper", "A Page"), "як повідомляє A Paper і як повідомляє A Page"),
]


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(("names", "phrase"), TOGETHER)
def test_who_say_so_together(names: tuple[str, ...], phrase: str) -> None:
    assert spoken().together(names, "according") == phrase


WITHIN = [
    ("Україна", "в Україні", "України"),
    ("Росія", "у Росії", "Росії"),
    ("Сумська область", "у Сумській області", "Сумської області"),
    ("Одеська область", "в Одеській області", "Одеської області"),
    ("Краснодарський край", "у Краснодарському краї", "Краснодарського краю"),
    ("Чукотський автономний округ", "у Чукотському автономному окрузі",
     "Чукотського автономного округу"),
    ("Єврейська автономна область", "в Єврейській автономній області",
     "Єврейської автономної області"),
    ("місто Київ", "у місті Києві", "міста Києва"),
    ("Крим", "у Криму", "Криму"),
    ("Якутія", "в Якутії", "Якутії"),
    ("Марій Ел", "у Марій Ел", "Марій Ел"),
    ("Шостка", "– Шостка", "Шостка"),
]  # fmt: skip


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(("name", "within", "genitive"), WITHIN)
def test_where(name: str, within: str, genitive: str) -> None:
    assert (spoken().case(name, "within"), spoken().case(name, "genitive")) == (within, genitive)


@pytest.mark.usefixtures("ukrainian")
def test_every_region_is_declined() -> None:
    cases = {name: declined(name) for name in load_names().regions.values()}
    assert [name for name, found in cases.items() if not (found and found.within)] == []


def test_the_cases_of_regions_are_those_of_the_gazetteer() -> None:
    with speaking("uk"):
        names = load_names()
    for name in names.regions.values():
        cases = declined(name)
        if cases and name.endswith(("область", "край")):
            locative = cases.within.split(" ", 1)[1]
            assert names.places["", cases.genitive.casefold()] == name
            assert names.places["", locative.casefold()] == name


CALLED = [
    ("Governor Oleksandr Prokudin", "Ukraine", "губернатор Олександр Прокудін"),
    ("Минобороны РФ", "Russia", "Міноборони Росії"),
    ("Russia's Ministry of Defence", "Russia", "Міноборони Росії"),
    ("regional authorities", "Ukraine", "обласна влада"),
    ("обласній адміністрації", "Ukraine", "місцева влада"),
    ("acting mayor Artem Kobzar", "Ukraine", "виконувач обов’язків мера Артем Кобзар"),
    ("Euromaidan Press", "unattributed", "Euromaidan Press"),
    ("Kyiv", "Ukraine", "Київ"),
    ("Kyiv Regional Military Administration", "Ukraine",
     "Київська обласна військова адміністрація"),
    ("Sumy Oblast Military Administration", "Ukraine", "Сумська обласна військова адміністрація"),
    ("Odessa Regional State Administration", "Ukraine", "Одеська обласна державна адміністрація"),
    ("Sumy City Military Administration", "Ukraine", "Сумська міська військова адміністрація"),
    ("Belgorod regional administration", "Russia", "Бєлгородська обласна адміністрація"),
    ("Nowhere Regional Military Administration", "Ukraine",
     "Nowhere Regional Military Administration"),
    ("Власти Москвы", "Russia", "влада Москви"),
    ("the UN's", "third_party", "ООН"),
    ("the Air Force's", "Ukraine", "Повітряні сили ЗСУ"),
    ("Kharkiv's regional military administration", "Ukraine",
     "Харківська обласна військова адміністрація"),
    ("head of the regional administration", "Ukraine", "голова обласної адміністрації"),
    ("местных жителей", "unattributed", "місцеві жителі"),
    ("очевидців", "unattributed", "очевидці"),
    ("российские СМИ", "unattributed", "ЗМІ"),
]  # fmt: skip
PLACES = [
    ("Kyiv region's", ("UA-32",), "Київська область"),
    ("occupied Crimea", ("UA-43",), "Крим"),
    ("the capital", ("UA-30",), "місто Київ"),
    ("Брянской", ("RU-BRY",), "Брянська область"),
    (
        "Ростовской и Белгородской",
        ("RU-ROS", "RU-BEL"),
        "Ростовська область і Бєлгородська область",
    ),
    ("Московського регіону", ("RU-MOW", "RU-MOS"), "Московський регіон"),
    ("Crimea and the Black Sea", ("UA-43",), "Крим і Чорне море"),
    ("Шостці", ("UA-59",), "Шостка"),
    # Villages that the gazetteer has in other regions of the country alone.
    ("Hrushivka", ("UA-63",), "Грушівка (Харківська область)"),
    ("Rozkishne", ("UA-14",), "Розкішне (Донецька область)"),
    ("Hrushivka", ("RU-BRY",), "Hrushivka (Брянська область)"),
    ("Nowhere", ("UA-59",), "Nowhere (Сумська область)"),
    ("Shevchenkivskyi district", ("UA-30",), "Шевченківський район"),
    ("Shevchenkivskyi district", ("UA-63",), "Шевченківський район (Харківська область)"),
    # Of two places, one in the other, the smaller.
    ("Kherson's Dniprovskyi district", ("UA-65",), "Дніпровський район (Херсонська область)"),
    ("Lyman in Donetsk", ("UA-14",), "Лиман"),
]


@pytest.mark.usefixtures("ukrainian")
def test_names_of_people_and_places() -> None:
    names = load_names()
    assert [names.claimant(name, side) for name, side, _ in CALLED] == [c[2] for c in CALLED]
    assert [names.place(name, codes) for name, codes, _ in PLACES] == [p[2] for p in PLACES]


ENGLISH_PLACES = [
    ("Брянской", ("RU-BRY",), "Bryansk Oblast"),
    ("Ростовской и Белгородской", ("RU-ROS", "RU-BEL"), "Rostov Oblast and Belgorod Oblast"),
    ("Московского региона", ("RU-MOW", "RU-MOS"), "Moscow region"),
    ("Есманьська", ("UA-59",), "Esmanska hromada"),
    ("Бучанському", ("UA-32",), "Buchanskyi raion"),
    ("Ґудзики", ("UA-59",), "Gudzyky (Ґудзики, Sumy Oblast)"),
    ("Щёлоково", ("RU-BRY",), "Shchelokovo (Щёлоково, Bryansk Oblast)"),
    ("Nowhere", ("UA-59",), "Nowhere"),
]


def test_names_of_places_in_english() -> None:
    names = load_names()
    found = [names.place(name, codes) for name, codes, _ in ENGLISH_PLACES]
    assert found == [place[2] for place in ENGLISH_PLACES]


def test_tiles_have_letters_of_their_own() -> None:
    letters = load_letters("uk")
    assert len(set(letters.values())) == len(letters) == 110
    assert all(re.fullmatch("[А-ЯІЇЄҐ]{3}", each) for each in letters.values())


@pytest.mark.usefixtures("ukrainian")
def test_dates() -> None:
    assert night_words(NIGHT) == "Ніч на 21 травня 2025 року"
    assert night_words(dt.date(2026, 1, 1)) == "Ніч на 1 січня 2026 року"
    assert known_words("2025-05-22T05:00+00:00") == "22 травня 2025 року, 08:00 за Києвом"
    assert span_words(dt.date(2025, 5, 14), dt.date(2025, 5, 28)) == "14–28 травня 2025 року"
    assert window_words("20:00-04:05") == "з 20:00 до 04:05"
    assert date_words(NIGHT) == "21.05.2025"
    assert span_words(dt.date(2025, 5, 26), dt.date(2025, 6, 1)) == "26 травня – 1 червня 2025 року"
    days = [dt.date(2025, 5, day) for day in (16, 18, 22, 23, 24, 28)]
    assert days_words(days) == "16, 18, 22–24 і 28 травня"
    assert span_words(NIGHT, NIGHT) == known_words("2025-05-21") == "21 травня 2025 року"


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(
    ("message", "slots", "told"),
    [
        ("{n} new", {"n": 1}, "1 – нове"),
        ("{n} new", {"n": 5}, "5 – нові"),
        ("{n} newly contested", {"n": 21}, "21 – тепер суперечливе"),
        ("{n} newly contested", {"n": 2}, "2 – тепер суперечливі"),
    ],
)
def test_what_moved_agrees(message: str, slots: dict[str, int], told: str) -> None:
    assert say(message, **slots) == told


def test_the_language_is_chosen_once_and_given_back() -> None:
    with pytest.raises(ParameterError, match="choose one of en, uk"):
        speak("de")
    with speaking("uk"):
        assert say("Where") == "Де"
        with pytest.raises(ParameterError), speaking("de"):
            pass
        assert say("Where") == "Де"
    assert say("Where") == "Where"


# Sentences, decided by reading


@pytest.mark.usefixtures("ukrainian")
def test_what_a_night_says() -> None:
    night = _spoken(sample_night())
    said = [blocks.plain(run) for run in prose.bar_sentences(bars(night))]
    assert said == [
        "За даними Міноборони Росії, знешкоджено 159 [6] українських безпілотників за ніч, для 104 "
        "з них указано регіон, для 55 – ні (159\xa0\N{MINUS SIGN}\xa0104); "
        "скільки запущено, не сказано.",
        "За даними Повітряних сил ЗСУ, знешкоджено 63 [2] із 76 [1] російських безпілотників за "
        "ніч: 22 [3] збито, 41 [4] втрачено з радарів; доля 13 "
        "невідома (76\xa0\N{MINUS SIGN}\xa063); "
        "за цими числами, знешкоджено 83% запущених разом із втраченими з радарів.",
    ]
    found = [toll_sum(night, metric, "Ukraine") for metric in (Metric.KILLED, Metric.INJURED)]
    assert blocks.plain(prose.toll_sentence("Ukraine", *found)) == (
        "В Україні, за словами губернатора Олега Григорова, убито щонайменше 2 [9] людей (в одному "
        "регіоні, одне джерело); за даними української влади, поранено щонайменше 11 [10] людей "
        "(5 + 6 за 2 регіонами, найменше для кожного)."
    )
    assert blocks.plain(prose.toll_sentence("Russia", None, None)) == (
        "У реєстрі немає даних про вбитих чи поранених у Росії."
    )
    located = split(night, "Ukraine")
    assert located is not None
    assert prose.split_title(located, night.names) == (
        "За даними Міноборони Росії, за ніч регіон указано для 104 із 159 безпілотників, "
        "найбільше: Орловська область (53) і Чорне море (51)"
    )
    assert prose.missing_side([]) == [
        f"У реєстрі немає тверджень {country} про безпілотники чи ракети, знешкоджені цієї ночі."
        for country in ("України", "Росії")
    ]
    assert imprint.source_line(["TASS"], 21) == "21 твердження; видання: TASS."


def _spoken(night: Night) -> Night:
    """Return a night with the names of the language that is spoken."""
    claims = {claim.id: claim for claim in night.claims}
    known = reconcile(claims.values(), (), None)
    made = gather(known, night.day, night.documents, load_names())
    estimates = tuple(e for e in night.estimates)
    return Night(
        made.day, night.claims, estimates, night.eve, night.relations, night.findings,
        night.documents, made.names,
    )  # fmt: skip


WHO = [
    # claimant, side, language -> who says so, in a row of the evidence
    ("Ukrainian Air Force", "Ukraine", "uk", "Повітряні сили ЗСУ"),
    ("Russia’s Ministry of Defence", "Russia", "uk", "Міноборони Росії"),
    ("regional authorities", "Russia", "uk", "Обласна влада (сторона Росії)"),
    ("Ukrainian Air Force", "Ukraine", "en", "Ukrainian Air Force"),
    ("regional authorities", "Ukraine", "en", "Regional authorities (Ukraine’s side)"),
    ("", "unattributed", "en", "No source named"),
]


@pytest.mark.parametrize(("claimant", "side", "language", "said"), WHO)
def test_a_row_of_the_evidence_names_the_side_where_the_name_does_not(
    claimant: str, side: str, language: str, said: str
) -> None:
    with speaking(language):
        told = replace(CLAIMS[0], claimant=claimant, claimant_side=side)
        assert who_words(told, load_names()) == said


# Whole pages


class Reader(HTMLParser):
    """Reads the words of a page that are its own: no style, no quote, no link to another place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        named = (given.get("lang") or "uk", (given.get("href") or "#")[0])
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag in ("style", "code") or named != ("uk", "#"))
        self.words += [given[key] or "" for key in ("alt", "aria-label", "title") if key in given]

    def handle_endtag(self, _tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.words.append(data)


@pytest.fixture(scope="module")
def pages() -> list[list[Block]]:
    """Return the daily briefing of a night, a review, two profiles and an audit, in Ukrainian."""
    folder = ROOT / "data"
    claims, documents = load_ledger(folder / "claims"), load_documents(folder / "documents")
    with speaking("uk"):
        names = load_names()
        rulings = load_rulings(folder / "rulings.toml")
        known = reconcile(claims, rulings, None)
        night = gather(known, NIGHT, documents, names)
        morning = dt.datetime(2025, 5, 21, 8, tzinfo=KYIV)
        change = moved_on(NIGHT, morning, known, (claims, rulings))
        night = replace(night, since=morning, moved=change)
        made = review_span(known, (NIGHT, NIGHT + dt.timedelta(days=2)), documents, names)
        day = [briefing.opening, chapters.stopped, chapters.where, tile_map, hurt.hurt]
        day += [chapters.clock, chapters.disagreements, moved, evidence]
        days = [review.opening, review.drones, review.hurt, review_tables.where, side_by_side]
        days += [review_tables.by_weapon, review_tables.table_of_days, review_tables.revised]
        days += [review_tables.evidence]
        return [
            [block for chapter in day for block in chapter(night)],
            [block for chapter in days for block in chapter(made)],
            _profile("UA-59"),
            _profile("RU-BEL"),
            [block for chapter in AUDIT for block in chapter(_audited())],
        ]


def _profile(region: str) -> list[Block]:
    found = region_chapters.open_profile(region, "2025-05-14", "2025-05-28", data=ROOT / "data")
    parts = [region_chapters.opening, region_chapters.days, region_chapters.hurt]
    parts += [region_chapters.moved, region_chapters.among, region_tables.disagreements]
    parts += [region_tables.sources, region_chapters.claims]
    return [block for part in parts for block in part(found)]


@pytest.fixture(scope="module")
def foreign() -> set[str]:
    """Return the words in Latin letters that names of papers, people and places have."""
    claims, documents = (
        load_ledger(ROOT / "data" / "claims"),
        load_documents(ROOT / "data" / "documents"),
    )
    papers = " ".join(document.publisher for document in documents.values())
    names = " ".join(f"{claim.claimant} {claim.place}" for claim in claims)
    return {*LATIN.findall(papers), *(word for word in LATIN.findall(names) if word.istitle())}


def test_no_english_word_is_left(pages: list[list[Block]], foreign: set[str]) -> None:
    for shown_blocks in pages:
        html = page_html(read_page(shown(shown_blocks)))
        assert '<html lang="uk">' in html
        reader = Reader()
        reader.feed(html)
        said = " ".join(reader.words)
        assert len(re.findall("[а-яіїєґ]+", said)) > 500
        assert set(LATIN.findall(said)) - foreign <= {"Tally", "PDF", "CSV"}


def _audited(start: str = "2025-05-14", end: str = "2025-05-28") -> audit_chapters.Opened:
    return audit_chapters.open_audit(start, end, data=ROOT / "data")


AUDIT = (
    audit_chapters.opening, audit_chapters.who, audit_tables.claimants, audit_chapters.fared,
    audit_tables.relations, audit_chapters.counter, audit_tables.contradictions,
    audit_tables.unread, audit_tables.accuracy_table, audit_chapters.claims,
)  # fmt: skip


def test_every_rule_of_the_example_corpus_has_words() -> None:
    made = _audited().audit
    assert {relation.rule for relation in made.relations} <= CATALOGUE.keys()
    assert made.unread.reasons.keys() <= set(unread_words.REASONS)


FATES = [
    # side, its claims, those that stand -> the heading of its bar
    ("Ukraine", 1, 1, "Із 1 твердження сторони України 1 лишилося без змін"),
    ("Russia", 22, 2, "Із 22 тверджень сторони Росії 2 лишилися без змін"),
    ("third_party", 11, 5, "Із 11 тверджень третіх сторін 5 лишилися без змін"),
    ("unattributed", 21, 21, "Із 21 твердження без названого джерела 21 лишилося без змін"),
]


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(("side", "n", "stands", "told"), FATES)
def test_the_fates_of_claims_agree(side: str, n: int, stands: int, told: str) -> None:
    assert say(audit_words.HEADINGS[side], n=n, stands=stands) == told


@pytest.mark.usefixtures("ukrainian")
def test_an_audit_of_days_without_claims() -> None:
    lead = audit_chapters.opening(_audited("2025-07-01", "2025-07-02"))[1].block
    said = " ".join(blocks.plain(paragraph) for paragraph in lead["paragraphs"])
    assert said.startswith("У реєстрі немає тверджень за 1–2 липня 2025 року, тож перевіряти")
    assert not LATIN.findall(said)


REGIONS = [
    # page -> what the lead says, decided by reading
    (2, "Українська влада повідомляє про вбитих чи поранених у Сумській області за 6 днів із 15. "
        "Найбільше за один день: 9 убитих (17 травня 2025 року); понад 10 поранених (20 травня "
        "2025 року). У реєстрі немає даних про російські безпілотники, знешкоджені саме у Сумській "
        "області. Із 35 регіонів обох країн, названих за ці дні, більше днів із постраждалими "
        "мають 3: Харківська область (11), Донецька область (10) і Херсонська область (9)."),
    (3, "Російська влада повідомляє про вбитих чи поранених у Бєлгородській області за 4 дні із "
        "15. Найбільше за один день: 16 поранених (14 травня 2025 року). Російська влада називає "
        "число знешкоджених там українських безпілотників за 10 ночей із 15; найбільше – 64, у "
        "ніч на 24 травня 2025 року."),
]  # fmt: skip


@pytest.mark.parametrize(("page", "said"), REGIONS)
def test_what_a_region_says(pages: list[list[Block]], page: int, said: str) -> None:
    lead = next(each.block for each in pages[page] if each.block["kind"] == "lead")
    told = " ".join(blocks.plain(paragraph) for paragraph in lead["paragraphs"])
    assert re.sub(r" \[\d+\]", "", told).startswith(said)


def test_the_name_of_a_place_that_begins_a_line_begins_with_a_capital(
    pages: list[list[Block]],
) -> None:
    with speaking("uk"):
        profile = _profile("UA-30")
    assert profile[0].block["title"] == "Місто Київ, 14–28 травня 2025 року"
    for page in (*pages, profile):
        for each in (block.block for block in page):
            begun = [str(each.get("title", "")), blocks.plain(each.get("caption", ""))]
            if each["kind"] == "table":
                begun += [blocks.plain(row[0]) for row in each["rows"]]
            if each["kind"] == "figure":
                begun += [cell for row in each["data"]["rows"] for cell in row]
                begun += re.findall(r"<text[^>]*>([^<]*)", each["svg"])
            assert [line for line in begun if line.startswith("місто")] == []


PEAKS = [
    # n -> how a highest figure is told
    (1, "1 убитий (21 травня 2025 року)"), (2, "2 убиті (21 травня 2025 року)"),
    (5, "5 убитих (21 травня 2025 року)"), (11, "11 убитих (21 травня 2025 року)"),
    (21, "21 убитий (21 травня 2025 року)"), (24, "24 убиті (21 травня 2025 року)"),
]  # fmt: skip


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(("n", "told"), PEAKS)
def test_the_highest_of_a_region_agrees(n: int, told: str) -> None:
    count = Count(n, n)
    assert say(region_words.PEAKS[Metric.KILLED], number=count, n=count, day=NIGHT) == told


def test_the_pdf_speaks_ukrainian(pages: list[list[Block]]) -> None:
    with pikepdf.open(io.BytesIO(page_pdf(read_page(shown(pages[0]))))) as pdf:
        assert str(pdf.Root.Lang) == "uk"
        assert str(pdf.docinfo["/Title"]) == "ЩОДЕННЕ ЗВЕДЕННЯ: Ніч на 21 травня 2025 року"
        with pdf.open_outline() as outline:
            assert outline.root[0].title.endswith("Що кожна сторона, за її словами, знешкодила")


def test_quotes_say_their_language(pages: list[list[Block]]) -> None:
    html = page_html(read_page(shown(pages[0])))
    assert '<mark lang="en">' in html
    assert '<span lang="ru">«' in html
    assert '<span lang="uk">' not in html
