"""briefings.toml and the folders, read once into frozen Settings.

Knows no claims and renders nothing.
"""

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tally.errors import SettingsError
from tally.keys import Keys

ROOT = Path(__file__).resolve().parent.parent
DATA_VARIABLE = "TALLY_DATA"
FILE = "briefings.toml"
# The one table that is no briefing: what holds for all that are scheduled.
SCHEDULE = "schedule"
TYPES = ("date", "datetime", "int", "str", "choice")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BRIEFING_KEYS = ("title", "notebook", "help", "dated_by", "zone", "parameters", "schedule")
_PARAMETER_KEYS = ("type", "help", "default", "required", "choices", "range")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a briefing may be asked for; a value is kept as it was written.

    `least` and `most` bound an int or a date; "" leaves that end open.
    """

    name: str
    type: str
    help: str
    default: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    least: str = ""
    most: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A notebook that can be rendered, with the parameters that it takes."""

    name: str
    title: str
    notebook: Path
    help: str
    dated_by: str
    zone: ZoneInfo
    parameters: tuple[Parameter, ...]

    def edition(self, parameters: Mapping[str, object]) -> str:
        """Return the name of an edition's folder: what must be given, then choices made otherwise.

        So one region in two spans, and one day in two languages, stand beside each other. Text
        is left out: it may hold what no folder is called.
        """
        required = [each.name for each in self.parameters if each.required and each.type != "str"]
        subject = "_".join(str(parameters[name]) for name in required)
        choices = [each for each in self.parameters if each.type == "choice" and each.default]
        chosen = [(each, str(parameters.get(each.name, each.default))) for each in choices]
        others = [value for each, value in chosen if value != each.default]
        return "-".join([subject, *others])


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders, and the briefings that briefings.toml declares."""

    root: Path
    data: Path
    out: Path
    briefings: tuple[Briefing, ...]

    def briefing(self, name: str) -> Briefing:
        """Return the briefing of that name."""
        for briefing in self.briefings:
            if briefing.name == name:
                return briefing
        known = ", ".join(briefing.name for briefing in self.briefings)
        msg = f"{FILE} has no briefing {name!r}; choose one of {known}."
        raise SettingsError(msg)


def data_folder(given: Path | None = None, root: Path = ROOT) -> Path:
    """Return the folder of data: the one given, else that of the environment, else ours."""
    folder = given or Path(os.environ.get(DATA_VARIABLE) or root / "data")
    if not folder.is_dir():
        msg = f"there is no data folder {folder}; make it, or give another with --data DIR."
        raise SettingsError(msg)
    return folder.resolve()


def load_settings(root: Path = ROOT, data: Path | None = None, out: Path | None = None) -> Settings:
    """Return the settings of a checkout; `data` and `out` replace its own folders."""
    return Settings(
        root=root,
        data=data_folder(data, root),
        out=(out or root / "reports").absolute(),
        briefings=load_briefings(root),
    )


def load_briefings(root: Path = ROOT) -> tuple[Briefing, ...]:
    """Return the briefings that briefings.toml declares, in its order."""
    declared = load_keys(root)
    found = tuple(_briefing(name, declared, root) for name in declared.values if name != SCHEDULE)
    if not found:
        msg = f"{FILE} declares no briefing; add a table such as [daily]."
        raise SettingsError(msg)
    return found


def load_keys(root: Path = ROOT) -> Keys:
    """Return briefings.toml as a table that tells its lines."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
        return Keys(FILE, text, (), tomllib.loads(text))
    except OSError as error:
        msg = f"{FILE} cannot be read ({error.strerror}); run from a checkout that has it."
        raise SettingsError(msg) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{FILE} is not TOML: {error}."
        raise SettingsError(msg) from error


def _briefing(name: str, declared: Keys, root: Path) -> Briefing:
    keys = declared.table(name)
    _check_name(name, keys)
    keys.check(_BRIEFING_KEYS)
    below = keys.table("parameters")
    parameters = tuple(_parameter(key, below) for key in below.values)
    dated_by = keys.text_of("dated_by")
    naming = [each.name for each in parameters if each.required and each.type != "str"]
    if dated_by not in naming:
        choices = ", ".join(naming) or "none yet"
        msg = f"{dated_by!r} is no required date, int or choice ({choices})."
        raise keys.wrong(msg, "dated_by")
    return Briefing(
        name=name,
        title=keys.text_of("title"),
        notebook=_notebook(keys, root),
        help=keys.text_of("help"),
        dated_by=dated_by,
        zone=_zone(keys),
        parameters=parameters,
    )


def _parameter(name: str, below: Keys) -> Parameter:
    keys = below.table(name)
    _check_name(name, keys)
    keys.check(_PARAMETER_KEYS)
    kind, required = keys.choice("type", TYPES), keys.values.get("required", False)
    if not isinstance(required, bool) or (required == ("default" in keys.values)):
        msg = "must have either required = true or a default."
        raise keys.wrong(msg)
    choices = keys.values.get("choices", [])
    if (kind == "choice") != bool(choices) or not _are_words(choices):
        msg = "is wrong: a choice, and only a choice, lists its choices as strings."
        raise keys.wrong(msg)
    least, most = _range(keys, kind)
    return Parameter(
        name=name,
        type=kind,
        help=keys.text_of("help"),
        default=str(keys.values.get("default", "")),
        required=required,
        choices=tuple(choices),
        least=least,
        most=most,
    )


def _are_words(choices: object) -> bool:
    return isinstance(choices, list) and all(isinstance(choice, str) for choice in choices)


def _range(keys: Keys, kind: str) -> tuple[str, str]:
    """Return the least and the most value of a parameter, as they would be written."""
    value = keys.values.get("range", ["", ""])
    ends = value if isinstance(value, list) and len(value) == 2 else [None]
    if "range" not in keys.values:
        return "", ""
    types: dict[str, type] = {"int": int, "date": dt.date}
    if kind not in types or not all(end == "" or type(end) is types[kind] for end in ends):
        msg = (
            "must be two ends of an int or a date, such as range = [1, 62] "
            f'or [2022-02-24, ""]; it is {value!r}.'
        )
        raise keys.wrong(msg, "range")
    return str(ends[0]), str(ends[1])


def _check_name(name: str, keys: Keys) -> None:
    if not _NAME.fullmatch(name):
        msg = "has a wrong name: a name has small letters, digits and underscores only."
        raise keys.wrong(msg)


def _notebook(keys: Keys, root: Path) -> Path:
    name = keys.text_of("notebook")
    if Path(name).name != name or name.startswith("."):
        msg = f"{name!r} must be a bare name from notebooks/."
        raise keys.wrong(msg, "notebook")
    return root / "notebooks" / f"{name.removesuffix('.ipynb')}.ipynb"


def _zone(keys: Keys) -> ZoneInfo:
    name = keys.text_of("zone", "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"{name!r} is not known; write one such as Europe/Kyiv."
        raise keys.wrong(msg, "zone") from error
