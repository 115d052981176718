"""The commands that say what is due, and write what comes next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from complaintkit.commands.options import NOTHING_OPEN, log_line, on_option, say, say_command

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.agenda import Agenda
    from complaintkit.assessment import RouteFinding


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@on_option
def status(folder: Path, *, as_json: bool, on: dt.date) -> None:
    """Say of every case in DIR what is due, what is overdue and what comes next.

    The most urgent comes first. Folders within DIR are read too, links are not followed. A file
    that is broken is one line with its reason, after which the exit code is 4.
    """
    from complaintkit import caseload  # noqa: PLC0415 - slow to import
    from complaintkit.i18n import words  # noqa: PLC0415

    found = caseload.standings(caseload.find(folder), on)
    if as_json:
        import json  # noqa: PLC0415

        records = [caseload.record(item, words()) for item in found]
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
    else:
        for item in found:
            click.echo(caseload.line(item, str(item.path), words()))
    if not found:
        click.echo(f"No case is in {folder}. Begin with: complaintkit new", err=True)
    if any(item.problem for item in found):
        sys.exit(4)


@click.command(name="next")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("letters"))
@click.option("-f", "--format", "formats", multiple=True, default=("pdf",), help="As for 'letter'.")
@click.option(
    "--lang", "language", default="", help="Language of all letters [each recipient's own]."
)
@click.option("--copy", default="", metavar="LANG", help="Your language: a copy of each to keep.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@on_option
@click.pass_context
def next_(ctx: click.Context, /, case: Path, on: dt.date, **options: Any) -> None:
    """Write the document that is open in CASE now, and say why this one and not another.

    All that is noted in CASE is carried over. If nothing is open, it says from which day what
    opens, writes nothing and ends with exit code 5.
    """
    from complaintkit.agendawords import because  # noqa: PLC0415 - slow to import
    from complaintkit.i18n import words  # noqa: PLC0415

    agenda = _agenda(case, on)
    said = words()
    for found in agenda.now:
        say(f"Now: {found.route.title}. {' '.join(because(agenda, found, said))}")
    if not agenda.now:
        _tell_nothing(case, agenda)
    _tell_later(agenda)
    if not agenda.now:
        sys.exit(NOTHING_OPEN)
    parent = ctx.parent.command if ctx.parent else None
    letter = parent.commands["letter"] if isinstance(parent, click.Group) else None
    if letter is None:
        message = "'next' is a part of complaintkit and needs its command 'letter'"
        raise click.UsageError(message)
    ctx.invoke(letter, case=case, on=on, **options)
    for found in agenda.now:
        _tell_log(case, agenda, found)


def _agenda(path: Path, on: dt.date) -> Agenda:
    from complaintkit.agenda import Agenda  # noqa: PLC0415 - slow to import
    from complaintkit.assessor import assess  # noqa: PLC0415
    from complaintkit.casefile import load_known  # noqa: PLC0415
    from complaintkit.letters import check_law  # noqa: PLC0415

    assessment = assess(load_known(path), on=on)
    check_law(assessment)
    return Agenda(assessment)


def _tell_nothing(path: Path, agenda: Agenda) -> None:
    """Say that there is nothing to write, and what would change it."""
    from complaintkit.agendawords import happened  # noqa: PLC0415 - slow to import
    from complaintkit.i18n import words  # noqa: PLC0415

    say("Nothing is to be sent today.")
    if agenda.settled:
        say(f"What you asked for was done: {happened(agenda.settled, words())}")
        line = log_line(path, str(agenda.settled.what), "continued", "DAY")
        say_command("If it goes on all the same:", line)


def _tell_later(agenda: Agenda) -> None:
    """Say of every other way why it is not taken now."""
    from complaintkit.agendawords import why_not  # noqa: PLC0415 - slow to import
    from complaintkit.assessment import State  # noqa: PLC0415
    from complaintkit.i18n import words  # noqa: PLC0415

    if agenda.settled:
        return
    barred = [
        found
        for found in agenda.assessment.routes
        if found.state is State.CLOSED and found.route.document and _reason_counts(found)
    ]
    waiting = sorted(agenda.later, key=lambda found: found.opens is None)
    for found in (*waiting, *barred):
        say(f"Not now: {found.route.title}. {why_not(found, words())}")


def _reason_counts(found: RouteFinding) -> bool:
    """Return whether people ask for a closed way: a reminder, a reply, or one that is barred."""
    return found.route.stage == "answer" or found.reason != found.route.closed_because


def _tell_log(path: Path, agenda: Agenda, found: RouteFinding) -> None:
    """Say what to note once the document of a route is sent."""
    from complaintkit.agenda import steps_of, unused  # noqa: PLC0415 - slow to import

    kinds, event = steps_of(agenda.assessment, found)
    kinds = unused(agenda.assessment, found) or kinds
    if kinds:
        line = log_line(path, ",".join(kinds), str(event), "today")
        say_command(f"When you have sent it ({found.route.title}):", line)
