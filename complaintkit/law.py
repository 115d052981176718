"""The shape of a jurisdiction file; loads the files and checks everything in them."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from complaintkit.conditions import ALWAYS, Condition, parse
from complaintkit.errors import LawError, Problem, suggestion
from complaintkit.files import data_dir
from complaintkit.periods import Period
from complaintkit.vocabulary import LegalBasis, StepKind
from complaintkit.world import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

Strength = Literal["settled", "arguable", "contested"]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


def _period(value: object) -> object:
    return Period.parse(value) if isinstance(value, str) else value


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
    basis: tuple[LegalBasis, ...] = ()
    """The legal bases it presupposes; an open one is pleaded 'so far as you rely on' them."""
    provisions: tuple[str, ...] = Field(min_length=1)
    demands: tuple[Id, ...] = ()
    strength: Strength
    strength_note: str = ""
    judged_on: Literal["start", "filing"] = "filing"
    """The day whose law decides: when the practice began, or when the document is filed."""
    alternative: bool = False
    """Whether it may be pleaded in the alternative while it is open."""
    displaced_by: tuple[Displacement, ...] = ()
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


class Clock(Dated):
    """A time limit for the recipient of a step."""

    id: Id
    steps: tuple[StepKind, ...] = Field(min_length=1)
    for_: Literal["answer", "acknowledgement"] = Field(alias="for")
    period: PeriodText
    extended: PeriodText | None = None
    """The whole period, from receipt, once an extension was announced in time."""
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
    from_: Literal["knowledge", "event", "last_answer"] = Field(alias="from")
    effect: Literal["closes", "advises"]
    provision: str = ""
    text: str


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
    when: str
    closed_because: str
    after: tuple[StepKind, ...] = ()
    """Steps that come first: one of them must be answered, or its time must have passed."""
    waits: Literal["blocks", "advises"] = "advises"
    """Whether the law closes the route until then, or only policy advises to wait."""
    wait_reason: str = ""
    parallel: bool = False
    """Whether it is taken beside the first open route and not after it."""
    provisions: tuple[str, ...] = ()
    how: str = ""
    """How to send it, for the next-steps sheet."""
    expect: str = ""
    """What the person can expect from it, honestly."""
    bars: tuple[Bar, ...] = Field(default=(), alias="bar")
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Caution(Rule):
    """What may go wrong; it belongs to a ground or a route."""

    id: Id
    when: str = "True"
    about: tuple[Id, ...] = Field(min_length=1)
    """The grounds and routes it belongs to; it is shown if one of them is live."""
    text: str
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class Authority(Dated):
    """A supervisory authority or another body that takes complaints."""

    id: Id
    country: str
    region: str = ""
    when: str
    """When it is the competent one."""
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
    filing_note: str = ""
    signature: str = ""
    identity: str = ""
    own_form: Literal["required", "offered", "unclear"] = "unclear"
    prior_contact: Literal["required", "expected", "recommended", "not_required", "unknown"]
    prior_contact_note: str = ""
    required_content: tuple[str, ...] = ()
    answer_time: str = ""
    competence_note: str = ""
    notes: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = Field(default=(), alias="bar")
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
    asks_basis: bool
    """Whether it requires a legal basis for every use of personal data."""
    instead: str = ""
    """What stands in the place of the legal-basis question, if it does not."""
    languages: tuple[str, ...] = ("en",)
    sources: tuple[Id, ...] = Field(min_length=1)
    checked: dt.date


class LawFile(Rule):
    """One jurisdiction file as it stands."""

    law: Head
    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[Source, ...] = Field(alias="source")
    provisions: tuple[Provision, ...] = Field(alias="provision")
    demands: tuple[Demand, ...] = Field(default=(), alias="demand")
    grounds: tuple[Ground, ...] = Field(default=(), alias="ground")
    requirements: tuple[Requirement, ...] = Field(default=(), alias="requirement")
    branches: tuple[Branch, ...] = Field(default=(), alias="branch")
    clocks: tuple[Clock, ...] = Field(default=(), alias="clock")
    routes: tuple[Route, ...] = Field(default=(), alias="route")
    cautions: tuple[Caution, ...] = Field(default=(), alias="caution")


class AuthorityFile(Rule):
    """A file of authorities."""

    authorities: tuple[Authority, ...] = Field(alias="authority")


class Law:
    """A checked law, with its conditions ready to be evaluated."""

    def __init__(self, file: LawFile, conditions: Mapping[tuple[str, str], Condition]) -> None:
        self.file = file
        self.head = file.law
        self.sources = {source.id: source for source in file.sources}
        self.provisions = {provision.id: provision for provision in file.provisions}
        self.demands = {demand.id: demand for demand in file.demands}
        self._conditions = conditions

    def __repr__(self) -> str:
        return f"<Law {self.head.id}>"

    def condition(self, kind: str, id_: str) -> Condition:
        """Return a condition by what it belongs to, such as ``("ground", "li-fails")``."""
        return self._conditions[kind, id_]


class Library:
    """All laws and authorities of the package."""

    def __init__(
        self,
        laws: tuple[Law, ...],
        authorities: tuple[Authority, ...],
        competence: Mapping[str, Condition],
    ) -> None:
        self.laws = {law.head.id: law for law in laws}
        self.authorities = {authority.id: authority for authority in authorities}
        self.competence = competence


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the package's own law, read and checked once.

    Raises:
        LawError: A file is wrong; one problem for each fault.

    """
    return load(data_dir("jurisdictions"))


