"""What the template of a whole letter may see: parties, grounds, demands, dates and next steps."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.answers import Unknown
from complaintkit.assessment import State, Status
from complaintkit.citations import citations, cite
from complaintkit.concerns import BEGAN, BY, SENT, SOLE, USE_BEGAN
from complaintkit.history import ANSWERS, REQUESTS, STOPPING, threads, used
from complaintkit.periods import Period, due
from complaintkit.view import EVENTS, REQUESTED, STEPS, Facts, GroundView
from complaintkit.vocabulary import StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from complaintkit.assessment import Assessment, Claim, Deadline, Finding, RouteFinding
    from complaintkit.exhibits import Annex
    from complaintkit.facts import Case, Exhibit
    from complaintkit.history import Thread
    from complaintkit.i18n import Words
    from complaintkit.lawfile import Authority

LAYOUTS = {
    "US": "us", "CA": "us", "CH": "ch", "LI": "ch", "GB": "uk", "IE": "uk", "FR": "fr",
}  # fmt: skip
"""The page of each country's letters: paper and window of the envelope; elsewhere DIN 5008."""
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


class DemandView(NamedTuple):
    """A demand: the file and the macro of its words, and the ground view it is spoken with."""

    template: str
    macro: str
    voice: GroundView


@dataclass(frozen=True)
class LetterView:
    """One letter; without a route, what letters and the sheet of next steps share."""

    assessment: Assessment
    words: Words
    found: RouteFinding | None = None
    copy_of: str = ""
    """The language of the letter that this is a copy of, to keep; empty for a letter to send."""
    annexes: tuple[Annex, ...] = ()

    @property
    def case(self) -> Case:
        """The case."""
        return self.assessment.case

    @property
    def language(self) -> str:
        """The language of the letter, for the document's own mark."""
        return str(self.words.locale).replace("_", "-")

    @property
    def family(self) -> str:
        """The family of law: eu, uk, ch or us."""
        return self.assessment.laws[0].head.family

    @property
    def to_controller(self) -> bool:
        """Whether the letter goes to the controller."""
        return self.found is not None and self.found.route.to == "controller"

    @cached_property
    def facts(self) -> Facts:
        """The facts, for sentences outside of grounds."""
        own = self.found.law if self.found else self.assessment.laws[0]
        return Facts(self.case, self.words, self.to_controller, own)

    @property
    def recipient_country(self) -> str:
        """The country of the recipient, which decides paper and window."""
        if self.found and self.found.authority:
            return self.found.authority.country
        if self.found:
            country = self.case.controller.country
            return "" if isinstance(country, Unknown) else country
        return self.case.person.country or self._home

    @property
    def _home(self) -> str:
        residence = self.case.facts.residence
        return "" if isinstance(residence, Unknown) else residence.partition("-")[0]

    @property
    def layout(self) -> str:
        """The class of the page: paper and place of the address window.

        The recipient's, unless it is for paper that is not sold where the person lives.
        """
        home = LAYOUTS.get(self.case.person.country or self._home, "din")
        theirs = LAYOUTS.get(self.recipient_country, "din")
        return theirs if (home == "us") is (theirs == "us") else home

    @property
    def sent_in(self) -> str:
        """The language of the letter that is sent, by its name, if this is a copy to keep."""
        return str(self.words.locale.languages.get(self.copy_of, self.copy_of))

    @property
    def reference(self) -> str:
        """A short sign for the case, the same in all of its letters, which tells nothing."""
        case = self.case
        facts = (case.person.name, case.controller.name, case.controller.service)
        sealed = hashlib.sha256("\n".join((*facts, str(case.facts.practice))).encode())
        return base64.b32encode(sealed.digest())[:6].decode()

    @property
    def their_reference(self) -> str:
        """The sign that the recipient gave, last."""
        ours = StepKind.AUTHORITY_COMPLAINT
        given = [
            step.reference
            for step in self.case.history
            if step.reference and (step.what is ours) is not self.to_controller
        ]
        return given[-1] if given else ""

    @property
    def sender(self) -> list[str]:
        """The sender's address, with the country if the letter goes abroad."""
        person = self.case.person
        country = person.country or self._home
        abroad = country and country != self.recipient_country
        return [
            person.name,
            *person.address,
            *([self.words.country(country).upper()] if abroad and person.address else []),
        ]

    @property
    def recipient(self) -> list[str]:
        """The recipient's address as it stands in the window."""
        if self.found and self.found.authority:
            authority = self.found.authority
            lines = [authority.name, *authority.address]
        else:
            controller = self.case.controller
            lines = [controller.name or controller.service, controller.attention]
            lines += controller.address
        home = self.case.person.country or self._home
        if self.recipient_country and self.recipient_country != home and len(lines) > 1:
            lines.append(self.words.country(self.recipient_country).upper())
        return [line for line in lines if line]

    @property
    def salutation(self) -> str:
        """The authority's own salutation, or none."""
        authority = self.found.authority if self.found else None
        return self.words(authority.salutation) if authority else ""

    @property
    def authority(self) -> Authority | None:
        """The authority the letter goes to, if it goes to one."""
        return self.found.authority if self.found else None

    @property
    def complainant(self) -> list[str]:
        """Name and address of the person, as an authority needs them."""
        person = self.case.person
        country = self.words.country(person.country or self._home)
        return [line for line in (person.name, *person.address, country) if line]

    @property
    def reached_at(self) -> list[str]:
        """How the authority can reach the person."""
        return [line for line in (self.case.person.email, self.case.person.phone) if line]

    @property
    def controller_contact(self) -> list[str]:
        """What else identifies the controller: service, e-mail, form and privacy notice."""
        controller = self.case.controller
        own = (controller.service, controller.email, controller.form, controller.privacy_notice)
        return [line for line in own if line and line != controller.name]

    @property
    def lead(self) -> str:
        """The authority that leads across borders, with its country."""
        return self.lead_name(self.found) if self.found else ""

    def lead_name(self, found: RouteFinding) -> str:
        """Return the lead authority of a route, with its country, or nothing."""
        lead = found.lead
        if lead is None:
            return ""
        return f"{lead.name_en or lead.name} ({self.words.country(lead.country)})"

    @property
    def timed(self) -> str:
        """The national provisions that set the person a time limit; empty if there are none."""
        bars = self.authority.bars if self.authority else ()
        rules = dict.fromkeys(bar.provision for bar in bars if bar.provision)
        return ", ".join(self._national(rule) for rule in rules)

    @property
    def respondent(self) -> list[str]:
        """Name and address of the controller, for letters to an authority."""
        controller = self.case.controller
        country = controller.country
        abroad = not isinstance(country, Unknown) and country != self._home
        name = self.words.country(str(country)) if abroad else ""
        return [line for line in (controller.name, *controller.address, name) if line]

    @property
    def date(self) -> str:
        """The day of the letter in words."""
        return self.words.date(self.assessment.on)

    @property
    def cites(self) -> str:
        """The provisions of the route."""
        if self.found is None:
            return ""
        national = self.authority.filed_under if self.authority else ()
        own = cite(self.found.law, self.found.route.provisions, self.words.language)
        return self.words.series((own, *(self._national(rule) for rule in national)))

    def _national(self, rule: str) -> str:
        """Return a provision of another act as the language cites it."""
        return citations(self.words.language).provision(rule, "")

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

    def within(self, period: str) -> str:
        """Return the day that a letter may ask for where the law sets none, in words."""
        return self.words.date(self._within(period))

    def _within(self, period: str) -> dt.date:
        return due(self.assessment.on, Period.parse(period), self._home, roll=True).day

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

    @property
    def steps_taken(self) -> bool:
        """Whether the person has already turned to the controller."""
        return bool(self.case.history)

    @property
    def exhibits(self) -> list[str]:
        """The evidence without a file, with its date, and what the authority wants enclosed."""
        enclosed = self.authority.enclose if self.authority else ()
        annexed = {annex.number for annex in self.annexes}
        items = enumerate(self.case.evidence, 1)
        return [
            *(self.described(item) for number, item in items if number not in annexed),
            *(self.words(text) for text in enclosed),
        ]

    def described(self, item: Exhibit | Annex) -> str:
        """Return a piece of evidence with its date."""
        day = self.words.date(item.date) if item.date else ""
        told = " ".join(day.split()) in " ".join(item.title.split())
        return item.title if told else f"{item.title}, {day}"
