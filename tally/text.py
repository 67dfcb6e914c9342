"""Text as it stands and as it reads: cleaned of markup, cut into sentences, offsets kept.

Knows nothing of what words mean.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from tally.model import Span

INVISIBLE = (
    "".join(
        chr(code)
        for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069))
        for code in range(first, last + 1)
    )
    + "\ufeff\u00ad\u0301\ufe0f"
)
# Each branch begins with a plain character: so `re` skips quickly to where one may start.
PLAIN = (
    r"\*\*+|__+|~~|``*"  # bold, italics, strike, code
    r"|#(?<![^\n]#)#{0,5}[ \t]+|>(?<![^\n]>)[ \t]?"
    r"|https?://\S+|" + "|".join(INVISIBLE)
)
LINK = (  # [words](address)
    r"!\[(?=[^\]\n]{0,300}+\]\()|\[(?=[^\]\n]{0,300}+\]\()"
    r"|\((?<=\]\()[^()\s]{1,500}\)|\](?=\()"
)
MARKUP = re.compile(PLAIN)
MARKUP_OR_LINK = re.compile(f"{PLAIN}|{LINK}")
SAME_LENGTH = {
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " ",
    "’": "'", "‘": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u2011": "-", "\u2212": "-", "—": "–",
    "ё": "е", "Ё": "Е",
}  # fmt: skip
BULLET = r"[▫▪•●◦🔹🔸🔺🔻➡✅❗‼⚡💥🛑🔷🚀⚔✊🙌]"
BEFORE_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|St|No|Gov|Sen|Rep|vs|ул|им|м|г|с|п|н|ст|просп|бул"
    r"|вул|ім|смт|пгт|т|напр|U|e|[A-ZА-ЯІЇЄ])$"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\s?(?:г|р)$")
BEFORE_MORE = re.compile(
    r"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|approx|гг|обл|р|рр|тыс|тис|млн|млрд|кв|км|см|мм|грн|руб|ч|буд"
    r"|р-н|год|хв|мин|час|a\.m|p\.m|U\.S|U\.K|U\.N|i\.e|e\.g)$"
)
DAY_NAME = re.compile(
    r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\s(?:Moscow|Kyiv|Kiev) time\b"
)
SITES = ("group", "ru", "com", "ua", "org", "net")
SECTIONS = ("Политика", "Общество", "Экономика", "Бизнес", "Технологии и медиа", "Финансы")
ANY_SECTION = f"(?:{'|'.join(SECTIONS)})"
CREDIT = (
    r"(?:Фото|Photo|Photograph|Image)s?: [^.!?\n]{3,60}? / [^\W\d_]+(?= [^\W\d_])"  # picture credit
    rf"|(?<=[.!?] )[a-z]+\.(?:{'|'.join(SITES)})(?= )"  # a site's name between two paragraphs
)
SECTION = (  # a linked headline that ends with the name of its section
    rf"(?<=[\w»)]) {ANY_SECTION}(?= (?:[А-ЯЁ«]|[a-z]+\.(?:{'|'.join(SITES)})))"
)
HEADS = (  # how a news page heads its parts, here in mid-line where its line breaks were lost
    "Джерело", "Дослівно", "Пряма мова", "Деталі", "Що передувало", "Довідково", "Реклама",
    "Источник", "Дословно", "Прямая речь", "Детали", "Предыстория",
)  # fmt: skip
RECALLS = ("Нагадаємо", "Нагадуємо", "Напомним", "Напоминаем")  # behind a heading without a stop
HEADED = rf" ++(?=(?:{'|'.join(HEADS)}):|(?:{'|'.join(RECALLS)})[, ])"
LINKED_TEXT = re.compile(rf"[^.!?]{{10,200}} {ANY_SECTION}\b")
LINKED = re.compile(rf"\s?{ANY_SECTION}\b")
LABELS = (
    *(f" {head}:" for head in HEADS),
    *(f" {word}" for word in RECALLS),
    " / ",
    *(f".{site} " for site in SITES),
    *(f" {section} " for section in SECTIONS),
)
RUN_ON = (  # no blank where a sentence ends: "was hurt.Two died"; not "вул.Шевченка", "Zaxid.net"
    r"(?<=[a-zа-яіїєґ]{3}[.!?])(?=[\"(]?[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ'\s]|[–-] ?[\"A-ZА-ЯІЇЄҐ])"
)
STRUNG = (
    r"(?<=[.!?])[\"')\]]*+ ?,++(?=[A-Z\"(])"  # paragraphs joined by commas: "… fled.,Russian …"
)
END = (
    rf"[.!?…\n;](?:{STRUNG}|"
    r"(?<=[.!?…])[.!?…]*+[\"')\]]*+(?:\[\d{1,3}\])*+(?=\s|$)|(?<=\n)\n*+|(?<=;)(?=\s)"
    rf"|{RUN_ON})"
)
BREAK = re.compile(END)
BREAK_OR_LABEL = re.compile(rf"{CREDIT}|{SECTION}|{HEADED}|{END}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Readable text, and where each of its runs stood in the original."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def original(self, span: Span) -> Span:
        """Return the span in the original text that these characters came from."""
        return Span(self._at(span.start), self._at(span.end - 1) + 1)

    def _at(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def clean(text: str) -> Cleaned:
    """Drop markup and invisible characters, unify quotes and blanks, and keep the way back.

    >>> cleaned = clean("п**ерехвачены** 9")
    >>> cleaned.text, cleaned.original(Span(11, 12))
    ('перехвачены 9', Span(start=15, end=16))
    """
    pieces, starts, shifts = [], [0], [0]
    kept, length = 0, 0
    markup = MARKUP_OR_LINK if "](" in text else MARKUP
    for match in markup.finditer(text):
        if match.start() > kept:
            pieces.append(text[kept : match.start()])
            length += match.start() - kept
        kept = match.end()
        if starts[-1] == length:
            shifts[-1] = kept - length
        else:
            starts.append(length)
            shifts.append(kept - length)
    pieces.append(text[kept:])
    readable = "".join(pieces)
    for sign, same in SAME_LENGTH.items():
        readable = readable.replace(sign, same)  # many times faster than str.translate
    return Cleaned(readable, tuple(starts), tuple(shifts))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, headline or list item; `item` when a list marker stands before it.

    One that does not end is cut; `piece` counts from 0.
    """

    start: int
    end: int
    paragraph: int
    item: bool
    piece: int = 0


