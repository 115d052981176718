"""One PDF to keep: PDF/A-3a and PDF/UA-1 at once, with the facts of the case inside as JSON."""

from __future__ import annotations

import datetime as dt
import json
from enum import Enum
from typing import TYPE_CHECKING, Any

from complaintkit import campaigns
from complaintkit.answers import Unknown
from complaintkit.casefile import dump
from complaintkit.catalogue import CATALOGUE
from complaintkit.output import pdf
from complaintkit.records import texts

if TYPE_CHECKING:
    from complaintkit.assessment import Assessment, Finding, RouteFinding
    from complaintkit.facts import Case

FORMAT = 1
FACTS, CASE = "complaintkit-facts.json", "case.toml"


def render(html: str, assessment: Assessment, *, identity: bool = False) -> bytes:
    """Return a letter as a PDF to keep; the same letter gives the same bytes.

    Args:
        html: The letter.
        assessment: What it rests on. Attached are the facts, the laws, the grounds with what became
            of them, routes and dates; no name, no address, no account and nothing in free words.
        identity: Attach the case file as a whole as well.

    Raises:
        MissingLibraryError: Pango is not on this machine.
        OutputError: A character cannot be shown by any font.

    """
    attached = [pdf.Attached(FACTS, facts(assessment), "Facts and law, without the person", "Data")]
    if identity:
        case = dump(assessment.case).encode()
        attached.append(pdf.Attached(CASE, case, "The case file as a whole", "Source"))
    kept = pdf.Archive(assessment.on, tuple(attached))
    return pdf.render(html, texts=texts(assessment.case), archive=kept)


def facts(assessment: Assessment) -> bytes:
    """Return what was decided on and what follows, as JSON without anything about the person."""
    case = assessment.case
    told = {
        "complaintkit": FORMAT,
        "on": assessment.on,
        "campaign": case.campaign if case.campaign in campaigns.names() else "",
        "facts": _facts(case),
        "history": [_chosen(step.model_dump(), "what event date channel") for step in case.history],
        "laws": [law.head.id for law in assessment.laws],
        "also": [law.head.id for law in assessment.also],
        "grounds": [_ground(finding) for finding in assessment.findings],
        "routes": [_route(found) for found in assessment.routes],
        "deadlines": [
            {
                "law": item.law.head.id,
                "step": item.step,
                "clock": item.clock.id,
                "due": item.due.day,
                "running": item.running,
            }
            for item in assessment.deadlines
        ],
        "law_checked": assessment.oldest_check,
    }
    return (json.dumps(told, default=_plain, indent=1, ensure_ascii=False) + "\n").encode()


def _facts(case: Case) -> dict[str, Any]:
    """Return the answers to every question that has no answer in free words."""
    answers = {n: case.answer(n) for n, info in CATALOGUE.items() if info.kind != "text"}
    return {name: value for name, value in answers.items() if value is not Unknown.UNANSWERED}


def _ground(finding: Finding) -> dict[str, Any]:
    return {
        "law": finding.law.head.id,
        "ground": finding.ground.id,
        "status": finding.status,
        "alternative": finding.alternative,
        "provisions": finding.ground.provisions,
    }


def _route(found: RouteFinding) -> dict[str, Any]:
    return {
        "law": found.law.head.id,
        "route": found.route.id,
        "state": found.state,
        "opens": found.opens,
        "authority": found.authority.id if found.authority else None,
        "last_days": [bar.last for bar in found.bars if bar.last],
    }


def _chosen(table: dict[str, Any], names: str) -> dict[str, Any]:
    return {name: table[name] for name in names.split()}


def _plain(value: object) -> object:
    """Return a value in the types that JSON has."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    message = f"{type(value).__name__} has no place in the facts"
    raise TypeError(message)
