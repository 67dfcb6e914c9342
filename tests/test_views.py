"""Every briefing on its defaults through the real renderer, on the example corpus.

What the pages say is tested block by block elsewhere; here they are executed, set and whole.
"""

import ast
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tally.render.batch import Outcome, render_batch
from tally.render.edition import HTML, PDF
from tally.settings import Briefing, Settings, load_settings

SETTINGS = load_settings()
NAMES = [briefing.name for briefing in SETTINGS.briefings]
# What only a mistake of ours would print: values of Python, places left open.
_SLIPS = re.compile(r"\bnan\b|\bNaN\b|\bNone\b(?! of)|<NA>|\{[a-z_]+\}|\bMetric\.|\bdatetime\.")


def defaults(briefing: Briefing) -> dict[str, str]:
    """Return the values that the notebook itself begins with."""
    notebook = json.loads(briefing.notebook.read_text(encoding="utf-8"))
    (cell,) = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    made = ast.parse("".join(cell["source"])).body
    values = {ast.unparse(each.target): ast.literal_eval(each.value) for each in made}  # type: ignore[attr-defined]
    return {name: value for name, value in values.items() if value}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("reports")
    place = Settings(SETTINGS.root, SETTINGS.data, folder, SETTINGS.briefings)

    def one(briefing: Briefing) -> Outcome:
        (outcome,) = render_batch(place, briefing, [defaults(briefing)], 1, force=True)
        return outcome

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(NAMES, pool.map(one, SETTINGS.briefings), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_on_its_defaults(rendered: dict[str, Outcome], name: str) -> None:
    outcome = rendered[name]
    assert outcome.state == "rendered", outcome.words
    assert outcome.complaints == ()
    assert outcome.folder is not None
    assert (outcome.folder / PDF).read_bytes().startswith(b"%PDF-")
    html = (outcome.folder / HTML).read_text(encoding="utf-8")
    alts = re.findall(r"<img [^>]*alt=\"([^\"]*)\"", html)
    assert html.count("<h1") == 1
    assert len(alts) >= 3
    assert all(len(alt) > 40 for alt in alts)
    links = set(re.findall(r"href=\"#([^\"]+)\"", html))
    assert links <= set(re.findall(r" id=\"([^\"]+)\"", html))
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", html, flags=re.DOTALL)
    assert not _SLIPS.search(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("briefing", SETTINGS.briefings, ids=NAMES)
def test_briefings_toml_and_the_notebook_take_the_same(briefing: Briefing) -> None:
    notebook = json.loads(briefing.notebook.read_text(encoding="utf-8"))
    (cell,) = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    names = [line.split(":")[0] for line in cell["source"] if line.strip()]
    assert names == [each.name for each in briefing.parameters]