ITEM = re.compile(rf"\s*(?:{BULLET}\s*|[-–*+]\s+|\d{{1,2}}[.)]\s+(?=\S))")
BULLET_ALONE = re.compile(rf"{BULLET}\s*\n\s*$")
SAYS = re.compile(r"[^\W_]")
ORDINAL = re.compile(r"\s*\d{1,2}\.")
LOWER = re.compile(r" +(?:[–-] )?[a-zа-яіїєґ]")
LINKED_NAME = re.compile(r"[^\n.!?:]{2,40}\n[,.;)а-яіїєґa-z]")  # a link set on a line of its own
LONG = 6
COUNTED = re.compile(r"\d+ [а-яіїєґ]{3}")
LINE_GOES_ON = re.compile(r"[^.!?…:;\s]\s*$")


def sentences(text: str) -> list[Sentence]:
    """Cut cleaned text at full stops and line ends, but not inside a number or an abbreviation.

    A line that breaks off in mid-sentence and goes on in lower case is one sentence.
    """
    found: list[Sentence] = []
    start, paragraph = 0, 0
    breaks = BREAK_OR_LABEL if any(label in text for label in LABELS) else BREAK
    for match in breaks.finditer(text):
        if match.start() < start or not _breaks(text, start, match):
            continue
        apart = match.group()[0] == " " or match.group()[0].isalpha()
        end = match.start() if apart else match.end()
        if match.group()[-1] == ",":
            end = match.start() + len(match.group().rstrip(" ,"))
        kept = _keep(found, text, start, end, paragraph)
        start = match.end()
        ends = not match.group()[0].isalpha() and not {"\n", ","} & {
            *match.group(), text[end : end + 1]
        }  # fmt: skip
        paragraph += kept and not ends
    _keep(found, text, start, len(text), paragraph)
    return found


def without_linked(text: str) -> str:
    """Return a text without the headlines of other stories that stand in its midst."""
    named = any(section in text for section in SECTIONS)
    return LINKED_TEXT.sub("", text) if named else text


