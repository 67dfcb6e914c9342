"""The command `review`: walk what needs a decision in the terminal, and write the rulings.

It decides nothing itself. A ruling is tried on the whole ledger before it is written, and each is
written at once, so that stopping loses nothing.
"""

import datetime as dt
import shlex
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from tally import asking, options
from tally.asking import plain
from tally.checks import spans_moved
from tally.documents import load_documents
from tally.errors import RulingError, TallyError
from tally.files import write_whole
from tally.ledger import load_ledger, parse_field
from tally.model import Claim, Ruling
from tally.reconcile import reconcile
from tally.reconcile.sentences import whose
from tally.rulings import CORRECTABLE, Decision, as_toml, judge, load_rulings, named, naming, shared
from tally.second.notes import NAME, standing
from tally.settings import data_folder

FAILED, STOPPED = 1, 130
BACK = "you went back; decide again, or Enter for the next."
ONE: dict[str, Decision] = {"a": "accept", "r": "reject", "c": "correct"}
SEVERAL: dict[str, Decision] = {"s": "same_incident", "d": "different_incident"}


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to look at: why, and the claims that it is about."""

    reason: str
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Desk:
    """The ledger, the rulings so far and where they are kept."""

    path: Path
    author: str
    claims: tuple[Claim, ...]
    rulings: list[Ruling]
    written: list[Ruling] = field(default_factory=list)

    def settles(self, question: Question) -> bool:
        """Tell whether what was written in this walk leaves nothing of a question to ask."""
        about = frozenset(claim.id for claim in question.claims)
        if not about or not self.written:
            return False
        chosen = frozenset(judge(self.claims, self.written).accepted)
        return bool(about & chosen) or about <= named(self.claims, self.written)

    def told(self) -> str:
        """Say how many rulings were written, and where."""
        number = len(self.written)
        return f"{number} ruling{'s' * (number != 1)} written to {self.path}."

    def rule(self, decision: Decision, match: tuple[tuple[str, str], ...], values: str) -> None:
        """Ask why, try the ruling on the ledger, and write it."""
        reason = _asked("Why (a few words; Enter goes back)")
        pairs = _pairs(values)
        ruling = Ruling(decision, match, reason, self.author, dt.date.today(), pairs)
        judge(self.claims, [*self.rulings, ruling])
        before = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        write_whole(self.path, f"{before.rstrip()}\n\n{as_toml(ruling)}".lstrip("\n"))
        self.rulings.append(ruling)
        self.written.append(ruling)
        click.echo(f"Written to {self.path} as ruling {len(self.rulings)}. Enter goes on.")


class _Words(click.ParamType[str]):
    """Words that are not blank: a ruling without a reason is refused when it is read."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words without the blanks around them."""
        return value.strip() or self.fail("say it in a few words", param, ctx)


@click.command()
@click.option("--author", help="Who decides; asked for when it is not given.")
@click.option("--check", "only", help="Only the findings of this check, or `review`.")
@click.option("--again", is_flag=True, help="Ask also about claims that a ruling names already.")
@click.option("--list", "listing", is_flag=True, help="Print what there is to decide, ask nothing.")
@options.data
def command(
    author: str | None, only: str | None, again: bool, listing: bool, data: Path | None
) -> int:
    """Walk the claims marked for review and the findings, and write what you decide."""
    folder = data_folder(data)
    claims, path = load_ledger(folder / "claims"), folder / "rulings.toml"
    rulings = list(load_rulings(path))
    held = tuple(questions(claims, rulings, folder, only=only, again=again))
    if not held:
        click.echo("Nothing is left to decide.")
        return 0
    if listing:
        for question in held:
            asking.show(question.reason, question.claims, wide=True)
        return 0
    author = author or click.prompt("Who decides", type=_Words())
    desk = Desk(path, plain(author), claims, rulings)
    _walk(desk, held)
    return 0


def _walk(desk: Desk, held: Sequence[Question]) -> None:
    try:
        for number, question in enumerate(held, 1):
            if desk.settles(question):
                continue
            click.echo(f"\n{number} of {len(held)}")
            asking.show(question.reason, question.claims)
            if not _ask(desk, question):
                break
    finally:
        click.echo(f"\n{desk.told()}")


