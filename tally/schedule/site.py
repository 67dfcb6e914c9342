"""The pages of the published folder, made from the records: index, days, serials, editions.

Every page is a pure function of the records and of what is wrong, so all of them can be made anew
at any time. Links are relative: the folder works from a disk as from a web server.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any
from zoneinfo import ZoneInfo

from tally import house
from tally.files import write_whole
from tally.schedule.checking import FILES
from tally.schedule.due import Edition, newest
from tally.schedule.listing import atom, editions_json
from tally.schedule.plan import Plan
from tally.schedule.publishing import point_latest
from tally.schedule.record import Record
from tally.schedule.views import (
    TROUBLES,
    Trouble,
    View,
    counted,
    day_link,
    edition_link,
    forms,
    link,
    moment_words,
    month,
    period_words,
)
from tally.wording import date_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The index shows so many months, and a card with its figures for so many serials.
SHOWN_MONTHS, MOST_CARDS = 2, 3


def build(
    plan: Plan,
    records: Sequence[Record],
    troubles: Sequence[Trouble],
    touched: Set[Edition] | None = None,
) -> None:
    """Write the pages, and where the latest is; what is as it should be is left untouched.

    With `touched` only the pages that show one of these editions are looked at.
    """
    for name, text in pages(plan, records, troubles, touched):
        path = plan.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    font = plan.site / "sans.woff2"
    content = (house.HOUSE / "web" / "sans.woff2").read_bytes()
    if not font.exists() or font.read_bytes() != content:
        font.write_bytes(content)
    latest = {record.serial: record for record in sorted(records, key=_order)}
    for record in latest.values():
        point_latest(plan.site, record)


def pages(
    plan: Plan,
    records: Sequence[Record],
    troubles: Sequence[Trouble],
    touched: Set[Edition] | None = None,
) -> Iterator[tuple[str, str]]:
    """Give the address and the text of each page, the index last: it leads to all others."""
    sheets = ("blocks.css", "page.css", "site.css")
    yield "style.css", "".join(house.style(sheet) for sheet in sheets)
    site = _Site(plan, records, troubles, touched)
    for serial, records_of in site.by_serial.items():
        if touched is None or serial in {name for name, _ in touched}:
            yield from site.serial_pages(serial, records_of)
    yield from site.day_pages()
    yield "editions.json", editions_json(plan, records)
    yield "feed.xml", atom(plan, records)
    yield "index.html", site.index()


class _Site:
    """The records, sorted in the ways in which pages show them."""

    def __init__(
        self,
        plan: Plan,
        records: Sequence[Record],
        troubles: Sequence[Trouble],
        touched: Set[Edition] | None,
    ) -> None:
        self.plan, self.troubles, self.touched = plan, troubles, touched
        self.latest = sorted(newest(records).values(), key=lambda each: (each.due, each.serial))
        self.revisions: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in sorted(records, key=lambda each: -each.revision):
            self.revisions[record.edition].append(record)
        self.by_serial: dict[str, list[Record]] = defaultdict(list)
        self.by_day: dict[str, list[Record]] = defaultdict(list)
        for record in self.latest:
            self.by_serial[record.serial].append(record)
            self.by_day[record.period[:10]].append(record)

    def index(self) -> str:
        """Return the first page: what is wrong, the latest of each serial, the last months."""
        last = [found[-1] for found in self._in_order()]
        single = [each for each in last if each.serial == each.briefing][:MOST_CARDS]
        rest = [each for each in last if each not in single]
        groups = {each.briefing: each.serial_title.partition(" · ")[0] for each in rest}
        shown = {
            "title": self.plan.title,
            "kicker": "Latest and all editions",
            "kicker_href": "",
            "known": self._counted(),
            "troubles": [self._trouble(each) for each in self.troubles],
            "onward": (),
            "cards": [self._card(each) for each in single],
            "groups": [
                {
                    "title": title,
                    "cards": [self._card(each) for each in rest if each.briefing == briefing],
                }
                for briefing, title in groups.items()
            ],
            "months": self._months(self.by_day, "by-day/{}.html")[:SHOWN_MONTHS],
            "since": date_words(dt.date.fromisoformat(min(self.by_day))) if self.by_day else "",
            "coming": "The first one appears when its briefing is due.",
        }
        return _page("site_index.html.j2", self.plan.title, "", shown)

    def serial_pages(self, serial: str, records: list[Record]) -> Iterator[tuple[str, str]]:
        """Give the page of a serial and those of its editions."""
        by_day: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_day[record.period[:10]].append(record)
        several = any(len(found) > 1 for found in by_day.values())
        target = "by-day/{}.html" if several else f"{serial}/{{}}/index.html"
        last = records[-1]
        shown = {
            "title": last.serial_title,
            "kicker": self.plan.title,
            "kicker_href": "index.html",
            "known": f"{counted(len(records), 'edition')}, the latest {period_words(last.period)}",
            "troubles": [self._trouble(each) for each in self.troubles if each.serial == serial],
            "onward": [link(f"{serial}/{last.period}/index.html", f"Latest: {last.title}")],
            "heading": "Editions by day",
            "months": self._months(by_day, target),
            "cards": [self._card(each) for each in reversed(records)],
        }
        yield f"{serial}/index.html", _page("site_days.html.j2", self.plan.title, "../", shown)
        for place, record in enumerate(records):
            before = records[place - 1] if place else None
            after = records[place + 1] if place + 1 < len(records) else None
            if not self._shows(each for each in (record, before, after) if each):
                continue
            shown = self._edition(record, before, after)
            name = f"{serial}/{record.period}/index.html"
            yield name, _page("site_edition.html.j2", self.plan.title, "../../", shown)

    def day_pages(self) -> Iterator[tuple[str, str]]:
        """Give the page of each day that has editions, and the one that lists the days."""
        days = sorted(self.by_day)
        for place, day in enumerate(days):
            before = days[place - 1] if place else ""
            after = days[place + 1] if place + 1 < len(days) else ""
            near = (each for name in (before, day, after) for each in self.by_day.get(name, ()))
            if not self._shows(near):
                continue
            shown = {
                "title": date_words(dt.date.fromisoformat(day)),
                "kicker": self.plan.title,
                "kicker_href": "index.html",
                "known": counted(len(self.by_day[day]), "edition"),
                "troubles": (),
                "onward": (
                    day_link(before, "← {}", "prev", "first day"),
                    link("by-day/index.html", "All days"),
                    day_link(after, "{} →", "next", "last day"),
                ),
                "cards": [self._card(each) for each in self.by_day[day]],
            }
            yield f"by-day/{day}.html", _page("site_day.html.j2", self.plan.title, "../", shown)
        shown = {
            "title": "All days",
            "kicker": self.plan.title,
            "kicker_href": "index.html",
            "known": self._counted(),
            "troubles": (),
            "onward": (),
            "heading": "Days with editions",
            "months": self._months(self.by_day, "by-day/{}.html"),
            "cards": (),
        }
        yield "by-day/index.html", _page("site_days.html.j2", self.plan.title, "../", shown)

    def _shows(self, records: Iterable[Record]) -> bool:
        """Tell whether a page that shows these records may have changed."""
        return self.touched is None or any(each.edition in self.touched for each in records)

    def _in_order(self) -> Iterator[list[Record]]:
        """Give the editions of each serial in the order of briefings.toml, then all others."""
        names = [serial.name for serial in self.plan.serials]
        for name in (*names, *sorted(self.by_serial.keys() - set(names))):
            if name in self.by_serial:
                yield self.by_serial[name]

    def _edition(self, record: Record, before: Record | None, after: Record | None) -> View:
        revisions = self.revisions[record.edition]
        return {
            "title": record.title,
            "kicker": record.serial_title,
            "kicker_href": f"{record.serial}/index.html",
            "known": record.as_of,
            "troubles": [
                self._trouble(each)
                for each in self.troubles
                if (each.serial, each.period) == record.edition
            ],
            "onward": (
                edition_link(before, "← {}", "prev", "The first edition"),
                link(f"{record.serial}/index.html", "All editions"),
                edition_link(after, "{} →", "next", "The latest edition"),
            ),
            "lang": record.lang,
            "forms": forms(record),
            "lead": record.lead,
            "tiles": record.tiles,
            "revisions": [self._revision(each) for each in revisions],
        }

    def _revision(self, record: Record) -> View:
        newest_one = self.revisions[record.edition][0] is record
        label = f"Revision {record.revision}" if record.revision > 1 else "First published"
        latest = " (current)" if newest_one and record.revision > 1 else ""
        return {
            "number": record.revision,
            "label": f"{label}{latest}",
            "known": " · ".join(filter(None, (self._time(record), record.as_of))),
            "forms": forms(record),
            "changes": record.changes,
            "pdf_sha256": record.products.get(FILES["pdf"], ""),
        }

    def _card(self, record: Record) -> View:
        amended = f"revision {record.revision}, " if record.revision > 1 else ""
        return {
            "title": f"{record.serial_title}: {record.title}",
            "within": f"{record.serial_title.partition(' · ')[2]}: {record.title}".lstrip(": "),
            "name": record.title,
            "lang": record.lang,
            "href": f"{record.serial}/{record.period}/index.html",
            "known": f"{record.as_of} · {amended}published {self._time(record)}".lstrip(" ·"),
            "tiles": record.tiles,
            "forms": forms(record),
        }

    def _trouble(self, trouble: Trouble) -> View:
        serial = self.plan.serial(trouble.serial)
        title = serial.title if serial else trouble.serial
        good = self.by_serial.get(trouble.serial)
        last = f"The last good edition is that of {period_words(good[-1].period)}." if good else ""
        published = (trouble.serial, trouble.period) in self.revisions
        what = "A revision of the edition" if published else "The edition"
        since = moment_words(trouble.since, self._zone(trouble.serial))
        last = "What is published stays as it was." if published else last
        return {
            "headline": f"{title}, {period_words(trouble.period)}:",
            "words": f"{what} {TROUBLES[trouble.kind]} (noticed on {since}). {last}".strip(),
        }

    def _months(self, by_day: Mapping[str, list[Record]], target: str) -> list[View]:
        """Return calendars of the months with editions, the latest first."""
        found = sorted({day[:7] for day in by_day}, reverse=True)
        return [month(each, by_day, target) for each in found]

    def _counted(self) -> str:
        return counted(len(self.latest), "edition") if self.latest else ""

    def _time(self, record: Record) -> str:
        return moment_words(record.published_at, self._zone(record.serial))

    def _zone(self, name: str) -> ZoneInfo:
        serial = self.plan.serial(name)
        return serial.briefing.zone if serial else ZoneInfo("UTC")


def _order(record: Record) -> tuple[dt.datetime, int]:
    return record.due, record.revision


def _page(template: str, site: str, up: str, page: Mapping[str, Any]) -> str:
    made = house.environment().get_template(template)
    return made.render(page=page, site=site, up=up, weekdays=WEEKDAYS) + "\n"