def is_linked_headline(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence is the headline of another story, put in the midst of this one."""
    return LINKED.match(text, sentence.end) is not None


def _breaks(text: str, start: int, match: re.Match[str]) -> bool:
    sign = match.group()
    if sign[0].isalpha() or sign[0] == " ":
        return True
    if sign[0] == "\n":
        if LABELLED.search(text, max(start, match.start() - NEAR_END), match.start()):
            return True  # "виявлено: 83" is a line of its own
        if _of_a_table(text, start, match.start()) or LABEL.match(text, match.end()):
            return True
        following = text[match.end() : match.end() + 20].lstrip()
        goes_on = LINE_GOES_ON.search(text, max(start, match.start() - 3), match.start())
        lower = (
            following[:1].islower()
            or following[:1] in ",)"
            or LINKED_NAME.match(text, match.end()) is not None
            or (text.count(" ", start, match.start()) >= LONG and COUNTED.match(following))
            or (following[:1].isdigit() and _lacks_number(text, start, match.start()))
            or (following[:1].isdigit() and text[match.start() - 1] == ",")
        )
        return not (goes_on and lower and sign.count("\n") == 1)
    if sign != "." or match.end() == len(text):
        return True
    window = max(start, match.start() - 8)
    if LOWER.match(text, match.end()):
        return False
    if YEAR.search(text, window, match.start()):
        return text[match.end() : match.end() + 2].strip()[:1].isupper()
    if BEFORE_NAME.search(text, window, match.start()):
        return False
    if BEFORE_MORE.search(text, window, match.start()):
        return text[match.end() : match.end() + 2].strip()[:1].isupper() and not (
            DAY_NAME.match(text, match.end())
        )
    return not ORDINAL.fullmatch(text, start, match.end())


def _lacks_number(text: str, start: int, end: int) -> bool:
    """Tell whether a line ends where only a number can follow: "в том числе", "at least"."""
    return LACKS_NUMBER.search(text, max(start, end - NEAR_END), end) is not None


def _of_a_table(text: str, start: int, end: int) -> bool:
    """Tell whether a line has a label and a number, as those around it: "ранены: 140 человек"."""
    first = max(start, text.rfind("\n", start, end) + 1)
    return end - first <= SHORT and text[end - 1] != "," and LABEL.match(text, first) is not None


SHORT = 60  # characters of a line in a list of figures
NEAR_END = 20  # characters
LABELLED = re.compile(r": ?\d+ *$")
LABEL = re.compile(  # "ранены: 140", "вбито — до 20": a line of a list of figures
    r" *[^\W\d_][^\W\d_' ]{2,30}(?:: ?| [–—-] )(?:[^\W\d_]+ ){0,2}\d"
)
LACKS_NUMBER = re.compile(
    r"\b(?:в том числе|у тому числі|зокрема|включая|из них|з них|от|до|від|около|близько|более"
    r"|більше|понад|свыше|including|of them|at least|about|up to|more than) ?$"
)


LONGEST = 2_000  # characters; whatever grows faster than a sentence stays bounded by it
MOST_PIECES = 10  # of a sentence that does not end; what follows them is not read


def _keep(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> bool:
    """Add a run of text, an endless one in pieces; tell whether it says anything."""
    kept, piece = False, 0
    while end - start > LONGEST:
        cut = max(text.rfind(sign, start + 1, start + LONGEST) for sign in " ,") + 1
        cut = cut or start + LONGEST
        kept |= _keep_one(found, text, start, cut, paragraph, piece)
        start, piece = cut, piece + 1
    return _keep_one(found, text, start, end, paragraph, piece) or kept


def _keep_one(
    found: list[Sentence], text: str, start: int, end: int, paragraph: int, piece: int
) -> bool:
    """Add a sentence unless it is only signs; a bullet alone on its line marks the next line."""
    body = text[start:end]
    stripped = body.strip()
    if not SAYS.search(stripped):
        return False
    start += len(body) - len(body.lstrip())
    end = start + len(stripped)
    item = _is_alone(text, start) or (
        not stripped[0].isalpha() and ITEM.match(text, start, end) is not None
    )
    listed = found and (
        (item and found[-1].item)
        or text[found[-1].end - 1] == ":"
        or (found[-1].paragraph != paragraph and text[found[-1].end : start] == " ")
    )
    found.append(Sentence(start, end, found[-1].paragraph if listed else paragraph, item, piece))
    return True


def _is_alone(text: str, start: int) -> bool:
    """Tell whether a bullet stands alone on the line before."""
    first = max(0, start - 6)
    return "\n" in text[first:start] and BULLET_ALONE.search(text, first, start) is not None
