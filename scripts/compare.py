"""Set a series that was taken in beside our figures: `python scripts/compare.py NAME`."""

import sys

from tally.exchange.comparing import main

if __name__ == "__main__":
    sys.exit(main())
