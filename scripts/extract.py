"""Read documents into claims: `python scripts/extract.py [FILE …]`."""

import sys

from tally.reader import main

if __name__ == "__main__":
    sys.exit(main())
