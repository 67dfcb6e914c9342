"""A million posts through extraction and ledger: `python benchmarks/scale.py` (see README.md).

Posts are made from real ones where those are there, else from the example documents: other digits
for digits, another id and another day each, over four years. Nothing is read twice, and nothing is
kept from one size to the next.
"""

import multiprocessing
import os
import random
import re
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import click
from tqdm import tqdm

from tally.batches import Reading
from tally.cache import NAME
from tally.documents import load_documents, read_jsonl
from tally.ledger.months import month_files
from tally.model import Document
from tally.rebuild import build
from tally.workers import JOBS, open_workers

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"
POSTS = ("mod_russia_posts_ru.jsonl", "telegram_uk_ru.jsonl", "news_uk_2026.jsonl")
EXAMPLE = ROOT / "data" / "documents"
SIZES = (10_000, 100_000, 1_000_000)
FIRST_DAY = date(2022, 3, 1)
DAYS = 4 * 365
TEN = 10
GB = 1e9
LIMIT = 4 * GB

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Run:
    """What one size took. `working` is processor time of all processes, `main` of the first."""

    posts: int
    claims: int
    characters: int
    seconds: float
    main: float
    working: float
    memory: float
    ledger: int
    cache: int
    again: float


@click.command()
@click.option(
    "--size", "sizes", type=int, multiple=True, help=f"Posts; several times.  [default: {SIZES}]"
)
@click.option("--jobs", type=int, default=JOBS, show_default=True, help="Processes that read.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask cluster instead, tcp://….")
def main(sizes: tuple[int, ...], jobs: int, cluster: str | None) -> None:
    """Measure time and memory by number of posts."""
    name, texts = _texts()
    click.echo(f"posts made from {name}; {jobs} processes on {os.cpu_count()} cores")
    runs = []
    for size in sizes or SIZES:
        runs.append(_run(texts, size, jobs, cluster))
        _tell(runs[-1])
    if len(runs) > 1:
        _growth(runs)
    _cluster(runs[-1])


def _texts() -> tuple[str, list[Document]]:
    paths = [REAL / name for name in POSTS if (REAL / name).exists()]
    found = (each for path in paths for each in read_jsonl(path) if isinstance(each, Document))
    texts = list(found)
    random.Random(0).shuffle(texts)
    if texts:
        return f"{len(texts):,} real posts", texts
    texts = list(load_documents(EXAMPLE).values())
    return f"{len(texts):,} example documents", texts


def _posts(texts: list[Document], size: int) -> Iterator[Document]:
    """Yield posts of which no two are alike."""
    chance = random.Random(size)
    for number, text in enumerate(islice(cycle(texts), size)):
        day = FIRST_DAY + timedelta(days=number * DAYS // size)
        yield replace(
            text,
            id=f"post-{number:07}",
            published=f"{day}T{number % 24:02}:{number % 60:02}+03:00",
            title="",
            text=_DIGIT.sub(lambda _: chance.choice("123456789"), text.text),
        )


def _run(texts: list[Document], size: int, jobs: int, cluster: str | None) -> Run:
    counted = [0]

    def counting(posts: Iterable[Document]) -> Iterator[Document]:
        for post in posts:
            counted[0] += len(post.text)
            yield post

    def bar(readings: Iterable[Reading]) -> Iterable[Reading]:
        return tqdm(readings, f"{size:,}", size, unit=" posts", leave=False, mininterval=5)

    with TemporaryDirectory(dir=ROOT / "build") as folder:
        data = Path(folder)
        begun, main, working = time.perf_counter(), time.process_time(), _children()
        with _Memory() as memory, open_workers(cluster, jobs) as executor:
            done = build(counting(_posts(texts, size)), data, executor, bar)
        seconds = time.perf_counter() - begun
        main, working = time.process_time() - main, _children() - working
        assert not done.problems, done.problems[:3]
        begun = time.perf_counter()
        with open_workers(cluster, jobs) as executor:
            again = build(_posts(texts, size), data, executor, bar)
        assert again.read == 0
        return Run(
            done.documents, done.claims, counted[0], seconds, main, main + working, memory.most,
            sum(path.stat().st_size for path in month_files(data / "claims")),
            (data / NAME).stat().st_size, time.perf_counter() - begun,
        )  # fmt: skip


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Memory:
    """The most that this process and its children had to themselves at one time (Linux: Pss)."""

    def __init__(self) -> None:
        self.most = 0.0
        self._stop = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            pids = [os.getpid(), *(c.pid for c in multiprocessing.active_children() if c.pid)]
            self.most = max(self.most, sum(map(_own, pids)))


def _own(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _tell(run: Run) -> None:
    click.echo(
        f"{run.posts:>10,} posts {run.claims:>9,} claims "
        f"{run.characters / 1e6:>7,.0f} M characters "
        f"{run.seconds:>7,.0f} s  {run.posts / run.seconds:>6,.0f} posts/s  "
        f"processors {run.working:>7,.0f} s, of them {run.main:,.0f} s in the first process  "
        f"memory {run.memory / GB:.2f} GB{' TOO MUCH' if run.memory > LIMIT else ''}  "
        f"ledger {run.ledger / 1e6:,.0f} MB  cache {run.cache / 1e6:,.0f} MB  "
        f"again, nothing new: {run.again:,.0f} s"
    )


def _growth(runs: list[Run]) -> None:
    first, last = runs[0], runs[-1]
    times = last.posts / first.posts
    click.echo(
        f"growth from {first.posts:,} to {last.posts:,} ({times:,.0f} times as many posts): "
        f"processor time {last.working / first.working:,.1f} times, "
        f"memory {last.memory / first.memory:.1f} times"
    )


def _cluster(run: Run) -> None:
    """Tell what ten workers would take: the reading shared among them, the rest as it is."""
    reading, rest = run.working - run.main, run.main
    if not reading:
        return
    ten = max(reading / TEN, rest)
    click.echo(
        f"ten workers of one such core each, computed from {run.posts:,} posts: reading takes "
        f"{reading:,.0f} s of processors, {reading / TEN:,.0f} s over ten; the process that hands "
        f"out and writes needs {rest:,.0f} s meanwhile; so about {ten:,.0f} s, "
        f"{reading / ten:.1f} times as fast as one. Sending is not in it: "
        f"{run.characters * 1.6 / ten / 1e6:,.1f} MB/s."
    )


if __name__ == "__main__":
    (ROOT / "build").mkdir(exist_ok=True)
    main()
