"""Web forms as data: the fields of an authority's or a company's form, and what fills them."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - the model needs it
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from complaintkit.answers import Unknown
from complaintkit.conditions import Condition, Truth, parse
from complaintkit.errors import LawError, Problem, suggestion
from complaintkit.lawfile import Dated, Id, Rule
from complaintkit.vocabulary import ActsFor
from complaintkit.world import NAMES, CaseWorld

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.facts import Case
    from complaintkit.law import Library
    from complaintkit.lawfile import Authority
    from complaintkit.respondents import KnownController

Read = Literal["primary", "secondary", "memory"]
Filler = Literal[
    "", "summary", "what_happened", "description", "request", "grounds", "demands", "harm",
    "reasons", "contact_history", "dates", "evidence",
    "person.name", "person.email", "person.phone", "person.address", "person.country", "account",
    "company_name", "company_contact", "company_email", "company_address", "company_website",
    "company_address_or_website", "pages", "day_of_event",
]  # fmt: skip
"""What fills a field: a text of the case, or one of its particulars; empty for the person alone."""

LAW_OF_TIME = ("overdue", "unacknowledged")
"""Aspects of a step that turn on a law's time limits, which no form has."""
FORM_NAMES = {n: name for n, name in NAMES.items() if n.rpartition(".")[2] not in LAW_OF_TIME}


class Pick(Rule):
    """When a choice of a field is the right one."""

    when: str
    choose: str


class FormField(Rule):
    """A field of a form, in its place."""

    id: Id
    label: str = ""
    """As the form shows it."""
    title: str = ""
    """Instead of the label, where the form's own words were not seen: what the field is."""
    section: str = ""
    """The heading it stands under, as the form shows it."""
    kind: Literal["text", "long_text", "choice", "choices", "date", "file"]
    required: bool | None = None
    """Whether the form wants it; not given where that is not known."""
    when: str = "True"
    """When it is to be filled in; it is left out unless that is certain."""
    limit: int | None = Field(default=None, gt=0)
    """The characters it takes; not given where no limit is known."""
    lengths: tuple[int, ...] = ()
    """Where no limit is known: the lengths at which a text is offered."""
    choices: tuple[str, ...] = ()
    """As the form shows them."""
    choices_known: bool = True
    """Whether these are all that the form has."""
    fill: Filler = ""
    picks: tuple[Pick, ...] = Field(default=(), alias="pick")
    """Which choice is taken when; for a field with one choice the first that is certain."""
    otherwise: str = ""
    """The choice where none of them is certain."""
    max_files: int | None = None
    max_mb: float | None = None
    accepted: tuple[str, ...] = ()
    note: str = ""
    """What to know about it, for the person."""
    read: Read | None = None
    """How it was checked, if not like the form."""
    doubt: str = ""
    """What is not certain about it."""


class Form(Dated):
    """A web form through which a document of a route can be handed in."""

    id: Id
    of: tuple[Id, ...] = ()
    """The authorities or known controllers whose form it is."""
    generic: Literal["", "authority", "controller"] = ""
    """Instead of ``of``: whether it stands for every form whose fields are not known."""
    countries: tuple[str, ...] = ()
    """For a generic one: the countries of the authorities; empty for all others."""
    documents: tuple[str, ...] = Field(min_length=1)
    """The documents of the routes it takes, such as ``complaint-authority``."""
    when: str = "True"
    title: str
    url: str = Field(pattern=r"^(https?://[^\s]+)?$")
    """Empty for a generic one."""
    language: str = "en"
    """The language of its labels and choices."""
    fields_known: bool = True
    line_break: Literal[1, 2] = 2
    """The characters that a line break counts; two where that is not known."""
    notes: tuple[str, ...] = ()
    """What to know before one begins, for the person."""
    fields: tuple[FormField, ...] = Field(alias="field", min_length=1)
    sources: tuple[str, ...] = ()
    """Where the fields were read; only a generic form has none."""
    read: Read
    checked: dt.date

    def reading(self, field: FormField) -> Read:
        """Return how a field was checked."""
        return field.read or self.read


class FormFile(Rule):
    """A file of web forms."""

    forms: tuple[Form, ...] = Field(alias="form")


class WebForm:
    """A checked form, with its conditions ready to be evaluated."""

    def __init__(self, form: Form, conditions: Mapping[tuple[str, str], Condition]) -> None:
        self.form = form
        self._conditions = conditions

    def __repr__(self) -> str:
        return f"<WebForm {self.form.id}>"

    def suits(self, world: CaseWorld) -> bool:
        """Return whether the form is not for other cases only."""
        return self._conditions["", ""].evaluate(world).truth is not Truth.NO

    def asks(self, field: FormField, world: CaseWorld) -> bool:
        """Return whether a field is to be filled in."""
        return self._conditions[field.id, ""].evaluate(world).truth is Truth.YES

    def picked(self, field: FormField, world: CaseWorld) -> tuple[str, ...]:
        """Return the choices to take; empty if the person has to choose."""
        found = [
            pick.choose
            for pick in field.picks
            if self._conditions[field.id, pick.choose].evaluate(world).truth is Truth.YES
        ]
        if field.kind == "choice":
            found = found[:1]
        return tuple(found or filter(None, [field.otherwise]))


