"""How fast documents are read: `python benchmarks/extract.py` (see README.md beside it).

Throughput on one core beside spaCy's blank English tokenizer and sentencizer on the same text in
the same run; growth with the length of a text; hostile texts, none of which may take 2 s.
All times are processor time of one process, so that other work on the machine counts little.
"""

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import click
from hostile import TEXTS, grown, repeated

from tally.documents import load_documents, read_jsonl
from tally.extract import extract
from tally.model import Document

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "real" / "news_en.jsonl"
EXAMPLE = ROOT / "data" / "documents"
REPEATED = 20
MILLION = 1_000_000
SIZES = (1_000, 4_000, 16_000, 64_000, 256_000, MILLION)
MOST_SECONDS = 2.0
PATIENCE = 60.0  # of the clock, which runs on while other work has the processors
INSTALL = """\
spaCy is not here, so there is nothing to compare with. Only this benchmark needs it:
  .venv/bin/python -m pip install --target build/spacy spacy     (uv: uv pip install --target …)
  PYTHONPATH=build/spacy .venv/bin/python benchmarks/extract.py"""
Read = Callable[[], int]


@click.command()
@click.option("--limit", type=int, metavar="N", help="Read only the first N documents.")
@click.option(
    "--rounds", type=int, default=3, show_default=True, help="Turns of each, taken alternately."
)
@click.option(
    "--only",
    type=click.Choice(["throughput", "growth", "hostile"]),
    help="One of the three measurements.",
)
@click.option("--one", nargs=2, type=(str, int), hidden=True)
def main(limit: int | None, rounds: int, only: str | None, one: tuple[str, int] | None) -> None:
    """Measure how fast documents are read."""
    if one is not None:
        click.echo(json.dumps(_time_one(*one)))
        return
    if only in {None, "throughput"}:
        _throughput(limit, rounds)
    if only in {None, "growth"}:
        _growth()
    slow = _hostile() if only in {None, "hostile"} else 0
    sys.exit(1 if slow else 0)


def _corpus() -> tuple[str, Iterator[Document]]:
    if NEWS.exists():
        found = (each for each in read_jsonl(NEWS) if isinstance(each, Document))
        return f"../shared/real/{NEWS.name}", found
    texts = [each for each in load_documents(EXAMPLE).values() if each.lang == "en"]
    return f"the English example documents, {REPEATED} times over", iter(texts * REPEATED)


def _throughput(limit: int | None, rounds: int) -> None:
    name, found = _corpus()
    documents = list(islice(found, limit))
    characters = sum(len(each.text) for each in documents)
    extract(documents[0])
    runs: dict[str, Read] = {"tally, documents to claims": lambda: _claims(documents)}
    tokenise = _spacy()
    if tokenise is None:
        click.echo(INSTALL)
    else:
        runs["spaCy, tokens and sentences"] = lambda: tokenise(documents)
    click.echo(f"{name}: {len(documents):,} documents, {characters:,} characters, one core")
    turns = _turns(runs, rounds)
    for title, taken in turns.items():
        for turn, (seconds, count) in (("first", taken[0]), ("best", min(taken))):
            unit = "claims" if "claims" in title else "tokens"
            click.echo(
                f"  {title:<28}{turn:<6}{seconds:8.2f} s "
                f"{len(documents) / seconds:8,.0f} documents/s "
                f"{characters / seconds:11,.0f} characters/s {count / seconds:9,.0f} {unit}/s"
            )
    if len(turns) > 1:
        ours, theirs = turns.values()
        first, best = ours[0][0] / theirs[0][0], min(ours)[0] / min(theirs)[0]
        click.echo(f"  time of tally to that of spaCy: {first:.2f} first, {best:.2f} best")


def _turns(runs: dict[str, Read], rounds: int) -> dict[str, list[tuple[float, int]]]:
    """Return for each run the seconds of every turn, and what it counted.

    The first turn meets words for the first time; later ones find them where each side keeps
    words that it has met.
    """
    turns: dict[str, list[tuple[float, int]]] = {title: [] for title in runs}
    for _ in range(rounds):
        for title, run in runs.items():
            begun = time.process_time()
            count = run()
            turns[title].append((time.process_time() - begun, count))
    return turns


def _claims(documents: Sequence[Document]) -> int:
    return sum(len(extract(each)) for each in documents)


def _spacy() -> Callable[[Sequence[Document]], int] | None:
    if importlib.util.find_spec("spacy") is None:
        return None
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda documents: sum(len(nlp(each.text)) for each in documents)


def _growth() -> None:
    click.echo("Growth with the length of one text (microseconds a character; level is linear)")
    click.echo(" " * 34 + "".join(f"{size // 1000:>8} KB" for size in SIZES))
    for name in ("news", "figures"):
        times = [_measured(f"growth:{name}", size) for size in SIZES]
        told = "".join(
            f"{seconds / size * MILLION:11.2f}" if isinstance(seconds, float) else f"{seconds:>11}"
            for seconds, size in zip(times, SIZES, strict=True)
        )
        click.echo(f"  {GROWING[name]:<32}{told}")


GROWING = {"news": "news, as it comes", "figures": "example documents, all figures"}


def _hostile() -> int:
    """Print the seconds of each hostile text; return how many took too long or broke off."""
    click.echo(f"Hostile texts of {MILLION:,} characters (each must take < {MOST_SECONDS:.0f} s)")
    slow = 0
    for name in TEXTS:
        found = _measured(name, MILLION)
        bad = not isinstance(found, float) or found >= MOST_SECONDS
        slow += bad
        told = f"{found:8.2f} s" if isinstance(found, float) else found
        click.echo(f"  {name:<32}{told}{'   TOO SLOW' if bad else ''}")
    click.echo(f"  {len(TEXTS) - slow} of {len(TEXTS)} within the limit")
    return slow


def _measured(name: str, length: int) -> float | str:
    """Return the seconds that a text takes in a process of its own, or what went wrong."""
    asked = [sys.executable, __file__, "--one", name, str(length)]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"> {PATIENCE:.0f} s"
    if done.returncode:
        return done.stderr.strip().splitlines()[-1][:70]
    return float(json.loads(done.stdout))


def _time_one(name: str, length: int) -> float:
    lang, text = _text(name, length)
    extract(Document("warm", lang, "2025-05-21", "", "", "", "Russia launched 12 drones."))
    begun = time.process_time()
    extract(Document("one", lang, "2025-05-21", "", "", "", text))
    return time.process_time() - begun


def _text(name: str, length: int) -> tuple[str, str]:
    if name == "growth:news":
        texts: Iterator[str] = (each.text for each in _corpus()[1])
    elif name == "growth:figures":
        documents = load_documents(EXAMPLE).values()
        texts = (each.text for each in documents if each.lang == "en")
    else:
        return grown(name, length)
    joined = "\n\n".join(islice(texts, length // 300 + 1))
    return "en", repeated(joined + "\n\n", length)


if __name__ == "__main__":
    main()
