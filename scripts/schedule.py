"""Have briefings appear by themselves: `python scripts/schedule.py check`, then `install`."""

import sys

from tally.schedule.command import main

if __name__ == "__main__":
    sys.exit(main())
