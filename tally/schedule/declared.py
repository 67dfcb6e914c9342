"""briefings.toml -> the plan of what is scheduled. Every mistake names its line and the choices.

`[NAME.schedule]` schedules a briefing; `[schedule]` holds what is common to all. Reads no clock.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import cast, get_args

from tally.errors import ParameterError
from tally.keys import Keys, span_words
from tally.schedule.calendar import Calendar
from tally.schedule.plan import (
    EVENTS,
    FORMATS,
    MAIL_CHANNEL,
    CatchUp,
    Command,
    Feed,
    Mail,
    Plan,
    Rules,
    Secret,
    Serial,
    Webhook,
)
from tally.settings import SCHEDULE, Briefing, Settings, load_keys
from tally.vocabulary import LANGUAGES

RULES = ("cron", *(each.name for each in fields(Rules) if each.name != "calendar"))
COMMON = (
    *("title", "address", "jobs", "inbox", "maintainers", "readers"),
    *("feed", "mail", "webhook", "command"),
)
MAIL = (
    *("host", "port", "security", "sender", "user", "password_env", "password_file"),
    *("attach", "timeout"),
)
WEBHOOK = ("name", "url", "url_env", "url_file", "token_env", "token_file", "events", "timeout")
COMMAND = ("name", "run", "events", "timeout")
FEED = ("url", "publisher", "language", "every", "private")
PORTS = {"tls": 465, "starttls": 587, "none": 25}
# Names below the site that are no serials.
TAKEN = ("by-day", "index", "feed", "editions")

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_HTTP = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def load_plan(settings: Settings) -> Plan:
    """Return what briefings.toml schedules; SettingsError for the first mistake."""
    declared = load_keys(settings.root)
    keys = declared.table(SCHEDULE)
    keys.check(COMMON)
    serials = [
        serial
        for briefing in settings.briefings
        if SCHEDULE in declared.table(briefing.name).values
        for serial in _serials(declared.table(briefing.name).table(SCHEDULE), briefing)
    ]
    _check_names(keys, [serial.name for serial in serials])
    webhooks = tuple(_webhook(each, settings.root) for each in keys.tables("webhook"))
    commands = tuple(_command(each) for each in keys.tables("command"))
    _check_channels(keys, [*(each.name for each in webhooks), *(each.name for each in commands)])
    return Plan(
        settings=settings,
        title=keys.text_of("title", "Briefings"),
        address=_site_address(keys),
        jobs=keys.whole("jobs", 2, least=1, most=64),
        serials=tuple(serials),
        inbox=_path(keys, "inbox", settings.root),
        feeds=tuple(_feed(each) for each in keys.tables("feed")),
        mail=_mail(keys.table("mail"), settings.root) if "mail" in keys.values else None,
        webhooks=webhooks,
        commands=commands,
        maintainers=_mailboxes(keys, "maintainers"),
        readers=_mailboxes(keys, "readers"),
    )


def _serials(keys: Keys, briefing: Briefing) -> Iterator[Serial]:
    """Give a serial for each combination of the grid, and try the parameters of each."""
    keys.check(RULES)
    rules = _rules(keys, briefing)
    for values in itertools.product(*rules.grid.values()):
        chosen = dict(zip(rules.grid, values, strict=True))
        name = "-".join(
            (briefing.name, *(_UNSAFE.sub("_", value).strip("._-") for value in values))
        )
        title = " · ".join((briefing.title, *values))
        serial = Serial(name, title, briefing, rules, chosen)
        try:
            serial.parameters(rules.calendar.next(dt.datetime(2025, 5, 21, tzinfo=dt.UTC))[0])
        except ParameterError as error:
            msg = f"does not fit the briefing: {error}"
            raise keys.wrong(msg, within="grid" if chosen else "parameters") from error
        yield serial


def _rules(keys: Keys, briefing: Briefing) -> Rules:
    parameters, grid = keys.table("parameters"), keys.table("grid")
    return Rules(
        calendar=_calendar(keys, briefing),
        parameters={name: parameters.text_of(name, "") for name in parameters.values},
        grid={name: grid.strings(name) for name in grid.values},
        start=keys.day("start"),
        catch_up=cast(CatchUp, keys.choice("catch_up", get_args(CatchUp), "latest")),
        max_age=keys.span("max_age", "3d"),
        revise_for=keys.span("revise_for", "7d"),
        revise_every=keys.span("revise_every", "1h"),
        late_after=keys.span("late_after", "1h"),
        fresh=keys.span("fresh", "") if "fresh" in keys.values else None,
        timeout=keys.span("timeout", "15m"),
        cell_timeout=keys.span("cell_timeout", "10m"),
        retries=keys.whole("retries", 2, most=20),
        retry_wait=keys.span("retry_wait", "1m"),
        formats=_among(keys, "formats", FORMATS, FORMATS),
        figures=keys.strings("figures"),
        tables=keys.strings("tables"),
        readers=_mailboxes(keys, "readers"),
        maintainers=_mailboxes(keys, "maintainers"),
    )


def _calendar(keys: Keys, briefing: Briefing) -> Calendar:
    expression = keys.text_of("cron")
    try:
        return Calendar(expression, briefing.zone)
    except ValueError as error:
        msg = f"{expression!r}: {error}."
        raise keys.wrong(msg, "cron") from error


def _check_names(keys: Keys, names: list[str]) -> None:
    """Refuse two serials of one address; letters of either case are one to some systems."""
    seen: set[str] = set(TAKEN)
    for name in names:
        if name.lower() in seen:
            msg = f"would publish two things as {name!r}; make the values of a grid differ more."
            raise keys.wrong(msg)
        seen.add(name.lower())


def _check_channels(keys: Keys, names: list[str]) -> None:
    for name in names:
        if [MAIL_CHANNEL, *names].count(name) > 1:
            msg = f"has two ways of telling named {name!r}; give each a name of its own."
            raise keys.wrong(msg)


def _among(
    keys: Keys, key: str, choices: tuple[str, ...], default: tuple[str, ...]
) -> tuple[str, ...]:
    found = keys.strings(key, default)
    for each in found:
        if each not in choices:
            msg = f"has {each!r}, which is not known; choose of {', '.join(choices)}."
            raise keys.wrong(msg, key)
    if not found:
        msg = f"is empty; choose of {', '.join(choices)}."
        raise keys.wrong(msg, key)
    return found


def _mailboxes(keys: Keys, key: str) -> tuple[str, ...]:
    found = keys.strings(key)
    for each in found:
        if not _ADDRESS.fullmatch(each):
            msg = f"has {each!r}, which is no address such as desk@example.org."
            raise keys.wrong(msg, key)
    return found


def _http(keys: Keys, key: str) -> str:
    value = keys.text_of(key)
    if not _HTTP.fullmatch(value):
        msg = f"must be an address such as https://example.org/…; it is {value!r}."
        raise keys.wrong(msg, key)
    return value


def _site_address(keys: Keys) -> str:
    return _http(keys, "address").rstrip("/") + "/" if keys.values.get("address") else ""


def _path(keys: Keys, key: str, root: Path) -> Path | None:
    return root / keys.text_of(key) if key in keys.values else None


def _feed(keys: Keys) -> Feed:
    keys.check(FEED)
    language = keys.text_of("language", "")
    if language and language not in LANGUAGES:
        msg = f"{language!r} is not read; choose one of {', '.join(LANGUAGES)}."
        raise keys.wrong(msg, "language")
    return Feed(
        url=_http(keys, "url"),
        publisher=keys.text_of("publisher", ""),
        language=language,
        every=keys.span("every", "15m"),
        private=keys.truth("private", default=False),
    )


def _mail(keys: Keys, root: Path) -> Mail:
    keys.check(MAIL)
    security = keys.choice("security", tuple(PORTS), "starttls")
    sender = keys.text_of("sender")
    if not _ADDRESS.fullmatch(sender):
        msg = f"must be an address such as desk@example.org; it is {sender!r}."
        raise keys.wrong(msg, "sender")
    return Mail(
        host=keys.text_of("host"),
        port=keys.whole("port", PORTS[security], least=1, most=65535),
        security=security,
        sender=sender,
        user=keys.text_of("user", ""),
        password=_secret(keys, "password", root),
        attach=keys.truth("attach", default=True),
        timeout=keys.span("timeout", "30s"),
    )


def _webhook(keys: Keys, root: Path) -> Webhook:
    keys.check(WEBHOOK)
    hidden = _secret(keys, "url", root)
    return Webhook(
        name=keys.text_of("name", f"webhook {int(keys.path[-1]) + 1}"),
        url=hidden if hidden != Secret() else _http(keys, "url"),
        token=_secret(keys, "token", root),
        events=_among(keys, "events", EVENTS, EVENTS),
        timeout=keys.span("timeout", "30s"),
    )


def _command(keys: Keys) -> Command:
    keys.check(COMMAND)
    run = keys.strings("run")
    if not run:
        msg = 'is empty; write the program and its arguments, such as ["/usr/bin/notify", "desk"].'
        raise keys.wrong(msg, "run")
    return Command(
        name=keys.text_of("name", f"command {int(keys.path[-1]) + 1}"),
        run=run,
        events=_among(keys, "events", EVENTS, EVENTS),
        timeout=keys.span("timeout", "1m"),
    )


def _secret(keys: Keys, key: str, root: Path) -> Secret:
    variable, file = keys.text_of(f"{key}_env", ""), keys.text_of(f"{key}_file", "")
    if variable and not _VARIABLE.fullmatch(variable):
        msg = "must be the name of a variable, never the secret itself."
        raise keys.wrong(msg, f"{key}_env")
    return Secret(variable, root / file if file else None)


def explain(rules: Rules) -> Mapping[str, str]:
    """Return the rules of a schedule in words, for whoever checks it."""
    revise = f"for {span_words(rules.revise_for)}, at most every {span_words(rules.revise_every)}"
    age = f"newest document at most {span_words(rules.fresh)} old" if rules.fresh else "not asked"
    return {
        "calendar": f"{rules.calendar.expression} ({rules.calendar.zone.key})",
        "missed": f"{rules.catch_up}, no older than {span_words(rules.max_age)}",
        "revised": revise if rules.revise_for else "never",
        "late": f"after {span_words(rules.late_after)}",
        "fresh": age,
        "attempts": f"{rules.retries + 1}, each within {span_words(rules.timeout)}",
        "formats": ", ".join(rules.formats),
    }
