"""Makes one edition of a briefing and keeps it whole: all of its files, or the last good ones.

The only module that writes to reports/. Knows no claims and no layout.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from tally.errors import RenderError
from tally.house import labels
from tally.render.environment import kernel_environment
from tally.render.html import page_html
from tally.render.jupyter import NotebookNode
from tally.render.manifest import Snapshot, edition_key, products
from tally.render.page import Page, empty_page, failure, labelled, read_page
from tally.render.parameters import check_parameters
from tally.render.pdf import page_pdf
from tally.render.run import TIMEOUT, NotebookFailed, complaints, run_notebook
from tally.settings import Briefing, Settings

HTML, PDF, NOTEBOOK, MANIFEST = "briefing.html", "briefing.pdf", "briefing.ipynb", "manifest.json"
_PDF_LINK = {"rel": "alternate", "href": PDF, "type": "application/pdf"}
_SWAP_ATTEMPTS = 5
_SURELY_DEAD = 3600.0


@dataclass(frozen=True, slots=True)
class Edition:
    """One rendered briefing: its folder, its page, and what its cells complained of on the way."""

    folder: Path
    page: Page
    complaints: tuple[str, ...]


def render_edition(
    settings: Settings,
    briefing: Briefing,
    given: Mapping[str, str],
    label: str = "",
    cell_timeout: int = TIMEOUT,
) -> Edition:
    """Render a briefing into its folder; when it fails, the edition that is there stays.

    The failed document is written beside it, the error on top, and the error raised again.
    `label` stands in the masthead for which edition it is, such as "revision 2".
    """
    parameters = check_parameters(briefing, given)
    folder = settings.out / briefing.name / briefing.edition(parameters)
    failed = folder.with_name(f"{folder.name}.failed")
    environment = kernel_environment(settings)
    done: NotebookNode | None = None
    try:
        done = run_notebook(briefing.notebook, parameters, environment, settings.root, cell_timeout)
        page = labelled(read_page(done, briefing.title), label)
        files = _files(settings, briefing, parameters, done, page)
    except NotebookFailed as error:
        keep(_failed_files(error.notebook, briefing.title), failed)
        raise
    except RenderError as error:
        keep(_failed_files(done, briefing.title, str(error)), failed)
        raise
    keep(files, folder)
    shutil.rmtree(failed, ignore_errors=True)
    return Edition(folder, page, tuple(complaints(done)))


def current_edition(
    settings: Settings, briefing: Briefing, given: Mapping[str, str]
) -> Path | None:
    """Return the folder of the edition that is there, if rendering it again would change nothing.

    An edition of which a file is missing or was changed is not current.
    """
    parameters = check_parameters(briefing, given)
    folder = settings.out / briefing.name / briefing.edition(parameters)
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        kept = all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for name, digest in manifest["products"].items()
        )
        same = manifest["key"] == edition_key(settings, briefing, parameters)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return folder if kept and same else None


def keep(files: Mapping[str, bytes], folder: Path) -> None:
    """Put files in a folder, replacing what was there, all of them or none."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _recover(folder)
        aside = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        msg = f"reports cannot be written to {folder.parent} ({error.strerror}); give --out DIR."
        raise RenderError(msg) from error
    try:
        fresh = aside / "fresh"
        fresh.mkdir()
        for name, content in files.items():
            _write(fresh / name, content)
        _swap(fresh, folder, aside)
    except OSError as error:
        msg = f"{folder} could not be written ({error.strerror}); what was there is unchanged."
        raise RenderError(msg) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _files(
    settings: Settings,
    briefing: Briefing,
    parameters: Mapping[str, str | int],
    notebook: NotebookNode,
    page: Page,
) -> dict[str, bytes]:
    """Return every file of an edition; the PDF carries what it was made from."""
    made_from = Snapshot(settings).sources(briefing, parameters, page)
    manifest = {
        "kind": "attach",
        "name": MANIFEST,
        "mime": "application/json",
        "text": _json(made_from).decode(),
        "description": labels(page.masthead["lang"])["manifest"],
    }
    files = {
        HTML: page_html(page, (_PDF_LINK,), manifest["text"]).encode(),
        PDF: page_pdf(page, (manifest,)),
        NOTEBOOK: _notebook_bytes(notebook),
    }
    return {**files, MANIFEST: _json(products(made_from, files, dt.datetime.now(dt.UTC)))}


def _failed_files(notebook: NotebookNode | None, title: str, words: str = "") -> dict[str, bytes]:
    """Return the document of a failed run, with what was done until then below the error."""
    page = empty_page(title)
    if notebook is not None:
        # What is wrong with the page is said in `words`.
        with contextlib.suppress(RenderError):
            page = read_page(notebook, title)
    failures = (failure(words), *page.failures) if words else page.failures
    shown = Page(page.masthead, failures, page.blocks, page.attachments)
    files = {HTML: page_html(shown).encode()}
    return {**files, NOTEBOOK: _notebook_bytes(notebook)} if notebook is not None else files


def _notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return the notebook as a line a cell: indented, it takes half as long as the cells do."""
    cells, rest = notebook["cells"], {key: notebook[key] for key in notebook if key != "cells"}
    lines = ",\n".join(_line(cell) for cell in cells)
    return f'{{"cells": [\n{lines}\n],\n{_line(rest)[1:]}\n'.encode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _recover(folder: Path) -> None:
    """Put back what a run left aside that was killed between its two renames; sweep the rest."""
    for aside in folder.parent.glob(f".{folder.name}.*"):
        dead = time.time() - aside.stat().st_mtime > _SURELY_DEAD
        for former in aside.glob("former-*"):
            if not folder.exists():
                former.rename(folder)
        if dead:
            shutil.rmtree(aside, ignore_errors=True)


def _swap(fresh: Path, folder: Path, aside: Path) -> None:
    """Rename the fresh folder into place; another process may be doing the same."""
    aside.chmod(0o755)
    for attempt in range(_SWAP_ATTEMPTS):
        former = aside / f"former-{attempt}"
        try:
            if folder.exists():
                folder.rename(former)
            fresh.rename(folder)
        except OSError:
            if former.exists() and not folder.exists():
                former.rename(folder)
            if attempt == _SWAP_ATTEMPTS - 1:
                raise
        else:
            return
