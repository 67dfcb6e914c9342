"""The sentences on how a total is split by region, and what of it is not located."""

from tally.language import say, to_say
from tally.names import Names
from tally.prose.phrases import MINUS, in_window, who
from tally.series import Share, Split
from tally.wording import says, sign, words


def split_title(split: Split, names: Names) -> str:
    """State how much of a total is located, and where most of it."""
    subject = who(split.voice)
    most = tuple(f"{share_name(share, names)} ({sign(share.count)})" for share in split.shares[:2])
    message = to_say("{subject!c} {locates} {located} of {total} drones{when}, most over {most}")
    if split.unlocated == 0:
        message = to_say("{subject!c} {locates} all {total} drones{when}, most over {most}")
    if len(split.shares) == 1:
        most = (share_name(split.shares[0], names),)
        message = to_say("{subject!c} {locates} {located} of {total} drones{when}, over {most}")
    return say(
        message,
        subject=subject,
        locates=says(subject, "locates", "locate"),
        located=split.stated,
        total=split.total,
        when=in_window(split.window),
        most=most,
    )


def share_place(share: Share, names: Names) -> str:
    """Return how a region of a split is called where it stands alone."""
    known = all(code in names.regions for code in share.admin1)
    place = "" if share.admin1 and known else share.place
    return names.place(place, share.admin1)


def share_name(share: Share, names: Names) -> str:
    """Return how a region of a split is called in a sentence."""
    called = share_place(share, names)
    return f"the {called}" if "Sea" in called.split() else called


def split_sum(split: Split) -> str:
    """Show how the located parts and the rest make the total."""
    terms = " + ".join(words(share.count) for share in split.shares)
    result = f" = {words(split.stated)}" if len(split.shares) > 1 else ""
    slots = {"sum": f"{terms}{result}", "total": split.total}
    if split.unlocated is None:
        return say(
            "Located: {sum}; the total is given as {total}, so no remainder is computed.", **slots
        )
    if not split.unlocated:
        return say("Located: {sum}, all of the {total}.", **slots)
    return say(
        "Located: {sum}. Not located: {total}{minus}{located} = {rest}.",
        minus=MINUS,
        located=split.located,
        rest=split.unlocated,
        **slots,
    )
