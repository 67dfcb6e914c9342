"""The words of a piece of HTML that is all text: a letter, an entry of a feed."""

from tally.documents.quoted import drop_quotes
from tally.documents.stating import needs_extra, printable, tidy

_BLOCKS = (
    *("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
    *("section", "article", "header", "footer", "table", "ul", "ol", "figcaption"),
)
_HIDDEN = ("script", "style", "head", "title", "template", "noscript", "svg")


def words_in(html: str, *, letter: bool = False) -> str:
    """Return the words of HTML, each block on a line of its own; of a letter, without its quotes.

    >>> words_in("<p>Two people <b>died</b>.</p><p>Nobody else &amp; nothing.</p>")
    'Two people died.\\nNobody else & nothing.'
    """
    try:
        import lxml.html
        from lxml.etree import LxmlError
    except ImportError as error:
        what = "HTML"
        raise needs_extra(what, error) from error
    if not html.strip():
        return ""
    plain = html.replace("\0", "").encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(plain, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError, AssertionError):
        return ""  # only comments and signs: there are no words in it
    if letter:
        drop_quotes(tree)
    for hidden in list(tree.iter(*_HIDDEN)):
        hidden.drop_tree()
    for cell in tree.iter("td", "th"):
        if cell.getnext() is not None:
            cell.tail = f", {printable(cell.tail or '').lstrip()}"
    for block in tree.iter(*_BLOCKS):
        block.text = f"\n{printable(block.text or '')}"
        block.tail = f"\n{printable(block.tail or '')}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return tidy("\n".join(line for line in lines if line))
