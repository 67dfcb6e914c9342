"""The command itself: asks question after question and has the desk write what is answered.

It decides nothing. Each answer is written at once, so that stopping loses nothing.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from tally import options
from tally.deciding import screen
from tally.deciding.desk import Desk, Match
from tally.deciding.picking import answered, fields_set, picked
from tally.deciding.questions import Question, decided, questions
from tally.deciding.screen import plain
from tally.documents import load_documents
from tally.errors import RulingError
from tally.language import LANGUAGES, say, speaking
from tally.ledger import load_ledger
from tally.model import Claim, Document
from tally.reconcile.sentences import whose
from tally.rulings import CORRECTABLE, Decision, load_rulings
from tally.running import run
from tally.settings import data_folder

ONE: dict[str, Decision] = {"a": "accept", "r": "reject"}
SEVERAL: dict[str, Decision] = {"s": "same_incident", "d": "different_incident"}


class _Words(click.ParamType[str]):
    """Words that are not blank: a ruling without an author is refused when it is read."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words without the blanks around them."""
        return value.strip() or self.fail(say("say it in a few words"), param, ctx)


@click.command()
@click.option("--author", help="Who decides; asked for when it is not given.")
@click.option("--check", "only", default="", help="Only the findings of this check, or `review`.")
@click.option("--again", is_flag=True, help="Ask also about what was answered already.")
@click.option("--list", "listing", is_flag=True, help="Print what there is to decide, ask nothing.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="It asks in this.")
@options.data
def command(
    author: str | None, only: str, again: bool, listing: bool, language: str, data: Path | None
) -> int:
    """Walk the findings and the reasons to look again, and write what you decide."""
    with speaking(language):
        folder = data_folder(data)
        claims, path = load_ledger(folder / "claims"), folder / "rulings.toml"
        rulings = list(load_rulings(path))
        documents = load_documents(folder / "documents")
        settled = decided(claims, () if again else rulings)
        asked = questions(claims, rulings, folder, documents, only)
        held = [left for question in asked if (left := settled.left(question))]
        if not held:
            click.echo(say("Nothing is left to decide."))
        elif listing:
            for question in held:
                screen.show(question, documents, wide=True)
        else:
            screen.show_left(held)
            author = plain(author or click.prompt(say("Who decides"), type=_Words()))
            _Walk(Desk(path, author, claims, rulings, again), held, documents).go()
        return 0


@dataclass(slots=True)
class _Walk:
    """The questions in their order, and which of them the answers so far were given to."""

    desk: Desk
    held: Sequence[Question]
    documents: Mapping[str, Document]
    place: int = 0
    answered: list[int] = field(default_factory=list)

    def go(self) -> None:
        """Ask each question that is left, until there is none or somebody stops."""
        try:
            while self.place < len(self.held):
                question = self._left(self.place)
                if question is None:
                    self.place += 1
                    continue
                click.echo(f"\n{screen.told_left(self._all_left())}")
                screen.show(question, self.documents)
                if not self._ask(question):
                    break
        finally:
            click.echo(f"\n{self._told()}")

    def _all_left(self) -> list[Question]:
        places = range(len(self.held))
        settled = self.desk.decided()
        asked = (self.held[place] for place in places if not self._is_done(place))
        return [left for question in asked if (left := settled.left(question))]

    def _left(self, place: int) -> Question | None:
        return None if self._is_done(place) else self.desk.decided().left(self.held[place])

    def _is_done(self, place: int) -> bool:
        """Tell whether a finding was answered: what is left of it, the next walk finds anew."""
        return place in self.answered and not self.held[place].document_id

    def _ask(self, question: Question) -> bool:
        """Ask until the question is answered or left; return whether to go on."""
        while True:
            click.echo(screen.offer(question))
            given = click.prompt(say("Decide"), default="", show_default=False)
            letter, which = answered(given)
            letter = letter.translate(screen.KEYS) if len(letter) == 1 else letter
            if letter == screen.STOP:
                return False
            if not letter:
                self.place += 1
                return True
            try:
                if self._answer(question, letter, which):
                    return True
            except (RulingError, ValueError) as error:
                click.echo(say("Not written: {why}", why=plain(str(error))), err=True)

    def _answer(self, question: Question, letter: str, which: str) -> bool:
        """Do as the letter says; return whether the question has become another."""
        if letter == screen.UNDO:
            self._undo()
            return True
        if letter not in screen.answers(question):
            told = say("{answer} is none of these; ? says what each of them does.", answer=letter)
            click.echo(plain(told))
        elif letter == screen.HELP:
            click.echo(screen.explain(question))
        elif letter == screen.TEXT:
            screen.show_text(question, self.documents)
        else:
            self._decide(question, letter, which)
            return True
        return False

    def _decide(self, question: Question, letter: str, which: str) -> None:
        """Write what is decided about some of the figures, or all; RulingError when it is not."""
        claims = self._meant(question, letter, which)
        if letter == screen.RIGHT:
            why = say("read again and found right: {reason}", reason=screen.reason_words(question))
            made = self.desk.confirm(claims, question.fields, why)
        elif letter == "c":
            click.echo(_correctable())
            values = fields_set(_asked(say("Set, as low=6 high=6 (Enter goes back)")))
            made = self.desk.correct(claims, values, _why(claims))
        elif letter in ONE:
            made = self.desk.rule(ONE[letter], claims, _why(claims))
        else:
            match = self._named_together(claims)
            made = self.desk.join(SEVERAL[letter], match, _why(claims))
        self.answered.append(self.place)
        path = str(self.desk.path)
        click.echo(say("{n} {n:ruling|rulings} written to {path}.", n=made, path=path))

    def _meant(self, question: Question, letter: str, which: str) -> tuple[Claim, ...]:
        """Return the figures that an answer is about; of a finding, one is chosen or corrected."""
        claims = question.claims
        if not which and letter in {*ONE, "c"} and not question.document_id and len(claims) > 1:
            told = say("Which figures, as 1 or 2-3, of {n} (Enter goes back)", n=str(len(claims)))
            which = _asked(told)
        chosen = picked(which, claims) if which else claims
        if letter == screen.SAME and len(chosen) == 1:
            raise RulingError(say("one figure alone is no same event; name two or more."))
        return chosen

    def _named_together(self, claims: Sequence[Claim]) -> Match:
        """Return what names the claims together; it may name more, which is shown and asked."""
        match, others = self.desk.named_together(claims)
        for claim in others:
            click.echo(plain("  " + say("this names also {claim}", claim=whose(claim))))
        if others and not click.confirm(say("Go on"), default=False):
            raise RulingError(say("the ruling would name figures that you did not mean."))
        return match

    def _undo(self) -> None:
        """Take the last answer back and go to its question."""
        self.desk.undo()
        self.place = self.answered.pop()
        click.echo(say("Taken back."))

    def _told(self) -> str:
        """Say how many rulings were written, and where, and what is left."""
        written = self.desk.written
        return say(
            "{n} {n:ruling|rulings} written to {path}; {left}.",
            n=written,
            path=str(self.desk.path),
            left=screen.told_left(self._all_left()),
        )


def _asked(question: str) -> str:
    """Return what is answered; a blank line goes back, and nothing is written."""
    words = plain(click.prompt(question, default="", show_default=False)).strip()
    if not words:
        raise RulingError(say("you went back; decide again, or Enter for the next."))
    return words


def _why(claims: Sequence[Claim]) -> str:
    """Ask for the reason, and say about how many figures it is."""
    told = say("Why, of {n} {n:figure|figures} (a few words; Enter goes back)", n=len(claims))
    return _asked(told)


def _correctable() -> str:
    names = ", ".join(CORRECTABLE)
    told = say("Fields: {names}; words with blanks in 'quotation marks'", names=names)
    return textwrap.fill(told, 78, initial_indent="  ", subsequent_indent="    ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, 1 failed, 2 wrongly used, 130 stopped."""
    return run(command, "review.py", arguments)
