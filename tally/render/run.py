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
    execute,
    load_notebook,
    parameterize,
    raise_for_errors,
)
from tally.render.kernel import kernels, last_words
from tally.settings import FILE

TIMEOUT = 600
FAILED = "papermill-error-cell-tag"
_KERNEL, _LANGUAGE = "python3", "python"
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
        try:
            done = _executed(_given(source, parameters), kernel, folder, cell_timeout)
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
    return _checked(source, done, folder)


def complaints(notebook: NotebookNode) -> list[str]:
    """Return what cells wrote to stderr: for whoever renders, not for readers."""
    return [
        output.text.strip()
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]


def _given(source: Path, parameters: Mapping[str, str | int]) -> NotebookNode:
    """Return the notebook with the cell that sets its parameters."""
    read = load_notebook(str(source))
    if not parameters:
        return read
    return parameterize(read, dict(parameters), kernel_name=_KERNEL, language=_LANGUAGE)


def _executed(
    notebook: NotebookNode, kernel: type[AsyncKernelManager], folder: Path, cell_timeout: int
) -> NotebookNode:
    """Return the notebook as papermill runs it; its command would also write it, twice."""
    return execute(
        None,
        notebook,
        kernel_name=_KERNEL,
        progress_bar=False,
        execution_timeout=cell_timeout,
        # What a kernel does when it is asked to end is for nobody, and takes a tenth of a second.
        shutdown_kernel="immediate",
        # Nobody asks a kernel that is gone after its notebook for what was typed before.
        ipython_hist_file="",
        extra_arguments=["--HistoryManager.enabled=False"],
        kernel_manager_class=kernel,
        resources={"metadata": {"path": str(folder)}},
    )


def _checked(source: Path, done: NotebookNode, folder: Path) -> NotebookNode:
    """Return the notebook if no cell of it failed; else the failure is told in one line."""
    try:
        raise_for_errors(done, None)
    except PapermillExecutionError as error:
        said = _elsewhere(f"{error.ename}: {error.evalue}", folder).splitlines()[0]
        cell = error.cell_index + 1
        msg = f"{source.name}, cell {cell}: {said}"
        raise NotebookFailed(msg, _anonymous(done, folder), cell) from error
    return _anonymous(done, folder)


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