class FormChecker:
    """Checks forms against the laws and prepares their conditions."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def check(self, form: Form) -> WebForm:
        """Return a form that can be used, and note what is wrong with it."""
        conditions = {("", ""): self._condition(form.id, form.when)}
        if bool(form.of) == bool(form.generic):
            self._fail(form.id, "is neither of somebody nor generic", "give either")
        if not form.generic and not (form.url and form.sources):
            self._fail(form.id, "has no address or no source", "give url and sources")
        ids = [field.id for field in form.fields]
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            self._fail(form.id, f"has the field '{id_}' twice", "rename one")
        for field in form.fields:
            where = f"{form.id}, field {field.id}"
            conditions[field.id, ""] = self._condition(where, field.when)
            for pick in field.picks:
                condition = self._condition(where, pick.when)
                earlier = conditions.get((field.id, pick.choose))
                if earlier:
                    self._fail(where, f"picks '{pick.choose}' twice", "join them with 'or'")
                conditions[field.id, pick.choose] = condition
            self._field(form, field, where)
        return WebForm(form, conditions)

    def _field(self, form: Form, field: FormField, where: str) -> None:
        chosen = [*(pick.choose for pick in field.picks), *filter(None, [field.otherwise])]
        for choice in chosen:
            if choice not in field.choices:
                near = suggestion(choice, field.choices)
                self._fail(where, f"picks '{choice}', which is none of its choices", near)
        if bool(field.label) == bool(field.title):
            self._fail(where, "has neither a label nor a title of ours, or both", "give one")
        if field.choices and field.kind not in ("choice", "choices"):
            self._fail(where, "has choices but is no choice")
        if field.limit and field.lengths:
            self._fail(where, "has a limit and other lengths", "give one of them")
        if field.kind == "long_text" and not field.limit and not field.lengths:
            self._fail(where, "has no limit", "give the lengths at which a text is offered")
        limits = field.limit or field.max_files or field.max_mb
        if limits and form.reading(field) != "primary" and not field.doubt:
            self._fail(where, "has a limit that is not certain", "say so in 'doubt'")

    def _condition(self, where: str, text: str) -> Condition:
        try:
            return parse(text, FORM_NAMES, {}, f"{self.name}, form {where}")
        except LawError as error:
            self.problems += error.problems
            return parse("True", FORM_NAMES, {}, "")

    def _fail(self, where: str, what: str, mend: str = "") -> None:
        self.problems.append(Problem(f"{self.name}, form {where}", what, mend))


def references(
    forms: Iterable[WebForm], owners: Iterable[str], documents: Iterable[str]
) -> list[Problem]:
    """Return a problem for each form of nobody, or for a document that no route has."""
    known, written = set(owners), set(documents)
    problems = []
    for form in (item.form for item in forms):
        wrong = [(id_, "is of unknown", known) for id_ in form.of if id_ not in known]
        wrong += [
            (d, "takes unknown document", written) for d in form.documents if d not in written
        ]
        problems += [
            Problem(f"form {form.id}", f"{what} '{name}'", suggestion(name, among))
            for name, what, among in wrong
        ]
    return problems


def form_for(
    found: RouteFinding, assessment: Assessment, library: Library
) -> tuple[WebForm, str] | None:
    """Return the form through which a document of a route goes, with its address, or None.

    A known form comes first. A generic one stands in where the authority takes nothing but its
    form, or where nothing but a form is known of the company.

    Args:
        found: The route, with its authority.
        assessment: What follows from the case.
        library: Where the forms are, such as ``law.library()``.

    """
    case, on = assessment.case, assessment.on
    world = spoken_of(case, on)
    usable = [
        item
        for item in library.forms.values()
        if found.route.document in item.form.documents
        and item.form.in_force(on)
        and item.suits(world)
    ]
    company = case.controller
    if found.authority is not None:
        owner, url, alone = {found.authority.id}, found.authority.form, form_only(found.authority)
        kind, country = "authority", found.authority.country
    else:
        owner, url = _known(company.name, company.form, library.controllers.values()), company.form
        alone, kind, country = not (company.address or company.email), "controller", ""
    own = next((item for item in usable if owner.intersection(item.form.of)), None)
    if own is not None:
        return own, own.form.url
    generic = [item for item in usable if item.form.generic == kind]
    generic = [i for i in generic if country in i.form.countries] or [
        i for i in generic if not i.form.countries
    ]
    return (generic[0], url) if generic and url and alone else None


def spoken_of(case: Case, on: dt.date) -> CaseWorld:
    """Return the world of a case as letters speak of it: of one's own data if nothing is said."""
    if isinstance(case.facts.acts_for, Unknown):
        case = case.with_answer("acts_for", ActsFor.SELF)
    return CaseWorld.of(case, on)


def form_only(authority: Authority) -> bool:
    """Return whether an authority takes, or may take, nothing but its form."""
    if authority.own_form == "required":
        return bool(authority.form)
    if authority.email_filing == "yes":
        return False
    post = bool(authority.address) and (not authority.channels or "post" in authority.channels)
    return bool(authority.form) and not post


def _known(name: str, form: str, controllers: Iterable[KnownController]) -> set[str]:
    """Return the ids of the known controllers that a case means by its company and form."""
    return {
        known.id
        for known in controllers
        for entity in known.entities
        if entity.controller.name == name and form and entity.controller.form == form
    }
