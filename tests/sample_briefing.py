"""A briefing of every kind of block, hostile words and a long table; for the tests of rendering."""

from typing import Any

from nbformat import NotebookNode, v4

from tally import blocks as b
from tally.blocks import Block

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60" viewBox="0 0 400 60">'
    '<rect width="159" height="20" fill="#0f4c5c"/>'
    '<text x="4" y="50" font-family="DejaVu Sans" font-size="12">Київ 159</text></svg>'
)
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style></details></table>",
    "&lt;b&gt; &amp;",
    '#panic("x") #{1/0} $ x^2 $ *b* _e_ `r` @at <label> = heading',
    '] #link("javascript:alert(1)")[x] [',
    "\\u{202e} // comment /* comment */ ~ --- '",
    "{{ 7 * 7 }} {% for x in y %} {# #}",
    "[a](javascript:alert(1)) ![i](x.png)",
    "<!-- --> ]]> <?php \"quoted\" 'single'",
)
HIDING = (
    ("killed \u202e21\u202c", "killed [U+202E]21[U+202C]"),
    ("\u2066a\u2069", "[U+2066]a[U+2069]"),
    ("ze\u200bro wid\u200dth\ufeff so\u00adft", "zero width soft"),
    ("a\u0000b\u001bc\nd", "a b c d"),
    ("e\u0301", "é"),
)


def every_block(rows: int = 12) -> list[Block]:
    """Return a whole briefing with `rows` rows of evidence."""
    return [
        b.masthead(
            "Daily briefing",
            "Night of 20–21 May 2025",
            "as known on 22 May 2025, 08:00 Kyiv time",
            "edition 1",
            "en",
            known_at="2025-05-22T05:00:00+00:00",
        ),
        b.lead([["Russia’s ministry claimed ", b.strong("159"), b.link("#claim-1", "[1]"), "."]]),
        b.tiles([{"label": "At Ukraine", "value": "76", "note": "13 unexplained"}]),
        b.section("What each side says it stopped", id="stopped"),
        b.figure(
            SVG,
            "One bar of 159",
            ["159 claimed, see ", b.link("#claim-2", "2")],
            ["Source: ", b.link("https://example.org/a?b=1&c=2", "Ministry")],
            {"columns": ["side", "claimed"], "rows": [["Russia", 159], ["Ukraine", None]]},
            "stopped",
        ),
        b.prose([["Неперевірено: ", b.em("їжак, ґанок, Є"), " 🔴 中"], *HOSTILE]),
        b.section("By kind", level=3),
        b.prose(["Small print."], small=True),
        b.section("Evidence", id="evidence"),
        evidence(rows),
        b.section("How to read this", numbered=False),
        b.attach("claims.csv", "text/csv", "id,low\n1,63\n", "the claims of this briefing"),
    ]


def evidence(rows: int) -> Block:
    """Return a table of claims with a hostile quote in each."""
    columns = [
        {"label": "No.", "align": "right", "scope": "row"},
        {"label": "Quote", "width": 0.6},
        {"label": "Link"},
    ]
    cells = [
        [
            str(n),
            ["збито ", b.mark("22"), " ", HOSTILE[n % len(HOSTILE)]],
            b.link(f"https://example.org/{n}", "story"),
        ]
        for n in range(1, rows + 1)
    ]
    ids = [f"claim-{n}" for n in range(1, rows + 1)]
    return b.table("Every claim", columns, cells, ids=ids, notes=["A note."], name="evidence")


def shown(blocks: list[Block], *more: dict[str, Any]) -> NotebookNode:
    """Return an executed notebook that shows blocks, and other outputs after them."""
    outputs = [v4.new_output("display_data", data=each._repr_mimebundle_()) for each in blocks]
    outputs += [v4.new_output(**each) for each in more]
    return v4.new_notebook(cells=[v4.new_code_cell("secret_code()", outputs=outputs)])
