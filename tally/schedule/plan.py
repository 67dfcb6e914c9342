"""The nouns of a schedule: what is made when, what must hold for it, and whom to tell.

A serial is a briefing with one choice of its grid, such as one oblast: its editions succeed one
another, one a period. Reads no file and no clock.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tally.errors import ParameterError
from tally.render.parameters import check_parameters
from tally.schedule.calendar import Calendar, Period
from tally.schedule.placeholders import expand
from tally.settings import Briefing, Settings

CatchUp = Literal["latest", "all", "none"]
Event = Literal["edition", "revision", "failed", "recovered", "late", "notice"]
EVENTS: tuple[Event, ...] = ("edition", "revision", "failed", "recovered", "late", "notice")
FORMATS = ("html", "pdf", "ipynb")
# The name of the one channel that is not named in briefings.toml.
MAIL_CHANNEL = "mail"


@dataclass(frozen=True, slots=True)
class Rules:
    """How one briefing is scheduled, as `[NAME.schedule]` says.

    `fresh` is how old the newest publication of the ledger may be when an edition is due; `None`
    asks nothing. `figures` and `tables` are names of blocks that must be there.
    """

    calendar: Calendar
    parameters: Mapping[str, str]
    grid: Mapping[str, tuple[str, ...]]
    start: dt.date | None
    catch_up: CatchUp
    max_age: dt.timedelta
    revise_for: dt.timedelta
    revise_every: dt.timedelta
    late_after: dt.timedelta
    fresh: dt.timedelta | None
    timeout: dt.timedelta
    cell_timeout: dt.timedelta
    retries: int
    retry_wait: dt.timedelta
    formats: tuple[str, ...]
    figures: tuple[str, ...]
    tables: tuple[str, ...]
    readers: tuple[str, ...]
    maintainers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Serial:
    """A briefing with one choice of its grid; `name` is its address below the site."""

    name: str
    title: str
    briefing: Briefing
    rules: Rules
    chosen: Mapping[str, str]

    def parameters(self, period: Period) -> dict[str, str]:
        """Return what the notebook is given for a period; ParameterError for what it refuses."""
        due = period.due.astimezone(self.briefing.zone)
        try:
            given = {name: expand(words, due) for name, words in self.rules.parameters.items()}
        except (ValueError, OverflowError) as error:
            msg = f"{self.name}: a parameter {error}."
            raise ParameterError(msg) from error
        every = {**given, **self.chosen}
        # An empty text means: not given. Only a parameter without a default refuses that.
        told = {name: value for name, value in every.items() if value}
        check_parameters(self.briefing, told)
        return told

    def started(self, period: Period) -> bool:
        """Tell whether a period is not before the day from which there are editions."""
        start = self.rules.start
        return start is None or period.due.astimezone(self.briefing.zone).date() >= start


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed; `private` allows an address within one's own network."""

    url: str
    publisher: str
    language: str
    every: dt.timedelta
    private: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is: in a variable of the environment, or a file. Never the secret itself."""

    variable: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail is sent."""

    host: str
    port: int
    security: str
    sender: str
    user: str
    password: Secret
    attach: bool
    timeout: dt.timedelta


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is sent JSON; `url` may be a secret too, as those of chats are."""

    name: str
    url: Secret | str
    token: Secret
    events: tuple[str, ...]
    timeout: dt.timedelta


@dataclass(frozen=True, slots=True)
class Command:
    """A program that is given JSON on its standard input; no shell is between."""

    name: str
    run: tuple[str, ...]
    events: tuple[str, ...]
    timeout: dt.timedelta


@dataclass(frozen=True, slots=True)
class Plan:
    """All that briefings.toml says of scheduling, and the folders that it works with."""

    settings: Settings
    title: str
    address: str
    jobs: int
    serials: tuple[Serial, ...]
    inbox: Path | None = None
    feeds: tuple[Feed, ...] = ()
    mail: Mail | None = None
    webhooks: tuple[Webhook, ...] = ()
    commands: tuple[Command, ...] = ()
    maintainers: tuple[str, ...] = ()
    readers: tuple[str, ...] = field(default=())

    @property
    def site(self) -> Path:
        """The published folder."""
        return self.settings.out / "site"

    @property
    def state(self) -> Path:
        """The folder of the history and of work that is going on."""
        return self.settings.out / "schedule"

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the environment that secrets are read from."""
        secrets = [self.mail.password] if self.mail else []
        for hook in self.webhooks:
            secrets += [each for each in (hook.url, hook.token) if isinstance(each, Secret)]
        return tuple(dict.fromkeys(each.variable for each in secrets if each.variable))

    def serial(self, name: str) -> Serial | None:
        """Return the serial of a name, if it is still declared."""
        return next((serial for serial in self.serials if serial.name == name), None)

    def readers_of(self, name: str) -> Iterator[str]:
        """Give each reader of a serial once."""
        serial = self.serial(name)
        yield from dict.fromkeys((*self.readers, *(serial.rules.readers if serial else ())))

    def maintainers_of(self, name: str) -> Iterator[str]:
        """Give each maintainer of a serial, or of the whole when the name is none, once."""
        serial = self.serial(name)
        own = serial.rules.maintainers if serial else ()
        yield from dict.fromkeys((*self.maintainers, *own))
