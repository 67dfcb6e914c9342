"""Reads the messages of a language from its .po file, which translators' tools edit."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po


@cache
def load_catalogue(path: Path) -> Mapping[str, str]:
    """Return the translation of each message; one that is not translated yet is left out."""
    with path.open("rb") as lines:
        found = read_po(lines, abort_invalid=True)
    return {str(each.id): str(each.string) for each in found if each.id and each.string}
