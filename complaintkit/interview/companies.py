"""Who the company is: offers what the table of controllers has, and says what it filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.facts import Case, Controller
from complaintkit.interview.places import countries, label_of
from complaintkit.interview.prompts import Option, Prompt, Turn
from complaintkit.law import library as package
from complaintkit.respondents import respondent

if TYPE_CHECKING:
    from complaintkit.interview.prompts import Face
    from complaintkit.law import Library
    from complaintkit.respondents import Respondent

NONE = "none"
TELLING = ("name", "address", "country", "kind", "sector")
OFFERED = 6
"""Entries that are offered at most: who finds nothing here is asked as ever."""

WHY = (
    "The law, the authority and the address of the letter depend on which company answers to "
    "people where you live. The table knows it for some companies."
)


def offers(case: Case, library: Library | None) -> tuple[Respondent, ...]:
    """Return the companies that the person may mean, with who answers to people where they live."""
    residence = case.facts.residence
    if isinstance(residence, Unknown):
        return ()
    return respondent(case.controller.service, residence, library=library)[:OFFERED]


def from_table(case: Case, library: Library | None) -> bool:
    """Return whether the company is an entity of the table, with all that tells it from others."""
    own = case.controller
    return bool(own.name) and any(
        all(getattr(entity.controller, name) == getattr(own, name) for name in TELLING)
        for known in (library or package()).controllers.values()
        for entity in known.entities
    )


def forget(case: Case, library: Library | None) -> Case:
    """Return the case without what the table filled in, except what the service is called."""
    if not from_table(case, library):
        return case
    return case.model_copy(update={"controller": Controller(service=case.controller.service)})


def take(case: Case, chosen: Respondent) -> Case:
    """Return the case with the company; what the person said of the same company stays."""
    filled = chosen.controller
    if case.controller.name == filled.name:
        own = {name: value for name, value in case.controller if _said(value) and name != "service"}
        filled = Controller.model_validate({**dict(filled), **own})
    return case.model_copy(update={"controller": filled})


def choose(face: Face, case: Case, library: Library | None) -> Case | Turn:
    """Offer what the table has for the service; return the case after it, or `Turn.BACK`."""
    found = offers(case, library)
    if not found:
        return forget(case, library)
    listed = tuple(Option(offer.known.id, _in_a_line(offer)) for offer in found)
    prompt = Prompt(
        "Is it one of these?",
        "one",
        options=(*listed, Option(NONE, "None of these, or I am not sure")),
        why=True,
    )
    while True:
        reply = face.ask(prompt)
        if reply is Turn.BACK:
            return Turn.BACK
        if reply is not Turn.WHY:
            break
        face.say(WHY)
    chosen = next((offer for offer in found if offer.known.id == reply), None)
    if chosen is None:
        return forget(case, library)
    if not chosen.entity.verified:
        sure = _confirmed(face, chosen)
        if sure is not True:
            return forget(case, library) if sure is False else Turn.BACK
    case = take(case, chosen)
    day = f"{chosen.entity.checked.day} {chosen.entity.checked:%B %Y}"
    face.say(f"Filled in, as checked on {day}; please compare it with the privacy notice:")
    face.say(_in_lines(case.controller))
    if chosen.entity.verified and chosen.entity.note:
        face.say(f"  {chosen.entity.note}")
    return case


def _confirmed(face: Face, chosen: Respondent) -> bool | Turn:
    """Show a company whose source is doubtful, and ask whether to take it."""
    face.say("This is not certain:")
    face.say(_in_lines(chosen.controller))
    if chosen.entity.note:
        face.say(f"  {chosen.entity.note}")
    prompt = Prompt(
        "Does its privacy notice name the same company?",
        "one",
        help="If you cannot look it up now, say no; you will be asked for its name.",
        options=(Option("yes", "Yes: take it"), Option("no", "No, or I do not know")),
        why=True,
    )
    while True:
        reply = face.ask(prompt)
        if reply is Turn.BACK:
            return Turn.BACK
        if reply is not Turn.WHY:
            return reply == "yes"
        face.say(WHY)


def _said(value: object) -> bool:
    """Return whether a field of the company holds anything, be it 'not sure'."""
    return value not in (Unknown.UNANSWERED, "", ())


def _in_a_line(offer: Respondent) -> str:
    own = offer.service
    service = own if own == offer.known.service else f"{own} ({offer.known.service})"
    doubt = "" if offer.entity.verified else ", not certain"
    return f"{service}: {offer.controller.name}, {_country(offer.controller)}{doubt}"


def _in_lines(controller: Controller) -> str:
    lines = [controller.name, *controller.address, _country(controller)]
    lines += [item for item in (controller.email, controller.form) if item]
    if not controller.address:
        lines.append("(no postal address is known here; you will be asked for it)")
    return "\n".join(f"  {line}" for line in lines)


def _country(controller: Controller) -> str:
    country = controller.country
    return "" if isinstance(country, Unknown) else label_of(country, countries())
