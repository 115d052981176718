"""Everything a person can tell us: the case, its facts, its history and its evidence.

A fact is declared once, as a field here. Its question, help, choices and type serve the
wizard, the spreadsheet, the JSON Schema and the rules of the law alike.
"""

from __future__ import annotations

import datetime as dt
import re
import typing
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from complaintkit import vocabulary as words
from complaintkit.answers import Answer, Group, Unknown, fact

if typing.TYPE_CHECKING:
    from pathlib import Path

MAX_TEXT = 20_000
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_date(value: object) -> object:
    """Accept a date or an ISO text, and nothing that merely looks like a number."""
    if isinstance(value, str | dt.datetime) or not isinstance(value, dt.date):
        text = value.strip() if isinstance(value, str) else ""
        try:
            if ISO_DATE.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        message = "write the date as YYYY-MM-DD"
        raise ValueError(message)
    return value


Date = Annotated[dt.date, BeforeValidator(_iso_date, json_schema_input_type=dt.date)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
RegionCode = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{2,3})?$")]


class Record(BaseModel):
    """A frozen table of a case file; unknown keys are refused here and kept by the reader."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True
    )


class FactTable(Record):
    """A table of which some fields are facts with four states."""

    @field_validator("*", mode="before")
    @classmethod
    def _states(cls, value: object, info: ValidationInfo) -> object:
        """Read ``?`` as not known, ``-`` as rather not say and nothing as unanswered."""
        is_fact = cls.model_fields[str(info.field_name)].json_schema_extra is not None
        mark = value.strip() if isinstance(value, str) else value
        return Unknown(mark) if is_fact and mark in ("", "?", "-") else value


class Person(Record):
    """Who writes. No rule can read any of this; it appears only in letters."""

    name: str = ""
    """Full name, as it should stand in the letter."""
    address: tuple[str, ...] = ()
    """Postal address, one line each, without the name and the country."""
    country: str = ""
    """Country of the postal address, as a two-letter code."""
    email: str = ""
    phone: str = ""
    account: str = ""
    """What identifies the person to the company: user name, profile address, customer number."""
    place: str = ""
    """Town for the date line."""


class Controller(FactTable):
    """The company or body complained of."""

    name: str = ""
    """Legal name."""
    service: str = ""
    """The service people know it by, such as LinkedIn."""
    attention: str = ""
    """Department the letter should reach."""
    address: tuple[str, ...] = ()
    """Postal address, one line each, without name and country."""
    email: str = ""
    form: str = ""
    """Web form for objections or requests."""
    privacy_notice: str = ""
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


class Facts(FactTable):
    """What the law is decided on. Rules may name every field."""

    practice: Answer[words.Practice] = fact("What does the company do with your data?", Group.STORY)
    purpose: Answer[Text] = fact(
        "In a few words: what does it use your data for?",
        Group.STORY,
        help="Use the company's own words if you have them.",
        label="Purpose",
    )
    default_on: Answer[bool] = fact(
        "Was it switched on for you without asking you first?", Group.STORY, label="On by default"
    )
    practice_began: Answer[Date] = fact(
        "When did it begin?",
        Group.STORY,
        help="The day the company began, or the first day you know of.",
    )
    practice_ended: Answer[Date] = fact(
        "Has it ended? If so, when?", Group.STORY, help="Leave it out if it goes on."
    )
    learned_on: Answer[Date] = fact(
        "When did you learn of it?",
        Group.STORY,
        help="Some authorities count a time limit from this day.",
    )
    residence: Answer[RegionCode] = fact(
        "Where do you live?", Group.PLACE, help="It decides which law protects you."
    )
    relationship: Answer[words.Relationship] = fact("How do you know the company?", Group.DATA)
    account_context: Answer[words.AccountContext] = fact(
        "What do you use the service for?",
        Group.DATA,
        help="Most US state laws do not protect people who act in a job.",
    )
    age_group: Answer[words.AgeGroup] = fact("How old are you?", Group.DATA)
    minor_then: Answer[bool] = fact(
        "Were you under 18 when the company got some of these data?",
        Group.DATA,
        label="Under 18 then",
    )
    data_kinds: Answer[tuple[words.DataKind, ...]] = fact(
        "Which of your data does it concern?",
        Group.DATA,
        help="Mark sensitive kinds only if you can name an example.",
        label="Kinds of data",
    )
    sensitive_item: Answer[Text] = fact(
        "Can you name one sensitive item among them?",
        Group.DATA,
        help="For example 'my post of 3 May 2021 about my church'. Courts ask for it.",
    )
    data_source: Answer[words.DataSource] = fact("How did the company get the data?", Group.DATA)
    data_visibility: Answer[words.Visibility] = fact("Who could see the data?", Group.DATA)
    old_data: Answer[bool] = fact(
        "Does it use data from before it told you about this use?",
        Group.DATA,
        label="Data from before the notice",
    )
    notice: Answer[words.Notice] = fact(
        "When did the company tell you about it?",
        Group.TOLD,
        help="A message to you, or a change of the privacy notice that you could see.",
    )
    notice_date: Answer[Date] = fact("On which day did it tell you?", Group.TOLD)
    stated_basis: Answer[words.LegalBasis] = fact(
        "What does the company say allows it to do this?",
        Group.TOLD,
        help="Its privacy notice calls this 'legal basis' or 'lawful basis'. "
        "Many people do not know: the letter then covers every possibility.",
        label="Legal basis stated",
    )
    basis_changed: Answer[bool] = fact(
        "Did it name another legal basis before?", Group.TOLD, label="Legal basis changed"
    )
    earlier_basis: Answer[words.LegalBasis] = fact("Which one did it name before?", Group.TOLD)
    basis_changed_on: Answer[Date] = fact("When did it change the legal basis?", Group.TOLD)
    interest_named: Answer[bool] = fact(
        "Did it say which interest it has, when it got your data?",
        Group.TOLD,
        help="Something more precise than 'to improve our services'.",
        label="Interest named",
    )
    told_right_to_object: Answer[bool] = fact(
        "Did it tell you clearly, and apart from other texts, that you may object?",
        Group.TOLD,
        label="Told of the right to object",
    )
    policy_allowed: Answer[bool] = fact(
        "Did the privacy notice allow this use when it began?",
        Group.TOLD,
        help="An archived copy of the notice shows it.",
        label="Allowed by the old notice",
    )
    llm_statement: Answer[bool] = fact(
        "Does the privacy notice say whether personal data train large language models?",
        Group.TOLD,
        label="Statement on language models",
    )
    consent_asked: Answer[words.ConsentAsked] = fact(
        "How did it ask for your consent?", Group.OPT_OUT
    )
    optout: Answer[words.OptOut] = fact("Can you opt out?", Group.OPT_OUT, label="Opt-out")
    optout_hurdles: Answer[tuple[words.Hurdle, ...]] = fact(
        "What makes it difficult?", Group.OPT_OUT, label="Hurdles"
    )
    service_works_without: Answer[bool] = fact(
        "Would the service work without this use?", Group.OPT_OUT
    )
    earlier_steps: Answer[bool] = fact(
        "Have you already objected, asked or complained?",
        Group.DONE,
        help="Also count a form or a setting on the company's website.",
        label="Earlier steps",
    )
    situation: Answer[Text] = fact(
        "What is it about you, or your situation, that makes you object?",
        Group.SITUATION,
        help="A sentence or two of your own: your job, family, health, history, what you posted "
        "and for whom. The law asks for it.",
        label="Own situation",
    )
    harm: Answer[Text] = fact(
        "What has it done to you, or what do you fear?",
        Group.SITUATION,
        help="Money, worry, safety, loss of control. Facts and days, if there are any.",
    )
    wishes: Answer[tuple[words.Wish, ...]] = fact("What do you want?", Group.WISHES)
    other_proceedings: Answer[bool] = fact(
        "Is there a court case or another complaint about the same thing?", Group.WISHES
    )
    share_identity: Answer[bool] = fact(
        "May the authority tell the company your name?",
        Group.WISHES,
        help="Most authorities cannot deal with a complaint about your data otherwise.",
    )

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
        if self.notice is words.Notice.AFTER_START and told < began:
            message = "notice says after_start, but notice_date is before practice_began"
            raise ValueError(message)
        return self


class Step(Record):
    """One thing that happened between the person and the company or an authority."""

    what: words.StepKind
    event: words.StepEvent
    date: Date
    channel: words.Channel | None = None
    proof: str = ""
    """What proves it, such as a screenshot or a delivery receipt."""
    note: str = ""
    """What was said, in the person's words."""


class Event(Record):
    """A published event of the story, with the place where it can be read."""

    date: Date
    text: str = Field(min_length=1)
    source: str = ""


class Exhibit(Record):
    """A piece of evidence."""

    title: str = Field(min_length=1)
    date: Date | None = None
    file: str = ""


class Case(Record):
    """One person's case: frozen, without any conclusion of law in it."""

    format: typing.Literal[1] = 1
    campaign: str = ""
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
