"""What the tools of each format write beyond the files of tests/documents: every word, once."""

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path

import docx
import pytest
import typst

from tally.documents.formats import Asked, read_file
from tally.model import Document

HURT = "Внаслідок атаки загинули двоє людей, ще дев'ять поранені, повідомили в ОВА."
TWO_DIED = "Two people were killed in Sumy Oblast overnight, officials said in the morning."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def letter(charset: str, encoding: str) -> bytes:
    """Return a letter of two alternatives and an attachment, its subject in two encoded words."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "Desk <desk@region.example>"
    made["Date"] = "Wed, 21 May 2025 10:15:00 +0300"
    made.set_content(HURT, charset=charset, cte=encoding)
    made.add_alternative(f"<p>The page: {HURT}</p>", subtype="html", charset=charset)
    made.add_attachment(b"9 drones", maintype="text", subtype="x-log", filename="a.log")
    words = (base64.b64encode(word.encode(charset)).decode() for word in ("Наслідки ", "атаки"))
    subject = "\r\n ".join(f"=?{charset}?B?{word}?=" for word in words)
    return f"Subject: {subject}\r\n".encode() + made.as_bytes()


def page_letter() -> bytes:
    """Return a letter that is a page alone, with a table, as newsletters are sent."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["Subject"] = "desk@region.example", "Night"
    rows = "<tr><th>Region</th><th>Killed</th></tr><tr><td>Sumy</td> <td>2</td></tr>"
    page = f"<html><head><style>p {{}}</style></head><body><table>{rows}</table></body></html>"
    made.set_content(page, subtype="html", cte="quoted-printable")
    return made.as_bytes()


def post(number: int, *parts: str, kind: str = "text_not_supported_wrap") -> str:
    """Return a post of t.me/s: the parts between its owner and its footer."""
    return (
        f'<div class="tgme_widget_message {kind} js-widget_message" data-post="np/{number}">'
        '<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name">'
        f'<span dir="auto">Нічний пост</span></a></div>{"".join(parts)}'
        '<span class="tgme_widget_message_views">41.2K</span><span>edited <a '
        'class="tgme_widget_message_date"><time datetime="2025-05-21T05:48:02+00:00">05:48</time>'
        "</a></span></div>"
    )


def said(words: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>'


FORWARDED = (
    '<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="'
    'tgme_widget_message_forwarded_from_name"><span dir="auto">Повітряні Сили</span></a></div>'
)
GROUPED = (
    '<div class="tgme_widget_message_grouped"><a class="tgme_widget_message_video_player '
    'grouped_media_wrap"><time class="message_video_duration">0:15</time></a></div>'
)
PREVIEW = '<a class="tgme_widget_message_link_preview"><div>77 drones</div></a>'
CHANNEL = "".join([
    '<html><head><meta charset="utf-8"></head><body>',
    post(1, FORWARDED, said("Збито 63 дрони<br/>Ще 41 втрачено")),
    post(2, GROUPED, said("Загинули двоє"), PREVIEW),
    post(3, said("<blockquote>Поранено 12</blockquote>Обстріл <tg-spoiler>9</tg-spoiler>")),
    post(4, GROUPED, said(said("Загинули двоє<br/>Поранені троє"))),  # an album
    post(7, said("Ніч pinned «Загинули двоє»"), kind="service_message"),
    "</body></html>",
])  # fmt: skip


def export(*messages: dict[str, object]) -> str:
    """Return Telegram Desktop's export of a channel."""
    moment = {"type": "message", "date": "2025-05-21T08:00:00", "date_unixtime": "1747803600"}
    whole = [{"id": n, **moment, "from": "Ніч", **one} for n, one in enumerate(messages, 1)]
    return json.dumps({"name": "Ніч", "type": "public_channel", "id": 5, "messages": whole})


EXPORT = export(
    {"text": "Збито 63 дрони", "forwarded_from": "Повітряні Сили"},
    {"text": "Двоє загинули", "forwarded_from": None, "reply_to_message_id": 1, "via_bot": "@b"},
    {
        "text": [
            {"type": "custom_emoji", "text": "⚡", "document_id": "a.webp"},
            {"type": "text_link", "text": "Збито", "href": "https://x.example/77"},
            {"type": "spoiler", "text": " 9 дронів"},
        ]
    },
    {"type": "service", "action": "pin_message", "message_id": 1, "text": ""},
    {"text": "", "poll": {"question": "How many?", "total_voters": 77, "answers": []}},
)

XHTML = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Desk</title><id>x</id>'
    '<entry><title type="text">Night &amp; day</title><id>urn:1</id>'
    "<updated>2025-05-22T09:12:05Z</updated><summary>Short.</summary>"
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two were <b>killed</b>.</p>'
    "<ul><li>Sumy: 3</li><li>Kyiv: 4</li></ul></div></content></entry></feed>"
)
RSS = (
    '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0" xmlns:content='
    '"http://purl.org/rss/1.0/modules/content/"><channel><title>Пост</title><item><guid>2</guid>'
    "<title><![CDATA[Ніч]]></title><pubDate>Thu, 22 May 2025 09:01:33 EEST</pubDate>"
    "<description><![CDATA[Коротко…]]></description><content:encoded><![CDATA[<p>Загинули двоє "
    "людей.</p><p>Троє поранені.</p>]]></content:encoded></item></channel></rss>"
)


