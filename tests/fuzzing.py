"""What must hold of any bytes and any text, and how bytes and texts are made to break it."""

import warnings
from pathlib import Path

from hypothesis import strategies as st

from tally.documents.formats import Asked, completed, read_file
from tally.documents.limits import Limits
from tally.documents.markdown import as_markdown, parse_markdown
from tally.errors import DocumentError, ExchangeError
from tally.exchange.imported import Intake
from tally.exchange.kinds import kind_of
from tally.exchange.sheets import read_sheet
from tally.extract import extract
from tally.ledger import load_ledger, save_ledger
from tally.model import Document
from tally.vocabulary import rows

FILES = Path(__file__).parent / "documents"
ASKED = Asked(published="2025-05-21", limits=Limits(file_bytes=200_000, export_bytes=200_000))
SEEDS = {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.suffix}
SERIES = {
    path.name: path.read_bytes()
    for path in sorted((Path(__file__).parent / "series").iterdir())
    if path.suffix in (".csv", ".json")
}
LANGUAGES = ("en", "uk", "ru")

# Bytes that mean something to one format or another.
SIGNS = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"]]>", b"&#0;", b"&#x110000;", b'"', b"\\"),
    *(b"{", b"[" * 50, b"\r\n\r\n", b"--", b"=?utf-8?b?/w==?=", b"PK\x03\x04", b"obj", b"</"),
    *(b"<![CDATA[", b"<div>" * 50, b"---\n", b"9" * 400, b"1e999", b"-1", b"\xd0", b"\xed\xa0\x80"),
    *(b"null", b"true", b"charset=utf-16", b"base64", b"Content-Length: 99999", b"&#7;"),
)  # fmt: skip


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """Give a file with some of it overwritten, doubled, cut out or put elsewhere."""
    at = st.integers(0, len(content))
    span = st.integers(0, 60)
    change = st.one_of(
        st.tuples(st.just("write"), at, st.sampled_from(SIGNS)),
        st.tuples(st.just("write"), at, st.binary(max_size=8)),
        st.tuples(st.just("over"), at, st.binary(min_size=1, max_size=4)),
        st.tuples(st.just("cut"), at, span),
        st.tuples(st.just("double"), at, span),
        st.tuples(st.just("end"), at, st.just(0)),
    )
    return st.lists(change, min_size=1, max_size=5).map(lambda changes: _changed(content, changes))


def damaged_rows(content: bytes) -> st.SearchStrategy[bytes]:
    """Give a table whose header is whole, so that it is known, and whose rows are damaged."""
    head, line_end, body = content.partition(b"\n")
    return damaged(body).map(lambda rows: head + line_end + rows)


def _changed(content: bytes, changes: list[tuple[str, int, bytes | int]]) -> bytes:
    for kind, at, what in changes:
        if isinstance(what, bytes):
            kept = at + (len(what) if kind == "over" else 0)
            content = content[:at] + what + content[kept:]
        elif kind == "cut":
            content = content[:at] + content[at + what :]
        elif kind == "double":
            content = content[: at + what] + content[at:]
        else:
            content = content[:at]
    return content


def texts() -> st.SearchStrategy[tuple[str, str]]:
    """Give a language and a text of words, figures and signs that the grammar knows."""
    return st.sampled_from(LANGUAGES).flatmap(
        lambda lang: st.tuples(st.just(lang), st.lists(_piece(lang), max_size=40).map("".join))
    )


def _piece(lang: str) -> st.SearchStrategy[str]:
    tables = ("numerals", "hedges", "events", "units", "singulars", "markers", "times")
    words = [
        row["form"].replace("*", "")
        for table in tables
        for row in rows(table)
        if row["lang"] in ("", lang)
    ]
    figures = st.one_of(
        st.integers(0, 10**7).map(str), st.sampled_from(["5-8", "1 000", "2,5", "⅓"])
    )
    signs = st.sampled_from([*".,;:()[]«»\"'–-—%№•▫\n\t\u00a0\u200b\u0301*_#>/", "\n\n", "**"])
    places = st.sampled_from(["Sumy", "Сумщині", "Брянской области", "Kharkiv Oblast", "Крым"])
    word = st.one_of(st.sampled_from(words), figures, places)
    return st.one_of(word.map(lambda each: f"{each} "), word, signs, st.characters())


def reads_or_tells(name: str, content: bytes, folder: Path) -> None:
    """Assert that bytes under a file's name give documents that can be kept, or are told."""
    path = folder / name
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, about what they were given
        found = list(read_file(path, ASKED))
    assert found
    for each in found:
        if isinstance(each, DocumentError):
            assert str(each).startswith(name), each
            continue
        try:
            document = completed(each, ASKED, library=False)
        except DocumentError:
            continue
        named = Document(
            "a", document.lang, document.published, "", "", document.title, document.text
        )
        kept = parse_markdown(as_markdown(named))
        assert kept.text == document.text.replace("\r\n", "\n")
        assert kept.published == document.published


def imports_or_tells(name: str, content: bytes, folder: Path) -> None:
    """Assert that bytes under the name of a series give claims that can be kept, or are told."""
    (folder / name).write_bytes(content)
    try:
        sheet = read_sheet(folder / name)
        intake = Intake("a")
        kind_of([sheet]).read({name: sheet}, intake)
    except ExchangeError:
        return
    done = intake.done()
    ids = {claim.id for claim in done.claims}
    assert len(ids) == len(done.claims)
    for claim in done.claims:
        assert 0 <= claim.start < claim.end <= len(sheet.text)
        assert sheet.text[claim.start : claim.end] in claim.quote
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        assert claim.part_of in {"", *ids} - {claim.id}
    save_ledger(done.claims, folder / "claims")
    assert {claim.id for claim in load_ledger(folder / "claims")} == ids


def text_holds(lang: str, text: str) -> None:
    """Assert that a text is read without breaking, and that each claim stands where it says."""
    document = Document("a", lang, "2025-05-21", "", "", "", text)
    claims = extract(document)
    ids = {claim.id for claim in claims}
    assert len(ids) == len(claims)
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        assert claim.low is not None or claim.high is not None
        assert claim.part_of in {"", *ids} - {claim.id}
