"""The objection form: one page with boxes, blank or filled from a case, and read back as a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from complaintkit import campaigns, formfields
from complaintkit.answers import Unknown
from complaintkit.assessment import State
from complaintkit.assessor import assess
from complaintkit.casefile import faults
from complaintkit.errors import CaseError, InputError, Problem, suggestion
from complaintkit.facts import Case
from complaintkit.formrights import blank_choices, ticked_choices
from complaintkit.formview import TEMPLATE, FormView
from complaintkit.i18n import SOURCE_LANGUAGE, words
from complaintkit.languages import words_under
from complaintkit.letters import Letter, check_law, people_missing
from complaintkit.letterview import LetterView
from complaintkit.records import ISO_DATE
from complaintkit.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.campaigns import Campaign
    from complaintkit.formfields import Field
    from complaintkit.law import Law

DOCUMENT = "form"
ON, OFF = "/on", ("/Off", "")
MAX_FIELD = 20_000


@dataclass(frozen=True)
class Form(Letter):
    """A form on one page, not yet in a file."""

    def pdf(self) -> bytes:
        """Return the form as PDF/UA-1, with fields to fill in if it is blank.

        Raises:
            MissingLibraryError: Pango is not on this machine.
            OutputError: It does not go on one page, or no font has one of its signs.

        """
        from complaintkit.output import form  # noqa: PLC0415 - slow to import

        return form.render(self.html)


def blank(
    law: str, *, on: dt.date, campaign: Campaign | None = None, language: str = SOURCE_LANGUAGE
) -> Form:
    """Return the blank form of a law.

    Args:
        law: The id of the law, such as ``uk-gdpr``.
        on: The day whose law decides what can be ticked.
        campaign: What is known beforehand: company, practice and facts are printed.
        language: The language of the form.

    Raises:
        InputError: There is no such law, or none in force that gives rights, or no forms in the
            language.

    """
    own = formfields.law_of(law, on)
    said = words_under(own.head.family, language)
    known = formfields.start(own, campaign, on)
    somebody = formfields.resident(own, known, on)
    choices = blank_choices(own, somebody, said, on)
    asked = formfields.fields(own, known, tuple(c.wish for c in choices), said, on)
    view = FormView(own, known, said, choices, assess(somebody, on=on), asked)
    name = "-".join(part for part in (DOCUMENT, law, known.campaign) if part)
    return Form(
        DOCUMENT, "", view.title, said.language, render(view.words, TEMPLATE, form=view), name
    )


def filled(assessment: Assessment, *, language: str = SOURCE_LANGUAGE) -> Form:
    """Return the form that goes with the first letter to the company, filled from its case.

    Args:
        assessment: What follows from the case.
        language: The language of the form.

    Raises:
        NoLawError: No law covers the case, or it is not known which.
        InputError: There is nothing to object to or to request now, or an address is missing.

    """
    check_law(assessment)
    found = _first(assessment)
    if problems := people_missing(assessment.case, "form"):
        raise InputError(*problems)
    said = words_under(found.law.head.family, language)
    letter = LetterView(assessment, said, found)
    choices = ticked_choices(assessment, [v.finding for v in letter.rights], found.law, said)
    view = FormView(found.law, assessment.case, said, choices, assessment, letter=letter)
    name = f"{assessment.on}-1-{DOCUMENT}-{found.law.head.id}"
    return Form(
        DOCUMENT,
        found.route.id,
        view.title,
        said.language,
        render(view.words, TEMPLATE, form=view),
        name,
    )


def _first(assessment: Assessment) -> RouteFinding:
    """Return the route of the letter by which rights are used."""
    for found in assessment.routes:
        request = found.route.uses_rights or found.route.document == "request-us"
        if request and found.route.to == "controller" and found.state is State.OPEN:
            return found
    what = "a form is for the first letter to the company, and this case is beyond it"
    raise InputError(Problem("case", what, "see 'complaintkit explain' for the next step"))


def read(
    values: Mapping[str, str], *, where: str = "form", campaign: Campaign | None = None
) -> Case:
    """Return the case that a filled form tells.

    Args:
        values: The values of its fields by their names, as `complaintkit.output.form.values` reads
            them from a PDF.
        where: What error messages call the form.
        campaign: The campaign of the form, if it is none of the package.

    Raises:
        CaseError: Fields are missing or unknown, or have values that are not possible; one
            problem for each, which names the field and never what stands in it.

    """
    law, campaign, on = _marks(values, campaign, where)
    known = formfields.start(law, campaign, on)
    said = words(SOURCE_LANGUAGE)
    somebody = formfields.resident(law, known, on)
    wishes = tuple(choice.wish for choice in blank_choices(law, somebody, said, on))
    asked = {f.name: f for f in formfields.fields(law, known, wishes, said, on)}
    problems = [_unknown(name, asked, where) for name in values if name not in asked]
    problems += [_missing(name, where) for name in asked if name not in values]
    if problems:
        raise CaseError(*problems[:10])
    problems = [p for name, field in asked.items() if (p := _fault(field, values[name], where))]
    if problems:
        raise CaseError(*problems)
    case = _case({f.name: _value(f, values[f.name]) for f in asked.values()}, known, where)
    return campaign.apply(case) if campaign else case


def _marks(
    values: Mapping[str, str], campaign: Campaign | None, where: str
) -> tuple[Law, Campaign | None, dt.date]:
    """Return the law and the campaign that a form names, and the day for which it was made."""
    version = values.get("form.version")
    if version is None:
        what = "has no field 'form.version', so it is no form of complaintkit"
        raise CaseError(Problem(where, what, "make one with: complaintkit form --blank"))
    if version != formfields.VERSION:
        what = "is a form of another version"
        raise CaseError(
            Problem(where, what, f"this version reads forms of version {formfields.VERSION}")
        )
    made = values.get("form.made", "")
    try:
        on = dt.date.fromisoformat(made)
    except ValueError:
        place = f"{where}, field form.made"
        raise CaseError(Problem(place, "is not a day", "fill in the form as it was made")) from None
    try:
        law = formfields.law_of(values.get("form.law", ""), on)
    except InputError as error:
        problems = (Problem(f"{where}, field form.law", p.what, p.mend) for p in error.problems)
        raise CaseError(*problems) from None
    return law, _campaign(values.get("form.campaign", ""), campaign, where), on


def _campaign(name: str, given: Campaign | None, where: str) -> Campaign | None:
    """Return the campaign of a form: of the package, or the one that was given."""
    place = f"{where}, field form.campaign"
    if given:
        if given.id != name:
            raise CaseError(Problem(place, "is not the campaign that was given", "leave it out"))
        return given
    if name and name not in campaigns.names():
        mend = suggestion(name, campaigns.names()) or "give its file with --campaign"
        raise CaseError(Problem(place, "names a campaign that is not in the package", mend))
    return campaigns.load(name) if name else None


def _unknown(name: str, asked: Mapping[str, Field], where: str) -> Problem:
    shown = name[:60] if name.isprintable() else "with an unprintable name"
    near = suggestion(name, asked) or "fill in the form as it was made"
    return Problem(where, f"the field '{shown}' does not belong to this form", near)


def _missing(name: str, where: str) -> Problem:
    mend = "fill in the form as it was made, and keep its fields when you save it"
    return Problem(where, f"the field '{name}' is missing", mend)


def _fault(field: Field, value: str, where: str) -> Problem | None:
    """Return what is wrong with the value of a field, if anything."""
    place = f"{where}, field {field.name}"
    if len(value) > MAX_FIELD:
        return Problem(place, f"is longer than {MAX_FIELD} characters", "shorten it")
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    if any(not sign.isprintable() and sign not in "\n\t" for sign in lines):
        return Problem(place, "has a control character in it", "type the text again")
    if field.kind in ("line", "day") and "\n" in lines.strip():
        return Problem(place, "has more than one line", "write it on one line")
    if field.kind == "tick" and value != ON and value not in OFF:
        return Problem(place, "is neither ticked nor empty", "tick it again")
    if field.kind == "choice" and value not in dict(field.choices) and value:
        return Problem(place, "has a value that is not in its list", "choose from the list")
    if field.name == "form.date" and value.strip() and not ISO_DATE.fullmatch(value.strip()):
        return Problem(place, "is not a day", "write the date as YYYY-MM-DD")
    return None


def _value(field: Field, value: str) -> object:
    """Return what a field says, in the types of a case; None if it says nothing."""
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.kind == "tick":
        return value == ON or None
    if field.kind == "lines" and field.name.endswith(".address"):
        return tuple(line.strip() for line in text.split("\n") if line.strip()) or None
    return text or None


def _case(said: Mapping[str, object], known: Case, where: str) -> Case:
    """Return the case of what the fields say and what was known before."""
    tables: dict[str, Any] = {"person": {}, "controller": {}, "facts": {}}
    residence = known.facts.residence
    if not isinstance(residence, Unknown):
        tables["facts"]["residence"] = residence
    for name, value in said.items():
        table, _, key = name.partition(".")
        many, _, item = key.partition(".")
        if value is None or table not in tables:
            continue
        if item:
            tables[table].setdefault(many, []).append(item)
        else:
            tables[table][key] = value
    try:
        return Case.model_validate(tables)
    except ValidationError as error:
        raise CaseError(*faults(where, "", error)) from None
