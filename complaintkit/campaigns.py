"""Campaigns: a story that many people share, as a case filled in beforehand."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from complaintkit.answers import UNANSWERED, Unknown
from complaintkit.casefile import faults
from complaintkit.errors import CampaignError, Problem, suggestion
from complaintkit.facts import Case, Controller, Event, Facts
from complaintkit.files import data_dir
from complaintkit.records import Record

T = TypeVar("T", bound=Record)
EVERYWHERE = "*"


class Region(Record):
    """What is true for people who live in some countries."""

    for_: tuple[str, ...] = Field(alias="for", min_length=1)
    facts: Facts = Facts()
    controller: Controller = Controller()

    def covers(self, country: str) -> bool:
        """Return whether the region speaks of a country."""
        return EVERYWHERE in self.for_ or country in self.for_


class DatedEvent(Event):
    """A published event, and the countries in whose letters it belongs."""

    for_: tuple[str, ...] = Field(alias="for", min_length=1)


class Campaign(Record):
    """A campaign file."""

    id: str
    title: str
    summary: str
    checked: dt.date
    sources: tuple[str, ...] = Field(min_length=1)
    doubts: tuple[str, ...] = ()
    facts: Facts = Facts()
    regions: tuple[Region, ...] = Field(alias="region")
    events: tuple[DatedEvent, ...] = Field(default=(), alias="event")

    def apply(self, case: Case) -> Case:
        """Return the case with the campaign's facts, where the person gave no answer.

        Company and events depend on the residence; until it is known only the facts that are true
        everywhere are filled in.
        """
        case = case.model_copy(update={"campaign": self.id, "facts": _fill(case.facts, self.facts)})
        residence = case.facts.residence
        if isinstance(residence, Unknown):
            return case
        country = residence.partition("-")[0]
        for region in self.regions:
            if region.covers(country):
                facts = _fill(case.facts, region.facts)
                case = case.model_copy(update={"facts": facts})
                if case.controller.name in ("", region.controller.name):
                    controller = _fill(case.controller, region.controller)
                    case = case.model_copy(update={"controller": controller})
        events = [
            Event(date=event.date, text=event.text, source=event.source)
            for event in self.events
            if EVERYWHERE in event.for_ or country in event.for_
        ]
        fresh = [event for event in events if event not in case.events]
        return case.model_copy(update={"events": (*case.events, *fresh)})


def _fill(answers: T, campaign: T) -> T:
    """Return the answers, with the campaign's where the person gave none and they fit together."""
    none = (UNANSWERED, "", ())
    for field in type(answers).model_fields:
        value = getattr(campaign, field)
        if getattr(answers, field) in none and value not in none:
            try:
                answers = type(answers).model_validate({**dict(answers), field: value})
            except ValidationError:
                continue
    return answers


def names() -> tuple[str, ...]:
    """Return the campaigns of the package."""
    folder = data_dir("templates").joinpath("campaigns")
    return tuple(
        sorted(
            item.name[: -len(".toml")] for item in folder.iterdir() if item.name.endswith(".toml")
        )
    )


def load(name: str) -> Campaign:
    """Return a campaign of the package by its name, or of a file by its path.

    Raises:
        CampaignError: There is no such campaign, or its file is wrong.

    """
    if name in names():
        text = data_dir("templates").joinpath("campaigns", f"{name}.toml").read_text("utf-8")
        return parse(text, f"{name}.toml")
    path = Path(name)
    if path.suffix != ".toml" or not path.is_file():
        near = suggestion(name, names()) or f"one of {', '.join(names())}, or a .toml file"
        raise CampaignError(Problem("campaign", f"there is no campaign '{name}'", near))
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise CampaignError(Problem(path.name, "cannot be read as UTF-8 text")) from None


def parse(text: str, where: str) -> Campaign:
    """Read a campaign from TOML text.

    Raises:
        CampaignError: It is no TOML, or no campaign.

    """
    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(Problem(where, f"is not valid TOML: {error}")) from None
    except RecursionError:
        raise CampaignError(Problem(where, "is nested too deeply")) from None
    try:
        return Campaign.model_validate(raw)
    except ValidationError as error:
        raise CampaignError(*faults(where, text, error)) from None
