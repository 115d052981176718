"""What a letter is about, in a few words: for its title, its table and its first sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.answers import Unknown, known
from complaintkit.history import REQUESTS, threads
from complaintkit.i18n import mark
from complaintkit.vocabulary import ActsFor, Channel, Practice, StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaintkit.facts import Case
    from complaintkit.i18n import Words

PURPOSES = {
    Practice.AI_TRAINING: mark("training artificial intelligence models"),
    Practice.AI_OUTPUT: mark("the answers of an AI system"),
    Practice.NEW_USE: mark("a new purpose"),
    Practice.PERSONALISED_ADS: mark("tailored advertising and profiling"),
    Practice.DIRECT_MARKETING: mark("direct marketing"),
    Practice.SHARING: mark("sharing or selling it to others"),
    Practice.TRACKING: mark("tracking"),
    Practice.COLLECTION: mark("building up records about me from other sources"),
    Practice.PUBLICATION: mark("publication"),
    Practice.SEARCH_RESULTS: mark("search results for my name"),
    Practice.SCORING: mark("rating my credit"),
    Practice.AUTOMATED_DECISION: mark("decisions by machine"),
    Practice.MONITORING: mark("monitoring"),
    Practice.BREACH: mark("keeping records about me"),
    Practice.WRONG_DATA: mark("keeping records about me"),
    Practice.RETENTION: mark("continued storage"),
    Practice.TRANSFER: mark("transfer to another country"),
    Practice.REQUEST_HANDLING: mark("keeping records about me"),
    Practice.OTHER: mark("this purpose"),
}
"""Each practice as a noun phrase, to follow 'for'."""

OWN = {
    Practice.AI_OUTPUT: mark("wrong statements about me in the answers of an AI system"),
    Practice.SHARING: mark("the sharing or sale of my personal data"),
    Practice.TRACKING: mark("tracking on my devices"),
    Practice.COLLECTION: mark("the collection of personal data about me from other sources"),
    Practice.PUBLICATION: mark("the publication of personal data about me"),
    Practice.SEARCH_RESULTS: mark("search results for my name"),
    Practice.SCORING: mark("my credit score or credit record"),
    Practice.AUTOMATED_DECISION: mark("a decision about me by automated means"),
    Practice.MONITORING: mark("monitoring that concerns me"),
    Practice.BREACH: mark("a breach of the security of my personal data"),
    Practice.WRONG_DATA: mark("inaccurate data about me"),
    Practice.RETENTION: mark("the continued storage of my personal data"),
    Practice.TRANSFER: mark("the transfer of my personal data to another country"),
    Practice.OTHER: mark("the use of my personal data"),
}
OTHERS = {
    Practice.AI_OUTPUT: mark("wrong statements in the answers of an AI system"),
    Practice.SHARING: mark("the sharing or sale of personal data"),
    Practice.TRACKING: mark("tracking on devices"),
    Practice.COLLECTION: mark("the collection of personal data from other sources"),
    Practice.PUBLICATION: mark("the publication of personal data"),
    Practice.SEARCH_RESULTS: mark("search results for a name"),
    Practice.SCORING: mark("a credit score or credit record"),
    Practice.AUTOMATED_DECISION: mark("a decision by automated means"),
    Practice.MONITORING: mark("monitoring"),
    Practice.BREACH: mark("a breach of the security of personal data"),
    Practice.WRONG_DATA: mark("inaccurate data"),
    Practice.RETENTION: mark("the continued storage of personal data"),
    Practice.TRANSFER: mark("the transfer of personal data to another country"),
    Practice.OTHER: mark("the use of personal data"),
}
"""Each practice as a noun phrase on its own: of the person who writes, and of another person."""

NO_USE = (Practice.AI_OUTPUT, Practice.BREACH, Practice.WRONG_DATA, Practice.REQUEST_HANDLING)
"""The practices that are a mistake or an answer, and no use to which one could object."""

SOLE: Mapping[StepKind, str] = {
    StepKind.ACCESS: mark("Request for access to my personal data"),
    StepKind.RECTIFICATION: mark("Request for rectification of my personal data"),
    StepKind.ERASURE: mark("Request for erasure of my personal data"),
    StepKind.RESTRICTION: mark("Request for restriction of the use of my personal data"),
    StepKind.PORTABILITY: mark("Request for a portable copy of my personal data"),
    StepKind.HUMAN_REVIEW: mark("Request for review of a decision by a person"),
}
"""The title of a letter that uses one right only."""

SENT = {
    StepKind.OBJECTION: mark("an objection"),
    StepKind.WITHDRAWAL: mark("a withdrawal of consent"),
    StepKind.ERASURE: mark("a request for erasure"),
    StepKind.ACCESS: mark("a request for access"),
    StepKind.RECTIFICATION: mark("a request for rectification"),
    StepKind.RESTRICTION: mark("a request for restriction"),
    StepKind.PORTABILITY: mark("a request for data portability"),
    StepKind.HUMAN_REVIEW: mark("a request for human review"),
    StepKind.REQUEST: mark("a request"),
}
"""Each step as the object of 'I sent you'."""

BY = {
    Channel.EMAIL: mark("by e-mail"),
    Channel.POST: mark("by post"),
    Channel.WEB_FORM: mark("through a form or setting on a website"),
    Channel.PHONE: mark("by telephone or in person"),
}
"""How a step was sent, to follow 'I sent you'."""


USE_BEGAN = mark("The use began")
BEGAN: Mapping[object, str] = {
    Practice.BREACH: mark("It happened"),
    Practice.AUTOMATED_DECISION: mark("The decision"),
    Practice.WRONG_DATA: mark("It began"),
    Practice.REQUEST_HANDLING: mark("It began"),
    Practice.RETENTION: mark("It began"),
    Practice.OTHER: mark("It began"),
}
"""What began on the day on which a practice began, where it is not a use."""


def own_data(case: Case) -> bool:
    """Return whether the data are those of the person who writes."""
    acts_for = case.facts.acts_for
    return isinstance(acts_for, Unknown) or acts_for is ActsFor.SELF


def own_purpose(case: Case) -> str:
    """Return the purpose in the person's or the company's words, if it is short and asked for."""
    own = case.facts.purpose
    mine = case.facts.practice in (Practice.NEW_USE, Practice.OTHER)
    return str(own) if mine and known(own) and len(str(own)) < 100 else ""


def purpose(case: Case, words: Words) -> str:
    """Return the practice as a noun phrase, to follow 'for'."""
    own, practice = own_purpose(case), case.facts.practice
    if own:
        return words("the purpose “%s”") % own
    return words(PURPOSES[Practice.OTHER if isinstance(practice, Unknown) else practice])


def concern(case: Case, words: Words) -> str:
    """Return what the case is about as a noun phrase on its own."""
    practice = case.facts.practice
    if practice is Practice.REQUEST_HANDLING:
        return _request(case, words)
    own = own_data(case)
    known_practice = Practice.OTHER if isinstance(practice, Unknown) else practice
    phrase = (OWN if own else OTHERS).get(known_practice)
    if phrase and not own_purpose(case):
        return words(phrase)
    if own:
        return words("the use of my personal data for %s") % purpose(case, words)
    return words("the use of personal data for %s") % purpose(case, words)


def use(case: Case, words: Words) -> str:
    """Return the use of data that an objection or a withdrawal is about, as a noun phrase."""
    if case.facts.practice in NO_USE:
        return words((OWN if own_data(case) else OTHERS)[Practice.OTHER])
    return concern(case, words)


def _request(case: Case, words: Words) -> str:
    days = {thread.sent.date for k in REQUESTS if (thread := threads(case)[k]).sent}
    if len(days) == 1:
        return words("how my request of %s was dealt with") % words.date(days.pop())
    if days:
        return words("how my requests were dealt with")
    return words("how my request was dealt with")
