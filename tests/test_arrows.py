"""Imports go one way: what a module may know of ours, and where the heavy libraries live."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tally"

# The order of the flow, from the nouns to the page. A module knows modules of its own step and of
# steps above; one that is not named here fails the test, so that somebody says where it belongs.
STEPS = (
    ("model", "errors"),
    ("keys",),
    ("cells",),
    (
        "files",
        "processes",
        "kept",
        "settings",
        "vocabulary",
        "text",
        "house",
        "workers",
        "options",
        "deadline",
    ),
    ("running",),
    ("fingerprint",),
    ("language",),
    ("gazetteer", "name_tables", "day_words"),
    ("lexicon", "names", "documents"),
    ("grammar",),
    ("extract",),
    ("ledger", "rulings"),
    ("cache",),
    ("batches",),
    ("counts",),
    ("excess", "pages", "totals"),
    ("checks",),
    ("reconcile",),
    ("around",),
    ("evidence", "opening", "hosts"),
    ("wording",),
    ("rates",),
    ("series", "windows", "doubts"),
    ("tolls", "frame"),
    ("rising",),
    ("span",),
    ("region", "audit"),
    ("sheets", "advances", "drawing", "charts", "blocks"),
    ("runs", "imprint"),
    ("prose",),
    ("briefing", "chapters", "hurt", "annex"),
    ("mapping", "moved"),
    ("citing", "rising_chapter"),
    ("region_words", "review_words", "region_titles", "pair_words", "unread_words"),
    ("audit_words",),
    ("review_tables",),
    ("review",),
    ("review_regions", "region_chapters", "region_tables"),
    ("explorer",),
    ("listing", "labels"),
    ("exchange",),
    ("score",),
    ("accuracy",),
    ("audit_chapters",),
    ("audit_tables",),
    ("rebuild", "reader", "render", "gains", "measure", "deciding", "second"),
    ("collect", "collecting"),
    ("proof", "gallery"),
    ("schedule",),
)

# What a module must not know although it comes later: it works on the claims or pages alone.
APART = {
    "model": {"*"},
    "errors": {"*"},
    "text": {"vocabulary", "settings"},
    "documents": {"text", "gazetteer", "lexicon", "names", "settings"},
    "grammar": {"documents", "settings", "names", "files"},
    "extract": {"documents", "settings", "names", "files"},
    "ledger": {"text", "vocabulary", "grammar", "extract", "documents", "lexicon", "gazetteer"},
    "rulings": {"text", "vocabulary", "grammar", "extract", "documents", "lexicon", "gazetteer"},
    "checks": {"text", "grammar", "extract", "documents", "lexicon"},
    "reconcile": {"text", "grammar", "extract", "documents", "lexicon"},
    "evidence": {"text", "grammar", "extract", "documents", "ledger", "rulings"},
    "series": {"text", "grammar", "extract", "documents", "ledger", "rulings", "reconcile"},
    "charts": {"text", "grammar", "extract", "documents", "ledger", "rulings", "reconcile"},
    "prose": {"text", "grammar", "extract", "documents", "ledger", "rulings", "reconcile"},
    "briefing": {"text", "grammar", "extract", "lexicon"},
    "chapters": {"text", "grammar", "extract", "lexicon", "documents", "ledger", "rulings"},
    "render": {"model", "grammar", "extract", "documents", "ledger", "rulings", "evidence"}
    | {"reconcile", "checks", "series", "charts", "briefing", "chapters", "reader", "rebuild"},
    "schedule": {"grammar", "extract", "evidence", "reconcile", "checks", "series", "charts"}
    | {"prose", "briefing", "chapters"},
}

# Heavy libraries, and the only modules that import them.
HOMES = {
    "pandas": {"frame", "series", "drawing", "charts", "chapters", "hurt", "mapping", "review"}
    | {"rising_chapter", "review_regions", "region_chapters", "audit_chapters", "explorer"},
    "matplotlib": {"sheets", "advances", "drawing", "charts", "explorer"},
    "ipywidgets": {"explorer"},
    "itables": {"explorer"},
    "anywidget": {"explorer"},
    "papermill": {"render"},
    "nbconvert": {"render"},
    "nbclient": {"render"},
    "nbformat": {"render"},
    "jupyter_client": {"render"},
    "typst": {"render"},
    "IPython": {"blocks"},
    "yaml": {"documents"},
    "babel": {"language"},
    "idna": {"hosts"},
    "click": {"reader", "render", "measure", "deciding", "exchange", "collecting", "schedule"}
    | {"second", "options", "documents", "running"},
    "tqdm": {"reader", "render", "exchange", "collecting", "second"},
    "pyarrow": {"exchange", "frame", "ledger"},
    "openpyxl": {"exchange"},
    "sqlite3": {"cache", "documents", "kept", "schedule"},
    "apscheduler": {"schedule"},
    "jupyter_scheduler": {"render"},
    "distributed": {"workers"},
    "httpx": {"second"},
    "trafilatura": {"documents"},
    "lxml": {"documents"},
    "docx": {"documents"},
    "feedparser": {"documents"},
    "warcio": {"documents"},
    "py3langid": {"documents"},
    "rensa": {"documents"},
}

# Modules whose libraries come with an extra of their own, imported only where they are used.
EXTRA = {
    "documents": "collect",
    "exchange": "exchange",
    "frame": "exchange",
    "ledger": "exchange",
    "second": "llm",
    "render": "scheduler",
    "workers": "cluster",
}


def imported(path: Path) -> Iterator[str]:
    """Give the dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name"
            if node.module == "tally":
                yield from (f"tally.{name.name}" for name in node.names)
            else:
                yield node.module or ""


def module(path: Path) -> str:
    """Return the module or sub-package of ours that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__"
)
STEP = {name: step for step, names in enumerate(STEPS) for name in names}


def test_every_module_has_its_step() -> None:
    assert sorted({module(path) for path in FILES}) == sorted(STEP)
    assert APART.keys() <= STEP.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_point_one_way(path: Path) -> None:
    own = module(path)
    for name in imported(path):
        if name.split(".")[0] != "tally" or name == "tally":
            continue
        known = name.split(".")[1]
        if known == own:
            continue
        assert STEP[known] <= STEP[own], f"{own} comes before {known} and must not know it"
        assert not APART.get(own, set()) & {known, "*"}, f"{own} must not know {known}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_stay_where_they_belong(path: Path) -> None:
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or module(path) in homes, f"{name} belongs into {homes}"


def test_nothing_of_ours_imports_commands_or_notebooks() -> None:
    for path in [*FILES, *(ROOT / "tests").glob("*.py")]:
        assert not {name.split(".")[0] for name in imported(path)} & {"scripts", "notebooks"}


def test_what_is_imported_is_declared() -> None:
    """A library that is only there because another needs it can go with that one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    origins = packages_distributions()
    for path in FILES:
        wanted = [*project["dependencies"], *extras.get(EXTRA.get(module(path), ""), ())]
        declared = {canonicalize_name(Requirement(line).name) for line in wanted}
        for name in {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names:
            found = {canonicalize_name(origin) for origin in origins.get(name, [])}
            assert name == "tally" or found & declared, f"{path}: {name} is not in pyproject.toml"
