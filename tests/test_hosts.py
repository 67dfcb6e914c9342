"""Hosts that may be shown in their letters, and those that would deceive."""

import idna
import pytest

from tally.hosts import publisher, readable
from tally.model import Document


def puny(host: str) -> str:
    return idna.encode(host).decode()


READ = [
    "вести217.рф",
    "новини.укр",
    "www.новости.рф",
    "zürich-zeitung.de",
]
KEPT = {
    "a Cyrillic а in a Latin label": "pаypal.com",
    "Cyrillic twins of Latin letters": "арр\N{CYRILLIC SMALL LETTER PALOCHKA}е.com",
    "Cyrillic letters under a Latin ending": "новости.com",
    "a Latin label before a Cyrillic one": "news.новости.рф",
    "a letter of no living alphabet": "\N{LATIN SMALL LETTER SCRIPT G}oogle.com",
    "a dotless i": "l\N{LATIN SMALL LETTER DOTLESS I}ve.com",
    "Greek": "νέα.gr",
    "an old Cyrillic letter": "новѣ.рф",
}


@pytest.mark.parametrize("host", READ)
def test_a_host_of_one_alphabet_is_shown_in_its_letters(host: str) -> None:
    assert readable(puny(host)) == host
    assert readable(f"News ({puny(host).upper()}), mirror") == f"News ({host}), mirror"


@pytest.mark.parametrize("host", KEPT.values(), ids=KEPT)
def test_a_host_that_could_deceive_stays_as_it_is(host: str) -> None:
    assert readable(puny(host)) == puny(host)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "TASS",
        "Кыргызстан Today",
        "xn--",
        "xn--a.xn--p1ai",
        "xn--\N{DIGIT ONE}-.рф",
        "xn--80a\u200b.com",
    ],
)
def test_what_is_no_good_host_is_left(words: str) -> None:
    assert readable(words) == words


WHOLE = f"https://{puny('вести217.рф')}/a"
WHOLE_TWIN = f"https://{puny(KEPT['Cyrillic twins of Latin letters'])}/"


@pytest.mark.parametrize(
    ("printed", "url", "shown"),
    [
        ("217 (xn--217...)", WHOLE, "217 (вести217.рф)"),
        ("217 (xn--217…)", WHOLE, "217 (вести217.рф)"),
        ("217 (xn--217...)", "https://example.org/a", "217 (xn--217...)"),
        ("217 (xn--217...)", "", "217 (xn--217...)"),
        ("217 (xn--217...)", "https://[", "217 (xn--217...)"),
        ("apple (xn--80...)", WHOLE_TWIN, "apple (xn--80...)"),
    ],
)
def test_a_shortened_host_is_that_of_the_address(printed: str, url: str, shown: str) -> None:
    assert readable(printed, url) == shown


def test_a_document_is_printed_by_its_host_in_letters() -> None:
    printed = Document("a", "ru", None, "217 (xn--217...)", WHOLE, "", "")
    assert publisher(printed) == "217 (вести217.рф)"
    assert publisher(None) == ""
