"""What reading depends on besides the document, as one digest: code, word tables, Python.

Two processes of one fingerprint read the same document into the same claims.
"""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from tally.vocabulary import tables_in_use

PACKAGE = Path(__file__).parent
# All that makes lines of the ledger from a document; tests/test_fingerprint.py holds it to that.
MODULES = (
    *("errors", "extract", "files", "gazetteer", "grammar", "ledger", "lexicon", "model", "text"),
    "vocabulary",
)


def fingerprint() -> str:
    """Return the digest for this process; it changes when word tables do that are not read yet."""
    told = [CODE, sys.version, unicodedata.unidata_version, tables_in_use()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def files() -> Iterator[Path]:
    """Yield the files of MODULES."""
    for name in MODULES:
        path = PACKAGE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        total.update(f"{path.relative_to(PACKAGE).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


# Taken when the code is loaded: a worker that runs on after its checkout changed runs the old code.
CODE = _digest(files())
