"""The published folder as a site: whole, hostile words printed, every link relative."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import axe_playwright_python
import pytest
from browser import tab
from sample_briefing import HOSTILE
from scheduled_place import DAILY, SCHEDULE, Desk, Stub, make_desk

from tally.schedule import tick as tick_module
from tally.schedule.listing import ATOM
from tally.schedule.running import Job, Ran

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = (
    SCHEDULE
    + 'catch_up = "all"\nmax_age = "3d"\n'
    + '[schedule]\ntitle = "The Desk & <b>Co</b>"\naddress = "https://desk.example.org/briefings"\n'
)
STORY = "Russian drones killed {} people in Sumy on May 20, the State Emergency Service said."


class Hostile(Stub):
    """A renderer whose every word is meant to break the page that shows it."""

    def make(self, job: Job) -> Ran:
        ran = super().make(job)
        assert ran.product
        words = HOSTILE[int(job.parameters["day"][-2:]) % len(HOSTILE)]
        named = {
            f"{name} {words}": f"{value} {words} (as claimed)"
            for name, value in ran.product.figures.items()
        }
        told = replace(ran.product, title=words, lead=words, as_of=words, figures=named)
        return replace(ran, product=told)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = make_desk(tmp_path_factory.mktemp("desk"), RULES)
    made.stub = Hostile(made.plan)
    made.story("2025-05-20-sumy", STORY.format("two"), "2025-05-20T06:30+03:00")
    made.tick("2025-05-20T08:00")
    made.story("2025-05-20-later", STORY.format("three"), "2025-05-20T11:30+03:00")
    made.tick("2025-05-21T12:00")
    made.stub.faults["2025-05-22"] = [lambda _: Ran("cell", "ValueError: /secret/path")]
    made.tick("2025-05-22T08:00")
    return made


class Links(HTMLParser):
    """The links of a page, and every tag that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [str(value) for name, value in attrs if name == "href"]


def pages(desk: Desk) -> list[Path]:
    return [
        path
        for path in desk.plan.site.rglob("*.html")
        if path.name != "briefing.html" and "latest" not in path.parts
    ]


def test_every_link_leads_to_something_and_nothing_runs(desk: Desk) -> None:
    assert len(pages(desk)) >= 12
    for path in pages(desk):
        found = Links(path.read_text(encoding="utf-8"))
        assert not found.tags & {"script", "img", "svg", "form", "iframe", "b"}, path
        for href in found.hrefs:
            assert not re.match(r"\w+:|/", href), f"{path}: {href} is not relative"
            assert (path.parent / href.partition("#")[0]).exists(), f"{path}: {href}"


def test_the_index_tells_what_is_wrong_dated_and_without_secrets(desk: Desk) -> None:
    words = (desk.plan.site / "index.html").read_text(encoding="utf-8")
    assert "Daily briefing, 22 May 2025:" in words
    assert "could not be made (noticed on 22 May 2025, 08:00 Kyiv time)" in words
    assert "The last good edition is that of 21 May 2025." in words
    assert "secret" not in words


def test_an_edition_leads_to_its_neighbours_and_says_what_changed(desk: Desk) -> None:
    edition = desk.plan.site / "daily/2025-05-20/index.html"
    words = edition.read_text(encoding="utf-8")
    hrefs = Links(words).hrefs
    assert "../../daily/2025-05-19/index.html" in hrefs
    assert "../../daily/2025-05-21/index.html" in hrefs
    assert hrefs.count("../../daily/2025-05-20/2/briefing.pdf") == 2, "at the top, and in the list"
    assert "../../daily/2025-05-20/1/briefing.pdf" in hrefs
    assert "What changed in figures since revision 1:" in words
    assert "Revision 2 (current)" in words
    assert "(as claimed)</strong>" in words
    assert "(as claimed), now" not in words


