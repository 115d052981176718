"""An assessment in words for a person: what holds, why, and what would change it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from complaintkit.answers import Choice, Unknown
from complaintkit.assessment import State, Status
from complaintkit.catalogue import CATALOGUE
from complaintkit.citations import cite
from complaintkit.conditions import Truth
from complaintkit.i18n import words
from complaintkit.vocabulary import StepKind
from complaintkit.world import ANY_REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.assessment import Assessment, Finding, RouteFinding
    from complaintkit.conditions import Step
    from complaintkit.facts import Case

WIDTH = 88
STRENGTH = {
    "settled": "settled: the law is clear if the facts are as you say",
    "arguable": "arguable: good reasons, and the other side has some too",
    "contested": "contested: courts or authorities have also decided the other way",
}


def explain(assessment: Assessment, *, everything: bool = False) -> str:
    """Return the whole answer as plain text.

    Args:
        assessment: What follows from a case.
        everything: Whether to tell also what fails, is displaced or was not in force.

    """
    parts = [
        *_laws(assessment),
        *_referrals(assessment),
        *_basis(assessment),
        *_grounds(assessment, everything=everything),
        *_routes(assessment),
        *_dates(assessment),
        *_cautions(assessment),
        *_missing(assessment),
    ]
    return "\n".join(parts)


def _heading(text: str) -> str:
    return f"\n{text}\n{'-' * len(text)}"


def _wrap(text: str, indent: str = "  ", first: str | None = None) -> str:
    start = indent if first is None else first
    return textwrap.fill(text, WIDTH, initial_indent=start, subsequent_indent=indent)


def _laws(assessment: Assessment) -> Iterator[str]:
    day = words().date(assessment.on)
    yield f"As of {day}"
    yield _heading("Law")
    for law in assessment.laws:
        yield _wrap(f"{law.head.title} ({law.head.citation})", first="* ")
    for law in assessment.also:
        yield _wrap(f"{law.head.title} may apply as well; no letter is written under it.")


def _referrals(assessment: Assessment) -> Iterator[str]:
    if assessment.referrals:
        yield _heading("Another way, or another law")
    for finding in assessment.referrals:
        ground = finding.ground
        yield _wrap(f"{ground.title} ({cite(finding.law, ground.provisions)})", first="* ")
        yield _wrap(ground.refers_to, "    ")
        for line in _because(assessment.case, finding):
            yield _wrap(line, "      ", "    - ")


def _basis(assessment: Assessment) -> Iterator[str]:
    yield _heading("What allows the company to do this")
    for part in assessment.legal_basis:
        if not part.asked:
            yield _wrap(f"{part.law.head.short}: {part.law.head.instead}")
            continue
        stated = part.stated.label if part.stated else "not known to you"
        yield _wrap(f"Stated by the company: {stated}.")
        for found in part.required:
            sure = "The law asks for" if found.certain else "The law may ask for"
            requirement = found.requirement
            cites = cite(part.law, requirement.provisions)
            yield _wrap(f"{sure}: {requirement.requires} ({cites}). {requirement.argument}")
        if part.in_the_alternative:
            yield _wrap("It is open which basis counts, so the letter covers each:")
        for branch in part.branches:
            cites = f" ({cite(part.law, branch.provisions)})" if branch.provisions else ""
            yield _wrap(f"{branch.basis.label}: {branch.right}{cites}", "    ", "  - ")


def _grounds(assessment: Assessment, *, everything: bool) -> Iterator[str]:
    shown = [
        (
            "These grounds hold",
            [f for f in assessment.findings if f.status is Status.HOLDS and not f.referral],
        ),
        ("Pleaded in the alternative", [f for f in assessment.findings if f.alternative]),
        (
            "Still open",
            [f for f in assessment.findings if f.status is Status.OPEN and not f.alternative],
        ),
    ]
    if everything:
        shown += [
            ("Displaced by another ground", list(assessment.with_status(Status.DISPLACED))),
            ("These do not hold", list(assessment.with_status(Status.FAILS))),
            ("Not in force on the day", list(assessment.with_status(Status.OUT_OF_FORCE))),
        ]
    for heading, findings in shown:
        if findings:
            yield _heading(heading)
        for finding in findings:
            yield from _ground(assessment.case, finding)


def _ground(case: Case, finding: Finding) -> Iterator[str]:
    ground = finding.ground
    yield _wrap(f"{ground.title} ({cite(finding.law, ground.provisions)})", first="* ")
    if finding.displaced_by:
        yield _wrap(f"displaced: {finding.displaced_by.because}", "    ")
        return
    for line in _because(case, finding):
        yield _wrap(line, "      ", "    - ")
    if finding.live:
        note = f" {ground.strength_note}" if ground.strength_note else ""
        yield _wrap(f"{STRENGTH[ground.strength]}.{note}", "    ")
        for counter in ground.counters:
            reply = f" Reply: {counter.reply}" if counter.reply else ""
            yield _wrap(f'They may say: "{counter.says}"{reply}', "      ", "    > ")


def _because(case: Case, finding: Finding) -> Iterator[str]:
    """Yield the facts that decided a ground: all of them if it holds, the failing ones if not."""
    wanted = {
        Status.HOLDS: Truth.YES,
        Status.FAILS: Truth.NO,
        Status.OPEN: Truth.OPEN,
    }.get(finding.status)
    told: set[str] = set()
    for step, turned in _leaves(finding.trace):
        truth = step.truth
        if turned and truth is not Truth.OPEN:
            truth = Truth.NO if truth is Truth.YES else Truth.YES
        if truth is wanted:
            told.update(_fact(case, name) for name in step.names)
    if finding.missing:
        asked = ", ".join(sorted(_label(name) for name in finding.missing))
        yield f"an answer would decide it: {asked}"
    yield from sorted(told)


def _leaves(step: Step, *, turned: bool = False) -> Iterator[tuple[Step, bool]]:
    """Yield the parts that read facts, and whether a ``not`` stands before them."""
    if not step.children:
        yield step, turned
    flips = step.text.startswith("not ") and len(step.children) == 1
    for child in step.children:
        yield from _leaves(child, turned=turned ^ flips)


def _label(name: str) -> str:
    return CATALOGUE[name].label if name in CATALOGUE else name


def _fact(case: Case, name: str) -> str:
    """Return a fact and its answer in words."""
    if name in CATALOGUE:
        return f"{CATALOGUE[name].label}: {_value(case.answer(name))}"
    head, _, tail = name.partition(".")
    if head == "basis":
        return f"Legal basis stated: {_value(case.facts.stated_basis)}"
    if head == "notice":
        return f"{CATALOGUE['notice'].label}: {_value(case.facts.notice)}"
    if head == "residence":
        return f"Residence: {_value(case.facts.residence)}"
    if head == ANY_REQUEST:
        return f"Your requests: {tail.replace('_', ' ')}"
    if head in list(StepKind):
        kind = StepKind.of(head)
        return f"Your steps: {kind.label.lower()}, {tail.replace('_', ' ')}"
    return name


def _value(answer: object) -> str:
    if isinstance(answer, Unknown):
        return {"": "not asked yet", "?": "not known", "-": "not told"}[answer.value]
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Choice):
        return answer.label
    if isinstance(answer, tuple):
        return ", ".join(_value(item) for item in answer) or "none"
    text = str(answer)
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."


def _routes(assessment: Assessment) -> Iterator[str]:
    yield _heading("What you can do")
    now = assessment.next
    for found in assessment.routes:
        mark = "now" if found in now else str(found)
        yield _wrap(f"{found.route.title} [{found.route.id}]: {mark}", first="* ")
        yield from _route(found)


def _route(found: RouteFinding) -> Iterator[str]:
    if found.authority:
        yield _wrap(f"to: {found.authority.name}", "    ")
    if found.lead:
        yield _wrap(f"which works with the lead authority: {found.lead.name}", "    ")
    if found.route.provisions and found.state is not State.CLOSED:
        yield _wrap(f"under: {cite(found.law, found.route.provisions)}", "    ")
    if found.reason:
        yield _wrap(found.reason, "    ")
    for bar in found.bars:
        if bar.last:
            passed = "passed on" if bar.passed else "keep the day:"
            yield _wrap(f"{bar.bar.text} ({passed} {words().date(bar.last)})", "    ")
        else:
            yield _wrap(bar.bar.text, "    ")


def _dates(assessment: Assessment) -> Iterator[str]:
    yield _heading("Dates")
    for item in assessment.deadlines:
        if not item.running:
            continue
        how = f"{words().period(item.due.period)} from {words().date(item.due.event)}"
        if item.due.rolled_from:
            how += f", moved from {words().date(item.due.rolled_from)}, no working day"
        if item.receipt_assumed:
            how += ", counted from sending as the day of arrival is not known"
        rule = cite(item.law, item.clock.provisions) or "asked for, not set by law"
        yield _wrap(
            f"{item.step.label}, {item.clock.for_}: {words().date(item.due.day)} ({how}; {rule})",
            first="* ",
        )
    if not any(item.running for item in assessment.deadlines):
        yield _wrap("No time limit is running.")


def _cautions(assessment: Assessment) -> Iterator[str]:
    yield _heading("Be prepared")
    for item in sorted(assessment.cautions, key=lambda item: item.caution.weight != "warning"):
        sources = ", ".join(item.law.sources[id_].title for id_ in item.caution.sources)
        mark = "! " if item.caution.weight == "warning" else "* "
        yield _wrap(f"{item.caution.text} [{sources}]", first=mark)


def _missing(assessment: Assessment) -> Iterator[str]:
    yield _heading("What would change it")
    if not assessment.missing:
        yield _wrap("Nothing is left to ask.")
    for name, count in assessment.missing.most_common():
        plural = "conclusion waits" if count == 1 else "conclusions wait"
        yield _wrap(f"{_label(name)} [{name}]: {count} {plural} for it", first="* ")
    if assessment.oldest_check:
        yield f"\nThe law used here was last checked on {words().date(assessment.oldest_check)}."
    if assessment.stale:
        yield "That is more than a year ago: look up whether it still stands before you rely on it."
