"""briefings.toml and the folders, read once into frozen Settings.

Knows no claims and renders nothing.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tally.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
DATA_VARIABLE = "TALLY_DATA"
FILE = "briefings.toml"
TYPES = ("date", "datetime", "int", "str", "choice")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BRIEFING_KEYS = ("title", "notebook", "help", "dated_by", "zone", "parameters")
_PARAMETER_KEYS = ("type", "help", "default", "required", "choices")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a briefing may be asked for; a value is kept as it was written."""

    name: str
    type: str
    help: str
    default: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


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
        """Return the name of an edition's folder: its date, and what was chosen beside the default.

        So a briefing in another language stands beside that of the same day.
        """
        choices = [each for each in self.parameters if each.type == "choice" and each.default]
        chosen = [(each, str(parameters.get(each.name, each.default))) for each in choices]
        others = [value for each, value in chosen if value != each.default]
        return "-".join([str(parameters[self.dated_by]), *others])


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
        msg = f"there is no data folder {folder}; give another with --data DIR."
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
    try:
        tables = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"{FILE} cannot be read ({error.strerror}); run from a checkout that has it."
        raise SettingsError(msg) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{FILE} is not TOML: {error}."
        raise SettingsError(msg) from error
    if not tables:
        msg = f"{FILE} declares no briefing; add a table such as [daily]."
        raise SettingsError(msg)
    return tuple(_briefing(name, table, root) for name, table in tables.items())


def _briefing(name: str, table: object, root: Path) -> Briefing:
    where = f"{FILE}: [{name}]"
    _check_name(name, where)
    keys = _table(table, where, _BRIEFING_KEYS)
    parameters = tuple(
        _parameter(key, value, where)
        for key, value in _table(keys.get("parameters", {}), f"{where} parameters").items()
    )
    dated_by = _text(keys, "dated_by", where)
    naming = [each.name for each in parameters if each.required and each.type != "str"]
    if dated_by not in naming:
        choices = ", ".join(naming) or "none yet"
        msg = f"{where} dated_by {dated_by!r} is no required date, int or choice ({choices})."
        raise SettingsError(msg)
    return Briefing(
        name=name,
        title=_text(keys, "title", where),
        notebook=_notebook(_text(keys, "notebook", where), where, root),
        help=_text(keys, "help", where),
        dated_by=dated_by,
        zone=_zone(_text(keys, "zone", where, "UTC"), where),
        parameters=parameters,
    )


def _parameter(name: str, table: object, where: str) -> Parameter:
    here = f"{where} parameters.{name}"
    _check_name(name, here)
    keys = _table(table, here, _PARAMETER_KEYS)
    required, choices = keys.get("required", False), keys.get("choices", [])
    made = Parameter(
        name=name,
        type=_choice(_text(keys, "type", here), TYPES, here),
        help=_text(keys, "help", here),
        default=str(keys.get("default", "")),
        required=required is True,
        choices=tuple(choices) if isinstance(choices, list) else (),
    )
    if not isinstance(required, bool) or (required == ("default" in keys)):
        msg = f"{here} must have either required = true or a default."
        raise SettingsError(msg)
    if (made.type == "choice") != bool(made.choices) or not all(
        isinstance(choice, str) for choice in made.choices
    ):
        msg = f"{here}: a choice, and only a choice, lists its choices as strings."
        raise SettingsError(msg)
    return made


def _table(value: object, where: str, keys: tuple[str, ...] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        msg = f"{where} is not a table of keys and values."
        raise SettingsError(msg)
    for key in value:
        if keys is not None and key not in keys:
            msg = f"{where} has an unknown key {key!r}; it takes: {', '.join(keys)}."
            raise SettingsError(msg)
    return value


def _text(keys: Mapping[str, Any], key: str, where: str, default: str = "") -> str:
    value = keys.get(key, default)
    if not isinstance(value, str) or not value:
        msg = f'{where} {key} must be text, such as {key} = "…"; it is {value!r}.'
        raise SettingsError(msg)
    return value


def _choice(value: str, choices: tuple[str, ...], where: str) -> str:
    if value not in choices:
        msg = f"{where} type {value!r} is not known; choose one of {', '.join(choices)}."
        raise SettingsError(msg)
    return value


def _check_name(name: str, where: str) -> None:
    if not _NAME.fullmatch(name):
        msg = f"{where}: a name has small letters, digits and underscores only."
        raise SettingsError(msg)


def _notebook(name: str, where: str, root: Path) -> Path:
    if Path(name).name != name or name.startswith("."):
        msg = f"{where} notebook {name!r} must be a bare name from notebooks/."
        raise SettingsError(msg)
    return root / "notebooks" / f"{name.removesuffix('.ipynb')}.ipynb"


def _zone(name: str, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"{where} zone {name!r} is not known; write one such as Europe/Kyiv."
        raise SettingsError(msg) from error
