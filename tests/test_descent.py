"""Copies count as one source, and a changed text speaks in the place of the former."""

import datetime as dt
from dataclasses import replace

import pytest

from tally.extract import extract
from tally.model import Claim, Document, Metric, Reconciled
from tally.reconcile import reconcile
from tally.reconcile.descent import descend

STORY = (
    "Two people were killed and nine were injured in Sumy Oblast overnight, the regional military "
    "administration said on Wednesday morning."
)


def document(name: str, text: str = STORY, hour: int = 8, **more: str) -> Document:
    published = f"2025-05-21T{hour:02}:00:00+03:00"
    return replace(Document(name, "en", published, name, "", "", text), **more)  # type: ignore[arg-type]


def together(*documents: Document, at: str = "") -> Reconciled:
    claims = [claim for one in documents for claim in extract(one)]
    moment = dt.datetime.fromisoformat(at) if at else None
    return reconcile(claims, (), moment, {one.id: one for one in documents})


def killed(result: Reconciled) -> list[tuple[int | None, str, int]]:
    """Return each estimate of killed with its status and the number of claims it rests on."""
    return [
        (one.low, one.status, len(one.claim_ids))
        for one in result.estimates
        if one.metric == Metric.KILLED
    ]


def rules(result: Reconciled) -> set[tuple[str, str]]:
    return {(str(relation.kind), relation.rule) for relation in result.relations}


OTHER = STORY.replace("the regional military administration", "the police")


def test_copies_are_one_source() -> None:
    copies = [document(name, copy_of="a", hour=9) for name in ("b", "c", "d")]
    apart = [replace(each, copy_of="") for each in copies]
    assert killed(together(document("a"), *apart)) == [(2, "single source", 4)]
    result = together(document("a"), *copies)
    assert killed(result) == [(2, "single source", 1)]
    assert rules(result) == {("repeats", "copied text")}
    assert {r.other_id for r in result.relations} <= {c.id for c in extract(document("a"))}


def test_copy_that_names_another_claimant_makes_no_second_voice() -> None:
    apart = together(document("a"), document("b", OTHER))
    assert killed(apart) == [(2, "agreed", 2)]
    assert killed(together(document("a"), document("b", OTHER, copy_of="a"))) == [
        (2, "single source", 1)
    ]


def test_copies_outvote_nobody() -> None:
    """A toll misplaced by one text and its copies is one document against the others."""
    wrong = STORY.replace("Two", "Three").replace("nine", "fourteen").replace("Sumy", "Kharkiv")
    right = wrong.replace("Kharkiv", "Sumy")
    witnesses = [document("p", right), document("q", f"The night was loud. {right}")]
    copies = [document("x", wrong), *(document(n, wrong, copy_of="x") for n in ("y", "z"))]
    refused = ("corrects", "other place")
    assert refused in rules(together(*witnesses, *copies))
    unmarked = [replace(each, copy_of="") for each in copies]
    assert refused in rules(together(*witnesses, *unmarked)), "the very words are one text"
    nearly = [
        replace(c, text=f"{'The night was long. ' * n}{wrong}") for n, c in enumerate(unmarked)
    ]
    assert refused not in rules(together(*witnesses, *nearly)), "claims alone tell no near copy"


def test_the_same_words_a_week_later_are_no_copy() -> None:
    wrong = STORY.replace("Two", "Three").replace("nine", "fourteen").replace("Sumy", "Kharkiv")
    right = wrong.replace("Kharkiv", "Sumy")
    later = "2025-05-28T08:00:00+03:00"
    others = [document("p", right), document("q", f"The night was loud. {right}")]
    week_before = document("x", wrong)
    week_later = [replace(each, published=later) for each in (document("y", wrong), *others)]
    result = together(week_before, *week_later)
    refused = {r.claim_id for r in result.relations if r.rule == "other place"}
    refused |= {r.other_id for r in result.relations if r.rule == "other place"}
    told_by = {claim.document_id for claim in result.claims if claim.id in refused}
    assert "y" in told_by
    assert "x" not in told_by


def test_figure_that_a_copy_alone_gives_stands() -> None:
    longer = f"{STORY} In Kharkiv, one person was killed, the mayor said."
    result = together(document("a"), document("b", longer, copy_of="a"))
    assert sorted(killed(result)) == [(1, "single source", 1), (2, "single source", 1)]


