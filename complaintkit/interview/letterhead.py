"""The lines of a letterhead: who writes, to whom, and how each line is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from complaintkit.vocabulary import Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.facts import Case, Controller, Person

YOU = "For the letter: who you are"
RECIPIENT = "For the letter: who gets it"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a letterhead and how it is asked."""

    label: str
    prompt: str
    help: str
    kind: str = "text"


IDENTITY = {
    "person.name": Line("Name", "What is your full name?", "As it should stand in the letter."),
    "person.address": Line(
        "Your address",
        "What is your postal address?",
        "Street and number, then postcode and town; without your name and the country.",
        "lines",
    ),
    "person.country": Line("Its country", "In which country is that address?", "", "country"),
    "person.email": Line(
        "Your e-mail", "What is your e-mail address?", "So that they can answer you.", "email"
    ),
    "person.account": Line(
        "Account",
        "How does the company know you?",
        "Your user name, the address of your profile, or your customer number.",
    ),
    "person.place": Line(
        "Town", "In which town do you sign the letter?", "It stands beside the date."
    ),
    "controller.service": Line(
        "Service",
        "Which company or service is it about?",
        "The name people know, such as LinkedIn.",
    ),
    "controller.name": Line(
        "Company",
        "What is the full legal name of the company?",
        "Its privacy notice names it, often under 'controller' or 'who we are'.",
    ),
    "controller.address": Line(
        "Its address",
        "What is the company's postal address?",
        "Street and number, then postcode and town; without its name and the country.",
        "lines",
    ),
    "controller.email": Line(
        "Its e-mail",
        "Does it name an e-mail address for data protection?",
        "Its privacy notice may say: dpo@..., privacy@...",
        "email",
    ),
}
"""Who writes and to whom, in the order in which it is asked."""


def open_lines(case: Case) -> Iterator[str]:
    """Yield the empty lines of the letterhead that this person can fill."""
    person = case.person
    for name in IDENTITY:
        if name == "person.country" and not person.address:
            continue
        if name == "person.account" and case.facts.relationship is Relationship.NON_USER:
            continue
        if not identity(case, name):
            yield name


def identity(case: Case, name: str) -> object:
    """Return what a line of the letterhead says, by its name such as ``person.name``."""
    table, _, field = name.partition(".")
    part: Person | Controller = case.person if table == "person" else case.controller
    return getattr(part, field)


def required(case: Case, name: str) -> bool:
    """Return whether no letter can be written without it."""
    return name == "person.name" or (name == "controller.service" and not case.controller.name)


def check_email(text: str) -> str:
    """Return an e-mail address.

    Raises:
        ValueError: It has not the shape of one.

    """
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        message = "An e-mail address looks like name@example.org."
        raise ValueError(message)
    return text
