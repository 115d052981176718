"""What to ask next: pure, recomputed from the case after every answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from complaintkit.answers import UNANSWERED, Choice, Group, Unknown
from complaintkit.assessor import assess
from complaintkit.catalogue import CATALOGUE
from complaintkit.facts import Case
from complaintkit.interview.letterhead import (
    IDENTITY,
    RECIPIENT,
    YOU,
    identity,
    open_lines,
    required,
)
from complaintkit.law import library as package
from complaintkit.vocabulary import Practice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from complaintkit.assessment import Assessment
    from complaintkit.law import Library

FIRST = ("residence", "practice")
"""Asked before all others: they decide which law applies and what it says."""

DOCUMENT = ("practice_began", "learned_on", "data_kinds", "harm")
"""Facts that no rule may ask for, but every letter tells."""

AUTHORITY_DOCUMENT = ("other_proceedings", "share_identity")
"""Facts that a complaint to an authority tells as well."""

HISTORY = "history"
SERVICE = "controller.service"
LONG_TEXTS = ("situation", "harm")
PAST_DATES = ("learned_on", "notice_date", "basis_changed_on")
CODES = {
    "residence": "residence",
    "controller.country": "country",
    "controller.region": "region",
    "transfer_country": "country",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: a fact, the history, or a line of an address."""

    name: str
    prompt: str
    help: str
    kind: str
    """``yes_no``, ``choice``, ``many``, ``date``, ``text``, ``long``, ``lines``, ``email``,
    ``residence``, ``country``, ``region`` or ``history``."""
    choices: tuple[Choice, ...]
    group: str
    """The heading it stands under."""
    label: str
    """Its short name in reviews."""
    default: object
    """The answer given so far, or one that is likely."""
    optional: bool

    @property
    def is_fact(self) -> bool:
        """Whether 'not sure' and 'rather not say' are answers to it."""
        return self.name in CATALOGUE


def next_question(
    case: Case,
    on: dt.date,
    skipped: frozenset[str] = frozenset(),
    *,
    library: Library | None = None,
) -> Question | None:
    """Return what to ask next, or None if everything is asked that a letter needs.

    Args:
        case: The answers so far.
        on: The day of filing.
        skipped: Names of questions that were left empty and are not to be put again.
        library: The law; by default the package's own.

    """
    name = next(_open(case, on, skipped, library), None)
    return question_of(case, name) if name else None


def remaining(
    case: Case,
    on: dt.date,
    skipped: frozenset[str] = frozenset(),
    *,
    library: Library | None = None,
) -> int:
    """Return about how many questions are left; an answer can make it go up as well as down."""
    return len(set(_open(case, on, skipped, library)))


def question_of(case: Case, name: str) -> Question:
    """Return the question by its name, with the answer given so far as its default.

    Raises:
        KeyError: There is no such question.

    """
    if name == HISTORY:
        return _history(case)
    return _fact(case, name) if name in CATALOGUE else _line(case, name)


def answer(case: Case, question: Question, value: object) -> Case:
    """Return the case with a question answered.

    Raises:
        ValueError: The answer is not possible; the message says why, without repeating it.

    """
    try:
        if question.name in CATALOGUE:
            return case.with_answer(question.name, value)
        if question.name == HISTORY:
            return Case.model_validate({**dict(case), HISTORY: value})
        table, _, field = question.name.partition(".")
        part = getattr(case, table)
        changed = type(part).model_validate({**dict(part), field: value})
        return case.model_copy(update={table: changed})
    except ValidationError as error:
        raise ValueError(_reason(error)) from None


def _reason(error: ValidationError) -> str:
    """Say why an answer is refused; contradictions between answers speak for themselves."""
    for item in error.errors():
        if item["type"] == "value_error":
            words = str(item["ctx"]["error"]).replace("_", " ")
            return f"This does not fit another answer: {words}."
        if item["type"] == "string_too_long":
            return f"This is longer than {item['ctx']['max_length']} characters: shorten it."
    return "This answer is not possible here."


def _open(
    case: Case, on: dt.date, skipped: frozenset[str], library: Library | None
) -> Iterator[str]:
    """Yield the name of every question that is open today, in the order of asking."""
    yield from (name for name in FIRST if case.answer(name) is UNANSWERED)
    if _company_is_open(case, library):
        yield SERVICE
    if case.facts.earlier_steps is True and not case.history and HISTORY not in skipped:
        yield HISTORY
    assessment = assess(case, on=on, library=library)
    practice = case.facts.practice
    waiting = [
        name
        for name in _open_facts(case)
        if name in assessment.missing and CATALOGUE[name].concerns(practice)
    ]
    yield from waiting
    if not (assessment.laws and (waiting or assessment.next)):
        return
    needed = _document_facts(case, assessment)
    yield from (name for name in _open_facts(case) if name in needed)
    yield from (name for name in open_lines(case) if name not in skipped)


def _company_is_open(case: Case, library: Library | None) -> bool:
    """Return whether to ask early for the company: a table may then spare other questions."""
    residence, company = case.facts.residence, case.controller
    if company.service or company.name or isinstance(residence, Unknown):
        return False
    return bool((library or package()).controllers)


def _open_facts(case: Case) -> Iterator[str]:
    """Yield every fact without an answer, in the order of the conversation."""
    return (name for name in CATALOGUE if case.answer(name) is UNANSWERED)


def _document_facts(case: Case, assessment: Assessment) -> set[str]:
    """Return the facts that the letters to write now tell, whether or not a rule asks."""
    needed = set(DOCUMENT)
    if case.facts.practice in (Practice.NEW_USE, Practice.OTHER):
        needed.add("purpose")
    if any(found.route.to == "authority" for found in assessment.next):
        needed |= set(AUTHORITY_DOCUMENT)
    return needed


def _fact(case: Case, name: str) -> Question:
    info = CATALOGUE[name]
    kind = CODES.get(name, info.kind)
    if name in LONG_TEXTS:
        kind = "long"
    default = case.answer(name)
    return Question(
        name=name,
        prompt=info.question,
        help=info.help,
        kind=kind,
        choices=info.choices,
        group=info.group.label,
        label=info.label,
        default=default,
        optional=False,
    )


def _history(case: Case) -> Question:
    return Question(
        name=HISTORY,
        prompt="What have you done, and what happened?",
        help="One thing after the other, each with its day: time limits are counted from them.",
        kind="history",
        choices=(),
        group=Group.DONE.label,
        label="Steps taken",
        default=case.history,
        optional=True,
    )


def _line(case: Case, name: str) -> Question:
    line = IDENTITY[name]
    default = identity(case, name)
    residence = case.facts.residence
    if name == "person.country" and not default and not isinstance(residence, Unknown):
        default = residence.partition("-")[0]
    return Question(
        name=name,
        prompt=line.prompt,
        help=line.help,
        kind=line.kind,
        choices=(),
        group=YOU if name.startswith("person.") else RECIPIENT,
        label=line.label,
        default=default,
        optional=not required(case, name),
    )
