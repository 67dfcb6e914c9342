"""Telegram Desktop's JSON: one chat (result.json of a chat) or a whole account.

Only channels and public groups are read: what people write to one another in private is no
publication. `date_unixtime` is used, because `date` is in the zone of the machine that exported.
`edited` is set by reactions too, so it dates an edit only where the text itself is seen to differ.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tally.documents.limits import Limits, too_large
from tally.documents.stating import Found, kyiv_time, one_line, stated_time, tidy
from tally.errors import DocumentError
from tally.model import Document

PUBLIC = ("public_channel", "private_channel", "public_supergroup")


def read_telegram(path: Path, limits: Limits) -> Iterator[Found]:
    """Yield the posts of an export that have words, and one line about chats passed over."""
    size = path.stat().st_size
    if size > limits.export_bytes:
        raise too_large(size, limits, "export_bytes")
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f"not JSON ({one_line(str(error))}); let Telegram Desktop export it again"
        raise DocumentError(msg) from error
    yield from parse_telegram(content)


def parse_telegram(content: object) -> Iterator[Found]:
    """Yield the posts of an export that was read as JSON."""
    chats = list(_chats(content))
    if not chats:
        msg = "no export of Telegram Desktop; other JSON is read as JSONL, one object a line"
        raise DocumentError(msg)
    private = Counter(one_line(chat.get("type")) or "unknown" for chat in chats)
    for kind in PUBLIC:
        del private[kind]
    if len(private) and sum(private.values()) == len(chats):
        msg = f"only private chats ({_listed(private)}); channels and public groups are read"
        raise DocumentError(msg)
    for chat in chats:
        if chat.get("type") in PUBLIC:
            yield from _posts(chat)


def is_export(content: object) -> bool:
    """Tell whether JSON is an export of a chat or an account."""
    return next(_chats(content), None) is not None


def _chats(content: object) -> Iterator[dict[str, Any]]:
    if not isinstance(content, dict):
        return
    if isinstance(content.get("messages"), list):
        yield content
    for part in ("chats", "left_chats"):
        held = content.get(part)
        listed = held.get("list") if isinstance(held, dict) else None
        for chat in listed if isinstance(listed, list) else ():
            if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
                yield chat


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(kinds.items()))


def _posts(chat: dict[str, Any]) -> Iterator[Found]:
    channel = one_line(chat.get("name"))
    for number, message in enumerate(chat["messages"], 1):
        if not isinstance(message, dict):
            yield DocumentError(f"{channel}: message {number} is no object; export the chat again")
            continue
        text = tidy(_text(message.get("text")))
        if message.get("type") != "message" or not text:
            continue
        name = f"telegram:{chat.get('id')}/{message.get('id')}"
        yield Document(
            id=one_line(name),
            lang="",
            published=_moment(message, "date"),
            # A forwarded post is what its first channel says, as an entry of a feed has its source.
            publisher=one_line(message.get("forwarded_from")) or channel,
            url=_address(chat, message),
            title="",
            text=f"{text}\n",
            revised=_moment(message, "edited") or "",
        )


def _text(text: object) -> str:
    """Return the words of `text`: a string, or a list of strings and of objects with a `text`."""
    if isinstance(text, str):
        return text
    pieces = text if isinstance(text, list) else ()
    words = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
    return "".join(word for word in words if isinstance(word, str))


def _moment(message: dict[str, Any], key: str) -> str | None:
    """Return a time on Kyiv's clock; only the day where an old export gives no `_unixtime`."""
    seconds = message.get(f"{key}_unixtime")
    if isinstance(seconds, str | int) and str(seconds).isdecimal() and len(str(seconds)) < 12:
        moment = dt.datetime.fromtimestamp(int(seconds), dt.UTC)
        return kyiv_time(moment).isoformat(timespec="seconds")
    return stated_time(message.get(key))


def _address(chat: dict[str, Any], message: dict[str, Any]) -> str:
    """Return the post's address, which only those who follow a nameless channel can open."""
    number, post = chat.get("id"), message.get("id")
    if isinstance(number, int) and isinstance(post, int):
        return f"https://t.me/c/{abs(number)}/{post}"
    return ""
