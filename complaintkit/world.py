"""The names that rules may use, and what they mean for one case on one day.

Identity is not among them: a rule cannot read who a person is, only where they live.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.catalogue import CATALOGUE, FactInfo
from complaintkit.conditions import Name, Reading
from complaintkit.history import REQUESTS, threads
from complaintkit.vocabulary import LegalBasis, Notice, StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from complaintkit.facts import Case
    from complaintkit.history import Thread
    from complaintkit.periods import Due

ASPECTS = (
    "sent",
    "acknowledged",
    "answered",
    "refused",
    "partly",
    "complied",
    "extended",
    "id_demanded",
    "queried",
    "fee_demanded",
    "reminded",
    "continued",
    "overdue",
    "unacknowledged",
)
"""What rules may ask of a kind of step, as in ``objection.overdue``."""

ANY_REQUEST = "any_request"
"""Stands for every step by which a person uses a right, as in ``any_request.overdue``."""

UNDECIDED = (LegalBasis.SEVERAL, LegalBasis.NOT_STATED)
"""Stated bases that leave open which one the company relies on."""


def _fact_name(info: FactInfo) -> Name:
    return Name(info.kind, frozenset(str(choice) for choice in info.choices))


def _names() -> dict[str, Name]:
    yes_no = Name("yes_no")
    names = {name: _fact_name(info) for name, info in CATALOGUE.items()}
    names["residence.country"] = Name("code")
    names["notice.late"] = yes_no
    for basis in LegalBasis:
        if basis not in UNDECIDED:
            names[f"basis.{basis}"] = yes_no
    for kind in (*StepKind, ANY_REQUEST):
        for aspect in ASPECTS:
            names[f"{kind}.{aspect}"] = yes_no
    return names


NAMES = _names()
"""Every name that a condition may use."""


@dataclass(frozen=True)
class CaseWorld:
    """One case on one day, with the time limits of one law.

    ``answer_due`` and ``acknowledgement_due`` hold the last day for each kind of step that the
    law gives a time limit for.
    """

    case: Case
    on: dt.date
    answer_due: Mapping[StepKind, Due] = field(default_factory=dict)
    acknowledgement_due: Mapping[StepKind, Due] = field(default_factory=dict)
    threads: Mapping[StepKind, Thread] = field(default_factory=dict)
    standing_still: frozenset[StepKind] = frozenset()
    """Steps whose time does not run while a question of the recipient is open."""
    _readings: dict[str, Reading] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was read already: hundreds of grounds read the same few names."""

    @classmethod
    def of(cls, case: Case, on: dt.date) -> CaseWorld:
        """Return the world before any law's time limits are known."""
        return cls(case, on, threads=threads(case))

    def read(self, name: str) -> Reading:
        """Return what the case says of a name.

        Raises:
            KeyError: The name is not one of `NAMES`.

        """
        if name not in self._readings:
            self._readings[name] = self._read(name)
        return self._readings[name]

    def _read(self, name: str) -> Reading:
        if name in CATALOGUE:
            return self._fact(name)
        head, _, tail = name.partition(".")
        readers: dict[str, Callable[[str], Reading]] = {
            "residence": self._country,
            "notice": self._notice_late,
            "basis": self._basis,
        }
        return readers[head](tail) if head in readers else self._step(head, tail)

    def _fact(self, name: str) -> Reading:
        value = self.case.answer(name)
        if isinstance(value, Unknown):
            asked = value is not Unknown.UNANSWERED
            return Reading(missing=frozenset() if asked else frozenset({name}))
        return Reading(value, is_known=True)

    def _country(self, _tail: str) -> Reading:
        reading = self._fact("residence")
        if reading.is_known:
            return Reading(str(reading.value).partition("-")[0], is_known=True)
        return reading

    def _notice_late(self, _tail: str) -> Reading:
        """Read whether notice came late: from the dates if both are known, else from the answer."""
        facts = self.case.facts
        if isinstance(facts.notice_date, dt.date) and isinstance(facts.practice_began, dt.date):
            return Reading(facts.notice_date > facts.practice_began, is_known=True)
        reading = self._fact("notice")
        if reading.is_known:
            return Reading(reading.value is not Notice.BEFORE_START, is_known=True)
        return reading

    def _basis(self, wanted: str) -> Reading:
        """Read whether the company relies on a basis; open if it names none or several."""
        stated = self.case.facts.stated_basis
        if isinstance(stated, Unknown):
            return self._fact("stated_basis")
        if stated in UNDECIDED:
            return Reading()
        return Reading(str(stated) == wanted, is_known=True)

    def _step(self, kind_name: str, aspect: str) -> Reading:
        kinds = REQUESTS if kind_name == ANY_REQUEST else (StepKind.of(kind_name),)
        if aspect not in ASPECTS:
            raise KeyError(aspect)
        if not self.case.history:
            return self._nothing_recorded()
        return Reading(any(self._aspect(self.threads[k], aspect) for k in kinds), is_known=True)

    def _nothing_recorded(self) -> Reading:
        reading = self._fact("earlier_steps")
        if reading.is_known and reading.value is False:
            return Reading(value=False, is_known=True)
        return Reading(missing=reading.missing)

    def _aspect(self, thread: Thread, aspect: str) -> bool:
        if aspect == "sent":
            return thread.sent is not None
        if aspect == "answered":
            return thread.answer is not None
        if aspect == "overdue":
            due = self.answer_due.get(thread.kind)
            return due is not None and thread.answer is None and self.on > due.day
        if aspect == "unacknowledged":
            due = self.acknowledgement_due.get(thread.kind)
            quiet = thread.answer is None and thread.first(StepEvent.ACKNOWLEDGED) is None
            return due is not None and quiet and self.on > due.day
        if aspect == "queried":
            return thread.queried is not None
        event = StepEvent.of(aspect)
        if thread.answer and event in (StepEvent.REFUSED, StepEvent.PARTLY, StepEvent.COMPLIED):
            return thread.answer.event is event
        return thread.first(event) is not None
