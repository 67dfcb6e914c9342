"""Both sides are read alike: a sentence with its sides exchanged has its attacker exchanged.

`cases/both_sides.tsv` holds sentences in which `a` attacks and `d` is attacked; each is read once
with either side as the attacker. `{a.msg}` is a form of the attacker's adjective (gender, number,
case), with a capital as `{A.msg}`; `City`, `Reg` and `Land` are names.
"""

import csv
from dataclasses import dataclass

import pytest
from grammar_cases import CASES, describe, document

from tally.extract import extract

SIDES = ("Ukraine", "Russia")
FORMS = {
    "en": {
        "Adj": ("Ukrainian", "Russian"),
        "Land": ("Ukraine", "Russia"),
        "Poss": ("Ukraine's", "Russia's"),
        "City": ("Kharkiv", "Belgorod"),
        "Reg": ("the Kharkiv region", "the Belgorod region"),
    },
    "uk": {
        "msn": ("український", "російський"),
        "msg": ("українського", "російського"),
        "fsn": ("українська", "російська"),
        "fsg": ("української", "російської"),
        "fsn_acc": ("українську", "російську"),
        "pln": ("українські", "російські"),
        "plg": ("українських", "російських"),
        "nsl": ("українському", "російському"),
        "Land": ("Україна", "Росія"),
        "LandG": ("України", "Росії"),
        "City": ("Харків", "Бєлгород"),
        "CityG": ("Харкова", "Бєлгорода"),
        "CityL": ("Харкові", "Бєлгороді"),
        "CityD": ("Харкову", "Бєлгороду"),
        "RegL": ("Харківщині", "Бєлгородщині"),
    },
    "ru": {
        "msn": ("украинский", "российский"),
        "msg": ("украинского", "российского"),
        "fsn": ("украинская", "российская"),
        "fsg": ("украинской", "российской"),
        "fsl": ("украинской", "российской"),
        "pln": ("украинские", "российские"),
        "plg": ("украинских", "российских"),
        "nsl": ("украинском", "российском"),
        "Land": ("Украина", "Россия"),
        "LandG": ("Украины", "России"),
        "City": ("Харьков", "Белгород"),
        "CityG": ("Харькова", "Белгорода"),
        "CityL": ("Харькове", "Белгороде"),
        "CityD": ("Харькову", "Белгороду"),
        "RegL": ("Харьковской области", "Белгородской области"),
    },
}


@dataclass(frozen=True)
class Forms:
    """The words of a language for one side."""

    lang: str
    side: int
    capital: bool = False

    def __getattr__(self, name: str) -> str:
        word = FORMS[self.lang][name][self.side]
        return word[:1].upper() + word[1:] if self.capital else word


def _sentences() -> list[tuple[str, str, str]]:
    with (CASES / "both_sides.tsv").open(encoding="utf-8", newline="") as held:
        rows = list(csv.DictReader(held, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (row["lang"], row["text"].format(**_words(row["lang"], side)), SIDES[side])
        for row in rows
        for side in (0, 1)
    ]


def _words(lang: str, attacker: int) -> dict[str, Forms]:
    other = 1 - attacker
    return {
        "a": Forms(lang, attacker),
        "A": Forms(lang, attacker, capital=True),
        "d": Forms(lang, other),
        "D": Forms(lang, other, capital=True),
    }


@pytest.mark.parametrize(("lang", "text", "attacker"), _sentences())
def test_whose_attack_it_was_does_not_depend_on_the_side(
    lang: str, text: str, attacker: str
) -> None:
    claims = extract(document({"lang": lang, "published": "2025-06-11", "text": text}))
    assert claims
    read = [describe(claim) for claim in claims]
    assert {claim.attacker for claim in claims} == {attacker}, "\n".join([text, *read])
