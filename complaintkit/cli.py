"""The command line: thin, and quick to start, as every heavy import waits inside its command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from complaintkit import __version__
from complaintkit.commands.following import next_, status
from complaintkit.commands.keeping import calendar, forget
from complaintkit.commands.noting import log
from complaintkit.commands.options import on_option
from complaintkit.errors import ComplaintkitError

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.assessment import Assessment
    from complaintkit.facts import Case

EPILOG = """Exit codes: 0 all went well; 1 a letter failed or a check found errors; 2 wrong usage,
or no terminal for the wizard; 3 something is missing on this machine; 4 an input file is wrong;
5 nothing is open today; 130 interrupted (every answer given is kept)."""


class Commands(click.Group):
    """A group that lists its commands in the order in which people need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of definition."""
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and turn the package's own errors into messages and exit codes."""
        try:
            return super().main(*args, **kwargs)
        except ComplaintkitError as error:
            _stop(error)


def _stop(error: ComplaintkitError) -> NoReturn:
    for problem in error.problems:
        click.echo(f"complaintkit: {problem}", err=True)
    sys.exit(error.exit_code)


@click.group(cls=Commands, epilog=EPILOG)
@click.version_option(__version__, prog_name="complaintkit")
def main() -> None:
    """Write objections and data-protection complaints that can be acted on.

    Begin with 'complaintkit new'. Nothing is ever sent: you get files, and you decide.
    """


