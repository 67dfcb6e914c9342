"""The files in what a user points at: a file, or a folder with all that is in it.

Links are not followed out of a folder, and nothing is opened that is no regular file.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from tally.errors import DocumentError

PAGE_PARTS = ("_files", ".files")  # what a browser saves beside a page


def files_in(path: Path) -> Iterator[Path | DocumentError]:
    """Yield the files of a path in a fixed order, and each thing that is not to be opened.

    Hidden files and the parts that browsers save beside a page are passed over.
    """
    if not path.exists():
        yield DocumentError(f"{path}: not there; check the name")
    elif path.is_dir():
        yield from _below(path)
    elif path.is_file():
        yield path
    else:
        yield DocumentError(f"{path}: no regular file; copy what it gives into one")


def _below(root: Path) -> Iterator[Path | DocumentError]:
    inside = root.resolve()
    refused: list[DocumentError] = []
    for folder, folders, names in os.walk(root, onerror=lambda e: refused.append(_unreadable(e))):
        while refused:
            yield refused.pop(0)
        here = Path(folder)
        for name in folders:
            if (here / name).is_symlink() and not (here / name).resolve().is_relative_to(inside):
                yield _leads_out(here / name)
        folders[:] = sorted(name for name in folders if not _passed_over(here, name, names))
        for name in sorted(names):
            yield from _file(here / name, inside)
    yield from refused


def _file(path: Path, inside: Path) -> Iterator[Path | DocumentError]:
    if path.name.startswith("."):
        return
    if path.is_symlink():
        # What a link inside the folder leads to is met by its own name.
        if not path.exists():
            yield DocumentError(f"{path}: a link to nothing; remove it")
        elif not path.resolve().is_relative_to(inside):
            yield _leads_out(path)
    elif path.is_file():
        yield path
    else:
        yield DocumentError(f"{path}: no regular file; it is not opened")


def _passed_over(folder: Path, name: str, names: list[str]) -> bool:
    page = next((name.removesuffix(end) for end in PAGE_PARTS if name.endswith(end)), "")
    saved = page and any(each.startswith(f"{page}.") for each in names)
    return bool(name.startswith(".") or (folder / name).is_symlink() or saved)


def _leads_out(path: Path) -> DocumentError:
    return DocumentError(
        f"{path}: a link out of the folder, to {path.resolve()}; it is not followed: name it itself"
    )


def _unreadable(error: OSError) -> DocumentError:
    return DocumentError(f"{error.filename}: cannot be looked into ({error.strerror})")
