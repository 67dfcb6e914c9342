"""data/imports/NAME: the files of a series as received, its origin, and the claims made of them.

A ledger beside the ledger: as pure a function of its files as the ledger is of the documents, and
never part of it. Rebuilding gives the same bytes.
"""

import datetime as dt
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from tally.documents.limits import load_limits
from tally.errors import ExchangeError
from tally.exchange.imported import Imported, Intake, Progress
from tally.exchange.kinds import Kind, kind_of
from tally.exchange.sheets import Sheet, read_sheet
from tally.files import write_whole
from tally.ledger import load_ledger, save_ledger
from tally.model import Claim, Finding

FOLDER, FILES, EARLIER = "imports", "received", "earlier"
ORIGIN, CLAIMS, FINDINGS = "origin.toml", "claims", "findings.jsonl"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a series comes from, as said when it was taken in; `sha256` by name of its files."""

    name: str
    kind: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    received: str = ""
    sha256: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A series that was taken in."""

    origin: Origin
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Revision:
    """How a series differs from what was received before: claims by what they are about."""

    came: int
    went: int
    changed: tuple[tuple[Claim, Claim], ...]


def take_in(
    files: Sequence[Path],
    origin: Origin,
    data: Path,
    progress: Progress = iter,
    *,
    renew: bool = False,
) -> tuple[Series, Revision | None]:
    """Keep the files of a series and make claims of them; say what changed since the last time.

    Changed files of a name that is taken are refused unless `renew`; what was there before is
    kept under `earlier/`.
    """
    folder = _folder(data, origin.name)
    sheets = _sheets(files, data)
    kind = kind_of(sheets.values(), origin.kind)
    contents = {path.name: path.read_bytes() for path in files}
    digests = tuple(sorted((name, _sha256(content)) for name, content in contents.items()))
    before = load_series(data, origin.name) if (folder / ORIGIN).exists() else None
    if before and before.origin.sha256 != digests and not renew:
        msg = (
            f"{origin.name}: other files were taken in under this name on "
            f"{before.origin.received}.\n  Say --renew to put these in their place (the others are "
            "kept), or give another name with --as."
        )
        raise ExchangeError(msg)
    imported = _read(kind, sheets, origin.name, progress)
    if before and before.origin.sha256 != digests:
        _put_aside(before, contents)
    (folder / FILES).mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write_whole(folder / FILES / name, content)
    known = replace(
        origin, kind=kind.name, publisher=origin.publisher or kind.publisher, sha256=digests
    )
    write_whole(folder / ORIGIN, _as_toml(known))
    series = _save(known, imported, folder)
    return series, _revision(before.claims, series.claims) if before else None


def rebuild(data: Path, name: str, progress: Progress = iter) -> Series:
    """Make the claims of a series anew from its files as received."""
    folder = _folder(data, name)
    origin = _load_origin(folder)
    paths = [folder / FILES / file for file, _ in origin.sha256]
    sheets = _sheets(paths, data)
    for path, (file, digest) in zip(paths, origin.sha256, strict=True):
        if _sha256(path.read_bytes()) != digest:
            msg = (
                f"{path}: changed since it was received. A file is never edited: restore {file}, "
                "or take the changed one in with --renew."
            )
            raise ExchangeError(msg)
    kind = kind_of(sheets.values(), origin.kind)
    return _save(origin, _read(kind, sheets, name, progress), folder)


def names(data: Path) -> tuple[str, ...]:
    """Return the names of the series that were taken in."""
    folder = data / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(path.name for path in found if (path / ORIGIN).is_file()))


def load_series(data: Path, name: str) -> Series:
    """Return a series with the claims that were made of it."""
    folder = _folder(data, name)
    origin = _load_origin(folder)
    return Series(origin, load_ledger(folder / CLAIMS), _load_findings(folder / FINDINGS), folder)


def texts(series: Series) -> dict[str, str]:
    """Return the text of each file by the id that claims name it by, to find their cells in."""
    return {f"{series.origin.name}.{name}": s.text for name, s in sheets_of(series).items()}


def sheets_of(series: Series) -> dict[str, Sheet]:
    """Return the tables of a series by the names of its files."""
    paths = [series.folder / FILES / name for name, _ in series.origin.sha256]
    return _sheets(paths, series.folder.parent.parent)


