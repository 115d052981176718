"""What went to and fro before a letter: requests, their time limits, answers, and every date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.assessment import State
from complaintkit.citations import cite
from complaintkit.concerns import BEGAN, BY, SENT, USE_BEGAN
from complaintkit.history import ANSWERS, REQUESTS, threads
from complaintkit.parties import Parties
from complaintkit.view import EVENTS, STEPS
from complaintkit.vocabulary import StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from complaintkit.assessment import Deadline
    from complaintkit.history import Thread

REPLIES = (StepEvent.ID_DEMANDED, StepEvent.QUERIED, StepEvent.FEE_DEMANDED)
COMPLAINTS = (StepKind.COMPANY_COMPLAINT, StepKind.AUTHORITY_COMPLAINT)


class Row(NamedTuple):
    """A line of the chronology; ``fact`` names the fact it rests on, if it is one."""

    day: dt.date
    date: str
    text: str
    proof: str
    fact: str = ""


class Sent(NamedTuple):
    """Requests that went out together and were not answered, in words."""

    what: str
    day: str
    by: str
    arrived: str
    confirmed: str
    extended: str
    due: str
    rule: str
    binding: bool


class Answered(NamedTuple):
    """Requests that were met in the same way, in words."""

    what: str
    day: str
    met: str
    answered: str


@dataclass(frozen=True)
class Correspondence(Parties):
    """A letter and what came before it."""

    @property
    def requests(self) -> list[Deadline]:
        """The time limits that run, or ran out, on requests to the controller."""
        return self._limits(REQUESTS)

    @property
    def asked(self) -> list[Deadline]:
        """The time limits on requests and on a complaint to the controller."""
        return self._limits((*REQUESTS, StepKind.COMPANY_COMPLAINT))

    def _limits(self, steps: Container[StepKind]) -> list[Deadline]:
        law = self.found.law if self.found else self.assessment.laws[0]
        return [
            deadline
            for deadline in self.assessment.deadlines
            if deadline.running
            and deadline.law is law
            and deadline.step in steps
            and deadline.clock.for_ == "answer"
        ]

    @property
    def late(self) -> bool:
        """Whether the time for the answer to a request has passed without one."""
        now, steps = self.assessment.on, threads(self.case)
        return any(d.due.day < now and not steps[d.step].answer for d in self.requests)

    def answered_on(self, deadline: Deadline) -> str:
        """Return the day on which the request of a time limit was answered, in words."""
        answer = threads(self.case)[deadline.step].answer
        return self.words.date(answer.date) if answer else ""

    def overdue(self, deadline: Deadline) -> bool:
        """Return whether a time limit has passed without an answer."""
        return deadline.due.day < self.assessment.on and not self.answered_on(deadline)

    def sent_on(self, deadline: Deadline) -> str:
        """Return the day on which the request of a time limit was sent, in words."""
        sent = threads(self.case)[deadline.step].sent
        return self.words.date(sent.date) if sent else ""

    def step(self, deadline: Deadline) -> str:
        """Return the request of a time limit in words."""
        return self.words(STEPS[deadline.step.value])

    def last_day(self, deadline: Deadline) -> str:
        """Return the last day of a time limit in words."""
        return self.words.date(deadline.due.day)

    def rule(self, deadline: Deadline) -> str:
        """Return the provisions of a time limit."""
        return cite(deadline.law, deadline.clock.provisions, self.words.language)

    @property
    def unanswered(self) -> list[Sent]:
        """The requests whose time has passed without an answer, together if sent together."""
        now, taken = self.assessment.on, threads(self.case)
        late = [d for d in self.requests if d.due.day < now and not taken[d.step].answer]
        groups: dict[tuple[object, ...], list[Deadline]] = {}
        for deadline in late:
            sent = taken[deadline.step].sent
            key = (sent and sent.date, sent and sent.channel, deadline.due.day, deadline.clock.id)
            groups.setdefault(key, []).append(deadline)
        return [self._sent(group, taken) for group in groups.values()]

    def _sent(self, group: list[Deadline], taken: Mapping[StepKind, Thread]) -> Sent:
        first = group[0]
        thread = taken[first.step]

        def day(*events: StepEvent) -> str:
            step = thread.first(*events)
            return self.words.date(step.date) if step else ""

        return Sent(
            what=self.words.listing(self.words(SENT[d.step]) for d in group),
            day=day(StepEvent.SENT, StepEvent.RECEIVED),
            by=self.words(BY[thread.sent.channel]) if thread.sent and thread.sent.channel else "",
            arrived=day(StepEvent.RECEIVED),
            confirmed=day(StepEvent.ACKNOWLEDGED),
            extended=day(StepEvent.EXTENDED),
            due=self.last_day(first),
            rule=self.rule(first),
            binding=first.clock.binding,
        )

    @cached_property
    def answered(self) -> list[Answered]:
        """The requests to which the controller has replied with an answer, a demand or a question.

        The latest reply of each; requests that were sent and met alike stand together.
        """
        groups: dict[tuple[object, ...], list[StepKind]] = {}
        for kind in REQUESTS:
            thread = threads(self.case)[kind]
            met = thread.last(*ANSWERS) or thread.last(*REPLIES)
            if met:
                sent = thread.sent.date if thread.sent else None
                groups.setdefault((sent, met.date, met.event), []).append(kind)
        return [
            Answered(
                what=self.words.listing(self.words(SENT[kind]) for kind in kinds),
                day=self.words.date(sent) if isinstance(sent, dt.date) else "",
                met=self.words(EVENTS[StepEvent.of(str(event))]),
                answered=self.words.date(met) if isinstance(met, dt.date) else "",
            )
            for (sent, met, event), kinds in groups.items()
        ]

    def met(self, *events: str) -> str:
        """Return the day of the latest of some events on a request, in words; empty if none."""
        found = [threads(self.case)[k].last(*map(StepEvent.of, events)) for k in REQUESTS]
        return self.words.date(max(step.date for step in found if step)) if any(found) else ""

    @property
    def question(self) -> str:
        """The day of a question of the controller that is still open, in words."""
        found = [threads(self.case)[kind].queried for kind in REQUESTS]
        return self.words.date(max(step.date for step in found if step)) if any(found) else ""

    @property
    def running(self) -> Deadline | None:
        """The time limit of a request that has no answer on the substance yet."""
        taken = threads(self.case)
        left = [d for d in self.requests if d.clock.binding and not taken[d.step].answer]
        left = [d for d in left if d.due.day >= self.assessment.on]
        return min(left, key=lambda deadline: deadline.due.day, default=None)

    @property
    def remedies(self) -> list[tuple[str, str]]:
        """The complaints that the law provides for: to whom, empty for the controller, and rule."""
        return [
            (found.authority.name_en or found.authority.name if found.authority else "", rule)
            for found in self.assessment.routes
            if found.route.step in COMPLAINTS
            and found.state not in (State.CLOSED, State.DONE, State.UNCLEAR)
            and (self.found is None or found.law is self.found.law)
            and (rule := cite(found.law, found.route.provisions, self.words.language))
        ]

    @cached_property
    def chronology(self) -> list[Row]:
        """Everything with a date, in order."""
        rows = [
            Row(event.date, self.words.date(event.date), self.words(event.text), event.source)
            for event in self.case.events
        ]
        known_days = {row.day for row in rows}
        practice = self.case.facts.practice
        labels = {
            "practice_began": self.words(BEGAN.get(practice, USE_BEGAN)),
            "notice_date": self.words("Notice of the use was given"),
            "learned_on": self.words("I learned of it"),
            "basis_changed_on": self.words("The stated legal basis was changed"),
        }
        for name, label in labels.items():
            day = self.case.answer(name)
            if isinstance(day, dt.date) and (name == "learned_on" or day not in known_days):
                rows.append(Row(day, self.words.date(day), label, "", name))
        for step in self.case.history:
            what = self.words.pair(
                self.words(STEPS[step.what.value]), self.words(EVENTS[step.event])
            )
            if step.channel:
                what += f" ({self.words(step.channel.label)})"
            text = f"{what}. {step.note}" if step.note else what
            rows.append(Row(step.date, self.words.date(step.date), text, step.proof))
        return sorted(rows, key=lambda row: row.day)
