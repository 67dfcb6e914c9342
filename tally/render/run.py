"""Runs a notebook with papermill, apart from the machine it runs on. Renders and keeps nothing."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager

from tally.errors import RenderError, SettingsError
from tally.render.environment import imported
from tally.render.jupyter import (
    CellTimeoutError,
    DeadKernelError,
    NotebookNode,
    PapermillException,
    PapermillExecutionError,
    ValidationError,
    execute_notebook,
    read,
)
from tally.render.kernel import kernels, last_words
from tally.settings import FILE

TIMEOUT = 600
FAILED = "papermill-error-cell-tag"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class NotebookFailed(RenderError):
    """A cell raised; `notebook` is what had been done until then, `cell` counts from 1."""

    def __init__(self, message: str, notebook: NotebookNode, cell: int) -> None:
        """Keep the notebook, so that the failed document can be written."""
        super().__init__(message)
        self.notebook, self.cell = notebook, cell


class KernelDied(RenderError):
    """The kernel was ended from outside, such as by the system for want of memory."""


def run_notebook(
    source: Path,
    parameters: Mapping[str, str | int],
    environment: Mapping[str, str],
    folder: Path,
    cell_timeout: int = TIMEOUT,
) -> NotebookNode:
    """Return the notebook executed with parameters, without a path or clock of this run.

    No cell may take longer than `cell_timeout` seconds.
    """
    if not source.is_file():
        msg = f"{source.parent.name}/ has no {source.name}; correct `notebook` in {FILE}."
        raise SettingsError(msg)
    with kernels(environment, imported(source)) as kernel:
        written = kernel.folder / "executed.ipynb"
        try:
            done = _executed(source, written, parameters, kernel, folder, cell_timeout)
            return _anonymous(done, folder)
        except PapermillExecutionError as error:
            raise _failed(source, error, written, folder) from error
        except DeadKernelError as error:
            msg = f"{source.name}: the kernel died. {last_words(kernel)}".strip()
            raise KernelDied(msg) from error
        except CellTimeoutError as error:
            msg = f"{source.name}: a cell took longer than {cell_timeout} s and was stopped."
            raise RenderError(msg) from error
        except (PapermillException, ValidationError, OSError, RuntimeError, ValueError) as error:
            said = (str(error).strip() or type(error).__name__).splitlines()[0]
            msg = f"{source.name} could not be run: {said} {last_words(kernel)}".strip()
            raise RenderError(msg) from error


def complaints(notebook: NotebookNode) -> list[str]:
    """Return what cells wrote to stderr: for whoever renders, not for readers."""
    return [
        output.text.strip()
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]


def _executed(
    source: Path,
    written: Path,
    parameters: Mapping[str, str | int],
    kernel: type[AsyncKernelManager],
    folder: Path,
    cell_timeout: int,
) -> NotebookNode:
    return execute_notebook(
        # papermill fills in {names} in a path; ours are meant as they are.
        str(source).replace("{", "{{").replace("}", "}}"),
        str(written).replace("{", "{{").replace("}", "}}"),
        dict(parameters),
        kernel_name="python3",
        language="python",
        progress_bar=False,
        request_save_on_cell_execute=False,
        execution_timeout=cell_timeout,
        # What a kernel does when it is asked to end is for nobody, and takes a tenth of a second.
        shutdown_kernel="immediate",
        kernel_manager_class=kernel,
        resources={"metadata": {"path": str(folder)}},
    )


def _failed(
    source: Path, error: PapermillExecutionError, written: Path, folder: Path
) -> NotebookFailed:
    """Return the failure in one line, with the notebook that shows where it happened."""
    notebook = _anonymous(read(written, as_version=4), folder)
    said = _elsewhere(f"{error.ename}: {error.evalue}", folder).splitlines()[0]
    return NotebookFailed(
        f"{source.name}, cell {error.cell_index + 1}: {said}", notebook, error.cell_index + 1
    )


def _anonymous(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Return the notebook without paths, times and random ids, so that equal runs are equal."""
    kept = dict(notebook.metadata.get("papermill", {}).get("parameters", {}))
    notebook.metadata["papermill"] = {"parameters": kept}
    notebook.cells = [
        cell for cell in notebook.cells if FAILED not in cell.metadata.get("tags", [])
    ]
    for number, cell in enumerate(notebook.cells, start=1):
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"given-parameters-{number}"
        for output in cell.get("outputs", []):
            _anonymise(output, folder)
    return notebook


def _anonymise(output: NotebookNode, folder: Path) -> None:
    """Take the paths of this machine out of what a failing or warning cell printed."""
    if output.output_type == "stream":
        output["text"] = _elsewhere(output.text, folder)
    if output.output_type == "error":
        output["evalue"] = _elsewhere(output.evalue, folder)
        output["traceback"] = [_elsewhere(line, folder) for line in output.traceback]


def _elsewhere(words: str, folder: Path) -> str:
    """Return words without colours and with the folders of this machine left out."""
    bare = _COLOURS.sub("", words)
    places = (str(folder), sys.prefix, sys.base_prefix, str(Path.home()))
    for place in sorted(filter(lambda place: len(place) > 1, places), key=len, reverse=True):
        bare = bare.replace(place, "…")
    return bare
