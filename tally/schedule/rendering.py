"""The process that renders one edition: a job on its standard input, a result in its folder.

It ends when its standard input does: then whoever wanted the edition is gone.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from tally.errors import TallyError
from tally.files import write_whole
from tally.render.edition import render_edition
from tally.render.kernel import end_kernels
from tally.render.run import KernelDied, NotebookFailed
from tally.schedule.product import describe
from tally.schedule.running import RESULT
from tally.settings import load_settings


def main() -> int:
    """Render the job that is told; 0 when there is an edition."""
    signal.signal(signal.SIGTERM, _stop)
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_watch, daemon=True).start()
    folder = Path(job["folder"])
    try:
        result = _render(job, folder)
    except NotebookFailed as error:
        result = _failed("cell", str(error), error.cell)
    except KernelDied as error:
        result = _failed("kernel", str(error))
    except OSError as error:
        result = _failed("system", f"{error.strerror or error} ({error.filename or 'no file'})")
    except TallyError as error:
        result = _failed(_kind(error), str(error))
    write_whole(folder / RESULT, json.dumps(result, ensure_ascii=False))
    return 1 if result["kind"] else 0


def _render(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    settings = load_settings(Path(job["root"]), Path(job["data"]), folder)
    briefing = settings.briefing(job["briefing"])
    edition = render_edition(
        settings, briefing, job["parameters"], job["label"], job["cell_timeout"]
    )
    page = edition.page
    product = describe(page.masthead, page.failures, page.blocks)
    return {
        **_failed("", ""),
        "folder": str(edition.folder.relative_to(folder)),
        "product": product.to_json(),
        "complaints": list(edition.complaints),
    }


def _kind(error: TallyError) -> str:
    """Return what an error of ours came from; only its cause says so."""
    if isinstance(error.__cause__, TimeoutError):
        return "timeout"
    return "system" if isinstance(error.__cause__, OSError) else "failed"


def _failed(kind: str, error: str, cell: int = 0) -> dict[str, Any]:
    told = {"kind": kind, "error": error, "cell": cell}
    return {**told, "folder": "", "product": None, "complaints": []}


def _watch() -> NoReturn:
    """Wait until standard input ends, and end with it, kernels first."""
    sys.stdin.read()
    end_kernels()
    os._exit(1)


def _stop(*_: object) -> NoReturn:
    end_kernels()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
