"""What the blank form asks: its fields by the names of the facts, and who may use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from complaintkit.answers import UNANSWERED
from complaintkit.catalogue import CATALOGUE
from complaintkit.conditions import Truth
from complaintkit.errors import InputError, Problem, suggestion
from complaintkit.facts import Case, Controller, Facts
from complaintkit.i18n import mark
from complaintkit.interview.places import countries, residence_options
from complaintkit.law import library
from complaintkit.vocabulary import DataKind, Wish
from complaintkit.world import CaseWorld

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.campaigns import Campaign
    from complaintkit.i18n import Words
    from complaintkit.law import Law

VERSION = "1"
NOT_KNOWN = mark("I do not know")
OPEN_IN_FORM = ("stated_basis", "relationship", "data_source", "account_context")
"""Facts of which a form says 'I do not know' as long as nothing else is chosen."""

Kind = Literal["line", "lines", "day", "choice", "tick", "mark"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the blank form; ``choices`` are pairs of a value and its English label."""

    name: str
    """The dotted name of the fact, such as ``person.name`` or ``facts.wishes.stop``."""
    kind: Kind
    label: str
    tip: str = ""
    """What assistive technology says; by default the label."""
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    """What stands in it when the form is blank."""


LABELS = {
    "residence": mark("Where I live"),
    "practice": mark("What is done"),
    "purpose": mark("What for"),
    "practice_began": mark("It began on"),
    "learned_on": mark("I learned of it on"),
    "relationship": mark("How I know the company"),
    "stated_basis": mark("Legal basis it names"),
    "data_source": mark("How it got the data"),
    "account_context": mark("I use the service"),
}
"""The label of each fact of the story, as short as a form needs it."""

PERSON = (
    Field("person.name", "line", mark("Name"), mark("Your full name")),
    Field("person.address", "lines", mark("Address"), mark("Your postal address, without name")),
    Field("person.email", "line", mark("E-mail"), mark("Your e-mail address")),
    Field("person.phone", "line", mark("Telephone"), mark("Your telephone number")),
    Field("person.account", "line", mark("Account"), mark("Your user name or customer number")),
)
COMPANY = (
    Field("controller.name", "line", mark("Name"), mark("Legal name of the company")),
    Field("controller.service", "line", mark("Service"), mark("The service people know it by")),
    Field("controller.address", "lines", mark("Address"), mark("Postal address of the company")),
)
SIGNED = (
    Field("person.place", "line", mark("Place"), mark("Town in which you sign")),
    Field("form.date", "day", mark("Date"), mark("Day on which you sign, as YYYY-MM-DD")),
)


def law_of(name: str, on: dt.date) -> Law:
    """Return the law of a form by its id.

    Raises:
        InputError: There is no such law, it is not in force on the day, or it gives no rights.

    """
    law = library().laws.get(name)
    able = sorted(
        id_ for id_, item in library().laws.items() if item.head.in_force(on) and _rights(item)
    )
    if law is None:
        begun = ", ".join(id_ for id_ in able if name and id_.startswith(name))
        near = suggestion(name, able) or begun or "see 'complaintkit law' for the names"
        raise InputError(Problem("law", f"there is no law '{name[:40]}'", near))
    if name not in able:
        what = f"'{name}' gives no right that a form could use on {on}"
        raise InputError(Problem("law", what, "see 'complaintkit law' for others"))
    return law


def _rights(law: Law) -> bool:
    return any(ground.kind == "right" for ground in law.file.grounds)


def residences(law: Law, on: dt.date) -> tuple[str, ...]:
    """Return the codes of the places whose people a law may protect."""
    applies = law.condition("law", "applies")

    def may(code: str) -> bool:
        case = Case(facts=Facts(residence=code))
        return applies.evaluate(CaseWorld.of(case, on)).truth is not Truth.NO

    return tuple(place.code for place in residence_options() if may(place.code))


