"""Capitals that mean a government: "Moscow said", "as Moscow intensified its strikes"."""

from collections.abc import Sequence

from tally.grammar.cues import cues
from tally.grammar.explosions import plural_blow
from tally.grammar.marks import Mark


def is_metonym(before: Mark | None, after: Mark | None) -> bool:
    """Tell whether a capital means its government by the words beside it: "Kyiv said"."""
    if before is not None and before.low in OF_A_PLACE:
        return False
    if after is None:
        return False
    opens = before is not None and (before.low in cues("opens_clause") or plural_blow(before))
    acts = opens and _acts(after)  # "strikes Moscow ordered"
    told = acts or after.is_a("report", "aux", "launched") or after.text.startswith("'")
    return told or before is None


def _acts(mark: Mark) -> bool:
    """Tell whether a word is what a government does: "as Moscow intensified its strikes"."""
    return mark.tag == "word" and mark.text.islower() and mark.text.endswith(("ed", "s"))


def was_struck(behind: Sequence[Mark]) -> bool:
    """Tell whether a capital is what was struck: "Kyiv was hit", "Moscow has been attacked"."""
    passive = [i for i, mark in enumerate(behind[:-1]) if mark.low.endswith(PASSIVE)]
    struck = behind[passive[-1] + 1] if passive and passive[-1] < 2 else None
    return struck is not None and (
        struck.event == "hit" or (struck.event == "launched" and struck.text.endswith("ed"))
    )


PASSIVE = ("was", "were", "been", "being")
OF_A_PLACE = {
    "in", "on", "over", "near", "at", "around", "outside", "of", "toward", "towards",
    "across", "into", "central", "for", "above", "hit", "hitting", "struck", "within",
    "southern", "western", "eastern", "northern", "approaching", "headed", "to", "targeting",
    "against",
}  # fmt: skip
