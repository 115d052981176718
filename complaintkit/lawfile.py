"""The shape of a jurisdiction file: what a law, a ground, a route and an authority are made of."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from complaintkit.errors import LawError
from complaintkit.periods import Period
from complaintkit.vocabulary import ControllerKind, LegalBasis, Practice, StepEvent, StepKind

Strength = Literal["settled", "arguable", "contested"]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


def _period(value: object) -> object:
    try:
        return Period.parse(value) if isinstance(value, str) else value
    except LawError as error:
        raise ValueError(str(error)) from None


PeriodText = Annotated[Period, BeforeValidator(_period)]


class Rule(BaseModel):
    """A frozen table of a jurisdiction file; unknown keys are errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Dated(Rule):
    """Something that is in force from one day, until another (both inclusive)."""

    in_force_from: dt.date | None = None
    in_force_until: dt.date | None = None

    def in_force(self, day: dt.date) -> bool:
        """Return whether it is in force on a day."""
        after = self.in_force_from is None or self.in_force_from <= day
        return after and (self.in_force_until is None or day <= self.in_force_until)


class Source(Rule):
    """Where a fact of law can be read."""

    id: Id
    title: str
    url: str = Field(pattern=r"^https?://")
    kind: Literal["statute", "decision", "guidance", "secondary"]
    dated: dt.date | None = None
    read: Literal["primary", "secondary", "memory"] = "primary"
    """How it was checked: in the primary text, in a secondary one, or from memory only."""
    standing: Literal["stands", "appealed", "annulled", "superseded"] = "stands"
    """What became of it. No ground may rest on what was annulled or superseded; a caution may."""
    standing_note: str = ""


class Provision(Dated):
    """A provision that may be cited; nothing else can be."""

    id: str
    """As printed, without the act: ``Art. 21(1)``, ``s. 164A(3)`` or ``§ 1798.105``."""
    act: str = ""
    """The act as printed beside it: ``GDPR``, ``DPA 2018`` or ``Cal. Civ. Code``."""
    about: str
    source: Id


class Displacement(Rule):
    """Why another ground takes the place of this one."""

    ground: Id
    because: str
    provision: str


class Counter(Rule):
    """What the other side will answer, and what can be said to it."""

    says: str
    reply: str = ""
    sources: tuple[Id, ...] = ()


