"""The explorer without a screen: what is asked, what is answered, what is shown and taken along."""

import csv
import dataclasses
import datetime as dt
import io
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from tally.blocks import plain
from tally.charts.daily import daily_cells, plot_daily
from tally.drawing import WIDTHS
from tally.errors import ParameterError
from tally.explorer import explore
from tally.explorer.corpus import Corpus, known, open_corpus
from tally.explorer.phrases import answer, nothing, standing, title
from tally.explorer.pictures import by_day
from tally.explorer.regions import by_map, by_place
from tally.explorer.rows import COLUMNS, ORDERS, as_table, as_told, chosen, sentence
from tally.explorer.selection import (
    EVERY,
    Selection,
    claimants,
    metrics,
    moment_words,
    moments,
    parse_selection,
    places,
)
from tally.explorer.take import archive, claims_csv, figures_csv, files, stem
from tally.explorer.view import Mark, View, look
from tally.model import Document, Metric, published_at
from tally.names import load_tiles

FIRST, LAST = dt.date(2025, 5, 14), dt.date(2025, 5, 28)
AIR_FORCE = "Ukrainian Air Force"
MINISTRY = "Russia’s Ministry of Defence"
HOSTILE = '<img src=x onerror="alert(1)">=cmd|x <b>'


@cache
def example() -> Corpus:
    """Return the example corpus, read once for all tests of the explorer."""
    return open_corpus((FIRST, LAST))


@pytest.fixture
def corpus() -> Corpus:
    return example()


def seen(corpus: Corpus, **asked: object) -> View:
    return look(corpus, dataclasses.replace(Selection(FIRST, LAST), **asked))


def mark(view: View, side: str, day: int) -> Mark:
    (panel,) = [p for p in view.panels if p.side == side]
    return panel.marks[day - FIRST.day]


# What a careful reader of the documents finds for a day: side, day, figure, of how many.
FIGURES = [
    (Metric.DRONES_INTERCEPTED, "Ukraine", 21, (63, 63), (76, 76)),
    (Metric.DRONES_INTERCEPTED, "Russia", 21, (159, 159), None),
    (Metric.DRONES_INTERCEPTED, "Russia", 28, (296, 296), None),
    (Metric.DRONES_LAUNCHED, "Ukraine", 25, (298, 298), None),
    (Metric.KILLED, "Ukraine", 25, (13, 13), None),
    (Metric.INJURED, "Ukraine", 25, (79, None), None),
]


@pytest.mark.parametrize(("metric", "side", "day", "ends", "of"), FIGURES)
def test_a_day_has_the_figure_of_its_documents(
    corpus: Corpus, metric: Metric, side: str, day: int, ends: tuple[int, int | None], of: object
) -> None:
    found = mark(seen(corpus, metric=metric), side, day)
    assert found.count
    assert (found.count.low, found.count.high) == ends
    assert of == (found.whole and (found.whole.low, found.whole.high))
    assert found.claim_ids


def test_a_day_without_a_figure_is_no_zero(corpus: Corpus) -> None:
    found = mark(seen(corpus), "Russia", 15)
    assert found.count is None
    assert found.claim_ids == ()


def test_a_place_has_its_own_figures(corpus: Corpus) -> None:
    view = seen(corpus, place="RU-ORL")
    (panel,) = view.panels
    assert panel.side == "Russia"
    assert next((m.day.day, m.count.low) for m in panel.given if m.count) == (21, 53)
    assert all("RU-ORL" in c.admin1 or c.id in view.drawn for c in view.claims)


def test_a_claimant_is_heard_alone(corpus: Corpus) -> None:
    view = seen(corpus, claimant=AIR_FORCE)
    assert {corpus.caller(claim) for claim in view.claims} == {AIR_FORCE}
    assert {panel.side for panel in view.panels} == {"Ukraine"}
    said = plain(answer(view, corpus)[0])
    assert said.startswith(f"{AIR_FORCE}: 288 of 355 Russian drones stopped")


def test_only_what_was_out_is_known(corpus: Corpus) -> None:
    moment = published_at("2025-05-20")
    view = seen(corpus, as_of=moment)
    assert all(published_at(claim.published) <= moment for claim in view.claims)
    assert max(m.day for panel in view.panels for m in panel.given) <= dt.date(2025, 5, 20)
    assert title(view).endswith("as known on 20 May 2025")


