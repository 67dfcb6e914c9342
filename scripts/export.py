"""Write claims for the tools of others: `python scripts/export.py --to FORMAT --out PATH`."""

import sys

from tally.exchange.exporting import main

if __name__ == "__main__":
    sys.exit(main())