def resident(law: Law, known: Case, on: dt.date) -> Case:
    """Return a case of somebody whom a law protects, to see what follows wherever they live."""
    if known.facts.residence is not UNANSWERED:
        return known
    return known.with_answer("residence", residences(law, on)[0])


def start(law: Law, campaign: Campaign | None, on: dt.date) -> Case:
    """Return what is known before anybody fills the form in.

    It is what a campaign says of all people whom the law protects, and the residence if the law
    leaves but one.
    """
    codes = residences(law, on)
    cases = [Case(facts=Facts(residence=code)) for code in codes]
    if campaign:
        cases = [campaign.apply(case) for case in cases]
    facts = {
        name: value
        for name, value in dict(cases[0].facts).items()
        if all(getattr(case.facts, name) == value for case in cases)
    }
    same = all(case.controller == cases[0].controller for case in cases)
    return Case(
        campaign=campaign.id if campaign else "",
        facts=Facts.model_validate(facts),
        controller=cases[0].controller if same else Controller(),
    )


def fields(
    law: Law, known: Case, wishes: tuple[Wish, ...], words: Words, on: dt.date
) -> tuple[Field, ...]:
    """Return the fields of a blank form in reading order; what is known is not asked."""
    marks = (
        Field("form.version", "mark", mark("Form"), value=VERSION),
        Field("form.law", "mark", mark("Law"), value=law.head.id),
        Field("form.made", "mark", mark("Law of"), value=on.isoformat()),
        Field("form.campaign", "mark", mark("Campaign"), value=known.campaign),
    )
    company = () if known.controller.name else (*COMPANY, _country(words))
    return (
        *PERSON,
        *company,
        *_story(law, known, words, on),
        *(Field(f"facts.wishes.{wish}", "tick", wish.label) for wish in wishes),
        *(Field(f"facts.data_kinds.{kind}", "tick", kind.label) for kind in DataKind),
        Field("facts.situation", "lines", CATALOGUE["situation"].question),
        *SIGNED,
        *marks,
    )


def _story(law: Law, known: Case, words: Words, on: dt.date) -> tuple[Field, ...]:
    names = ["residence", "practice", "purpose", "practice_began", "learned_on", "relationship"]
    names += ["stated_basis"] * law.head.asks_basis + ["data_source"]
    names += ["account_context"] * (law.head.family == "us")
    asked = [name for name in names if getattr(known.facts, name) is UNANSWERED]
    if known.campaign:
        asked = [name for name in asked if name != "purpose"]
    return tuple(_fact(name, law, words, on) for name in asked)


def _fact(name: str, law: Law, words: Words, on: dt.date) -> Field:
    """Return the field that asks for a fact."""
    info = CATALOGUE[name]
    if name == "residence":
        places = {place.code: place.label for place in residence_options()}
        choices = tuple((code, _place(code, places, words)) for code in residences(law, on))
        return Field("facts.residence", "choice", LABELS[name], info.question, (("", ""), *choices))
    if info.kind == "choice":
        open_ = [("?", NOT_KNOWN)] if name in OPEN_IN_FORM else []
        choices = (
            *([] if open_ else [("", "")]),
            *open_,
            *((str(c), c.label) for c in info.choices),
        )
        return Field(f"facts.{name}", "choice", LABELS[name], info.question, choices, choices[0][0])
    kind: Kind = "day" if info.kind == "date" else "line"
    return Field(f"facts.{name}", kind, LABELS[name], info.question)


def _place(code: str, places: dict[str, str], words: Words) -> str:
    return places[code] if "-" in code or code == "DE" else words.country(code)


def _country(words: Words) -> Field:
    codes = [(place.code, words.country(place.code)) for place in countries()]
    choices = (("", ""), *sorted(codes, key=lambda item: item[1]))
    label = CATALOGUE["controller.country"]
    return Field("controller.country", "choice", mark("Country"), label.question, choices)