def load(folder: Traversable) -> Library:
    """Read and check every law and authority below a folder.

    Raises:
        LawError: A file is wrong; one problem for each fault, with file, entry and remedy.

    """
    problems: list[Problem] = []
    laws: list[Law] = []
    authorities: list[Authority] = []
    competence: dict[str, Condition] = {}
    files: list[tuple[str, LawFile]] = []
    for name, text in _texts(folder, ""):
        try:
            raw = tomllib.loads(text)
            if "authority" in raw:
                found = AuthorityFile.model_validate(raw).authorities
                authorities += found
                competence |= _competence(name, found, problems)
            else:
                files.append((name, LawFile.model_validate(raw)))
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(name, f"is not valid TOML: {error}"))
        except ValidationError as error:
            problems += (_problem(name, raw, item) for item in error.errors())
        except LawError as error:
            problems += (Problem(name, p.what, p.mend) for p in error.problems)
    ids = {authority.id for authority in authorities}
    for name, file in files:
        checker = _Checker(name, file, ids)
        laws.append(Law(file, checker.check()))
        problems += checker.problems
    problems += _twice("authority", [authority.id for authority in authorities])
    problems += _twice("law", [law.head.id for law in laws])
    if problems:
        raise LawError(*problems)
    return Library(tuple(laws), tuple(authorities), competence)


def _texts(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the TOML files below a folder, by name, in a stable order."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _texts(item, f"{name}/")
        elif item.name.endswith(".toml"):
            yield name, item.read_text(encoding="utf-8")


def _competence(
    name: str, found: tuple[Authority, ...], problems: list[Problem]
) -> dict[str, Condition]:
    conditions = {}
    for authority in found:
        try:
            where = f"{name}, authority {authority.id}"
            conditions[authority.id] = parse(authority.when, NAMES, {}, where)
        except LawError as error:
            problems += error.problems
    return conditions


def _problem(name: str, raw: dict[str, Any], item: Any) -> Problem:
    """Say a validation error with the id of the entry it is in."""
    table: Any = raw
    where = name
    for part in item["loc"]:
        table = table[part] if _has(table, part) else {}
        if isinstance(table, dict) and "id" in table:
            where = f"{name}, {item['loc'][0]} {table['id']}"
    path = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        return Problem(where, f"'{path}' is not a known key", "see jurisdictions/README.md")
    return Problem(where, f"'{path}': {item['msg'].lower()}")


def _has(table: Any, part: Any) -> bool:
    if isinstance(table, dict):
        return part in table
    return isinstance(table, list) and isinstance(part, int) and part < len(table)


def _twice(kind: str, ids: list[str]) -> list[Problem]:
    return [
        Problem("jurisdictions", f"the {kind} '{id_}' is there twice", "rename one")
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1})
    ]


