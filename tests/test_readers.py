"""Readers: what each format gives, from files that real tools wrote (tests/documents/README.md)."""

import json
from pathlib import Path

import pytest

from tally.documents.formats import Asked, completed, kind_of, read_file
from tally.documents.limits import Columns
from tally.documents.lines import unwrapped
from tally.documents.stating import Found
from tally.errors import DocumentError
from tally.extract import extract
from tally.model import Document
from tally.reader import main

FILES = Path(__file__).parent / "documents"
MAPPED = Columns(text="body", title="headline", published="date", url="link")


def read(name: str, asked: Asked | None = None) -> list[Found]:
    return list(read_file(FILES / name, asked or Asked()))


def documents(name: str, asked: Asked | None = None) -> list[Document]:
    found = [one for one in read(name, asked) if isinstance(one, Document)]
    return [completed(one, asked or Asked(), library=True) for one in found]


# file, item, language, published, publisher, address, and words that the text must hold
READ = [
    (
        "night.md", "2025-05-21-desk-note", "en", "2025-05-21T09:00+03:00", "The Night Desk", "",
        "# Note of the night\n\nTwo people were killed in Sumy Oblast",
    ),
    (
        "article.html", "https://nightdesk.example/2025/05/21/night-over-sumy/", "en",
        "2025-05-21T08:42:10+03:00", "The Night Desk",
        "https://nightdesk.example/2025/05/21/night-over-sumy/",
        "# Sixty-three of 76 drones stopped overnight\n\nAir defences shot down or jammed 63 of",
    ),
    (
        "page.mhtml", "http://127.0.0.1:8765/index.html", "en", "2025-05-23T09:05:00+03:00",
        "The Night Desk", "http://127.0.0.1:8765/index.html",
        "# Kharkiv counts 14 hits\n\nKharkiv was hit by 14 drones during the night of 23 May",
    ),
    (
        "crawl.warc.gz", "http://127.0.0.1:8765/index.html", "en", "2025-05-23T09:05:00+03:00",
        "The Night Desk", "http://127.0.0.1:8765/index.html", "Five people were injured, two of",
    ),
    (
        "note.pdf", "note", "en", None, "", "",
        "shot down 22 of the 76 drones that Russia launched during the night, and that 41 more",
    ),
    (
        "note.docx", "note", "en", None, "", "",
        "the Air Force said; 112 of them were shot down.\nKharkiv Oblast, 3 people injured\n",
    ),
    (
        "letter.eml", "5b1f0c7a-2f5e-4c53-9c0e-8d3f6a1f4b77@region.example", "uk",
        "2025-05-21T10:15:00+03:00", "Пресслужба ОВА", "",
        "# Наслідки нічної атаки\n\nПротягом ночі ворог атакував область 17 ударними "
        "безпілотниками. Сили протиповітряної оборони збили 15 безпілотників.",
    ),
    (
        "channel.html", "telegram:nightpost_example/1871", "uk", "2025-05-21T08:48:02+03:00",
        "Нічний пост", "https://t.me/nightpost_example/1871",
        "⚡️ЗБИТО/ПОДАВЛЕНО 63 ВОРОЖІ БПЛА\n\nУ ніч на 21 травня противник атакував 76 ударними",
    ),
    (
        "result.json", "telegram:1000200300/611", "ru", "2025-05-21T08:05:12+03:00",
        "Сводка ночи", "https://t.me/c/1000200300/611",
        "В течение прошедшей ночи дежурными средствами ПВО перехвачены и уничтожены 53",
    ),
    (
        "account.json", "telegram:1000200301/9", "en", "2025-05-21T09:10:00+03:00",
        "Night notes", "https://t.me/c/1000200301/9", "Officials in Sumy Oblast say that two",
    ),
    (
        "feed.rss", "https://nightdesk.example/?p=431", "en", "2025-05-22T09:01:33+03:00",
        "The Night Desk", "https://nightdesk.example/2025/05/22/belgorod-day/",
        "a day in the region\n\nUkrainian drones struck four districts of Belgorod Oblast on",
    ),
    (
        "feed.atom", "https://nightpost.example/2025/05/22/night", "uk",
        "2025-05-22T08:40:00+03:00", "Нічний пост",
        "https://nightpost.example/2025/05/22/night.html",
        "# Сили ППО збили 47 із 60 дронів\n\nУ ніч на 22 травня Росія запустила 60 дронів",
    ),
    (
        "posts.jsonl", "desk-1", "en", "2025-05-21T08:42:10+03:00", "The Night Desk",
        "https://nightdesk.example/a", "Night over Sumy\n\nTwo people were killed and nine injured",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "item", "lang", "published", "publisher", "url", "words"),
    READ,
    ids=[row[0] for row in READ],
)
def test_each_format_says_what_when_and_who(
    name: str, item: str, lang: str, published: str | None, publisher: str, url: str, words: str
) -> None:
    document = documents(name)[0]
    said = (document.id, document.lang, document.published, document.publisher, document.url)
    assert said == (item, lang, published, publisher, url)
    assert words in document.text


