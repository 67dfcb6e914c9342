"""What kernels see of this machine, and what they will import. Starts and renders nothing."""

import ast
import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from tally.settings import DATA_VARIABLE, Settings

# The same seed for the same bytes; one thread because briefings are small; pydevd's warning about
# frozen modules concerns debuggers only.
QUIET = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
# The environment of this process and the folder of multiprocessing's sockets are changed while the
# process starts that kernels are forked from; whoever reads them meanwhile holds this.
environment_lock = threading.RLock()
_MAGIC = re.compile(r"^\s*[%!?].*$", re.M)


def kernel_environment(settings: Settings) -> dict[str, str]:
    """Return what a kernel's environment has besides ours: the data, this very package first."""
    package = Path(__file__).resolve().parents[2]
    with environment_lock:
        path = os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH", "")]))
    return {DATA_VARIABLE: str(settings.data), "PYTHONPATH": path}


def imported(notebook: Path) -> tuple[str, ...]:
    """Return the modules that the cells of a notebook import; none if it cannot be read."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(dict.fromkeys(name for source in sources for name in _names(source)))


def _names(source: str) -> Iterator[str]:
    """Give each name that may be a module: `from a import b` means a, and perhaps a.b."""
    try:
        tree = ast.parse(_MAGIC.sub("", source))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