def test_the_feed_is_atom_with_lasting_identities(desk: Desk) -> None:
    text = (desk.plan.site / "feed.xml").read_text(encoding="utf-8")
    feed = ET.fromstring(text)
    spaces = {"a": ATOM}
    entries = feed.findall("a:entry", spaces)
    assert len(entries) == len(desk.records()) == 6
    ids = [entry.findtext("a:id", "", spaces) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("urn:uuid:") for each in ids)
    for entry in entries:
        assert {"id", "title", "updated", "summary"} <= {
            child.tag.rpartition("}")[2] for child in entry
        }
        for link in entry.findall("a:link", spaces):
            address = "https://desk.example.org/briefings/"
            assert link.attrib["href"].startswith(address)
            assert (desk.plan.site / link.attrib["href"].removeprefix(address)).is_file()


def test_editions_json_lists_every_revision(desk: Desk) -> None:
    told = json.loads((desk.plan.site / "editions.json").read_text(encoding="utf-8"))
    found = {each["address"]: each for each in told["editions"]}
    assert set(found) == {record.address for record in desk.records()}
    assert [found[f"daily/2025-05-20/{n}/"]["current"] for n in (1, 2)] == [False, True]
    for each in told["editions"]:
        for file in each["files"].values():
            assert (desk.plan.site / file["address"]).is_file()


def test_pages_are_made_again_from_the_records_alone(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in pages(desk)}
    for path in before:
        if path.parent.name not in ("1", "2"):
            path.unlink()
    with tick_module.opened(desk.plan, tick_module.Report(), desk.now) as history:
        assert tick_module.build_site(desk.plan, history, always=True)
        assert not tick_module.build_site(desk.plan, history)
    assert {path: path.read_bytes() for path in pages(desk)} == before


def test_latest_is_the_last_span_of_each_region(tmp_path: Path) -> None:
    regions = DAILY.replace('dated_by = "day"', 'dated_by = "region"')
    regions = regions.replace('default = "all"', "required = true")
    desk = make_desk(tmp_path, SCHEDULE + 'grid = { region = ["UA-59", "UA-63"] }\n', regions)
    for day in ("2025-05-20", "2025-05-21"):
        desk.tick(f"{day}T08:00")
    assert desk.editions() == [
        f"daily-{region}/{day}/1"
        for region in ("UA-59", "UA-63")
        for day in ("2025-05-20", "2025-05-21")
    ]
    for region in ("UA-59", "UA-63"):
        latest = desk.plan.site / f"daily-{region}" / "latest"
        assert latest.readlink() == Path("2025-05-21/1")
        given = json.loads((latest / "manifest.json").read_bytes())["parameters"]
        assert (given["region"], given["day"]) == (region, "2025-05-21")


def test_where_there_are_no_links_latest_is_a_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tally.schedule.publishing import point_latest

    def none(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", none)
    (tmp_path / "daily").mkdir()
    point_latest(tmp_path, desk.records()[-1])
    words = (tmp_path / "daily/latest/index.html").read_text(encoding="utf-8")
    assert 'href="../2025-05-21/1/index.html"' in words


@pytest.mark.parametrize("width", [1200, 390])
def test_the_pages_in_a_browser(desk: Desk, width: int) -> None:
    """Set in our look from a disk: nothing asked of the network, no complaint, nothing cut off."""
    names = (
        "index.html",
        "daily/index.html",
        "daily/2025-05-20/index.html",
        "by-day/2025-05-20.html",
    )
    with tab() as opened:
        for name in names:
            opened.open((desk.plan.site / name).as_uri(), width)
            assert opened.logged == []
            assert all(each.startswith("file:") for each in opened.requested)
            assert opened.value("document.documentElement.scrollWidth") <= width
            font = "getComputedStyle(document.querySelector('.masthead')).borderTopWidth"
            assert opened.value(font) == "6px"
            opened.value(AXE.read_text(encoding="utf-8") + ";0")
            assert opened.value("axe.run().then(r => r.violations.map(v => v.id))") == []
