"""A Telegram channel's public page (t.me/s/NAME), saved: each post with its time and address."""

from collections.abc import Iterator
from typing import Any

from tally.documents.stating import Found, one_line, printable, stated_time, tidy
from tally.model import Document

_WORDS = 'div[contains(concat(" ", @class, " "), " tgme_widget_message_text ")]'
# The words of an album stand in two such elements, one within the other.
_TEXT = (
    f".//{_WORDS}[not(ancestor::{_WORDS})]"
    '[not(ancestor::*[contains(@class, "tgme_widget_message_reply")])]'
)
# A service message says that something was done: it repeats the words of a post that was pinned.
_POSTS = (
    '//div[@data-post and contains(@class, "tgme_widget_message") and '
    'not(contains(@class, "service_message"))]'
)
_BREAKING = ("br", "p", "div", "blockquote", "pre", "li")


def is_channel(tree: Any) -> bool:
    """Tell whether a page is a channel's, or a single post's that was embedded."""
    return bool(tree.xpath(f"boolean({_POSTS})"))


def is_export(tree: Any) -> bool:
    """Tell whether a page is what Telegram Desktop writes when it exports HTML."""
    return bool(tree.xpath('boolean(//div[@class="page_wrap"]//div[contains(@class,"history")])'))


def read_channel(tree: Any) -> Iterator[Found]:
    """Yield the posts that have words, in the order of the page; pictures alone are passed over."""
    for post in tree.xpath(_POSTS):
        name = one_line(post.get("data-post"))
        words = post.xpath(_TEXT)
        text = tidy("\n\n".join(_words(each) for each in words))
        if not text:
            continue
        times = post.xpath('.//a[contains(@class, "tgme_widget_message_date")]//time/@datetime')
        # The first channel of a forwarded post stands before the text, its own above all.
        owner = post.xpath('.//*[contains(@class, "tgme_widget_message_forwarded_from_name")]')
        owner += post.xpath('.//*[contains(@class, "tgme_widget_message_owner_name")]')
        yield Document(
            id=f"telegram:{name}",
            lang="",
            published=stated_time(times[0]) if times else None,
            publisher=one_line(owner[0].text_content()) if owner else name.partition("/")[0],
            url=f"https://t.me/{name}",
            title="",
            text=f"{text}\n",
        )


def _words(element: Any) -> str:
    """Return an element's words, each break and block on a line of its own."""
    for each in element.iter(*_BREAKING):
        if each is not element:
            each.text = f"\n{printable(each.text or '')}"
            if each.tag != "br":
                each.tail = f"\n{printable(each.tail or '')}"
    return str(element.text_content())
