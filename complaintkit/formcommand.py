"""The command ``form``: a form of a case, a blank one, or the case that a filled one tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from complaintkit import campaigns, forms
from complaintkit.assessor import assess
from complaintkit.casefile import dump, load, unrecognised_problems
from complaintkit.errors import CaseError
from complaintkit.files import write_private
from complaintkit.output import form as pdf_form

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.facts import Case

CASE_FILE = Path("case.toml")


def run(
    *,
    case: Path | None,
    law_id: str,
    campaign: str,
    filled: Path | None,
    output: Path | None,
    lang: str,
    force: bool,
    on: dt.date,
) -> None:
    """Do what the options of the command ask for.

    Raises:
        click.UsageError: They ask for nothing, or for more than one thing.
        ComplaintkitError: A file cannot be read or written, or is wrong.

    """
    if [case is not None, bool(law_id), filled is not None].count(True) != 1:
        message = "give a CASE, or --blank with --law, or --read with a filled form"
        raise click.UsageError(message)
    story = campaigns.load(campaign) if campaign else None
    if filled is not None:
        told = forms.read(pdf_form.values(filled), where=filled.name, campaign=story)
        _keep(told, output or CASE_FILE, force=force)
        return
    if case is not None:
        made = forms.filled(assess(_whole(case), on=on), language=lang)
    else:
        made = forms.blank(law_id, on=on, campaign=story, language=lang)
    path = output or Path("letters" if case else ".", f"{made.stem}.pdf")
    write_private(path, made.pdf(), overwrite=force)
    click.echo(str(path))


def _whole(path: Path) -> Case:
    """Read a case and refuse keys it does not understand: the law might turn on them."""
    case = load(path)
    if case.unrecognised:
        text = path.read_text(encoding="utf-8")
        raise CaseError(*unrecognised_problems(case, path.name, text))
    return case


def _keep(case: Case, output: Path, *, force: bool) -> None:
    """Write or print the case that a form tells, and say how to go on."""
    if str(output) == "-":
        click.echo(dump(case), nl=False)
        return
    write_private(output, dump(case).encode(), overwrite=force)
    click.echo(str(output))
    click.echo(f"Answer what the form left open with: complaintkit new {output}", err=True)
