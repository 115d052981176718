"""The command that writes letters: read the evidence, draft, write, and say what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from complaintkit import uploads
from complaintkit.assessor import assess
from complaintkit.documents import FORMATS, write_all
from complaintkit.errors import InputError, Problem
from complaintkit.exhibits import read
from complaintkit.letters import draft
from complaintkit.mailing import recipient

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from complaintkit.documents import Letter
    from complaintkit.facts import Case


@dataclass(frozen=True)
class Wanted:
    """What the options of the command ask for."""

    formats: tuple[str, ...] = ("pdf",)
    """Formats, each or several with commas between."""
    language: str = ""
    copy: str = ""
    routes: tuple[str, ...] = ()
    archive: Literal["", "facts", "case"] = ""
    force: bool = False

    @property
    def format_names(self) -> tuple[str, ...]:
        """The formats, one by one.

        Raises:
            InputError: There is no such format.

        """
        names = (name.strip() for item in self.formats for name in item.split(","))
        found = tuple(name for name in names if name)
        for name in found:
            if name not in FORMATS:
                what = f"there is no format '{name}'"
                raise InputError(Problem("--format", what, ", ".join(FORMATS)))
        return found


def write(case: Case, folder: Path, output: Path, on: dt.date, wanted: Wanted) -> None:
    """Write the letters of a case, and print the names of the files.

    Args:
        case: The case.
        folder: Where its evidence is.
        output: Where to; '-' prints the text of the letters instead.
        on: The day of the letters.
        wanted: The options.

    """
    formats = wanted.format_names
    assessment, annexes = assess(case, on=on), read(case, folder)
    letters = draft(
        assessment,
        language=wanted.language,
        copy=wanted.copy,
        routes=wanted.routes or None,
        annexes=annexes,
    )
    if str(output) == "-":
        click.echo("\n\n".join(letter.text() for letter in letters))
        return
    written = write_all(letters, output, formats, overwrite=wanted.force, archive=wanted.archive)
    for path in written:
        click.echo(str(path))
    for warning in uploads.warnings(assessment, letters):
        click.echo(f"complaintkit: {warning}", err=True)
    _note(letters, formats, wanted.archive)
    click.echo(f"Read {output / letters[-1].stem} first: it says where to send what.", err=True)


def _note(letters: tuple[Letter, ...], formats: tuple[str, ...], archive: str) -> None:
    """Say which drafts have no recipient, and what is not for sending."""
    for item in letters if "eml" in formats else ():
        if item.assessment and item.found:
            reason = recipient(item.assessment.case, item.found).reason
            if reason:
                click.echo(f"{item.stem}.eml has no recipient: {reason}.", err=True)
    if archive:
        click.echo(
            "The archive copies are for you: they also say what fails. Do not send them.", err=True
        )
