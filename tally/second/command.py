"""The command `second_reader`: have a model read documents, put differences on the review list."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import click
from tqdm import tqdm

from tally import options
from tally.batches import claims_of
from tally.documents import load_documents
from tally.errors import DocumentError, SecondReaderError
from tally.fingerprint import fingerprint
from tally.house.words import visible
from tally.model import Document
from tally.running import FAILED, run
from tally.second.answers import SYSTEM, question, read_answer
from tally.second.endpoint import SECONDS, Endpoint, ask, from_environment
from tally.second.notes import NAME, Second, differences, load_second, save_second, text_digest
from tally.settings import data_folder


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--again", is_flag=True, help="Ask also about what this model has read already.")
@click.option(
    "--timeout",
    type=click.FloatRange(1, 3600),
    default=SECONDS,
    show_default=True,
    help="Seconds to wait for an answer.",
)
@options.data
def command(ids: tuple[str, ...], again: bool, timeout: float, data: Path | None) -> int:
    """Have a language model read documents, all or those of IDS, and note where it differs.

    The endpoint is that of TALLY_LLM_URL, TALLY_LLM_MODEL and TALLY_LLM_KEY: the texts are sent
    there. Differences go on the review list (scripts/review.py); the ledger is left alone.
    """
    endpoint = from_environment(timeout)
    folder = data_folder(data)
    documents = load_documents(folder / "documents")
    if unknown := [name for name in ids if name not in documents]:
        msg = f"there is no document {unknown[0]}; see {folder / 'documents'}."
        raise click.UsageError(msg)
    wanted = [documents[name] for name in ids or sorted(documents)]
    return _read(wanted, endpoint, folder / NAME, again=again)


def _read(wanted: Sequence[Document], endpoint: Endpoint, path: Path, *, again: bool) -> int:
    kept, failed, asked, refused = load_second(path), 0, 0, 0
    try:
        for document in tqdm(wanted, "asking", unit=" documents", leave=False, disable=None):
            key = _key(document, endpoint)
            if not again and document.id in kept and kept[document.id].key == key:
                continue
            asked += 1
            try:
                kept[document.id], thrown = _second(document, endpoint, key)
            except (SecondReaderError, DocumentError) as error:
                click.echo(f"{visible(document.id)}: {visible(str(error))}", err=True)
                failed += 1
                continue
            refused += len(thrown)
            for why in thrown:
                click.echo(f"{visible(document.id)}: {visible(why)}; thrown away", err=True)
    finally:
        save_second(path, kept)
    notes = sum(len(kept[document.id].notes) for document in wanted if document.id in kept)
    click.echo(
        f"{asked} of {len(wanted)} documents asked about, {failed} without an answer; {refused} "
        f"claims thrown away, {notes} differences on the review list (scripts/review.py)"
    )
    return FAILED if failed else 0


def _second(document: Document, endpoint: Endpoint, key: str) -> tuple[Second, tuple[str, ...]]:
    answer = read_answer(ask(endpoint, SYSTEM, question(document)), document, endpoint.model)
    notes = differences(claims_of(document), answer.claims, endpoint.model)
    return Second(document.id, text_digest(document), key, tuple(notes)), answer.refused


def _key(document: Document, endpoint: Endpoint) -> str:
    told = [fingerprint(), endpoint.address, endpoint.model, SYSTEM, document.id, document.text]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    return run(command, "second_reader.py", arguments, "what was answered so far is kept")