def test_a_side_is_never_drawn_in_place_of_another(corpus: Corpus) -> None:
    for side in ("Ukraine", "Russia", "third_party", "unattributed"):
        view = seen(corpus, metric=Metric.INJURED, word=side)
        assert {panel.side for panel in view.panels} <= {side}
        claims = {claim.id: claim for claim in view.claims}
        drawn = [claims[i] for p in view.panels for m in p.given for i in m.claim_ids]
        # A figure may rest on copies that name nobody, never on the other side's word.
        assert {claim.claimant_side for claim in drawn} <= {side, "unattributed"}
    both = seen(corpus, metric=Metric.INJURED, word=EVERY)
    assert {panel.side for panel in both.panels} >= {"Ukraine", "Russia", "third_party"}


def test_nothing_is_added_up_over_days(corpus: Corpus) -> None:
    view = seen(corpus)
    highest = max(m.count.drawn for p in view.panels for m in p.given if m.count)
    for region in view.regions:
        assert region.count.drawn <= highest


def test_rulings_of_others_do_not_stop_a_claimant(corpus: Corpus) -> None:
    from tally.model import Ruling

    ruled = next(c for c in corpus.claims if corpus.caller(c) == MINISTRY)
    ruling = Ruling("reject", (("id", ruled.id),), "a test", "desk", LAST)
    other = dataclasses.replace(corpus, rulings=(ruling,))
    assert look(other, Selection(FIRST, LAST, claimant=AIR_FORCE)).claims
    taken = look(other, Selection(FIRST, LAST, claimant=MINISTRY))
    assert ruled.id in taken.rejected
    assert ruled.id not in taken.drawn


def test_the_same_question_is_answered_from_memory(corpus: Corpus) -> None:
    first = known(corpus, (FIRST, LAST), None, "")
    assert known(corpus, (FIRST, LAST), None, "") is first


WRONG = [
    ({"metric": "tanks"}, "metric 'tanks' is not known here; choose one of 'drones_launched'"),
    ({"place": "UA-99"}, "place 'UA-99' is not known here; choose one of ''"),
    ({"word": "Belarus"}, "word 'Belarus' is not known here; choose one of ''"),
    ({"claimant": "nobody"}, "claimant 'nobody' is not known here"),
    ({"start": "14 May"}, "start '14 May' is not a date; give one such as 2025-05-14."),
    ({"start": "2025-05-28", "end": "2025-05-14"}, "28 May 2025 to 14 May 2025 is no span"),
    ({"as_of": "noon"}, "as_of 'noon' is not a date or time"),
]


@pytest.mark.parametrize(("asked", "said"), WRONG)
def test_what_is_not_a_choice_is_refused(corpus: Corpus, asked: dict[str, str], said: str) -> None:
    with pytest.raises(ParameterError) as found:
        parse_selection(corpus, **asked)
    assert said in str(found.value)


def test_choices_are_words_with_their_counts(corpus: Corpus) -> None:
    assert ("killed", "Killed") in metrics()
    assert dict(places(corpus.claims, corpus))["UA-59"].startswith("Ukraine: Sumy Oblast (")
    assert claimants(corpus.claims, corpus)[1][0] == MINISTRY
    assert moments(corpus) == tuple(sorted(set(moments(corpus))))
    assert moment_words(published_at("2025-05-21T06:30+03:00")) == "21 May 2025, 06:30"


def test_the_last_month_is_shown_when_no_day_is_named(corpus: Corpus) -> None:
    found = parse_selection(corpus)
    assert (found.end, (found.end - found.start).days <= 30) == (corpus.days[-1], True)


NOTHING = [
    ({"metric": Metric.MISSILES_HIT, "place": "RU-ORL"}, "missiles that hit (Oryol Oblast)"),
    (
        {"start": dt.date(2025, 1, 1), "end": dt.date(2025, 1, 3)},
        "claims are about 23 February – 28 May 2025",
    ),
    ({"as_of": published_at("2025-05-01")}, "published by 1 May 2025"),
    ({"as_of": published_at("2025-05-01")}, "these days came out on 14 May 2025"),
]


