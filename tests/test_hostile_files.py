"""Hostile files: each gets one clear line, costs bounded memory and time, and the run goes on."""

import gzip
import io
import os
import signal
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tally.documents.folders import files_in
from tally.documents.formats import Asked, read_file
from tally.documents.guard import Guard
from tally.documents.limits import Limits, load_limits
from tally.errors import DocumentError
from tally.model import Document

FILES = Path(__file__).parent / "documents"
SMALL = Limits(file_bytes=200_000, export_bytes=200_000, archive_bytes=1_000_000, pdf_pages=3)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = 10_000


def laughs(ends: str) -> str:
    """Return a document type whose entities multiply by ten eleven times."""
    each = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE l [<!ENTITY a0 "ha">{each}]>{ends}'


def docx(xml: str) -> bytes:
    """Return the DOCX of the fixtures with another main part."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(FILES / "note.docx") as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in given.namelist():
            main = name == "word/document.xml"
            out.writestr(name, xml.encode() if main else given.read(name))
    return made.getvalue()


def pdf(kids: str, count: int) -> bytes:
    """Return a PDF whose page draws a form that draws itself."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        "/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
        "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 5"
        "/Resources<</XObject<</X 5 0 R>>>>>>stream\n/X Do\nendstream endobj\n"
        "trailer<</Root 1 0 R>>\n"
    ).encode()


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


