"""Rendering beside the usual ways; says ratios. See README.md beside this file.

`python benchmarks/render.py [--count 30] [--jobs 2]`
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean

import click
import nbformat

from tally.render.batch import render_batch
from tally.render.prefork import end_servers
from tally.render.run import run_notebook
from tally.settings import ROOT, load_settings

NOTEBOOK = ROOT / "notebooks" / "daily_briefing.ipynb"
ENVIRONMENT = {"TALLY_DATA": str(ROOT / "data"), "PYTHONPATH": str(ROOT)}
DAYS = tuple(f"2025-05-{day:02}" for day in range(14, 29))


def days(count: int) -> list[str]:
    """Return so many days, spread over the fifteen of the example: late ones have more to say."""
    return [DAYS[n * len(DAYS) // count] for n in range(count)]


@contextmanager
def peak() -> Iterator[list[float]]:
    """Give a list that holds the greatest memory, in MB, of this process and what it started."""
    found, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            found[0] = max(found[0], sum(map(_resident, _family(os.getpid()))))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def _family(process: int) -> Iterator[int]:
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _resident(process: int) -> float:
    """Return the memory that only this process has, in MB: what is shared counts in part."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1e3


def commands(day: str, folder: Path, pdf: bool) -> None:
    """Render as a shell script would: papermill, nbconvert to HTML, and a browser prints that."""
    made = folder / f"{day}-{threading.get_ident()}.ipynb"
    run = [sys.executable, "-m", "papermill", str(NOTEBOOK), str(made), "-p", "day", day]
    _quietly([*run, "-p", "as_of", "", "-k", "python3"])
    _quietly([sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", str(made)])
    if pdf:
        printed = [f"--print-to-pdf={made.with_suffix('.pdf')}", str(made.with_suffix(".html"))]
        profile = f"--user-data-dir={made.with_suffix('.profile')}"
        _quietly(["chromium", "--headless", "--no-sandbox", profile, *printed])


def _quietly(command: Sequence[str]) -> None:
    environment = {**os.environ, **ENVIRONMENT, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        msg = f"{' '.join(command[:5])} failed: {done.stderr.splitlines()[-1]}"
        raise SystemExit(msg)


def warm(day: str, folder: Path) -> None:
    """Render as an expert's loop does: papermill's and nbconvert's API in one process."""
    import papermill
    from nbconvert import HTMLExporter

    made = folder / f"{day}-warm.ipynb"
    given = {"day": day, "as_of": ""}
    papermill.execute_notebook(
        str(NOTEBOOK), str(made), given, kernel_name="python3", progress_bar=False, log_output=False
    )
    body, _ = HTMLExporter(exclude_input=True).from_filename(str(made))
    (folder / f"{day}-warm.html").write_text(body, encoding="utf-8")


def ours(wanted: Sequence[str], folder: Path, jobs: int) -> None:
    """Render as scripts/render.py does, HTML and PDF; what starting its server takes is in it."""
    settings = load_settings(out=folder)
    given = [{"day": day} for day in wanted]
    for outcome in render_batch(settings, settings.briefing("daily"), given, jobs, force=True):
        if outcome.state == "failed":
            msg = f"{outcome.name}: {outcome.words}"
            raise SystemExit(msg)


def cells(day: str) -> list[float]:
    """Return the time that the cells of a notebook take, alone in a fresh kernel like one of (c).

    Seconds and seconds of processor time, first as the kernels of (c) run them, in a process that
    has run none before and with the ledger open already; then with a ledger to be opened anew.
    """
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    sources.insert(1, f"day = {day!r}\nas_of = ''")
    with tempfile.TemporaryDirectory() as name:
        other = Path(name) / "data"
        shutil.copytree(ROOT / "data", other)
        path = Path(name) / "timed.ipynb"
        nbformat.write(timing(sources, other), path)
        done = run_notebook(path, {}, ENVIRONMENT, ROOT)
    return [float(told) for told in done.cells[-1].outputs[-1].text.split()]


def timing(sources: Sequence[str], data: Path) -> nbformat.NotebookNode:
    """Return a notebook that runs cells within one of its own, then again on a copy of the data."""
    from nbformat import v4

    run = (
        "import os as _os, time as _time\n_now = _time.perf_counter, _time.process_time\n"
        "_told = []\n"
        f"for _data in (_os.environ['TALLY_DATA'], {str(data)!r}):\n"
        "    _os.environ['TALLY_DATA'] = _data\n"
        "    _start = [_clock() for _clock in _now]\n"
        f"    for _source in {list(sources)!r}:\n        get_ipython().run_cell(_source)\n"
        "    _told += [_clock() - _then for _clock, _then in zip(_now, _start)]\n"
        "print(*_told)"
    )
    # Never run, but read: what the cells import is loaded before the fork, as for (c).
    imports = "if False:\n" + textwrap.indent("\n".join(sources), "    ")
    given = v4.new_code_cell("", metadata={"tags": ["parameters"]})
    return v4.new_notebook(cells=[given, *map(v4.new_code_cell, (imports, run))])


def processor() -> float:
    """Return the processor time, in seconds, of this process and of all that it has started.

    Of forked kernels it is known once the process that they come from has ended.
    """
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alone(wanted: Sequence[str], jobs: int) -> list[list[float]]:
    """Return what `cells` does for each day, `jobs` at a time, and end what kernels came from."""
    try:
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(cells, wanted))
    finally:
        end_servers()


def spread(work: Callable[[str], object], wanted: Sequence[str], jobs: int) -> float:
    """Return the seconds that the work on all days takes, `jobs` at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        return timed(lambda: list(pool.map(work, wanted)))


@click.command()
@click.option("--count", default=30, show_default=True, help="Briefings in the batch.")
@click.option("--sample", default=6, show_default=True, help="How many the slow ways render.")
@click.option("--jobs", default=2, show_default=True)
def main(count: int, sample: int, jobs: int) -> None:
    """Measure once and print seconds a briefing and ratios."""
    browser = shutil.which("chromium") is not None
    forms = "HTML and PDF by Chromium" if browser else "HTML only: no Chromium here"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = days(sample)
        a = spread(lambda day: commands(day, folder, browser), few, jobs) / sample
        b = timed(lambda: [warm(day, folder) for day in few]) / sample
        with peak() as one:
            ours(days(1), folder, 1)
        # As many at a time as (c) has, half of the days before it and half after it, so that both
        # have the same cores and the same other work beside them.
        told = alone(DAYS[::2], jobs)
        before = processor()
        batch = [DAYS[n % len(DAYS)] for n in range(count)]
        c = timed(lambda: ours(batch, folder, jobs)) / count
        busy = (processor() - before) / count
        told += alone(DAYS[1::2], jobs)
        # In a batch of its own: looking at memory takes time from what is looked at.
        with peak() as memory:
            ours(DAYS, folder, jobs)
    d, d_busy, anew, anew_busy = (fmean(each) for each in zip(*told, strict=True))
    click.echo(f"(a) commands, {forms}, {jobs} jobs: {a:.2f} s")
    click.echo(f"(b) warm loop in one process, HTML only: {b:.2f} s")
    click.echo(f"(c) ours, HTML and PDF, {jobs} jobs: {c:.2f} s")
    click.echo(f"(d) the cells alone, {jobs} at a time: {d / jobs:.2f} s")
    click.echo(f"    and opening the ledger: {anew / jobs:.2f} s")
    click.echo(f"a/c {a / c:.1f}   b/c {b / c:.1f}   c/d {c / d * jobs:.1f}")
    click.echo(
        f"processor time: c {busy:.2f} s, d {d_busy:.2f} s, and opening the ledger "
        f"{anew_busy:.2f} s; c/d {busy / d_busy:.1f}"
    )
    click.echo(f"peak memory: one {one[0]:.0f} MB, batch {memory[0]:.0f} MB")


if __name__ == "__main__":
    main()