def _folder(data: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        msg = (
            f"{name!r} cannot name a series; use small letters, digits and dashes, such as "
            f"{like_a_name(name)}."
        )
        raise ExchangeError(msg)
    return data / FOLDER / name


def like_a_name(words: str) -> str:
    """Return a name for a series that is near some words.

    >>> like_a_name("My Losses_2025"), like_a_name("…")
    ('my-losses-2025', 'missile-attacks')
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60] or "missile-attacks"


def _sheets(files: Iterable[Path], data: Path) -> dict[str, Sheet]:
    limits, _ = load_limits(data)
    sheets: dict[str, Sheet] = {}
    for path in files:
        sheet = read_sheet(path, limits)
        if sheet.name in sheets:
            msg = f"{path}: two files are called {sheet.name}; rename one"
            raise ExchangeError(msg)
        sheets[sheet.name] = sheet
    return sheets


def _read(kind: Kind, sheets: Mapping[str, Sheet], name: str, progress: Progress) -> Imported:
    intake = Intake(name, progress)
    kind.read(sheets, intake)
    return intake.done()


def _save(origin: Origin, imported: Imported, folder: Path) -> Series:
    save_ledger(imported.claims, folder / CLAIMS)
    write_whole(folder / FINDINGS, _findings_text(imported.findings))
    return Series(origin, load_ledger(folder / CLAIMS), imported.findings, folder)


def _put_aside(series: Series, kept: Iterable[str]) -> None:
    """Keep the files of a series that others take the place of; `kept` are the names of those."""
    earlier = series.folder / EARLIER
    earlier.mkdir(exist_ok=True)
    for name, _ in series.origin.sha256:
        path = series.folder / FILES / name
        if path.exists():
            content = path.read_bytes()
            write_whole(earlier / f"{_sha256(content)[:12]}-{name}", content)
            if name not in kept:
                path.unlink()


def _revision(before: Sequence[Claim], after: Sequence[Claim]) -> Revision:
    old, new = ({_about(claim): claim for claim in claims} for claims in (before, after))
    shared = [key for key in new if key in old]
    changed = [(old[key], new[key]) for key in shared if _number(old[key]) != _number(new[key])]
    return Revision(len(new.keys() - old.keys()), len(old.keys() - new.keys()), tuple(changed))


def _about(claim: Claim) -> tuple[object, ...]:
    when = (claim.period_start, claim.period_end, claim.window)
    return claim.metric, claim.claimant, claim.place, *when, claim.weapon, claim.victims, claim.rule


def _number(claim: Claim) -> tuple[object, ...]:
    return claim.low, claim.high, claim.hedge


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _as_toml(origin: Origin) -> str:
    said = [field.name for field in fields(Origin) if field.name not in ("name", "sha256")]
    lines = [f"{key} = {_quoted(getattr(origin, key))}" for key in said]
    files = [f"{_quoted(name)} = {_quoted(digest)}" for name, digest in origin.sha256]
    return "\n".join([*lines, "", "[sha256]", *files]) + "\n"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _load_origin(folder: Path) -> Origin:
    path = folder / ORIGIN
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        digests = tuple(sorted(held.pop("sha256").items()))
        return Origin(folder.name, **held, sha256=digests)
    except OSError as error:
        known = ", ".join(names(folder.parent.parent)) or "none yet"
        msg = (
            f"there is no series {folder.name!r} in {folder.parent}; taken in are: {known}.\n"
            "  Take one in with scripts/import.py FILE --as NAME."
        )
        raise ExchangeError(msg) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{path}: not as it was written ({error}); take the series in again with --renew."
        raise ExchangeError(msg) from error


def _findings_text(findings: Iterable[Finding]) -> str:
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in findings)


def _load_findings(path: Path) -> tuple[Finding, ...]:
    lines = path.read_text(encoding="utf-8").split("\n")
    held = (json.loads(line) for line in lines if line)
    return tuple(Finding(**{**one, "claim_ids": tuple(one["claim_ids"])}) for one in held)


def today() -> str:
    """Return the day on which something is received."""
    return dt.date.today().isoformat()
