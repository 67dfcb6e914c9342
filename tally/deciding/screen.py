"""What the review in the terminal shows of a question, and the answers there are; it keeps none."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import click

from tally.deciding.questions import REVIEW, Question
from tally.language import say, to_say
from tally.model import Claim, Document
from tally.reconcile.sentences import stated, whose
from tally.unread_words import REASONS, check_words
from tally.wording import capital

RIGHT, SAME, UNDO, TEXT, HELP, NEXT, STOP = "y", "s", "u", "t", "?", "Enter", "q"
MEANINGS = {
    RIGHT: (to_say("right"), to_say("it is read rightly; nothing changes, it is not asked again")),
    "a": (to_say("accept"), to_say("this figure stands, and what contradicts it does not")),
    "r": (to_say("reject"), to_say("this figure is counted nowhere")),
    "c": (to_say("correct"), to_say("set what was read wrongly: number, place, day, claimant")),
    SAME: (to_say("same"), to_say("these figures tell of one event; they are set side by side")),
    "d": (to_say("different"), to_say("what these figures tell of is an event of its own")),
    TEXT: (to_say("text"), to_say("show the lines around the figures")),
    UNDO: (to_say("undo"), to_say("take back the last answer of this walk and ask again")),
    HELP: (to_say("help"), to_say("say what each answer does")),
    NEXT: (to_say("next"), to_say("leave it as it is; it is asked again another time")),
    STOP: (to_say("stop"), to_say("leave off here; every answer is written already")),
}
DECIDING = (RIGHT, "a", "r", "c", SAME, "d")
ALWAYS = (UNDO, HELP, NEXT, STOP)
# The same keys of a Ukrainian and a Russian keyboard.
KEYS = str.maketrans("нфксіывегй", "yarcssdtuq")
INDENT = "     "
AROUND = 1
ASKING = {
    "date from publication only": to_say(
        "No day stands near these figures, so the day of publication was taken. Is it right?"
    ),
    "date from the text as a whole": to_say(
        "No day stands near these figures, so that of the text as a whole was taken. Is it right?"
    ),
    "attribution carried over from an earlier sentence": to_say(
        "Who says these figures was named in an earlier sentence. Is it right?"
    ),
}


def answers(question: Question) -> tuple[str, ...]:
    """Return the answers to a question: one figure alone is no same event."""
    claims = len(question.claims)
    about = tuple(key for key in DECIDING if key != SAME or claims > 1) if claims else ()
    return (*about, *((TEXT,) if claims else ()), *ALWAYS)


def offer(question: Question) -> str:
    """Return the lines that list the answers."""
    told = [f"{key} {say(MEANINGS[key][0])}" for key in answers(question)]
    # An answer is not broken from its key.
    lines = _folded("  ".join(each.replace(" ", "\N{NO-BREAK SPACE}") for each in told), "  ", "  ")
    return lines.replace("\N{NO-BREAK SPACE}", " ")


def explain(question: Question) -> str:
    """Return what each answer does, and how to answer for some of the figures."""
    lines = [
        _folded(f"{say(MEANINGS[key][0])}: {say(MEANINGS[key][1])}", f"  {key:5}  ", " " * 9)
        for key in answers(question)
    ]
    if len(question.claims) > 1:
        some = say(
            "For some of the figures, write their numbers or ids behind: y 1 3-5. "
            "Without them y means all, and so does every answer about one document."
        )
        lines.append(_folded(some, "  ", "  "))
    return "\n".join(lines)


def show_left(questions: Sequence[Question]) -> None:
    """Print how much there is to ask, and of what."""
    click.echo(capital(told_left(questions)) + ":")
    for words, many in Counter(map(_heading, questions)).items():
        click.echo(_folded(words, f"{many:5}  ", " " * 7))


def told_left(questions: Sequence[Question]) -> str:
    """Say how many questions there are, about how many figures."""
    figures = len({claim.id for question in questions for claim in question.claims})
    return say(
        "{n} {n:question|questions} left, about {m} {m:figure|figures}",
        n=len(questions),
        m=figures,
    )


def _heading(question: Question) -> str:
    if question.check != REVIEW:
        return check_words(question.check)
    if question.reason in REASONS:
        return say("Look again: {reason}", reason=say(question.reason))
    return say("Look again: other reasons")


def show(question: Question, documents: Mapping[str, Document], *, wide: bool = False) -> None:
    """Print why figures are asked about, then each with its words; `wide` breaks no line."""
    for first, then, text in _paragraphs(question, documents):
        click.echo(first + plain(text) if wide else _folded(plain(text), first, then))


def _paragraphs(
    question: Question, documents: Mapping[str, Document]
) -> Iterable[tuple[str, str, str]]:
    document = documents.get(question.document_id)
    if question.check != REVIEW:
        yield "", "  ", f"{check_words(question.check)}: {question.reason}"
    elif not question.document_id:
        yield "", "  ", question.reason
    else:
        asked = say(ASKING[question.reason]) if question.reason in ASKING else ""
        yield "", "  ", f"{question.document_id}: {reason_words(question)}"
        if document and document.title:
            yield "  ", "  ", f"“{document.title}”"
        yield "  ", "  ", " ".join(filter(None, [_when(question, document), asked]))
    for number, claim in enumerate(question.claims, 1):
        told = stated(claim) if question.document_id else whose(claim)
        if not question.document_id or _differ(question.claims):
            told += f" · {_dated(claim)}"
        yield f"{number:3}  ", INDENT, told
        yield INDENT, INDENT, f"{_line_words(claim, documents)}: “{claim.quote}” [{claim.id}]"


def reason_words(question: Question) -> str:
    """Return why a question is asked, in the language that is spoken."""
    return say(question.reason) if question.reason in REASONS else question.reason


def _when(question: Question, document: Document | None) -> str:
    first = question.claims[0]
    published = document.published if document else first.published
    said = say("Published {published}.", published=published or first.published)
    if _differ(question.claims):
        return said
    return f"{said} {capital(_about(first))}."


def _differ(claims: Iterable[Claim]) -> bool:
    return len({(claim.period_start, claim.period_end) for claim in claims}) > 1


def _about(claim: Claim) -> str:
    start, end = claim.period_start, claim.period_end
    if not end:
        return say("about no day")
    if start and start != end:
        return say("about {start} to {end}", start=str(start), end=str(end))
    return say("about {day}", day=str(end))


def _dated(claim: Claim) -> str:
    return say("{about}, published {published}", about=_about(claim), published=claim.published)


def _line_words(claim: Claim, documents: Mapping[str, Document]) -> str:
    document = documents.get(claim.document_id)
    return say("line {n}", n=_line(document, claim)) if document else say("no text")


def _line(document: Document, claim: Claim) -> int:
    return document.text.count("\n", 0, claim.start) + 1


def show_text(question: Question, documents: Mapping[str, Document]) -> None:
    """Print the lines that the figures stand in, marked, and those around them, by document."""
    for name in dict.fromkeys(claim.document_id for claim in question.claims):
        document = documents.get(name)
        click.echo(_folded(plain(f"{name} {document.url if document else ''}"), "", "  "))
        if not document:
            continue
        marked = {_line(document, claim) for claim in question.claims if claim.document_id == name}
        near = {line + step for line in marked for step in range(-AROUND, AROUND + 1)}
        for number, line in enumerate(document.text.split("\n"), 1):
            if number in near and line.strip():
                sign = ">" if number in marked else " "
                click.echo(_folded(plain(line), f"{sign}{number:4}  ", " " * 7))


def _folded(text: str, first: str, then: str) -> str:
    return textwrap.fill(
        text,
        shutil.get_terminal_size().columns - 1,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def plain(text: str) -> str:
    """Return text that cannot steer a terminal: what cannot be printed is shown as a mark."""
    return "".join(
        " " if letter.isspace() else letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )
