"""A checkout of its own with a schedule, a quick renderer and a clock, for tests of scheduling."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import claimed
import nbformat
from nbformat import v4
from sample_place import BRIEFING

from tally.render.manifest import edition_key
from tally.render.parameters import check_parameters
from tally.schedule.declared import load_plan
from tally.schedule.plan import Plan
from tally.schedule.product import Product, Tile
from tally.schedule.record import Record, read_records
from tally.schedule.running import Job, Ran, Render
from tally.schedule.tick import Report, tick
from tally.settings import FILE, load_settings

KYIV = ZoneInfo("Europe/Kyiv")
DAILY = """
[daily]
title = "Daily briefing"
notebook = "daily_briefing"
help = "One night."
dated_by = "day"
zone = "Europe/Kyiv"
[daily.parameters.day]
type = "date"
required = true
help = "The morning."
[daily.parameters.as_of]
type = "datetime"
default = ""
help = "Known by then."
[daily.parameters.region]
type = "choice"
choices = ["all", "UA-59", "UA-63"]
default = "all"
help = "Where."
"""
SCHEDULE = """
[daily.schedule]
cron = "0 8 * * *"
parameters = { day = "{date}" }
"""
STORY = """---
id: {id}
publisher: The Desk
url: https://example.org/{id}
published: {published}
language: en
---
# Night over Sumy

{words}
"""


def pdf(words: bytes = b"") -> bytes:
    """Return the smallest PDF that opens."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
    ]
    body, offsets = b"%PDF-1.4\n%" + words + b"\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%bendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 4\n0000000000 65535 f \n" + table
    return body + head + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


@dataclass
class Stub:
    """A renderer that needs no notebook: its figures are the claims of the day in the ledger.

    `faults` are what it does instead, by day, each once.
    """

    plan: Plan
    faults: dict[str, list[Callable[[Job], Ran]]] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)

    def __call__(self, job: Job) -> Ran:
        day = job.parameters["day"]
        self.rendered.append(day)
        if self.faults.get(day):
            return self.faults[day].pop(0)(job)
        return self.make(job)

    def make(self, job: Job) -> Ran:
        """Write the files of an edition and return it."""
        figures = claimed.figures(self.plan.settings.data, job.parameters["day"])
        html = f"<!doctype html><html><body>{figures}</body></html>"
        files = {
            "briefing.html": html.encode(),
            "briefing.pdf": pdf(job.parameters["day"].encode()),
            "briefing.ipynb": b"{}",
        }
        settings = self.plan.settings
        briefing = settings.briefing(job.briefing)
        given = check_parameters(briefing, job.parameters)
        folder = Path(job.folder) / briefing.name / briefing.edition(given)
        folder.mkdir(parents=True)
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        key = edition_key(settings, briefing, given)
        manifest = {"key": key, "parameters": given, "products": digests}
        for name, content in {**files, "manifest.json": json.dumps(manifest).encode()}.items():
            (folder / name).write_bytes(content)
        return Ran(folder=folder, product=product(job.parameters["day"], figures))


def product(day: str, figures: dict[str, str]) -> Product:
    """Return what a stubbed edition shows."""
    tiles = tuple(
        Tile(name.upper(), value, "as claimed") for name, value in list(figures.items())[:4]
    )
    return Product(
        title=f"Night to {day}",
        lang="en",
        as_of="As known then",
        known_at=day,
        lead=f"{len(figures)} figures are known of {day}.",
        tiles=tiles,
        charts={"stopped": 2},
        tables={"evidence": len(figures)},
        unnamed=0,
        without_alt=(),
        failures=(),
        figures=figures,
    )


@dataclass
class Desk:
    """A newsroom: its checkout, its plan, its clock and its renderer: the quick one, or another."""

    root: Path
    plan: Plan
    stub: Stub
    now: dt.datetime
    render: Render | None = None

    def tick(self, at: str = "") -> Report:
        """Tick at a time on Kyiv's clock, or at the time that it is."""
        if at:
            self.now = at_kyiv(at)
        return tick(self.plan, lambda: self.now, self.render or self.stub)

    def records(self) -> list[Record]:
        """Return what is published, read from the folder itself."""
        found = list(read_records(self.plan.site))
        assert all(isinstance(each, Record) for each in found), found
        return [each for each in found if isinstance(each, Record)]

    def editions(self) -> list[str]:
        """Return the addresses of what is published."""
        return [record.address.rstrip("/") for record in self.records()]

    def story(self, name: str, words: str, published: str) -> None:
        """Put a document into the corpus."""
        text = STORY.format(id=name, words=words, published=published)
        (self.plan.settings.data / "documents" / f"{name}.md").write_text(text, encoding="utf-8")


def at_kyiv(words: str) -> dt.datetime:
    """Return a time on Kyiv's clock."""
    return dt.datetime.fromisoformat(words).replace(tzinfo=KYIV)


def make_desk(root: Path, schedule: str = SCHEDULE, briefings: str = DAILY) -> Desk:
    """Return a newsroom in a folder, its clock at eight in the morning of 21 May 2025."""
    (root / "data" / "documents").mkdir(parents=True)
    (root / "notebooks").mkdir()
    (root / "notebooks" / "daily_briefing.ipynb").write_text("{}")
    (root / FILE).write_text(briefings + schedule, encoding="utf-8")
    return open_desk(root)


def open_desk(root: Path) -> Desk:
    """Return the newsroom that is in a folder."""
    settings = load_settings(root, data=root / "data", out=root / "reports")
    plan = load_plan(settings)
    return Desk(root, plan, Stub(plan), at_kyiv("2025-05-21T08:00"))


def put_notebook(root: Path, last: str) -> None:
    """Put a notebook that can be run into a newsroom; `last` is what its last cell does."""
    given = "day: str = '2025-05-21'\nas_of: str = ''\nregion: str = 'all'"
    cells = [
        v4.new_code_cell(given, metadata={"tags": ["parameters"]}, id="given"),
        v4.new_code_cell(BRIEFING, id="briefing"),
        v4.new_code_cell(last, id="last"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root / "notebooks" / "daily_briefing.ipynb")
