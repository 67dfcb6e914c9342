"""Every notebook as it is committed: thin, without outputs, its parameters typed and explained."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
MOST_CELLS = 12


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text(encoding="utf-8"))


def code(notebook: dict[str, Any]) -> list[str]:
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]


def parameters(notebook: dict[str, Any]) -> list[str]:
    tagged = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    return "".join(tagged[0]["source"]).splitlines()


def test_there_is_a_daily_briefing() -> None:
    assert "daily_briefing" in [path.stem for path in NOTEBOOKS]


def test_it_is_thin(notebook: dict[str, Any]) -> None:
    assert len(notebook["cells"]) <= MOST_CELLS
    for source in code(notebook):
        made = {type(node) for node in ast.walk(ast.parse(source))}
        assert not made & {ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.AsyncFunctionDef}


def test_no_outputs_are_kept(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        assert cell["id"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_any_python_runs_it(notebook: dict[str, Any]) -> None:
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["kernelspec"]["display_name"] == "Python 3"
    assert notebook["nbformat"] == 4


def test_parameters_have_type_default_and_help(notebook: dict[str, Any]) -> None:
    for line in parameters(notebook):
        (made,) = ast.parse(line).body
        assert isinstance(made, ast.AnnAssign)
        assert isinstance(made.value, ast.Constant)
        assert re.search(r"  # \w.{10,}$", line)


def test_no_path_of_a_machine(notebook: dict[str, Any]) -> None:
    words = json.dumps(notebook)
    assert not re.search(r"""["' (](/[a-z]+/|[A-Z]:\\|~/)""", words)


def test_only_the_package_is_imported(notebook: dict[str, Any]) -> None:
    for source in code(notebook):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] == "tally"
            if isinstance(node, ast.Import):
                assert all(name.name.split(".")[0] == "tally" for name in node.names)


def test_the_daily_briefing_takes_a_day_and_a_time() -> None:
    (path,) = [path for path in NOTEBOOKS if path.stem == "daily_briefing"]
    lines = parameters(json.loads(path.read_text(encoding="utf-8")))
    assert [line.split(":")[0] for line in lines] == ["day", "as_of", "since", "language"]
