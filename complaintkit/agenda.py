"""What is due in a case: the days of others, the person's own, and what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from complaintkit.assessment import State
from complaintkit.history import DEMANDED_BY, REQUESTS, threads, used
from complaintkit.vocabulary import StepEvent, StepKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from complaintkit.assessment import Assessment, Deadline, RouteFinding, TimeBar
    from complaintkit.facts import Step
    from complaintkit.history import Thread
    from complaintkit.law import Law

COMPLAINTS = (StepKind.APPEAL, StepKind.COMPANY_COMPLAINT, StepKind.AUTHORITY_COMPLAINT)
AHEAD = (State.OPEN, State.LATER, State.OPENS, State.UNCLEAR)


class Kind(Enum):
    """What ends or begins on a day."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    OPENS = "opens"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class Entry:
    """One day to keep in mind."""

    day: dt.date
    kind: Kind
    law: Law
    id: str
    """The time limit or the route it comes from, by its id in the law."""
    begun: dt.date | None = None
    """The day on which the step was sent whose time runs."""
    steps: tuple[StepKind, ...] = ()
    deadline: Deadline | None = None
    route: RouteFinding | None = None
    bar: TimeBar | None = None

    @property
    def binding(self) -> bool:
        """Whether a law sets the day, and missing it closes or breaks something."""
        if self.deadline:
            return self.deadline.clock.binding
        return self.bar is None or self.bar.bar.effect == "closes"


@dataclass(frozen=True)
class Agenda:
    """The days and the open steps of one assessment."""

    assessment: Assessment

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every day that counts, earliest first: what is answered or passed for good is left out.

        Days of others stay when they have passed, as nothing has come. Once all is settled no way
        has a day any more.
        """
        ways = () if self.settled else tuple(_routes(self.assessment))
        found = [*_answers(self.assessment, self._threads), *ways]
        return tuple(sorted(found, key=lambda entry: (entry.day, entry.kind.value, entry.id)))

    @property
    def overdue(self) -> tuple[Entry, ...]:
        """The days of others that passed without an answer."""
        return tuple(entry for entry in self.entries if entry.day < self.assessment.on)

    @property
    def ahead(self) -> tuple[Entry, ...]:
        """The days that are still to come, today among them."""
        return tuple(entry for entry in self.entries if entry.day >= self.assessment.on)

    @property
    def own(self) -> tuple[Entry, ...]:
        """The days after which the person may be too late."""
        return tuple(entry for entry in self.ahead if entry.kind is Kind.LAST_DAY)

    @property
    def asked(self) -> tuple[Step, ...]:
        """What the other side asked for, and waits for."""
        found = [_asked(thread) for thread in self._threads.values()]
        return tuple(step for steps in found for step in steps)

    @property
    def settled(self) -> Step | None:
        """The latest answer, if all that was asked for was done and nothing came after it."""
        begun = [thread for thread in self._threads.values() if thread.sent]
        answers = [thread.answer for thread in begun if thread.answer]
        done = [step for step in answers if step.event is StepEvent.COMPLIED]
        if not done or len(answers) < len(begun):
            return None
        last = max(done, key=lambda step: step.date)
        refused = [step for step in answers if step.event is not StepEvent.COMPLIED]
        above = last.what in COMPLAINTS and all(step.date <= last.date for step in refused)
        went_on = any(
            step.event is StepEvent.CONTINUED and step.date >= last.date
            for step in self.assessment.case.history
        )
        return None if went_on or (refused and not above) else last

    @property
    def now(self) -> tuple[RouteFinding, ...]:
        """The routes to take now; none once everything is settled."""
        return () if self.settled else self.assessment.next

    @property
    def later(self) -> tuple[RouteFinding, ...]:
        """The routes that have a document and are not for now, though they are not over."""
        return tuple(
            found
            for found in self.assessment.routes
            if found.route.document and found.state in AHEAD and found not in self.now
        )

    @property
    def opening(self) -> tuple[RouteFinding, dt.date] | None:
        """The route that opens next, and its day."""
        opens = [(found, found.opens) for found in self.later if found.opens]
        return min(opens, key=lambda item: item[1], default=None)

    @cached_property
    def _threads(self) -> Mapping[StepKind, Thread]:
        return threads(self.assessment.case)


def _answers(assessment: Assessment, taken: Mapping[StepKind, Thread]) -> Iterator[Entry]:
    """Yield the days by which others have to answer; what was sent together stands together."""
    groups: dict[tuple[object, ...], list[Deadline]] = {}
    for item in assessment.deadlines:
        thread = taken[item.step]
        confirmed = thread.answer or thread.first(StepEvent.ACKNOWLEDGED)
        if not item.running or (confirmed if item.clock.for_ != "answer" else thread.answer):
            continue
        begun = thread.sent.date if thread.sent else None
        rule = (item.clock.for_, item.clock.provisions, item.clock.binding)
        key = (item.law.head.id, *rule, begun, item.due.day)
        groups.setdefault(key, []).append(item)
    for items in groups.values():
        first = items[0]
        sent = taken[first.step].sent
        yield Entry(
            day=first.due.day,
            kind=Kind(first.clock.for_),
            law=first.law,
            id=first.clock.id,
            begun=sent.date if sent else None,
            steps=tuple(item.step for item in items),
            deadline=first,
        )


def _routes(assessment: Assessment) -> Iterator[Entry]:
    """Yield the days on which routes open, and the last days on which they can be taken."""
    told = set()
    for found in assessment.routes:
        if found.state not in AHEAD:
            continue
        if found.opens:
            yield Entry(found.opens, Kind.OPENS, found.law, found.route.id, route=found)
        for bar in found.bars:
            key = (bar.last, bar.bar.text)
            if bar.last and not bar.passed and key not in told:
                told.add(key)
                yield Entry(
                    bar.last, Kind.LAST_DAY, found.law, found.route.id, route=found, bar=bar
                )


def _asked(thread: Thread) -> list[Step]:
    """Return what the other side asked for since the person last did it."""
    found = []
    for done, demand in DEMANDED_BY.items():
        asked, given = thread.last(demand), thread.last(done)
        open_ = asked and (given is None or given.date < asked.date)
        if asked and open_ and (thread.answer is None or thread.answer.date < asked.date):
            found.append(asked)
    return found


def steps_of(assessment: Assessment, found: RouteFinding) -> tuple[tuple[StepKind, ...], StepEvent]:
    """Return what has to be noted once the document of a route is sent.

    A letter that uses rights is one step for each of them; a reminder or a reply belongs to the
    step it is about. For some reports there is nothing to note: the kinds are then empty.
    """
    route = found.route
    if route.step:
        return (route.step,), StepEvent.SENT
    if route.stage == "answer":
        begun = [t for t in threads(assessment.case).values() if t.sent and t.kind in REQUESTS]
        waiting = [t.kind for t in begun if t.answer is None] or [t.kind for t in begun]
        return tuple(waiting[:1]), StepEvent.REMINDED
    if route.to != "controller":
        return (), StepEvent.SENT
    rights = (f.ground.step for f in assessment.live if f.law is found.law and f.ground.step)
    return tuple(dict.fromkeys(rights)) or (StepKind.OBJECTION,), StepEvent.SENT


def unused(assessment: Assessment, found: RouteFinding) -> tuple[StepKind, ...]:
    """Return the rights that the document of a route would use for the first time."""
    if found.route.step:
        return ()
    taken = threads(assessment.case)
    kinds, event = steps_of(assessment, found)
    rights = [kind for kind in kinds if kind in REQUESTS and not used(kind, taken)]
    return tuple(rights) if event is StepEvent.SENT else ()
