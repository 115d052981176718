"""An assessment gives letters: the words of the templates, filled with one person's facts."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from complaintkit import languages
from complaintkit.answersheet import AnswerView, TextView
from complaintkit.answertexts import read as read_texts
from complaintkit.assessment import State
from complaintkit.documents import FORMATS, Letter, write_all
from complaintkit.errors import InputError, NoLawError, Problem
from complaintkit.i18n import SOURCE_LANGUAGE
from complaintkit.law import library
from complaintkit.letterview import LetterView
from complaintkit.records import texts, unwritable
from complaintkit.rendering import render, title_of
from complaintkit.sheetview import SheetView
from complaintkit.webforms import form_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.exhibits import Annex
    from complaintkit.facts import Case
    from complaintkit.i18n import Words
    from complaintkit.output.bundle import Bundle

__all__ = ["FORMATS", "SHEET", "Letter", "check_law", "draft", "write_all"]

SHEET = "next-steps"
ANSWERS = "answers"
LISTED = '<ul class="annexes">'
"""What stands in a letter that names its annexes."""
COVERED = (
    "EU and EEA countries, GB, CH and US are covered. Gibraltar, Jersey, Guernsey and the Isle of "
    "Man have laws of their own. For an overseas region that belongs to the EU, give the country"
)


def draft(
    assessment: Assessment,
    *,
    language: str = "",
    copy: str = "",
    routes: Iterable[str] | None = None,
    annexes: Sequence[Annex] = (),
) -> tuple[Letter, ...]:
    """Return the letters to send now, answers for the forms they go through, and the next steps.

    Args:
        assessment: What follows from the case.
        language: The language of all letters, such as ``de``; by default each has its recipient's.
        copy: The person's own language: that of the sheet, and of a copy to keep of each letter
            that is in another one.
        routes: The routes to write for; by default those that `Assessment.next` names.
        annexes: The evidence that was read from files, by `exhibits.read`; without it evidence is
            listed by its titles.

    Raises:
        NoLawError: No law covers the case, or it is not known which.
        InputError: A route does not exist or has no document, an address is missing, or there
            are no letters in a language.
        TemplateError: A template is wrong.

    """
    check_law(assessment)
    _check_languages(assessment, language, copy)
    _check_texts(assessment)
    chosen = assessment.next if routes is None else _chosen(assessment, routes)
    _check_people(assessment, chosen)
    letters: list[Letter] = []
    answers: list[Letter] = []
    copies: list[Letter] = []
    for number, found in enumerate(chosen, 1):
        sent_in = language or languages.of(assessment, found, copy)
        said = _words(assessment, sent_in)
        letters.append(_letter(assessment, found, said, number, tuple(annexes)))
        answers += _answers(assessment, said, letters[-1], found, number)
        if copy and copy != sent_in:
            said = _words(assessment, copy)
            copies.append(_letter(assessment, found, said, number, tuple(annexes), sent_in))
    own = _words(assessment, copy or language or SOURCE_LANGUAGE)
    return (*letters, *answers, *copies, _sheet(assessment, own, letters, chosen, answers))


def _words(assessment: Assessment, language: str) -> Words:
    return languages.words_under(assessment.laws[0].head.family, language)


def _check_languages(assessment: Assessment, *asked: str) -> None:
    """Refuse a language in which some words of the case are missing."""
    there = languages.offered(assessment)
    for language in filter(None, asked):
        if language not in there:
            what = f"there are no letters in '{language}' for the law of this case"
            raise InputError(Problem("language", what, f"one of {', '.join(there)}"))


def check_law(assessment: Assessment) -> None:
    """Refuse an assessment without law.

    Raises:
        NoLawError: No law covers the case, or the residence is missing.

    """
    if assessment.laws:
        return
    if "residence" in assessment.missing:
        raise NoLawError(
            Problem("facts.residence", "is needed to find the law", "add it, such as DE-BE")
        )
    raise NoLawError(_no_law(assessment))


def _no_law(assessment: Assessment) -> Problem:
    """Say why there is no law: not yet in force, or none for the place."""
    place, day = assessment.case.facts.residence, assessment.on
    later = [
        (law.head.in_force_from, law.head.title)
        for law in assessment.out_of_force
        if law.head.in_force_from and law.head.in_force_from > day
    ]
    if later:
        first, title = min(later)
        what = (
            f"no law in this version was in force for '{place}' on {day}: "
            f"the {title} begins on {first}"
        )
        return Problem("on", what, "another law decided before; it is not in this version")
    what = f"there is no law for '{place}' in this version"
    if assessment.also:
        beside = " and the ".join(law.head.title for law in assessment.also)
        what += (
            f"; the {beside} may apply where the company is established, "
            "but no letter is written under it"
        )
    return Problem("facts.residence", what, COVERED)


def _chosen(assessment: Assessment, names: Iterable[str]) -> tuple[RouteFinding, ...]:
    chosen = []
    for name in names:
        try:
            found = assessment.route(name)
        except KeyError:
            known = ", ".join(r.route.id for r in assessment.routes if r.route.document)
            raise InputError(
                Problem("route", f"there is no route '{name}' in this case", f"one of {known}")
            ) from None
        early = found.state in (State.LATER, State.OPENS) and found.route.waits == "blocks"
        if found.state is State.CLOSED or early:
            reason = found.reason or found.route.wait_reason
            raise InputError(Problem("route", f"'{name}' is closed: {reason}", "see 'explain'"))
        if not found.route.document:
            raise InputError(Problem("route", f"'{name}' has no document", "see 'explain'"))
        chosen.append(found)
    return tuple(chosen)


def _check_people(assessment: Assessment, chosen: Sequence[RouteFinding]) -> None:
    """Refuse to write a letter from nobody or to nobody."""
    problems = people_missing(assessment.case, "letter") if chosen else []
    for found in chosen:
        if found.route.to == "authority" and found.authority is None:
            mend = "in Germany and the USA add the Land or state to facts.residence, as DE-BE"
            problems.append(Problem(found.route.id, "no competent authority was found", mend))
    if problems:
        raise InputError(*problems)


def people_missing(case: Case, document: str) -> list[Problem]:
    """Return what a case lacks to say from whom and to whom a document is."""
    problems = []
    if not case.person.name:
        what = f"is needed to sign a {document}"
        problems.append(Problem("person.name", what, "add it to the case"))
    if not (case.controller.name or case.controller.service):
        problems.append(Problem("controller.name", "is needed", "add the company's legal name"))
    return problems


def _check_texts(assessment: Assessment) -> None:
    """Refuse signs that no format can hold, however they came into the case."""
    found = [(where, unwritable(text)) for where, text in texts(assessment.case)]
    problems = [Problem(where, what, "take it out") for where, what in found if what]
    if problems:
        raise InputError(*problems)


def _letter(
    assessment: Assessment,
    found: RouteFinding,
    said: Words,
    number: int,
    annexes: tuple[Annex, ...],
    copy_of: str = "",
) -> Letter:
    view = LetterView(assessment, said, found, copy_of=copy_of, annexes=annexes)
    html = render(said, f"letters/{found.route.document}.html.j2", letter=view)
    title = title_of(html)
    annexed = annexes and LISTED in html and not copy_of
    copy = (f"copy-{said.language}",) if copy_of else ()
    return Letter(
        document=found.route.document,
        route=found.route.id,
        title=title,
        language=said.language,
        html=html,
        stem=_stem(assessment, str(number), found.route.id, *copy),
        bundle=_bundle(view, title) if annexed else None,
        assessment=assessment,
        found=None if copy_of else found,
    )


def _bundle(view: LetterView, title: str) -> Bundle:
    """Return the annexes of a letter."""
    from complaintkit.output.bundle import Bundle  # noqa: PLC0415 - only where there are any

    return Bundle(
        annexes=view.annexes,
        title=title,
        sender=view.case.person.name,
        recipient=next(iter(view.recipient), ""),
        date=view.date,
        layout=view.layout,
        language=view.words.language,
        territory=view.words.locale.territory or "",
    )


def _answers(
    assessment: Assessment, said: Words, letter: Letter, found: RouteFinding, number: int
) -> tuple[Letter, ...]:
    """Return the sheet of answers for the form that a letter goes through, if there is one."""
    form = form_for(found, assessment, library())
    if form is None:
        return ()
    text_view = TextView(assessment, said, found)
    texts = render(said, "letters/answer-texts.html.j2", letter=text_view)
    view = AnswerView(
        assessment,
        said,
        found,
        web=form[0],
        url=form[1],
        letter_stem=letter.stem,
        texts=read_texts(texts),
    )
    html = render(said, f"letters/{ANSWERS}.html.j2", letter=view)
    stem = _stem(assessment, str(number), found.route.id, ANSWERS)
    title = title_of(html)
    beside = found.route.id
    return (
        Letter(ANSWERS, "", title, said.language, html, stem, beside=beside, assessment=assessment),
    )


def _sheet(
    assessment: Assessment,
    said: Words,
    letters: Sequence[Letter],
    chosen: Sequence[RouteFinding],
    answers: Sequence[Letter] = (),
) -> Letter:
    stems = {sheet.beside: sheet.stem for sheet in answers}
    pairs = tuple(zip(letters, chosen, strict=True))
    view = SheetView(assessment, said, written=pairs, answers=stems)
    html = render(said, f"letters/{SHEET}.html.j2", letter=view)
    stem = _stem(assessment, "0", SHEET)
    title = title_of(html)
    return Letter(SHEET, "", title, said.language, html, stem, assessment=assessment)


def _stem(assessment: Assessment, *parts: str) -> str:
    """Return a file name that sorts by date and says nothing about the person."""
    return "-".join(part for part in (str(assessment.on), *parts, slug(assessment.case)) if part)


def slug(case: Case) -> str:
    """Return how a case's company is called in file names; empty if it has no Latin letter."""
    controller = case.controller
    plain = unicodedata.normalize("NFKD", controller.service or controller.name)
    ascii_ = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_)[:40].strip("-")
