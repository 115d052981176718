"""Which way to go: every route of a law, and whether it is open, opens later or is closed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.assessment import RouteFinding, State, TimeBar
from complaintkit.conditions import Truth
from complaintkit.history import ANSWERS, REQUESTS, used
from complaintkit.periods import due as count
from complaintkit.vocabulary import ControllerKind, StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from complaintkit.assessment import Finding
    from complaintkit.conditions import Step
    from complaintkit.law import Law, Library
    from complaintkit.lawfile import Authority, Bar, Ground, Route
    from complaintkit.world import CaseWorld

NO_AUTHORITY = (
    "No authority in this version is competent. "
    "Churches, public broadcasters and courts may have authorities of their own."
)
NO_REGION = (
    "Several authorities share your country. Add the Land or state where you live, such as DE-BE, "
    "or the one where the company is established."
)
PUBLIC = (ControllerKind.FEDERAL_BODY, ControllerKind.REGIONAL_BODY, ControllerKind.COURT,
          ControllerKind.POLICE)  # fmt: skip
STANDS_STILL = "The company asked you something. Its time does not run until you answer."
NO_LETTER_FIRST = ("not_required", "for_rights")
"""Where a complaint about a use of data needs no letter to the controller first."""
ORDER = {"controller": 0, "authority": 1, "court": 2}


def find(
    law: Law, library: Library, world: CaseWorld, findings: Iterable[Finding]
) -> list[RouteFinding]:
    """Return what becomes of every route that a law has on the day of the world.

    Args:
        law: The law.
        library: Where the authorities are.
        world: The case and the day.
        findings: What becomes of the grounds of the law.

    """
    routes = [route for route in law.file.routes if route.in_force(world.on)]
    found = tuple(findings)
    rights = frozenset(f.ground.step for f in found if f.live and f.ground.step)
    referrals = [f.ground for f in found if f.referral]
    return [_find(law, library, world, route, rights, referrals) for route in routes]


def _find(
    law: Law,
    library: Library,
    world: CaseWorld,
    route: Route,
    rights: frozenset[StepKind],
    referrals: Iterable[Ground],
) -> RouteFinding:
    trace = law.condition("route", route.id).evaluate(world)
    authority, missing = _authority(library, world, route)
    bars = _bars(world, (*route.bars, *(authority.bars if authority else ())))
    state, reason, opens = _state(world, route, trace, authority, rights)
    if route.to == "authority" and authority is None and not missing and state is not State.DONE:
        state, reason, opens = State.CLOSED, _no_authority(library, world), None
    elif state is State.OPEN:
        state, reason = _put_off(law, world, route) or (state, reason)
    referral = next((g for g in referrals if {"*", route.id} & set(g.closes)), None)
    if referral and state is not State.DONE:
        state, reason, opens = State.CLOSED, referral.refers_to, None
    passed = next((bar for bar in bars if bar.passed and bar.bar.effect == "closes"), None)
    if passed and state is not State.DONE:
        state, reason, opens = State.CLOSED, passed.bar.text, None
    if state is State.UNCLEAR:
        missing |= trace.missing
    if state in (State.CLOSED, State.DONE):
        missing = frozenset()
    else:
        missing |= _bar_facts(world, bars) | _unasked(world, route)
    lead = _lead(library, world, route, authority)
    return RouteFinding(law, route, state, reason, trace, opens, authority, bars, missing, lead)


def _put_off(law: Law, world: CaseWorld, route: Route) -> tuple[State, str] | None:
    """Return the reason for which an open route is better put off, if there is one."""
    for number, delay in enumerate(route.delays):
        step = law.condition("route", f"{route.id}#{number}").evaluate(world)
        if step.truth is Truth.YES:
            return State.LATER, delay.reason
    return None


def _lead(
    library: Library, world: CaseWorld, route: Route, authority: Authority | None
) -> Authority | None:
    """Return the authority of the controller's country that leads across borders, if another.

    Art. 56(1) GDPR; a country with several authorities is led by the one of the establishment.
    Nobody leads for public bodies: Art. 55(2) GDPR.
    """
    country, region = world.case.controller.country, world.case.controller.region
    kind = world.case.controller.kind
    if not route.lead or authority is None or isinstance(country, Unknown) or kind in PUBLIC:
        return None
    if authority.country == country:
        return None
    places = {country, "" if isinstance(region, Unknown) else region} - {""}
    of_place = [
        a
        for a in library.authorities.values()
        if a.leads in places and a.in_force(world.on) and (not a.leads_only or kind in a.leads_only)
    ]
    return max(of_place, key=lambda a: bool(a.leads_only), default=None)


def _state(
    world: CaseWorld,
    route: Route,
    trace: Step,
    authority: Authority | None,
    rights: frozenset[StepKind],
) -> tuple[State, str, dt.date | None]:
    """Return the state of a route, the reason, and the day on which it opens."""
    taken = _taken(world, route, rights)
    if taken:
        return State.DONE, f"taken on {taken}", None
    if trace.truth is Truth.NO:
        return State.CLOSED, route.closed_because, None
    if trace.truth is Truth.OPEN:
        return State.UNCLEAR, "a fact is still open", None
    if not route.after:
        return State.OPEN, "", None
    return _after(world, route, authority)


def _taken(world: CaseWorld, route: Route, rights: frozenset[StepKind]) -> dt.date | None:
    """Return the day on which a route was taken, or None.

    The letter that uses rights was taken once every right that there is was used.
    """
    if not route.uses_rights:
        sent = world.threads[route.step].sent if route.step else None
        return sent.date if sent else None
    if not all(used(kind, world.threads) for kind in rights):
        return None
    sent_on = [thread.sent.date for k in REQUESTS if (thread := world.threads[k]).sent]
    return max(sent_on, default=None)


def _after(
    world: CaseWorld, route: Route, authority: Authority | None
) -> tuple[State, str, dt.date | None]:
    """Return the state of a route that waits for earlier steps."""
    begun = [world.threads[kind] for kind in route.after if world.threads[kind].sent]
    if not begun:
        free = route.waits == "advises" and authority and authority.prior_contact in NO_LETTER_FIRST
        state = State.OPEN if free else State.LATER
        return state, _wait_reason(route, authority), None
    if any(thread.answer for thread in begun):
        return State.OPEN, "", None
    if all(thread.kind in world.standing_still for thread in begun):
        return State.LATER, STANDS_STILL, None
    dues = [world.answer_due[t.kind].day for t in begun if t.kind in world.answer_due]
    if not dues or any(world.on > day for day in dues):
        return State.OPEN, "", None
    return State.OPENS, route.wait_reason, min(dues) + dt.timedelta(days=1)


def _wait_reason(route: Route, authority: Authority | None) -> str:
    if authority and authority.prior_contact in ("required", "for_rights"):
        return authority.prior_contact_note or route.wait_reason
    return route.wait_reason


def _unasked(world: CaseWorld, route: Route) -> frozenset[str]:
    """Return the question about earlier steps, if a route turns on it and it was not put."""
    turns_on_it = (bool(route.after) or route.uses_rights) and not world.case.history
    unasked = world.case.facts.earlier_steps is Unknown.UNANSWERED
    return frozenset({"earlier_steps"}) if turns_on_it and unasked else frozenset()


def _authority(
    library: Library, world: CaseWorld, route: Route
) -> tuple[Authority | None, frozenset[str]]:
    """Return the competent authority of a route, and the facts still needed to find it.

    While facts are open it is the one of the company's region, or else of the person's own: a
    complaint may always be filed at home (Art. 77(1) GDPR).
    """
    if route.to != "authority":
        return None, frozenset()
    if route.authority:
        return library.authorities[route.authority], frozenset()
    missing: frozenset[str] = frozenset()
    open_: list[Authority] = []
    for id_, condition in library.competence.items():
        authority = library.authorities[id_]
        if not authority.in_force(world.on):
            continue
        step = condition.evaluate(world)
        if step.truth is Truth.YES:
            return authority, frozenset()
        missing |= step.missing
        if step.truth is Truth.OPEN and authority.region:
            open_.append(authority)
    for place in (world.case.controller.region, world.case.facts.residence):
        for authority in open_:
            if authority.region == place:
                return authority, missing
    return None, missing


def _no_authority(library: Library, world: CaseWorld) -> str:
    """Return why there is no authority: the region is missing, or it is another body's matter."""
    residence = world.case.facts.residence
    regional = (library.authorities[id_] for id_ in library.competence)
    shared = any(a.region and a.country == residence for a in regional)
    return NO_REGION if shared else NO_AUTHORITY


