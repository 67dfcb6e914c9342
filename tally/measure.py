"""The command `score`: the working tree against labelled claims, or against a revision."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from tally import options
from tally.documents import read_jsonl, read_plain
from tally.errors import DocumentError, ScoreError
from tally.extract import extract
from tally.gains import Readings, as_report, read_with, unpacked
from tally.labels import Label, Labelled, load_labelled, parse_label
from tally.listing import as_row
from tally.model import Document
from tally.running import FAILED, run, show
from tally.score import ALL, ALSO, WHOLE, as_lines, errors, score
from tally.settings import ROOT, data_folder

GOLDEN = ROOT / "tests" / "golden" / "example_claims.csv"
DEV = ROOT.parent / "shared" / "gold"
GOLD_END, DOCUMENTS_END = ".gold.jsonl", ".docs.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Labelled claims by document id, and the files that hold the documents."""

    name: str
    gold: dict[str, Labelled]
    files: tuple[Path, ...]


@click.command()
@click.option(
    "--gold",
    "golds",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A labelled set, .jsonl or .csv, instead of the example corpus's; may be repeated.",
)
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Documents of --gold: .jsonl, .md, .txt, a folder; else X.docs.jsonl beside X.gold.jsonl.",
)
@click.option("--by", type=click.Choice(["lang", "kind"]), help="Also score apart by this.")
@click.option(
    "--errors",
    "most",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Show up to N documents with what is missed, invented or differs.",
)
@click.option(
    "--strict", is_flag=True, help="With --errors: claimant, place, window and first day too."
)
@click.option(
    "--against",
    metavar="REV",
    help="Print instead the claims gained and lost since this git revision, with rule names.",
)
@options.data
def command(
    golds: tuple[Path, ...],
    documents: tuple[Path, ...],
    by: str | None,
    most: int,
    strict: bool,
    against: str | None,
    data: Path | None,
) -> int:
    """Score the extractor against labelled claims.

    Without options: what it makes of data/documents against tests/golden/example_claims.csv.
    """
    if data is not None:
        os.environ["TALLY_DATA"] = str(data.resolve())
    chosen = _chosen(golds, documents, data_folder(data))
    if against is not None:
        return _against(against, [chosen] if golds else [chosen, *_dev()])
    gold, predicted, problems = _read(chosen)
    _show(gold, predicted, by)
    _show_errors(gold, predicted, most, ALL if strict else (*WHOLE, *ALSO))
    for problem in problems:
        show(problem, err=True)
    return FAILED if problems else 0


def _chosen(golds: Sequence[Path], documents: Sequence[Path], data: Path) -> LabelledSet:
    if not golds:
        if documents:
            msg = "--documents needs --gold FILE, the labelled claims of those documents"
            raise click.UsageError(msg)
        return _set("example corpus", [GOLDEN], [data / "documents"])
    beside = documents or [_beside(path) for path in golds]
    return _set(", ".join(path.name for path in golds), golds, beside)


def _beside(gold: Path) -> Path:
    found = gold.with_name(gold.name.removesuffix(GOLD_END) + DOCUMENTS_END)
    if not gold.name.endswith(GOLD_END) or not found.exists():
        msg = f"{gold}: say which documents it labels with --documents FILE (or a folder)"
        raise ScoreError(msg)
    return found


def _dev() -> list[LabelledSet]:
    golds = sorted(DEV.glob(f"*{GOLD_END}"))
    if not golds:
        click.echo("The labelled documents (../shared/gold) are not here: example corpus only.")
        return []
    return [_set("dev set", golds, map(_beside, golds))]


def _set(name: str, golds: Iterable[Path], documents: Iterable[Path]) -> LabelledSet:
    gold: dict[str, Labelled] = {}
    for path in golds:
        gold |= load_labelled(path)
    files: list[Path] = []
    for path in documents:
        files += sorted(path.glob("*.md")) if path.is_dir() else [path]
    return LabelledSet(name, gold, tuple(files))


def _read(chosen: LabelledSet) -> tuple[list[Labelled], Readings, list[str]]:
    """Return the labelled documents, what the extractor makes of them, and what was not read."""
    gold, problems = dict(chosen.gold), []
    predicted: Readings = {}
    for found in _documents(chosen):
        if isinstance(found, DocumentError):
            problems.append(str(found))
        elif found.id in gold:
            gold[found.id] = _grouped(gold[found.id], found)
            predicted[found.id] = labels_of(found)
    absent = [id for id in gold if id not in predicted]
    if absent:
        problems.append(
            f"{len(absent)} labelled documents were not found and count as read without claims: "
            + ", ".join(absent[:5])
            + (" …" if len(absent) > 5 else "")
        )
    return list(gold.values()), predicted, problems


def _show(gold: Sequence[Labelled], predicted: Readings, by: str | None) -> None:
    click.echo(as_lines("all", score(gold, predicted)))
    if by is None:
        return
    for name in sorted({getattr(document, by) for document in gold}):
        group = [document for document in gold if getattr(document, by) == name]
        click.echo(as_lines(name or "(not said)", score(group, predicted)))


def _show_errors(
    gold: Sequence[Labelled], predicted: Readings, most: int, fields: Sequence[str]
) -> None:
    for document in gold:
        lines = errors(document, predicted.get(document.id, ()), fields)
        if lines and most:
            most -= 1
            show("\n".join(["", document.id, *lines]))


def _grouped(gold: Labelled, document: Document) -> Labelled:
    """Fill in what the golden file does not say: the language, and whether it is a digest."""
    kind = gold.kind or ("digest" if document.digest else "document")
    return replace(gold, lang=gold.lang or document.lang, kind=kind)


def labels_of(document: Document) -> tuple[Label, ...]:
    """Return what the extractor makes of a document, in the fields that are compared."""
    claims = extract(document)
    ids = [claim.id for claim in claims]
    labels = (parse_label(as_row(claim, ids)) for claim in claims)
    return tuple(label for label in labels if label is not None)


def _documents(chosen: LabelledSet) -> Iterator[Document | DocumentError]:
    for path in chosen.files:
        try:
            if path.suffix == ".jsonl":
                yield from read_jsonl(path)
            else:
                known = chosen.gold.get(path.stem)
                published, lang = (known.published, known.lang) if known else (None, None)
                yield read_plain(path, published, lang or None)
        except DocumentError as error:
            yield error
        except OSError as error:
            yield DocumentError(f"{path}: cannot be read ({error.strerror}); check the name")


def _against(revision: str, sets: Sequence[LabelledSet]) -> int:
    with unpacked(revision, ROOT) as tree:
        for each in sets:
            before, after = (read_with(root, each.files) for root in (tree, ROOT))
            title = f"{each.name}, {revision} -> working tree"
            click.echo(as_report(title, list(each.gold.values()), before, after))
            for name, readings in ((revision, before), ("the working tree", after)):
                _warn(name, each, readings)
    return 0


def _warn(name: str, chosen: LabelledSet, readings: Readings) -> None:
    """Say which labelled documents a tree could not read."""
    absent = [id for id in chosen.gold if id not in readings]
    if absent:
        show(f"{name} did not read {len(absent)} labelled documents: {absent[0]} …", err=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, 1 something could not be read, 2 wrongly used."""
    return run(command, "score.py", arguments)
