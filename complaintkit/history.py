"""What happened between the person and the company: one thread for each kind of step."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - part of public dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from complaintkit.vocabulary import Channel, StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from complaintkit.facts import Case, Step

ANSWERS = (StepEvent.REFUSED, StepEvent.PARTLY, StepEvent.COMPLIED)
REQUESTS = (
    StepKind.OBJECTION,
    StepKind.WITHDRAWAL,
    StepKind.ERASURE,
    StepKind.ACCESS,
    StepKind.RECTIFICATION,
    StepKind.RESTRICTION,
    StepKind.PORTABILITY,
    StepKind.HUMAN_REVIEW,
    StepKind.REQUEST,
)
"""The steps by which a person uses a right."""
DEMANDED_BY = {
    StepEvent.ID_GIVEN: StepEvent.ID_DEMANDED,
    StepEvent.FEE_PAID: StepEvent.FEE_DEMANDED,
    StepEvent.CLARIFIED: StepEvent.QUERIED,
}
"""What the person does, and the demand of the other side that it answers."""
STOPPING = (StepKind.OBJECTION, StepKind.WITHDRAWAL, StepKind.ERASURE, StepKind.RESTRICTION)
"""The steps that go together in one letter against a use of data."""


def asked(history: Iterable[Step]) -> bool:
    """Return whether any right was used before."""
    return any(step.what in REQUESTS for step in history)


def used(kind: StepKind, taken: Mapping[StepKind, Thread]) -> bool:
    """Return whether a right was used, by its own step or by one that goes with it."""
    together = STOPPING if kind in STOPPING else (kind,)
    return any(taken[other].sent for other in together)


@dataclass(frozen=True, slots=True)
class Thread:
    """The latest round of one kind of step, from sending to the answer."""

    kind: StepKind
    steps: tuple[Step, ...] = ()

    def first(self, *events: StepEvent) -> Step | None:
        """Return the earliest step with one of some events."""
        return next((step for step in self.steps if step.event in events), None)

    def last(self, *events: StepEvent) -> Step | None:
        """Return the latest step with one of some events."""
        return next((step for step in reversed(self.steps) if step.event in events), None)

    @property
    def sent(self) -> Step | None:
        """The step that began the round."""
        return self.first(StepEvent.SENT, StepEvent.RECEIVED)

    @property
    def answer(self) -> Step | None:
        """The latest answer on the substance."""
        return self.last(*ANSWERS)

    @property
    def received(self) -> dt.date | None:
        """The day from which the recipient's time runs.

        Where no arrival is recorded it is the day of sending: right for e-mail and web forms,
        and too early by the days the post took (`receipt_assumed`).
        """
        arrived = self.first(StepEvent.RECEIVED)
        start = arrived or self.sent
        return start.date if start else None

    @property
    def queried(self) -> Step | None:
        """The question of the recipient that is still without an answer, if there is one."""
        asked, told = self.last(StepEvent.QUERIED), self.last(StepEvent.CLARIFIED)
        return asked if asked and (told is None or told.date < asked.date) else None

    @property
    def days_queried(self) -> int:
        """The days from each question of the recipient to its answer, both counted."""
        days, asked = 0, None
        for step in self.steps:
            if step.event is StepEvent.QUERIED and asked is None:
                asked = step.date
            elif step.event is StepEvent.CLARIFIED and asked is not None:
                days, asked = days + (step.date - asked).days + 1, None
        return days

    @property
    def receipt_assumed(self) -> bool:
        """Whether a letter went by post and the day of its arrival is not recorded."""
        sent = self.sent
        return bool(
            sent and sent.channel is Channel.POST and self.first(StepEvent.RECEIVED) is None
        )


def threads(case: Case) -> dict[StepKind, Thread]:
    """Return the latest round of every kind of step, empty where nothing happened."""
    found: dict[StepKind, list[Step]] = {kind: [] for kind in StepKind}
    for step in sorted(case.history, key=lambda step: step.date):
        if step.event is StepEvent.SENT:
            found[step.what] = []
        found[step.what].append(step)
    return {kind: Thread(kind, tuple(steps)) for kind, steps in found.items()}
