"""Copy the charts of a briefing out: `python scripts/charts.py reports/daily/2025-05-25`."""

import sys

from tally.render.copies import main

if __name__ == "__main__":
    sys.exit(main())
