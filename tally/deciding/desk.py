"""Where rulings are written: each is tried on the whole ledger, written at once, taken back.

Asks nobody.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tally.deciding.questions import Decided, decided
from tally.errors import RulingError
from tally.files import write_whole
from tally.language import say
from tally.ledger import as_cell
from tally.model import Claim, Ruling
from tally.rulings import Decision, as_toml, judge, naming, shared

Match = tuple[tuple[str, str], ...]
Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer wrote: the file before (None: there was none) and after, and how many."""

    before: str | None
    after: str
    rulings: int


@dataclass(slots=True)
class Desk:
    """The ledger, the rulings so far and where they are kept; `again` heeds only new ones."""

    path: Path
    author: str
    claims: tuple[Claim, ...]
    rulings: list[Ruling]
    again: bool = False
    answers: list[Answer] = field(default_factory=list)

    @property
    def written(self) -> int:
        """How many rulings this walk has written."""
        return sum(answer.rulings for answer in self.answers)

    def decided(self) -> Decided:
        """Return what is settled."""
        new = self.rulings[len(self.rulings) - self.written :]
        return decided(self.claims, new if self.again else self.rulings, new)

    def stored(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return claims as the ledger has them, whatever was corrected."""
        ids = {claim.id for claim in claims}
        return [claim for claim in self.claims if claim.id in ids]

    def rule(self, decision: Decision, claims: Sequence[Claim], why: str) -> int:
        """Accept or reject claims, each by its figure, so that no other is ever meant."""
        return self._write(decision, [(match, ()) for match in self._named(claims)], why)

    def correct(self, claims: Sequence[Claim], values: Values, why: str) -> int:
        """Set fields of claims."""
        return self._write("correct", [(match, values) for match in self._named(claims)], why)

    def confirm(self, claims: Sequence[Claim], fields: Sequence[str], why: str) -> int:
        """Set fields of claims to what they are: they were read and are right."""
        alike: dict[Values, list[Claim]] = {}
        for claim in claims:
            values = tuple((name, as_cell(getattr(claim, name))) for name in fields)
            alike.setdefault(values, []).append(claim)
        made = [(match, values) for values, held in alike.items() for match in self._named(held)]
        return self._write("correct", made, why)

    def named_together(self, claims: Sequence[Claim]) -> tuple[Match, list[Claim]]:
        """Return what names claims at once, and the claims that it names beside them."""
        ids = {claim.id for claim in claims}
        match, meant = shared(self.stored(claims), self.claims)
        return match, [claim for claim in meant if claim.id not in ids]

    def join(self, decision: Decision, match: Match, why: str) -> int:
        """Put what is named together into one incident, or apart from the others."""
        return self._write(decision, [(match, ())], why)

    def undo(self) -> None:
        """Take back the last answer; RulingError when there is none, or the file is another."""
        if not self.answers:
            raise RulingError(say("there is no answer of this walk to take back."))
        last = self.answers[-1]
        if not self.path.exists() or self.path.read_text(encoding="utf-8") != last.after:
            told = say(
                "{path} was changed since; take the ruling out by hand.", path=str(self.path)
            )
            raise RulingError(told)
        if last.before is None:
            self.path.unlink()
        else:
            write_whole(self.path, last.before)
        del self.rulings[len(self.rulings) - last.rulings :]
        self.answers.pop()

    def _named(self, claims: Sequence[Claim]) -> list[Match]:
        """Return what names each claim by its figure: what is read later was not decided about."""
        return [naming(claim, self.claims) for claim in self.stored(claims)]

    def _write(self, decision: Decision, made: list[tuple[Match, Values]], why: str) -> int:
        today = dt.date.today()
        new = [Ruling(decision, match, why, self.author, today, values) for match, values in made]
        judge(self.claims, [*self.rulings, *new])
        before = self.path.read_text(encoding="utf-8") if self.path.exists() else None
        text = "\n".join(map(as_toml, new))
        after = f"{(before or '').rstrip()}\n\n{text}".lstrip("\n")
        write_whole(self.path, after)
        self.rulings += new
        self.answers.append(Answer(before, after, len(new)))
        return len(new)
