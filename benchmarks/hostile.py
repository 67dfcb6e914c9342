"""Texts that nobody writes, made to find rules that run away: each grows to any length."""

TEXTS: dict[str, tuple[str, str]] = {
    "digits": ("en", "1"),
    "numbers": ("en", "1 "),
    "grouped numbers": ("en", "1 234 "),
    "numbers and commas": ("en", "1,"),
    "numbers and dashes": ("en", "5-"),
    "brackets": ("en", "("),
    "square brackets": ("en", "["),
    "empty links": ("en", "[]("),
    "nested quotes": ("en", '"“«'),
    "quotes that speak": ("en", '"he said "'),
    "endless word": ("en", "a"),
    "endless word, Cyrillic": ("ru", "я"),
    "hyphens": ("en", "a-"),
    "apostrophes": ("en", "a'"),
    "dots": ("en", "a.b"),
    "line ends": ("en", "\n"),
    "list items": ("en", "- 12 over Sumy\n"),
    "headings": ("en", "# Drones\n"),
    "endless sentence of words": ("en", "word "),
    "endless sentence of names": ("en", "Governor Oleh Syniehubov of Kharkiv Oblast "),
    "endless sentence of reports": ("en", "he said that "),
    "endless sentence of figures": ("en", "12 drones were shot down over Sumy and "),
    "endless sentence, Ukrainian": ("uk", "12 дронів збито над Сумщиною та "),
    "endless sentence, Russian": ("ru", "12 беспилотников уничтожено над Курской областью и "),
    "endless list of regions": ("en", "12 over Sumy, "),
    "including": ("en", "including "),
    "including, Ukrainian": ("uk", "зокрема "),
    "including, Russian": ("ru", "в том числе "),
    "including figures": ("en", "including 5 over Oryol "),
    "killed": ("en", "killed "),
    "killed figures": ("en", "killed 5 "),
    "of": ("en", "of "),
    "out of": ("en", "5 out of 6 "),
    "from": ("en", "from Sumy "),
    "days": ("en", "1 May "),
    "clock windows": ("en", "from 10:00 to "),
    "short sentences of figures": ("en", "Russia launched 12 drones at Sumy. "),
}


OPENING = {
    "en": "Russia launched 12 drones at Sumy overnight. ",
    "uk": "Росія запустила 12 дронів по Сумщині. ",
    "ru": "Над Курской областью сбиты 12 беспилотников. ",
}


def grown(name: str, length: int) -> tuple[str, str]:
    """Return the language of a hostile text, and the text grown to a length in characters.

    It opens with a sentence that gives a figure, so that no reader passes over what follows.
    """
    lang, piece = TEXTS[name]
    return lang, OPENING[lang] + repeated(piece, length - len(OPENING[lang]))


def repeated(piece: str, length: int) -> str:
    """Return a piece of text repeated to a length in characters."""
    return (piece * (length // len(piece) + 1))[:length]