# What Russian and Ukrainian outlets give aggregators: the whole story beside its head.
WHOLE = "".join([
    '<rss version="2.0" xmlns:yandex="http://news.yandex.ru"><channel><title>Пост</title>',
    *(
        f"<item><guid>{n}</guid><title>Ночь {n}</title><description>Кратко.</description>"
        f"<{name}>Двое погибли &amp; трое ранены.&lt;br/&gt;Сбиты 9 дронов.</{name}></item>"
        for n, name in enumerate(("yandex:full-text", "fulltext"))
    ),
    "</channel></rss>",
])  # fmt: skip


def word_file() -> bytes:
    """Return a DOCX as Word keeps one: a control, a link, a move, a note, a table with a merge."""
    made = docx.Document()
    made.add_paragraph("63 of 76 drones were shot down.")
    table = made.add_table(2, 2)
    for cell, words in zip(table._cells, ("Region", "Killed", "Sumy", "2"), strict=True):
        cell.text = words
    made.add_table(1, 2).cell(0, 0).merge(made.tables[1].cell(0, 1)).text = "5 in all"
    made.sections[0].header.paragraphs[0].text = "Page 99"
    kept = io.BytesIO()
    made.save(kept)
    more = (
        "<w:sdt><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt><w:p><w:hyperlink>{}</w:hyperlink>"
        "<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo><w:r><w:t>Su</w:t><w:noBreakHyphen/>"
        "<w:t>34s, am</w:t><w:softHyphen/><w:t>bushed</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr>"
        "<w:t>hidden 6</w:t></w:r></w:p><w:sectPr"
    ).format(
        *(f"<w:r><w:t>{words}</w:t></w:r>" for words in ("8 died", "4 more", "3 moved", "3 moved "))
    )
    note = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>line'
        '</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Two were children.'
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    changes = {
        "word/document.xml": ("<w:sectPr", more),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{NOTES}" Target="footnotes.xml"/></Relationships>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>',
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(kept) as given, zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/footnotes.xml", note)
        for name in given.namelist():
            old, new = changes.get(name, ("", ""))
            content = given.read(name)
            archive.writestr(
                name, content.replace(old.encode(), new.encode(), 1) if old else content
            )
    return out.getvalue()


def columns() -> bytes:
    """Return a PDF of two narrow columns, words broken at the ends of lines."""
    told = (
        "The Air Force reported that unmanned reconnaissance aircraft and intercontinental systems "
        "were intercepted overnight, and regional administrations communicated that two were hurt."
    )
    more = "In the second column, four of Ivano-Frankivsk and its sub-dis\u00adtricts were hurt."
    page = "#set page(width: 12cm, height: 9cm, columns: 2)\n#set par(justify: true)\n"
    page += '#set text(lang: "en", hyphenate: true, size: 9pt)\n'
    return typst.compile(f"{page}{told}\n#colbreak()\n{more}".encode())


def record(kind: str, content: bytes, media_type: str = "http", **more: str) -> bytes:
    """Return a record of a WARC."""
    told = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:5b1f0c7a-2f5e-4c53-9c0e-8d3f6a1f4b77>",
        "WARC-Date": "2025-05-22T00:00:00Z",
        "WARC-Target-URI": "https://a.example/n",
        "Content-Type": f"application/{media_type}; msgtype={kind}",
        **more,
        "Content-Length": str(len(content)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + content + b"\r\n\r\n"


def crawl(*, packed: bool, coding: str = "gzip") -> bytes:
    """Return a WARC as crawlers write it: chunked and packed answers, a request, a revisit."""
    page = f'<meta name="date" content="2025-05-21"><article><p>{TWO_DIED}</p></article>'
    body = gzip.compress(page.encode(), mtime=0)
    chunked = b"14\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (body[:20], len(body) - 20, body[20:])
    told = "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
    head = f"HTTP/1.1 200 OK\r\n{told}Content-Encoding: {coding}\r\n\r\n".encode()
    records = (
        record("warcinfo", b"software: a crawler\r\n", "warc-fields"),
        record("request", b"GET /n HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        record("response", head + chunked),
        record("revisit", head, **{"WARC-Refers-To-Date": "2025-05-21T00:00:00Z"}),
    )
    return b"".join(gzip.compress(each, mtime=0) if packed else each for each in records)


def coded() -> Iterator[tuple[str, Callable[[], bytes | str], list[str]]]:
    """Yield letters in each charset and each encoding for the way."""
    for charset in ("windows-1251", "koi8-u", "utf-8"):
        for encoding in ("base64", "quoted-printable", "8bit"):
            made = partial(letter, charset, encoding)
            yield f"{charset}-{encoding}.eml", made, [f"# Наслідки атаки\n\n{HURT}\n"]


# name, what is in it, and the text of each document, whole
WRITTEN: list[tuple[str, Callable[[], bytes | str], list[str]]] = [
    *coded(),
    ("page.eml", page_letter, ["# Night\n\nRegion, Killed\nSumy, 2\n"]),
    (
        "channel.html",
        lambda: CHANNEL,
        [
            "Збито 63 дрони\nЩе 41 втрачено\n",
            "Загинули двоє\n",
            "Поранено 12\nОбстріл 9\n",
            "Загинули двоє\nПоранені троє\n",
        ],
    ),
    ("result.json", lambda: EXPORT, ["Збито 63 дрони\n", "Двоє загинули\n", "⚡Збито 9 дронів\n"]),
    ("a.atom", lambda: XHTML, ["# Night & day\n\nTwo were killed.\nSumy: 3\nKyiv: 4\n"]),
    ("a.rss", lambda: RSS.encode("cp1251"), ["# Ніч\n\nЗагинули двоє людей.\nТроє поранені.\n"]),
    (
        "whole.rss",
        lambda: WHOLE,
        [f"# Ночь {n}\n\nДвое погибли & трое ранены.\nСбиты 9 дронов.\n" for n in (0, 1)],
    ),
    (
        "a.docx",
        word_file,
        [
            "63 of 76 drones were shot down.\nRegion, Killed\nSumy, 2\n\n5 in all\n\n8 died\n"
            "4 more3 moved Su-34s, ambushed\nTwo were children.\n"
        ],
    ),
    (
        "a.pdf",
        columns,
        [
            "The Air Force reported that unmanned reconnaissance aircraft and intercontinental "
            "systems were intercepted overnight, and regional administrations communicated that "
            "two were hurt.\nIn the second column, four of Ivano-Frankivsk and its "
            "sub-dis\u00adtricts were hurt.\n"
        ],
    ),
    ("a.warc.gz", lambda: crawl(packed=True), [f"{TWO_DIED}\n"]),
    ("a.warc", lambda: crawl(packed=False), [f"{TWO_DIED}\n"]),
]


@pytest.mark.parametrize(("name", "make", "texts"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_every_word_is_read_once_and_apart(
    tmp_path: Path, name: str, make: Callable[[], bytes | str], texts: list[str]
) -> None:
    content = make()
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(read_file(tmp_path / name, Asked()))
    assert [each.text if isinstance(each, Document) else str(each) for each in found] == texts


@pytest.mark.parametrize(("name", "content"), [("a.html", CHANNEL), ("a.json", EXPORT)])
def test_forwarded_post_is_what_its_first_channel_says(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    first, second, *_ = read_file(tmp_path / name, Asked())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.publisher == "Повітряні Сили"
    assert second.publisher in ("Нічний пост", "Ніч")


def test_coding_that_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(crawl(packed=False, coding="br"))
    (problem,) = read_file(tmp_path / "a.warc", Asked())
    assert "https://a.example/n: packed by br, which is not read" in str(problem)
