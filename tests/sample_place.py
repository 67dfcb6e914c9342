"""A checkout of its own with a small notebook, for tests that render through the real engine."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import v4

from tally.settings import FILE, ROOT, Settings, load_settings

BRIEFING = """
import os, sys
from pathlib import Path
import tally.blocks as b
b.show(
    b.masthead("Daily briefing", f"Night to {day}", f"as known {as_of}", "1", "en", as_of),
    b.lead([f"{os.environ['TALLY_DATA'] != ''} {Path.cwd().name}"]),
)
print(f"a complaint from {sys.prefix}", file=sys.stderr)
"""
FAILING = "if day == '2025-05-22': raise ValueError(f'no documents for {day}')"


@dataclass(frozen=True)
class Place:
    """A checkout of its own, with a notebook that fails on one day."""

    settings: Settings

    def folder(self, day: str) -> Path:
        return self.settings.out / "daily" / day

    def files(self, day: str) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder(day).iterdir()}


def make_place(tmp_path: Path, last: str = FAILING) -> Place:
    """Return a checkout in a folder; `last` is what the last cell of its notebook does."""
    tmp_path.mkdir(parents=True, exist_ok=True)
    (tmp_path / FILE).write_text((ROOT / FILE).read_text())
    for name in ("notebooks", "data/claims", "data/documents"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "data/claims/2025-05.csv").write_text("id,low\n1,63\n")
    given = v4.new_code_cell("day = ''\nas_of = ''\nsince = ''", metadata={"tags": ["parameters"]})
    cells = [given, v4.new_code_cell(BRIEFING), v4.new_code_cell(last)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "elsewhere", "display_name": "Other"}}
    )
    nbformat.write(notebook, tmp_path / "notebooks/daily_briefing.ipynb")
    return Place(load_settings(tmp_path, data=tmp_path / "data", out=tmp_path / "reports"))
