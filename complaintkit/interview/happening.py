"""One thing that happened, asked for in plain steps: what, when, how, and with which proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from complaintkit.answers import Unknown
from complaintkit.history import threads
from complaintkit.interview.dates import locale_of
from complaintkit.interview.prompts import Option, Prompt, Turn, date_reader, echo_date, options
from complaintkit.interview.review import value_in_words
from complaintkit.logbook import BEGINS, Told, choice
from complaintkit.vocabulary import Channel, StepEvent, StepKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from complaintkit.facts import Case
    from complaintkit.interview.prompts import Face

WHY = "Time limits run from these days, and a refusal or silence opens the next step."
LABELS = {
    "what": "About",
    "event": "Happened",
    "date": "Day",
    "channel": "Way",
    "proof": "Proof",
    "reference": "Reference",
    "note": "Note",
}
OPTIONAL = ("channel", "proof", "reference", "note")
"""What may stay unsaid."""


def ask(face: Face, case: Case, today: dt.date, said: Mapping[str, Any]) -> Told | None:
    """Ask for what is not said yet, and return it all; None if the person goes back out of it.

    Args:
        face: Who asks.
        case: The case so far: what was sent is offered first.
        today: Nothing can have happened later.
        said: What is known already, by the names of `Told`.

    """
    told = dict(said)
    names = [name for name in ("what", "event", "date", *OPTIONAL) if not told.get(name)]
    place = 0
    while place < len(names):
        name = names[place]
        reply = face.ask(_prompt(name, case, today, told))
        if reply is Turn.BACK:
            if place == 0:
                return None
            place -= 1
            told.pop(names[place], None)
        elif reply is Turn.WHY:
            face.say(WHY)
        else:
            told[name] = _value(name, reply)
            face.say(f"  {LABELS[name]}: {_in_words(told[name])}")
            place += 1
    return Told(**{name: value for name, value in told.items() if value})


def _value(name: str, reply: object) -> object:
    if isinstance(reply, Turn | Unknown):
        return None
    if name == "what":
        return (choice(StepKind, str(reply)),)
    if name == "event":
        return choice(StepEvent, str(reply))
    return choice(Channel, str(reply)) if name == "channel" else reply


def _in_words(value: object) -> str:
    """Return what was understood."""
    if value is None:
        return "(empty)"
    return value_in_words("", value)


def _prompt(name: str, case: Case, today: dt.date, told: Mapping[str, Any]) -> Prompt:
    """Return the prompt for one part of it."""
    if name == "what":
        return Prompt("What is it about?", "one", options=_kinds(case), why=True)
    if name == "event":
        listed = _events(case, told["what"])
        return Prompt("What happened?", "one", options=options(listed), why=True)
    if name == "date":
        read = date_reader(today, locale_of(case), past=True)
        return Prompt("On which day?", "line", read=read, echo=echo_date, why=True)
    if name == "channel":
        listed_ways = options(tuple(Channel))
        return Prompt("In which way?", "one", options=listed_ways, unsure=True, why=True)
    message, help_ = {
        "proof": ("What proves it?", "Such as a screenshot, an e-mail, a delivery slip."),
        "reference": ("Did they give it a sign or number?", "It stands in their letter."),
        "note": ("What was said, in a sentence?", "The next letter may quote it."),
    }[name]
    help_ = f"{help_} You may leave it empty."
    return Prompt(message, "line", help=help_, optional=True, why=True)


def _kinds(case: Case) -> tuple[Option, ...]:
    """Return the kinds of step, first those that were begun."""
    taken = threads(case)
    begun = [kind for kind in StepKind if taken[kind].sent]
    return options((*begun, *(kind for kind in StepKind if kind not in begun)))


def _events(case: Case, what: tuple[StepKind, ...]) -> tuple[StepEvent, ...]:
    """Return what can have happened: where nothing was sent only its beginning."""
    taken = threads(case)
    return tuple(StepEvent) if all(taken[kind].sent for kind in what) else BEGINS
