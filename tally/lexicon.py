"""The words, places and names of one language as one lexicon."""

from functools import cache

from tally.gazetteer import add_names
from tally.vocabulary import Lexicon, Sense, rows

TABLES = ("numerals", "hedges", "events", "units", "singulars", "markers")


@cache
def lexicon(lang: str) -> Lexicon:
    """Return all that is known of one language, ready for matching."""
    words = Lexicon()
    for table in TABLES:
        for row in rows(table):
            if row["lang"] == lang:
                words.add(row["form"], Sense(table, row["tag"], row["value"], row["form"]))
    add_names(words, lang)
    return words
