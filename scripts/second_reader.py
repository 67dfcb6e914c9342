"""Have a language model read documents too, off by default: `python scripts/second_reader.py`."""

import sys

from tally.second.command import main

if __name__ == "__main__":
    sys.exit(main())
