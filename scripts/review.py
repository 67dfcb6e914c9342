"""Decide about claims in the terminal: `python scripts/review.py --author NAME`."""

import sys

from tally.deciding import main

if __name__ == "__main__":
    sys.exit(main())
