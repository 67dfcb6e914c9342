"""A month of mornings with our own briefings, through kernels and typesetting, which are killed.

The whole example corpus comes in day by day. What each revision must show is worked out by running
the cells of our notebooks in this process on the documents that are in: no schedule, no kernel.
"""

import datetime as dt
import hashlib
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import nbformat
import pypdfium2
import pytest
from month import (
    CORPUS,
    DAYS,
    MAINTAINER,
    MORNING,
    READER,
    TELLING,
    TROUBLE,
    Told,
    arrival,
    disk_is_full,
    live_through,
)
from processes import MARK, Ticker, kernels, kill, none_left, started, until
from scheduled_place import Desk, at_kyiv, open_desk

from tally import blocks
from tally.ledger import load_ledger
from tally.model import published_at
from tally.rebuild import rebuild
from tally.schedule import running
from tally.schedule.changing import changes
from tally.schedule.product import Product, describe
from tally.schedule.record import Record
from tally.schedule.running import Job, Ran
from tally.settings import DATA_VARIABLE, FILE, ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at /proc"),
]

Figures = Mapping[str, str]
MADE_FOR = dt.timedelta(hours=12)
RULES = 'start = 2025-05-14\nmax_age = "12h"\nrevise_for = "25h"\n'
# One morning a week instead of seven, each Monday, and the first of a month.
CHANGED = [
    ('cron = "30 8 * * *"', 'cron = "30 8 * * sun"'),
    ("[daily.schedule]\n", f"[daily.schedule]\n{RULES}"),
    ("[period.schedule]\n", f"[period.schedule]\n{RULES}"),
]
REGIONS = ("UA-59", "RU-BEL")
REGION = f"""
[region.schedule]
cron = "0 9 1 * *"
parameters = {{ start = "{{month-1}}", end = "{{month_end-1}}" }}
grid = {{ region = {json.dumps(REGIONS)} }}
fresh = "3d"
start = 2025-05-14
revise_for = "0s"
"""
TITLES = {"daily": "Daily briefing", "period": "Period review"}
WHY = {"stale": "is held back until newer documents come in", "empty": "could not be made"}


@dataclass(frozen=True)
class Wanted:
    """An edition that there is to be: no document may be older than `fresh`, no block missing."""

    serial: str
    due: dt.datetime
    notebook: str
    given: Mapping[str, str]
    fresh: dt.timedelta
    needs: tuple[str, ...] = ()
    revised_for: dt.timedelta = dt.timedelta(hours=25)

    @property
    def edition(self) -> tuple[str, str]:
        return self.serial, f"{self.due:%Y-%m-%d}"

    @property
    def title(self) -> str:
        return f"{TITLES[self.serial]}, {self.due.day} {self.due:%B %Y}"


def wanted() -> Iterator[Wanted]:
    days, never = dt.timedelta(days=3), dt.timedelta()
    for day in DAYS:
        nine = at_kyiv(f"{day}T09:00")
        if day.strftime("%a") == "Sun":
            given, needs = {"day": f"{day}"}, ("stopped", "evidence")
            early, fresh = at_kyiv(f"{day}T08:30"), dt.timedelta(hours=36)
            yield Wanted("daily", early, "daily_briefing", given, fresh, needs)
        if day.strftime("%a") == "Mon":
            week = {"start": f"{day - dt.timedelta(7)}", "end": f"{day - dt.timedelta(1)}"}
            yield Wanted("period", nine, "period_review", week, days, ("evidence",))
        for region in REGIONS if day.day == 1 else ():
            may = {"region": region, "start": "2025-05-01", "end": "2025-05-31"}
            yield Wanted(f"region-{region}", nine, "region_profile", may, days, (), never)


