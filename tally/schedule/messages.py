"""What people are told, in words: an edition, a revision, a failure, its end, lateness.

A message is JSON: webhooks and commands are given it as it is, mail is set from it. Sends nothing.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tally.house.words import visible
from tally.schedule.checking import FILES
from tally.schedule.plan import Plan
from tally.schedule.record import Record
from tally.schedule.views import TROUBLES, period_words, troubles_of

Message = Mapping[str, Any]

MOST_CHANGES = 20
SIGNED = "Tally"
_NAMED = {
    "refused": "Files of the inbox could not be read",
    "site pages": "Trouble with the pages of the site",
    "history": "The history was broken",
    "clock set back": "The clock was set back",
    "broken tick": "A tick broke",
}


def edition(plan: Plan, record: Record) -> Message:
    """Return the message that an edition, or a revision of it, is out."""
    again = record.revision > 1
    label = f", revision {record.revision}" if again else ""
    paragraphs = [record.lead]
    if again:
        paragraphs.append(
            "\n".join((f"Changed since revision {record.revision - 1}:", *_changes(record)))
        )
    paragraphs.append(
        "\n".join(f"{tile.label}: {tile.value} ({tile.note})" for tile in record.tiles)
    )
    paragraphs.append("\n".join(_places(plan, record)))
    return {
        "event": "revision" if again else "edition",
        "subject": _line(f"{record.serial_title}: {record.title}{label}"),
        "text": _text(paragraphs),
        "briefing": record.briefing,
        "serial": record.serial,
        "period": record.period,
        "revision": record.revision,
        "title": record.title,
        "known_at": record.known_at,
        "address": plan.address + record.address if plan.address else "",
        "parameters": dict(record.parameters),
        "sha256": dict(record.products),
        "changes": [each.sentence for each in record.changes],
        "folder": record.address,
    }


def trouble(
    plan: Plan, event: str, alarm: str, serial: str, words: str, now: dt.datetime
) -> Message:
    """Return a message for maintainers, of an alarm that is raised or cleared."""
    at = f"{now.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    named = f"{'Over: ' if event == 'recovered' else ''}{headline(plan, alarm)}"
    told = f"Told at {at}. What holds now: scripts/schedule.py status"
    return {
        "event": event,
        "subject": _line(named),
        # Chats show the text alone.
        "text": _text([f"{named}.", words, told]),
        "serial": serial,
    }


def headline(plan: Plan, alarm: str) -> str:
    """Name trouble as people do, by the name of its alarm."""
    for found in troubles_of([(alarm, dt.datetime.min)]):
        serial = plan.serial(found.serial)
        title = serial.title if serial else found.serial
        return f"{title}, {period_words(found.period)}: {TROUBLES[found.kind]}"
    kind, _, rest = alarm.partition(" ")
    if kind != "problem":
        return _NAMED.get(alarm, _NAMED.get(kind, alarm))
    what, _, which = rest.partition(" ")
    return f"Trouble with the {what}{f': {which}' if which else ''}"


def _changes(record: Record) -> list[str]:
    """Return what changed, the rest counted."""
    if not record.changes:
        return ["no figure; the text or its layout was corrected."]
    shown = [f"- {each.sentence}" for each in record.changes[:MOST_CHANGES]]
    rest = len(record.changes) - len(shown)
    return [*shown, *([f"- and {rest} more"] if rest else [])]


def _places(plan: Plan, record: Record) -> list[str]:
    lines = [record.as_of] if record.as_of else []
    if plan.address:
        lines.append(f"To read: {plan.address}{record.address}")
    pdf = record.products.get(FILES["pdf"])
    return [*lines, *([f"SHA-256 of the PDF: {pdf}"] if pdf else [])]


def _text(paragraphs: list[str]) -> str:
    lines = (visible(line) for each in paragraphs if each for line in (*each.split("\n"), ""))
    return "\n".join((*lines, "-- ", SIGNED)) + "\n"


def _line(words: str) -> str:
    return " ".join(visible(words).split())[:200]
