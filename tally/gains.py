"""What a change to the extractor gained and lost: a git revision against the working tree.

Each tree reads the same documents with its own grammar and word tables, in a process of its own.
"""

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tally.errors import ScoreError
from tally.labels import Label, Labelled, parse_lines
from tally.score import ALSO, WHOLE, describe, differing, distinct, f1, match, score

Readings = dict[str, tuple[Label, ...]]
Kind = Literal["right gained", "right lost", "wrong gained", "wrong removed"]
KINDS: tuple[Kind, ...] = ("right lost", "wrong gained", "right gained", "wrong removed")
COMPARED = (*WHOLE, *ALSO)
SAME = ("metric", "low", "high", *COMPARED)
EXTRACT = Path("scripts") / "extract.py"


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that one tree has and the other has not; `why` says what is wrong with it."""

    kind: Kind
    document_id: str
    label: Label
    why: str = ""


@contextmanager
def unpacked(revision: str, root: Path) -> Iterator[Path]:
    """Give a folder that holds the files of a revision; it is gone afterwards, come what may."""
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    archive = _git(root, "archive", "--format=zip", commit.decode().strip())
    with tempfile.TemporaryDirectory(prefix="tally-") as folder:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(folder)
        if not (Path(folder) / EXTRACT).exists():
            msg = f"{revision} has no {EXTRACT.as_posix()} yet; compare with a later revision"
            raise ScoreError(msg)
        yield Path(folder)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, check=True, timeout=120
        )
    except FileNotFoundError as error:
        msg = "git is not installed, so there is no revision to compare with; install git"
        raise ScoreError(msg) from error
    except subprocess.CalledProcessError as error:
        asked = arguments[-1].removesuffix("^{commit}")
        reason = (error.stderr.decode(errors="replace").strip() or "no reason given").splitlines()
        msg = (
            f"{root}: git has no revision {asked!r} ({reason[-1]}); name a commit, tag or branch "
            "that `git log` shows; a shallow clone holds only the latest ones"
        )
        raise ScoreError(msg) from error
    return done.stdout


def read_with(tree: Path, files: Sequence[Path]) -> Readings:
    """Return what a tree's own extractor makes of document files, by document id."""
    kept = {name: value for name, value in os.environ.items() if name != "TALLY_DATA"}
    named = [str(path.absolute()) for path in files]  # a tree reads them from its own folder
    done = subprocess.run(
        [sys.executable, str(tree / EXTRACT), "--format", "jsonl", *named],
        env={**kept, "PYTHONPATH": str(tree), "PYTHONUTF8": "1"},
        cwd=tree,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode and "Traceback" in done.stderr:
        msg = f"the extractor in {tree} broke off: {done.stderr.strip().splitlines()[-1]}"
        raise ScoreError(msg)
    return {row["id"]: labels for row, labels in parse_lines(done.stdout, f"output of {tree}")}


def changes(
    gold: Iterable[Labelled],
    before: Mapping[str, Sequence[Label]],
    after: Mapping[str, Sequence[Label]],
) -> list[Change]:
    """Return the claims gained and lost, by kind and document; what both trees have is left out."""
    found: list[Change] = []
    for document in gold:
        old_right, old_wrong = _judged(document, before.get(document.id, ()))
        new_right, new_wrong = _judged(document, after.get(document.id, ()))
        gained = [new_right[at] for at in new_right if at not in old_right]
        lost = [old_right[at] for at in old_right if at not in new_right]
        found += [Change("right gained", document.id, label) for label in gained]
        found += [Change("right lost", document.id, label) for label in lost]
        found += _more("wrong gained", document.id, new_wrong, old_wrong)
        found += _more("wrong removed", document.id, old_wrong, new_wrong)
    return sorted(found, key=lambda change: (KINDS.index(change.kind), change.document_id))


Wrong = list[tuple[Label, str]]


def _judged(document: Labelled, predicted: Sequence[Label]) -> tuple[dict[int, Label], Wrong]:
    """Return the right claims by the place of their label, and the wrong ones with the reason."""
    found = match(document.labels, distinct(predicted, document.labels))
    right: dict[int, Label] = {}
    wrong: Wrong = [(label, "invented") for label in found.invented]
    places = {id(label): at for at, label in enumerate(document.labels)}
    for gold, other in found.pairs:
        fields = differing(gold, other, COMPARED)
        if fields:
            wrong.append((other, "wrong " + ", ".join(fields)))
        else:
            right[places[id(gold)]] = other
    return right, wrong


def _more(kind: Kind, document_id: str, these: Wrong, others: Wrong) -> list[Change]:
    """Return the wrong claims that the others lack, counting repeats."""
    left = Counter(_key(label, why) for label, why in others)
    more: list[Change] = []
    for label, why in these:
        key = _key(label, why)
        if left[key]:
            left[key] -= 1
        else:
            more.append(Change(kind, document_id, label, why))
    return more


def _key(label: Label, why: str) -> tuple[object, ...]:
    return (*(getattr(label, name) for name in SAME), why)


def as_report(
    name: str,
    gold: Sequence[Labelled],
    before: Mapping[str, Sequence[Label]],
    after: Mapping[str, Sequence[Label]],
) -> str:
    """Return the gains and losses on one labelled set as lines for a terminal."""
    old, new = score(gold, before), score(gold, after)
    found = changes(gold, before, after)
    count = Counter(change.kind for change in found)
    figures = [f1(each.figures, each.predicted, each.gold)[2] for each in (old, new)]
    whole = [f1(each.whole, each.predicted, each.gold)[2] for each in (old, new)]
    lines = [
        f"{name}: figures F1 {figures[0]:.3f} -> {figures[1]:.3f}, "
        f"whole claims F1 {whole[0]:.3f} -> {whole[1]:.3f}, "
        f"documents all right {old.perfect} -> {new.perfect} of {new.documents}",
        "  " + ", ".join(f"{kind} {count[kind]}" for kind in KINDS),
    ]
    for change in found:
        why = f" | {change.why}" if change.why else ""
        told = f"{change.document_id}  {describe(change.label)}{why} | {change.label.rule}"
        lines.append(f"  {change.kind:<14}{told}")
    return "\n".join(lines)
