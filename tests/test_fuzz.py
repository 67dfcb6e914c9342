"""Any bytes are read or told, and any text is read: a few seconds of it, and what was found."""

from pathlib import Path

import pytest
from fuzzing import (
    SEEDS,
    SERIES,
    damaged,
    damaged_rows,
    imports_or_tells,
    reads_or_tells,
    text_holds,
    texts,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FEW = settings(
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
SLOW = frozenset({"article.html", "page.mhtml", "crawl.warc.gz"})  # a page takes long to read
QUICK = sorted(set(SEEDS) - SLOW)


@FEW
@given(st.sampled_from(QUICK).flatmap(lambda name: st.tuples(st.just(name), damaged(SEEDS[name]))))
def test_damaged_file_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, given_file: tuple[str, bytes]
) -> None:
    reads_or_tells(*given_file, tmp_path_factory.mktemp("fuzz", numbered=True))


@pytest.mark.parametrize("name", SERIES)
def test_damaged_series_is_taken_in_or_told(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    @FEW
    @given(damaged_rows(SERIES[name]))
    def holds(content: bytes) -> None:
        imports_or_tells(name, content, tmp_path_factory.mktemp("fuzz", numbered=True))

    imports_or_tells(name, SERIES[name], tmp_path_factory.mktemp("fuzz", numbered=True))
    holds()


@FEW
@given(texts())
def test_any_text_is_read(given_text: tuple[str, str]) -> None:
    text_holds(*given_text)


# What rounds of tests/fuzz.py found: a file, what is put into it, and where.
FOUND = [
    ("feed.atom", b"\x07", b"<p>"),  # a control character where a tree of XML may hold none
    ("feed.atom", b"&#7;", b"<p>"),
    ("channel.html", b"<p>&#7;</p>", b'dir="auto">'),
    ("letter.eml", b"9999999999", b"21 May 2025 10:"),  # a date that no clock holds
    ("letter.eml", b"9" * 400, b"21 May 2025 10:"),
    ("posts.csv", b"\r", b"id"),  # a return alone inside the header
]


@pytest.mark.parametrize(("name", "sign", "after"), FOUND)
def test_what_once_broke_is_read_or_told(
    tmp_path: Path, name: str, sign: bytes, after: bytes
) -> None:
    assert after in SEEDS[name]
    reads_or_tells(name, SEEDS[name].replace(after, after + sign), tmp_path)


FOUND_TEXTS = [
    ("ru", "среди погибших 1000 1001 1000 "),  # the same figure as a total and as a part
    ("ru", "убит и ранен Kharkiv Oblast "),  # a name behind a death and a wound in one
]


@pytest.mark.parametrize(("lang", "text"), FOUND_TEXTS)
def test_text_that_once_broke_is_read(lang: str, text: str) -> None:
    text_holds(lang, text)
