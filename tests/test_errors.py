"""The errors are the tree that their module draws, and everything of ours raises one of it."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from tally import errors

PACKAGE = Path(errors.__file__).parent
OURS = {name for name, value in vars(errors).items() if inspect.isclass(value)}
BUILT_IN = {"ValueError", "TypeError"}
# What a module raises for itself or for a library to catch, and a user never sees.
INSIDE = {
    "render/jupyter.py": {"ModuleNotFoundError"},
    "render/kernel.py": {"DeadKernelError", "TimeoutError"},
    "render/prefork.py": {"OSError"},
    "render/run.py": {"KernelDied", "NotebookFailed"},
    "schedule/channels.py": {"NotSentError"},
    "schedule/history.py": {"sqlite3.DatabaseError"},
}
CLICK = {"click.UsageError", "click.BadParameter"}


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert sorted([*drawn, "TallyError"]) == sorted(OURS)
    assert all(issubclass(getattr(errors, name), errors.TallyError) for name in OURS)


def test_each_says_what_it_is_for() -> None:
    assert all((getattr(errors, name).__doc__ or "").strip() for name in OURS)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_what_is_raised_is_of_the_tree(path: Path) -> None:
    """ValueError and TypeError are for callers in code; a user sees one of the tree."""
    raised = {
        ast.unparse(node.exc.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    }
    classes = {name for name in raised if name.split(".")[-1][0].isupper()}
    module = str(path.relative_to(PACKAGE))
    assert classes <= OURS | BUILT_IN | CLICK | INSIDE.get(module, set())


def test_nothing_is_swallowed() -> None:
    """An `except` that does nothing hides what went wrong."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert not all(isinstance(each, ast.Pass) for each in node.body), path
