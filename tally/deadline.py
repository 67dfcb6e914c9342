"""Ends connections when their time is up: a server that drips is never late to any one read."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """The sockets of one conversation, ended when its time is up, whatever they wait for."""

    def __init__(self) -> None:
        """Hold no socket yet."""
        self.ended = False
        self._sockets: list[socket.socket] = []

    def hold(self, made: socket.socket) -> socket.socket:
        """Keep a socket to be ended in time."""
        self._sockets.append(made)
        if self.ended:
            self.end()
        return made

    def end(self) -> None:
        """End what is open; whoever waits for it is told at once."""
        self.ended = True
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give back what was opened."""
        for each in self._sockets:
            each.close()


@contextmanager
def in_time(seconds: float, line: Line) -> Iterator[None]:
    """End a line after so many seconds, and close it in any case."""
    timer = threading.Timer(seconds, line.end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        line.close()
