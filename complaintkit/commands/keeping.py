"""The commands that put the days of cases into a calendar, and that forget a case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from complaintkit.commands.options import NOTHING_OPEN, on_option, say

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.agenda import Agenda
    from complaintkit.caseload import Standing
    from complaintkit.i18n import Words


@click.command()
@click.argument("case", metavar="CASE|DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("complaintkit.ics"),
    help="The file to write, or - [complaintkit.ics].",
)
@click.option("--remind", type=click.IntRange(0, 60), default=3, help="Days of warning [3].")
@click.option("--named", is_flag=True, help="Put your name and the case file into the titles.")
@click.option("--lang", default="en", help="Language of the titles, if the law of a case has it.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@on_option
def calendar(
    case: Path,
    output: Path,
    remind: int,
    *,
    named: bool,
    lang: str,
    force: bool,
    on: dt.date,
) -> None:
    """Write the days of one case, or of all in a folder, for your calendar.

    Each is an event of a whole day with reminders; a later file moves the events of an earlier one.
    If no day lies ahead, nothing is written and the exit code is 5.
    """
    from complaintkit import caseload  # noqa: PLC0415 - slow to import
    from complaintkit.files import write_private  # noqa: PLC0415
    from complaintkit.i18n import words  # noqa: PLC0415
    from complaintkit.output import calendar as ics  # noqa: PLC0415

    words(lang)  # refuses a language that there is not
    found = caseload.standings(caseload.find(case), on)
    broken = [item for item in found if item.problem]
    for item in broken:
        click.echo(f"complaintkit: {item.path}: {item.problem}", err=True)
    cases = [
        ics.Dated(item.agenda, _label(item, named=named), _said(item.agenda, lang))
        for item in found
        if item.agenda and not item.unfinished
    ]
    days = ics.count(cases)
    if days and str(output) == "-":
        click.echo(ics.render(cases, on=on, remind=remind), nl=False)
    elif days:
        content = ics.render(cases, on=on, remind=remind)
        write_private(output, content, overwrite=force)
        click.echo(str(output))
        noun = "day is" if days == 1 else "days are"
        say(f"{days} {noun} in it. Write it anew when something has happened.")
    elif not broken:
        say("No day lies ahead: time runs from the day you send something.")
    if broken or not days:
        sys.exit(4 if broken else NOTHING_OPEN)


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--letters", type=click.Path(path_type=Path), help="Also the letters in this folder.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(case: Path, letters: Path | None, *, yes: bool) -> None:
    """Delete CASE and what was made of it, after showing the files and asking.

    Copies that editors made beside it go too. Letters go only with --letters. Files elsewhere, such
    as your evidence, sent e-mails and calendars, stay.
    """
    from complaintkit.traces import forget as delete  # noqa: PLC0415 - slow to import
    from complaintkit.traces import traces  # noqa: PLC0415

    found = traces(case, letters)
    click.echo("These files will be deleted:", err=True)
    for trace in found:
        click.echo(f"  {trace.path} ({trace.sort.value})", err=True)
    if letters is None:
        click.echo("Letters stay. To delete them too, add: --letters DIR", err=True)
    if not yes and not _sure():
        click.echo("Nothing was deleted.", err=True)
        sys.exit(1)
    delete(found)
    for trace in found:
        click.echo(str(trace.path))
    say(
        "Deleted. Someone with your disk may still recover deleted files, and copies may be in "
        "backups, in a cloud folder, in your e-mail and with those you wrote to."
    )


def _sure() -> bool:
    """Ask whether to delete; no answer means no."""
    try:
        return click.confirm("Delete them?", default=False, err=True)
    except click.Abort:
        click.echo("", err=True)
        return False


def _label(item: Standing, *, named: bool) -> str:
    """Return what stands behind the titles of a case: the company, and if asked who and which."""
    if not named:
        return item.company
    names = (item.company, item.case.person.name if item.case else "", item.path.name)
    return ", ".join(name for name in names if name)


def _said(agenda: Agenda, lang: str) -> Words:
    """Return the words for a case: English where its law is not in the language."""
    from complaintkit.i18n import SOURCE_LANGUAGE, words  # noqa: PLC0415 - slow to import
    from complaintkit.languages import offered  # noqa: PLC0415

    return words(lang if lang in offered(agenda.assessment) else SOURCE_LANGUAGE)
