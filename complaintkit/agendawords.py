"""An agenda in words: what each day is, why a step is open, and why another is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.agenda import Kind, unused
from complaintkit.assessment import State
from complaintkit.catalogue import CATALOGUE
from complaintkit.citations import cite
from complaintkit.history import REQUESTS, threads
from complaintkit.i18n import mark
from complaintkit.view import EVENTS, STEPS, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from complaintkit.agenda import Agenda, Entry
    from complaintkit.assessment import RouteFinding
    from complaintkit.facts import Step
    from complaintkit.history import Thread
    from complaintkit.i18n import Words
    from complaintkit.vocabulary import StepKind

TITLES = {
    Kind.ANSWER: mark("%s: last day for the answer"),
    Kind.ACKNOWLEDGEMENT: mark("%s: last day to confirm receipt"),
    Kind.OPENS: mark("%s: open from this day if no answer came"),
    Kind.LAST_DAY: mark("%s: your last day"),
}
ADVISED = mark("%s: the last day that is advised to you")
ASKED_FOR = mark("asked for; the law sets no day")
NEVER_ANSWERED = mark("%(what)s: no answer came by %(day)s.")
UNUSED = mark("You have not used these rights yet: %s.")
LAW_LETS = mark("The law lets you take this step at once.")
DEPENDS = mark("It depends on answers you have not given: %s.")
OPENS_ON = mark("Open from %s if no answer comes.")
BESIDE = mark("You can take it as well; it is not the next step.")
AFTER = mark("After the steps above.")


def step_names(steps: Iterable[StepKind], said: Words) -> str:
    """Return steps as a list in words."""
    return said.listing(said(STEPS[step.value]) for step in steps)


def title(entry: Entry, said: Words) -> str:
    """Return what an entry is, in a few words without names."""
    if entry.route is None:
        return said(TITLES[entry.kind]) % step_names(entry.steps, said)
    advised = entry.kind is Kind.LAST_DAY and not entry.binding
    return said(ADVISED if advised else TITLES[entry.kind]) % said(entry.route.route.title)


def account(entry: Entry, said: Words) -> str:
    """Return how the day was found: the period and the provision, or the rule of the law."""
    if entry.bar:
        return said(entry.bar.bar.text)
    if entry.route:
        return said(entry.route.reason)
    if entry.deadline is None:
        return ""
    rule = cite(entry.law, entry.deadline.clock.provisions, said.language)
    rules = [rule] if rule else []
    if not entry.binding:
        rules.append(said(ASKED_FOR))
    return counted(entry.deadline, rules, said)


def happened(step: Step, said: Words) -> str:
    """Return one step of the history in a line."""
    what, event = said(STEPS[step.what.value]), said(EVENTS[step.event])
    return f"{what}, {said.date(step.date)}: {event}."


def because(agenda: Agenda, found: RouteFinding, said: Words) -> list[str]:
    """Return why a route is open now: the days that passed and the answers that came."""
    route = found.route
    if rights := unused(agenda.assessment, found):
        return [said(UNUSED) % step_names(rights, said)]
    kinds = route.after or (REQUESTS if route.stage == "answer" else ())
    reasons = []
    for kind, thread in threads(agenda.assessment.case).items():
        if kind in kinds and thread.sent:
            reasons += _came(agenda, thread, said)
    if reasons:
        return reasons
    return [said(found.reason or LAW_LETS)]


def _came(agenda: Agenda, thread: Thread, said: Words) -> list[str]:
    """Return what came of a step, or that nothing came in time."""
    if thread.answer:
        return [happened(thread.answer, said)]
    late = [e for e in agenda.overdue if thread.kind in e.steps and e.kind is Kind.ANSWER]
    if late:
        what = step_names((thread.kind,), said)
        return [said(NEVER_ANSWERED) % {"what": what, "day": said.date(late[0].day)}]
    return [happened(step, said) for step in agenda.asked if step.what is thread.kind]


def why_not(found: RouteFinding, said: Words) -> str:
    """Return why a route is not for now, and from when it is."""
    reason = said(found.reason or found.route.wait_reason)
    if found.state is State.OPENS and found.opens:
        return f"{said(OPENS_ON) % said.date(found.opens)} {reason}".strip()
    if found.state is State.UNCLEAR:
        names = [n for n in sorted(found.missing | found.trace.missing) if n in CATALOGUE]
        labels = said.listing(said(CATALOGUE[name].label) for name in names)
        if labels:
            return said(DEPENDS) % labels
    if found.state is State.OPEN:
        return reason or said(BESIDE)
    return reason or said(AFTER)
