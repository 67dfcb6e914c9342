"""Charts: what is drawn and labelled, nothing outside the sheet, colours that can be told apart."""

import itertools

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text
from sample_charts import CALENDAR, MULTIPLES, PAIRS, STEPS, WEEKDAYS

from tally import charts, drawing
from tally.charts.calendars import plot_calendar
from tally.charts.clocks import plot_clock
from tally.charts.days import plot_days
from tally.charts.dumbbells import plot_dumbbells
from tally.charts.multiples import plot_multiples
from tally.charts.steps import plot_steps
from tally.charts.tiles import on_shade, phone_tiles, plot_tiles, shade, tile_cells

LONG = "Nizhny Novgorod Oblast and the Republic of Mordovia, the southern districts of both"
STOPPED = pd.DataFrame(
    [
        ("The Air Force says 63 of 76 drones were stopped", "Ukraine", kind, n, n, str(n), words)
        for kind, n, words in (
            ("shot down", 22, "22 shot down"),
            ("lost", 41, "41 lost from radar"),
            ("hit", 2, "2 hit"),
            ("unaccounted for", 11, "11 unaccounted for"),
        )
    ]
    + [("The Ministry says 159 were", "Russia", "located", 159, 163, "159–163", "159 to 163")],
    columns=["heading", "side", "kind", "drawn", "reach", "sign", "words"],
)
REGIONS = pd.DataFrame(
    [("Oryol Oblast", "Russia", "located", 53, 53, "53"),
     (LONG, "Russia", "located", 51, None, "≥ 51"),
     *[(f"Region {n}", "Russia", "located", 1, 1, "1") for n in range(14)],
     ("not located", "Russia", "not located", 55, 55, "55")],
    columns=["place", "side", "kind", "low", "high", "sign"],
)  # fmt: skip
TOLLS = pd.DataFrame(
    [("Sumy Oblast", "Ukraine", "stopped", 2, 2, "2", "killed"),
     ("Sumy Oblast", "Ukraine", "stopped", 5, None, "≥ 5", "injured"),
     (LONG, "Ukraine", "stopped", 10, 14, "10–14", "injured"),
     ("Shostka (Russia says)", "Russia", "stopped", None, 70, "≤ 70", "killed"),
     ("Kherson", "Ukraine", "stopped", 0, 0, "none reported", "killed")],
    columns=["place", "side", "kind", "low", "high", "sign", "metric"],
)  # fmt: skip
CLOCK = pd.DataFrame(
    [("The Ministry: drones stopped", "127, 20:00–04:05", "Russia", -240, 245),
     ("The Ministry: drones stopped", "32, 04:00–08:00", "Russia", 240, 480),
     ("The Air Force: drones stopped", "63, 18:30–08:30", "Ukraine", -330, 510)],
    columns=["heading", "label", "side", "begin", "end"],
)  # fmt: skip

DAYS = pd.DataFrame(
    [("14 May", "On Ukrainian word", "Ukraine", kind, n, reach, "88 of 273 to 280", breaks)
     for kind, n, reach, breaks in (
         ("stopped", 88, 88, False), ("unaccounted for", 185, 192, False),
     )]
    + [("15 May", "On Ukrainian word", "Ukraine", "shot down", 63, 63, "63 of 76 ‡", True),
       ("14 May", "On Russian word", "Russia", "", 0, 0, "—", False),
       ("15 May", "On Russian word", "Russia", "stopped", 296, 296, "296", False)],
    columns=["day", "heading", "side", "kind", "drawn", "reach", "sign", "breaks"],
)  # fmt: skip

TILES = pd.DataFrame(
    [("ORL", 7, 4, "Russia", "Drones stopped, on Russia’s word", 53, "53"),
     ("BRY", 6, 5, "Russia", "Drones stopped, on Russia’s word", 1, "> 1,177"),
     ("SUM", 6, 6, "Ukraine", "Injured, on Ukraine’s word", 5, "≥ 5"),
     ("CHN", 5, 6, "unattributed", "", None, ""), ("KAM", 20, 2, "unattributed", "", None, ""),
     ("ZAK", 0, 8, "unattributed", "", None, "")],
    columns=["code", "col", "row", "side", "legend", "drawn", "sign"],
)  # fmt: skip


def calendar(table: pd.DataFrame, size: str = "page") -> Figure:
    return plot_calendar(table, WEEKDAYS, size)