@main.command()
@click.argument("case", type=click.Path(path_type=Path), default=Path("case.toml"))
@click.option("--campaign", default="", help="Start from a campaign, or a campaign file.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("letters"))
@click.option("--plain", is_flag=True, help="Numbered questions without any screen tricks.")
@on_option
def new(case: Path, campaign: str, output: Path, plain: bool, on: dt.date) -> None:  # noqa: FBT001
    """Answer questions and get the letters; every answer is saved in CASE at once.

    Run it again to go on where you stopped.
    """
    from complaintkit.interview.wizard import run  # noqa: PLC0415 - slow to import

    outcome = run(case, on=on, campaign=campaign, plain=plain)
    if outcome.write:
        from complaintkit.lettercommand import Wanted, write  # noqa: PLC0415 - slow to import

        write(outcome.case, case.parent, output, on, Wanted(force=True))
    else:
        click.echo(f"Your answers are in {case}. Go on with: complaintkit new {case}", err=True)


@main.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("letters"))
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    default=("pdf",),
    help="One or more of pdf, docx, txt, eml (an e-mail draft), html, with commas between [pdf].",
)
@click.option(
    "--lang", "language", default="", help="Language of all letters [each recipient's own]."
)
@click.option("--copy", default="", metavar="LANG", help="Your language: a copy of each to keep.")
@click.option("--route", "routes", multiple=True, help="Write for this route, even if not next.")
@click.option(
    "--archive",
    flag_value="facts",
    default="",
    help="Also write PDF/A copies to keep, with facts and law inside, without your name.",
)
@click.option("--archive-identity", "archive", flag_value="case", help="The same with all of CASE.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@on_option
def letter(case: Path, output: Path, on: dt.date, **options: Any) -> None:
    """Write the letters that CASE calls for now, and a sheet of next steps.

    The names of the files are printed. With '-o -' the text of the letters is printed instead.
    """
    from complaintkit.lettercommand import Wanted, write  # noqa: PLC0415 - slow to import

    write(_load(case), case.parent, output, on, Wanted(**options))


@main.command()
@click.argument("case", type=click.Path(path_type=Path), required=False)
@click.option("--blank", is_flag=True, help="A form to fill in, of the law that --law names.")
@click.option("--law", "law_id", default="", help="The law of a blank form, such as uk-gdpr.")
@click.option("--campaign", default="", help="Print what a campaign knows on a blank form.")
@click.option("--read", "filled", type=click.Path(path_type=Path), help="Read a filled form.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--lang", default="en", help="Language of the form.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@on_option
def form(*, blank: bool, **options: Any) -> None:
    """Write the one-page form of CASE, or a blank one; or read a filled one as a case.

    With --read the case is written to case.toml, or printed with '-o -'.
    """
    from complaintkit.formcommand import run  # noqa: PLC0415 - slow to import

    if blank != bool(options["law_id"]):
        message = "--blank and --law belong together, such as: --blank --law uk-gdpr"
        raise click.UsageError(message)
    run(**options)


@main.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Also show what fails and why.")
@on_option
def explain(case: Path, everything: bool, on: dt.date) -> None:  # noqa: FBT001
    """Say what follows from CASE, why, and what would change it."""
    from complaintkit.assessor import assess  # noqa: PLC0415
    from complaintkit.explain import explain as tell  # noqa: PLC0415

    click.echo(tell(_assessed(assess(_load(case), on=on)), everything=everything))


for living_with_it in (log, status, next_, calendar, forget):
    main.add_command(living_with_it)


@main.command()
@click.argument("name", default="")
@click.option("--ground", default="", help="Print this ground only.")
@click.option("--stale", type=click.IntRange(min=0), help="List what was checked so many days ago.")
@on_option
def law(name: str, ground: str, stale: int | None, on: dt.date) -> None:
    """Print a law for review, as numbered prose with citations and dates.

    NAME is the id of a law, or its beginning such as 'uk'. Without it all laws are listed.
    """
    from complaintkit import lawprint  # noqa: PLC0415
    from complaintkit.law import library  # noqa: PLC0415

    if stale is not None:
        lines = lawprint.stale(library(), stale, on)
        click.echo("\n".join(lines) or f"Everything was checked within {stale} days.")
    elif not name:
        click.echo(lawprint.overview(library()))
    else:
        laws = lawprint.select(library(), name)
        if ground:
            laws = [item for item in laws if ground in {g.id for g in item.file.grounds}] or laws
        click.echo("\n\n".join(lawprint.review(item, ground) for item in laws))


@main.command()
def check() -> None:
    """Load all law, templates and campaigns, and report every fault."""
    from complaintkit.checks import check_all  # noqa: PLC0415

    problems, summary = check_all()
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(summary)
    if problems:
        sys.exit(1)


@main.command()
def doctor() -> None:
    """Say what this machine lacks, and how to install it."""
    from complaintkit.checks import doctor as look  # noqa: PLC0415

    missing = False
    for finding in look():
        click.echo(f"{'ok  ' if finding.good else 'MISS'}  {finding.what}")
        if not finding.good:
            missing = True
            click.echo(f"      {finding.mend}")
    if missing:
        sys.exit(3)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a case file."""
    import json  # noqa: PLC0415

    from complaintkit.facts import Case  # noqa: PLC0415

    click.echo(json.dumps(Case.model_json_schema(), indent=2, ensure_ascii=False))


@main.command()
def campaigns() -> None:
    """List the campaigns that come with the package."""
    from complaintkit import campaigns as bundled  # noqa: PLC0415

    for name in bundled.names():
        click.echo(f"{name}\n    {bundled.load(name).title}")


@main.command()
@click.argument("text", default="")
@click.option("--for", "residence", default="", help="Where you live, such as DE, GB or US-CA.")
def companies(text: str, residence: str) -> None:
    """List the companies that TEXT may mean, who answers for them, and where that was read."""
    from complaintkit.law import library  # noqa: PLC0415
    from complaintkit.respondents import find, in_words  # noqa: PLC0415

    known = library().controllers.values()
    found = find(text, known) if text else tuple(known)
    for controller in found:
        click.echo(in_words(controller, residence.upper()))
    if not found:
        click.echo(f"No company '{text}' is in the table; its privacy notice names it.", err=True)


def _load(path: Path) -> Case:
    """Read a case and refuse keys it does not understand: the law might turn on them."""
    from complaintkit.casefile import load_known  # noqa: PLC0415

    return load_known(path)


def _assessed(assessment: Assessment) -> Assessment:
    from complaintkit.letters import check_law  # noqa: PLC0415

    check_law(assessment)
    return assessment
