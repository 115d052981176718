"""The package's own law in random worlds: conclusions stay, contradictions never meet."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.assessment import Assessment, Status
from complaintkit.assessor import assess, timed
from complaintkit.catalogue import CATALOGUE, FactInfo
from complaintkit.conditions import Truth
from complaintkit.errors import ComplaintkitError
from complaintkit.facts import Case
from complaintkit.law import library
from complaintkit.letters import draft
from complaintkit.vocabulary import ControllerKind, StepEvent, StepKind
from complaintkit.world import CaseWorld
from tests.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

ON = dt.date(2026, 11, 24)
LAWS = sorted(library().laws)
EUROPE = ("DE-BE", "FR", "NO", "GB-ENG", "GB-SCT", "CH-ZH")
STATES = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY",
    "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV",
    "WI", "WY", "DC",
)  # fmt: skip
PLACES = (*EUROPE, *(f"US-{state}" for state in STATES))
CODES = {"controller.region": ("DE-HH", "US-CA", "CH-ZH")}
COUNTRIES = ("CH", "DE", "GB", "IE", "US", "IN")
DAYS = tuple(ON - dt.timedelta(days=days) for days in (0, 20, 100, 700, 3000))
DERIVED = {"basis": ("stated_basis",), "notice": ("notice", "practice_began")}
"""The facts behind names that are derived from others."""
WORLDS = 1_000
ANSWERED = 0.8
NOW, LATER, NEVER = range(3)
"""When a fact is answered: in the poorer world already, in the richer one only, in neither."""
T = TypeVar("T")
FIXED = frozenset({"residence"})
STORY_MOVES = frozenset({"practice_began", "practice_ended"})
"""Days that decide which law is in force; naming one may take a ground out of force."""


@cache
def ground_facts(law: str) -> dict[str, Any]:
    """Return the place, and what else has to be so, for which a law applies."""
    of_law = library().laws[law]
    for facts in ({"residence": place, **more} for more in hints() for place in PLACES):
        world = CaseWorld.of(case_of(facts), ON)
        if of_law.condition("law", "applies").evaluate(world).truth is Truth.YES:
            return facts
    for facts in told(law):
        world = CaseWorld.of(case_of(facts), ON)
        if of_law.condition("law", "applies").evaluate(world).truth is Truth.YES:
            return facts
    pytest.fail(f"{law} applies nowhere")


def hints() -> Iterator[dict[str, Any]]:
    """Yield the one answer, beside the place, on which the reach of a law may turn."""
    yield {}
    yield {"account_context": "work"}
    for kind in ControllerKind:
        yield {"controller.kind": str(kind)}


def told(law: str) -> Iterator[dict[str, Any]]:
    """Yield what the ground tables tell of a law that is for one line of business only."""
    for _, table in tables():
        base = table.get("base", {})
        shared = base.get("facts", {})
        if base.get("law") == law:
            yield shared
            for ground in table.get("ground", []):
                first = next(iter(ground.get("holds", [])), {})
                facts = {**shared, **ground.get("facts", {}), **first}
                yield {name: value for name, value in facts.items() if name in CATALOGUE}


def values(info: FactInfo) -> st.SearchStrategy[Any]:
    """Return the answers that a fact can have."""
    if info.kind == "yes_no":
        return st.booleans()
    if info.kind == "choice":
        return st.sampled_from([str(choice) for choice in info.choices])
    if info.kind == "many":
        words = [str(choice) for choice in info.choices]
        return st.lists(st.sampled_from(words), unique=True, min_size=1, max_size=3)
    if info.kind == "date":
        return st.sampled_from(DAYS)
    if info.kind == "code":
        return st.sampled_from(CODES.get(info.name, COUNTRIES))
    return st.just("some words")


FACTS = st.fixed_dictionaries(
    {
        name: st.tuples(values(info), st.sampled_from((NOW, LATER, NEVER)))
        for name, info in CATALOGUE.items()
        if name not in FIXED
    }
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from([str(kind) for kind in StepKind]),
        st.sampled_from([None, *(str(event) for event in StepEvent if event != "sent")]),
        st.integers(5, 400),
    ),
    max_size=3,
)


def history(steps: list[tuple[str, str | None, int]]) -> list[dict[str, Any]]:
    """Return steps sent some days ago, each with what came of it five days later."""
    found = []
    for what, event, days in steps:
        sent = ON - dt.timedelta(days=days)
        found.append({"what": what, "event": "sent", "date": sent})
        if event:
            later = {"what": what, "event": event, "date": sent + dt.timedelta(days=5)}
            found.append(later)
    return found


def case_of(facts: dict[str, Any], steps: list[dict[str, Any]] | None = None) -> Case:
    """Return a case with some facts."""
    own = {name: value for name, value in facts.items() if not name.startswith("controller.")}
    controller = {
        name.removeprefix("controller."): value
        for name, value in facts.items()
        if name.startswith("controller.")
    }
    return Case.model_validate(
        {
            "person": {"name": "A. Example", "address": ["1 Road", "Town"]},
            "controller": {"name": "Example", **controller},
            "facts": own,
            "history": steps or [],
        }
    )


def coherent(facts: dict[str, T]) -> dict[str, T]:
    """Return facts without the day of the notice: beside the other days it may contradict them.

    A notice on the very day on which the use began is neither before it nor after it.
    """
    return {name: value for name, value in facts.items() if name != "notice_date"}


def worlds(law: str, drawn: dict[str, Any], until: int) -> dict[str, Any]:
    """Return the facts answered up to a stage, where a law applies."""
    facts = {name: value for name, (value, stage) in coherent(drawn).items() if stage <= until}
    return {**facts, **ground_facts(law)}


def held(result: Assessment, law: str) -> set[str]:
    """Return the grounds of a law that hold outright."""
    found = result.with_status(Status.HOLDS)
    return {finding.ground.id for finding in found if finding.law.head.id == law}


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=25, derandomize=True, deadline=None)
@given(drawn=FACTS, steps=STEPS)
def test_an_answer_more_never_takes_a_conclusion_back(
    law: str, drawn: dict[str, Any], steps: list[tuple[str, str | None, int]]
) -> None:
    """What holds with some answers holds with more, unless the law turns out not to apply.

    The days of the story are in both worlds: they choose the version of the law.
    """
    drawn = {
        name: (value, NOW if stage == LATER and name in STORY_MOVES else stage)
        for name, (value, stage) in drawn.items()
    }
    past = history(steps)
    poorer = assess(case_of(worlds(law, drawn, NOW), past), on=ON)
    richer = assess(case_of(worlds(law, drawn, LATER), past), on=ON)

    excluded = any(f.excludes for f in richer.findings if f.law.head.id == law)
    if excluded or law not in {item.head.id for item in richer.laws}:
        return
    assert held(poorer, law) <= held(richer, law)


@pytest.mark.parametrize("law", LAWS)
def test_contradictory_grounds_never_hold_together(law: str) -> None:
    """In no world do two grounds hold outright that the law itself calls contradictory.

    The worlds differ in what the conditions of the two grounds read, and in nothing else.
    """
    chance = random.Random(law)  # noqa: S311 - a fixed sample, no secret
    for pair in library().laws[law].file.contradictions:
        for _ in range(WORLDS):
            case = sampled(law, pair.grounds, chance)
            if len(true_in(law, pair.grounds, case)) > 1:
                both = held(assess(case, on=ON), law) & set(pair.grounds)
                assert len(both) < 2, (pair.because, case.facts, case.history)


def sampled(law: str, grounds: tuple[str, ...], chance: random.Random) -> Case:
    """Return a random case that answers some of what the conditions of some grounds read."""
    names = {
        name for ground in grounds for name in library().laws[law].condition("ground", ground).names
    }
    read = {fact for name in names for fact in DERIVED.get(name.partition(".")[0], (name,))}
    facts = {
        name: sample(CATALOGUE[name], chance)
        for name in sorted(read & set(CATALOGUE))
        if chance.random() < ANSWERED
    }
    kinds = sorted({name.partition(".")[0] for name in names} & {str(kind) for kind in StepKind})
    events = [None, *(str(event) for event in StepEvent if event != "sent")]
    steps = [
        (kind, chance.choice(events), chance.randint(5, 400))
        for kind in kinds
        if chance.random() < ANSWERED
    ]
    return case_of({**coherent(facts), **ground_facts(law)}, history(steps))


def sample(info: FactInfo, chance: random.Random) -> Any:
    """Return one answer that a fact can have."""
    words = [str(choice) for choice in info.choices]
    if info.kind == "many":
        return chance.sample(words, min(len(words), chance.randint(1, 3)))
    if info.kind == "choice":
        return chance.choice(words)
    if info.kind == "date":
        return chance.choice(DAYS)
    if info.kind == "code":
        return chance.choice(CODES.get(info.name, COUNTRIES))
    return chance.random() < 0.5 if info.kind == "yes_no" else "some words"


def true_in(law: str, grounds: tuple[str, ...], case: Case) -> set[str]:
    """Return the grounds whose conditions are met, whatever else becomes of them."""
    of_law = library().laws[law]
    world = timed(of_law, CaseWorld.of(case, ON))
    steps = {ground: of_law.condition("ground", ground).evaluate(world) for ground in grounds}
    return {ground for ground, step in steps.items() if step.truth is Truth.YES}


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=6, derandomize=True, deadline=None)
@given(drawn=FACTS, steps=STEPS)
def test_every_letter_can_be_written(
    law: str, drawn: dict[str, Any], steps: list[tuple[str, str | None, int]]
) -> None:
    """A letter is whole, or it is refused in words: nothing is left of a template in it."""
    result = assess(case_of(worlds(law, drawn, LATER), history(steps)), on=ON)
    try:
        letters = draft(result)
    except ComplaintkitError:
        return
    for letter in letters:
        body = letter.html.partition("<body")[2]
        for trace in ("{", "}", "Undefined", "None", "Unknown."):
            assert trace not in body, letter.document
