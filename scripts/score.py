"""Score the extractor against labelled claims: `python scripts/score.py [--against REV]`."""

import sys

from tally.measure import main

if __name__ == "__main__":
    sys.exit(main())
