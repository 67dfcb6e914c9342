"""What a notebook's cells will import, read without running them."""

import json
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from tally.render import prefork
from tally.render.environment import environment_lock, imported, kernel_environment
from tally.settings import load_settings

CELLS: list[tuple[str, tuple[str, ...]]] = [
    ("import pandas as pd, json", ("pandas", "json")),
    ("from tally import briefing, chapters", ("tally", "tally.briefing", "tally.chapters")),
    ("from tally.blocks import show", ("tally.blocks", "tally.blocks.show")),
    ("if day:\n    import os.path", ("os.path",)),
    ("%matplotlib inline\nimport numpy\n!ls", ("numpy",)),
    ("import numpy\nimport numpy", ("numpy",)),
    ("from . import near", ()),
    ("'import nothing'  # import this", ()),
    ("import (", ()),
]


def write(folder: Path, content: object) -> Path:
    path = folder / "n.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(("source", "names"), CELLS)
def test_imports_of_cells(source: str, names: tuple[str, ...], tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "import words"},
        {"cell_type": "code", "source": source.splitlines(keepends=True)},
    ]
    assert imported(write(tmp_path, {"cells": cells})) == names


@pytest.mark.parametrize("content", [{}, [], {"cells": [{"cell_type": "code"}]}, "cells"])
def test_what_is_no_notebook_imports_nothing(content: object, tmp_path: Path) -> None:
    assert imported(write(tmp_path, content)) == ()
    assert imported(tmp_path / "nowhere.ipynb") == ()


def test_what_a_server_starts_with_is_no_kernels_environment() -> None:
    """Else two editions at once would start two servers, each with all that notebooks load."""
    settings = load_settings()
    before = kernel_environment(settings)
    with ThreadPoolExecutor(1) as pool:
        with environment_lock, prefork._environment({"PYTHONPATH": "elsewhere"}):
            told = pool.submit(kernel_environment, settings)
            assert wait([told], timeout=0.1).not_done
        assert told.result() == before
