"""Documents: what is read from each format, what is admitted, and how each bad one is told."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tally.documents import REGISTER, Admission, admit, load_documents, read_jsonl, read_markdown
from tally.documents import read_plain as read_plain_file
from tally.documents.intake import MOST_BYTES
from tally.documents.language import guess_language
from tally.errors import DocumentError
from tally.model import Document

HEAD = """\
id: 2025-05-21-desk
publisher: The Desk
url: https://example.org/night
published: 2025-05-21T06:30+03:00
language: en
digest: true
"""
BODY = "# Night over Sumy\n\nRussian drones killed two people in Sumy.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def markdown(head: str = HEAD, body: str = BODY) -> str:
    return f"---\n{head}---\n{body}"


def test_markdown_says_where_it_comes_from(tmp_path: Path) -> None:
    document = read_markdown(write(tmp_path, "a.md", markdown()))
    assert document == Document(
        id="2025-05-21-desk",
        lang="en",
        published="2025-05-21T06:30+03:00",
        publisher="The Desk",
        url="https://example.org/night",
        title="Night over Sumy",
        text=BODY,
        digest=True,
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (markdown(body="Збито 9 дронів.\r\n"), "Збито 9 дронів.\n"),
        ("\ufeff" + markdown(), BODY),
        (markdown(body="--- \n---\nfive drones\n"), "--- \n---\nfive drones\n"),
        (markdown().replace("---", "--- "), BODY),
    ],
    ids=["windows", "byte order mark", "rules in the text", "blanks after the lines"],
)
def test_text_is_kept_as_received(tmp_path: Path, content: str, text: str) -> None:
    assert read_markdown(write(tmp_path, "a.md", content)).text == text


def test_days_and_times_of_yaml_are_iso(tmp_path: Path) -> None:
    for given, kept in [
        ("2025-05-21", "2025-05-21"),
        ("2025-05-21 06:30:00", "2025-05-21T06:30:00"),
        ("2025-05-21T06:30:00Z", "2025-05-21T06:30:00+00:00"),
    ]:
        head = HEAD.replace("2025-05-21T06:30+03:00", given)
        published = read_markdown(write(tmp_path, "a.md", markdown(head))).published
        assert published == kept
        assert dt.datetime.fromisoformat(kept)


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nurl: [*b, *b]\n"
BAD_HEADS = [
    ("published: 2025-05-21T06:30+03:00\n", "", "no publication date; add published: YYYY-MM-DD"),
    ("2025-05-21T06:30+03:00", "yesterday", "published 'yesterday' is not a date; write YYYY-MM"),
    ("2025-05-21T06:30+03:00", "20250521", "published '20250521' is not a date"),
    ("2025-05-21T06:30+03:00", "2025-W21-3", "published '2025-W21-3' is not a date"),
    ("2025-05-21T06:30+03:00", "'2025-02-30'", "published '2025-02-30' is not a date"),
    ("2025-05-21T06:30+03:00", "2025-02-30", "the front matter is not YAML (day "),
    ("2025-05-21T06:30+03:00", "0025-05-21", "published '0025-05-21' is not between 1990 and"),
    ("language: en", "language: de", "language 'de' is not one of en, uk, ru"),
    ("language: en\n", "", "language '' is not one of en, uk, ru"),
    ("id: 2025-05-21-desk\n", "", "id '' is missing"),
    ("id: 2025-05-21-desk", "id: ../../etc/passwd", "id '../../etc/passwd' is missing or not made"),
    ("id: 2025-05-21-desk", "id: ..", "id '..' is missing or not made"),
    ("id: 2025-05-21-desk", f"id: {'a' * 300}", "is missing or not made"),
    ("publisher:", "publishr:", "unknown key 'publishr'; the keys are id, publisher, url"),
    ("publisher: The Desk", "publisher: [The, Desk]", "publisher is not one value"),
    ("digest: true", "digest: maybe", "digest 'maybe' is neither true nor false"),
    ("publisher: The Desk", "publisher: The: Desk", "the front matter is not YAML (mapping"),
    ("publisher: The Desk", f"publisher: {'[' * 900}", "the front matter is not YAML"),
    ("publisher: The Desk", f"publisher: {'[' * 19_000}", "the front matter is not YAML"),
    ("publisher: The Desk", "publisher: !!python/name:os.system", "the front matter is not YAML"),
    ("publisher: The Desk\n", LAUGHS, "is not one value"),
    ("The Desk", "The Desk " * 5000, "front matter longer than 20,000 characters; end it"),
]


@pytest.mark.parametrize(("old", "new", "message"), BAD_HEADS)
def test_bad_front_matter_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in HEAD
    path = write(tmp_path, "a.md", markdown(HEAD.replace(old, new)))
    with pytest.raises(DocumentError) as caught:
        read_markdown(path)
    assert str(caught.value).startswith("a.md: ")
    assert message in str(caught.value)


BAD_FILES = [
    ("five drones\n", "no front matter; begin the file with"),
    ("", "no front matter"),
    ("---\n---\nfive drones\n", "the front matter holds no keys"),
    ("---\n- id\n---\nfive drones\n", "the front matter holds no keys"),
    (markdown(body=""), "the text is empty"),
    (markdown(body=" \n\n"), "the text is empty"),
    (f"---\n{HEAD}---", "the text is empty"),
    (markdown(body="five\0 drones"), "the text holds U+0000"),
    (markdown().encode("utf-16"), "not UTF-8 (byte 0); save it as UTF-8"),
    (markdown(body="Збито").encode("cp1251"), "not UTF-8 (byte 1"),
    (b"a" * (MOST_BYTES + 1), "longer than the 5,000,000 bytes"),
]


@pytest.mark.parametrize(("content", "message"), BAD_FILES)
def test_bad_file_is_told(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_markdown(write(tmp_path, "a.md", content))
    assert str(caught.value).startswith("a.md: ")
    assert message in str(caught.value)


def test_fifty_megabytes_of_one_line_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(DocumentError, match=r"a\.md: longer than .* may have; split it"):
        read_plain_file(tmp_path / "a.md", None, None)


def take(folder: Path) -> Admission:
    """Admit as a rebuild does: what is known afterwards is written down."""
    admission = admit(folder)
    write(folder, REGISTER, admission.register)
    return admission


def test_admitted_text_stays_admitted(tmp_path: Path) -> None:
    write(tmp_path, "a.md", markdown())
    first, again = take(tmp_path), take(tmp_path)
    assert first == again
    assert not first.problems
    assert first.register.splitlines()[0] == "id,sha256"


def test_changed_text_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", markdown())
    write(tmp_path, "b.md", markdown(HEAD.replace("-desk", "-other")))
    before = take(tmp_path).register
    write(tmp_path, "a.md", markdown(body=BODY.replace("two", "three")))
    admission = take(tmp_path)
    assert [document.id for document in admission.documents] == ["2025-05-21-other"]
    (problem,) = admission.problems
    assert problem.startswith("a.md: the text changed since it was admitted; restore it, or give")
    assert admission.register == before
    path.write_text(markdown(), encoding="utf-8")
    assert not take(tmp_path).problems


def test_where_a_text_comes_from_may_be_corrected(tmp_path: Path) -> None:
    write(tmp_path, "a.md", markdown())
    take(tmp_path)
    write(tmp_path, "a.md", markdown(HEAD.replace("The Desk", "The Night Desk")))
    (document,) = take(tmp_path).documents
    assert document.publisher == "The Night Desk"


def test_each_bad_document_is_one_problem(tmp_path: Path) -> None:
    write(tmp_path, "a.md", markdown())
    write(tmp_path, "b.md", markdown())
    write(tmp_path, "c.md", "no front matter")
    write(tmp_path, "story.txt", "five drones")
    write(tmp_path, ".DS_Store", b"\0")
    (tmp_path / "june.md").mkdir()
    admission = admit(tmp_path)
    assert [document.id for document in admission.documents] == ["2025-05-21-desk"]
    assert [problem.partition(";")[0] for problem in admission.problems] == [
        "b.md: the id '2025-05-21-desk' is taken by another file",
        "c.md: no front matter",
        "june.md: not read",
        "story.txt: not read",
    ]


def test_broken_link_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "nowhere")
    assert len(admit(tmp_path).problems) == 1


@pytest.mark.parametrize("register", ["", "id,sha\na,b\n", "id,sha256\na\n", "id,sha256\n\xff,"])
def test_broken_register_admits_nothing(tmp_path: Path, register: str) -> None:
    write(tmp_path, "a.md", markdown())
    write(tmp_path, REGISTER, register.encode("latin-1"))
    with pytest.raises(DocumentError, match=r"admitted\.csv: not the register .*; restore it, or"):
        admit(tmp_path)


def test_loaded_are_those_that_are_admitted(tmp_path: Path) -> None:
    write(tmp_path, "a.md", markdown())
    write(tmp_path, "b.md", "no front matter")
    assert list(load_documents(tmp_path)) == ["2025-05-21-desk"]


def test_plain_text_takes_date_and_language_from_the_command(tmp_path: Path) -> None:
    path = write(tmp_path, "night.txt", "Збито 9 дронів над Сумами, їх було більше.")
    document = read_plain_file(path, "2025-05-21", None)
    assert (document.id, document.lang, document.published) == ("night", "uk", "2025-05-21")
    assert read_plain_file(path, None, "ru").lang == "ru"


def test_plain_text_with_front_matter_says_its_own(tmp_path: Path) -> None:
    document = read_plain_file(write(tmp_path, "a.txt", markdown()), "1999-01-01", "ru")
    assert (document.id, document.lang) == ("2025-05-21-desk", "en")
    assert document.published == "2025-05-21T06:30+03:00"


LANGUAGES = [
    ("Air defences shot down 63 of 76 drones over Sumy", "en"),
    ("Збито 63 дрони над Сумською областю, їх було більше", "uk"),
    ("Сбиты 63 беспилотника над Курской областью", "ru"),
    ("⚡️ Сбито 5 https://t.me/a/long/address/of/a/page/with/many/latin/letters", "ru"),
]
UNKNOWN = [
    "Bei einem russischen Luftangriff auf die Stadt Sumy sind in der Nacht nach Angaben der "
    "Behörden mindestens drei Menschen getötet und zwölf verletzt worden, hieß es am Morgen.",
    "Al menos tres personas murieron y doce resultaron heridas en un ataque ruso con drones "
    "contra la ciudad de Sumy, informaron las autoridades de la región este miércoles.",
    "Najmanje tri osobe su poginule, a dvanaest je ranjeno u ruskom napadu dronovima na grad "
    "Sumi, saopštile su vlasti. Ukrajinsko vazduhoplovstvo je oborilo 63 od 76 dronova.",
    "Прынамсі тры чалавекі загінулі ў выніку атакі беспілотнікаў на горад Сумы, паведамілі ўлады",
    "在俄罗斯对苏梅市的袭击中至少有三人死亡",
    "63 / 76",
]


@pytest.mark.parametrize(("text", "lang"), LANGUAGES)
def test_language_is_told(text: str, lang: str) -> None:
    assert guess_language(text) == lang


@pytest.mark.parametrize("text", UNKNOWN)
def test_other_language_is_not_taken_for_ours(text: str) -> None:
    with pytest.raises(DocumentError, match="cannot be told; Tally reads en, uk, ru"):
        guess_language(text)


def jsonl(folder: Path, *lines: object) -> list[Document | DocumentError]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path = write(folder, "a.jsonl", "\n".join(texts).encode("utf-8", "surrogatepass"))
    return list(read_jsonl(path))


ROW = {"id": "x", "lang": "en", "published": "2025-05-21", "title": "Night", "text": "5 drones"}


def test_jsonl_gives_a_document_a_line(tmp_path: Path) -> None:
    row = {**ROW, "source": "The Desk"}
    assert jsonl(tmp_path, "\ufeff" + json.dumps(row), "", {**row, "id": 7, "title": ""}) == [
        Document("x", "en", "2025-05-21", "The Desk", "", "Night", "Night\n\n5 drones"),
        Document("7", "en", "2025-05-21", "The Desk", "", "", "5 drones"),
    ]


@pytest.mark.parametrize("published", [None, "", "unknown"])
def test_jsonl_may_not_know_its_date(tmp_path: Path, published: str | None) -> None:
    (document,) = jsonl(tmp_path, {**ROW, "published": published})
    assert isinstance(document, Document)
    assert document.published is None


@pytest.mark.parametrize(
    "published", ["2022-07-28 20:15:00", "2024-04-26T19:53:24.080656", "2025-05-21T01:38:41.000Z"]
)
def test_jsonl_takes_the_times_that_feeds_have(tmp_path: Path, published: str) -> None:
    (document,) = jsonl(tmp_path, {**ROW, "published": published})
    assert isinstance(document, Document)
    assert document.published == published


BAD_LINES: list[tuple[object, str]] = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ([1], "no object with id and text"),
    ({"id": "x"}, "no object with id and text"),
    ({**ROW, "id": None}, "id '' is missing"),
    ({**ROW, "id": "\u001b[2J"}, "has characters that cannot be printed"),
    ({**ROW, "text": 5}, "text is 5; write it as text"),
    ({**ROW, "lang": "de"}, "language 'de' is not one of"),
    ({**ROW, "title": "", "text": " "}, "the text is empty"),
    ({**ROW, "text": "\ud800 5 drones"}, "the text holds U+D800"),
    ({**ROW, "text": "a" * MOST_BYTES}, "longer than the 5,000,000 bytes"),
    ({**ROW, "id": "good"}, "the id 'good' stands on an earlier line"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES)
def test_bad_line_is_told_and_the_rest_goes_on(tmp_path: Path, line: object, message: str) -> None:
    good, last = {**ROW, "id": "good"}, {**ROW, "id": "last"}
    first, problem, second = jsonl(tmp_path, good, line, last)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, second.id) == ("good", "last")
    assert isinstance(problem, DocumentError)
    assert str(problem).startswith("a.jsonl:2: ")
    assert message in str(problem)


def test_line_with_an_unreadable_date_is_read_without_it(tmp_path: Path) -> None:
    problem, document = jsonl(tmp_path, {**ROW, "published": "21 May"})
    assert "published '21 May' is not a date" in str(problem)
    assert isinstance(document, Document)
    assert document.published is None


def test_line_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": "x", "text": "Сумы"}'.encode("cp1251"))
    (problem,) = read_jsonl(path)
    assert "a.jsonl:1: not UTF-8" in str(problem)
