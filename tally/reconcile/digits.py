"""Numbers that two digits exchanged turn into one another, as a slip of the keys does."""

from tally.language import to_say

EXCHANGED = to_say("two digits exchanged")
LONG_NUMBER = 100  # shorter ones are often another count's digits exchanged


def exchanged(value: int) -> set[int]:
    """Return the numbers that two neighbouring digits make when they change places.

    >>> sorted(exchanged(153))
    [135, 513]
    """
    digits = str(value)
    made = {
        int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        for at in range(len(digits) - 1)
    }
    return made - {value}


def is_slip(one: int, other: int) -> bool:
    """Tell whether one long number may be a slip for another."""
    return min(one, other) >= LONG_NUMBER and other in exchanged(one)
