"""The ways that a message goes out: mail, a webhook, a command. Each sends one message or says why.

Secrets come from the environment or a file, are read when they are needed, and are told nowhere.
"""

import hashlib
import json
import os
import smtplib
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path
from typing import Any

from tally.keys import span_words
from tally.schedule.checking import FILES
from tally.schedule.plan import MAIL_CHANNEL, Command, Mail, Plan, Secret, Webhook
from tally.schedule.rows import Post

LARGEST_ATTACHED = 20_000_000
_LONGEST_TOLD = 200


class NotSentError(Exception):
    """A message was not taken; `final` when trying again would not help."""

    def __init__(self, words: str, *, final: bool = False) -> None:
        """Keep whether it is final."""
        super().__init__(" ".join(words.split())[:_LONGEST_TOLD])
        self.final = final


def senders(plan: Plan) -> dict[str, Callable[[Post], None]]:
    """Return the channels that a plan has, by name: each takes a message or raises NotSentError."""
    found: dict[str, Callable[[Post], None]] = {}
    if plan.mail:
        found[MAIL_CHANNEL] = partial(send_mail, plan.mail, plan.site)
    found |= {hook.name: partial(send_webhook, hook) for hook in plan.webhooks}
    found |= {command.name: partial(run_command, command) for command in plan.commands}
    return found


def send_mail(mail: Mail, site: Path, post: Post) -> None:
    """Send a message by mail, the PDF of an edition attached."""
    message = compose(mail, site, post)
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, secret_of(mail.password, "the password of the mail server"))
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        words = f"{code} {_decoded(answer)}"
        raise NotSentError(words, final=code >= 500) from error
    except smtplib.SMTPAuthenticationError as error:
        # What the server answers may repeat what it was sent.
        words = f"{mail.host} does not accept the user or the password (answer {error.smtp_code})"
        raise NotSentError(words) from None
    except smtplib.SMTPResponseException as error:
        words = f"{mail.host}: {error.smtp_code} {_decoded(error.smtp_error)}"
        raise NotSentError(words, final=500 <= error.smtp_code < 600) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        words = f"{mail.host}:{mail.port} cannot be reached ({error or type(error).__name__})"
        raise NotSentError(words) from error


def compose(mail: Mail, site: Path, post: Post) -> EmailMessage:
    """Return the mail of a message. Sent again it has the same Message-ID."""
    told = post.message
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = (
        told["subject"],
        mail.sender,
        post.recipient,
    )
    mark = hashlib.sha256(post.id.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{mark}@{mail.sender.rpartition('@')[2]}>"
    message["Date"] = post.made_at
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(told["text"])
    pdf = site / str(told.get("folder", "")) / FILES["pdf"]
    if mail.attach and told.get("folder") and pdf.is_file():
        content = pdf.read_bytes()
        if len(content) <= LARGEST_ATTACHED:
            name = f"{told['serial']}-{told['period']}-{told['revision']}.pdf"
            message.add_attachment(content, "application", "pdf", filename=name)
    return message


def send_webhook(hook: Webhook, post: Post) -> None:
    """Post a message as JSON; an answer of 2xx means that it was taken."""
    url = hook.url if isinstance(hook.url, str) else secret_of(hook.url, "its address")
    headers = {"Content-Type": "application/json", "Idempotency-Key": _mark(post)}
    if hook.token != Secret():
        headers["Authorization"] = f"Bearer {secret_of(hook.token, 'its token')}"
    content = json.dumps(post.message, ensure_ascii=False).encode()
    try:
        request = urllib.request.Request(url, content, headers, method="POST")
        with _OPENER.open(request, timeout=hook.timeout.total_seconds()) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        with error:
            final = 400 <= error.code < 500 and error.code not in (401, 403, 408, 425, 429)
        msg = f"the server answers {error.code}"
        raise NotSentError(msg, final=final) from None
    except (OSError, ValueError) as error:
        # The address may be a secret, and errors repeat it.
        reason = getattr(error, "reason", error)
        words = getattr(reason, "strerror", None) or type(reason).__name__
        msg = f"the server cannot be reached ({words})"
        raise NotSentError(msg) from None


def run_command(command: Command, post: Post) -> None:
    """Run a program with the message on its standard input; 0 means that it was taken."""
    told: Mapping[str, Any] = post.message
    try:
        done = subprocess.run(
            command.run,
            input=json.dumps(told, ensure_ascii=False).encode(),
            env={**os.environ, "TALLY_EVENT": str(told["event"])},
            capture_output=True,
            timeout=command.timeout.total_seconds(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        words = f"{command.run[0]} did not end within {span_words(command.timeout)}"
        raise NotSentError(words) from error
    except OSError as error:
        msg = f"{command.run[0]} cannot be run ({error.strerror})"
        raise NotSentError(msg) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        words = f"{command.run[0]} ended with {done.returncode}: {said[-1] if said else 'no word'}"
        raise NotSentError(words)


def secret_of(secret: Secret, what: str) -> str:
    """Return a secret; NotSentError names where it should be, never what is there."""
    found = os.environ.get(secret.variable, "") if secret.variable else ""
    if not found and secret.file:
        with suppress(OSError, UnicodeDecodeError):
            found = secret.file.read_text(encoding="utf-8").strip()
    if not found:
        places = filter(None, (secret.variable, str(secret.file) if secret.file else ""))
        where = " or ".join(places) or "nothing is named in briefings.toml"
        msg = f"{what} is missing: {where}"
        raise NotSentError(msg)
    return found


def _connected(mail: Mail) -> smtplib.SMTP:
    seconds = mail.timeout.total_seconds()
    if mail.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=seconds, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=seconds)
    if mail.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _mark(post: Post) -> str:
    return hashlib.sha256(post.id.encode()).hexdigest()[:32]


def _decoded(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A webhook that leads elsewhere is not followed: a message is for the one that was named."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect())
