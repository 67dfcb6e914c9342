"""Draw docs/gallery.md and its pictures anew: `python scripts/gallery.py`."""

import click

from tally.gallery import write
from tally.settings import ROOT

if __name__ == "__main__":
    for path in write(ROOT / "docs"):
        click.echo(path.relative_to(ROOT))
