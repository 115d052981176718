"""The command that notes what happened in a case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from complaintkit.commands.options import log_line, on_option, quoted, say_command
from complaintkit.errors import ComplaintkitError, InputError, Problem

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.facts import Case
    from complaintkit.logbook import Told


class Stopped(ComplaintkitError):  # noqa: N818 - the person's own wish is no error
    """The person stopped before anything was noted."""

    exit_code = 130


class LogCommand(click.Command):
    """A command whose help lists what can be noted, which takes a while to import."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the words for WHAT, EVENT and --channel with their meaning."""
        from complaintkit import vocabulary  # noqa: PLC0415 - slow to import

        for heading, choices in (
            ("WHAT", vocabulary.StepKind),
            ("EVENT", vocabulary.StepEvent),
            ("CHANNEL", vocabulary.Channel),
        ):
            with formatter.section(heading):
                formatter.write_dl([(str(member), member.label) for member in choices])
        super().format_epilog(ctx, formatter)


@click.command(cls=LogCommand)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("what", default="")
@click.argument("event", default="")
@click.argument("date", default="")
@click.option("--channel", default="", help="How it was sent or answered.")
@click.option("--proof", default="", help="What proves it, such as 'receipt 123'.")
@click.option("--note", default="", help="What was said, in your words.")
@click.option("--reference", default="", help="The sign or number the other side gave it.")
@click.option("--plain", is_flag=True, help="Numbered questions without any screen tricks.")
@on_option
def log(case: Path, *, plain: bool, on: dt.date, **said: str) -> None:
    """Note in CASE what happened, such as: log case.toml objection sent yesterday.

    WHAT may be several with commas: objection,access. DATE may be 2026-03-05, 5 March 2026, today
    or yesterday. What is left out is asked for. Comments and order of the file stay.
    """
    from complaintkit.interview.review import step_in_words  # noqa: PLC0415 - slow to import
    from complaintkit.logbook import note  # noqa: PLC0415

    told = _told(case, said, on, plain=plain)
    steps = told.steps()
    changed = note(case, steps, on)
    for step in steps:
        click.echo(f"Noted in {case}: {step_in_words(step)}")
    _what_follows(case, changed, told, on)


def _told(path: Path, said: dict[str, str], on: dt.date, *, plain: bool) -> Told:
    """Return what was said by options, and what is asked for beyond it."""
    from complaintkit.casefile import load  # noqa: PLC0415 - slow to import
    from complaintkit.logbook import Told, choice, kinds  # noqa: PLC0415
    from complaintkit.vocabulary import Channel, StepEvent  # noqa: PLC0415

    case = load(path)
    known: dict[str, Any] = {
        "what": kinds(said["what"]),
        "event": choice(StepEvent, said["event"]) if said["event"] else None,
        "date": _day(case, said["date"], on) if said["date"] else None,
        "channel": choice(Channel, said["channel"]) if said["channel"] else None,
        **{name: said[name] for name in ("proof", "note", "reference")},
    }
    missing = [name for name in ("what", "event", "date") if not known[name]]
    return _asked(case, known, missing, on, plain=plain) if missing else Told(**known)


def _day(case: Case, text: str, on: dt.date) -> dt.date:
    from complaintkit.interview.dates import locale_of, parse_date  # noqa: PLC0415 - slow to import

    try:
        return parse_date(text, on, locale_of(case), past=True)
    except ValueError as error:
        raise InputError(Problem("DATE", str(error))) from None


def _asked(
    case: Case, known: dict[str, Any], missing: list[str], on: dt.date, *, plain: bool
) -> Told:
    """Ask for what is missing, at the terminal or in lines."""
    from prompt_toolkit.application import create_app_session  # noqa: PLC0415 - slow to import
    from prompt_toolkit.output import create_output  # noqa: PLC0415

    from complaintkit.interview.happening import ask  # noqa: PLC0415
    from complaintkit.interview.plain import Plain  # noqa: PLC0415
    from complaintkit.interview.wizard import NoTerminalError, choose_face  # noqa: PLC0415

    try:
        face = choose_face(plain=plain)
    except NoTerminalError:
        what = (
            f"needs {', '.join(name.upper() for name in missing)}, and nobody is there to be asked"
        )
        mend = "such as: complaintkit log case.toml objection sent 2026-11-24"
        raise NoTerminalError(Problem("log", what, mend)) from None
    try:
        if isinstance(face, Plain):
            told = ask(face, case, on, known)
        else:
            with create_app_session(output=create_output(stdout=sys.stderr)):
                told = ask(face, case, on, known)
    except (KeyboardInterrupt, EOFError):
        told = None
    if told is None:
        raise Stopped(Problem("", "stopped; nothing was noted, and the file is as it was"))
    return told


def _what_follows(path: Path, case: Case, told: Told, on: dt.date) -> None:
    """Say what is due now, and what is still to be noted or answered; faults of the law are not."""
    from complaintkit import caseload  # noqa: PLC0415 - slow to import
    from complaintkit.agenda import unused  # noqa: PLC0415
    from complaintkit.assessment import State  # noqa: PLC0415
    from complaintkit.i18n import words  # noqa: PLC0415
    from complaintkit.vocabulary import StepEvent  # noqa: PLC0415

    item = caseload.standing(path, on)
    click.echo("\n".join(part[:1].upper() + part[1:] for part in caseload.parts(item, words())))
    if item.agenda is None or case.history == ():
        return
    for found in item.agenda.now:
        left = unused(item.agenda.assessment, found)
        if left and told.event is StepEvent.SENT:
            names = ",".join(left)
            line = log_line(path, names, "sent", str(told.date))
            say_command("Did the same letter use these rights too? Then note it:", line)
    if any(r.state is State.UNCLEAR and r.route.document for r in item.agenda.assessment.routes):
        command = f"complaintkit new {quoted(path)}"
        say_command("A way depends on answers you have not given:", command)