HOSTILE: list[tuple[str, bytes | str, str]] = [
    # zip and XML bombs
    ("bomb.docx", docx("0" * 2_000_000), "is over the 1,000,000 allowed (archive_bytes)"),
    ("laughs.docx", docx(laughs(f"<w:document {W}/>")), "its XML defines entities"),
    (
        "passwords.docx",
        docx(f'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {W}/>'),
        "its XML defines entities",
    ),
    ("laughs.rss", laughs("<rss><channel><title>&a11;</title></channel></rss>"), "XML entities"),
    ("laughs.atom", laughs("<feed/>").encode("utf-16"), "XML entities"),
    ("bomb.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"a" * 5_000_000), "holds no document"),
    # files that are not what their names say, or only half of it
    ("page.docx", page("five"), "not a whole DOCX (File is not a zip file)"),
    ("half.docx", (FILES / "note.docx").read_bytes()[:9_000], "not a whole DOCX"),
    ("half.pdf", (FILES / "note.pdf").read_bytes()[:3_000], "not a whole PDF"),
    ("half.warc.gz", (FILES / "crawl.warc.gz").read_bytes()[:1_600], "breaks off in its 3. record"),
    ("night.warc", "five drones", "breaks off after 0 records"),
    ("night.rss", "five drones", "no feed in it"),
    ("night.eml", "five drones", "no letter with words in it"),
    ("night.json", "five drones", "not JSON"),
    ("other.json", '{"count": 5}', "no export of Telegram Desktop; other JSON is read as JSONL"),
    ("chat.json", '{"type": "personal_chat", "messages": []}', "only private chats (1 personal"),
    ("empty.html", "", "no HTML in it"),
    ("empty.csv", "", "no column 'text' of texts; its columns are none"),
    # PDFs that loop, hold nothing, or say that they hold more than they do
    ("loop.pdf", pdf("2 0 R", 1), "not a whole PDF"),
    ("circle.pdf", pdf("3 0 R", 1), "holds no text, only pictures of it; put it through OCR"),
    ("endless.pdf", pdf("3 0 R", 99_999), "99,999 is over the 3 allowed (pdf_pages)"),
    # too much of it
    ("large.html", page("<p>five</p>" * 20_000), "is over the 200,000 allowed (file_bytes)"),
    ("large.json", "[" * 200_001, "is over the 200,000 allowed (export_bytes)"),
    ("head.eml", f"From: {'a@b,' * 26_000}\r\nSubject: a\r\n\r\nfive", "its head is longer than"),
    # nested
    ("deep.html", f"<html><body>{'<i>' * DEEP}five", "no article is found"),
    ("deep.docx", docx(f"<w:document {W}>{'<w:p>' * DEEP}"), "not a whole DOCX"),
    ("deep.json", '{"messages":' + "[" * 50_000, "not JSON (maximum recursion depth"),
    ("deep.rss", f"<rss><channel>{'<a>' * DEEP}", "holds no document"),
    ("deep.eml", "Content-Type: message/rfc822\r\n\r\n" * 3_000, "not a letter that can be read"),
    ("deep.jsonl", "[" * DEEP, "not JSON"),
    # encodings
    (
        "lie.html",
        page("Пятеро", '<meta charset="utf-8">').encode("cp1251"),
        "not in the utf-8 that",
    ),
    ("none.html", page("Пятеро погибли").encode("cp1251"), "not in UTF-8, and states nothing else"),
    ("zip.html", page("five", '<meta charset="zip">'), "the encoding 'zip' that it states is not"),
    (
        "lie.eml",
        b"Subject: a\nContent-Type: text/plain; charset=utf-8\n\n" + "Пятеро".encode("cp1251"),
        "the words are not in the utf-8 that the letter states",
    ),
    ("cyrillic.csv", "text\nПятеро погибли\n".encode("cp1251"), "line 2 is not UTF-8 (byte 0)"),
    ("cyrillic.txt", "Пятеро погибли".encode("cp1251"), "not UTF-8 (byte 0)"),
    # tables
    ("open.csv", 'text\n"five' + "a\n" * 3_000_000, "is a quotation mark left open?"),
    ("nul.csv", "text\nfi\0ve\n", "nul.csv:2: the text holds U+0000"),
    (
        "columns.csv",
        ",".join("ab" * 9_000) + "\n",
        "no column 'text' of texts; its columns are a, b",
    ),
]


@pytest.mark.parametrize(("name", "content", "message"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_hostile_file_is_one_clear_line(
    tmp_path: Path, name: str, content: bytes | str, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (problem,) = read_file(path, Asked(limits=SMALL))
    assert isinstance(problem, DocumentError)
    assert str(problem).startswith(name)
    assert message in str(problem)
    assert "\n" not in str(problem)
    assert len(str(problem)) < 500


def test_hundred_megabytes_of_html_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(100_000_000)
    (problem,) = read_file(tmp_path / "a.html", Asked())
    assert "100,000,000 is over the 20,000,000 allowed (file_bytes)" in str(problem)
    assert "raise file_bytes under [limits] in DATA/collect.toml" in str(problem)


CONTROL = "\x1b[2J\x07\x00\x9b"


def test_control_characters_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        page(f"<p>Two people{CONTROL} died in Sumy.</p>", f"<title>a{CONTROL}b</title>")
    )
    (found,) = read_file(path, Asked())
    assert isinstance(found, Document)
    assert all(sign.isprintable() or sign == "\n" for sign in found.text + found.title)


def test_declared_encoding_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page("П'ятеро загинули", '<meta charset="koi8-u">').encode("koi8-u"))
    (found,) = read_file(path, Asked())
    assert isinstance(found, Document)
    assert "П'ятеро загинули" in found.text


def waiting(path: Path) -> Path:
    """Make a file that gives nothing to whoever reads it."""
    os.mkfifo(path)
    return path


needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in its folders")


@needs_pipes
def test_file_that_keeps_its_reader_busy_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    path = waiting(tmp_path / "a.eml")
    with Guard(Asked(limits=Limits(seconds=1))) as guard:
        (problem,) = guard.read(path)
    with Guard(Asked()) as guard:
        (document,) = guard.read(FILES / "letter.eml")
    assert str(problem).startswith("a.eml: nothing for 1 seconds, so it was given up; open it in")
    assert isinstance(document, Document)


@needs_pipes
def test_reader_that_dies_costs_one_file(tmp_path: Path) -> None:
    path = waiting(tmp_path / "a.eml")
    with Guard(Asked()) as guard:
        found = guard.read(path)
        ends = threading.Thread(target=_kill_when_opened, args=(path, guard))
        ends.start()
        (problem,) = found
        ends.join()
        (document,) = guard.read(FILES / "letter.eml")
    assert str(problem).startswith("a.eml: its reader ended (SIGKILL), so it was given up")
    assert isinstance(document, Document)


def _kill_when_opened(path: Path, guard: Guard) -> None:
    with path.open("wb"):  # waits until the reader has opened it
        assert guard.process_id
        os.kill(guard.process_id, signal.SIGKILL)


def test_what_libraries_print_of_a_file_stays_off_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = (
        b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 3\r\n\r\nfive\x1b[2J drones\r\n\r\n"
    )
    (tmp_path / "a.warc").write_bytes(record * 2)
    with Guard(Asked()) as guard:
        assert list(guard.read(tmp_path / "a.warc"))
    assert capfd.readouterr() == ("", "")


def test_memory_of_a_reader_is_bounded(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    path = tmp_path / "a.json"
    path.write_bytes(b'{"messages": ["' + b"a" * 150_000_000 + b'"]}')
    with Guard(Asked(limits=Limits(memory_bytes=250_000_000))) as guard:
        (problem,) = guard.read(path)
    assert str(problem) == "a.json: too much for the memory; it is not read"


def link(to: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(to)


ODD: list[tuple[str, Callable[[Path], object], str]] = [
    ("out.md", link("/etc/passwd"), "a link out of the folder, to /etc/passwd; it is not followed"),
    ("up", link(".."), "a link out of the folder, to "),
    ("gone.md", link("nowhere"), "a link to nothing; remove it"),
    ("loop", link("loop"), "a link"),
    ("pipe.txt", lambda path: os.mkfifo(path), "no regular file; it is not opened"),
]


@needs_pipes
@pytest.mark.parametrize(("name", "make", "message"), ODD, ids=[row[0] for row in ODD])
def test_nothing_is_opened_that_leads_out_of_a_folder(
    tmp_path: Path, name: str, make: Callable[[Path], object], message: str
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.md").write_text("five")
    make(folder / name)
    found = list(files_in(folder))
    assert folder / "a.md" in found
    (problem,) = [each for each in found if isinstance(each, DocumentError)]
    assert message in str(problem)


def test_link_within_a_folder_is_met_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("five")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert list(files_in(tmp_path)) == [tmp_path / "a.md"]


def test_parts_of_a_saved_page_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ["night.html", "night_files/advert.html", ".git/a.md", ".DS_Store", "x_files/a.md"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("five")
    assert list(files_in(tmp_path)) == [tmp_path / "night.html", tmp_path / "x_files" / "a.md"]


BAD_SETTINGS = [
    ("[limits", "cannot be read"),
    ("[limit]\nseconds = 1", "has an unknown key 'limit'; it takes: limits, columns"),
    ("[limits]\nsecond = 1", "has an unknown key 'second'; it takes: file_bytes, export_bytes"),
    ("[limits]\nseconds = 0", "seconds is 0; write a whole number above 0"),
    ("[limits]\nseconds = true", "seconds is True; write a whole number"),
    ("[columns]\ntext = 5", "text is 5; write the name of a column in quotes"),
    ("limits = 5", "limits is not a table; write [limits]"),
]


@pytest.mark.parametrize(("toml", "message"), BAD_SETTINGS)
def test_bad_settings_are_told(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "collect.toml").write_text(toml)
    with pytest.raises(DocumentError) as caught:
        load_limits(tmp_path)
    assert message in str(caught.value)


def test_limits_are_settings(tmp_path: Path) -> None:
    (tmp_path / "collect.toml").write_text("[limits]\nseconds = 5\n[columns]\ntext = 'body'\n")
    limits, columns = load_limits(tmp_path)
    assert (limits.seconds, limits.file_bytes) == (5, Limits().file_bytes)
    assert columns.text == "body"
