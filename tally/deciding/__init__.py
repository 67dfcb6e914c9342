"""The command `review`: what needs a decision, walked in the terminal; answers become rulings."""

from tally.deciding.command import command, main

__all__ = ["command", "main"]
