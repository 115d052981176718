"""What follows from a case: the values that `complaintkit.assess` returns."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - part of public dataclasses
from collections import Counter as Tally
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from complaintkit.history import asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from complaintkit.conditions import Step
    from complaintkit.facts import Case
    from complaintkit.law import Law
    from complaintkit.lawfile import (
        Authority,
        Bar,
        Branch,
        Caution,
        Clock,
        Demand,
        Displacement,
        Ground,
        Requirement,
        Route,
    )
    from complaintkit.periods import Due
    from complaintkit.vocabulary import LegalBasis, StepKind


T = TypeVar("T")
STALE_DAYS = 365


class Status(Enum):
    """What became of a ground."""

    HOLDS = "holds"
    OPEN = "open"
    FAILS = "fails"
    DISPLACED = "displaced"
    OUT_OF_FORCE = "out_of_force"


class State(Enum):
    """Whether a route can be taken."""

    OPEN = "open"
    LATER = "later"
    OPENS = "opens"
    UNCLEAR = "unclear"
    CLOSED = "closed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Finding:
    """One ground, what became of it, and the facts that decided it."""

    law: Law
    ground: Ground
    status: Status
    trace: Step
    displaced_by: Displacement | None = None
    missing: frozenset[str] = frozenset()

    @property
    def alternative(self) -> bool:
        """Whether it is pleaded in the alternative: open, and nothing left to ask."""
        return self.status is Status.OPEN and self.ground.alternative and not self.missing

    @property
    def live(self) -> bool:
        """Whether a letter may rest on it."""
        spoken = self.ground.kind != "referral"
        return spoken and (self.status is Status.HOLDS or self.alternative)

    @property
    def referral(self) -> bool:
        """Whether it says that another way has to be taken."""
        return self.ground.kind == "referral" and self.status is Status.HOLDS

    @property
    def excludes(self) -> bool:
        """Whether it takes the case out of its law altogether."""
        return self.referral and "*" in self.ground.closes


@dataclass(frozen=True, slots=True)
class Claim:
    """Something demanded, and the grounds that carry it."""

    law: Law
    demand: Demand
    grounds: tuple[str, ...]
    alternative: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day: for the recipient of a step, or for the person."""

    law: Law
    due: Due
    clock: Clock
    step: StepKind
    running: bool
    """True for a step that was taken; False for what follows if it is taken on the day asked."""
    receipt_assumed: bool = False


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A time limit for the person on a route; ``last`` is None while its start is unknown."""

    bar: Bar
    last: dt.date | None
    passed: bool
    before: dt.date | None = None
    """Where a failed request began it anew: the last day for what was known before, if passed."""


@dataclass(frozen=True, slots=True)
class RouteFinding:
    """One route and whether it can be taken."""

    law: Law
    route: Route
    state: State
    reason: str
    trace: Step
    opens: dt.date | None = None
    authority: Authority | None = None
    bars: tuple[TimeBar, ...] = ()
    missing: frozenset[str] = frozenset()
    lead: Authority | None = None
    """The authority that leads if the processing crosses borders, where it is another one."""

    def __str__(self) -> str:
        """Return the state in a word, with the day on which the route opens."""
        return f"opens {self.opens}" if self.state is State.OPENS else self.state.value


@dataclass(frozen=True, slots=True)
class RequirementFinding:
    """A basis that the law requires, or may require, here."""

    law: Law
    requirement: Requirement
    certain: bool


@dataclass(frozen=True, slots=True)
class BasisPart:
    """The legal-basis question: what is stated, what is required, and what follows."""

    law: Law
    stated: LegalBasis | None
    """The basis the company states; None if it is not known or not answered."""
    required: tuple[RequirementFinding, ...] = ()
    branches: tuple[Branch, ...] = ()
    """The branch of the stated basis, or every branch while it is open."""

    @property
    def asked(self) -> bool:
        """Whether the law asks for a legal basis at all."""
        return self.law.head.asks_basis

    @property
    def in_the_alternative(self) -> bool:
        """Whether more than one branch is pleaded."""
        return len(self.branches) > 1


@dataclass(frozen=True, slots=True)
class Warned:
    """A caution that concerns this case."""

    law: Law
    caution: Caution
    certain: bool


@dataclass(frozen=True)
class Assessment:
    """Everything that follows from a case on a day."""

    case: Case
    on: dt.date
    laws: tuple[Law, ...]
    """The laws the letters rest on."""
    also: tuple[Law, ...]
    """Laws that apply beside them; no letter is drafted under these."""
    findings: tuple[Finding, ...]
    legal_basis: tuple[BasisPart, ...]
    claims: tuple[Claim, ...]
    routes: tuple[RouteFinding, ...]
    deadlines: tuple[Deadline, ...]
    cautions: tuple[Warned, ...]
    missing: Tally[str] = field(default_factory=Tally)
    """The facts still to ask, with the number of conclusions that wait for each."""
    oldest_check: dt.date | None = None
    """The day on which the oldest law data used here was last checked."""
    out_of_force: tuple[Law, ...] = ()
    """Laws that cover the case, but not on this day."""

    def with_status(self, *statuses: Status) -> tuple[Finding, ...]:
        """Return the findings with one of some statuses, in the order of the law."""
        return tuple(finding for finding in self.findings if finding.status in statuses)

    @property
    def live(self) -> tuple[Finding, ...]:
        """The grounds a letter may rest on, outright or in the alternative."""
        return tuple(finding for finding in self.findings if finding.live)

    @property
    def referrals(self) -> tuple[Finding, ...]:
        """What sends the person elsewhere: another law, another body, or no way at all."""
        return tuple(finding for finding in self.findings if finding.referral)

    @property
    def stale(self) -> bool:
        """Whether it rests on law data that were last checked more than a year before its day."""
        return self.oldest_check is not None and (self.on - self.oldest_check).days > STALE_DAYS

    def finding(self, ground: str) -> Finding:
        """Return the finding on a ground.

        Raises:
            KeyError: No law that applies has this ground.

        """
        return _only(ground, (f for f in self.findings if f.ground.id == ground))

    def route(self, route: str) -> RouteFinding:
        """Return the finding on a route; where two laws have one of that name, the one not closed.

        Raises:
            KeyError: No law that applies has this route.

        """
        named = (r for r in self.routes if r.route.id == route)
        return _only(route, sorted(named, key=lambda r: r.state is State.CLOSED))

    @property
    def next(self) -> tuple[RouteFinding, ...]:
        """The routes to take now: the first open one, and those that go beside it."""
        ready = [r for r in self.routes if r.state is State.OPEN and r.route.document]
        beside = [r for r in ready if r.route.parallel or (r.route.uses_rights and self._used)]
        first = [r for r in ready if r not in beside][:1]
        return (*first, *beside)

    @property
    def _used(self) -> bool:
        """Whether a right was used before."""
        return asked(self.case.history)


def _only(id_: str, found: Iterable[T]) -> T:
    for item in found:
        return item
    raise KeyError(id_)