class _Checker:
    """Checks the references of one law file and prepares its conditions."""

    def __init__(self, name: str, file: LawFile, authorities: set[str]) -> None:
        self.name, self.file, self.authorities = name, file, authorities
        self.problems: list[Problem] = []
        self.conditions: dict[tuple[str, str], Condition] = {}
        self.sources = {source.id for source in file.sources}
        self.provisions = {provision.id: provision for provision in file.provisions}
        self.demands = {demand.id for demand in file.demands}
        self.grounds = {ground.id: ground for ground in file.grounds}

    def check(self) -> dict[tuple[str, str], Condition]:
        head = self.file.law
        self.condition("law", "applies", head.applies)
        self.condition("law", "also", head.also or "True")
        self.references("law", head.id, sources=head.sources)
        for kind in ("sources", "provisions", "demands", "grounds", "routes", "clocks", "cautions"):
            self.unique(kind, [entry.id for entry in getattr(self.file, kind)])
        for provision in self.file.provisions:
            self.references("provision", provision.id, sources=(provision.source,))
        for demand in self.file.demands:
            self.references("demand", demand.id, provisions=demand.provisions)
        for ground in self.file.grounds:
            self.ground(ground)
        for requirement in self.file.requirements:
            self.entry("requirement", requirement)
        for branch in self.file.branches:
            self.references("branch", branch.basis, provisions=branch.provisions)
        for clock in self.file.clocks:
            self.references("clock", clock.id, clock.provisions, clock.sources)
        for route in self.file.routes:
            self.route(route)
        for caution in self.file.cautions:
            self.caution(caution)
        return self.conditions

    def fail(self, kind: str, id_: str, what: str, mend: str = "") -> None:
        self.problems.append(Problem(f"{self.name}, {kind} {id_}", what, mend))

    def unique(self, kind: str, ids: list[str]) -> None:
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            self.fail(kind, id_, "is there twice", "rename one")

    def condition(self, kind: str, id_: str, text: str) -> None:
        where = f"{self.name}, {kind} {id_}"
        try:
            self.conditions[kind, id_] = parse(text, NAMES, self.file.sets, where)
        except LawError as error:
            self.problems += error.problems
            self.conditions[kind, id_] = ALWAYS

    def references(
        self,
        kind: str,
        id_: str,
        provisions: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> None:
        for provision in provisions:
            if provision not in self.provisions:
                near = suggestion(provision, self.provisions)
                self.fail(kind, id_, f"cites '{provision}', which is no listed provision", near)
        for source in sources:
            if source not in self.sources:
                self.fail(
                    kind, id_, f"has no such source '{source}'", suggestion(source, self.sources)
                )

    def entry(self, kind: str, entry: Ground | Requirement | Route) -> None:
        self.condition(kind, entry.id, entry.when)
        self.references(kind, entry.id, entry.provisions, entry.sources)

    def ground(self, ground: Ground) -> None:
        self.entry("ground", ground)
        for demand in ground.demands:
            if demand not in self.demands:
                near = suggestion(demand, self.demands)
                self.fail("ground", ground.id, f"demands '{demand}', which is not listed", near)
        for other in ground.displaced_by:
            if other.ground not in self.grounds:
                near = suggestion(other.ground, self.grounds)
                self.fail("ground", ground.id, f"is displaced by unknown '{other.ground}'", near)
            self.references("ground", ground.id, (other.provision,))
        for counter in ground.counters:
            self.references("ground", ground.id, sources=counter.sources)
        for cited in ground.provisions:
            provision = self.provisions.get(cited)
            if provision and not _overlap(ground, provision):
                what = f"cites '{cited}', which is not in force in the ground's own time"
                self.fail("ground", ground.id, what, "date the ground or the provision")
        self.cycle(ground)

    def cycle(self, ground: Ground) -> None:
        """Refuse displacements that run in a circle."""
        seen, rest = set(), [other.ground for other in ground.displaced_by]
        while rest:
            id_ = rest.pop()
            if id_ == ground.id:
                self.fail("ground", ground.id, "displaces itself by way of others")
                return
            if id_ not in seen and id_ in self.grounds:
                seen.add(id_)
                rest += [other.ground for other in self.grounds[id_].displaced_by]

    def route(self, route: Route) -> None:
        self.entry("route", route)
        if route.authority and route.authority not in self.authorities:
            near = suggestion(route.authority, self.authorities)
            self.fail("route", route.id, f"goes to unknown '{route.authority}'", near)
        for bar in route.bars:
            self.references("route", route.id, (bar.provision,) if bar.provision else ())

    def caution(self, caution: Caution) -> None:
        self.condition("caution", caution.id, caution.when)
        self.references("caution", caution.id, sources=caution.sources)
        known = {*self.grounds, *(route.id for route in self.file.routes)}
        for id_ in caution.about:
            if id_ not in known:
                self.fail(
                    "caution", caution.id, f"is about unknown '{id_}'", suggestion(id_, known)
                )


def _overlap(one: Dated, other: Dated) -> bool:
    """Return whether there is a day on which both are in force."""
    starts = [d for d in (one.in_force_from, other.in_force_from) if d]
    ends = [d for d in (one.in_force_until, other.in_force_until) if d]
    return not starts or not ends or max(starts) <= min(ends)