CHARTS = [
    (charts.plot_stopped, STOPPED, ("sign", "words", "heading")),
    (charts.plot_regions, REGIONS, ("sign",)),
    (charts.plot_tolls, TOLLS, ("sign",)),
    (plot_clock, CLOCK, ("label", "heading")),
    (plot_tiles, TILES[TILES["col"] < 20], ("code",)),
    (plot_days, DAYS, ("day", "heading", "sign")),
    (plot_steps, STEPS[STEPS["sign"] != ""], ("heading", "note", "sign")),
    (plot_dumbbells, PAIRS, ("heading", "subject", "who_one", "sign_one", "sign_other")),
    (plot_multiples, MULTIPLES, ("heading", "region")),
    (calendar, CALENDAR[CALENDAR["sign"] != ""], ("heading", "week", "shown")),
]
KINDS = ("page", "slide", "phone")


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text().strip()]


@pytest.mark.parametrize("size", KINDS)
@pytest.mark.parametrize(("plot", "table", "shown"), CHARTS)
def test_everything_said_is_written_and_inside(plot, table, shown, size: str) -> None:
    figure = plot(table, size)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    lines = [text.get_text() for text in texts(figure)]
    missing = {str(value) for column in shown for value in table[column]} - {*lines}
    # What is broken into lines stands in them one after the other.
    missing = {words for words in missing if " " not in words or words not in " ".join(lines)}
    wide = "only a number too wide for its piece may stand in the legend alone"
    assert missing <= {"2", "11"}, wide
    for text in texts(figure):
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= -1, text
        assert box.x1 <= figure.bbox.width + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= figure.bbox.height + 1, text


def clashes(figure: Figure) -> list[tuple[str, str]]:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for t in texts(figure)]
    return [(a, b) for (a, one), (b, two) in itertools.combinations(boxes, 2)
            if one.shrunk(0.96, 0.7).overlaps(two.shrunk(0.96, 0.7))]  # fmt: skip


@pytest.mark.parametrize("size", ["page", "phone"])
@pytest.mark.parametrize(("plot", "table"), [chart[:2] for chart in CHARTS])
def test_no_words_overlap(plot, table, size: str) -> None:
    assert clashes(plot(table, size)) == []


@pytest.mark.parametrize(("plot", "table"), [chart[:2] for chart in CHARTS])
def test_words_can_be_read_on_a_phone(plot, table) -> None:
    figure = plot(table, "phone")
    shown = 361 / (72 * figure.get_size_inches()[0])
    assert min(text.get_size() for text in texts(figure)) * shown >= 9


def test_remainders_are_hatched_and_bars_are_to_scale() -> None:
    figure = charts.plot_stopped(STOPPED)
    pieces = [p for p in figure.findobj(Rectangle) if p.get_hatch() is not None or p.get_width()]
    bars = [p for p in pieces if p.get_height() == pytest.approx(0.25)]
    assert [bool(p.get_hatch()) for p in bars] == [False, False, True, True, False]
    assert bars[1].get_width() / bars[0].get_width() == pytest.approx(41 / 22)
    assert bars[4].get_width() / bars[0].get_width() == pytest.approx(159 / 22)


def test_a_break_is_drawn_between_the_days_it_is_between() -> None:
    dashed = [line for line in plot_days(DAYS).findobj(Line2D) if line.is_dashed()]
    assert len(dashed) == 1
    assert not [line for line in plot_days(DAYS.assign(breaks=False)).findobj(Line2D)
                if line.is_dashed()]  # fmt: skip


@pytest.mark.parametrize("size", KINDS)
def test_long_headings_of_days_are_broken_into_lines(size: str) -> None:
    figure = plot_days(DAYS.assign(heading=DAYS["heading"] + ", " + LONG), size)
    width = figure.get_size_inches()[0] * figure.dpi
    assert clashes(figure) == []
    assert max(text.get_window_extent().x1 for text in texts(figure)) <= width


def test_a_toll_is_drawn_as_known_with_its_open_end_and_nothing_while_it_stood_no_more() -> None:
    figure = plot_steps(STEPS)
    floors = [line.get_xydata() for line in figure.findobj(Line2D) if len(line.get_xdata()) == 3]
    rises = [(points[1][0], points[1][1] - points[0][1]) for points in floors]
    steps = [pair for pair in rises if pair[1] > 0.05]
    assert len(steps) == len(STEPS) - 1, "the step without a figure is left blank"
    assert steps[1][1] / steps[0][1] == pytest.approx(3 / 2)
    hatched = [patch for patch in figure.findobj(Polygon) if patch.get_hatch()]
    assert len(hatched) == 2, "a range and a toll with only a ceiling"


