"""Everything a person can tell us: the case, its facts, its history and its evidence.

A fact is declared once, as a field here. Its question, help, choices and type serve the
wizard, the spreadsheet, the JSON Schema and the rules of the law alike.
"""

from __future__ import annotations

import datetime as dt
import typing
from typing import Any

from pydantic import Field, model_validator

from complaintkit import vocabulary as words
from complaintkit.answers import Answer, Group, fact
from complaintkit.records import CountryCode, Date, FactTable, Line, Record, RegionCode, Text
from complaintkit.story import Story
from complaintkit.topics import (
    Breach,
    Decision,
    Marketing,
    Monitoring,
    Notices,
    Requests,
    Tracking,
    Transfer,
)

if typing.TYPE_CHECKING:
    from pathlib import Path


class Person(Record):
    """Who writes. No rule can read any of this; it appears only in letters."""

    name: Line = ""
    """Full name, as it should stand in the letter."""
    address: tuple[Line, ...] = ()
    """Postal address, one line each, without the name and the country."""
    country: Line = ""
    """Country of the postal address, as a two-letter code."""
    email: Line = ""
    phone: Line = ""
    account: Line = ""
    """What identifies the person to the company: user name, profile address, customer number."""
    place: Line = ""
    """Town for the date line."""


class Controller(FactTable):
    """The company or body complained of."""

    name: Line = ""
    """Legal name."""
    service: Line = ""
    """The service people know it by, such as LinkedIn."""
    attention: Line = ""
    """Department the letter should reach."""
    address: tuple[Line, ...] = ()
    """Postal address, one line each, without name and country."""
    email: Line = ""
    form: Line = ""
    """Web form for objections or requests."""
    privacy_notice: Line = ""
    country: Answer[CountryCode] = fact(
        "In which country is the company established?",
        Group.COMPANY,
        help="Its privacy notice names the company and its address, often under 'controller'.",
        label="Company's country",
    )
    region: Answer[RegionCode] = fact(
        "In which Land or state is it established?",
        Group.COMPANY,
        help="Only needed for companies in Germany. For example DE-HH for Hamburg.",
        label="Company's Land or state",
    )
    kind: Answer[words.ControllerKind] = fact(
        "What kind of body is it?", Group.COMPANY, label="Kind of body"
    )
    sector: Answer[words.Sector] = fact("What does it do?", Group.COMPANY, label="Line of business")
    small: Answer[bool] = fact(
        "Is it a small business?",
        Group.COMPANY,
        help="A shop or a firm of your neighbourhood rather than a known name.",
        label="Small business",
    )


class Facts(Requests, Breach, Transfer, Monitoring, Decision, Tracking, Marketing, Notices, Story):
    """What the law is decided on. Rules may name every field."""

    @model_validator(mode="after")
    def _one_story(self) -> Facts:
        """Refuse a notice that contradicts its own date."""
        told, began = self.notice_date, self.practice_began
        if not isinstance(told, dt.date):
            return self
        if self.notice is words.Notice.NEVER:
            message = "notice says never, but notice_date has a day"
            raise ValueError(message)
        if not isinstance(began, dt.date):
            return self
        if self.notice is words.Notice.BEFORE_START and told > began:
            message = "notice says before_start, but notice_date is after practice_began"
            raise ValueError(message)
        if self.notice is words.Notice.AFTER_START and told <= began:
            message = "notice says after_start, but notice_date is not after practice_began"
            raise ValueError(message)
        return self


class Step(Record):
    """One thing that happened between the person and the company or an authority."""

    what: words.StepKind
    event: words.StepEvent
    date: Date
    channel: words.Channel | None = None
    proof: Text = ""
    """What proves it, such as a screenshot or a delivery receipt."""
    note: Text = ""
    """What was said, in the person's words."""
    reference: str = ""
    """The sign or number that the other side gave the matter."""


class Event(Record):
    """A published event of the story, with the place where it can be read."""

    date: Date
    text: Text = Field(min_length=1)
    source: Text = ""


class Exhibit(Record):
    """A piece of evidence."""

    title: Text = Field(min_length=1)
    date: Date | None = None
    file: Line = ""
    """A PDF, PNG, JPEG, text (.txt) or e-mail (.eml) in the folder of the case file or below it."""


class Case(Record):
    """One person's case: frozen, without any conclusion of law in it."""

    format: typing.Literal[1] = 1
    campaign: Line = ""
    """The campaign whose facts were filled in, if any."""
    person: Person = Person()
    controller: Controller = Controller()
    facts: Facts = Facts()
    events: tuple[Event, ...] = ()
    history: tuple[Step, ...] = ()
    evidence: tuple[Exhibit, ...] = ()
    unrecognised: dict[str, Any] = Field(default_factory=dict, exclude=True)
    """Keys of the file that mean nothing to this version, by their dotted path."""

    @classmethod
    def load(cls, path: Path | str) -> Case:
        """Read a case file (TOML).

        Raises:
            CaseError: The file cannot be read or says something impossible.

        """
        from complaintkit.casefile import load  # noqa: PLC0415 - the reader knows the model

        return load(path)

    def save(self, path: Path | str) -> None:
        """Write the case file for the owner's eyes only, whole or not at all."""
        from complaintkit.casefile import save  # noqa: PLC0415

        save(self, path)

    def answer(self, name: str) -> object:
        """Return the answer to a fact by its name, such as ``practice`` or ``controller.country``.

        Raises:
            KeyError: There is no such fact.

        """
        table, field = self._place(name)
        return getattr(getattr(self, table), field)

    def with_answer(self, name: str, value: object) -> Case:
        """Return the case with one fact changed.

        Raises:
            KeyError: There is no such fact.
            pydantic.ValidationError: The value is not possible for it.

        """
        table, field = self._place(name)
        part: FactTable = getattr(self, table)
        changed = type(part).model_validate({**dict(part), field: value})
        return self.model_copy(update={table: changed})

    @staticmethod
    def _place(name: str) -> tuple[str, str]:
        """Return the table and the field of a fact; KeyError if there is no such fact."""
        table, _, field = name.rpartition(".")
        tables: dict[str, type[FactTable]] = {"": Facts, "controller": Controller}
        if not tables[table].model_fields[field].json_schema_extra:
            raise KeyError(name)
        return table or "facts", field

    @model_validator(mode="after")
    def _in_order(self) -> Case:
        """Refuse a history in which an answer comes before what it answers."""
        for step in self.history:
            if step.event is words.StepEvent.SENT:
                continue
            starts = [
                other.date
                for other in self.history
                if other.what is step.what and other.event is words.StepEvent.SENT
            ]
            if starts and step.date < min(starts):
                message = f"{step.what} was {step.event} on {step.date}, before it was sent"
                raise ValueError(message)
        return self
