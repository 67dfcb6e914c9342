"""The editions for machines: an Atom feed and `editions.json`. Pure functions of the records."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from tally.house.words import visible
from tally.schedule.checking import FILES
from tally.schedule.due import newest
from tally.schedule.plan import Plan
from tally.schedule.record import Record

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 60
TYPES = {"html": "text/html", "pdf": "application/pdf", "ipynb": "application/x-ipynb+json"}


def editions_json(plan: Plan, records: Sequence[Record]) -> str:
    """Return every revision as JSON, the latest first, with addresses relative to the site."""
    current = {record.address for record in newest(records).values()}
    listed = [
        {
            "serial": record.serial,
            "period": record.period,
            "revision": record.revision,
            "current": record.address in current,
            "title": record.title,
            "serial_title": record.serial_title,
            "language": record.lang,
            "as_of": record.as_of,
            "known_at": record.known_at,
            "due": _utc(record.due),
            "published_at": _utc(record.published_at),
            "parameters": dict(record.parameters),
            "address": record.address,
            "files": {
                form: {"address": record.address + name, "sha256": record.products[name]}
                for form, name in FILES.items()
                if name in record.products
            },
            "changes": [each.sentence for each in record.changes],
        }
        for record in _latest_first(records)
    ]
    told = {"title": plan.title, "address": plan.address, "editions": listed}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def atom(plan: Plan, records: Sequence[Record]) -> str:
    """Return the latest revisions as an Atom feed; each has an identity that never changes."""
    shown = _latest_first(records)[:MOST_ENTRIES]
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, plan.address or plan.title).urn)
    _add(feed, "title", plan.title)
    _add(feed, "updated", _utc(shown[0].published_at) if shown else "1970-01-01T00:00:00+00:00")
    _add(_add(feed, "author"), "name", plan.title)
    _add(feed, "generator", "Tally")
    _add(feed, "link", rel="self", href=f"{plan.address}feed.xml", type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=f"{plan.address}index.html", type="text/html")
    for record in shown:
        _entry(_add(feed, "entry"), plan, record)
    ET.indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, "unicode") + "\n"


def _entry(entry: ET.Element, plan: Plan, record: Record) -> None:
    label = f", revision {record.revision}" if record.revision > 1 else ""
    _add(entry, "id", uuid.UUID(record.run).urn)
    _add(entry, "title", f"{record.serial_title}: {record.title}{label}")
    _add(entry, "updated", _utc(record.published_at))
    _add(entry, "published", _utc(record.published_at))
    page = f"{plan.address}{record.serial}/{record.period}/index.html"
    _add(entry, "link", rel="alternate", href=page, type="text/html")
    for form, name in FILES.items():
        if name in record.products:
            href = f"{plan.address}{record.address}{name}"
            _add(entry, "link", rel="enclosure", href=href, type=TYPES[form])
    changed = "; ".join(each.sentence for each in record.changes)
    words = [record.lead, f"Changed: {changed}" if changed else "", record.as_of]
    _add(entry, "summary", "\n".join(filter(None, words)))


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if words:
        made.text = "\n".join(visible(line) for line in words.split("\n"))
    return made


def _latest_first(records: Sequence[Record]) -> list[Record]:
    return sorted(
        records, key=lambda each: (each.published_at, each.due, each.serial), reverse=True
    )


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