def test_counter_claims_are_told_apart_without_colour() -> None:
    dots = plot_dumbbells(PAIRS).findobj(Circle)
    full = [dot for dot in dots if dot.get_facecolor()[3]]
    assert full
    assert len(full) < len(dots)
    assert {to_hex(dot.get_edgecolor()) for dot in dots} == set(drawing.HUES.values())


@pytest.mark.parametrize("size", KINDS)
def test_long_names_of_pairs_are_broken_into_lines_and_not_cut(size: str) -> None:
    figure = plot_dumbbells(
        PAIRS.assign(heading=LONG * 2, subject=LONG, who_one=LONG, who_other=LONG), size
    )
    written = [text.get_text() for text in texts(figure)]
    assert not any("…" in line for line in written)
    assert " ".join(written).count("the southern districts of both") >= 1
    assert clashes(figure) == []


def test_a_day_nobody_spoke_of_has_no_bar_and_a_stated_zero_a_tick() -> None:
    few = MULTIPLES[MULTIPLES["region"] == "Oblast 0"]
    few = few.assign(reach=few["drawn"].fillna(0))
    bars = [p for p in plot_multiples(few).findobj(Rectangle) if p.get_edgecolor()[3]]
    told = few["drawn"].notna() & (few["drawn"] > 0)
    assert len([bar for bar in bars if bar.get_height() > 0]) >= told.sum()
    ticks = [line for line in plot_multiples(few).findobj(Line2D)
             if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2
             and abs(line.get_ydata()[1] - line.get_ydata()[0]) < 0.06]  # fmt: skip
    assert len(ticks) == (few["drawn"] == 0).sum()


def test_a_calendar_has_a_row_a_week_and_leaves_days_without_a_figure_white() -> None:
    figure = calendar(CALENDAR)
    cells = [p for p in figure.findobj(Rectangle) if p.get_width() < 0.5]
    assert len(cells) == len(CALENDAR)
    white = [cell for cell in cells if to_hex(cell.get_facecolor()) == drawing.PAPER]
    silent_or_none = CALENDAR["drawn"].isna() | (CALENDAR["drawn"] == 0)
    assert len(white) == silent_or_none.sum()


def test_a_heading_of_a_calendar_breaks_behind_its_comma_before_it_is_cut() -> None:
    long = CALENDAR["heading"].replace("Drones stopped, Russia", "Drones stopped, Russia’s word")
    words = {text.get_text() for text in texts(calendar(CALENDAR.assign(heading=long)))}
    assert {"Drones stopped,", "Russia’s word"} <= words
    assert not any("…" in word for word in words)


def test_the_far_east_is_drawn_only_when_it_has_a_figure() -> None:
    assert "KAM" not in {text.get_text() for text in texts(plot_tiles(TILES))}
    told = TILES.assign(drawn=TILES["drawn"].where(TILES["code"] != "KAM", 3.0)).assign(
        side="Russia", legend="Drones stopped"
    )
    assert "KAM" in {text.get_text() for text in texts(plot_tiles(told))}


def test_a_long_heading_of_a_calendar_is_broken_on_a_phone_and_not_cut() -> None:
    long = "Знешкоджено безпілотників, разом: Московська область, зі слів Росії"
    one = CALENDAR[CALENDAR["heading"] == CALENDAR["heading"].iloc[0]]
    figure = calendar(one.assign(heading=long), "phone")
    assert not any("…" in text.get_text() for text in texts(figure))
    assert clashes(figure) == []


EASTERN = TILES.assign(drawn=TILES["drawn"].where(TILES["code"] != "KAM", 3.0), side="Russia")


