"""Checks the parameters that a briefing is asked for, before any notebook runs. Reads no files."""

import contextlib
import datetime as dt
from collections.abc import Mapping

from tally.errors import ParameterError
from tally.settings import Briefing, Parameter

_FORMS = {
    "date": "a date such as 2025-05-21",
    "datetime": "a time such as 2025-05-22T08:00 or a date such as 2025-05-22",
    "int": "a whole number such as 14",
    "str": "text",
}


def check_parameters(briefing: Briefing, given: Mapping[str, str]) -> dict[str, str | int]:
    """Return every parameter of a briefing as its notebook takes it: ISO strings and integers."""
    taken = {parameter.name for parameter in briefing.parameters}
    for name in given:
        if name not in taken:
            choices = ", ".join(sorted(taken))
            msg = f'{briefing.name} has no parameter "{name}"; it takes: {choices}.'
            raise ParameterError(msg)
    return {each.name: _value(briefing, each, given) for each in briefing.parameters}


def _value(briefing: Briefing, parameter: Parameter, given: Mapping[str, str]) -> str | int:
    """Return one checked value; an empty default stays empty, for the notebook to read."""
    words = given.get(parameter.name, parameter.default).strip()
    if not words and parameter.required:
        msg = f"{briefing.name} needs {parameter.name}: {parameter.help}"
        raise ParameterError(msg)
    if not words and parameter.name not in given:
        return ""
    try:
        value = _parsed(parameter, words, briefing)
    except (ValueError, OverflowError) as error:
        form = _FORMS.get(parameter.type, f"one of {', '.join(parameter.choices)}")
        msg = f"{briefing.name}: {parameter.name} must be {form}; it is {words!r}."
        raise ParameterError(msg) from error
    _check_range(briefing, parameter, value)
    return value


def _check_range(briefing: Briefing, parameter: Parameter, value: str | int) -> None:
    """Refuse a value outside the range of its parameter."""
    if _outside(value, parameter.least, parameter.most):
        ends = f"{parameter.least or 'any'} to {parameter.most or 'any'}"
        msg = f"{briefing.name}: {parameter.name} must be within {ends}; it is {value}."
        raise ParameterError(msg)


def _outside(value: str | int, least: str, most: str) -> bool:
    """Tell whether a whole number, or a date as ISO text, is below the least or above the most."""
    if isinstance(value, int):
        return bool(least and value < int(least)) or bool(most and value > int(most))
    return bool(least and value < least) or bool(most and value > most)


def _parsed(parameter: Parameter, words: str, briefing: Briefing) -> str | int:
    if parameter.type == "int":
        return int(words)
    if parameter.type == "date":
        return dt.date.fromisoformat(words).isoformat()
    if parameter.type == "datetime":
        return _moment(words, briefing)
    if parameter.type == "choice" and words not in parameter.choices:
        raise ValueError(words)
    return words


def _moment(words: str, briefing: Briefing) -> str:
    """Return a bare date as it is, and a time with an offset, so that no notebook guesses one."""
    with contextlib.suppress(ValueError):
        return dt.date.fromisoformat(words).isoformat()
    moment = dt.datetime.fromisoformat(words)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=briefing.zone)
    # A time so near the edge of the calendar that no other clock can tell it is refused.
    moment.astimezone(dt.UTC)
    return moment.isoformat(timespec="minutes" if moment.second == 0 else "seconds")
