"""Letters that answer or pass on others: only their own words are read under their date."""

import pytest

from tally.documents.mail import parse_mail
from tally.errors import DocumentError
from tally.model import Document

NEW = "У ніч на 22 травня збито 30 дронів."
OLD = "У ніч на 21 травня збито 17 дронів."
QUOTED = f"> {OLD}\n> Поранено 4 людей.\n"
HEAD = "From: Desk <desk@region.example>\nDate: Thu, 22 May 2025 10:15:00 +0300\n"


def mail(body: str, subject: str = "Re: Ніч", kind: str = "plain", head: str = "") -> bytes:
    told = f"{HEAD}Subject: {subject}\n{head}MIME-Version: 1.0\n"
    return f"{told}Content-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def own(content: bytes) -> str:
    (found,) = parse_mail(content, "letter")
    assert isinstance(found, Document), found
    return found.text.partition("\n\n")[2].strip()


def outlook(mark: str, author: str, sent: str, to: str, subject: str) -> str:
    head = f"{author}: Прес <press@region.example>\n{sent}: 21 травня 2025 р. 10:15\n{to}: Desk\n"
    return f"{NEW}\n\n{mark}{head}{subject}: Ніч\n\n{OLD}\n"


ATTRIBUTED = [
    "On Wed, May 21, 2025 at 10:15 AM Press Office <press@region.example> wrote:\n\n",
    "On Wed, May 21, 2025 at 10:15 AM The Press Office of the Region <\npress@region.example> "
    "wrote:\n\n",
    "ср, 21 трав. 2025 р. о 10:15 Прес-служба <press@region.example> пише:\n\n",
    "ср, 21 мая 2025 г. в 10:15, Пресс-служба <press@region.example>:\n\n",
    "21.05.25 10:15, Прес-служба пише:\n",
    "21.05.2025 10:15, Пресс-служба пишет:\n",
    "Вы писали 21 мая 2025 г., 10:15:00:\n\n",
    "> On 21 May 2025, at 10:15, Press Office <press@region.example> wrote:\n> \n",
]
ANSWERS = [
    *(mail(f"{NEW}\n\n{line}{QUOTED}") for line in ATTRIBUTED),
    *(mail(f"{line}{QUOTED}\n{NEW}\n", "Ніч") for line in ATTRIBUTED[:-1]),
    mail(f"{QUOTED}\n{NEW}\n", "Ніч", head="In-Reply-To: <1@region.example>\n"),
    mail(outlook("-----Original Message-----\n", "From", "Sent", "To", "Subject")),
    mail(outlook("-----Вихідне повідомлення-----\n", "Від", "Надіслано", "Кому", "Тема")),
    mail(outlook("________________________________\n", "От", "Отправлено", "Кому", "Тема")),
    mail(outlook("", "*From:*", "*Sent:*", "*To:*", "*Subject:*").replace(":*:", ":*")),
    mail(
        f'<div dir="ltr">{NEW}</div><br><div class="gmail_quote gmail_quote_container"><div '
        'class="gmail_attr">On Wed, May 21, 2025 at 10:15 AM Press wrote:<br></div>'
        f'<blockquote class="gmail_quote">{OLD}</blockquote></div>',
        kind="html",
    ),
    mail(
        f'<p>{NEW}</p><div class="moz-cite-prefix">21.05.25 10:15, Прес пише:<br></div>'
        f'<blockquote type="cite"><p>{OLD}</p></blockquote>',
        kind="html",
    ),
    mail(
        f'<p>{NEW}</p><hr><div id="divRplyFwdMsg"><b>From:</b> Press &lt;p@region.example&gt;<br>'
        f"<b>Sent:</b> 21 May 2025 10:15<br><b>To:</b> Desk<br></div><p>{OLD}</p>",
        kind="html",
    ),
]


@pytest.mark.parametrize("content", ANSWERS)
def test_quoted_words_are_not_those_of_the_answer(content: bytes) -> None:
    assert own(content) == NEW


def test_answers_between_quoted_lines_are_kept() -> None:
    body = f"{ATTRIBUTED[0]}> How many drones?\n\n{NEW}\n\n> And people?\n\nNobody was hurt.\n"
    assert own(mail(body)).split("\n\n") == [NEW, "Nobody was hurt."]


def test_lines_broken_for_sending_do_not_join_a_quotation() -> None:
    body = f"{ATTRIBUTED[4]}> У ніч на 21 травня збито \n> 17 дронів. \n{NEW}\n"
    content = mail(body).replace(b"charset=utf-8", b"charset=utf-8; format=flowed")
    assert own(content) == NEW


NO_QUOTES = [
    "Сили ППО збили:\n> 20 дронів над Сумщиною\n> 5 ракет",
    "Станом на 07:00 збито:\n\n> 20 дронів",
    "Sumy -> Kyiv: 12 drones\n> 9 shot down",
    "Losses by 21 May:\n> 300 drones, > 20 missiles",
    "From: Bryansk, 12 drones\nTo: Sumy\nNobody was hurt.",
    "The governor wrote on 21 May:\n\nTwo people were killed.",
    "-----\nTwo people were killed on 21 May.",
]


@pytest.mark.parametrize("body", NO_QUOTES)
def test_arrows_and_comparisons_are_no_quotations(body: str) -> None:
    assert own(mail(body, "Ніч")) == body


FORWARDS = [
    "---------- Forwarded message ---------\n",
    "-------- Перенаправлене повідомлення --------\n",
    "-------- Пересылаемое сообщение --------\n",
    "Begin forwarded message:\n\n",
]
FORWARDED = f"From: Press <p@region.example>\nDate: 21 May 2025\nSubject: Ніч\n\n{OLD}\n"


@pytest.mark.parametrize("mark", FORWARDS)
def test_a_letter_passed_on_is_told_not_dated_anew(mark: str) -> None:
    with pytest.raises(DocumentError, match="nothing but words of another letter"):
        list(parse_mail(mail(f"{mark}{FORWARDED}", "Fwd: Ніч"), "letter"))
    found, problem = parse_mail(mail(f"{NEW}\n\n{mark}{FORWARDED}", "Fwd: Ніч"), "letter")
    assert str(problem).startswith("it passes on words of another letter")
    assert isinstance(found, Document)
    assert OLD not in found.text
    assert NEW in found.text
