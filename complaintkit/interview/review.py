"""What was answered and what follows from it, in a few lines; and why a question is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD, Choice, Unknown, known
from complaintkit.assessment import State, Status
from complaintkit.assessor import assess
from complaintkit.catalogue import CATALOGUE
from complaintkit.citations import cite
from complaintkit.facts import Step
from complaintkit.interview.dates import in_words
from complaintkit.interview.letterhead import IDENTITY, identity
from complaintkit.interview.places import countries, label_of
from complaintkit.interview.questions import CODES, HISTORY, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.facts import Case
    from complaintkit.interview.questions import Question
    from complaintkit.law import Library

SHOWN_GROUNDS = 8
SHOWN_TEXT = 60
SHOWN_REASONS = 5


def given(case: Case) -> list[str]:
    """Return the name of every question that has an answer, in the order of the conversation."""
    facts = [name for name in CATALOGUE if case.answer(name) is not UNANSWERED]
    if case.history:
        place = facts.index("earlier_steps") + 1 if "earlier_steps" in facts else len(facts)
        facts.insert(place, HISTORY)
    return [*facts, *(name for name in IDENTITY if identity(case, name))]


def value_in_words(name: str, value: object) -> str:
    """Return an answer as a person reads it."""
    if not known(value):
        marks = {NOT_KNOWN: "not sure", WITHHELD: "rather not say"}
        return marks.get(value, "(empty)") if isinstance(value, Unknown) else "(empty)"
    if isinstance(value, tuple):
        if all(isinstance(item, Step) for item in value):
            return f"{len(value)} noted"
        mark = "; " if isinstance(value[0], Choice) else ", "
        return mark.join(value_in_words("", item) for item in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, dt.date):
        return in_words(value)
    if name in CODES or name == "person.country":
        return label_of(str(value), countries() if name.endswith(".country") else None)
    return str(value)


def step_in_words(step: Step) -> str:
    """Return one step of the history in a line."""
    channel = f", {step.channel.label.casefold()}" if step.channel else ""
    return f"{in_words(step.date)}: {step.what.label}. {step.event.label}{channel}."


def rows(case: Case) -> Iterator[tuple[str, str, str]]:
    """Yield heading, label and value of every answer."""
    for name in given(case):
        question = question_of(case, name)
        value = " ".join(value_in_words(name, question.default).split())
        if len(value) > SHOWN_TEXT and question.kind in ("text", "long"):
            value = value[:SHOWN_TEXT].rsplit(" ", 1)[0] + " ..."
        yield question.group, question.label, value


def answers(case: Case) -> str:
    """Return all answers, under their headings."""
    lines: list[str] = []
    heading = ""
    for group, label, value in sorted_rows(case):
        if group != heading:
            heading = group
            lines += ["", group]
        lines.append(f"  {label}: {value}")
    return "\n".join(lines).strip()


def sorted_rows(case: Case) -> list[tuple[str, str, str]]:
    """Return the rows with the groups kept together, each where it first appears."""
    found = list(rows(case))
    order = {group: place for place, (group, _, _) in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda row: order[row[0]])


def outcome(assessment: Assessment) -> str:
    """Return what follows: the grounds, what can be done now, and what comes later."""
    if not assessment.laws:
        return (
            "No letter can be written: this version knows no law for what you answered.\n"
            "Check where you live; EU and EEA countries, the UK, Switzerland and the USA are known."
        )
    parts = [
        *_grounds("What you can rely on", assessment, Status.HOLDS),
        *_grounds("Also raised, in case it is so", assessment, Status.OPEN),
        *_routes(assessment),
    ]
    return "\n".join(parts).strip()


def _grounds(heading: str, assessment: Assessment, status: Status) -> Iterator[str]:
    titles = [f.ground.title for f in assessment.live if f.status is status]
    if titles:
        yield from ("", heading)
        yield from (f"  - {title}" for title in titles[:SHOWN_GROUNDS])
        if len(titles) > SHOWN_GROUNDS:
            yield f"  and {len(titles) - SHOWN_GROUNDS} more"


def _routes(assessment: Assessment) -> Iterator[str]:
    now = assessment.next
    yield from ("", "What can be written now")
    yield from (f"  - {_route(found)}" for found in now)
    if not now:
        yield "  Nothing today; the sheet of next steps says what to wait for."
    later = [r for r in assessment.routes if r.state in (State.OPENS, State.LATER) and r not in now]
    if later:
        yield from ("", "Later")
        yield from (f"  - {_route(found)}" for found in later)


def _route(found: RouteFinding) -> str:
    authority = f": {found.authority.name}" if found.authority else ""
    opens = f" (from {in_words(found.opens)})" if found.opens else ""
    return f"{found.route.title}{authority}{opens}"


def why(case: Case, on: dt.date, question: Question, library: Library | None = None) -> str:
    """Return what turns on a question, as far as it is still open."""
    if question.name not in CATALOGUE:
        return question.help or "It stands in the letter."
    open_again = case.with_answer(question.name, UNANSWERED)
    assessment = assess(open_again, on=on, library=library)
    waiting = [
        f"{finding.ground.title} ({cite(finding.law, finding.ground.provisions)})"
        for finding in assessment.findings
        if question.name in finding.missing
    ]
    waiting += [_route(r) for r in assessment.routes if question.name in r.missing]
    if not waiting:
        return question.help or "The letter says it: it makes your case concrete."
    lines = [f"  - {text}" for text in waiting[:SHOWN_REASONS]]
    if len(waiting) > SHOWN_REASONS:
        lines.append(f"  and {len(waiting) - SHOWN_REASONS} more")
    return "\n".join(["Your answer decides about:", *lines])
