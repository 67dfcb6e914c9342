"""The series of missile and drone attacks on Ukraine (`missile_attacks_daily.csv`) as claims.

A row is one kind of weapon in one post of a Ukrainian command. Claims are made of what the post
said; what whoever typed the series filled in, or what a cell cannot tell from silence, is none.
"""

import ast
import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from tally import vocabulary
from tally.exchange.attacks_whole import Span, note_break, note_overlaps, note_twice
from tally.exchange.imported import Defect, Intake, whole
from tally.exchange.places import is_macro, place_codes
from tally.exchange.sheets import Row, Sheet
from tally.model import Claim, Metric, Side

COLUMNS = ("time_start", "time_end", "model", "target", "launched", "destroyed", "source")
LEFT = (
    "target_main", "still_attacking", "border_crossing", "num_hit_location", "carrier", "turbojet",
    "num_fall_fragment_location", "turbojet_destroyed", "affected region", "launched_details",
    "launch_place", "launch_place_details",
)  # fmt: skip
AIR_FORCE = "Ukrainian Air Force"
CLAIMANTS = {
    "kpszsu": AIR_FORCE,
    "CinCAFU": AIR_FORCE,
    "PvKPivden": "Air Command South",
    "pvkshid": "Air Command East",
    "PvkZahid": "Air Command West",
    "PvkCenter": "Air Command Centre",
    "GeneralStaff.ua": "Ukrainian General Staff",
}
METRICS = {
    "drone": (Metric.DRONES_LAUNCHED, Metric.DRONES_INTERCEPTED),
    "missile": (Metric.MISSILES_LAUNCHED, Metric.MISSILES_INTERCEPTED),
}
DRONES = frozenset({"strike", "reconnaissance", "drone"})

BAD_TIME = Defect("bad_time", "a first and a last hour in order", "rows without times to read")
STRAY = Defect("stray_space", "values without spaces around them", "times with stray spaces, read")
NOT_WHOLE = Defect("not_a_count", "whole numbers", "cells that hold no count, unread")
OTHER_WEAPON = Defect(
    "other_weapon", "drones or missiles", "weapons that are neither or unknown to us, unread"
)
NO_PLACE = Defect(
    "unknown_place", "a region or settlement we know", "places on no map of ours, kept as written"
)
NOBODY = Defect("no_claimant", "a post of a command", "rows whose origin names no claimant we know")
FILLED = Defect(
    "launched_filled_in",
    "a launch figure of its own",
    "what was shot down, repeated as launched where nobody said how many flew (regional commands, "
    "reconnaissance drones): no claim of a launch is made",
)
SILENT = Defect(
    "zero_or_silence",
    "an empty cell where nothing was said",
    "a 0 that may be none stopped or none mentioned: no claim is made of it",
)
EXCESS = Defect("fates_exceed_launched", "at most as many as launched", "more came down than flew")
PARTS = Defect(
    "parts_exceed_total",
    "parts within their total",
    "figures by place that exceed the total of their row; another command's count, it seems",
)


def read(sheets: Mapping[str, Sheet], intake: Intake) -> None:
    """Take in the series of attacks."""
    for sheet in sheets.values():
        read_rows = []
        for row in intake.rows(sheet):
            span = _read_row(intake, sheet, row)
            if span is not None:
                read_rows.append((span, claimant(row.text("source")), row))
        note_twice(intake, read_rows)
        note_overlaps(intake, read_rows)
        own = [(span, row) for span, who, row in read_rows if who == AIR_FORCE and _strikes(row)]
        note_break(intake, own)


def claimant(source: str) -> str:
    """Return who speaks in a post, by its address; "" when that is nobody we know.

    >>> claimant("kpszsu/posts/pfbid02"), claimant("https://www.facebook.com/pvkshid/posts/1")
    ('Ukrainian Air Force', 'Air Command East')
    """
    account = re.sub(r"^https?://(?:[a-z-]+\.)*(?:facebook\.com|t\.me)/", "", source)
    return CLAIMANTS.get(account.partition("/")[0], "")


def _read_row(intake: Intake, sheet: Sheet, row: Row) -> Span | None:
    span = _span(intake, row)
    kind = _kind(row.text("model"))
    if span is None:
        return None
    if kind not in METRICS:
        intake.note(OTHER_WEAPON, f"row {row.number} {row.text('model') or '(no model)'}")
        return None
    intake.leave(row, LEFT)
    said = _said(intake, row, span)
    launched = _launched(intake, sheet, row, kind, said)
    stopped = _stopped(intake, sheet, row, kind, said)
    lost = _lost(intake, sheet, row, kind, said)
    sent = whole(row.text("launched"))
    fates = [whole(row.text(c)) or 0 for c in ("destroyed", "not_reach_goal", "still_attacking")]
    if sent is not None and sum(fates) > sent:
        terms = " + ".join(map(str, fates))
        found = [claim for claim in (launched, stopped, lost) if claim]
        intake.note(EXCESS, f"row {row.number} to {span.last}: {terms} of {sent}", found)
    return span


def _said(intake: Intake, row: Row, span: Span) -> dict[str, object]:
    """Return what all claims of a row have in common."""
    who, place = claimant(row.text("source")), row.text("target")
    if not who:
        intake.note(NOBODY, f"row {row.number} {row.text('source')[:40] or '(empty)'}")
    codes = () if is_macro(place) else place_codes(place)
    if place and not codes and not is_macro(place):
        intake.note(NO_PLACE, f"row {row.number} {place}")
    side: Side = "Ukraine" if who else "unattributed"
    return {
        "attacker": "Russia",
        "claimant": who,
        "claimant_side": side,
        "place": "" if place == "Ukraine" else place,
        "admin1": codes,
        "period_start": span.first,
        "period_end": span.last,
        "window": span.window,
        "published": span.last.isoformat(),
        "weapon": row.text("model"),
    }


