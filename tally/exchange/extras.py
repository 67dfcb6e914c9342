"""The optional libraries of exchange, imported where they are used."""

import importlib
from typing import Any

from tally.errors import ExchangeError

INSTALL = ".venv/bin/python -m pip install -e '.[exchange]'"


def library(name: str, what: str) -> Any:
    """Return a library that `what` needs; where it is not installed, say how to install it.

    >>> library("json.decoder", "JSON").__name__
    'json.decoder'
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        msg = f"{what} needs {name.partition('.')[0]}, which is not installed: {INSTALL}"
        raise ExchangeError(msg) from error
