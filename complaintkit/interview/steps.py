"""The history in a small conversation of its own: what, what came of it, when, how, and proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.facts import Case, Step
from complaintkit.interview.dates import locale_of
from complaintkit.interview.prompts import Option, Prompt, Turn, date_reader, echo_date, options
from complaintkit.interview.questions import answer, question_of
from complaintkit.interview.review import step_in_words
from complaintkit.vocabulary import Channel, StepEvent, StepKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from complaintkit.interview.prompts import Face

WHY = "Time limits run from these days, and a refusal or silence opens the next step."
NEEDED = ("what", "event", "date")
"""Without these a step cannot be noted."""


def tell(face: Face, case: Case, today: dt.date, save: Callable[[Case], None]) -> Case | Turn:
    """Ask for one step after the other and return the case with them, or `Turn.BACK`.

    Every step is handed to ``save`` as soon as it is complete.
    """
    adding = not case.history
    while True:
        if adding:
            told = _one_more(face, case, today)
            if told is Turn.BACK and not case.history:
                return Turn.BACK
            case = told if isinstance(told, Case) else case
            save(case)
            if told is Turn.EMPTY and not case.history:
                return case
        for step in case.history:
            face.say(f"  {step_in_words(step)}")
        reply = face.ask(_more_prompt())
        if reply is Turn.BACK:
            return Turn.BACK
        if reply == "done":
            return case
        if reply == "remove":
            case = answer(case, question_of(case, "history"), case.history[:-1])
            save(case)
            if not case.history:
                return case
        adding = reply == "add"


def _one_more(face: Face, case: Case, today: dt.date) -> Case | Turn:
    """Return the case with one more step; `Turn.EMPTY` if a needed part is not known."""
    said: dict[str, object] = {}
    prompts = _prompts(case, today)
    place = 0
    while place < len(prompts):
        name, prompt = list(prompts.items())[place]
        reply = face.ask(prompt)
        if reply is Turn.BACK and place == 0:
            return Turn.BACK
        if reply is Turn.WHY:
            face.say(WHY)
        elif reply is Turn.BACK:
            place -= 1
        elif isinstance(reply, Unknown) and name in NEEDED:
            face.say("Without this it cannot be noted. You can add it later with 'change'.")
            return Turn.EMPTY
        else:
            said[name] = reply
            place += 1
    return _with_step(face, case, said)


def _with_step(face: Face, case: Case, said: dict[str, object]) -> Case | Turn:
    known = {key: value for key, value in said.items() if not isinstance(value, Unknown | Turn)}
    try:
        step = Step.model_validate(known)
        return answer(case, question_of(case, "history"), (*case.history, step))
    except ValueError:
        face.say("An answer cannot come before what it answers. Please check the days.")
        return Turn.WHY


def _prompts(case: Case, today: dt.date) -> dict[str, Prompt]:
    last = case.history[-1] if case.history else None
    return {
        "what": Prompt(
            "What was it?",
            "one",
            options=options(tuple(StepKind)),
            default=(str(last.what),) if last else (),
            unsure=True,
            why=True,
        ),
        "event": Prompt(
            "What happened with it?",
            "one",
            help="Begin with the day you sent it; what came of it is the next entry.",
            options=options(tuple(StepEvent)),
            unsure=True,
            why=True,
        ),
        "date": Prompt(
            "On which day?",
            "line",
            read=date_reader(today, locale_of(case), past=True),
            echo=echo_date,
            unsure=True,
            why=True,
        ),
        "channel": Prompt(
            "How was it sent?", "one", options=options(tuple(Channel)), unsure=True, why=True
        ),
        "proof": Prompt(
            "What proves it?",
            "line",
            help="Such as a screenshot, an e-mail, a delivery slip. You may leave it empty.",
            optional=True,
            why=True,
        ),
    }


def _more_prompt() -> Prompt:
    listed = (
        Option("done", "No, that is all"),
        Option("add", "Yes, something else happened"),
        Option("remove", "Take the last one out again"),
    )
    return Prompt("Is there anything else to tell?", "one", options=listed)
