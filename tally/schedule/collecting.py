"""Takes in what came since: files of the inbox, entries of the feeds, into data/documents.

A document that is there already is passed over, so whatever was begun can be done again. A file
leaves the inbox once its documents are kept; one that cannot be read is set aside with the reason.
How a document is read and kept is the matter of `tally.collect`.
"""

import datetime as dt
import json
import re
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tally.collect import collect as take
from tally.documents.feeds import Fetched, fetch, shown
from tally.documents.formats import Asked
from tally.documents.limits import load_limits
from tally.errors import DocumentError
from tally.files import write_whole
from tally.house.words import visible
from tally.schedule.history import History
from tally.schedule.plan import Feed, Plan

TAKEN, REFUSED = "taken", "refused"
# A file that was written to a moment ago may not be whole yet.
SETTLED_SECONDS = 2.0
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial")
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"[^A-Za-z0-9.]+")
_JOBS = 8


@dataclass(slots=True)
class Collected:
    """The ids of documents that came in, files that were refused, and what is wrong: name -> words.

    What is refused was set aside, and is not met again.
    """

    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def collect(plan: Plan, history: History, now: dt.datetime) -> Collected:
    """Take in what the places of a plan hold that is not in data/documents yet."""
    done = Collected()
    (plan.settings.data / "documents").mkdir(parents=True, exist_ok=True)
    if plan.inbox:
        _take_inbox(plan, plan.inbox, done, now)
    _take_feeds(plan, history, done, now)
    return done


def _take_inbox(plan: Plan, inbox: Path, done: Collected, now: dt.datetime) -> None:
    if not inbox.is_dir():
        done.problems["inbox"] = f"there is no inbox {inbox}; make the folder."
        return
    waiting: list[str] = []
    files = [path for path in sorted(inbox.iterdir()) if _is_whole(path)]
    # A text without front matter may say its day in its name.
    for day in dict.fromkeys(map(_day, files)):
        same = [path for path in files if _day(path) == day]
        wrong = _taken(plan, same, Asked(published=day), done, now)
        for path in same:
            # What the system would not do now it may do later: then the file waits for that.
            system = [words for words in wrong if words.startswith(str(path))]
            why = [words for words in wrong if words.startswith(path.name)]
            try:
                if not system:
                    _set_aside(path, inbox, why, done)
            except OSError as error:
                system.append(f"{path}: {error.strerror or error}")
            waiting += ["; ".join(system)] if system else []
    if waiting:
        count = f"{len(waiting)} files wait: " if len(waiting) > 1 else ""
        done.problems["inbox"] = f"{count}{waiting[0]}"


def _is_whole(path: Path) -> bool:
    """Tell whether a file of the inbox is a file that nobody is still writing."""
    if not path.is_file() or path.name.startswith(".") or path.suffix in _UNFINISHED:
        return False
    return not 0 <= time.time() - path.stat().st_mtime < SETTLED_SECONDS


def _day(path: Path) -> str | None:
    found = _DATED.match(path.name)
    return found[0] if found else None


def _set_aside(path: Path, inbox: Path, wrong: list[str], done: Collected) -> None:
    """Move a file out of the inbox, with the reason when it could not be read."""
    folder = inbox / (REFUSED if wrong else TAKEN)
    folder.mkdir(exist_ok=True)
    if wrong:
        done.refused.append(f"{'; '.join(wrong)}. It lies in {folder}.")
        write_whole(folder / f"{path.name}.why.txt", "\n".join(wrong) + "\n")
    path.replace(folder / path.name)


def _taken(
    plan: Plan, files: Sequence[Path], asked: Asked, done: Collected, now: dt.datetime
) -> list[str]:
    """Take in files; return what is wrong with them."""
    data = plan.settings.data
    limits, columns = load_limits(data)
    wanted = Asked(asked.published, asked.language, asked.publisher, columns, limits)
    try:
        found = take(
            files, data, wanted, now=lambda: now.astimezone(dt.UTC).isoformat("T", "seconds")
        )
    except OSError as error:
        return [f"{path}: {error.strerror or error}" for path in files]
    done.taken += [*found.new, *found.changed]
    return [visible(words) for words in found.problems]


