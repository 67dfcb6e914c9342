"""Read and admit documents: one reader a format, each giving text with its origin."""

from tally.documents.markdown import load_documents, read_markdown

__all__ = ["load_documents", "read_markdown"]
