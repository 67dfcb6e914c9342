"""Many editions at once: what is up to date stays, one that fails stops no other."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sample_place import Place, make_place

from tally.render import command
from tally.render.batch import Outcome, render_batch
from tally.render.edition import HTML

DAYS = ("2025-05-21", "2025-05-22", "2025-05-23")


def render(place: Place, days: Sequence[str] = DAYS, force: bool = False) -> dict[str, Outcome]:
    daily = place.settings.briefings[0]
    wanted = [{"day": day, "as_of": "2025-05-22T08:00"} for day in days]
    done = render_batch(place.settings, daily, wanted, 2, force)
    return {outcome.name.split()[1]: outcome for outcome in done}


def states(done: dict[str, Outcome]) -> list[str]:
    return [done[day].state for day in sorted(done)]


def test_one_failure_stops_no_other_and_only_what_changed_is_rendered(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    first = render(place)
    assert states(first) == ["rendered", "failed", "rendered"]
    assert "ValueError: no documents for 2025-05-22" in first["2025-05-22"].words
    assert states(render(place)) == ["up to date", "failed", "up to date"]

    good = DAYS[::2]
    (place.folder("2025-05-23") / HTML).write_text("159 became 195")
    assert states(render(place, good)) == ["up to date", "rendered"]
    assert states(render(place, good[:1], force=True)) == ["rendered"]
    (place.settings.data / "claims/2025-05.csv").write_text("id,low\n1,64\n")
    assert states(render(place, good)) == ["rendered", "rendered"]
    notebook = place.settings.briefings[0].notebook
    notebook.write_text(notebook.read_text().replace("as known", "known"))
    assert states(render(place, good[:1])) == ["rendered"]


def test_the_command_tells_each_the_sum_and_the_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    place = make_place(tmp_path)
    monkeypatch.setattr(command, "load_briefings", lambda: place.settings.briefings)
    monkeypatch.setattr(command, "load_settings", lambda **_: place.settings)
    asked = ["daily", "--from", "2025-05-21", "--to", "2025-05-22", "--jobs", "2"]
    assert command.main(asked) == 1
    assert command.main([*asked[:3], "--to", "2025-05-21"]) == 0
    said = capfd.readouterr()
    assert said.out.splitlines() == [
        f"daily 2025-05-21: {place.folder('2025-05-21')}",
        f"daily 2025-05-21: up to date, {place.folder('2025-05-21')}",
    ]
    assert said.err.splitlines()[-1] == "2 briefings: 1 rendered, 1 failed (daily 2025-05-22)."