def _launched(
    intake: Intake, sheet: Sheet, row: Row, kind: str, said: dict[str, object]
) -> Claim | None:
    sent = _count(intake, row, "launched")
    if sent is None:
        return None
    counted = said["claimant"] == AIR_FORCE and (kind == "missile" or _strikes(row))
    if not counted and sent == whole(row.text("destroyed")):
        intake.note(FILLED, f"row {row.number} {row.text('model')} {sent}")
        return None
    metric = METRICS[kind][0]
    cell = row.cells["launched"]
    rule = "attacks: launched"
    made = intake.add(sheet, row, [cell], metric=metric, low=sent, high=sent, rule=rule, **said)
    shaheds = _count(intake, row, "is_shahed")
    if shaheds and shaheds != sent:
        part = {**said, "weapon": "Shahed", "part_of": made.id, "low": shaheds, "high": shaheds}
        rule = "attacks: is_shahed"
        intake.add(sheet, row, [row.cells["is_shahed"]], metric=metric, rule=rule, **part)
    return made


def _stopped(
    intake: Intake, sheet: Sheet, row: Row, kind: str, said: dict[str, object]
) -> Claim | None:
    number = _count(intake, row, "destroyed")
    if number is None:
        return None
    if number == 0:
        intake.note(SILENT, f"row {row.number} destroyed, {row.text('model')}")
        return None
    mode = "shot_down" if whole(row.text("not_reach_goal")) else ""
    about = {**said, "metric": METRICS[kind][1], "mode": mode}
    cell = row.cells["destroyed"]
    rule = "attacks: destroyed"
    made = intake.add(sheet, row, [cell], low=number, high=number, rule=rule, **about)
    _parts(intake, sheet, row, made, about)
    return made


def _parts(
    intake: Intake, sheet: Sheet, row: Row, whole_claim: Claim, about: dict[str, object]
) -> None:
    """Add the figures by place that a row holds: {'Odesa oblast': 2, 'north': NaN}."""
    text = re.sub(r"\bnan\b", "None", row.text("destroyed_details"), flags=re.I)
    try:
        details = ast.literal_eval(text) if text else {}
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        details = None
    if not isinstance(details, dict):
        intake.note(NOT_WHOLE, f"row {row.number} destroyed_details {text[:30]}")
        return
    made = []
    for place, number in details.items():
        if not number or not isinstance(number, int | float) or number != int(number):
            continue
        codes = place_codes(str(place))
        part = {**about, "place": str(place), "admin1": codes, "part_of": whole_claim.id}
        cell = row.cells["destroyed_details"]
        low, rule = int(number), "attacks: destroyed_details"
        made.append(intake.add(sheet, row, [cell], low=low, high=low, rule=rule, **part))
    total = sum(claim.low or 0 for claim in made)
    if total > (whole_claim.low or 0):
        terms = " + ".join(str(claim.low) for claim in made)
        example = f"row {row.number} to {whole_claim.period_end}: {terms} of {whole_claim.low}"
        intake.note(PARTS, example, [whole_claim, *made])


def _lost(
    intake: Intake, sheet: Sheet, row: Row, kind: str, said: dict[str, object]
) -> Claim | None:
    number = _count(intake, row, "not_reach_goal")
    if not number:
        return None
    if kind != "drone":
        intake.leave(row, ["not_reach_goal"])
        return None
    rule, cell = "attacks: not_reach_goal", row.cells["not_reach_goal"]
    about = {**said, "metric": Metric.DRONES_LOST, "rule": rule}
    return intake.add(sheet, row, [cell], low=number, high=number, **about)


def _count(intake: Intake, row: Row, column: str) -> int | None:
    text = row.text(column)
    number = whole(text)
    if text and number is None:
        intake.note(NOT_WHOLE, f"row {row.number} {column} {text[:30]}")
    return number


@cache
def _kinds() -> dict[str, str]:
    return {row["form"]: row["kind"] for row in vocabulary.rows("munitions")}


def _kind(model: str) -> str:
    """Return "drone" or "missile" where all that a model names is that, else ""."""
    kinds = {_kinds().get(name, "") for name in model.casefold().split(" and ")}
    if kinds <= DRONES:
        return "drone"
    return "missile" if kinds == {"missile"} else ""


def _strikes(row: Row) -> bool:
    """Tell whether a row is about drones that strike: only of such is the number sent told."""
    names = row.text("model").casefold().split(" and ")
    return {_kinds().get(name) for name in names} == {"strike"}


def _span(intake: Intake, row: Row) -> Span | None:
    begin, end = (_moment(row.text(column)) for column in ("time_start", "time_end"))
    if begin is None or end is None or end < begin:
        intake.note(
            BAD_TIME, f"row {row.number} {row.text('time_start')} to {row.text('time_end')}"
        )
        return None
    for column in ("time_start", "time_end"):
        if row.cells[column].text != row.text(column):
            intake.note(STRAY, f"row {row.number} {column}")
    hours = all(":" in row.text(column) for column in ("time_start", "time_end"))
    short = end - begin < dt.timedelta(days=1)
    window = f"{begin:%H:%M}-{end:%H:%M}" if hours and short else ""
    # A night is dated by its morning.
    first = end.date() if short else begin.date()
    return Span(begin, end, first, end.date(), window)


def _moment(text: str) -> dt.datetime | None:
    for shape in ("%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, shape)
        except ValueError:
            continue
    return None