def _take_feeds(plan: Plan, history: History, done: Collected, now: dt.datetime) -> None:
    """Fetch the feeds whose time has come, at once; a feed that was wrong stays a problem."""
    asked = [feed for feed in plan.feeds if _is_time(feed, history, now)]
    with ThreadPoolExecutor(_JOBS) as pool:
        answers = dict(zip(asked, pool.map(_fetched, asked, _told(asked, history)), strict=True))
    try:
        kept = {feed: _spool(plan, feed, each) for feed, each in answers.items()}
    except OSError as error:
        done.problems["feeds"] = f"{plan.state / 'feeds'}: {error.strerror or error}"
        return
    wrong: dict[Feed, list[str]] = {
        feed: [visible(str(each))]
        for feed, each in answers.items()
        if isinstance(each, DocumentError)
    }
    # One taking in for all feeds of which the same is said: each is a process of its own.
    for said in dict.fromkeys((feed.language, feed.publisher) for feed in asked):
        same = [feed for feed in asked if (feed.language, feed.publisher) == said and kept[feed]]
        files = [path for feed in same if (path := kept[feed])]
        found = (
            _taken(plan, files, Asked(None, said[0] or None, said[1]), done, now) if files else []
        )
        for feed in same:
            wrong[feed] = [_of_feed(plan, feed, words) for words in found if _name(feed) in words]
    for feed, answer in answers.items():
        # Noted last: what was not kept for want of room is asked for again.
        if isinstance(answer, Fetched) and not wrong.get(feed):
            tag = json.dumps((answer.etag, answer.modified))
            history.set_note(f"feed tag {feed.url}", tag)
        history.set_note(f"feed asked {feed.url}", now.isoformat())
        if not (isinstance(answer, Fetched) and answer.unchanged):
            history.set_note(f"feed wrong {feed.url}", "; ".join(wrong.get(feed, ())))
    for feed in plan.feeds:
        if words := history.note(f"feed wrong {feed.url}"):
            done.problems[f"feed {shown(feed.url)}"] = words


def _spool(plan: Plan, feed: Feed, answer: Fetched | DocumentError) -> Path | None:
    """Keep what a feed gave as a file; None when it gave nothing new."""
    if isinstance(answer, DocumentError) or answer.unchanged:
        return None
    folder = plan.state / "feeds"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / _name(feed)
    kept.write_bytes(answer.content)
    return kept


def _name(feed: Feed) -> str:
    return _NAME.sub("-", shown(feed.url).partition("://")[2]).strip("-") + ".xml"


def _of_feed(plan: Plan, feed: Feed, words: str) -> str:
    bare = words.removeprefix(f"{plan.state / 'feeds'}/").removeprefix(_name(feed))
    return f"{shown(feed.url)}{bare}"


def _is_time(feed: Feed, history: History, now: dt.datetime) -> bool:
    asked = history.note(f"feed asked {feed.url}")
    return not asked or not now - feed.every < dt.datetime.fromisoformat(asked) <= now


def _told(feeds: Iterable[Feed], history: History) -> list[tuple[str, str]]:
    """Return what servers said of their feeds last, for them to say whether that has changed."""
    notes = (history.note(f"feed tag {feed.url}") for feed in feeds)
    found = (json.loads(told) if told else ("", "") for told in notes)
    return [(etag, modified) for etag, modified in found]


def _fetched(feed: Feed, told: tuple[str, str]) -> Fetched | DocumentError:
    try:
        return fetch(feed.url, private=feed.private, etag=told[0], modified=told[1])
    except DocumentError as error:
        return error
