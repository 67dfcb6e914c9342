"""Takes in what came since: files of the inbox, entries of the feeds, into data/documents.

A document that is there already is passed over, so whatever was begun can be done again. A file
leaves the inbox once its documents are kept; one that cannot be read is set aside with the reason.
"""

import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from tally.documents import read_jsonl, read_plain
from tally.documents.feeds import read_feed
from tally.documents.fetching import Fetched, fetch, shown
from tally.documents.intake import check_id, check_language, check_published, check_text
from tally.documents.markdown import parse_markdown
from tally.errors import DocumentError
from tally.files import write_whole
from tally.house.words import visible
from tally.model import Document
from tally.schedule.history import History
from tally.schedule.plan import Feed, Plan

TAKEN, REFUSED = "taken", "refused"
SUFFIXES = (".md", ".txt", ".jsonl")
# A file that was written to a moment ago may not be whole yet.
SETTLED_SECONDS = 2.0
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial")
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_JOBS = 8


@dataclass(frozen=True, slots=True)
class Collected:
    """The ids of documents that came in, and what is wrong: name -> words."""

    taken: tuple[str, ...]
    problems: dict[str, str]


def collect(plan: Plan, history: History, now: dt.datetime) -> Collected:
    """Take in what the places of a plan hold that is not in data/documents yet."""
    documents = plan.settings.data / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []
    problems: dict[str, str] = {}
    if plan.inbox:
        _take_inbox(plan.inbox, documents, taken, problems)
    _take_feeds(plan.feeds, documents, history, now, taken, problems)
    return Collected(tuple(taken), problems)


def keep(document: Document, documents: Path) -> bool:
    """Keep a document; return whether it is new. Another text of the same id is refused."""
    check_id(document.id)
    check_text(document.text)
    check_language(document.lang)
    check_published(document.published or "")
    path, text = documents / f"{document.id}.md", as_markdown(document)
    if path.exists():
        if parse_markdown(path.read_text(encoding="utf-8")).text != document.text:
            msg = f"the id {document.id!r} is taken by another text; give this one an id of its own"
            raise DocumentError(msg)
        return False
    write_whole(path, text)
    return True


def as_markdown(document: Document) -> str:
    """Return a document as the Markdown file that `parse_markdown` reads back."""
    told = {
        "id": document.id,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published or "",
        "language": document.lang,
        "title": document.title,
    }
    # JSON's quotation is YAML's too, once nothing invisible is in it.
    lines = [
        f"{key}: {json.dumps(visible(value), ensure_ascii=False)}" for key, value in told.items()
    ]
    lines += ["digest: true"] if document.digest else []
    return "\n".join(("---", *lines, "---", document.text))


def _take_inbox(inbox: Path, documents: Path, taken: list[str], problems: dict[str, str]) -> None:
    if not inbox.is_dir():
        problems[f"inbox {inbox.name}"] = f"there is no inbox {inbox}; make the folder."
        return
    for path in sorted(inbox.iterdir()):
        if not path.is_file() or path.name.startswith(".") or path.suffix in _UNFINISHED:
            continue
        if 0 <= time.time() - path.stat().st_mtime < SETTLED_SECONDS:
            continue
        wrong = _take_file(path, documents, taken)
        if wrong:
            problems[f"inbox {path.name}"] = f"{'; '.join(wrong)}. It lies in {inbox / REFUSED}."
            write_whole(_beside(inbox, REFUSED) / f"{path.name}.why.txt", "\n".join(wrong) + "\n")
        path.replace(_beside(inbox, REFUSED if wrong else TAKEN) / path.name)


def _take_file(path: Path, documents: Path, taken: list[str]) -> list[str]:
    """Keep the documents of a file; return what is wrong with it."""
    wrong = []
    try:
        for found in _read(path):
            if isinstance(found, DocumentError):
                wrong.append(str(found))
            elif keep(found, documents):
                taken.append(found.id)
    except (DocumentError, OSError) as error:
        wrong.append(str(error) if path.name in str(error) else f"{path.name}: {error}")
    return [visible(words) for words in wrong]


def _read(path: Path) -> Iterator[Document | DocumentError]:
    if path.suffix not in SUFFIXES:
        msg = f"not read; the inbox takes {', '.join(SUFFIXES)}"
        raise DocumentError(msg)
    if path.suffix == ".jsonl":
        yield from read_jsonl(path)
        return
    dated = _DATED.match(path.name)
    document = read_plain(path, dated[0] if dated else None, None)
    if document.published is None:
        msg = "no publication date; begin the text with front matter, or its name with YYYY-MM-DD"
        raise DocumentError(msg)
    yield document


def _beside(inbox: Path, name: str) -> Path:
    folder = inbox / name
    folder.mkdir(exist_ok=True)
    return folder


def _take_feeds(
    feeds: tuple[Feed, ...],
    documents: Path,
    history: History,
    now: dt.datetime,
    taken: list[str],
    problems: dict[str, str],
) -> None:
    """Fetch the feeds whose time has come, at once; a feed that was wrong stays a problem."""
    asked = [feed for feed in feeds if _is_time(feed, history, now)]
    with ThreadPoolExecutor(_JOBS) as pool:
        answers = list(pool.map(_fetched, asked, [_told(feed, history) for feed in asked]))
    for feed, answer in zip(asked, answers, strict=True):
        wrong = _take_feed(feed, answer, documents, history, taken)
        history.set_note(f"feed asked {feed.url}", now.isoformat())
        history.set_note(f"feed wrong {feed.url}", "; ".join(wrong))
    for feed in feeds:
        if words := history.note(f"feed wrong {feed.url}"):
            problems[f"feed {shown(feed.url)}"] = words


def _is_time(feed: Feed, history: History, now: dt.datetime) -> bool:
    asked = history.note(f"feed asked {feed.url}")
    return not asked or not now - feed.every < dt.datetime.fromisoformat(asked) <= now


def _told(feed: Feed, history: History) -> tuple[str, str]:
    """Return what the server said of the feed last, for it to say whether that has changed."""
    told = history.note(f"feed tag {feed.url}")
    etag, modified = json.loads(told) if told else ("", "")
    return etag, modified


def _fetched(feed: Feed, told: tuple[str, str]) -> Fetched | DocumentError:
    try:
        return fetch(feed.url, private=feed.private, etag=told[0], modified=told[1])
    except DocumentError as error:
        return error


def _take_feed(
    feed: Feed,
    answer: Fetched | DocumentError,
    documents: Path,
    history: History,
    taken: list[str],
) -> list[str]:
    """Keep the entries of a feed; return what is wrong with it."""
    try:
        if isinstance(answer, DocumentError):
            raise answer
        if answer.unchanged:
            return []
        read = read_feed(answer, feed.publisher, feed.language)
        wrong = list(read.problems)
        for document in read.documents:
            try:
                if keep(replace(document, publisher=document.publisher[:200]), documents):
                    taken.append(document.id)
            except DocumentError as error:
                wrong.append(f"{document.id}: {error}")
    except DocumentError as error:
        return [visible(str(error))]
    # Noted last: what was not kept for want of room is asked for again.
    history.set_note(f"feed tag {feed.url}", json.dumps((answer.etag, answer.modified)))
    return [visible(words) for words in wrong]
