"""The explorer in Ukrainian: what it says, and no English left over."""

import re
from collections.abc import Iterator

import pytest

from tally.blocks import plain
from tally.explorer.corpus import Corpus, open_corpus
from tally.explorer.phrases import answer, nothing
from tally.explorer.selection import Selection, claimants, metrics, place_words, places, words
from tally.explorer.view import look
from tally.language import speaking
from tally.language.ukrainian import Ukrainian
from tally.model import Metric, published_at

pytest.importorskip("anywidget", reason="anywidget is not installed")
from test_explorer import FIRST, LAST

from tally.explorer.desk import Explorer

LATIN = re.compile(r"[A-Za-z]{2,}")
# Names of papers, file formats, paths, ids and addresses are as they are.
MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>|&[a-z]+;", re.DOTALL)
KEPT = re.compile(r"\b(SVG|PNG|CSV|ZIP)\b")


@pytest.fixture(scope="module")
def corpus() -> Iterator[Corpus]:
    with speaking("uk"):
        yield open_corpus((FIRST, LAST))


ANSWERS = [
    # what is asked -> what is answered, decided by reading
    ({}, "За даними української влади, найбільше – 288 із 355 (знешкоджені російські "
     "безпілотники, ніч на 26 травня); числа є за 15 днів із 15."),
    ({"metric": Metric.INJURED, "place": "UA-63"}, "За даними української влади, найбільше – "
     "щонайменше 9 (поранені у Харківській області, 17 травня); числа є за 9 днів із 15."),
    ({"place": "RU-ORL"}, "За даними російської влади, найбільше – 53 (знешкоджені українські "
     "безпілотники в Орловській області, ніч на 21 травня); числа є за 7 днів із 15."),
    ({"claimant": "Повітряні сили ЗСУ"}, "За даними Повітряних сил ЗСУ, найбільше – 288 із 355 "
     "(знешкоджені російські безпілотники, ніч на 26 травня); числа є за 15 днів із 15."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "said"), ANSWERS)
def test_what_is_answered(corpus: Corpus, asked: dict[str, str], said: str) -> None:
    view = look(corpus, Selection(FIRST, LAST, **asked))
    assert plain(answer(view, corpus)[0]) == said


def test_the_days_are_said_in_words(corpus: Corpus) -> None:
    with speaking("uk"):
        controls = Explorer(corpus, Selection(FIRST, LAST)).controls
        assert controls.start.description == "Перший день: 14 трав. 2025"
        assert controls.end.description == "Останній день: 28 трав. 2025"


NOTHING = [
    ({"metric": Metric.MISSILES_HIT, "place": "UA-63"}, "ракети, що влучили (Харківська область)."),
    ({"as_of": published_at("2025-05-01")}, "Перше твердження про ці дні оприлюднено 14.05.2025."),
    ({"word": "third_party", "metric": Metric.DRONES_LOST}, "(зі слів третіх сторін)."),
]


@pytest.mark.parametrize(("asked", "said"), NOTHING)
def test_what_is_said_of_nothing(corpus: Corpus, asked: dict[str, str], said: str) -> None:
    told = " ".join(nothing(look(corpus, Selection(FIRST, LAST, **asked)), corpus))
    assert said in told
    assert not LATIN.findall(told)


def test_every_choice_is_ukrainian(corpus: Corpus) -> None:
    offered = [*metrics(), *words(), *places(corpus.claims, corpus)[:1]]
    offered += claimants(corpus.claims, corpus)[:4]
    assert [said for _, said in offered if LATIN.search(said)] == []
    assert ("RU-BEL", "Росія: Бєлгородська область (56)") in places(corpus.claims, corpus)
    keys = [key for key, _ in places(corpus.claims, corpus) if key.startswith("UA-")]
    named = [place_words(key, corpus) for key in keys]
    assert named == sorted(named, key=Ukrainian().order)


def test_no_label_is_left_in_english(corpus: Corpus) -> None:
    explorer = Explorer(corpus, Selection(FIRST, LAST))
    labels = [control.description for control in explorer.controls.row.children]
    labels += [explorer.all.description, explorer.pack.description]
    labels += list(explorer.listing.df.columns[:7])
    labels += map(str, explorer.listing._dt_args["language"].values())
    labels += [explorer.by_day.label, explorer.by_map.label, explorer.by_place.label]
    shown = [explorer.masthead, explorer.answer, explorer.shown, explorer.save]
    labels += [MARKUP.sub(" ", widget.value) for widget in shown]
    plainly = [re.sub("_[A-Z]+_|rows", "", KEPT.sub("", label)) for label in labels]
    assert [label for label in plainly if LATIN.search(label)] == []
    assert "видання: " in explorer.claim.value
    assert 'lang="uk"' in explorer.by_map.html
    assert all(LATIN.search(spot["words"]) is None for spot in explorer.by_map.spots)
