"""Whom to tell what: messages are put into a box, and sent until each was taken once.

Trouble is an alarm: told when it begins and when it ends, not in between.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from tally.schedule import messages
from tally.schedule.channels import NotSentError, senders
from tally.schedule.history import History
from tally.schedule.messages import Message
from tally.schedule.plan import MAIL_CHANNEL, Plan
from tally.schedule.record import Record
from tally.schedule.rows import Post

FOR_READERS = ("edition", "revision")
_FIRST_WAIT, _LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=1)
GIVEN_UP_AFTER = dt.timedelta(days=3)


def tell_edition(plan: Plan, history: History, record: Record, now: dt.datetime) -> None:
    """Put the message that a revision is out into the box."""
    _post(plan, history, f"edition {record.address}", messages.edition(plan, record), now)


def raise_alarm(
    plan: Plan, history: History, name: str, event: str, serial: str, words: str, now: dt.datetime
) -> None:
    """Tell maintainers of trouble, unless they were told and it has not ended since."""
    if history.raise_alarm(name, serial, words, now):
        told = messages.trouble(plan, event, name, serial, words, now)
        _post(plan, history, f"{event} {name} {now.isoformat()}", told, now)


def clear_alarm(
    plan: Plan, history: History, name: str, words: str, now: dt.datetime, *, tell: bool = True
) -> None:
    """Tell maintainers that trouble has ended, if there was any."""
    serial = history.alarms().get(name, ("",))[0]
    if history.clear_alarm(name) and tell:
        told = messages.trouble(plan, "recovered", name, serial, words, now)
        _post(plan, history, f"recovered {name} {now.isoformat()}", told, now)


def compare_alarms(
    plan: Plan, history: History, kind: str, wrong: Mapping[str, str], now: dt.datetime
) -> None:
    """Raise the alarms of a kind that are new, and clear those whose cause is gone."""
    for name, words in wrong.items():
        raise_alarm(plan, history, f"{kind} {name}", "notice", "", words, now)
    for name in history.alarms():
        if name.startswith(f"{kind} ") and name.removeprefix(f"{kind} ") not in wrong:
            clear_alarm(plan, history, name, "It is no more.", now)


def deliver(plan: Plan, history: History, now: dt.datetime, failed: dict[str, str]) -> None:
    """Send what is in the box and whose time has come, and add what failed: channel -> why.

    A channel that failed already is not tried again.
    """
    ways = senders(plan)
    for post in history.posts():
        way = ways.get(post.channel)
        if way is None or post.channel in failed or not _is_time(post, now):
            continue
        try:
            way(post)
        except NotSentError as error:
            over = error.final or now - post.made_at > GIVEN_UP_AFTER
            history.not_sent(post.id, str(error), None if over else _next(post, now))
            # A server that is down is not asked once for every reader.
            if not error.final:
                failed[post.channel] = str(error)
            else:
                failed[f"{post.channel} to {post.recipient}".strip()] = str(error)
        else:
            history.sent(post.id)


def _post(plan: Plan, history: History, name: str, message: Message, now: dt.datetime) -> None:
    for channel, recipient in _recipients(plan, message):
        history.post(name, channel, recipient, message, now)


def _recipients(plan: Plan, message: Message) -> Iterator[tuple[str, str]]:
    """Give each channel and recipient that a message is for."""
    event, serial = message["event"], message["serial"]
    if plan.mail:
        people = plan.readers_of if event in FOR_READERS else plan.maintainers_of
        yield from ((MAIL_CHANNEL, address) for address in people(serial))
    yield from ((hook.name, "") for hook in plan.webhooks if event in hook.events)
    yield from ((command.name, "") for command in plan.commands if event in command.events)


def _is_time(post: Post, now: dt.datetime) -> bool:
    """Tell whether a message may be tried; one put off too far was so by a clock since set back."""
    return not now < post.next_at <= now + _LONGEST_WAIT


def _next(post: Post, now: dt.datetime) -> dt.datetime:
    doubled: int = 2 ** min(post.attempts, 10)
    return now + min(_FIRST_WAIT * doubled, _LONGEST_WAIT)
