"""Collecting: what is taken in, what is skipped, which texts are versions and which are copies."""

import json
import shutil
import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tally.collect import Collected, collect
from tally.collecting import main
from tally.documents import REGISTER, admit
from tally.documents.copies import are_copies
from tally.documents.formats import Asked
from tally.documents.limits import Columns
from tally.documents.sketches import Sketch, words_of
from tally.documents.stating import Found
from tally.ledger import load_ledger
from tally.model import Document
from tally.rebuild import rebuild

FILES = Path(__file__).parent / "documents"
MAPPED = Columns(text="body", title="headline", published="date", url="link")
TOLD = Asked(published="2025-05-21", columns=MAPPED)
UNDATED = "states no publication date, and none is made up; say --published DATE if you know"
STORY = (
    "Two people were killed and nine were injured in Sumy Oblast overnight, the regional military "
    "administration said on Wednesday morning. One of the injured is a child."
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "saved").mkdir()
    return tmp_path / "saved"


def hours() -> Iterator[str]:
    """Give a time at each asking, an hour later than the one before."""
    yield from (f"2025-05-22T{hour:02}:00:00+00:00" for hour in range(24))


def take(path: Path, data: Path, asked: Asked | None = None, hour: int = 6) -> Collected:
    return collect([path], data, asked or Asked(), now=lambda: f"2025-05-22T{hour:02}:00:00+00:00")


def shelf(data: Path) -> dict[str, Document]:
    admission = admit(data / "documents")
    assert not admission.problems
    return {document.id: document for document in admission.documents}


def post(number: int, text: str, **more: object) -> dict[str, object]:
    moment = {"date": "2025-05-21T09:00:00", "date_unixtime": "1747807200"}
    return {"id": number, "type": "message", **moment, "text": text, **more}


def export(folder: Path, *messages: object, chat: int = 77) -> Path:
    folder.mkdir(exist_ok=True)
    content = {"name": "Notes", "type": "public_channel", "id": chat, "messages": messages}
    path = folder / "result.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def text_file(folder: Path, name: str, text: str, **head: str) -> Path:
    said = "".join(f"{key}: {value}\n" for key, value in head.items())
    (folder / name).write_text(f"---\n{said}---\n{text}" if head else text, "utf-8")
    return folder / name


def test_folder_of_every_format_is_taken_in_and_read_into_claims(data: Path, saved: Path) -> None:
    shutil.copytree(FILES, saved, dirs_exist_ok=True)
    done = take(saved, data, TOLD)
    rebuilt = rebuild(data)
    assert not rebuilt.problems
    assert rebuilt.documents == len(done.new)
    # The page in page.mhtml is the one in crawl.warc.gz, which was taken in before it.
    kinds = {path.suffix for path in FILES.iterdir()} - {"", ".mhtml"}
    assert done.unchanged == 1
    taken = [document.origin for document in shelf(data).values() if document.origin]
    assert {Path(origin.found_at).suffix for origin in taken} == kinds
    assert not [one for one in shelf(data).values() if one.url.endswith("/c")]
    claims = {claim.document_id for claim in load_ledger(data / "claims")}
    assert {
        Path(held.origin.found_at).suffix
        for held in shelf(data).values()
        if held.origin and held.id in claims
    } == kinds
    assert [problem.partition(": ")[0] for problem in done.problems] == [
        "posts.csv:4",  # its date is none, and what is said for those without is not for it
    ]


def test_what_is_taken_in_says_where_it_is_from(data: Path) -> None:
    take(FILES / "feed.atom", data)
    (document,) = shelf(data).values()
    assert document.origin
    assert document.origin.item == "feed:https://nightpost.example/2025/05/22/night"
    assert document.origin.found_at.endswith("tests/documents/feed.atom")
    assert document.origin.taken_at == "2025-05-22T06:00:00+00:00"
    assert len(document.origin.sha256) == 64
    assert document.id.startswith("2025-05-22-nightpost-example-")


SERIES = Path(__file__).parent / "series"
TOLD_APART = {
    "GEDEvent.csv": "a series (ucdp), no document; take it in with scripts/import.py FILE --as",
    "russia_losses_personnel.json": "a series (general-staff), no document; take it in with",
    "claims.tsv": "no column 'text' of texts; its columns are series, claim: say which with",
}