def questions(
    claims: Sequence[Claim],
    rulings: Sequence[Ruling],
    folder: Path,
    *,
    only: str | None,
    again: bool,
) -> Iterator[Question]:
    """Yield the findings and then the claims marked for review, each set of claims once."""
    documents = load_documents(folder / "documents")
    result = reconcile(claims, rulings, None, documents)
    known = {claim.id: claim for claim in result.claims}
    heeded = () if again else rulings
    chosen, decided = frozenset(judge(claims, heeded).accepted), named(claims, heeded)
    asked: set[frozenset[str]] = set()
    texts = {document.id: document.text for document in documents.values()}
    found = [(f.check, f.sentence, f.claim_ids) for f in result.findings]
    found += [(f.check, f.sentence, f.claim_ids) for f in spans_moved(claims, texts)]
    notes = list(standing(folder / NAME, documents, claims))
    said = {note.claim_id: note.reason for _, note in notes}
    for claim in claims:
        if reasons := list(filter(None, (claim.review, said.get(claim.id)))):
            found.append(("review", "; ".join(reasons), (claim.id,)))
    checks = {check for check, _, _ in found} | {"review" for _, note in notes if not note.claim_id}
    if only and only not in checks:
        names = ", ".join(sorted(checks)) or "nothing at all"
        msg = f"nothing is found by {only!r}; there is {names}."
        raise TallyError(msg)
    for check, sentence, ids in found:
        about = frozenset(ids)
        if (
            (only in {None, check})
            and about not in asked
            and not (about & chosen or about <= decided)
        ):
            asked.add(about)
            reason = f"{check.replace('_', ' ')}: {sentence}"
            yield Question(reason, tuple(known[i] for i in dict.fromkeys(ids)))
    for name, note in notes:
        if not note.claim_id and only in {None, "review"}:
            yield Question(f"second reader: {name}: {note.reason}: “{note.quote}”", ())


def _ask(desk: Desk, question: Question) -> bool:
    """Ask until the question is left; return whether to go on to the next."""
    several = len(question.claims)
    while True:
        click.echo(asking.offer(several))
        letter = click.prompt("Decide", default="", show_default=False).strip().lower()
        if letter in {"", "q"}:
            return letter == ""
        try:
            _answer(desk, question, letter)
        except (RulingError, ValueError) as error:
            click.echo(f"Not written: {plain(str(error))}", err=True)


def _answer(desk: Desk, question: Question, letter: str) -> None:
    several = len(question.claims)
    if letter == "?":
        click.echo(asking.explain(several))
    elif not several:
        click.echo(asking.NO_CLAIM)
    elif letter not in asking.answers(several):
        click.echo(f"{plain(letter)!r} is none of these; ? says what each of them does.")
    elif letter in ONE:
        _rule_one(desk, question, ONE[letter])
    else:
        desk.rule(SEVERAL[letter], _confirmed(desk, question.claims), "")


def _asked(question: str) -> str:
    """Return what is answered; a blank line goes back, and nothing is written."""
    words = plain(click.prompt(question, default="", show_default=False)).strip()
    if not words:
        raise RulingError(BACK)
    return words


def _rule_one(desk: Desk, question: Question, decision: Decision) -> None:
    claim = question.claims[0]
    if len(question.claims) > 1:
        claim = _chosen(question.claims)
    values = ""
    if decision == "correct":
        click.echo(_fields())
        values = _asked("Set, as low=6 high=6 (Enter goes back)")
    stored = next(one for one in desk.claims if one.id == claim.id)
    desk.rule(decision, naming(stored, desk.claims), values)


def _chosen(claims: Sequence[Claim]) -> Claim:
    """Ask for one of several claims until one is named."""
    while True:
        answer = _asked(f"Which claim, 1 to {len(claims)} (Enter goes back)")
        if answer.isdecimal() and 1 <= int(answer) <= len(claims):
            return claims[int(answer) - 1]
        click.echo(f"There is no claim {answer!r} here.")


def _fields() -> str:
    names = f"Fields: {', '.join(CORRECTABLE)}; words with blanks in 'quotation marks'"
    return textwrap.fill(names, 78, initial_indent="  ", subsequent_indent="    ")


def _confirmed(desk: Desk, claims: tuple[Claim, ...]) -> tuple[tuple[str, str], ...]:
    """Return what names the claims together; it may name more, which is shown and asked."""
    ids = {claim.id for claim in claims}
    stored = [claim for claim in desk.claims if claim.id in ids]
    match, meant = shared(stored, desk.claims)
    others = [claim for claim in meant if claim.id not in ids]
    for claim in others:
        click.echo(f"  this names also {plain(whose(claim))}")
    if others and not click.confirm("Go on", default=False):
        msg = "the ruling would name claims that you did not mean."
        raise RulingError(msg)
    return match


def _pairs(values: str) -> tuple[tuple[str, str], ...]:
    """Return the fields to set in `low=6 high=6`, words with blanks in quotation marks."""
    pairs = []
    for word in shlex.split(values):
        name, sign, text = word.partition("=")
        if not sign or name not in CORRECTABLE:
            msg = f"{word!r} sets no field; write FIELD=VALUE, of {', '.join(CORRECTABLE)}."
            raise RulingError(msg)
        parse_field(name, text)
        pairs.append((name, text))
    return tuple(pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    try:
        code = command.main(args=arguments, prog_name="review.py", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return STOPPED
    except TallyError as error:
        click.echo(str(error), err=True)
        return FAILED
    return code if isinstance(code, int) else 0