def test_every_format_has_a_file_here() -> None:
    from tally.documents.formats import KINDS

    assert {kind_of(path) for path in FILES.iterdir()} - {""} == set(KINDS)


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_spans_of_claims_are_characters_of_the_text(path: Path) -> None:
    asked = Asked(published="2025-05-21", columns=MAPPED if path.suffix == ".csv" else Columns())
    for document in documents(path.name, asked):
        for claim in extract(document):
            figure = document.text[claim.start : claim.end]
            assert figure.strip() == figure != ""
            assert figure in claim.quote


# what is on a page or in a file and no word of its document
NOT_READ = [
    ("article.html", ["12 maps of the front", "38 drones", "WordPress", "yoast"]),
    ("note.docx", ["99 of them"]),  # deleted, the change tracked
    ("result.json", ["create_channel", "File not included"]),
    ("account.json", ["12 drones over my house", "call me"]),  # a private chat
    ("channel.html", ["41.2K", "views", "edited"]),
    ("feed.rss", ["[…]", "<strong>", "hourly"]),
    ("letter.eml", ["Thunderbird", "charset"]),
]


@pytest.mark.parametrize(("name", "words"), NOT_READ)
def test_what_is_no_text_stays_out(name: str, words: list[str]) -> None:
    text = "".join(document.text for document in documents(name))
    assert [word for word in words if word in text] == []


COUNTS = [("channel.html", 2), ("result.json", 2), ("account.json", 1), ("feed.rss", 2)]


@pytest.mark.parametrize(("name", "count"), COUNTS)
def test_each_post_with_words_is_a_document(name: str, count: int) -> None:
    assert len(documents(name)) == count


def test_page_states_when_it_was_changed() -> None:
    assert documents("article.html")[0].revised == "2025-05-21T10:15:31+03:00"
    assert documents("feed.atom")[0].revised == "2025-05-22T09:12:05+03:00"
    assert documents("result.json")[0].revised == "2025-05-21T09:40:01+03:00"


def test_csv_is_read_by_the_columns_that_are_said() -> None:
    first, second, problem, third = read("posts.csv", Asked(columns=MAPPED))
    assert isinstance(first, Document)
    assert (first.published, first.title) == ("2025-05-21", "Night over Sumy")
    assert (first.id, first.url) == ("https://nightdesk.example/a",) * 2
    assert isinstance(second, Document)
    assert second.text.startswith('=HYPERLINK("https://evil.example"')  # words, never a formula
    assert str(problem).startswith("posts.csv:4: published '21 May' is not a date")
    assert isinstance(third, Document)
    assert third.published is None


def test_csv_without_the_column_lists_those_it_has() -> None:
    (problem,) = read("posts.csv")
    assert str(problem) == (
        "posts.csv: no column 'text' of texts; its columns are link, date, headline, body: "
        "say which with --column text=NAME"
    )


