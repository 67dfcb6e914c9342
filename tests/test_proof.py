"""A briefing that came back: intact, altered by a careless or a careful hand, or out of date."""

import html
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from sample_place import Place, make_place

from tally.errors import RenderError
from tally.proof import Carried, Verdict, judge, make_again, read_html, read_pdf
from tally.render.edition import HTML, PDF, render_edition
from tally.render.html import UNSEALED, seal
from tally.render.pdf import SOURCE, set_again
from tally.settings import ROOT

TELLING = """
told = (Path(os.environ["TALLY_DATA"]) / "claims/2025-05.csv").read_text()
b.show(b.prose(["Said: " + told.split()[1]]), b.attach("claims.csv", "text/csv", told, "claims"))
"""
DAY = "2025-05-21"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = make_place(tmp_path_factory.mktemp("proof"), TELLING)
    render_edition(made.settings, made.settings.briefings[0], {"day": DAY})
    return made


def read(content: bytes) -> Carried:
    return read_pdf(content) if content.startswith(b"%PDF") else read_html(content)


def attached(content: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}


def verdict(place: Place, content: bytes) -> Verdict:
    carried = read(content)
    again = make_again(place.settings, carried)
    assert again is not None
    return judge(place.settings, carried, read(again[carried.form]))


@pytest.mark.parametrize("form", [HTML, PDF])
def test_an_untouched_briefing_is_intact_and_known(place: Place, form: str) -> None:
    found = verdict(place, place.files(DAY)[form])
    assert found.intact
    assert found.lines[0].startswith("Intact: made again")
    assert found.lines[1].startswith("Daily briefing: Night to 2025-05-21.")
    assert found.lines[2] == f"The edition kept in reports/daily/{DAY} is this very file."


def test_a_number_changed_in_a_page_is_found_and_named(place: Place) -> None:
    content = place.files(DAY)[HTML].replace(b"1,63", b"1,36")
    found = verdict(place, content)
    assert not found.intact
    assert any("'Said: 1,36', made again 'Said: 1,63'" in line for line in found.lines)


def test_a_number_changed_with_a_digest_reckoned_anew_is_found(place: Place) -> None:
    page = place.files(DAY)[HTML].decode().replace("1,63", "1,36")
    old = page.split('tally-sha256" content="')[1][:64]
    unsealed = page.replace(old, UNSEALED, 1)
    forged = unsealed.replace(UNSEALED, seal(unsealed), 1).encode()
    assert read(forged).whole
    assert not verdict(place, forged).intact


def test_a_pdf_whose_pages_are_not_its_attachments_is_found(place: Place) -> None:
    made = place.files(DAY)[PDF]
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"BT ET")
        pdf.save(changed)
    assert read(made).whole
    assert not read(changed.getvalue()).whole
    assert not verdict(place, changed.getvalue()).intact


def test_a_pdf_set_anew_from_altered_claims_is_found_and_named(place: Place) -> None:
    files = attached(place.files(DAY)[PDF])
    files[SOURCE] = files[SOURCE].replace(b"1,63", b"1,36")
    files["claims.csv"] = b"id,low\n1,36\n"
    forged = set_again(files)
    assert read(forged).whole
    found = verdict(place, forged)
    assert not found.intact
    assert "claims.csv: 1: low is '36', made again '63'" in found.lines


@pytest.mark.parametrize("form", [HTML, PDF])
def test_what_changed_since_is_told_of_an_intact_one(tmp_path: Path, form: str) -> None:
    place = make_place(tmp_path, TELLING)
    render_edition(place.settings, place.settings.briefings[0], {"day": DAY})
    (place.settings.data / "claims/2025-05.csv").write_text("id,low\n1,64\n2,5\n")
    found = verdict(place, place.files(DAY)[form])
    assert found.intact
    assert "Since then the claims changed." in found.lines
    expected = "low is '63', made again '64'" if form == PDF else "'Said: 1,63', made again"
    assert any(expected in line for line in found.lines)


def test_a_briefing_that_cannot_be_made_again_is_judged_by_its_own_word(place: Place) -> None:
    page = place.files(DAY)[HTML]
    carried = read(page)
    asked = {"briefing": "../../etc", "parameters": {"day": "../.."}, "key": ""}
    for manifest in (asked, {**asked, "briefing": "daily"}):
        strange = Carried(HTML, page, manifest, {}, (), carried.whole)
        assert make_again(place.settings, strange) is None
        assert judge(place.settings, strange, None).lines[0].startswith("Intact by its own word")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        f'<meta name="tally-manifest" content="{html.escape(json.dumps([1]))}">'.encode(),
        b'<meta name="tally-manifest" content="{&quot;key&quot;: 1, &quot;briefing&quot;: 1, '
        b'&quot;parameters&quot;: &quot;x&quot;}">',
        b'<meta name="tally-manifest" content="{}"><meta name="tally-sha256" content="">',
    ],
)
def test_what_is_no_briefing_is_told(content: bytes) -> None:
    with pytest.raises(RenderError, match="carries no manifest of Tally"):
        read_html(content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7 cut", "a.pdf: it cannot be read as PDF; it may be cut off or locked."),
        ("a.html", b"<p>159</p>", "a.html: it carries no manifest of Tally"),
        ("a.docx", b"", "a.docx: it is neither PDF nor HTML; give one of briefing.pdf"),
    ],
)
def test_the_command_tells_what_it_cannot_read(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/verify.py"), str(tmp_path / name)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(words)
    assert done.stderr.count("\n") == 1
