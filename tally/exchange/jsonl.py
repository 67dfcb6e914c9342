"""Claims as JSON lines: every field, and who printed the document. It loses nothing of a claim."""

import json
from pathlib import Path

from tally.errors import ExchangeError
from tally.exchange.exported import Edition, Loss, texts_left
from tally.exchange.records import from_json, to_json
from tally.files import write_whole
from tally.model import Claim


def write_jsonl(edition: Edition, path: Path) -> tuple[Loss, ...]:
    """Write one claim a line."""
    lines = []
    for claim in edition.claims:
        document = edition.documents.get(claim.document_id)
        origin = {
            "publisher": document.publisher if document else "",
            "url": document.url if document else "",
            "title": document.title if document else "",
        }
        lines.append(json.dumps({**to_json(claim), **origin}, ensure_ascii=False))
    # U+2028 and its like end a line for some readers; escaped they are plain JSON.
    text = "".join(f"{line}\n" for line in lines)
    for sign in ("\x85", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    write_whole(path, text)
    return (texts_left(edition),)


def read_jsonl(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a file that `write_jsonl` wrote."""
    claims = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        try:
            claims += [from_json(json.loads(line))] if line else []
        except (ValueError, ExchangeError) as error:
            msg = f"{path.name}:{number}: {error}"
            raise ExchangeError(msg) from error
    return tuple(claims)
