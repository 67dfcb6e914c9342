"""JupyterLab's jobs: our formats are offered and made, parameters checked, failures kept."""

import warnings
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat import v4
from sample_place import BRIEFING

from tally.errors import ParameterError
from tally.render.run import NotebookFailed

with warnings.catch_warnings():
    # What jupyter-scheduler itself imports is deprecated here and there.
    warnings.simplefilter("ignore")
    pytest.importorskip("jupyter_scheduler", reason="needs the extra scheduler")
    from jupyter_scheduler.extension import SchedulerApp

    from tally.render import jobs


def job(folder: Path, name: str, last: str, **parameters: str) -> jobs.BriefingExecutionManager:
    cells = [
        v4.new_code_cell("day = ''\nas_of = ''", metadata={"tags": ["parameters"]}),
        v4.new_code_cell(BRIEFING),
        v4.new_code_cell(last),
    ]
    path = folder / name
    nbformat.write(v4.new_notebook(cells=cells), path)
    staged = {form: str(folder / f"made.{form}") for form in jobs.FORMATS} | {"input": str(path)}
    manager = jobs.BriefingExecutionManager("job", str(folder), "sqlite://", staged)
    manager._model = SimpleNamespace(
        input_filename=name, parameters=parameters, output_formats=list(jobs.FORMATS)
    )
    return manager


def test_every_format_is_made(tmp_path: Path) -> None:
    job(tmp_path, "daily_briefing.ipynb", "", day="2025-05-21").execute()
    assert b"Night to 2025-05-21" in (tmp_path / "made.html").read_bytes()
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")
    assert nbformat.read(tmp_path / "made.ipynb", as_version=4).cells


def test_a_failure_leaves_its_documents(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match="ValueError: no"):
        job(tmp_path, "mine.ipynb", "raise ValueError('no')", day="soon").execute()
    assert b"ValueError: no" in (tmp_path / "made.html").read_bytes()


def test_parameters_are_those_of_the_briefing(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="day must be a date"):
        job(tmp_path, "daily_briefing.ipynb", "", day="soon").execute()
    assert jobs._parameters("daily_briefing.ipynb", {"day": "'2025-05-21'"})["day"] == "2025-05-21"


def test_the_dialog_is_told_of_our_formats() -> None:
    (environment,) = jobs.BriefingEnvironmentManager().list_environments()
    assert environment.output_formats == list(jobs.FORMATS)
    app = SchedulerApp(environment_manager_class="tally.render.jobs.BriefingEnvironmentManager")
    assert app.environment_manager_class is jobs.BriefingEnvironmentManager
    assert jobs.BriefingEnvironmentManager().output_formats_mapping() == jobs.FORMATS
