"""Read and admit documents: one reader a format, each giving text with its origin."""

from tally.documents.admission import (
    REGISTER,
    Admission,
    admit,
    admit_each,
    load_documents,
    load_register,
    register_text,
)
from tally.documents.catalogue import keep_catalogue, read_files, related_files
from tally.documents.markdown import read_markdown
from tally.documents.plain import read_plain
from tally.documents.tables import read_jsonl

__all__ = [
    "REGISTER",
    "Admission",
    "admit",
    "admit_each",
    "keep_catalogue",
    "load_documents",
    "load_register",
    "read_files",
    "read_jsonl",
    "read_markdown",
    "read_plain",
    "register_text",
    "related_files",
]
