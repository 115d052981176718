"""Which boxes a form has to tick, and the provisions that stand beside each."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.assessment import Status
from complaintkit.assessor import assess
from complaintkit.citations import cite, listed
from complaintkit.i18n import mark
from complaintkit.vocabulary import Practice, StepKind, Wish

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from complaintkit.assessment import Assessment, Finding
    from complaintkit.facts import Case
    from complaintkit.i18n import Words
    from complaintkit.law import Law
    from complaintkit.lawfile import Ground

OBJECT = mark("I object to this use.")
WITHDRAW = mark("I withdraw my consent to this use.")
BOTH = mark("I object to this use. So far as it rests on my consent, I withdraw my consent.")
EXCLUDE = mark("Keep my data out of this use. So far as it rests on my consent, I withdraw it.")
PROHIBIT = mark("I expressly prohibit this use of my data.")

DECLARED: Mapping[Wish, str] = {
    Wish.STOP: BOTH,
    Wish.ERASE: mark("Erase my data from this use."),
    Wish.EXPLAIN: mark("Tell me what was done with my data, and on what legal basis."),
    Wish.COPY: mark("Give me a copy of my data."),
    Wish.CORRECT: mark("Correct my data."),
    Wish.RESTRICT: mark("Do not use my data until this is settled."),
    Wish.MOVE: mark("Give me my data in a form that a machine can read."),
    Wish.RECIPIENTS: mark("Tell me who received my data."),
    Wish.HUMAN_REVIEW: mark("Have a person review the decision about me."),
    Wish.OPT_OUT_SALE: mark("Do not sell or share my data."),
    Wish.LIMIT_SENSITIVE: mark("Limit the use of my sensitive data."),
    Wish.DAMAGES: mark("Compensate me for the harm."),
}
"""Each wish as the sentence beside its box."""
WITHOUT_BASIS = {Wish.EXPLAIN: mark("Tell me what was done with my data.")}
"""What is said where a law asks for no legal basis."""
OWN_US = {Wish.HUMAN_REVIEW: mark("Keep my data out of decisions about me by machine.")}
"""What is said in the USA, where the right is to opt out and not to have a person look."""
STOPS: Mapping[str, str] = {"eu": BOTH, "uk": BOTH, "ch": PROHIBIT, "us": EXCLUDE}

OF_STEP: Mapping[StepKind, tuple[Wish, ...]] = {
    StepKind.OBJECTION: (Wish.STOP,),
    StepKind.WITHDRAWAL: (Wish.STOP,),
    StepKind.ERASURE: (Wish.ERASE,),
    StepKind.ACCESS: (Wish.COPY, Wish.EXPLAIN, Wish.RECIPIENTS),
    StepKind.RECTIFICATION: (Wish.CORRECT,),
    StepKind.RESTRICTION: (Wish.RESTRICT,),
    StepKind.PORTABILITY: (Wish.MOVE,),
    StepKind.HUMAN_REVIEW: (Wish.HUMAN_REVIEW,),
}
SPECIAL = (Wish.OPT_OUT_SALE, Wish.LIMIT_SENSITIVE, Wish.HUMAN_REVIEW)
"""Wishes that have a right of their own, even where another wish brings it too."""
ALWAYS = (Wish.STOP, Wish.ERASE, Wish.EXPLAIN)
"""Wishes that may be said to anybody, whether or not a law gives a right to it."""
NEVER_BLANK = (Wish.DAMAGES,)
"""Wishes that need more than a tick: the letter tells the harm."""
NO_USE = (
    Practice.WRONG_DATA, Practice.REQUEST_HANDLING, Practice.BREACH, Practice.RETENTION,
    Practice.AI_OUTPUT,
)  # fmt: skip
"""The practices that data cannot be kept out of, as in the letter ``request-us``."""
LONG = 46
"""The number of signs from which provisions are named by what they have in common."""


class Choice(NamedTuple):
    """One box to tick: the wish, what is said, the provisions, and whether it is ticked."""

    wish: Wish
    says: str
    cites: str
    ticked: bool = False


def wishes_of(ground: Ground) -> tuple[Wish, ...]:
    """Return the boxes to which a right belongs."""
    named = tuple(wish for wish in Wish if f"'{wish}'" in ground.when)
    if ground.step and ground.step in OF_STEP:
        own = OF_STEP[ground.step]
        return tuple(wish for wish in own if wish in named) or own[:1]
    return tuple(wish for wish in named if wish in SPECIAL) or named or (Wish.STOP,)


def blank_choices(law: Law, known: Case, words: Words, on: dt.date) -> tuple[Choice, ...]:
    """Return the boxes of a blank form: every right that the law may give on what is known."""
    found = []
    for wish in Wish:
        grounds = _possible(law, known, wish, on)
        if wish not in NEVER_BLANK and (grounds or wish in ALWAYS):
            found.append(Choice(wish, _says(wish, law, words, grounds), cites(law, grounds, words)))
    return tuple(found)


def _possible(law: Law, known: Case, wish: Wish, on: dt.date) -> list[Ground]:
    """Return the rights that a wish may bring, so far as nothing known speaks against them."""
    case = known.with_answer("wishes", (wish,)).with_answer("situation", "x")
    shut = (Status.FAILS, Status.OUT_OF_FORCE)
    gone = {f.ground.id for f in assess(case, on=on).findings if f.law is law and f.status in shut}
    return [
        ground
        for ground in law.file.grounds
        if ground.kind == "right"
        and ground.in_force(on)
        and ground.id not in gone
        and wish in wishes_of(ground)
    ]


def ticked_choices(
    assessment: Assessment, rights: Iterable[Finding], law: Law, words: Words
) -> tuple[Choice, ...]:
    """Return the boxes of a form filled from a case: ticked are the rights the letter uses."""
    case = assessment.case
    wished = case.facts.wishes if isinstance(case.facts.wishes, tuple) else ()
    live: dict[Wish, list[Finding]] = {wish: [] for wish in Wish}
    for finding in rights:
        of = wishes_of(finding.ground)
        for wish in [wish for wish in of if wish in wished] or of[:1]:
            live[wish].append(finding)
    asked = {wish for wish in live if live[wish]} | _kept_out(assessment, law, live)
    return tuple(
        Choice(
            wish,
            _says(wish, law, words, _grounds(live[wish])),
            _cites(live[wish], words),
            wish in asked,
        )
        for wish in Wish
        if wish in asked or _gives(law, wish, assessment.on)
    )


def _kept_out(assessment: Assessment, law: Law, live: Mapping[Wish, list[Finding]]) -> set[Wish]:
    """Return the wish to stop where a letter in the USA says it without a right to it."""
    facts = assessment.case.facts
    wished = facts.wishes if isinstance(facts.wishes, tuple) else ()
    wanted = {Wish.STOP, Wish.ERASE} & set(wished) or not any(live.values())
    if law.head.family == "us" and facts.practice not in NO_USE and wanted:
        return {Wish.STOP}
    return set()


def _grounds(findings: Iterable[Finding]) -> list[Ground]:
    return [finding.ground for finding in findings]


def _gives(law: Law, wish: Wish, on: dt.date) -> bool:
    """Return whether a law has a right for a wish, whoever asks."""
    rights = (g for g in law.file.grounds if g.kind == "right" and g.in_force(on))
    return wish in ALWAYS or any(wish in wishes_of(ground) for ground in rights)


def _says(wish: Wish, law: Law, words: Words, rights: Iterable[Ground] = ()) -> str:
    if wish is not Wish.STOP:
        other = {} if law.head.asks_basis else WITHOUT_BASIS
        own = OWN_US if law.head.family == "us" else {}
        return words(own.get(wish) or other.get(wish) or DECLARED[wish])
    steps = {ground.step for ground in rights}
    if law.head.asks_basis and steps and StepKind.WITHDRAWAL not in steps:
        return words(OBJECT)
    if law.head.asks_basis and steps == {StepKind.WITHDRAWAL}:
        return words(WITHDRAW)
    return words(STOPS[law.head.family])


def _cites(findings: Iterable[Finding], words: Words) -> str:
    laws: dict[Law, list[Ground]] = {}
    for finding in findings:
        laws.setdefault(finding.law, []).append(finding.ground)
    return words.series(cites(law, grounds, words) for law, grounds in laws.items())


def cites(law: Law, grounds: Iterable[Ground], words: Words) -> str:
    """Return the provisions of some grounds, by what they have in common where they are many."""
    ids = tuple(dict.fromkeys(id_ for ground in grounds for id_ in ground.provisions))
    whole = cite(law, ids, words.language)
    if len(whole) <= LONG:
        return whole
    acts: dict[str, list[str]] = {}
    for id_ in ids:
        acts.setdefault(law.provisions[id_].act, []).append(id_)
    common = {act: _common(named) for act, named in acts.items()}
    return listed(law, common, words.language)


def _common(ids: Iterable[str]) -> list[str]:
    """Return provisions with those of one article put together: ``Art. 17(1)`` for its letters."""
    roots: dict[str, list[str]] = {}
    for id_ in ids:
        roots.setdefault(id_.partition("(")[0], []).append(id_)
    return [_prefix(listed) for listed in roots.values()]


def _prefix(ids: list[str]) -> str:
    if len(ids) == 1:
        return ids[0]
    parts = [re.findall(r"^[^(]+|\([^)]*\)", id_) for id_ in ids]
    columns = takewhile(lambda column: len(set(column)) == 1, zip(*parts, strict=False))
    return "".join(column[0] for column in columns)
