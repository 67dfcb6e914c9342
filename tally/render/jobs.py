"""Our HTML and PDF in the dialog *Create Notebook Job* of JupyterLab (extra `scheduler`).

jupyter-scheduler asks an environment manager which formats there are and has an execution manager
make them. Nothing else of ours imports this.
"""

import os
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from tally.render.html import page_html
from tally.render.page import Page, read_page
from tally.render.parameters import check_parameters
from tally.render.pdf import page_pdf
from tally.render.run import NotebookFailed, run_notebook
from tally.settings import DATA_VARIABLE, load_settings

# jupyter-scheduler's tables still use what SQLAlchemy has deprecated.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from jupyter_scheduler.environments import EnvironmentManager
    from jupyter_scheduler.executors import DefaultExecutionManager
    from jupyter_scheduler.models import RuntimeEnvironment

# Annotated here because nbformat leaves its functions without types.
_writes: Callable[[NotebookNode], str] = nbformat.writes
# The name of a format is also the ending of its file.
FORMATS = {"html": "Briefing (HTML)", "pdf": "Briefing (PDF)", "ipynb": "Notebook"}


class BriefingEnvironmentManager(EnvironmentManager):
    """Offers the environment that JupyterLab runs in, with our formats."""

    def list_environments(self) -> list[RuntimeEnvironment]:
        """Return the one environment that there is."""
        return [
            RuntimeEnvironment(
                name="tally",
                label="Tally",
                description=f"The environment of Tally: {sys.prefix}",
                file_extensions=["ipynb"],
                output_formats=list(FORMATS),
                metadata={"path": sys.executable},
            )
        ]

    def manage_environments_command(self) -> str:
        """Return nothing: there is one environment, and `make` looks after it."""
        return ""

    def output_formats_mapping(self) -> dict[str, str]:
        """Return what each format is called in the dialog."""
        return dict(FORMATS)


class BriefingExecutionManager(DefaultExecutionManager):
    """Runs a notebook as `scripts/render.py` does, and writes the formats that were asked for."""

    def execute(self) -> None:
        """Run the job; one that fails leaves its documents too, the error on top."""
        source = Path(self.staging_paths["input"])
        settings = load_settings()
        environment = {DATA_VARIABLE: os.environ.get(DATA_VARIABLE) or str(settings.data)}
        given = _parameters(self.model.input_filename, self.model.parameters or {})
        try:
            done = run_notebook(source, given, environment, settings.root)
        except NotebookFailed as error:
            self.create_output_files(self.model, error.notebook)
            raise
        self.create_output_files(self.model, done)

    def create_output_files(self, job: Any, notebook_node: NotebookNode) -> None:
        """Write each format of a job to the place that the scheduler has for it."""
        page = read_page(notebook_node, Path(job.input_filename).stem)
        for form in job.output_formats:
            Path(self.staging_paths[form]).write_bytes(_written(form, page, notebook_node))


def _written(form: str, page: Page, notebook: NotebookNode) -> bytes:
    if form == "pdf":
        return page_pdf(page)
    return (page_html(page) if form == "html" else _writes(notebook)).encode()


def _parameters(name: str, given: Mapping[str, object]) -> dict[str, str | int]:
    """Return parameters as the notebook takes them; those of a briefing of ours are checked."""
    words = {key: str(value).strip("'\"") for key, value in given.items()}
    stem = Path(name).stem
    for briefing in load_settings().briefings:
        if briefing.notebook.stem == stem:
            return check_parameters(briefing, words)
    return dict(words)
