"""A real Dask cluster of two worker processes: the bytes of the local run, one lost or not."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest
from sample_place import make_place

from tally import batches, cache
from tally.batches import Task, read_batch
from tally.collect import Collected, collect
from tally.documents import sketches
from tally.documents.formats import Asked
from tally.documents.sketches import Sketch, Texts, sketch_all
from tally.errors import WorkerError
from tally.rebuild import rebuild
from tally.render.batch import render_batch
from tally.settings import DATA_VARIABLE
from tally.workers import open_workers

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

STORY = """\
---
id: {id}
publisher: The Desk
url: https://example.org/{id}
published: 2025-{month:02}-21
language: en
---
Ukraine's Air Force said it shot down {figure} out of 990 Russian drones overnight.
"""
FATAL = "n13"

# What dask leaves open when a worker is killed is its own; warnings of ours are errors still.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default::ResourceWarning"),
    pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Port .* is already in use:UserWarning"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    monkeypatch.setattr(batches, "TOGETHER", 4)
    (tmp_path / "documents").mkdir()
    for number in range(80):
        text = STORY.format(id=f"n{number}", month=1 + number % 9, figure=100 + number)
        (tmp_path / "documents" / f"n{number}.md").write_text(text, encoding="utf-8")
    return tmp_path


def ledger(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "claims").glob("*.csv")}


def alone(data: Path) -> dict[str, bytes]:
    rebuild(data)
    (data / cache.NAME).unlink()
    return ledger(data)


def read_and_die_once(task: Task) -> tuple[batches.Reading, ...]:
    """Read, but end the process that reads one document for the first time, as a power cut does."""
    mark = Path(str(task.folder)) / "killed"
    if any(document.id == FATAL for document in task.documents) and not mark.exists():
        mark.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(task)


def test_a_cluster_gives_the_bytes_of_one_machine(data: Path, cluster: Any) -> None:
    expected = alone(data)
    with open_workers(cluster.scheduler_address) as executor:
        done = rebuild(data, executor)
    assert (done.documents, done.read, done.problems) == (80, 80, [])
    assert ledger(data) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_worker_killed_midway_costs_nothing(
    data: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = alone(data)
    monkeypatch.setattr(batches, "read_batch", read_and_die_once)
    with open_workers(cluster.scheduler_address) as executor:
        done = rebuild(data, executor)
    assert (data / "killed").exists()
    assert (done.documents, done.read, done.problems) == (80, 80, [])
    assert ledger(data) == expected


def test_a_worker_of_another_version_stops_the_run(
    data: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tally.fingerprint.CODE", "of this machine only")
    with (
        open_workers(cluster.scheduler_address) as executor,
        pytest.raises(WorkerError, match="a worker reads with another version of the code"),
    ):
        rebuild(data, executor)
    assert ledger(data) == {}


PRINTED = (
    "{number} people of the district {number} were hurt overnight when drones hit its market and "
    "two of its schools, the head of the region said in the morning."
)
MARK = "the mark "


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return two files of 60 stories, the second by another desk, its words nearly the same."""
    monkeypatch.setattr(sketches, "TOGETHER", 4)
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, end in (("first", ""), ("second", f" The desk has it. {MARK}{folder / 'killed'}")):
        told = {"publisher": name, "published": "2025-05-21", "lang": "en"}
        rows = [
            {"id": f"{name}-{n}", "text": PRINTED.format(number=n + 10) + end * (n % 2), **told}
            for n in range(60)
        ]
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def take(saved: Path, data: Path, executor: Executor | None = None) -> Collected:
    """Take in one file and then the other, which is compared with what is there."""
    for name in ("first", "second"):
        path = saved / f"{name}.jsonl"
        done = collect([path], data, Asked(), now=lambda: "2025-05-22T06:00:00Z", executor=executor)
    return done


def shelf(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "documents").iterdir()}


def sketch_and_die_once(task: Texts) -> tuple[Sketch, ...]:
    """Sketch, but end the process that is first given a text that names a mark."""
    marks = [Path(text.partition(MARK)[2]) for text in task.texts if MARK in text]
    if marks and not marks[0].exists():
        marks[0].write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return sketch_all(task)


def test_copies_are_the_same_by_whoever_looks_for_them(
    tmp_path: Path, saved: Path, cluster: Any
) -> None:
    done = take(saved, tmp_path / "alone")
    assert (len(done.new), len(done.copies), done.unchanged) == (60, 60, 0)
    with open_workers(jobs=2) as executor:
        take(saved, tmp_path / "local", executor)
    with open_workers(cluster.scheduler_address) as executor:
        take(saved, tmp_path / "cluster", executor)
    assert shelf(tmp_path / "local") == shelf(tmp_path / "alone")
    assert shelf(tmp_path / "cluster") == shelf(tmp_path / "alone")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_worker_killed_among_copies_costs_none(
    tmp_path: Path, saved: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(saved, tmp_path / "alone")
    monkeypatch.setattr(sketches, "sketch_all", sketch_and_die_once)
    with open_workers(cluster.scheduler_address) as executor:
        done = take(saved, tmp_path / "cluster", executor)
    assert (saved / "killed").exists()
    assert (len(done.new), len(done.copies), done.problems) == (60, 60, [])
    assert shelf(tmp_path / "cluster") == shelf(tmp_path / "alone")


def test_a_worker_that_sketches_otherwise_stops_the_run(
    tmp_path: Path, saved: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sketches, "SEED", 2)
    with (
        open_workers(cluster.scheduler_address) as executor,
        pytest.raises(WorkerError, match="another version of Python or rensa"),
    ):
        take(saved, tmp_path / "cluster", executor)
    assert shelf(tmp_path / "cluster") == {}


def test_briefings_are_rendered_by_a_cluster(tmp_path: Path, cluster: Any) -> None:
    place = make_place(tmp_path)
    daily = place.settings.briefings[0]
    wanted = [{"day": day, "as_of": "2025-05-22T08:00"} for day in ("2025-05-21", "2025-05-22")]
    with open_workers(cluster.scheduler_address) as executor:
        outcomes = list(render_batch(place.settings, daily, wanted, 2, False, executor))
    assert sorted(outcome.state for outcome in outcomes) == ["failed", "rendered"]
    assert (place.folder("2025-05-21") / "briefing.html").is_file()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("10.0.0.5:8786", "is no address of a Dask scheduler; write one such as tcp://"),
        ("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1; start one"),
        ("tcp://no port", "no Dask scheduler answers at"),
    ],
)
def test_no_cluster_is_told(address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tally.workers.SECONDS", 1)
    with pytest.raises(WorkerError, match=said), open_workers(address):
        pass


def test_without_dask_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(WorkerError, match=r"needs Dask, which is not installed; .*\[cluster\]"),
        open_workers("tcp://127.0.0.1:8786"),
    ):
        pass
