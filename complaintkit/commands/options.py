"""Options that many commands have."""

from __future__ import annotations

import datetime as dt
import shlex
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

NOTHING_OPEN = 5
"""The exit code where nothing is open, or no day lies ahead."""


def today() -> dt.date:
    """Return the day by the clock of this machine."""
    return dt.datetime.now().astimezone().date()


class Day(click.ParamType[dt.date]):
    """A day written as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a day; write it as YYYY-MM-DD", param, ctx)


on_option = click.option(
    "--on", type=Day(), default=today, help="Judge the case as of this day [today]."
)


def log_line(path: Path, what: str, event: str, day: str) -> str:
    """Return the command that notes something in a case."""
    return f"complaintkit log {quoted(path)} {what} {event} {day}"


def quoted(path: Path) -> str:
    """Return a path as it has to be typed in a shell."""
    return shlex.quote(str(path))


def say(text: str) -> None:
    """Write a sentence to standard error, broken at words where a terminal shows it."""
    if sys.stderr.isatty():
        width = min(shutil.get_terminal_size().columns - 1, 88)
        text = textwrap.fill(text, max(width, 20), subsequent_indent="  ", break_on_hyphens=False)
    click.echo(text, err=True)


def say_command(why: str, command: str) -> None:
    """Write what a command is for, and the command on a line of its own, whole for copying."""
    say(why)
    click.echo(f"  {command}", err=True)
