"""A case and the law on a day give an assessment: pure, without clock, network or locale."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from dataclasses import replace
from typing import TYPE_CHECKING

from complaintkit import routes
from complaintkit.answers import Unknown
from complaintkit.assessment import (
    Assessment,
    BasisPart,
    Claim,
    Deadline,
    Finding,
    RequirementFinding,
    RouteFinding,
    State,
    Status,
    Warned,
)
from complaintkit.conditions import Step, Truth
from complaintkit.history import DEMANDED_BY
from complaintkit.law import library as package_library
from complaintkit.lawfile import Displacement
from complaintkit.periods import Due, due
from complaintkit.vocabulary import StepEvent
from complaintkit.world import UNDECIDED, CaseWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from complaintkit.facts import Case
    from complaintkit.history import Thread
    from complaintkit.law import Law, Library
    from complaintkit.lawfile import Clock, Ground
    from complaintkit.vocabulary import LegalBasis, StepKind


def assess(case: Case, *, on: dt.date, library: Library | None = None) -> Assessment:
    """Return what follows from a case if a document is filed on a day.

    Args:
        case: The facts.
        on: The day of filing; nothing else tells the time.
        library: The law; by default the package's own.

    An assessment of a case whose residence is not known has no laws, and `Assessment.missing`
    names what to ask.

    """
    library = library or package_library()
    world = CaseWorld.of(case, on)
    missing: Tally[str] = Tally()
    laws, also, out_of_force = _applicable(library, world, missing)
    findings: list[Finding] = []
    basis: list[BasisPart] = []
    found_routes: list[RouteFinding] = []
    deadlines: list[Deadline] = []
    for law in laws:
        own = timed(law, world)
        of_law = _findings(law, own)
        findings += of_law
        basis.append(_basis(law, own, missing))
        found_routes += routes.find(law, library, own, of_law)
        deadlines += _deadlines(law, own)
    found_routes.sort(key=lambda found: (routes.ORDER[found.route.to], _place_of(found, findings)))
    for names in (*(f.missing for f in findings), *(r.missing for r in found_routes)):
        missing.update(names)
    return Assessment(
        case=case,
        on=on,
        laws=laws,
        also=also,
        findings=tuple(findings),
        legal_basis=tuple(basis),
        claims=_claims(findings),
        routes=tuple(found_routes),
        deadlines=tuple(deadlines),
        cautions=_cautions(laws, world, findings, found_routes),
        missing=missing,
        oldest_check=min((_oldest(law) for law in laws), default=None),
        out_of_force=out_of_force,
    )


def _place_of(found: RouteFinding, findings: Iterable[Finding]) -> int:
    """Return where a law stands among those that give the same kind of route (`Head.reach`)."""
    law = found.law
    if law.head.reach != "special":
        return {"general": 1, "residual": 3}[law.head.reach]
    rights = (f for f in findings if f.law is law and f.ground.kind == "right")
    return 0 if any(f.status is Status.HOLDS for f in rights) else 2


def _applicable(
    library: Library, world: CaseWorld, missing: Tally[str]
) -> tuple[tuple[Law, ...], tuple[Law, ...], tuple[Law, ...]]:
    """Return the laws the letters rest on, those beside them, and those not in force that day."""
    laws, also, out_of_force = [], [], []
    for law in library.laws.values():
        step = law.condition("law", "applies").evaluate(world)
        if not law.head.in_force(world.on):
            if step.truth is Truth.YES:
                out_of_force.append(law)
            continue
        if step.truth is Truth.YES:
            laws.append(law)
        elif law.head.also:
            beside = law.condition("law", "also").evaluate(world)
            if beside.truth is Truth.YES:
                also.append(law)
        missing.update(step.missing)
    return tuple(laws), tuple(also), tuple(out_of_force)


def timed(law: Law, world: CaseWorld) -> CaseWorld:
    """Return the world with the time limits that a law sets for the steps taken."""
    dues: dict[str, dict[StepKind, Due]] = {"answer": {}, "acknowledgement": {}}
    still = set()
    for clock, kind in _running(law, world):
        last = _due(law, clock, world, kind)
        if last:
            dues[clock.for_][kind] = last
        elif clock.for_ == "answer":
            still.add(kind)
    return replace(
        world,
        answer_due=dues["answer"],
        acknowledgement_due=dues["acknowledgement"],
        standing_still=frozenset(still),
    )


def _running(law: Law, world: CaseWorld) -> Iterator[tuple[Clock, StepKind]]:
    """Yield the time limits of the steps taken: of each step and purpose the first that fits."""
    fitting: dict[tuple[StepKind, str], Clock] = {}
    for clock in _clocks(law, world):
        for kind in clock.steps:
            received = world.threads[kind].received
            if received and clock.in_force(received):
                fitting.setdefault((kind, clock.for_), clock)
    return ((clock, kind) for (kind, _), clock in fitting.items())


def _clocks(law: Law, world: CaseWorld) -> list[Clock]:
    """Return the time limits of a law that run in this case."""
    return [
        clock
        for clock in law.file.clocks
        if law.condition("clock", clock.id).evaluate(world).truth is Truth.YES
    ]


def _due(law: Law, clock: Clock, world: CaseWorld, kind: StepKind) -> Due | None:
    """Return the last day of a clock for a step that was taken; None while it stands still."""
    thread = world.threads[kind]
    start = _start(clock, thread)
    if start is None or (clock.pauses and thread.queried):
        return None
    place = _place(law, clock, world.case)
    paused = thread.days_queried if clock.pauses else 0
    first = due(start, clock.period, place, roll=clock.rolls, paused=paused)
    extension = thread.first(StepEvent.EXTENDED)
    if clock.extended and extension and extension.date <= first.day:
        return due(start, clock.extended, place, roll=clock.rolls, paused=paused)
    return first


def _start(clock: Clock, thread: Thread) -> dt.date | None:
    """Return the day from which a clock runs; None if something it waits for was not done yet."""
    starts = [thread.received]
    for event in clock.starts:
        demanded, done = thread.first(DEMANDED_BY[event]), thread.last(event)
        if demanded and not done:
            return None
        starts += [done.date] if done else []
    return max(day for day in starts if day)


def _place(law: Law, clock: Clock, case: Case) -> str:
    """Return the place whose public holidays count.

    The controller's country counts only where the law reaches it as a territory; a controller
    elsewhere is counted by the data subject's calendar.
    """
    residence = case.facts.residence
    home = "" if isinstance(residence, Unknown) else residence
    country = case.controller.country
    if clock.calendar == "controller" and not isinstance(country, Unknown):
        region = case.controller.region
        place = country if isinstance(region, Unknown) else region
        territory = {code for values in law.file.sets.values() for code in values}
        if country in territory:
            return place
    return home


def _findings(law: Law, world: CaseWorld) -> list[Finding]:
    """Return what becomes of every ground, settling displacements from the displacer down."""
    settled: dict[str, Finding] = {}
    grounds = {ground.id: ground for ground in law.file.grounds}

    def settle(ground: Ground) -> Finding:
        if ground.id not in settled:
            settled[ground.id] = _settle(law, ground, world, lambda id_: settle(grounds[id_]))
        return settled[ground.id]

    found = [settle(ground) for ground in grounds.values()]
    exclusion = next((finding for finding in found if finding.excludes), None)
    return [_excluded(finding, exclusion) for finding in found] if exclusion else found


def _excluded(finding: Finding, exclusion: Finding) -> Finding:
    """Return a finding of a law that does not apply to the case at all."""
    stands = finding.status in (Status.HOLDS, Status.OPEN)
    if finding.ground.kind == "referral" or not stands:
        return finding
    ground = exclusion.ground
    because = Displacement(ground=ground.id, because=ground.title, provision=ground.provisions[0])
    return Finding(finding.law, finding.ground, Status.DISPLACED, finding.trace, because)


def _settle(law: Law, ground: Ground, world: CaseWorld, other: Callable[[str], Finding]) -> Finding:
    day = _judged_on(ground, world)
    if day and not ground.in_force(day):
        step = Step("not in force on the day that decides", Truth.NO)
        return Finding(law, ground, Status.OUT_OF_FORCE, step)
    trace = law.condition("ground", ground.id).evaluate(world)
    if trace.truth is Truth.NO:
        return Finding(law, ground, Status.FAILS, trace)
    if day is None:
        missing = trace.missing | world.read("practice_began").missing
        return Finding(law, ground, Status.OPEN, trace, missing=missing)
    above = [(displacement, other(displacement.ground)) for displacement in ground.displaced_by]
    for displacement, finding in above:
        if finding.status is Status.HOLDS:
            return Finding(law, ground, Status.DISPLACED, trace, displacement)
    waiting = [finding for _, finding in above if finding.status is Status.OPEN]
    if trace.truth is Truth.YES and not waiting:
        return Finding(law, ground, Status.HOLDS, trace)
    missing = trace.missing.union(*(finding.missing for finding in waiting))
    return Finding(law, ground, Status.OPEN, trace, missing=missing)


def _judged_on(ground: Ground, world: CaseWorld) -> dt.date | None:
    """Return the day whose law decides a ground; None if it turns on a day that is not known."""
    facts = world.case.facts
    if ground.judged_on == "event" and isinstance(facts.practice_ended, dt.date):
        return min(facts.practice_ended, world.on)
    if ground.judged_on != "start":
        return world.on
    if isinstance(facts.practice_began, dt.date):
        return min(facts.practice_began, world.on)
    always = ground.in_force_from is None and ground.in_force_until is None
    return world.on if always else None


def _basis(law: Law, world: CaseWorld, missing: Tally[str]) -> BasisPart:
    """Return the legal-basis part of an assessment."""
    stated = world.case.facts.stated_basis
    fixed: LegalBasis | None = None if isinstance(stated, Unknown) else stated
    required = []
    for requirement in law.file.requirements:
        step = law.condition("requirement", requirement.id).evaluate(world)
        missing.update(step.missing)
        if step.truth is not Truth.NO:
            required.append(RequirementFinding(law, requirement, certain=step.truth is Truth.YES))
    branches = law.file.branches
    if fixed is not None and fixed not in UNDECIDED:
        branches = tuple(branch for branch in branches if branch.basis is fixed)
    return BasisPart(law, fixed, tuple(required), branches)


def _claims(findings: Iterable[Finding]) -> tuple[Claim, ...]:
    """Return every demand of the live grounds, in the order in which the law lists demands."""
    claims = []
    live = [finding for finding in findings if finding.live]
    for law in dict.fromkeys(finding.law for finding in live):
        for demand in law.demands.values():
            carriers = [f for f in live if f.law is law and demand.id in f.ground.demands]
            if carriers:
                ids = tuple(f.ground.id for f in carriers)
                only_alternative = all(f.alternative for f in carriers)
                claims.append(Claim(law, demand, ids, alternative=only_alternative))
    return tuple(claims)


def _deadlines(law: Law, world: CaseWorld) -> list[Deadline]:
    """Return the running time limits, and those that begin if a step is taken today."""
    found = []
    for clock, kind in _running(law, world):
        last = _due(law, clock, world, kind)
        if last:
            assumed = world.threads[kind].receipt_assumed
            found.append(Deadline(law, last, clock, kind, running=True, receipt_assumed=assumed))
    for clock in _clocks(law, world):
        for kind in clock.steps:
            if not world.threads[kind].received and clock.in_force(world.on):
                place = _place(law, clock, world.case)
                last = due(world.on, clock.period, place, roll=clock.rolls)
                found.append(Deadline(law, last, clock, kind, running=False))
    return found


def _cautions(
    laws: Iterable[Law],
    world: CaseWorld,
    findings: Iterable[Finding],
    found_routes: Iterable[RouteFinding],
) -> tuple[Warned, ...]:
    """Return the cautions whose ground or route is live."""
    live = {(f.law.head.id, f.ground.id) for f in findings if f.live or f.referral}
    live |= {
        (r.law.head.id, r.route.id)
        for r in found_routes
        if r.state not in (State.CLOSED, State.DONE)
    }
    warned = []
    for law in laws:
        own = timed(law, world)
        for caution in law.file.cautions:
            if not caution.in_force(world.on) or not any(
                (law.head.id, id_) in live for id_ in caution.about
            ):
                continue
            step = law.condition("caution", caution.id).evaluate(own)
            if step.truth is Truth.YES or (step.truth is Truth.OPEN and not step.missing):
                warned.append(Warned(law, caution, certain=step.truth is Truth.YES))
    return tuple(warned)


def _oldest(law: Law) -> dt.date:
    """Return the day on which the oldest entry of a law was checked."""
    file = law.file
    days = [law.head.checked]
    for entries in (file.grounds, file.requirements, file.clocks, file.routes, file.cautions):
        days += [entry.checked for entry in entries]
    return min(days)
