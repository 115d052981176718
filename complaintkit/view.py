"""What a template may see of a case: words and lists in one language, each tied to its fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from complaintkit import concerns
from complaintkit.answers import Choice, Unknown, known
from complaintkit.citations import cite
from complaintkit.history import REQUESTS, asked, threads
from complaintkit.i18n import mark
from complaintkit.vocabulary import (
    DataKind,
    Fault,
    Hurdle,
    NoticeGap,
    Practice,
    StepEvent,
    StepKind,
    Watching,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from complaintkit.assessment import Deadline, Finding
    from complaintkit.facts import Case
    from complaintkit.i18n import Words
    from complaintkit.law import Law


BASES = {
    "consent": mark("consent"),
    "contract": mark("a contract with me"),
    "legal_obligation": mark("a legal obligation"),
    "vital_interests": mark("vital interests"),
    "public_task": mark("a public task"),
    "legitimate_interests": mark("legitimate interests"),
    "recognised_interests": mark("a recognised legitimate interest"),
}
"""Each legal basis as a noun phrase, to follow 'relies on'."""

PHRASES: Mapping[tuple[type[Choice], str], str] = {
    (type(choice), choice.value): phrase
    for choice, phrase in (
        (DataKind.PROFILE, mark("my profile")),
        (DataKind.POSTS, mark("my posts, comments and likes")),
        (DataKind.PHOTOS, mark("my photos or videos")),
        (DataKind.MESSAGES, mark("my private messages")),
        (DataKind.CONTACTS, mark("my contacts")),
        (DataKind.BEHAVIOUR, mark("what I click, read and search")),
        (DataKind.LOCATION, mark("my location")),
        (DataKind.PURCHASES, mark("my purchases and payments")),
        (DataKind.HEALTH, mark("my health")),
        (DataKind.RELIGION, mark("my religion or belief")),
        (DataKind.POLITICS, mark("my political opinions")),
        (DataKind.UNION, mark("my trade union membership")),
        (DataKind.SEX_LIFE, mark("my sex life or sexual orientation")),
        (DataKind.ETHNICITY, mark("my racial or ethnic origin")),
        (DataKind.BIOMETRIC, mark("biometric data that identify me")),
        (DataKind.GENETIC, mark("my genetic data")),
        (DataKind.OFFENCES, mark("my criminal convictions or offences")),
        (DataKind.FINANCES, mark("my bank, card, income or debt data")),
        (DataKind.IDENTITY, mark("my identity papers or official numbers")),
        (DataKind.PASSWORDS, mark("my passwords and logins")),
        (DataKind.VIEWING, mark("the films, books or programmes I choose")),
        (DataKind.VOICE, mark("my voice or recorded calls")),
        (Watching.CAMERA, mark("a camera")),
        (Watching.COMPUTER, mark("a record of what I do on a computer or telephone")),
        (Watching.LOCATION, mark("a record of where I am")),
        (Watching.SOUND, mark("a recording of what I say")),
        (Watching.BIOMETRIC, mark("my fingerprint or face")),
        (Fault.ID_COPY, mark("a copy of my identity document is demanded")),
        (Fault.EXTRA_DATA, mark("more data are demanded than are needed to find mine")),
        (Fault.SIGNATURE, mark("a signature is demanded")),
        (Fault.OTHER_CHANNEL, mark("another way of sending the request is demanded")),
        (Fault.OTHER_LANGUAGE, mark("another language is demanded")),
        (Fault.FEE, mark("money is demanded")),
        (Fault.EXCESSIVE, mark("the request is called excessive or unfounded")),
        (Fault.NO_REASONS, mark("no reasons are given")),
        (Fault.NO_REMEDIES, mark("it is not said where I can complain")),
        (Fault.NO_COPY, mark("the copy of the data is missing or not whole")),
        (Fault.NO_RECIPIENTS, mark("the recipients are missing")),
        (Fault.NO_SOURCE, mark("the source of the data is missing")),
        (Fault.NO_LOGIC, mark("the logic of the decision or score is missing")),
        (Fault.NO_OTHER_DETAILS, mark("purposes, periods or other details are missing")),
        (Fault.UNCLEAR, mark("the answer is too general to be understood")),
        (Fault.LATE, mark("the answer came late")),
        (Fault.EXTENSION, mark("more time was taken too late or without reasons")),
        (NoticeGap.CONTROLLER, mark("who is responsible, and where")),
        (NoticeGap.CONTACT, mark("the data protection officer or another contact")),
        (NoticeGap.PURPOSE, mark("the purpose")),
        (NoticeGap.BASIS, mark("the legal basis")),
        (NoticeGap.INTEREST, mark("the legitimate interest")),
        (NoticeGap.RECIPIENTS, mark("the recipients")),
        (NoticeGap.TRANSFER, mark("the countries the data go to, and their protection there")),
        (NoticeGap.PERIOD, mark("how long the data are kept")),
        (NoticeGap.RIGHTS, mark("the rights of the data subject")),
        (NoticeGap.COMPLAINT, mark("the right to complain to an authority")),
        (NoticeGap.COMPANY_COMPLAINT, mark("the right to complain to the company")),
        (NoticeGap.SOURCE, mark("the source of the data")),
        (NoticeGap.AUTOMATED, mark("automated decisions and their logic")),
        (NoticeGap.UNCLEAR, mark("words that can be found and understood")),
        (Hurdle.HIDDEN, mark("the form or switch is hidden")),
        (Hurdle.LOGIN_REQUIRED, mark("it works only with an account")),
        (Hurdle.REASONS_FORCED, mark("reasons have to be given")),
        (Hurdle.PROOF_FORCED, mark("proof is demanded")),
        (Hurdle.DEADLINE_SET, mark("a last day is set for it")),
        (Hurdle.CHANNEL_REFUSED, mark("another way of objecting was refused")),
        (Hurdle.BROKEN, mark("it did not work")),
    )
}
"""Answers as they read inside a sentence of the letter."""

EVENTS = {
    StepEvent.SENT: mark("I sent it"),
    StepEvent.RECEIVED: mark("It arrived"),
    StepEvent.ACKNOWLEDGED: mark("Receipt was confirmed"),
    StepEvent.EXTENDED: mark("More time was announced, with reasons"),
    StepEvent.ID_DEMANDED: mark("Proof of my identity was demanded"),
    StepEvent.ID_GIVEN: mark("I proved my identity"),
    StepEvent.QUERIED: mark("I was asked what I mean"),
    StepEvent.CLARIFIED: mark("I explained what I mean"),
    StepEvent.FEE_DEMANDED: mark("A fee was demanded"),
    StepEvent.FEE_PAID: mark("I paid the fee"),
    StepEvent.REMINDED: mark("I sent a reminder"),
    StepEvent.CONTINUED: mark("The use went on"),
    StepEvent.REFUSED: mark("It was refused"),
    StepEvent.PARTLY: mark("It was complied with in part"),
    StepEvent.COMPLIED: mark("It was complied with"),
}
STEPS = {
    "objection": mark("Objection"),
    "withdrawal": mark("Withdrawal of consent"),
    "erasure": mark("Request for erasure"),
    "access": mark("Request for access"),
    "rectification": mark("Request for rectification"),
    "restriction": mark("Request for restriction"),
    "portability": mark("Request for data portability"),
    "human_review": mark("Request for human review"),
    "request": mark("Request"),
    "broker_deletion": mark("Deletion request to all data brokers"),
    "appeal": mark("Appeal"),
    "company_complaint": mark("Complaint to the company"),
    "authority_complaint": mark("Complaint to an authority"),
}
REQUESTED: Mapping[StepKind | None, str] = {
    StepKind.ACCESS: mark("access"),
    StepKind.RECTIFICATION: mark("rectification"),
    StepKind.ERASURE: mark("erasure"),
    StepKind.RESTRICTION: mark("restriction"),
    StepKind.PORTABILITY: mark("data portability"),
    StepKind.HUMAN_REVIEW: mark("human review"),
}
"""Each right that is a request as a noun, to follow 'request for'."""


def counted(deadline: Deadline, rules: Iterable[str], words: Words) -> str:
    """Return how the last day of a time limit was found: the period, its rules, what moved it."""
    due = deadline.due
    period = words("%(period)s from %(day)s")
    parts = [period % {"period": words.period(due.period), "day": words.date(due.event)}, *rules]
    if due.rolled_from:
        rolled = words("moved from %s, which is no working day")
        parts.append(rolled % words.date(due.rolled_from))
    if deadline.receipt_assumed:
        parts.append(words("day of arrival not known, so counted from sending"))
    return "; ".join(parts)


@dataclass(frozen=True)
class Facts:
    """The facts as a template may print them: a sentence goes when its fact goes."""

    case: Case
    words: Words
    to_controller: bool
    own: Law
    """The law of the letter, or of the ground."""

    @property
    def act(self) -> str:
        """The title of the law."""
        return self.words(self.own.head.title)

    def said(self, name: str, *values: str, caller: Callable[[], Markup]) -> Markup:
        """Print the body of a call block only if the person said so.

        Args:
            name: A fact.
            values: The answers that allow the sentence; without them yes, or any value.
            caller: The body.

        """
        if not self.is_said(name, *values):
            return Markup("")
        body = caller().strip()
        tag = "div" if body.startswith(("<p", "<ul", "<ol")) else "span"
        return Markup('<{0} data-fact="{1}">{2}</{0}>').format(tag, name, body)

    def is_said(self, name: str, *values: str) -> bool:
        """Return whether the person gave one of some answers, or a yes, or any value."""
        answer = self.case.answer(name)
        if not known(answer) or answer is False:
            return values == ("no",) and answer is False
        given = answer if isinstance(answer, tuple) else (answer,)
        return not values or any(str(item) in values for item in given)

    def text(self, name: str) -> str:
        """Return the text the person wrote."""
        answer = self.case.answer(name)
        return "" if isinstance(answer, Unknown) else str(answer)

    def date(self, name: str) -> str:
        """Return a date in words."""
        answer = self.case.answer(name)
        return self.words.date(answer) if isinstance(answer, dt.date) else ""

    def choices(self, name: str, *among: str) -> str:
        """Return what was marked, as a list in words; only some of the choices if named."""
        answer = self.case.answer(name)
        items = answer if isinstance(answer, tuple) else ()
        return self.words.listing(
            self.words(PHRASES.get((type(item), str(item)), item.label))
            for item in items
            if not among or str(item) in among
        )

    @property
    def controller(self) -> str:
        """The name people know the company by."""
        controller = self.case.controller
        return controller.service or controller.name or self.words("the controller")

    @property
    def purpose(self) -> str:
        """The practice as a noun phrase, to follow 'for'."""
        return concerns.purpose(self.case, self.words)

    @property
    def concern(self) -> str:
        """What the case is about as a noun phrase on its own, for titles and tables."""
        return concerns.concern(self.case, self.words)

    @property
    def use(self) -> str:
        """The use of data that an objection or a withdrawal is about, as a noun phrase."""
        return concerns.use(self.case, self.words)

    @property
    def purpose_named(self) -> bool:
        """Whether the purpose is more than 'this purpose'."""
        other = self.case.facts.practice is Practice.OTHER
        return bool(concerns.own_purpose(self.case)) or not other

    @property
    def asked_before(self) -> bool:
        """Whether a right was used before."""
        return asked(self.case.history)

    @property
    def own_data(self) -> bool:
        """Whether the data are those of the person who writes."""
        return concerns.own_data(self.case)


@dataclass(frozen=True)
class GroundView(Facts):
    """One live ground as its macro sees it."""

    finding: Finding

    @property
    def id(self) -> str:
        """The name of the macro."""
        return self.finding.ground.id.replace("-", "_")

    @property
    def template(self) -> str:
        """The file in templates/grounds that has the macro."""
        return self.finding.ground.words

    @property
    def title(self) -> str:
        """The ground's title."""
        return self.words(self.finding.ground.title)

    @property
    def cites(self) -> str:
        """The provisions, as they are printed."""
        return cite(self.finding.law, self.finding.ground.provisions, self.words.language)

    @property
    def alternative(self) -> bool:
        """Whether it is pleaded in the alternative."""
        return self.finding.alternative

    @property
    def of_answer(self) -> bool:
        """Whether it rests on what is wrong with an answer."""
        return "answer_faults" in self.finding.ground.when

    @property
    def resolved(self) -> str:
        """The day on which the fault of an answer was made good, in words; empty if it was not."""
        answers = [t.answer for k in REQUESTS if (t := threads(self.case)[k]).answer]
        last = max(answers, key=lambda step: step.date, default=None)
        done = last and last.event is StepEvent.COMPLIED and self.of_answer
        return self.words.date(last.date) if last and done else ""

    @property
    def basis(self) -> str:
        """The legal bases the ground presupposes, in words."""
        return self.words.listing(self.words(BASES[str(b)]) for b in self.finding.ground.basis)