def _bars(world: CaseWorld, bars: tuple[Bar, ...]) -> tuple[TimeBar, ...]:
    found = []
    for bar in bars:
        first = _last(bar, _start(world, bar))
        last = first
        if bar.renews and (first or bar.from_ == "knowledge"):
            days = [first, *(_last(bar, day) for day in _failures(world))]
            last = max((day for day in days if day), default=None)
        passed = last is not None and world.on > last
        before = first if first and last != first and world.on > first else None
        goes_on = isinstance(world.case.facts.practice_ended, Unknown)
        if goes_on and world.case.facts.practice in bar.lasting:
            bar = bar.model_copy(update={"effect": "advises"})  # noqa: PLW2901
        found.append(TimeBar(bar, last, passed, before))
    return tuple(found)


def _last(bar: Bar, start: dt.date | None) -> dt.date | None:
    """Return the last day of a time limit for the person."""
    last = count(start, bar.period, "", roll=False).day if start else None
    return count(last, bar.plus, "", roll=False).day if last and bar.plus else last


def _start(world: CaseWorld, bar: Bar) -> dt.date | None:
    """Return the day from which a time limit for the person runs."""
    facts = world.case.facts
    if bar.from_ == "knowledge":
        learned, ended = facts.learned_on, facts.practice_ended
        if not isinstance(learned, dt.date):
            return None
        if facts.practice in bar.lasting and isinstance(ended, dt.date):
            return max(learned, ended)
        return learned
    if bar.from_ == "event":
        return facts.practice_ended if isinstance(facts.practice_ended, dt.date) else None
    if bar.from_ == "complaint":
        return world.threads[StepKind.AUTHORITY_COMPLAINT].received
    return max((s.date for s in world.case.history if s.event in ANSWERS), default=None)


def _failures(world: CaseWorld) -> list[dt.date]:
    """Return the days on which requests were refused, or their time passed without an answer."""
    days = []
    for kind in REQUESTS:
        answer, due = world.threads[kind].answer, world.answer_due.get(kind)
        if answer and answer.event is not StepEvent.COMPLIED:
            days.append(answer.date)
        elif answer is None and due and world.on > due.day:
            days.append(due.day)
    return days


def _bar_facts(world: CaseWorld, bars: tuple[TimeBar, ...]) -> frozenset[str]:
    """Return the facts that start a time limit and were not asked for yet."""
    wanted = {"learned_on" for bar in bars if bar.bar.from_ == "knowledge"}
    return frozenset(name for name in wanted if world.case.answer(name) is Unknown.UNANSWERED)
