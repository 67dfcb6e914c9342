"""Verify a briefing that was passed on: `python scripts/verify.py briefing.pdf`, or its HTML.

Exit code: 0 intact, 1 altered, 2 it cannot be read or is no briefing of ours.
"""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tally.errors import RenderError, TallyError
from tally.proof import Carried, judge, make_again, read_html, read_pdf
from tally.settings import load_settings

ALTERED, UNREADABLE = 1, 2
NAMES = {".pdf": "briefing.pdf", ".html": "briefing.html"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="Folder of claims.  [default: data]")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of editions.")
def verify(file: Path, data: Path | None, out: Path | None) -> int:
    """Say whether a briefing is intact, which edition it is and what has changed since."""
    try:
        settings = load_settings(data=data, out=out)
        carried = _read(file.suffix.lower(), file.read_bytes())
    except (TallyError, OSError) as error:
        click.echo(f"{file.name}: {error}", err=True)
        return UNREADABLE
    again = make_again(settings, carried)
    fresh = _read(file.suffix.lower(), again[carried.form]) if again else None
    verdict = judge(settings, carried, fresh)
    click.echo("\n  ".join((f"{file.name}: {verdict.lines[0]}", *verdict.lines[1:])))
    return 0 if verdict.intact else ALTERED


def _read(suffix: str, content: bytes) -> Carried:
    if suffix not in NAMES:
        msg = f"it is neither PDF nor HTML; give one of {', '.join(NAMES.values())}."
        raise RenderError(msg)
    return read_html(content) if suffix == ".html" else _pdf(content)


def _pdf(content: bytes) -> Carried:
    """Return what a PDF says: the files that it carries, and the lines that are seen."""
    try:
        import pikepdf
        import pypdfium2
    except ImportError as error:
        msg = "reading a PDF needs pikepdf and pypdfium2: install Tally with its extra dev."
        raise RenderError(msg) from error
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            files = {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}
        pages = pypdfium2.PdfDocument(content)
        words = [page.get_textpage().get_text_bounded() for page in pages]
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError) as error:
        msg = "it cannot be read as PDF; it may be cut off or locked."
        raise RenderError(msg) from error
    return read_pdf(content, files, tuple(line for page in words for line in page.splitlines()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        code = verify.main(args=arguments, prog_name="verify.py", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return UNREADABLE
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