@pytest.mark.parametrize("name", TOLD_APART)
def test_series_among_documents_is_told_apart(data: Path, saved: Path, name: str) -> None:
    (saved / "inside").mkdir()
    shutil.copy(SERIES / name, saved / "inside")
    (problem,) = take(saved, data).problems
    assert problem.startswith(f"inside/{name}: {TOLD_APART[name]}")


def test_same_again_is_unchanged_wherever_it_lies(data: Path, saved: Path, tmp_path: Path) -> None:
    shutil.copy(FILES / "feed.atom", saved)
    assert len(take(saved, data).new) == 1
    before = sorted((data / "documents").iterdir())
    saved.rename(tmp_path / "moved")
    again = take(tmp_path / "moved", data)
    assert (again.new, again.changed, again.unchanged) == ([], [], 1)
    assert sorted((data / "documents").iterdir()) == before


def test_changed_text_is_a_version_and_the_old_one_stays(data: Path, saved: Path) -> None:
    feed = (FILES / "feed.atom").read_text("utf-8")
    (saved / "a.atom").write_text(feed, "utf-8")
    (old,) = take(saved, data).new
    feed = feed.replace("поранено трьох", "поранено п’ятьох").replace("T09:12:05", "T12:30:00")
    (saved / "a.atom").write_text(feed, "utf-8")
    done = take(saved, data)
    (new,) = done.changed
    held = shelf(data)
    assert new == f"{old}.2"
    assert "поранено трьох" in held[old].text
    assert "поранено п’ятьох" in held[new].text
    assert held[new].replaces == old
    assert held[new].published == held[old].published  # days in the text mean what they meant
    assert held[new].revised == "2025-05-22T12:30:00+03:00"
    assert take(saved, data).unchanged == 1


def test_version_is_known_from_when_it_was_seen_where_no_time_is_stated(
    data: Path, saved: Path
) -> None:
    head = {"id": "note", "published": "2025-05-21", "language": "en"}
    take(text_file(saved, "a.md", "Five people died in Sumy.\n", **head), data)
    (new,) = take(
        text_file(saved, "a.md", "Six people died in Sumy.\n", **head), data, hour=9
    ).changed
    version = shelf(data)[new]
    assert (version.published, version.revised) == ("2025-05-21", "2025-05-22T09:00:00+00:00")
    rebuild(data)
    (claim,) = (claim for claim in load_ledger(data / "claims") if claim.document_id == new)
    assert claim.published == version.revised


def test_reaction_is_no_edit_and_an_edit_is_one(data: Path, tmp_path: Path) -> None:
    edited = {"edited": "2025-05-21T11:00:00", "edited_unixtime": "1747814400"}
    take(export(tmp_path / "one", post(5, "Two people were killed in Sumy.")), data)
    reacted = export(tmp_path / "two", post(5, "Two people were killed in Sumy.", **edited))
    assert take(reacted, data).unchanged == 1
    (new,) = take(
        export(tmp_path / "three", post(5, "Three people were killed in Sumy.", **edited)), data
    ).changed
    assert shelf(data)[new].revised == "2025-05-21T11:00:00+03:00"
    assert take(tmp_path / "one", data).unchanged == 1  # an older export brings nothing back


def test_first_sight_of_a_post_with_reactions_is_dated_by_its_publication(
    data: Path, tmp_path: Path
) -> None:
    edited = {"edited": "2025-05-25T11:00:00", "edited_unixtime": "1748160000"}
    take(export(tmp_path / "one", post(5, "Two people were killed in Sumy.", **edited)), data)
    (document,) = shelf(data).values()
    assert document.known_from == "2025-05-21T09:00:00+03:00"


def test_undated_document_is_refused_with_what_to_do(data: Path) -> None:
    done = take(FILES / "note.pdf", data)
    assert done.problems == [
        f"note.pdf: {UNDATED}",
    ]
    assert not shelf(data)
    assert take(FILES / "note.pdf", data, Asked(published="2025-05-21")).new


COPIES = [
    ("The Desk, 21 May. " + STORY + " Source: the administration.", True),
    (STORY.replace("overnight", "during the night"), True),
    ("Read also what happened before. " + STORY, True),
    (STORY.replace("nine", "eight"), False),  # another figure is another report
    (STORY.replace("Two", "2"), False),
    (STORY.replace("on Wednesday morning", "at 08:30"), False),  # another hour, another count
    (
        "Two people were killed and nine were injured in Kharkiv on Wednesday, the mayor said.",
        False,
    ),
]