@pytest.mark.parametrize(("asked", "said"), NOTHING)
def test_nothing_found_says_what_is_missing(
    corpus: Corpus, asked: dict[str, object], said: str
) -> None:
    view = seen(corpus, **asked)
    assert view.is_empty
    words = " ".join(nothing(view, corpus))
    assert said in words
    assert "not that nothing happened" in words
    assert by_day(view, corpus) is None


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    for name in ("documents", "claims"):
        (tmp_path / name).mkdir()
    shown = explore(data=tmp_path)
    assert "scripts/extract.py" in repr(shown)


def test_the_chart_stays_in_its_picture(corpus: Corpus) -> None:
    for asked in ({"start": dt.date(2025, 4, 20)}, {"metric": Metric.INJURED, "word": EVERY}):
        view = seen(corpus, **asked)
        picture = by_day(view, corpus)
        assert picture
        figure = picture.figure
        inside = figure.bbox
        for text in figure.axes[0].texts:
            box = text.get_window_extent()
            assert inside.x0 - 2 <= box.x0, text.get_text()
            assert box.x1 <= inside.x1 + 2, text.get_text()
            assert inside.y0 - 2 <= box.y0, text.get_text()
            assert box.y1 <= inside.y1 + 2, text.get_text()


def test_cells_tile_the_days() -> None:
    rows = [
        {"heading": h, "day": f"2025-05-{d}", "label": str(d), "side": "Ukraine", "kind": "stopped",
         "drawn": d, "reach": d, "open": False, "sign": str(d), "breaks": False}
        for h in ("One", "Two") for d in (14, 15, 16)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    cells = daily_cells(table)
    assert [(c.heading, c.day) for c in cells] == [(r["heading"], r["day"]) for r in rows]
    for one, other in pairwise(cells[:3]):
        assert one.left + one.width == pytest.approx(other.left)
    assert all(0 <= c.left < c.left + c.width <= 1 for c in cells)
    assert all(0 <= c.top < c.top + c.height <= 1 for c in cells)
    assert plot_daily(table).get_figwidth() == WIDTHS["page"]


def test_a_click_leads_to_the_claims_of_the_day(corpus: Corpus) -> None:
    view = seen(corpus)
    picture = by_day(view, corpus)
    assert picture
    spot = next(s for s in picture.spots if "21 May" in s.words and "Ukrainian" in s.words)
    claims = chosen(view, spot.claim_ids)
    assert claims[0].low == 159
    assert {claim.period_end for claim in claims} == {dt.date(2025, 5, 21)}
    places_picture = by_place(view, corpus)
    assert places_picture
    assert places_picture.spots[0].place == "RU-BEL"


def test_a_tile_is_a_button_where_somebody_gives_a_figure(corpus: Corpus) -> None:
    view = seen(corpus)
    picture = by_map(view, corpus)
    assert picture
    said = {spot.place: spot.words for spot in picture.spots}
    assert said["RU-BEL"] == "Belgorod Oblast: 64 on 24 May, on Russia’s word"
    assert set(said) == {region.key for region in view.regions if region.key in load_tiles()}
    assert not any(spot.pressed for spot in picture.spots)
    assert "Not on the map: Moscow Oblast and Moscow (~40)" in str(picture.caption)


# metric, place -> the tile that is pressed, and what it says
PRESSED = [
    (Metric.DRONES_INTERCEPTED, "RU-BEL", "Belgorod Oblast: 64 on 24 May, on Russia’s word"),
    (Metric.MISSILES_HIT, "UA-63", "Kharkiv Oblast: no figure"),
]


@pytest.mark.parametrize(("metric", "place", "said"), PRESSED)
def test_the_region_chosen_stays_a_button(
    corpus: Corpus, metric: Metric, place: str, said: str
) -> None:
    picture = by_map(seen(corpus, metric=metric, place=place), corpus)
    assert picture
    assert [(s.place, s.words) for s in picture.spots if s.pressed] == [(place, said)]
    assert picture.finished.source.split()[0] != "0", "claims of the other regions are counted"


def test_every_place_on_a_chart_can_be_chosen(corpus: Corpus) -> None:
    offered = dict(places(corpus.claims, corpus))
    for metric in Metric:
        view = seen(corpus, metric=metric, word=EVERY)
        assert {region.key for region in view.regions} <= set(offered)


def test_a_sign_over_an_arrow_keeps_clear_of_the_heading(corpus: Corpus) -> None:
    view = seen(corpus, metric=Metric.INJURED, place="UA-63")
    picture = by_day(view, corpus)
    assert picture
    axes = picture.figure.axes[0]
    heads = [t for t in axes.texts if t.get_weight() == "bold"]
    signs = [t for t in axes.texts if t.get_text().startswith("≥")]
    lowest = min(head.get_window_extent().y0 for head in heads)
    assert all(sign.get_window_extent().y1 <= lowest for sign in signs)


def test_evidence_sorts_by_number_and_by_day(corpus: Corpus) -> None:
    view = seen(corpus)
    table = as_table(view.claims, view, corpus)
    assert tuple(table.columns) == COLUMNS
    assert len(table) == len(view.claims)
    assert table["drawn"].map(type).eq(int).all()
    assert set(ORDERS.values()) <= set(COLUMNS)
    assert table["on"].is_monotonic_decreasing or table["on"].str[:10].is_monotonic_decreasing


def test_each_claim_says_how_it_stands(corpus: Corpus) -> None:
    view = seen(corpus, metric=Metric.KILLED)
    said = {standing(claim, view) for claim in view.claims}
    assert {"in the chart", "updated since", "part of a total"} <= said


def test_a_claim_is_shown_in_its_sentence(corpus: Corpus) -> None:
    view = seen(corpus)
    for claim in view.claims:
        document = corpus.documents[claim.document_id]
        before, figure, _ = sentence(claim, document)
        assert figure == document.text[claim.start : claim.end]
        assert before.strip() in document.text
        told = as_told(claim, view, corpus)
        assert "".join(p["words"] for p in told["pieces"] if p["mark"] == "this") == figure


def hostile(corpus: Corpus) -> tuple[Corpus, View]:
    """Return a corpus whose first claim's document, place and claimant are markup."""
    first = seen(corpus).claims[0]
    text = f"{HOSTILE}\n\n{HOSTILE} 296 drones \u202e{HOSTILE}\u200b."
    start = text.index("296")
    claim = dataclasses.replace(
        first, quote=f"{HOSTILE} 296 drones", start=start, end=start + 3, claimant=HOSTILE,
        place=HOSTILE, admin1=(), part_of="",
    )  # fmt: skip
    document = Document(
        claim.document_id, "en", claim.published, HOSTILE, "javascript:alert(1)", HOSTILE, text
    )
    documents = {**corpus.documents, claim.document_id: document}
    made = dataclasses.replace(corpus, claims=(claim,), documents=documents)
    return made, look(made, Selection(FIRST, LAST))


def test_hostile_words_stay_words(corpus: Corpus) -> None:
    made, view = hostile(corpus)
    told = as_told(view.claims[0], view, made)
    assert told["href"] == ""
    assert "\u202e" not in "".join(piece["words"] for piece in told["pieces"])
    rows = list(csv.DictReader(io.StringIO(claims_csv(view.claims, view, made))))
    assert len(rows) == 1
    assert not any((cell or "").startswith(("=", "+", "@")) for cell in rows[0].values())
    picture = by_place(view, made)
    assert picture is None or "<img src=x" not in picture.finished.svg


def test_a_selection_can_be_taken_along(corpus: Corpus) -> None:
    view = seen(corpus)
    pictures = [
        p for p in (by_day(view, corpus), by_map(view, corpus), by_place(view, corpus)) if p
    ]
    made = files(view, pictures, corpus)
    assert sorted(made) == [
        "about.txt", "by-day.csv", "by-day.png", "by-day.svg", "by-place.csv", "by-place.png",
        "by-place.svg", "claims.csv", "figures.csv", "map.csv", "map.png", "map.svg",
    ]  # fmt: skip
    assert made["by-day.png"].startswith(b"\x89PNG")
    assert archive(made) == archive(made)
    with zipfile.ZipFile(io.BytesIO(archive(made))) as packed:
        assert packed.testzip() is None
    assert stem(view) == "tally_drones_intercepted_2025-05-14_2025-05-28"
    rows = list(csv.DictReader(io.StringIO(figures_csv(view, corpus))))
    (row,) = [r for r in rows if (r["day"], r["side"]) == ("2025-05-21", "Ukraine")]
    assert (row["low"], row["high"], row["of_low"]) == ("63", "63", "76")
    (silent,) = [r for r in rows if (r["day"], r["side"]) == ("2025-05-15", "Russia")]
    assert (silent["low"], silent["high"]) == ("", "")
