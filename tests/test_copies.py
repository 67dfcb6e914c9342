"""Copies are found among many documents as they would be by comparing each with each."""

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from tally.documents import copies
from tally.documents.copies import Copies, are_copies
from tally.documents.sketches import sketched, words_of
from tally.model import KYIV, Document, published_at
from tally.workers import LocalExecutor

ALERT = (
    "О {} у {} області оголошено повітряну тривогу через рух {} ударних дронів. Негайно пройдіть "
    "до найближчого укриття і залишайтеся там до відбою, про який буде повідомлено окремо"
)
SHORT = "Увага! Відбій тривоги о {}, {} область"
BEFORE = ("", "21 травня 2025 року. ", "Оновлено о 07:40. ")
AFTER = ("", " Загроза триває ще 2 години.", " Бережіть себе та своїх близьких.")
TIMES = ("03:12", "12:03", "04:55")
REGIONS = ("Сумській", "Харківській")
COUNTS = ("12", "трьох", "3")
MOMENTS = (
    "2025-05-20T23:50:00+03:00", "2025-05-21T00:10:00+03:00", "2025-05-21", "2025-05-23",
    "2025-05-24T00:10:00+03:00", "2025-03-29T23:30:00+02:00", "2025-04-02T00:15:00+03:00", None,
)  # fmt: skip
PUBLISHERS = ("", "Тривога", "Обласна адміністрація")


def posts(seed: int, count: int = 150) -> Iterator[Document]:
    chance = random.Random(seed)
    pick = chance.choice
    for number in range(count):
        told = pick((ALERT, ALERT, SHORT)).format(pick(TIMES), pick(REGIONS), pick(COUNTS))
        text = f"{pick(BEFORE)}{told}.{pick(AFTER)}\n"
        yield Document(f"post-{number}", "uk", pick(MOMENTS), pick(PUBLISHERS), "", "", text)


def may_be_printed_from(one: Document, other: Document) -> bool:
    if one.published is None or other.published is None:
        return True
    moments = [published_at(each.published or "") for each in (one, other)]
    if one.publisher and one.publisher == other.publisher:
        first, second = (each.astimezone(KYIV).date() for each in moments)
        return first == second
    return abs(moments[0] - moments[1]) <= dt.timedelta(days=3)


def originals_by_each_with_each(documents: list[Document]) -> list[str]:
    return [
        next(
            (
                other.id
                for other in documents[:number]
                if may_be_printed_from(one, other)
                and are_copies(words_of(one.text), words_of(other.text))
            ),
            "",
        )
        for number, one in enumerate(documents)
    ]


def originals(documents: list[Document]) -> list[str]:
    known, found = Copies(), []
    for document, sketch in sketched(documents, LocalExecutor(jobs=1)):
        assert isinstance(document, Document)
        found.append(known.original_of(document, sketch))
        known.add(document, sketch)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_answer_is_that_of_comparing_each_with_each(seed: int) -> None:
    documents = list(posts(seed))
    found = originals(documents)
    assert found == originals_by_each_with_each(documents)
    assert 10 < sum(map(bool, found)) < len(found) - 10


def alerts(count: int) -> list[Document]:
    """Give alerts of one channel on one day, each of its minute and its drones."""
    day = dt.datetime(2025, 5, 21, tzinfo=KYIV)
    made = []
    for number in range(count):
        moment = day + dt.timedelta(seconds=number * 80_000 // count)
        text = ALERT.format(f"{moment:%H:%M:%S}", REGIONS[number % 2], number + 100)
        made.append(
            Document(f"a-{number}", "uk", moment.isoformat(), "Тривога", "", "", f"{text}.\n")
        )
    return made


def test_alerts_of_one_day_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    same_text = copies._same_text

    def counting(*given: copies._Wording) -> bool:
        nonlocal compared
        compared += 1
        return same_text(*given)

    monkeypatch.setattr(copies, "_same_text", counting)
    documents = alerts(600)
    assert not any(originals(documents))
    assert compared < len(documents)


def test_a_repost_among_many_alerts_is_found() -> None:
    documents = alerts(300)
    again = documents[123]
    text = f"Оновлено о 07:40. {again.text}"
    repost = Document("repost", "uk", again.published, "Інший канал", "", "", text)
    assert originals([*documents, repost])[-1] == again.id
