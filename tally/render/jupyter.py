"""What rendering uses of Jupyter, without what its libraries load for needs that are not ours.

jsonschema would build the grammar of international addresses, which takes longer than a briefing,
and papermill would load pyarrow to reach distant file systems.
"""

import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType

_SPARED = ("rfc3987_syntax", "pyarrow")

__all__ = [
    "CellTimeoutError",
    "DeadKernelError",
    "Exporter",
    "NotebookNode",
    "PapermillException",
    "PapermillExecutionError",
    "ValidationError",
    "execute",
    "load_notebook",
    "parameterize",
    "raise_for_errors",
]


class _Spared:
    """Finds that what is spared is not there: its importers can do without it."""

    @staticmethod
    def find_spec(
        name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Leave every other module to those that can find it."""
        if name in _SPARED:
            raise ModuleNotFoundError(name=name)
        return None


@contextmanager
def _sparing() -> Iterator[None]:
    sys.meta_path.insert(0, _Spared)
    try:
        yield
    finally:
        sys.meta_path.remove(_Spared)


# papermill's own imports still use names that their makers have deprecated.
with _sparing(), warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbconvert.exporters import Exporter
    from nbformat import NotebookNode, ValidationError
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillException, PapermillExecutionError
    from papermill.execute import raise_for_execution_errors
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

# Annotated here because their makers leave them without types.
execute: Callable[..., NotebookNode] = papermill_engines.execute_notebook_with_engine
load_notebook: Callable[[str], NotebookNode] = load_notebook_node
parameterize: Callable[..., NotebookNode] = parameterize_notebook
raise_for_errors: Callable[[NotebookNode, str | None], None] = raise_for_execution_errors
