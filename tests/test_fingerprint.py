"""What reading depends on: all of it is in the fingerprint, and it is all our own."""

import ast
import sys
from pathlib import Path

from tally import fingerprint
from tally.fingerprint import MODULES, PACKAGE, files


def imported(path: Path) -> set[str]:
    """Return the dotted names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_modules_are_all_that_reading_imports() -> None:
    """A module that is left out could change a claim and leave an old one in the ledger."""
    needed, left = set(), {"extract", "ledger"}
    while left:
        name = left.pop()
        needed.add(name)
        path = PACKAGE / name
        paths = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
        names = {name for path in paths for name in imported(path)}
        ours = {name.split(".")[1] for name in names if name.startswith("tally.")}
        left |= ours - needed
        theirs = {name.split(".")[0] for name in names} - {"tally"} - sys.stdlib_module_names
        assert theirs <= {"pyarrow"}, f"{name}: its version must enter the fingerprint"
    assert needed == set(MODULES)


def test_code_changes_the_fingerprint(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(fingerprint, "PACKAGE", tmp_path)
    (tmp_path / "a.py").write_text("FIRST = 1\n")
    first = fingerprint._digest([tmp_path / "a.py"])
    (tmp_path / "a.py").write_text("FIRST = 2\n")
    assert fingerprint._digest([tmp_path / "a.py"]) != first


def test_every_grammar_file_is_in_it() -> None:
    held = set(files())
    assert set((PACKAGE / "grammar").rglob("*.py")) <= held
    assert all(path.is_file() for path in held)
