"""Whether another process still runs. Knows numbers of processes, nothing of what they do."""

import os
from pathlib import Path


def has_ended(process: int) -> bool:
    """Tell whether a process has surely ended.

    So has one that is dead and only waits for its parent to ask how it ended; where the parent
    never does, as the first process of some containers, it waits for ever.
    """
    if process <= 0:  # to a signal, a group of processes or all of them
        return True
    if os.name == "nt":  # there, signal 0 is Ctrl-C
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return _is_dead(process)


def _is_dead(process: int) -> bool:
    try:
        # The name of the program stands in brackets, and may hold any sign.
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] in {"Z", "X"}
