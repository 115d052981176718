"""Who the respondent is: the companies people know, and the legal entity behind them by region."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from complaintkit.errors import Problem, suggestion
from complaintkit.facts import Controller
from complaintkit.lawfile import Id, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from complaintkit.law import Library

EVERYWHERE = "*"
CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
SHORTEST_PART = 3
"""Letters that a text needs to be looked for inside names: one or two are in nearly all."""

LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "&": "and"})


class Entity(Rule):
    """The legal entity that answers to people who live in some places."""

    for_: tuple[str, ...] = Field(alias="for", min_length=1)
    """Country or subdivision codes such as ``IE`` or ``US-CA``, the name of a set of countries of
    a law such as ``EEA``, or ``*`` for everywhere else."""
    controller: Controller
    """Name, address, contacts, country and kind, as a case has them."""
    verified: bool = True
    """False where the source is doubtful: the entity is then proposed, not filled in."""
    note: str = ""
    sources: tuple[str, ...] = Field(min_length=1)
    checked: dt.date

    def covers(self, residence: str) -> bool:
        """Return whether the entity answers to people of a place."""
        return self.nearness(residence) > 0

    def nearness(self, residence: str) -> int:
        """Return how exactly a place is named: 3 itself, 2 its country, 1 everywhere, 0 not."""
        country = residence.partition("-")[0]
        named = ((EVERYWHERE, 1), (country, 2), (residence, 3))
        return max((rank for name, rank in named if name in self.for_), default=0)


class KnownController(Rule):
    """A company people know, by its services."""

    id: Id
    service: str
    aliases: tuple[str, ...] = ()
    """Other names people know, written as they stand in a letter: ``Instagram``."""
    entities: tuple[Entity, ...] = Field(alias="entity", min_length=1)

    def entity(self, residence: str) -> Entity | None:
        """Return the entity for people of a place: the most exact one, or None if none is known."""
        found = max(self.entities, key=lambda entity: entity.nearness(residence))
        return found if found.covers(residence) else None

    def names(self) -> tuple[str, ...]:
        """Return every name it is known by."""
        return (self.service, *self.aliases, *(e.controller.name for e in self.entities))

    def called(self, text: str) -> str:
        """Return the service that a person means, such as ``Instagram`` of Meta."""
        wanted = folded(text)
        own = (name for name in (self.service, *self.aliases) if folded(name) == wanted)
        return next(own, self.service)


class ControllerFile(Rule):
    """A file of known controllers."""

    controllers: tuple[KnownController, ...] = Field(alias="controller")


@dataclass(frozen=True, slots=True)
class Respondent:
    """A company that a name may mean, and who answers for it to people of one place."""

    known: KnownController
    entity: Entity
    service: str
    """What the person calls it, as it stands in a letter."""

    @property
    def controller(self) -> Controller:
        """The company as a case has it."""
        return self.entity.controller.model_copy(update={"service": self.service})


def folded(text: str) -> str:
    """Return a text without case, accents and punctuation, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in plain if letter.isalnum())


def find(text: str, known: Iterable[KnownController]) -> tuple[KnownController, ...]:
    """Return the controllers that a name may mean, the nearest first.

    A name that is the text comes before one that begins with it, then one that has it inside,
    then one that the text has inside, as in ``Spotify Premium``.

    Args:
        text: What a person typed, such as ``instagram`` or ``Crédit``.
        known: The controllers to search, such as ``library().controllers.values()``.

    """
    wanted = folded(text)
    words = [folded(word) for word in re.findall(r"[^\s,;:/()]+", text)]
    ranked = [(_rank(wanted, words, controller), controller) for controller in known if wanted]
    found = [(rank, controller) for rank, controller in ranked if rank is not None]
    return tuple(controller for _, controller in sorted(found, key=lambda item: item[0]))


def _rank(wanted: str, words: list[str], controller: KnownController) -> int | None:
    """Return how near a controller's nearest name comes to a text, or None if it does not."""
    names = [folded(name) for name in controller.names()]
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if len(wanted) >= SHORTEST_PART and any(wanted in name for name in names):
        return 2
    known_words = [name for name in names if len(name) >= SHORTEST_PART]
    return 3 if any(name in words for name in known_words) else None


def respondent(
    text: str, residence: str, *, library: Library | None = None
) -> tuple[Respondent, ...]:
    """Return who may be meant by a name and answers to people of a place, the nearest first.

    Empty if the table knows no such company, or nobody there who answers for it: then ask. Look at
    ``entity.verified`` before you fill anything in.

    Args:
        text: What a person calls the company or its service, in any spelling.
        residence: Where the person lives, such as ``DE-BE``, ``GB-SCT`` or ``CH``.
        library: Where the table is; by default the package's own.

    >>> [found] = respondent("instagram", "FR")
    >>> found.controller.name
    'Meta Platforms Ireland Limited'

    """
    if library is None:
        from complaintkit.law import library as package  # noqa: PLC0415 - it reads this module

        library = package()
    return tuple(
        Respondent(known, entity, known.called(text))
        for known in find(text, library.controllers.values())
        if (entity := known.entity(residence)) is not None
    )


def resolve(
    known: Iterable[KnownController], sets: Mapping[str, tuple[str, ...]]
) -> tuple[list[KnownController], list[Problem]]:
    """Return the controllers with codes in the place of sets of countries, and what is not known.

    Args:
        known: The controllers as their files have them.
        sets: The named sets of the laws; their names are read in capitals.

    """
    groups = {name.upper(): codes for name, codes in sets.items()}
    resolved: list[KnownController] = []
    problems: list[Problem] = []
    for controller in known:
        entities = []
        for entity in controller.entities:
            codes: list[str] = []
            for name in entity.for_:
                if name in groups:
                    codes += groups[name]
                elif name == EVERYWHERE or CODE.fullmatch(name):
                    codes.append(name)
                else:
                    what = f"'{name}' is neither a code nor a set of countries"
                    where = f"controller {controller.id}"
                    problems.append(Problem(where, what, suggestion(name, list(groups))))
            entities.append(entity.model_copy(update={"for_": tuple(dict.fromkeys(codes))}))
        resolved.append(controller.model_copy(update={"entities": tuple(entities)}))
    return resolved, problems


def in_words(controller: KnownController, residence: str = "") -> str:
    """Return a company and who answers for it, in lines for people.

    Args:
        controller: The company.
        residence: Only who answers to people of this place; by default all.

    """
    chosen = [controller.entity(residence)] if residence else list(controller.entities)
    names = ", ".join(dict.fromkeys((controller.service, *controller.aliases)))
    lines = [names]
    for entity in (item for item in chosen if item is not None):
        company = entity.controller
        country = company.country if isinstance(company.country, str) else ""
        address = [*company.address, country] if company.address else [country, "no address known"]
        doubt = "verified" if entity.verified else "not verified"
        lines.append(f"  {company.name}, {', '.join(part for part in address if part)}")
        if not residence:
            lines.append(f"    for people in: {' '.join(entity.for_).replace('*', 'all others')}")
        lines += [f"    {contact}" for contact in (company.email, company.form) if contact]
        lines.append(f"    {doubt}, checked {entity.checked}: {entity.sources[0]}")
        lines += [f"    {entity.note}"] if entity.note else []
    if len(lines) == 1:
        lines.append("  nobody is known who answers to people there")
    return "\n".join(lines)