@pytest.mark.parametrize("code", ["KAM", "MOW", "ЖИТ"])
def test_on_a_phone_the_far_east_stands_below_the_rest_as_large_and_named(code: str) -> None:
    table = EASTERN.assign(legend="Drones stopped", code=EASTERN["code"].replace("KAM", code))
    western, eastern = phone_tiles(TILES, "Far East"), phone_tiles(table, "Far East")
    assert "Far East" not in {text.get_text() for text in texts(western)}
    places = {text.get_text(): text.get_position() for text in texts(eastern)}
    assert places[code][1] < min(places["ZAK"][1], places["SUM"][1])
    assert places["Far East"][0] < places[code][0]
    assert clashes(eastern) == []
    canvas = FigureCanvasAgg(eastern)
    canvas.draw()
    name = next(text for text in texts(eastern) if text.get_text() == code)
    box = name.get_window_extent(canvas.get_renderer())
    side = min(p.get_width() for p in eastern.findobj(Rectangle) if p.get_width() > 0.12)
    assert box.width <= side * eastern.dpi
    shown = 361 / (72 * eastern.get_size_inches()[0])
    assert min(text.get_size() for text in texts(eastern)) * shown >= 9


def test_the_cells_of_tiles_lie_where_the_tiles_are_drawn() -> None:
    figure = plot_tiles(TILES, "half")
    written = {text.get_text(): text for text in texts(figure)}
    width, height = figure.get_size_inches()
    cells = tile_cells(TILES, "half")
    assert [TILES["code"][cell.row] for cell in cells] == ["ORL", "BRY", "SUM", "CHN", "ZAK"]
    for cell in cells:
        x, y = written[TILES["code"][cell.row]].get_position()
        assert cell.left < x / width < cell.left + cell.width
        assert cell.top < 1 - y / height < cell.top + cell.height


def test_a_tile_nobody_gave_a_figure_for_is_empty_and_not_zero() -> None:
    figure = plot_tiles(TILES)
    faces = [to_hex(p.get_facecolor()) for p in figure.findobj(Rectangle)]
    assert faces.count(shade("Russia", 1.0)) >= 1
    assert "0" not in {text.get_text() for text in texts(figure)}


@pytest.mark.parametrize("side", ["Ukraine", "Russia"])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0])
def test_words_can_be_read_on_every_shade(side: str, share: float) -> None:
    assert drawing.contrast(on_shade(shade(side, share)), shade(side, share)) >= 4.5
    assert drawing.luminance(shade(side, share)) <= drawing.luminance(shade(side, 0.0))


def test_same_table_same_bytes() -> None:
    made = [
        charts.finish(charts.plot_regions(REGIONS), REGIONS, source="one claim", alt="bars").svg
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert "<text" in made[0]
    assert "dc:date" not in made[0]
    assert "<image" not in made[0]


def test_a_finished_chart_says_the_same_in_words_and_rows() -> None:
    made = charts.finish(plot_clock(CLOCK), CLOCK[["label"]], source="TASS", alt="a line")
    assert (made.alt, made.source) == ("a line", "TASS")
    assert made.data["rows"][0] == ["127, 20:00–04:05"]


@pytest.mark.parametrize(("source", "alt"), [("", "bars"), ("TASS", " ")])
def test_a_chart_without_source_or_alt_is_refused(source: str, alt: str) -> None:
    with pytest.raises(ValueError, match="alt text and its source"):
        charts.finish(plot_clock(CLOCK), CLOCK, source=source, alt=alt)


def test_a_slide_carries_its_title_and_source() -> None:
    figure = plot_clock(CLOCK, "slide")
    made = charts.finish(
        figure, CLOCK, source="TASS", alt="a line", size="slide", title="Two windows"
    )
    assert "Two windows" in made.svg
    assert "Source: TASS" in made.svg


@pytest.mark.parametrize("side", ["Ukraine", "Russia", "third_party"])
def test_words_can_be_read(side: str) -> None:
    assert drawing.contrast(drawing.ON_HUE[side], drawing.HUES[side]) >= 4.5
    assert drawing.contrast(drawing.INK, drawing.tint(side)) >= 4.5
    assert drawing.contrast(drawing.HUES[side], drawing.PAPER) >= 3
    assert drawing.contrast(drawing.MUTED, drawing.PAPER) >= 4.5


def test_the_two_sides_differ_in_grey_print() -> None:
    assert drawing.contrast(drawing.HUES["Ukraine"], drawing.HUES["Russia"]) >= 2


# Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
BLINDNESS = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_two_sides_differ_for_the_colour_blind(kind: str) -> None:
    def seen(colour: str) -> list[float]:
        linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
        rows = BLINDNESS[kind]
        return [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]

    one, other = seen(drawing.HUES["Ukraine"]), seen(drawing.HUES["Russia"])
    assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.2