class Ground(Dated):
    """A ground on which a controller can be addressed or a complaint be based."""

    id: Id
    title: str
    kind: Literal["right", "infringement", "referral"] = "infringement"
    when: str
    words: str = ""
    """The file of its words in templates/grounds; by default that of its law or part."""
    basis: tuple[LegalBasis, ...] = ()
    """The legal bases it presupposes; an open one is pleaded 'so far as you rely on' them."""
    provisions: tuple[str, ...] = Field(min_length=1)
    demands: tuple[Id, ...] = ()
    strength: Strength
    strength_note: str = ""
    judged_on: Literal["start", "event", "filing"] = "filing"
    """The day whose law decides: when the practice began, when it ended (while it goes on, the day
    of filing), or when the document is filed."""
    step: StepKind | None = None
    """For a right: the step of the history by which it is used."""
    stage: Literal["use", "answer"] = "use"
    """Whether it is about the use of the data or about how a request was dealt with."""
    alternative: bool = False
    """Whether it may be pleaded in the alternative while it is open."""
    displaced_by: tuple[Displacement, ...] = ()
    closes: tuple[str, ...] = ()
    """For a referral that holds: the routes it closes, ``*`` if the law does not apply at all."""
    refers_to: str = ""
    """For a referral: where to turn instead, for the person."""
    counters: tuple[Counter, ...] = Field(default=(), alias="counter")
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Requirement(Rule):
    """A basis that the law requires for a practice or for kinds of data."""

    id: Id
    when: str
    requires: str
    """What is required, in a few words."""
    argument: str
    provisions: tuple[str, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Branch(Rule):
    """The right that follows if the company relies on a legal basis."""

    basis: LegalBasis
    right: str
    provisions: tuple[str, ...] = ()


class Demand(Rule):
    """Something that may be demanded; its words are in the templates."""

    id: Id
    provisions: tuple[str, ...] = ()
    title: str
    words: str = ""
    """The file of its words, as for a ground."""


class Clock(Dated):
    """A time limit for the recipient of a step."""

    id: Id
    when: str = "True"
    """When it runs at all."""
    steps: tuple[StepKind, ...] = Field(min_length=1)
    for_: Literal["answer", "acknowledgement"] = Field(alias="for")
    period: PeriodText
    extended: PeriodText | None = None
    """The whole period, from receipt, once an extension was announced in time."""
    starts: tuple[StepEvent, ...] = ()
    """Events that start it anew, such as proof of identity or a fee that was paid."""
    pauses: bool = False
    """Whether the days from a question of the recipient to its answer do not count."""
    rolls: bool
    """Whether a last day that is no working day moves to the next."""
    calendar: Literal["controller", "residence"]
    """Whose public holidays count."""
    binding: bool = True
    """False for a date that the letter asks for because the law sets none."""
    provisions: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Bar(Rule):
    """A time limit for the person: after it the route is, or may be, closed."""

    period: PeriodText
    plus: PeriodText | None = None
    """A second period that runs from the end of the first."""
    from_: Literal["knowledge", "event", "last_answer", "complaint"] = Field(alias="from")
    """``complaint`` is the day on which the authority received the complaint."""
    renews: bool = False
    """Whether a request that was refused or not answered is an event of its own, from which a
    period from the knowledge or the event runs anew."""
    lasting: tuple[Practice, ...] = ()
    """Practices that last: a period from the knowledge does not begin before their end, and while
    no end is known it only advises."""
    effect: Literal["closes", "advises"]
    provision: str = ""
    text: str


class Delay(Rule):
    """Why a route is better, or has to be, put off although its time has come."""

    when: str
    reason: str


class Route(Dated):
    """A way to take: to whom, with which document, from when."""

    id: Id
    title: str
    document: str
    to: Literal["controller", "authority", "court"]
    authority: Id | None = None
    """A fixed authority; without it the competent one is found by its own conditions."""
    step: StepKind | None = None
    """The step of the history that this route is, once taken."""
    uses_rights: bool = False
    """Whether it is the letter by which every right that is not used yet is used."""
    stage: Literal["use", "answer"] = "use"
    """``answer`` if its letter is only about how a request was dealt with."""
    when: str
    closed_because: str
    after: tuple[StepKind, ...] = ()
    """Steps that come first: one of them must be answered, or its time must have passed."""
    waits: Literal["blocks", "advises"] = "advises"
    """Whether the law closes the route until then, or only policy advises to wait."""
    wait_reason: str = ""
    lead: bool = False
    """Whether the authority of the controller's country leads (one-stop-shop)."""
    parallel: bool = False
    """Whether it is taken beside the first open route and not after it."""
    provisions: tuple[str, ...] = ()
    how: str = ""
    """How to send it, for the next-steps sheet."""
    expect: str = ""
    """What the person can expect from it, honestly."""
    bars: tuple[Bar, ...] = Field(default=(), alias="bar")
    delays: tuple[Delay, ...] = Field(default=(), alias="delay")
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Caution(Dated):
    """What may go wrong; it belongs to a ground or a route."""

    id: Id
    when: str = "True"
    about: tuple[Id, ...] = Field(min_length=1)
    """The grounds and routes it belongs to; it is shown if one of them is live."""
    weight: Literal["note", "warning"] = "note"
    """``warning`` where the other side has usually won, or the step may fail or harm."""
    text: str
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


Channel = Literal[
    "online", "email", "signed_email", "post", "in_person", "fax", "registry", "state_mailbox",
    "form",
]  # fmt: skip
"""``email`` takes a PDF in an ordinary e-mail, ``signed_email`` only with a qualified signature or
from a certified mailbox; ``form`` is the authority's own form, however it is sent."""


class Upload(Rule):
    """What the online form of an authority takes as files."""

    files: int = Field(ge=0)
    """How many; 0 if it takes none."""
    mb: float | None = Field(default=None, gt=0)
    """How large each may be, in megabytes of 1,000,000 bytes."""
    types: tuple[str, ...] = ()
    """The kinds it takes, so far as they are known, such as ``pdf`` or ``image``."""
    dated: dt.date | None = None
    """The day on which the form said so, if that is long ago; it may have changed."""
    source: str = Field(pattern=r"^https?://")
    checked: dt.date


class Authority(Dated):
    """A supervisory authority or another body that takes complaints."""

    id: Id
    country: str
    region: str = ""
    when: str = ""
    """When it is the competent one; empty for one that routes name."""
    name: str
    name_en: str = ""
    salutation: str = ""
    address: tuple[str, ...] = ()
    """Postal address, one line each; empty if it takes no complaints by post."""
    address_note: str = ""
    email: str = ""
    phone: str = ""
    form: str = ""
    website: str = ""
    languages: tuple[str, ...]
    email_filing: Literal["yes", "no", "unclear"]
    """Whether a PDF attached to an ordinary e-mail counts as filing."""
    channels: tuple[Channel, ...] = ()
    """The ways in which it takes complaints, so far as they were found."""
    upload: Upload | None = None
    """What its online form takes as files, where that is known."""
    filing_note: str = ""
    signature: str = ""
    identity: str = ""
    own_form: Literal["required", "offered", "unclear"] = "unclear"
    prior_contact: Literal[
        "required", "for_rights", "expected", "recommended", "not_required", "unknown"
    ]
    """Whether the controller is written to first; ``for_rights``: for a complaint about a right."""
    prior_contact_note: str = ""
    required_content: tuple[str, ...] = ()
    """What its law asks of a complaint, for the person to check."""
    called: str = ""
    """What its law calls the complaint, printed beside the title."""
    filed_under: tuple[str, ...] = ()
    """National provisions that the complaint names beside those of the route."""
    statements: tuple[str, ...] = ()
    """Sentences that its law wants in a complaint, in the first person."""
    requests: tuple[str, ...] = ()
    """Requests that its law wants, each to follow 'I ask the authority'."""
    fill_in: tuple[str, ...] = ()
    """What the person adds by hand, because no case file holds it."""
    enclose: tuple[str, ...] = ()
    """What has to be enclosed whatever the case is about."""
    answer_time: str = ""
    competence_note: str = ""
    notes: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = Field(default=(), alias="bar")
    leads: str = ""
    """The country, or the Land, for whose private controllers it is the lead authority."""
    leads_only: tuple[ControllerKind, ...] = ()
    """The kinds of controllers it leads for, if these alone; it goes before those without."""
    child_consent_age: int | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    confidence: Literal["high", "medium", "low"]
    checked: dt.date


class Head(Dated):
    """What a law is, and whom it protects."""

    id: Id
    family: Literal["eu", "uk", "ch", "us"]
    title: str
    short: str
    citation: str
    applies: str
    """When it is the law the letters rest on."""
    also: str = ""
    """When it applies beside the person's own law."""
    cite: Literal["provision-act", "act-provision"] = "provision-act"
    """Whether a citation reads 'Art. 21(1) GDPR' or 'Cal. Civ. Code § 1798.105'."""
    words: str = ""
    """The file of its words in templates/grounds; by default the one named like its id."""
    asks_basis: bool
    """Whether it requires a legal basis for every use of personal data."""
    instead: str = ""
    """What stands in the place of the legal-basis question, if it does not."""
    reach: Literal["special", "general", "residual"] = "general"
    """Whether it is for one line of business or kind of data, for all, or where nothing else is.

    Where several laws give the same kind of route, a special law that gives a right in the case
    goes first, and a residual one last.
    """
    languages: tuple[str, ...] = ("en",)
    """The languages in which all words of it, and of letters under it, are there."""
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Contradiction(Rule):
    """Grounds that must never hold outright together, and the reason in the law."""

    grounds: tuple[Id, ...] = Field(min_length=2)
    because: str


class Entries(Rule):
    """What a law file and its parts are made of."""

    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[Source, ...] = Field(default=(), alias="source")
    provisions: tuple[Provision, ...] = Field(default=(), alias="provision")
    demands: tuple[Demand, ...] = Field(default=(), alias="demand")
    grounds: tuple[Ground, ...] = Field(default=(), alias="ground")
    requirements: tuple[Requirement, ...] = Field(default=(), alias="requirement")
    branches: tuple[Branch, ...] = Field(default=(), alias="branch")
    clocks: tuple[Clock, ...] = Field(default=(), alias="clock")
    routes: tuple[Route, ...] = Field(default=(), alias="route")
    cautions: tuple[Caution, ...] = Field(default=(), alias="caution")
    contradictions: tuple[Contradiction, ...] = Field(default=(), alias="contradiction")


class LawFile(Entries):
    """One law: a file as it stands, or with its parts."""

    law: Head


class Membership(Rule):
    """Which law a part belongs to."""

    of: Id
    words: str = ""
    """The file of its words in templates/grounds; by default that of its law."""


class Part(Entries):
    """A file that adds entries to a law."""

    part: Membership


class AuthorityFile(Rule):
    """A file of authorities."""

    rules: dict[str, str] = Field(default_factory=dict)
    """Conditions that several authorities share: ``@name`` stands for one in a ``when``, and
    ``{region}`` in it for the region of the authority."""
    authorities: tuple[Authority, ...] = Field(alias="authority")
