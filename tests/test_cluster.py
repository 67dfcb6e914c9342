"""A real Dask cluster of two worker processes: the bytes of the local run, one lost or not."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_place import make_place

from tally import batches, cache
from tally.batches import Task, read_batch
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