def test_copy_stands_for_itself_while_the_original_is_not_known() -> None:
    held = document("a", hour=12), document("b", hour=9, copy_of="a"), document("c", copy_of="a")
    result = together(*held, at="2025-05-21T10:00:00+03:00")
    assert killed(result) == [(2, "single source", 1)]
    first = next(one for one in result.estimates if one.metric == Metric.KILLED)
    (claim,) = (claim for claim in result.claims if claim.id in first.claim_ids)
    assert claim.document_id == "c"  # the first to be known of the three


def test_copy_of_another_day_is_not_put_to_it() -> None:
    undated = STORY.replace(" on Wednesday morning", "")
    later = replace(document("b", undated, copy_of="a"), published="2025-05-22T09:00:00+03:00")
    assert len(killed(together(document("a", undated), later))) == 2


def test_copy_of_a_day_later_is_put_to_it_where_the_text_says_when() -> None:
    later = replace(document("b", copy_of="a"), published="2025-05-22T09:00:00+03:00")
    assert killed(together(document("a"), later)) == [(2, "single source", 1)]


LATER = "2025-05-21T13:00:00+03:00"


def version(text: str) -> Document:
    return document("a.2", text, replaces="a", revised=LATER)


def test_changed_figure_corrects_the_former() -> None:
    result = together(document("a"), version(STORY.replace("Two", "Three")))
    assert killed(result) == [(3, "single source", 1)]
    assert ("corrects", "changed text") in rules(result)
    assert ("repeats", "same page, later text") in rules(result)  # the injured stayed
    sentence = next(r.sentence for r in result.relations if r.rule == "changed text")
    assert "3 killed in Sumy Oblast (overnight) (a.2) replaces" in sentence


def test_before_the_change_the_former_text_is_what_was_known() -> None:
    held = document("a"), version(STORY.replace("Two", "Three"))
    assert killed(together(*held, at="2025-05-21T12:59:00+03:00")) == [(2, "single source", 1)]
    assert killed(together(*held, at=LATER)) == [(3, "single source", 1)]


def test_what_is_no_longer_said_is_found_and_not_counted() -> None:
    without = "Nine people were injured in Sumy Oblast overnight, the regional administration said."
    result = together(document("a"), version(without))
    assert killed(result) == []
    (finding,) = (one for one in result.findings if one.check == "figure_withdrawn")
    assert (
        "2 killed in Sumy Oblast (overnight) (a) is no longer in the text of that page (a.2)"
        in (finding.sentence)
    )


def test_text_without_any_figure_left_withdraws_them_all() -> None:
    result = together(document("a"), version("The page was taken down for a check of its figures."))
    assert result.estimates == ()
    assert len(result.findings) == 2


def test_unchanged_figure_counts_from_when_it_was_first_said() -> None:
    """Else a page that was touched at night would take back what others counted at noon."""
    touched = version(f"{STORY} The page was updated.")
    more = document("b", STORY.replace("Two", "Four"), hour=11)
    assert killed(together(document("a"), touched, more)) == [(4, "updated", 1)]


def test_version_of_a_version_speaks_last() -> None:
    held = document("a"), version(STORY.replace("Two", "Three"))
    third = replace(
        document("a.3", STORY.replace("Two", "Four"), replaces="a.2"),
        revised="2025-05-21T15:00:00+03:00",
    )
    assert killed(together(*held, third)) == [(4, "single source", 1)]


def test_copy_of_a_changed_text_goes_with_what_it_repeats() -> None:
    copy = document("b", hour=14, text=STORY.replace("Two", "Three"), copy_of="a")
    result = together(document("a"), version(STORY.replace("Two", "Three")), copy)
    assert killed(result) == [(3, "single source", 1)]


RINGS = [{"a": "b", "b": "a"}, {"a": "a"}, {"a": "nowhere"}]


@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("kind", ["copy_of", "replaces"])
def test_documents_that_point_at_one_another_lose_no_claim(kind: str, ring: dict[str, str]) -> None:
    documents = {name: document(name, **{kind: ring.get(name, "")}) for name in ("a", "b")}
    claims: list[Claim] = [claim for one in documents.values() for claim in extract(one)]
    made = descend(claims, documents, None)
    told = {claim.id for claim in made.claims}
    told |= {i for relation in made.relations for i in (relation.claim_id, relation.other_id)}
    assert told == {claim.id for claim in claims}
