"""The explorer: choose days, metric, place, whose word and the moment; charts and evidence follow.

Only `controls`, `clickable` and `desk` know widgets; all else is pure and knows no screen.
"""

from pathlib import Path

from tally import blocks
from tally.blocks import Block
from tally.explorer.corpus import ledger_days, open_corpus
from tally.explorer.selection import parse_days, parse_selection
from tally.language import say


def explore(
    start: str = "",
    end: str = "",
    metric: str = "",
    place: str = "",
    word: str = "",
    claimant: str = "",
    as_of: str = "",
    data: Path | None = None,
) -> object:
    """Return the explorer for a notebook to show; without claims, a block that says so.

    ParameterError, with the choices, when a parameter is none of them.
    """
    days = ledger_days(data)
    if not days:
        return _nothing()
    corpus = open_corpus(parse_days(days, start, end), data)
    # Widgets are the slowest import; what is pure is used without them.
    from tally.explorer.desk import Explorer

    asked = parse_selection(corpus, start, end, metric, place, word, claimant, as_of)
    return Explorer(corpus, asked).screen


def _nothing() -> Block:
    return blocks.lead(
        [
            say("The ledger holds no claim yet, so there is nothing to explore."),
            say(
                "Put documents into data/documents and rebuild the ledger with scripts/extract.py "
                "(make ledger)."
            ),
        ]
    )
