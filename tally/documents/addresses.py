"""One address of the web, fetched into a file that the readers can read."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from tally.documents.feeds import Limits as Bounds
from tally.documents.feeds import fetch, shown
from tally.documents.formats import kind_of
from tally.documents.limits import Limits
from tally.errors import DocumentError

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def is_address(words: str) -> bool:
    """Tell whether words are an address of the web, and no path.

    >>> is_address("https://example.org/night"), is_address("saved/night.html")
    (True, False)
    """
    return words.lower().startswith(("http://", "https://"))


def without_account(address: str) -> str:
    """Return an address without the user and password in it, which are nobody else's.

    >>> without_account("https://me:secret@example.org/night?p=5")
    'https://example.org/night?p=5'
    """
    scheme, sign, rest = address.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{sign}{host.rpartition('@')[2]}{slash}{path}"


def download(address: str, folder: Path, limits: Limits, *, private: bool = False) -> Path:
    """Return a file of the folder that holds what an address gave, named for what it is."""
    bounds = Bounds(seconds=float(limits.seconds), most_bytes=limits.file_bytes)
    try:
        fetched = fetch(address, private=private, limits=bounds)
    except DocumentError as error:
        msg = str(error).replace("private = true", "--private")
        raise DocumentError(msg) from error
    said = Path(unquote(urlsplit(address).path)).name
    suffix = SUFFIXES.get(fetched.media_type, "")
    if not suffix and kind_of(Path(said)):
        suffix = ".warc.gz" if said.lower().endswith(".warc.gz") else Path(said).suffix.lower()
    if not suffix:
        msg = f"{shown(address)}: it is {fetched.media_type}, which no reader is for"
        raise DocumentError(msg)
    path = folder / f"fetched{suffix}"
    path.write_bytes(fetched.content)
    return path
