"""How a conversation begins: a case file that may be there, and a campaign that fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit import campaigns
from complaintkit.answers import UNANSWERED, Unknown
from complaintkit.casefile import load, unrecognised_problems
from complaintkit.catalogue import CATALOGUE
from complaintkit.errors import CampaignError, CaseError
from complaintkit.facts import Case, Controller, Facts

if TYPE_CHECKING:
    from pathlib import Path

    from complaintkit.campaigns import Campaign


def begin(path: Path, name: str) -> tuple[Case, Campaign | None]:
    """Return the case as it stands, filled from the campaign, and the campaign."""
    case = load(path) if path.exists() else Case()
    if case.unrecognised:
        raise CaseError(*unrecognised_problems(case, path.name, path.read_text(encoding="utf-8")))
    if not name and not case.campaign:
        return case, None
    try:
        found = campaigns.load(name or case.campaign)
    except CampaignError:
        if name:
            raise
        return case, None  # the case came from a campaign file that is not here any more
    applied = case.campaign == found.id and not isinstance(case.facts.residence, Unknown)
    return (case if applied else found.apply(case)), found


def moved(campaign: Campaign, before: Case, after: Case) -> Case:
    """Return a case after its residence was answered, with what a campaign says of the new one.

    What the campaign had filled in for the earlier residence goes; the person's own answers stay.
    """
    residence = before.facts.residence
    if residence is not UNANSWERED and residence != after.facts.residence:
        filled = campaign.apply(Case(facts=Facts(residence=residence)))
        for name in CATALOGUE:
            value = filled.answer(name)
            if name != "residence" and value is not UNANSWERED and value == after.answer(name):
                after = after.with_answer(name, UNANSWERED)
        facts = (name.partition(".")[2] for name in CATALOGUE if name.startswith("controller."))
        same = filled.controller.model_copy(update=dict.fromkeys(facts, UNANSWERED))
        if after.controller == same:
            after = after.model_copy(update={"controller": Controller()})
        events = tuple(event for event in after.events if event not in filled.events)
        after = after.model_copy(update={"events": events})
    return campaign.apply(after)
