"""What the template of a whole letter may see: beside its parties and dates, what it claims."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.answers import Unknown
from complaintkit.assessment import Status
from complaintkit.citations import citations
from complaintkit.concerns import SOLE
from complaintkit.correspondence import Correspondence
from complaintkit.history import STOPPING, threads, used
from complaintkit.view import REQUESTED, GroundView
from complaintkit.vocabulary import StepEvent, StepKind

if TYPE_CHECKING:
    from complaintkit.assessment import Claim, Deadline, Finding


class DemandView(NamedTuple):
    """A demand: the file and the macro of its words, and the ground view it is spoken with."""

    template: str
    macro: str
    voice: GroundView


@dataclass(frozen=True)
class LetterView(Correspondence):
    """One letter; without a route, what letters and the sheet of next steps share."""

    @property
    def _findings(self) -> list[Finding]:
        """The live grounds: of all laws to the controller, the route's own first; of one if not."""
        live = list(self.assessment.live)
        if self.found is None:
            return live
        own = self.found.law
        mine = [finding for finding in live if finding.law is own]
        if self.found.route.stage == "answer":
            return [f for f in mine if f.ground.stage == "answer"]
        if self.found.route.uses_rights:
            live, mine = ([f for f in group if f.ground.stage == "use"] for group in (live, mine))
        return mine + [f for f in live if f.law is not own] if self.to_controller else mine

    def _views(self, kind: str) -> list[GroundView]:
        return [
            GroundView(self.case, self.words, self.to_controller, finding.law, finding)
            for finding in self._findings
            if finding.ground.kind == kind
            and not self._used(finding.ground.step)
            and not (self.to_controller and self._fulfilled(finding.ground.step))
        ]

    def _fulfilled(self, step: StepKind | None) -> bool:
        """Return whether a right was used and the controller did all of what was asked."""
        answer = threads(self.case)[step].answer if step else None
        return answer is not None and answer.event is StepEvent.COMPLIED

    def _used(self, step: StepKind | None) -> bool:
        """Return whether a letter that uses rights has nothing to do with one used before."""
        uses = self.found is not None and self.found.route.uses_rights
        return uses and step is not None and used(step, threads(self.case))

    @cached_property
    def rights(self) -> list[GroundView]:
        """The rights that are exercised."""
        return self._views("right")

    @cached_property
    def infringements(self) -> list[GroundView]:
        """The infringements that are alleged."""
        return self._views("infringement")

    @property
    def requested(self) -> str:
        """The rights that are requests, each as a noun to follow 'request for'."""
        return self.words.listing(self._requested())

    def _requested(self, *, without: tuple[StepKind, ...] = ()) -> list[str]:
        steps = dict.fromkeys(view.finding.ground.step for view in self.rights)
        named = [self.words(REQUESTED[s]) for s in steps if s in REQUESTED and s not in without]
        paid = any(view.finding.ground.id == "compensation" for view in self.rights)
        return [*named, self.words("compensation")] if paid else named

    @property
    def asks_basis(self) -> bool:
        """Whether a law of this letter asks for a legal basis at all."""
        laws = self.assessment.laws if self.found is None else (self.found.law,)
        return any(law.head.asks_basis for law in laws)

    @property
    def summary(self) -> str:
        """The rights that are exercised, in a line."""
        return self.words.series(f"{view.title} ({view.cites})" for view in self.rights)

    @property
    def grounds(self) -> list[GroundView]:
        """Rights and infringements together."""
        return [*self.rights, *self.infringements]

    def has(self, *grounds: str) -> bool:
        """Return whether one of some grounds holds outright in this letter."""
        return any(f.status is Status.HOLDS and f.ground.id in grounds for f in self._findings)

    def pleads(self, *grounds: str) -> bool:
        """Return whether one of some grounds is pleaded in the alternative in this letter."""
        return any(f.alternative and f.ground.id in grounds for f in self._findings)

    def uses(self, *steps: str) -> bool:
        """Return whether a right that is used by one of some steps holds outright."""
        return any(v.finding.ground.step in steps and not v.alternative for v in self.rights)

    def pleads_right(self, *steps: str) -> bool:
        """Return whether a right used by one of some steps is pleaded in the alternative."""
        return any(v.finding.ground.step in steps and v.alternative for v in self.rights)

    @property
    def steps_used(self) -> bool:
        """Whether the letter uses a right that the law sets a time for."""
        return any(view.finding.ground.step for view in self.rights)

    @property
    def further(self) -> str:
        """The requests that do not go with an objection or a withdrawal, each as a noun."""
        return self.words.listing(self._requested(without=STOPPING))

    @property
    def sole(self) -> str:
        """The title of a letter that uses one right on one's own data and alleges nothing."""
        steps = {view.finding.ground.step for view in self.rights}
        plain = len(steps) == 1 and self.facts.own_data and not self.infringements
        step = steps.pop() if plain else None
        return self.words(SOLE[step]) if step and step in SOLE else ""

    def only(self, ground: str) -> bool:
        """Return whether one ground is all that the letter claims as a right."""
        return {view.finding.ground.id for view in self.rights} == {ground}

    @cached_property
    def demands(self) -> list[DemandView]:
        """What is demanded, each once, the route's own law first and the confirmation last."""
        live = [view for view in self.grounds if not (self.to_controller and view.resolved)]
        views = {(v.own.head.id, v.finding.ground.id): v for v in live}
        found: dict[str, DemandView] = {}
        own = self.found.law if self.found else None
        for claim in sorted(self.assessment.claims, key=lambda c: c.law is not own):
            law = claim.law.head.id
            voices = [views[law, id_] for id_ in claim.grounds if (law, id_) in views]
            if voices and not self._of_complaint(claim):
                macro = "demand_" + claim.demand.id.replace("-", "_")
                words = claim.demand.words
                found.setdefault(claim.demand.id, DemandView(words, macro, voices[0]))
        return sorted(found.values(), key=lambda demand: demand.macro == "demand_confirm")

    def _of_complaint(self, claim: Claim) -> bool:
        """Return whether a demand belongs to a complaint to the controller, and this is none."""
        if self.found is None or self.found.route.step is StepKind.COMPANY_COMPLAINT:
            return False
        complaints = [r for r in claim.law.file.routes if r.step is StepKind.COMPANY_COMPLAINT]
        rules = tuple(rule for route in complaints for rule in route.provisions)
        demanded = claim.demand.provisions
        return bool(rules and demanded) and all(id_.startswith(rules) for id_ in demanded)

    @property
    def template(self) -> str:
        """The file in templates/grounds that has the requests to the authority of this law."""
        head = (self.found.law if self.found else self.assessment.laws[0]).head
        return head.words or head.id

    @property
    def law_names(self) -> str:
        """The laws the letter rests on, in words."""
        laws = dict.fromkeys(view.finding.law for view in self.grounds) or self.assessment.laws
        return self.words.listing(self.words(law.head.title) for law in laws)

    @property
    def acts(self) -> str:
        """The acts that are cited, in short."""
        cited = [(v.finding.law, id_) for v in self.grounds for id_ in v.finding.ground.provisions]
        if self.found:
            cited += [(self.found.law, id_) for id_ in self.found.route.provisions]
        names = dict.fromkeys(law.provisions[id_].act or law.head.short for law, id_ in cited)
        acts = [citations(self.words.language).act(name) for name in names]
        return self.words.series(acts) or self.law_names

    def reply(self, purpose: str) -> Deadline | None:
        """Return the time limit that begins with this letter: ``answer``, ``acknowledgement``."""
        if self.found is None:
            return None
        beginning = [
            deadline
            for deadline in self.assessment.deadlines
            if deadline.step in self._steps
            and deadline.clock.for_ == purpose
            and not deadline.running
        ]
        own = [deadline for deadline in beginning if deadline.law is self.found.law]
        return next(iter(own or beginning), None)

    @property
    def _steps(self) -> set[StepKind]:
        """The steps that this letter is."""
        route = self.found.route if self.found else None
        if route is None or not route.uses_rights:
            return {route.step} if route and route.step else set()
        steps = {view.finding.ground.step for view in self.rights}
        return {step for step in steps if step} or {StepKind.OBJECTION}

    @property
    def tells_dates(self) -> bool:
        """Whether a ground of a letter about an answer points to the list of events."""
        return any(not view.of_answer for view in self.infringements)

    @property
    def loose_faults(self) -> list[str]:
        """The faults of the answer that no ground of the letter speaks of."""
        faults = self.case.facts.answer_faults
        rules = [view.finding.ground.when for view in self.infringements if view.of_answer]
        told = () if isinstance(faults, Unknown) else faults
        return [fault for fault in told if not any(f"'{fault}'" in rule for rule in rules)]
