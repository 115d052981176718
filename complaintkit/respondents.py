"""Who the respondent is: the companies people know, and the legal entity behind them by region."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import TYPE_CHECKING

from pydantic import Field

from complaintkit.facts import Controller
from complaintkit.lawfile import Id, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYWHERE = "*"


class Entity(Rule):
    """The legal entity that answers to people who live in some places."""

    for_: tuple[str, ...] = Field(alias="for", min_length=1)
    """Country or subdivision codes such as ``IE`` or ``US-CA``, or ``*`` for everywhere else."""
    controller: Controller
    """Name, address, contacts, country and kind, as a case has them."""
    verified: bool = True
    """False where the source is doubtful: the entity is then proposed, not filled in."""
    note: str = ""
    sources: tuple[str, ...] = Field(min_length=1)
    checked: dt.date

    def covers(self, residence: str) -> bool:
        """Return whether the entity answers to people of a place."""
        return not {EVERYWHERE, residence, residence.partition("-")[0]}.isdisjoint(self.for_)


class KnownController(Rule):
    """A company people know, by its services."""

    id: Id
    service: str
    aliases: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = Field(alias="entity", min_length=1)

    def entity(self, residence: str) -> Entity | None:
        """Return the entity for people of a place: the most exact one, or None if none is known."""
        exact = [e for e in self.entities if e.covers(residence) and EVERYWHERE not in e.for_]
        return next(iter(exact or [e for e in self.entities if e.covers(residence)]), None)

    def names(self) -> tuple[str, ...]:
        """Return every name it is known by."""
        return (self.service, *self.aliases, *(e.controller.name for e in self.entities))


class ControllerFile(Rule):
    """A file of known controllers."""

    controllers: tuple[KnownController, ...] = Field(alias="controller")


def folded(text: str) -> str:
    """Return a text without case, accents and punctuation, for comparing names."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


def find(text: str, known: Iterable[KnownController]) -> tuple[KnownController, ...]:
    """Return the controllers that a name may mean, the nearest first.

    Args:
        text: What a person typed, such as ``instagram`` or ``Crédit``.
        known: The controllers to search, such as ``library().controllers.values()``.

    """
    wanted = folded(text)
    if not wanted:
        return ()
    ranked = []
    for controller in known:
        names = [folded(name) for name in controller.names()]
        if wanted in names:
            ranked.append((0, controller))
        elif any(name.startswith(wanted) for name in names):
            ranked.append((1, controller))
        elif any(wanted in name for name in names):
            ranked.append((2, controller))
    return tuple(controller for _, controller in sorted(ranked, key=lambda item: item[0]))
