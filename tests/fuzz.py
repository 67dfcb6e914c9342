"""Break the readers and the grammar: `python tests/fuzz.py --seconds 60`.

Each round damages a real file of a format, or makes a text of pieces that the grammar knows, and
asks what must always hold (tests/fuzzing.py). What fails is printed with the bytes that did it,
shrunk: it becomes a case of tests/test_fuzz.py. Exit code 0 when nothing failed, 1 otherwise.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from fuzzing import (
    SEEDS,
    SERIES,
    damaged,
    damaged_rows,
    imports_or_tells,
    reads_or_tells,
    text_holds,
    texts,
)
from hypothesis import HealthCheck, given, seed, settings

GRAMMAR = "the grammar"
ROUND = settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def target(name: str, folder: Path) -> Callable[[], None]:
    """Return a run of some examples against one reader, one series, or the grammar."""
    if name == GRAMMAR:
        return ROUND(given(texts())(lambda made: text_holds(*made)))
    if name in SERIES:
        made = damaged_rows(SERIES[name])
        return ROUND(given(made)(lambda content: imports_or_tells(name, content, folder)))
    return ROUND(given(damaged(SEEDS[name]))(lambda made: reads_or_tells(name, made, folder)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run rounds over all targets in turn until the time is over; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long; default 60")
    parser.add_argument("--seed", type=int, default=None, help="to run the same again")
    parser.add_argument("--only", choices=[*SEEDS, *SERIES, GRAMMAR], help="one target")
    asked = parser.parse_args(arguments)
    start = asked.seed if asked.seed is not None else random.randrange(1 << 32)
    names = [asked.only] if asked.only else [GRAMMAR, *SEEDS, *SERIES]
    end, rounds, broken = time.monotonic() + asked.seconds, Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        number = 0
        while time.monotonic() < end:
            name = names[number % len(names)]
            try:
                seed(start + number)(target(name, Path(folder)))()
            except Exception:  # whatever it is, it is what is looked for
                broken[name] += 1
                sys.stderr.write(f"{name}, --seed {start + number} --only '{name}':\n")
                traceback.print_exc()
            rounds[name] += 1
            number += 1
    told = ", ".join(f"{count} {name}" for name, count in rounds.items())
    sys.stdout.write(
        f"{sum(rounds.values())} rounds of {ROUND.max_examples} ({told}), seed {start}.\n"
    )
    sys.stdout.write(f"{sum(broken.values())} failed.\n" if broken else "Nothing broke.\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