@pytest.mark.parametrize(("text", "copy"), COPIES)
def test_copies_are_told_by_words_and_figures(text: str, copy: bool) -> None:
    assert are_copies(words_of(STORY), words_of(text)) is copy
    assert are_copies(words_of(text), words_of(STORY)) is copy


def test_copy_is_marked_and_counted(data: Path, saved: Path) -> None:
    head = {"published": "2025-05-21", "language": "en"}
    text_file(saved, "a.md", STORY, id="first", publisher="A", **head)
    text_file(saved, "b.md", f"{STORY} A says.", id="second", publisher="B", **head)
    text_file(saved, "c.md", f"{STORY} As B says.", id="third", publisher="C", **head)
    text_file(saved, "d.md", STORY, id="later", published="2025-06-21", language="en")
    done = take(saved, data)
    assert done.copies == ["second", "third"]
    held = shelf(data)
    assert {name: held[name].copy_of for name in held} == {
        "first": "", "second": "first", "third": "first", "later": "",
    }  # fmt: skip


def test_copies_are_looked_for_here_where_workers_fail(
    data: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("tally.documents.sketches.sketch_all", fail)
    for name, publisher in (("a", "A"), ("b", "B")):
        head = {"id": name, "publisher": publisher, "published": "2025-05-21", "language": "en"}
        text_file(saved, f"{name}.md", STORY, **head)
    assert take(saved, data).copies == ["b"]


def test_publisher_that_says_the_same_next_night_is_no_copy(data: Path, saved: Path) -> None:
    for day in (21, 22):
        head = {"id": f"d{day}", "published": f"2025-05-{day}", "language": "en"}
        text_file(saved, f"{day}.md", STORY, publisher="A", **head)
    assert take(saved, data).copies == []


def test_communiques_of_two_nights_are_no_copies(data: Path, saved: Path) -> None:
    told = (
        "В течение прошедшей ночи дежурными средствами ПВО перехвачены и уничтожены {} украинских "
    )
    told += "беспилотных летательных аппаратов самолетного типа над территорией Брянской области."
    for number, day in ((30, 21), (31, 22), ("пятьдесят", 23)):
        text_file(
            saved,
            f"{day}.md",
            told.format(number),
            id=f"d{day}",
            published=f"2025-05-{day}",
            language="ru",
        )
    assert take(saved, data).copies == []


ATTACKS = [
    "../../etc/passwd",
    "..",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "CON",
    "a" * 300,
    "a\u202eb",
    " ",
]


@pytest.mark.parametrize("name", ATTACKS)
def test_no_id_leads_out_of_the_folder(data: Path, saved: Path, name: str) -> None:
    row = {
        "id": name,
        "publisher": name,
        "published": "2025-05-21",
        "text": "Five people died in Sumy.",
    }
    (saved / "a.jsonl").write_text(json.dumps(row), "utf-8")
    take(saved, data)
    assert {path.parent for path in data.rglob("*") if path.is_file()} <= {data / "documents"}
    for path in (data / "documents").iterdir():
        assert path.stem.startswith("2025-05-21-")
        assert path.name.isascii()
        assert len(path.name) < 100


def test_documents_survive_being_written(data: Path, saved: Path) -> None:
    odd = "---\nid: x\n---\n=1+1\tFive people died in Sumy.\r\n\r\n\u2028 <b>& \x85 end  \n\n\n"
    rows = [
        {
            "id": "a",
            "published": "2025-05-21",
            "title": ": # 'odd'",
            "text": odd,
            "publisher": "- [x]: {y}",
        }
    ]
    (saved / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert len(take(saved, data).new) == 1
    (document,) = shelf(data).values()
    assert document.text == f": # 'odd'\n\n{odd}".replace("\r\n", "\n")
    assert document.publisher == "- [x]: {y}"


def run(*arguments: object) -> int:
    return main([str(each) for each in arguments])


def test_command_tells_what_it_did(
    data: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(FILES / "result.json", saved)
    shutil.copy(FILES / "note.docx", saved)
    (saved / "photo.jpg").write_bytes(b"")
    (saved / "bad\x1b[2J.txt").write_text("")
    assert run(saved, "--data", data) == 1
    said = capsys.readouterr()
    assert said.out == f"2 new, 0 changed, 0 unchanged in {data / 'documents'}\n"
    assert said.err.splitlines() == [
        "bad [2J.txt: the text is empty; put the words of the document into it",
        f"note.docx: {UNDATED}",
        "Passed over, as no documents: 1 .jpg.",
        "2 could not be taken in; all else was.",
        "Read them into claims with scripts/extract.py.",
    ]
    assert not (data / "documents" / REGISTER).exists()  # extract admits


def test_progress_is_told_of_the_documents_within_a_file(data: Path, tmp_path: Path) -> None:
    path = export(tmp_path / "chat", *(post(n, f"{STORY} Post {n}.") for n in range(1, 71)))
    passed: list[int] = []

    def counted(found: Iterable[tuple[Found, Sketch]]) -> Iterator[tuple[Found, Sketch]]:
        for each in found:
            yield each
            passed.append(len(list((data / "documents").glob("*.md"))))

    assert len(collect([path], data, Asked(), within=counted).new) == 70
    assert passed == list(range(1, 71)), "each is told once it is taken in"


def test_command_shows_the_documents_within_a_file(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path / "chat", *(post(n, f"{STORY} Post {n}.") for n in range(1, 4)))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run(path, "--data", data) == 0
    said = capsys.readouterr().err
    assert "collecting" in said
    assert "documents: " in said


def test_command_counts_problems_of_one_file(
    data: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (saved / "a.jsonl").write_text("{\n" * 9)
    assert run(saved, "--data", data) == 1
    few = capsys.readouterr().err.splitlines()
    assert few[5] == "a.jsonl: 4 more like these; --all shows them"
    run(saved, "--all", "--data", data)
    assert len(capsys.readouterr().err.splitlines()) == 10


WRONG = [
    (["--column", "body=text"], "write KEY=NAME with one of text, id, title"),
    (["--published", "yesterday"], "published 'yesterday' is not a date"),
    (["--language", "de"], "'de' is not one of"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_wrong_use_is_told(
    data: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(FILES, *options, "--data", data) == 2
    assert message in capsys.readouterr().err


def test_named_file_that_is_not_there_fails_and_the_rest_is_taken(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(FILES / "nowhere.md", FILES / "night.md", "--data", data) == 1
    said = capsys.readouterr()
    assert "nowhere.md: not there; check the name" in said.err
    assert said.out.startswith("1 new")


class Web(BaseHTTPRequestHandler):
    """A site of the fixtures, each with the type that its server would give."""

    TYPES: ClassVar = {"/feed": ("feed.atom", "application/atom+xml; charset=utf-8")}
    TYPES |= {"/note?p=5": ("note.pdf", "application/pdf"), "/photo": ("night.md", "image/png")}
    TYPES |= {"/s/nightpost_example": ("channel.html", "text/html; charset=utf-8")}

    def do_GET(self) -> None:
        name, kind = self.TYPES.get(self.path, ("", ""))
        self.send_response(200 if name else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write((FILES / name).read_bytes() if name else b"")

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_addresses_are_fetched_as_what_they_are(data: Path, site: str) -> None:
    names = ["/feed", "/s/nightpost_example", "/note?p=5", "/photo", "/gone"]
    asked = Asked(published="2025-05-21")
    account = site.replace("//", "//me:secret@")
    done = collect([account + name for name in names], data, asked, private=True)
    assert done.problems == [
        f"{site}/photo: it is image/png, which no reader is for",
        f"{site}/gone: the server answers 404 Not Found",
    ]
    found = {one.origin.found_at for one in shelf(data).values() if one.origin}
    assert found == {f"{site}{name}" for name in names[:3]}
    assert len(done.new) == 4
    assert collect([f"{site}/feed"], data, asked, private=True).unchanged == 1


def test_address_within_the_network_is_refused_unless_allowed(
    data: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(f"{site}/feed", "--data", data) == 1
    said = capsys.readouterr().err
    refused = "127.0.0.1 is an address within a private network; allow it with --private"
    assert f"{site}/feed: {refused}\n" in said
    assert run(f"{site}/feed", "--private", "--data", data) == 0