class Known:
    """What our notebooks show of the documents that are in: `editions` is what must be published.

    `kept_back` is what must not be, and why.
    """

    def __init__(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.data, self.monkeypatch = data, monkeypatch
        self.editions: dict[tuple[str, str], list[Figures]] = defaultdict(list)
        self.kept_back: dict[str, str] = {}
        self._seen: dict[tuple[str, str], int] = {}
        (data / "documents").mkdir(parents=True)

    def see(self, at: dt.datetime) -> None:
        """Note what must be published at a tick."""
        for path, document in CORPUS.items():
            if arrival(document) == at:
                shutil.copy(path, self.data / "documents")
        rebuild(self.data)
        for each in wanted():
            age, out = at - each.due, self.editions[each.edition]
            if age < dt.timedelta() or age > (each.revised_for if out else MADE_FOR):
                continue
            if not out and self.newest() < each.due - each.fresh:
                self.kept_back[each.title] = WHY["stale"]
            elif self.has_grown(each.edition):
                self._look_at(each, out)

    def _look_at(self, each: Wanted, out: list[Figures]) -> None:
        with self.monkeypatch.context() as patched:
            patched.setenv(DATA_VARIABLE, str(self.data))
            shown = product(each.notebook, each.given, patched)
        blocks_there = {**shown.charts, **shown.tables}
        if not all(blocks_there.get(name) for name in each.needs):
            self.kept_back[each.title] = WHY["empty"]
        elif not out or changes(out[-1], shown.figures):
            out.append(shown.figures)

    def newest(self) -> dt.datetime:
        return max(published_at(claim.published) for claim in load_ledger(self.data / "claims"))

    def has_grown(self, edition: tuple[str, str]) -> bool:
        """Tell whether documents have come since it was asked of an edition."""
        former, count = self._seen.get(edition), len(list((self.data / "documents").glob("*.md")))
        self._seen[edition] = count
        return former != count


def product(notebook: str, given: Mapping[str, str], patched: pytest.MonkeyPatch) -> Product:
    """Run the cells of a notebook here, and return what they show."""
    shown: list[blocks.Block] = []
    patched.setattr(blocks, "show", lambda *made: shown.extend(made))
    names: dict[str, object] = {}
    for cell in nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", as_version=4).cells:
        exec(cell.source, names)
        if "parameters" in cell.metadata.get("tags", ()):
            names.update(given)
    made = [each.block for each in shown]
    return describe(next(each for each in made if each["kind"] == "masthead"), (), made)


def kernel_is_killed(root: Path) -> None:
    """Do what a system does that runs short of memory."""
    assert until(lambda: kernels(root))
    kill(*kernels(root))


def all_is_killed(root: Path) -> None:
    assert until(lambda: kernels(root))
    kill(*started(root))


@dataclass
class Killing:
    """The real renderer; when some days are rendered, processes of it are killed."""

    root: Path
    kills: dict[str, list[Callable[[Path], None]]]
    ends: list[str] = field(default_factory=list)

    def __call__(self, job: Job) -> Ran:
        kills = self.kills.get(job.parameters.get("day", ""))
        if not kills:
            return running.render(job)
        killing = Thread(target=kills.pop(0), args=(self.root,))
        killing.start()
        ran = running.render(job)
        killing.join()
        self.ends.append(ran.kind)
        return ran


def tick_is_killed(desk: Desk) -> None:
    """Kill a tick whose kernels run; what it has started finds itself alone and ends."""
    with TemporaryDirectory(prefix="tk") as scratch:
        ticker = Ticker(desk.root, Path(scratch))
        try:
            ended, _ = ticker.tick(desk.now, 0, lambda: kernels(desk.root))
            assert ended < 0
            assert none_left(desk.root, but=ticker.process.pid)
        finally:
            ticker.close()
    desk.now += dt.timedelta(minutes=2)


@pytest.mark.usefixtures("unflushed")
def test_a_month_of_our_own_briefings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = our_desk(tmp_path / "desk")
    known = Known(tmp_path / "known", monkeypatch)
    monkeypatch.setenv(MARK, str(desk.root))
    kills = {"2025-05-18": [kernel_is_killed, all_is_killed]}
    desk.render = killing = Killing(desk.root, kills)
    trouble = {
        **TROUBLE,
        f"2025-05-26T{MORNING}": disk_is_full,
        f"2025-05-27T{MORNING}": tick_is_killed,
    }
    sent = live_through(desk, CORPUS, trouble, monkeypatch, known.see)
    assert sorted(killing.ends) == ["kernel", "killed"]
    records = desk.records()
    counts = {edition: len(found) for edition, found in known.editions.items() if found}
    assert Counter(record.edition for record in records) == counts
    assert set(counts.values()) == {1, 2, 3}
    for record in records:
        is_right(record, known.editions[record.edition])
        is_whole(desk, record)
    are_told(sent, records, known.kept_back)
    index = (desk.plan.site / "index.html").read_text(encoding="utf-8")
    # A newer one was due since the first of June.
    assert {title for title in known.kept_back if f"{title}:" in index} == {
        "Daily briefing, 8 June 2025",
        "Period review, 9 June 2025",
    }
    assert none_left(desk.root)


def our_desk(root: Path) -> Desk:
    """Return a newsroom with our notebooks and what briefings.toml says, and no document yet."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(ROOT / "data/vocabulary", root / "data/vocabulary")
    (root / "data/documents").mkdir()
    text = (ROOT / FILE).read_text(encoding="utf-8")
    for was, now in CHANGED:
        assert text.count(was) == 1, was
        text = text.replace(was, now)
    (root / FILE).write_text(text + REGION + TELLING, encoding="utf-8")
    return open_desk(root)


def is_right(record: Record, shown: list[Figures]) -> None:
    """Assert that a revision shows what was known, and says what that changed."""
    former = shown[record.revision - 2] if record.revision > 1 else None
    assert record.figures == shown[record.revision - 1]
    assert record.changes == (() if former is None else changes(former, record.figures))


def is_whole(desk: Desk, record: Record) -> None:
    """Assert that the files of a revision are those of its record, and show what it says."""
    folder = desk.plan.site / record.address
    for name, digest in record.products.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert json.loads((folder / "manifest.json").read_bytes())["key"] == record.key
    words, label = first_page(folder), f"revision {record.revision}"
    for text in (words, (folder / "briefing.html").read_text(encoding="utf-8")):
        assert record.title in text
        assert (label in text) is (record.revision > 1)
    values = [part for tile in record.tiles for part in tile.value.split(" · ")]
    assert [value for value in values if value not in words] == []


def first_page(folder: Path) -> str:
    with closing(pypdfium2.PdfDocument(folder / "briefing.pdf")) as opened:
        return " ".join(opened[0].get_textpage().get_text_range().split())


def are_told(sent: list[Told], records: list[Record], kept_back: Mapping[str, str]) -> None:
    """Assert that readers had each revision once, and maintainers what was kept back, once."""
    readers = Counter(told.folder for told in sent if told.to == READER)
    assert readers == Counter(record.address for record in records)
    failed = [told.subject for told in sent if told.to == MAINTAINER and told.event == "failed"]
    assert failed == [f"{edition}: {why}" for edition, why in kept_back.items()]
    assert set(kept_back.values()) == set(WHY.values())
