"""The map of a night: drones stopped over Russia's regions, people injured in Ukraine's.

Computes nothing: figures come from series and tolls, pictures from charts.
"""

import pandas as pd

from tally import blocks, charts
from tally.blocks import Block
from tally.chapters import of_claims, placed, source
from tally.charts.tiles import phone_tiles, plot_tiles
from tally.evidence import Count, Night
from tally.language import say, to_say
from tally.model import Metric
from tally.names import load_letters, load_tiles
from tally.prose import share_name
from tally.series import split
from tally.tolls import region_tolls
from tally.wording import capital, listed, sign

STOPPED = to_say("Ukrainian drones stopped, on Russia’s word")
INJURED = to_say("People injured, the least on Ukraine’s word")
LEADS = {
    STOPPED: to_say("on Russia’s word, most Ukrainian drones were stopped over {region} ({sign})"),
    INJURED: to_say("on Ukraine’s word, most people were injured in {region} ({sign})"),
}
ALONE = {
    STOPPED: to_say("{region} ({sign} stopped, on Russia’s word)"),
    INJURED: to_say("{region} ({sign} injured, on Ukraine’s word)"),
}
HOW = to_say(
    "A tile a region, roughly where it lies; no border is drawn. The darker, the higher within its "
    "own scale; a tile without a figure: nobody gave one."
)

Told = dict[str, tuple[str, str, Count]]


@of_claims
def tile_map(night: Night) -> tuple[Block, ...]:
    """Show where drones were stopped in Russia and people injured in Ukraine, region by region."""
    told, elsewhere = _told(night)
    if not told:
        return (
            blocks.prose([say("No figure of this night is of one region, so no map is drawn.")]),
        )
    others = _others(night, elsewhere)
    if len(told) == 1:
        return (blocks.prose([_few(night, told, others)]),)
    table = _table(told)
    drawn = table[table["drawn"].notna()].sort_values("drawn", ascending=False, kind="stable")
    named = drawn.assign(
        region=[capital(night.names.place("", (code,))) for code in drawn["admin1"]]
    )
    listing = "; ".join(
        f"{legend}: " + ", ".join(f"{r.region} {r.sign}" for r in rows.itertuples())
        for legend, rows in named.groupby("legend", sort=False)
    )
    finished = charts.finish(
        plot_tiles(table),
        named[["region", "legend", "sign"]].rename(
            columns={"region": say("Region"), "legend": say("What"), "sign": say("Figure")}
        ),
        source=source(night, [count for _, _, count in told.values()]),
        alt=say("A grid of tiles, one a region. {listing}.", listing=listing),
        narrow=phone_tiles(table, say("Siberia and the Far East")),
    )
    rest = say("Not on the map: {others}.", others=listed(others)) if others else ""
    caption = " ".join(filter(None, [_finding(night, named), say(HOW), rest]))
    return (placed(finished, caption, "map"),)


def _finding(night: Night, named: pd.DataFrame) -> str:
    """State where each scale has its highest figure."""
    highest = (rows.iloc[0] for _, rows in named.groupby("legend", sort=False))
    said = [
        say(LEADS[row["meaning"]], region=night.names.place("", (row["admin1"],)), sign=row["sign"])
        for row in highest
    ]
    if len(said) == 1:
        return capital(f"{said[0]}.")
    return capital(say("{one}; {other}.", one=said[0], other=said[1]))


def _few(night: Night, told: Told, others: list[str]) -> str:
    """Tell the one figure that a map would show, with those that it has no room for."""
    (code, (_, meaning, count)) = next(iter(told.items()))
    region = night.names.place("", (code,))
    one = say(ALONE[meaning], region=region, sign=sign(count))
    return say(
        "So few regions have a figure that no map is drawn: {figures}.",
        figures=listed([one, *others]),
    )


def _others(night: Night, elsewhere: list[str]) -> list[str]:
    """Say which figures of regions the map has no room for, so that no side's go unseen."""
    hurt = [
        say(
            "{region} ({sign} injured, on Russia’s word)",
            region=night.names.place("", (code,)),
            sign=sign(count),
        )
        for code, count in region_tolls(night, Metric.INJURED, "Russia").items()
    ]
    held = split(night, "Russia")
    stopped = [
        say(
            "{region} ({sign} stopped, on Ukraine’s word)",
            region=share_name(share, night.names),
            sign=sign(share.count),
        )
        for share in (held.shares if held else ())
    ]
    return [*elsewhere, *hurt, *stopped]


def _told(night: Night) -> tuple[Told, list[str]]:
    told: Told = {
        code: ("Ukraine", INJURED, count)
        for code, count in region_tolls(night, Metric.INJURED, "Ukraine").items()
    }
    elsewhere = []
    found = split(night, "Ukraine")
    tiles = load_tiles()
    for share in found.shares if found else ():
        code = share.admin1[0] if len(share.admin1) == 1 else ""
        if code in tiles and code not in told:
            told[code] = ("Russia", STOPPED, share.count)
        else:
            called = share_name(share, night.names)
            elsewhere.append(say(ALONE[STOPPED], region=called, sign=sign(share.count)))
    return told, elsewhere


def _table(told: Told) -> pd.DataFrame:
    rows = []
    for code, (column, row) in load_tiles().items():
        side, meaning, count = told.get(code, ("unattributed", "", None))
        rows.append(
            {
                "admin1": code,
                "code": tile_code(code),
                "col": column,
                "row": row,
                "side": side,
                "meaning": meaning,
                "legend": say(meaning) if meaning else "",
                "drawn": count.drawn if count else None,
                "sign": sign(count) if count and count.drawn else "0",
            }
        )
    return pd.DataFrame(rows)


def tile_code(region: str) -> str:
    """Return the letters on the tile of a region, given by its code, in the language spoken.

    >>> tile_code("UA-59"), tile_code("RU-BEL")
    ('SUM', 'BEL')
    """
    return load_letters().get(region) or SHORT.get(region, region[3:])


# ISO gives Ukraine's regions numbers; readers know the letters.
SHORT = {
    "UA-05": "VIN", "UA-07": "VOL", "UA-09": "LUH", "UA-12": "DNI", "UA-14": "DON", "UA-18": "ZHY",
    "UA-21": "ZAK", "UA-23": "ZAP", "UA-26": "IVF", "UA-30": "KYV", "UA-32": "KYO", "UA-35": "KIR",
    "UA-40": "SEV", "UA-43": "CRI", "UA-46": "LVI", "UA-48": "MYK", "UA-51": "ODE", "UA-53": "POL",
    "UA-56": "RIV", "UA-59": "SUM", "UA-61": "TER", "UA-63": "KHA", "UA-65": "KHE", "UA-68": "KHM",
    "UA-71": "CHK", "UA-74": "CHN", "UA-77": "CHV",
}  # fmt: skip