def test_dates_of_a_table_may_be_written_as_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\tpublished\nFive people were killed in Sumy\t21.05.2025\n", "utf-8")
    (found,) = read_file(path, Asked(columns=Columns(dates="%d.%m.%Y")))
    assert isinstance(found, Document)
    assert found.published == "2025-05-21"


def test_unknown_kind_lists_the_formats(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(b"PK")
    (problem,) = read_file(tmp_path / "a.odt", Asked())
    assert isinstance(problem, DocumentError)
    assert str(problem).startswith("a.odt: no format that Tally reads; these are .md, .markdown")


DATES = [
    ('<meta name="date" content="2025-05-21">', "2025-05-21"),
    (
        '<meta itemprop="datePublished" content="2025-05-21T06:30+03:00">',
        "2025-05-21T06:30:00+03:00",
    ),
    ('<script type="application/ld+json">{"datePublished": "2025-05-21"}</script>', "2025-05-21"),
    ('<script type="application/ld+json">{broken</script>', None),
    ('<link rel="canonical" href="https://a.example/2025/05/21/night">', "2025-05-21"),
    ('<link rel="canonical" href="https://a.example/2025/05/night">', None),
    ("<p>Published 21 May 2025, updated 22 May 2025</p>", None),  # that stands on the page only
    ('<meta name="date" content="yesterday">', None),
]


@pytest.mark.parametrize(("head", "published"), DATES)
def test_page_is_dated_by_what_it_states_alone(
    tmp_path: Path, head: str, published: str | None
) -> None:
    path = tmp_path / "a.html"
    body = (
        "<article><p>Two people were killed in Sumy Oblast overnight, officials said.</p></article>"
    )
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")
    (found,) = read_file(path, Asked())
    assert isinstance(found, Document)
    assert found.published == published


STATED = [
    ("en", "Two people died in Sumy", "en"),
    ("en", "Двоє людей загинули у Сумах, їх іще шукають", "uk"),  # of the page's template
    ("uk", "Двоє людей загинули у Сумах", "uk"),
    ("ru", "Двоє людей загинули у Сумах", "ru"),  # may be: it is stated
    ("", "В Сумах погибли два человека", "ru"),
]


@pytest.mark.parametrize(("stated", "text", "lang"), STATED)
def test_language_is_the_stated_one_where_it_can_be(stated: str, text: str, lang: str) -> None:
    document = Document("a", stated, None, "", "", "", text)
    assert completed(document, Asked(), library=True).lang == lang


LINES = [
    ("Kharkiv Oblast: three injured\nOdesa Oblast: no casualties\n" + "X" * 60, 3),
    ("The Air Force said that 63 of the 76 drones had been shot down over\nSumy Oblast", 1),
    ("five drones were shot down over the region of Khar-\nkiv, and three were lost", 1),
    ("1. Five drones were shot down over the region of Kharkiv\n2. Three were lost there", 2),
    ("one paragraph of the page that is as wide as it can be\n\nAnother", 3),
]


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_lines_broken_for_width_are_joined(text: str, lines: int) -> None:
    assert len(unwrapped(text).split("\n")) == lines


def test_hyphen_of_a_broken_word_goes() -> None:
    assert "Kharkiv" in unwrapped(LINES[2][0])


def test_extract_reads_every_format_that_is_collected(capsys: pytest.CaptureFixture[str]) -> None:
    given = [str(FILES / name) for name in ("letter.eml", "note.pdf", "posts.csv", "night.md")]
    assert main([*given, "--format", "jsonl"]) == 1
    said = capsys.readouterr()
    read = [json.loads(line)["id"] for line in said.out.splitlines()]
    assert read == [
        "5b1f0c7a-2f5e-4c53-9c0e-8d3f6a1f4b77@region.example",
        "note",
        "2025-05-21-desk-note",
    ]
    assert "note.pdf: no publication date, so no day is known; say --published DATE" in said.err
    assert "posts.csv: no column 'text' of texts" in said.err
