"""Take in a series of other people: `python scripts/import.py FILE … --as NAME`."""

import sys

from tally.exchange.importing import main

if __name__ == "__main__":
    sys.exit(main())
