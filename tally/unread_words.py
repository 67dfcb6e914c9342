"""What a claims audit says of what could not be read, what claims lack and what checks found.

Counts nothing itself.
"""

from tally.audit import Audit, Unread
from tally.hosts import publisher
from tally.imprint import NAMELESS, printed_by
from tally.language import say, to_say
from tally.model import Document, Finding
from tally.wording import capital, grouped, known_words, listed

# The reasons that the grammar gives to look again, as claims carry them.
REASONS = (
    to_say("date from publication only"),
    to_say("date from the text as a whole"),
    to_say("attribution carried over from an earlier sentence"),
    to_say("its sentence goes on without an end: the rest was not read"),
    to_say("its sentence is so long that it was read in pieces"),
)
CHECKS = {
    "contradictions": to_say("Claims that contradict each other"),
    "parts_exceed_total": to_say("Parts that exceed their total"),
    "fates_exceed_launched": to_say("More accounted for than launched"),
    "cumulative_falls": to_say("Running totals that fall"),
    "days_exceed_total": to_say("Nights that exceed the total of their days"),
    "regions_exceed_total": to_say("Regions that exceed the total of their country"),
    "steps_disagree": to_say("Days that do not fit the running totals"),
    "two_tolls": to_say("Two tolls of one claimant in one document"),
}


def missing_rows(made: Audit) -> list[tuple[str, str]]:
    """Return what claims do not say and the reasons to look again, with how many."""
    unread = made.unread
    again = to_say("Look again: {reason}")
    rows = [
        (say("Nobody is named who says it"), unread.nobody),
        (say("People hurt, and no place is named"), unread.nowhere),
        (say("No day can be told (in no briefing)"), unread.undated),
        *(
            (say(again, reason=say(reason) if reason in REASONS else reason), many)
            for reason, many in unread.reasons.items()
        ),
    ]
    return [(what, grouped(many)) for what, many in rows]


def check_words(check: str) -> str:
    """Name a check in words."""
    return say(CHECKS[check]) if check in CHECKS else capital(check.replace("_", " "))


def document_words(document: Document) -> str:
    """Name a document."""
    title = document.title or document.id
    return ", ".join(filter(None, [title, printed_by(publisher(document)), _published(document)]))


def _published(document: Document) -> str:
    return known_words(document.published) if document.published else ""


def finding_words(made: Audit, finding: Finding) -> str:
    """Set the sentence of a finding, its documents named by who printed them."""
    told = finding.sentence.replace("'", "’")
    documents = made.review.days[0].night.documents
    for name in finding.where.split(", "):
        document = documents.get(name)
        if document and document.publisher not in NAMELESS:
            told = told.replace(name, f"{publisher(document)} ({_published(document)})")
    return capital(told)


def unread_sentence(unread: Unread) -> str:
    """Say whether documents gave no claim or were refused."""
    silent, refused = len(unread.silent), len(unread.refused)
    if not silent and not refused:
        message = to_say("All {n} {n:document|documents} of the corpus were read.")
        return say(message, n=unread.documents)
    said = [say("{n} {n:document|documents} without a claim", n=silent)] * bool(silent)
    said += [say("{n} {n:document|documents} refused", n=refused)] * bool(refused)
    return say("Not read: {documents}.", documents=listed(said))
