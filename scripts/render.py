"""Render briefings: `python scripts/render.py daily --day 2025-05-21`."""

import sys

from tally.render.command import main

if __name__ == "__main__":
    sys.exit(main())
