"""Take documents in: `python scripts/collect.py PATH …`."""

import sys

from tally.collecting import main

if __name__ == "__main__":
    sys.exit(main())
